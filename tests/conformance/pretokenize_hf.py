#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares bpe::pretokenize with Hugging Face's tokenizers (Oniguruma) on random mixed-script texts.

    python3 -m venv /tmp/hf && /tmp/hf/bin/pip install tokenizers==0.23.3
    g++ -std=c++20 -O2 -Iinclude tests/conformance/pretokenize_dump.cpp -o /tmp/pretokenize_dump
    /tmp/hf/bin/python tests/conformance/pretokenize_hf.py /tmp/pretokenize_dump [texts per family] [seed]

Not part of the default tests, which have an independent matcher of their own. Exits 1 on any difference.
"""

import pathlib
import random
import struct
import subprocess
import sys

from tokenizers import Regex, pre_tokenizers

ANY_CASE = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|"
SPACES = r"\s*[\r\n]+|\s+(?!\S)|\s+"
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
# In the order of cria::bpe::pretokenizer_family.
FAMILIES = {
    "gpt2": [GPT2],
    "llama3": [ANY_CASE + r"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|" + SPACES],
    "qwen2": [ANY_CASE + r"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|" + SPACES],
    "qwen35": [ANY_CASE + r"[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|" + SPACES],
    "seed": [ANY_CASE + r"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|" + SPACES],
    "digit1": [r"\p{N}", GPT2],
    "falcon": [r"[\p{P}\$\+<=>\^~\|`]+", GPT2, r"[0-9][0-9][0-9]"],
    "default": [r"[\p{P}\$\+<=>\^~\|]+", GPT2, r"\p{N}+", r"[0-9][0-9][0-9]"],
    "newline": [r"[^\n]+|[\n]+"],
}

ATOMS = r"""a B Hello the s t S re ll LL ve d m ' ' 's 'S 't 're 'RE 'Ve 'll 'Ll 'd 'D 'M 'l 'r '' 'ſ ſ '\u212a ’s ﬆ 'ﬆ ŉ ß
0 1 12 123 4567 ١ ١٢٣٤ ² ½ Ⅷ １ 〇 ! ? . , ... - _ ( ) / // # & * $ + < = > ^ ~ | ` @ % … 、 。 € × 😀 👨‍👩‍👧 🇩🇪 👍🏽 1️⃣
é É ÉCOLE e\u0301 \u0301 नमस्ते \u093e \u20dd ǅ ʰ ª 中 文字 あ ひらがな カ 한국어 \u1100 ไทย กำ א עברית م مرحبا Привет
FooBar getElementById HTTPServer \u1c89 \U000105c0 \U00020000 \U0001d400 \ufffd \ue000 \U000e0100 \U000e0041 \u0378
\ufffe \U0010ffff \x7f \x01 \x1c \x1f \u180e \u200b \ufeff \u200d""".split()
ATOMS = [a.encode().decode("unicode_escape") if "\\" in a else a for a in ATOMS]
SPACE_ATOMS = [" "] * 12 + ["  ", "   ", "\n", "\n", "\n\n", "\r", "\r\n", "\t", "\v", "\f", "\x85", "\xa0", "\u1680", "\u2000",
                            "\u2003", "\u2009", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"]


def random_text(rng):
    kind = rng.random()
    n = rng.randint(1, 30)
    if kind < 0.7:
        return "".join(rng.choice(SPACE_ATOMS if rng.random() < 0.3 else ATOMS) for _ in range(n))
    if kind < 0.8:
        return "".join(chr(rng.choice([*range(0x20, 0x7F), 0x0A, 0x0D, 0x09, 0x27, 0x20])) for _ in range(n))
    # Any scalar value, mostly from the planes where there is something.
    top = rng.choice([0x250, 0x3000, 0x10000, 0x20000, 0x32400, 0x110000])
    code_points = (rng.randrange(top) for _ in range(n))
    return "".join(chr(c) if not 0xD800 <= c <= 0xDFFF else " " for c in code_points)


def fixed_texts():
    """Every code point, between the neighbours that tell its class."""
    code_points = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
    for start in range(0, 0x32400, 16):
        yield "".join(f"{chr(c)}a {chr(c)}1{chr(c)}{chr(c)}\n" for c in code_points[start:start + 16])
    for start in range(0xE0000, 0xE0200, 16):
        yield "".join(f"{chr(c)}a {chr(c)}1\n" for c in range(start, start + 16))


def ours(program, family_number, texts):
    stdin = b"".join(struct.pack("<I", len(t)) + t for t in (text.encode() for text in texts))
    run = subprocess.run([program, str(family_number)], input=stdin, capture_output=True, check=True)
    for text, line in zip(texts, run.stdout.decode().splitlines(), strict=True):
        raw, begin, pieces = text.encode(), 0, []
        for end in map(int, line.split()):
            pieces.append(raw[begin:end].decode())
            begin = end
        yield pieces


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    n_texts = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 16)
    texts = [*fixed_texts(), *(random_text(rng) for _ in range(n_texts))]

    n_all = 0
    for number, (name, regexes) in enumerate(FAMILIES.items()):
        theirs = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(r), "isolated") for r in regexes])
        n_different = 0
        for text, pieces in zip(texts, ours(program, number, texts), strict=True):
            expected = [piece for piece, _ in theirs.pre_tokenize_str(text)]
            if pieces == expected:
                continue
            n_different += 1
            if n_different <= 3:
                print(f"{name}: {text!r}\n  ours   {pieces}\n  theirs {expected}")
        print(f"{name}: {len(texts)} texts, {n_different} different", flush=True)
        n_all += n_different
    sys.exit(1 if n_all else 0)


if __name__ == "__main__":
    main()
