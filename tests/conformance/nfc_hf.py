#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds utf8::nfc_normalizer against the NFC normalizer of Hugging Face's tokenizers.

    pip install tokenizers==0.23.3
    g++ -std=c++20 -O2 -Iinclude tests/conformance/nfc_dump.cpp -o nfc_dump
    tests/conformance/nfc_hf.py compare ./nfc_dump [sequences] [seed]    # every code point, alone and among others; exit 1 on a difference
    tests/conformance/nfc_hf.py golden                                   # rewrite tests/golden/nfc_hf.hpp

The sequences of `golden` are those of tests/utf8/nfc_texts.hpp: same numbers, same ranges.
"""

import itertools
import pathlib
import struct
import subprocess
import sys

import tokenizers
from tokenizers import normalizers

VERSION = "0.23.3"
GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden/nfc_hf.hpp"
NFC = normalizers.NFC().normalize_str
MASK = (1 << 64) - 1

CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
GOLDEN_FRAMES = ("{}\u0301", "{}\u0323\u0302", "a\u0327{}\u0300", "{}\u3099\u1161\u11a8")
N_GOLDEN_SEQUENCES = 200_000

# Where sequences are taken from: first code point and how many; as in tests/utf8/nfc_texts.hpp.
RANGES = ((0x41, 0x3A), (0xC0, 0x190), (0x300, 0x70), (0x300, 0x46), (0x300, 0x14), (0x323, 6), (0x391, 0x40), (0x5B0, 0x50), (0x64B, 0x20),
          (0x900, 0x500), (0xF40, 0x80), (0x1020, 0x20), (0x1100, 0x100), (0x1160, 0x18), (0x11A5, 0x20), (0x1B00, 0x50), (0x1DC0, 0x40),
          (0x1E00, 0x200), (0x20D0, 0x30), (0x2126, 0x300), (0x302A, 0xD6), (0xAC00, 11172), (0xF900, 0x250), (0x11080, 0x160),
          (0x11300, 0x90), (0x114A0, 0x130), (0x1D150, 0x80), (0x1E000, 0x960), (0x2F7F0, 0x240), (0, 0xD800), (0xE000, 0x102000))

MARKS = "".join(map(chr, (0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x30A, 0x30B, 0x30C, 0x30F, 0x311, 0x313, 0x314, 0x31B, 0x323,
                          0x327, 0x328, 0x32D, 0x331, 0x338, 0x342, 0x345, 0x334, 0x5B0, 0x64B, 0x653, 0x655, 0x93C, 0x9BE, 0xB56, 0xBD7,
                          0xCD5, 0xDCA, 0xF72, 0xFB7, 0x102E, 0x1161, 0x1175, 0x11A7, 0x11A8, 0x11C2, 0x1B35, 0x3099, 0x309A, 0x20D0,
                          0x110BA, 0x11127, 0x114BA, 0x1D165, 0x1D16E)))


class Numbers:
    """splitmix64, as tests/support/random.hpp."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return (z ^ (z >> 31)) % limit


def sequence(numbers):
    characters = []
    for _ in range(1 + numbers.below(12)):
        first, n = RANGES[numbers.below(len(RANGES))]
        characters.append(chr(first + numbers.below(n)))
    return "".join(characters)


def digest(texts):
    """FNV-1a, 64 bits, of the composed texts, each with a byte FF behind it."""
    value = 0xCBF29CE484222325
    for text in texts:
        for byte in NFC(text).encode() + b"\xff":
            value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def golden():
    numbers = Numbers(9)
    rows = (("alone", digest(map(chr, CODE_POINTS))),
            ("among_others", digest(frame.format(chr(c)) for frame in GOLDEN_FRAMES for c in CODE_POINTS if c < 0x30000)),
            ("sequences", digest(sequence(numbers) for _ in range(N_GOLDEN_SEQUENCES))))
    constants = "\n".join(f"inline constexpr std::uint64_t {name} = 0x{value:016X};" for name, value in rows)
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(f"""\
// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_GOLDEN_NFC_HF_HPP
#define CRIA_TESTS_GOLDEN_NFC_HF_HPP

#include <cstdint>

// Digests of what the NFC normalizer of Hugging Face's tokenizers {tokenizers.__version__} makes of the texts of
// tests/utf8/nfc_texts.hpp. Written by tests/conformance/nfc_hf.py golden.

namespace cria_test::nfc_hf {{

{constants}
inline constexpr unsigned n_sequences = {N_GOLDEN_SEQUENCES};

}}  // namespace cria_test::nfc_hf

#endif  // CRIA_TESTS_GOLDEN_NFC_HF_HPP
""", encoding="utf-8")


def compared_texts(n_sequences, seed):
    """Texts with what they are called; many of them are lines of short ones, which a newline keeps apart."""
    def lines(frame, code_points):
        for start in range(0, len(code_points), 4096):
            yield "\n".join(frame.format(chr(c)) for c in code_points[start:start + 4096] if c != 10)

    for frame in ("{}", "{0}{0}", "a\u0323{}\u0301", "\u0345{}\u0334", "\u1100{}", "\uac00{}\u11a8", "\u1e9b\u0323{}", "\u01d5{}\u0301",
                  "\u0b47\u0334{}", "{}\u0334\u0301", "{}\u0323\u0302\u0301", "\u0315\u0300\u05ae{}b"):
        yield f"{frame!r}", lines(frame, CODE_POINTS)
    for mark in MARKS:
        yield f"U+{ord(mark):04X} behind", lines("{}" + mark, CODE_POINTS)
    numbers = Numbers(seed)
    yield f"{n_sequences} sequences", (sequence(numbers) for _ in range(n_sequences))
    yield "long runs", (head + (unit * n) + tail
                        for unit in ("\u0301", "\u0301\u0323", "\u0334\u0345\u0301\u0327", "\u0f71\u0f72\u0f74", "\u09be", "\u1161", "\u1100\u1161\u11a8",
                                     "\u212b", "\u0344", "\u1e69\u0323", "".join(map(chr, range(0x300, 0x370))))
                        for n in (1, 2, 11, 23, 24, 25, 26, 100, 1000)
                        for head in ("", "a", "\u00e9", "\u1e69", "\u0345") for tail in ("", "b", "\u0301", "\u0323x"))


def ours(program, texts):
    stdin = b"".join(struct.pack("<I", len(t)) + t for t in (text.encode() for text in texts))
    stdout, at = subprocess.run([program], input=stdin, capture_output=True, check=True).stdout, 0
    for _ in texts:
        n, = struct.unpack_from("<I", stdout, at)
        yield stdout[at + 4:at + 4 + n].decode()
        at += 4 + n


def compare(program, n_sequences, seed):
    n_different = n_texts = 0
    for name, texts in compared_texts(n_sequences, seed):
        different = 0
        while batch := list(itertools.islice(texts, 50_000)):
            for text, composed in zip(batch, ours(program, batch), strict=True):
                n_texts += text.count("\n") + 1
                expected = NFC(text)
                if composed == expected:
                    continue
                for line, a, b in zip(text.split("\n"), composed.split("\n"), expected.split("\n")):
                    different += a != b
                    if a != b and different <= 5:
                        print(f"{name}: {line!a}\n  ours   {a!a}\n  theirs {b!a}")
        if different:
            print(f"{name}: {different} different", flush=True)
        n_different += different
    print(f"{n_texts} texts, {n_different} different")
    return 1 if n_different else 0


def main():
    if tokenizers.__version__ != VERSION:
        sys.exit(f"tokenizers is {tokenizers.__version__}, wanted is {VERSION}")
    match sys.argv[1:]:
        case ["golden"]:
            golden()
        case ["compare", program, *rest]:
            n_sequences, seed = (int(number) for number in (rest + ["1000000", "16"][len(rest):]))
            sys.exit(compare(pathlib.Path(program).resolve(), n_sequences, seed))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
