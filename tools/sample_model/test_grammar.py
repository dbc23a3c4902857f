# SPDX-License-Identifier: MIT
"""Checks of the grammar itself: what it writes parses, what is damaged does not. Run: python test_grammar.py"""

from __future__ import annotations

import random

from grammar import parse_sentence, parse_story, split_sentences, write_story

STORIES = 200

REFUSED = [
    "Mia had never been in the forest before",  # no full stop
    "Mia had never been in the the forest before.",
    "Mia had never been at the forest before.",  # nobody says so here
    "Once upon a time, there was a brave girl named Tom.",  # no girl of that name
    "Mia was so happy that he danced over the bridge.",
    '"Is it this one?" asked Bruno, and held up a orange kite.',
    "Everything smelled of.",
    "",
]


def damage(sentence: str, words: list[str], rng: random.Random) -> str:
    """`sentence` with one word left out, doubled, moved or replaced by a word from elsewhere."""
    out = sentence.split(" ")
    i = int(rng.random() * len(out))
    how = int(rng.random() * 4)
    if how == 0:
        del out[i]
    elif how == 1:
        out.insert(i, out[i])
    elif how == 2:
        out.insert(int(rng.random() * len(out)), out.pop(i))
    else:
        out[i] = words[int(rng.random() * len(words))]
    return " ".join(out)


def main() -> None:
    rng = random.Random(2024)
    stories = [write_story(rng) for _ in range(STORIES)]
    words = sorted({w for s in stories for w in s.text.split()})
    damaged = accepted = 0
    for story in stories:
        assert parse_story(story.text) == story.plot, story.text
        assert split_sentences(story.text) == story.sentences, (split_sentences(story.text), story.sentences)
        for sentence in story.sentences:
            assert parse_sentence(sentence), sentence
            worse = damage(sentence, words, rng)
            if worse != sentence:
                damaged += 1
                accepted += parse_sentence(worse) is not None
        name, other = story.roles["hero"]["name"], "Mia" if story.roles["hero"]["name"] != "Mia" else "Tom"
        if story.text.count(name) > 1:  # the hero's name changes half-way
            head, tail = story.text.split(name, 1)
            assert parse_story(head + name + tail.replace(name, other)) is None
    for sentence in REFUSED:
        assert parse_sentence(sentence) is None, sentence
    share = accepted / damaged
    print(f"{STORIES} stories, {len(words)} words: all parse; of {damaged} damaged sentences {share:.1%} still do")
    assert share < 0.05, "the parser accepts too much"


if __name__ == "__main__":
    main()
