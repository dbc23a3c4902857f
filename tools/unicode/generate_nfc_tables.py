#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the tables of include/cria/utf8/nfc_tables.hpp.

The header is written by hand; this script replaces only what stands between its two `generated` marks.

    pip install unicodedata2==16.0.0
    tools/unicode/generate_nfc_tables.py            # rewrite the tables
    tools/unicode/generate_nfc_tables.py --check    # exit 1 if the header differs from the data

unicodedata2 gives Canonical_Combining_Class, the canonical decompositions and, by what it composes, the composition
exclusions; perl (5.26 or later) says by Age which characters the older version that the header names had. The
Standard's stability policy lets neither a class nor a decomposition of an assigned character change, so
these are the older version's data.
"""

import argparse
import pathlib
import subprocess
import sys

import unicodedata2

DATA_VERSION = "16.0.0"
VERSION = "9.0"
BLOCK = 64  # code points: what the last byte of a UTF-8 sequence tells apart
HEADER = pathlib.Path(__file__).resolve().parents[2] / "include/cria/utf8/nfc_tables.hpp"
BEGIN, END = "// generated: begin\n", "// generated: end\n"

JOINS, NEVER, COMPOSES, VOWEL, TRAILING = 1, 2, 4, 8, 16  # `trait` in the header
VOWELS, TRAILINGS = range(0x1161, 0x1176), range(0x11A8, 0x11C3)
SUPPLEMENT = range(0x2F800, 0x2FA1E)  # compatibility ideographs, all of one kind, so that the table may end before


def present():
    """The code points that are characters in VERSION."""
    program = (r'for my $c (0 .. 0x10FFFF) { next if $c >= 0xD800 && $c <= 0xDFFF; '
               rf'print "$c\n" if chr($c) =~ /\p{{Present_In: {VERSION}}}/ }}')
    lines = subprocess.run(["perl", "-e", program], capture_output=True, check=True).stdout.split()
    return [int(line) for line in lines]


class Data:
    """The older version's facts, and what the header relies on."""

    def __init__(self):
        characters = present()
        self.classes = {c: k for c in characters if (k := unicodedata2.combining(chr(c))) != 0}
        self.decompositions = {}
        for c in characters:
            text = unicodedata2.decomposition(chr(c))
            if text and not text.startswith("<"):
                self.decompositions[c] = tuple(int(part, 16) for part in text.split())
        self.composites = {parts: c for c, parts in self.decompositions.items()
                           if len(parts) == 2 and unicodedata2.normalize("NFC", chr(c)) == chr(c)}
        self.firsts_of = {}
        for (first, second), composite in sorted(self.composites.items()):
            self.firsts_of.setdefault(second, []).append((first, composite))
        self.check()

    def check(self):
        for c, parts in self.decompositions.items():
            assert c >= 0x300 or self.composites.get(parts) == c, "below U+0300 all is composed"
            assert all(part not in self.decompositions for part in parts[1:]), "only the first part decomposes further"
            full = self.full(c)
            own = [self.classes.get(part, 0) for part in full]
            assert own == sorted(own) and len(full) <= 4, "decompositions are in canonical order, and short"
        for (first, second), composite in self.composites.items():
            assert first >> 16 == second >> 16 == composite >> 16, "composites stay in their plane"
            assert second not in self.decompositions, "what composes with the character before it is no composite"
            assert self.classes.get(first, 0) == 0 and composite not in self.classes
        assert all(c >= 0x300 for c in self.classes)
        assert all(self.kind_key(c) == self.kind_key(SUPPLEMENT[0]) for c in SUPPLEMENT)

    def full(self, c):
        if c not in self.decompositions:
            return [c]
        first, *rest = self.decompositions[c]
        return [*self.full(first), *rest]

    def traits(self, c):
        first = self.full(c)[0]
        joins = first in self.classes or first in self.firsts_of or first in VOWELS or first in TRAILINGS
        never = c in self.decompositions and self.composites.get(self.decompositions[c]) != c
        composes = c in self.firsts_of or c in VOWELS or c in TRAILINGS
        return joins * JOINS | never * NEVER | composes * COMPOSES | (c in VOWELS) * VOWEL | (c in TRAILINGS) * TRAILING

    def kind_key(self, c):
        """What one kind of characters has in common: class, traits, and the character itself if it has a list of firsts."""
        return self.classes.get(c, 0), self.traits(c), c if c in self.firsts_of else 0


def wrapped(items, width=118):
    line = "   "
    for item in items:
        if len(line) + len(f" {item},") > width:
            yield line
            line = "   "
        line += f" {item},"
    yield line


def array(declaration, items):
    items = list(items)
    return [f"inline constexpr {declaration.format(len(items))} = {{", *wrapped(items), "};"]


def render(data):
    special = {*data.classes, *data.decompositions, *data.firsts_of, *VOWELS, *TRAILINGS}
    keys = sorted({data.kind_key(c) for c in special} - {(0, 0, 0)})
    number_of = {key: number for number, key in enumerate([(0, 0, 0), *keys])}
    assert len(number_of) <= 256

    # Pairs, one list for each second character, sorted by the first.
    kinds, firsts, composites = [], [], []
    for combining_class, traits, second in number_of:
        own = data.firsts_of.get(second, [])
        kinds.append(f"{{{combining_class}, {traits}, {len(firsts) if own else 0}, {len(own)}}}")
        firsts += [first & 0xFFFF for first, _ in own]
        composites += [composite & 0xFFFF for _, composite in own]

    # Kinds, in blocks. Block 0 is all of kind 0.
    last = max(c for c in special if c not in SUPPLEMENT)
    blocks, index = {(0,) * BLOCK: 0}, []
    for start in range(0, last + 1, BLOCK):
        block = tuple(number_of[data.kind_key(c)] if c in special else 0 for c in range(start, start + BLOCK))
        index.append(blocks.setdefault(block, len(blocks)))
    assert len(blocks) <= 256

    # Decompositions, in the order of what they decompose, which is given as ranges.
    seconds = sorted({parts[1] for parts in data.decompositions.values() if len(parts) == 2})
    second_number = {second: number for number, second in enumerate(seconds, start=1)}
    ranges, entries, following = [], [], None
    for c, parts in sorted(data.decompositions.items()):
        if c != following:
            ranges.append(f"{{{c:#x}, {len(entries)}}}")
        following = c + 1
        entries.append(parts[0] | second_number[parts[1]] << 24 if len(parts) == 2 else parts[0])
    ranges.append(f"{{0x110000, {len(entries)}}}")

    return "\n".join([
        *array("kind kinds[{}]", kinds),
        f"inline constexpr std::uint8_t kind_of_supplement = {number_of[data.kind_key(SUPPLEMENT[0])]};",
        *array("std::uint8_t block_index[{}]", index),
        *array("std::uint8_t blocks[{}]", (number for block in blocks for number in block)),
        *array("std::uint16_t pair_firsts[{}]", firsts),
        *array("std::uint16_t pair_composites[{}]", composites),
        *array("decomposed_range decomposed[{}]", ranges),
        *array("std::uint32_t decompositions[{}]", entries),
        *array("char32_t decomposition_seconds[{}]", (f"{c:#x}" for c in [0, *seconds])),
    ]) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Writes the tables of include/cria/utf8/nfc_tables.hpp.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if the header differs")
    arguments = parser.parse_args()

    if unicodedata2.unidata_version != DATA_VERSION:
        sys.exit(f"unicodedata2 carries Unicode {unicodedata2.unidata_version}, this table is made from {DATA_VERSION}")
    header = HEADER.read_text(encoding="utf-8")
    if (line := f'nfc_version = "{VERSION}.0"') not in header:
        sys.exit(f"{HEADER.name} does not say: {line}")
    head, rest = header.split(BEGIN)
    _, tail = rest.split(END)
    wanted = head + BEGIN + render(Data()) + END + tail
    if arguments.check:
        if wanted != header:
            sys.exit(f"{HEADER.name} differs from Unicode {VERSION}; run tools/unicode/generate_nfc_tables.py")
        print(f"{HEADER.name} is what Unicode {VERSION} says")
        return
    HEADER.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
