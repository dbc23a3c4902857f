#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the character class table of include/cria/bpe/unicode_tables.hpp.

The header is written by hand; this script replaces only what stands between its two `generated` marks.

    pip install unicodedata2==16.0.0 fonttools==4.57.0
    tools/unicode/generate_tables.py            # rewrite the table
    tools/unicode/generate_tables.py --check    # exit 1 if the header differs from the data

unicodedata2 gives General_Category, fonttools gives Script (its copy of Scripts.txt); both must carry the
version that the header names. White_Space is stable since Unicode 6.3 and is listed here (PropList.txt).
"""

import argparse
import bisect
import pathlib
import re
import sys

import unicodedata2
from fontTools.unicodedata import Scripts

VERSION = "16.0.0"
BLOCK = 128  # code points; 64 and 256 make larger tables
HEADER = pathlib.Path(__file__).resolve().parents[2] / "include/cria/bpe/unicode_tables.hpp"
BEGIN, END = "// generated: begin\n", "// generated: end\n"

WHITE_SPACE = {*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
               0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
VARIATION_SELECTORS = range(0xE0100, 0xE01F0)  # class_of() knows them, so that the table may end before

# The letters are the values of char_class in the header.
BY_CATEGORY = {"Lu": "u", "Ll": "l", "Lt": "t", "Lm": "m", "Lo": "o", "Nd": "d", "N": "n", "M": "k",
               "Pc": "c", "P": "p", "S": "s", "C": "x"}
HAN_BY_CATEGORY = {"Lo": "h", "Lm": "i", "N": "j", "M": "v", "P": "w", "S": "y"}


def is_han(code_point):
    return Scripts.VALUES[bisect.bisect_right(Scripts.RANGES, code_point) - 1] == "Hani"


def class_of(code_point):
    if code_point == 0x20:
        return "b"
    if code_point in (0x0A, 0x0D):
        return "r"
    if code_point in WHITE_SPACE:
        return "a"
    category = unicodedata2.category(chr(code_point))
    table = HAN_BY_CATEGORY if is_han(code_point) else BY_CATEGORY
    # A KeyError here means that the data has grown a combination that char_class does not know:
    # a Han letter of another case, or a separator that is no white space.
    return table[category] if category in table else table[category[0]]


def build():
    classes = [class_of(c) for c in range(0x110000)]
    last = max(c for c, k in enumerate(classes) if k != "x" and c not in VARIATION_SELECTORS)
    table_end = (last // BLOCK + 1) * BLOCK
    assert all(classes[c] == "k" for c in VARIATION_SELECTORS)

    blocks, index = {}, []
    for start in range(0, table_end, BLOCK):
        text = "".join(classes[start:start + BLOCK])
        index.append(blocks.setdefault(text, len(blocks)))
    assert index[0] == 0 and len(blocks) <= 256
    return table_end, index, list(blocks)


def wrapped(numbers, width=118):
    line = "   "
    for n in numbers:
        if len(line) + len(f" {n},") > width:
            yield line
            line = "   "
        line += f" {n},"
    yield line


def render():
    table_end, index, blocks = build()
    lines = [
        f"inline constexpr char32_t table_end = {table_end:#x};",
        f"inline constexpr std::uint8_t block_index[{len(index)}] = {{",
        *wrapped(index),
        "};",
        f"inline constexpr char block_classes[{len(blocks) * BLOCK} + 1] =",
        *(f'    "{block}"' for block in blocks),
    ]
    return "\n".join(lines) + ";\n"


def check_versions():
    scripts = re.search(r"Scripts-([\d.]+)\.txt", pathlib.Path(Scripts.__file__).read_text(encoding="utf-8"))
    found = {"unicodedata2": unicodedata2.unidata_version, "fonttools": scripts and scripts.group(1)}
    for package, version in found.items():
        if version != VERSION:
            sys.exit(f"{package} carries Unicode {version}, this table is made from {VERSION}")


def main():
    parser = argparse.ArgumentParser(description="Writes the table of include/cria/bpe/unicode_tables.hpp.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if the header differs")
    arguments = parser.parse_args()

    check_versions()
    header = HEADER.read_text(encoding="utf-8")
    if f'version = "{VERSION}"' not in header:
        sys.exit(f"{HEADER.name} does not name Unicode {VERSION}")
    head, rest = header.split(BEGIN)
    _, tail = rest.split(END)
    wanted = head + BEGIN + render() + END + tail
    if arguments.check:
        if wanted != header:
            sys.exit(f"{HEADER.name} differs from Unicode {VERSION}; run tools/unicode/generate_tables.py")
        print(f"{HEADER.name} is what Unicode {VERSION} says")
        return
    HEADER.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
