# SPDX-License-Identifier: MIT
"""The story grammar: writes stories, and parses them.

Both directions run over the same productions (`templates.py`) and words (`lexicon.py`). The parser is exact:
a sentence parses if and only if some production derives it character by character, with every role bound to one
record. It keeps, for each role, the set of records that still fit, as the bits of an integer; a slot narrows the
set and an empty set is a failure. So "Mia lost his kite" does not parse, and neither does a story whose fox turns
into a robot. Ambiguity is handled by following all readings at once; the grammar has no recursion, so this ends.

    python grammar.py 3        # three stories
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from lexicon import ROLES, Record
from templates import PHRASES, PLOTS, QUESTIONS, REQUESTS, SYSTEM, Section

T = TypeVar("T")

ROLE_NAMES = list(ROLES)
Binding = tuple[int, ...]  # for each role, the records that still fit, as bits
ANYONE: Binding = tuple((1 << len(ROLES[role])) - 1 for role in ROLE_NAMES)

BOS, EOS, EOT = "<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"
START_HEADER, END_HEADER = "<|start_header_id|>", "<|end_header_id|>"
SPECIALS = [BOS, EOS, START_HEADER, END_HEADER, EOT]


def capitalize(text: str) -> str:
    """`text` with its first letter in upper case and the rest as it was."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Piece:
    """One piece of a template: literal text, a phrase's name, or a role's form."""

    kind: str  # "text", "phrase" or "role"
    value: str  # the text, or the name of the phrase or role
    form: str = ""
    capital: bool = False


@lru_cache(maxsize=None)
def pieces(template: str) -> tuple[Piece, ...]:
    """A template, cut at its slots."""
    out: list[Piece] = []
    for i, part in enumerate(template.replace("}", "{").split("{")):
        if i % 2 == 0:
            if part:
                out.append(Piece("text", part))
            continue
        capital, name = part.startswith("^"), part.lstrip("^")
        role, _, form = name.partition(".")
        if form:
            assert role in ROLES and form in ROLES[role][0], name
            out.append(Piece("role", role, form, capital))
        else:
            assert name in PHRASES, name
            out.append(Piece("phrase", name, "", capital))
    return tuple(out)


@lru_cache(maxsize=None)
def sentences_of(template: str) -> tuple[str, ...]:
    """The sentence templates that a section's template holds."""
    return tuple(sentence.strip() for sentence in template.split("|"))


# ---- writing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """A story, and what it is about."""

    plot: str
    text: str
    sentences: list[str]
    roles: dict[str, Record]


def choose(rng: random.Random, options: Sequence[T]) -> T:
    """One of `options`; uses only random(), whose sequence Python promises not to change."""
    return options[int(rng.random() * len(options))]


def write(template: str, roles: dict[str, Record], rng: random.Random) -> str:
    """`template` with every slot filled."""
    out = []
    for piece in pieces(template):
        if piece.kind == "text":
            text = piece.value
        elif piece.kind == "role":
            text = roles[piece.value][piece.form]
        else:
            text = write(choose(rng, PHRASES[piece.value]), roles, rng)
        out.append(capitalize(text) if piece.capital else text)
    return "".join(out)


def write_story(rng: random.Random) -> Story:
    """A story on a plot and with a cast chosen by `rng`."""
    plot = choose(rng, list(PLOTS))
    roles = {role: choose(rng, ROLES[role]) for role in ROLE_NAMES}
    text, separator, sentences = "", "", []
    for section in PLOTS[plot]:
        if isinstance(section, str):
            separator = "\n\n"
            continue
        name, templates = section
        if name.startswith("?") and rng.random() < 0.5:
            continue
        for template in sentences_of(choose(rng, templates)):
            sentences.append(write(template, roles, rng))
            text += separator + sentences[-1]
            separator = " "
    return Story(plot, text, sentences, roles)


def turn(role: str, content: str) -> str:
    """One message of a chat, as the chat template writes it."""
    return f"{START_HEADER}{role}{END_HEADER}\n\n{content}{EOT}"


ASK = turn("assistant", "").removesuffix(EOT)  # what comes before the assistant's words


@dataclass(frozen=True)
class Part:
    """A part of a document; the model learns to write it, or only to read it."""

    text: str
    learned: bool


def answer(content: str) -> list[Part]:
    """The assistant's message: its words are learned, its header is not."""
    return [Part(ASK, False), Part(content + EOT, True)]


def write_document(rng: random.Random) -> list[Part]:
    """What the model trains on: a story by itself, or a chat in which somebody asks for it."""
    story = write_story(rng)
    if rng.random() < 0.6:
        return [Part(BOS, False), Part(story.text + EOS, True)]
    told_where = story.roles["place"]["the"] in story.text

    def fitting(template: str) -> bool:
        return told_where or ("{place" not in template and "Where" not in template)

    requests = [r for r in REQUESTS["any"] + REQUESTS[story.plot] * 4 if fitting(r)]
    out = [Part(BOS, False)]
    if rng.random() < 0.2:
        out.append(Part(turn("system", choose(rng, SYSTEM)), False))
    out.append(Part(turn("user", write(choose(rng, requests), story.roles, rng)), False))
    out += answer(story.text)
    if rng.random() < 0.3:
        question, reply = choose(rng, [q for q in QUESTIONS if fitting(q[0])])
        out.append(Part(turn("user", write(question, story.roles, rng)), False))
        out += answer(write(reply, story.roles, rng))
    return out


# ---- parsing ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=None)
def spellings(role: str, form: str, capital: bool) -> dict[str, list[tuple[str, int]]]:
    """Every way to spell this form with the records that spell it so, by first character."""
    fits: dict[str, int] = {}
    for i, record in enumerate(ROLES[role]):
        text = capitalize(record[form]) if capital else record[form]
        fits[text] = fits.get(text, 0) | (1 << i)
    out: dict[str, list[tuple[str, int]]] = {}
    for text, mask in fits.items():
        out.setdefault(text[0], []).append((text, mask))
    return out


def match(parts: tuple[Piece, ...], text: str, at: int, bound: Binding, capital: bool = False) -> Iterator[tuple[int, Binding]]:
    """Every (end, binding) that these pieces can reach from `at`; `capital` asks for a capital first letter."""
    if not parts:
        yield at, bound
        return
    piece, rest = parts[0], parts[1:]
    upper = piece.capital or capital
    if piece.kind == "text":
        literal = capitalize(piece.value) if upper else piece.value
        if text.startswith(literal, at):
            yield from match(rest, text, at + len(literal), bound)
    elif piece.kind == "role":
        index = ROLE_NAMES.index(piece.value)
        for spelling, mask in spellings(piece.value, piece.form, upper).get(text[at : at + 1], ()):
            if (left := bound[index] & mask) and text.startswith(spelling, at):
                narrowed = bound[:index] + (left,) + bound[index + 1 :]
                yield from match(rest, text, at + len(spelling), narrowed)
    else:
        for template in PHRASES[piece.value]:
            for end, narrowed in match(pieces(template), text, at, bound, upper):
                yield from match(rest, text, end, narrowed)


@lru_cache(maxsize=None)
def productions() -> list[tuple[str, str]]:
    """Every sentence template of the grammar, with the section it belongs to."""
    found: dict[str, str] = {}
    for plot, sections in PLOTS.items():
        for section in sections:
            if isinstance(section, tuple):
                for template in section[1]:
                    for sentence in sentences_of(template):
                        found.setdefault(sentence, f"{plot}.{section[0].lstrip('?')}")
    return [(sentence, where) for sentence, where in found.items()]


def parse_sentence(text: str) -> str | None:
    """The production that derives `text`, standing alone; None where there is none."""
    for template, where in productions():
        if any(end == len(text) for end, _ in match(pieces(template), text, 0, ANYONE)):
            return f"{where}: {template}"
    return None


def parse_story(text: str) -> str | None:
    """The plot that derives the whole of `text`, sections in order and every role the same throughout."""
    for plot, sections in PLOTS.items():
        states = {(0, "", ANYONE)}  # (position, separator due, binding)
        for section in sections:
            states = advance(section, text, states)
        if any(at == len(text) for at, _, _ in states):
            return plot
    return None


def advance(section: Section, text: str, states: set[tuple[int, str, Binding]]) -> set[tuple[int, str, Binding]]:
    """All states after `section`, from all states before it."""
    if isinstance(section, str):
        return {(at, "\n\n", bound) for at, _, bound in states}
    name, templates = section
    out = set(states) if name.startswith("?") else set()
    for template in templates:
        reached = states
        for sentence in sentences_of(template):
            reached = {
                (end, " ", narrowed)
                for at, separator, bound in reached
                if text.startswith(separator, at)
                for end, narrowed in match(pieces(sentence), text, at + len(separator), bound)
            }
        out |= reached
    return out


def split_sentences(text: str) -> list[str]:
    """`text` cut after each '.', '!' or '?' that ends a sentence.

    Inside double quotes nothing ends; a quotation ends the sentence if it closes with such a mark and what
    follows does not go on in lower case ("Wait!" cried Mia).
    """
    out, start, quoted = [], 0, False
    for i, c in enumerate(text):
        closes = c == '"' and quoted
        if c == '"':
            quoted = not quoted
        after = text[i + 1 :].lstrip()[:1]
        if (closes and text[i - 1] in ".!?" and not after.islower()) or (not quoted and c in ".!?"):
            out.append(text[start : i + 1].strip())
            start = i + 1
    if tail := text[start:].strip():
        out.append(tail)
    return out


if __name__ == "__main__":
    for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        print(write_story(random.Random(seed)).text, end="\n\n----\n\n")
