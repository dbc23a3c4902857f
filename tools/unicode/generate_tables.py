#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the character class table of include/cria/bpe/unicode_tables.hpp.

The header is written by hand; this script replaces only what stands between its two `generated` marks.

    pip install unicodedata2==16.0.0 fonttools==4.57.0
    pip install --target OLDER unicodedata2==15.1.0
    tools/unicode/generate_tables.py --older OLDER            # rewrite the tables
    tools/unicode/generate_tables.py --older OLDER --check    # exit 1 if the header differs from the data

unicodedata2 gives General_Category, fonttools gives Script (its copy of Scripts.txt); both must carry the
version that the header names. The older unicodedata2 says which code points that version has added. White_Space is
stable since Unicode 6.3 and is listed here (PropList.txt), and so are the symbols that are Alphabetic.
"""

import argparse
import bisect
import json
import pathlib
import re
import subprocess
import sys

import unicodedata2
from fontTools.unicodedata import Scripts

VERSION = "16.0.0"
OLDER_VERSION = "15.1.0"
BLOCK = 128  # code points; 64 and 256 make larger tables
HEADER = pathlib.Path(__file__).resolve().parents[2] / "include/cria/bpe/unicode_tables.hpp"
BEGIN, END = "// generated: begin\n", "// generated: end\n"

WHITE_SPACE = {*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
               0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
# Other_Alphabetic that is no letter, number or mark: circled and squared letters.
ALPHABETIC_SYMBOLS = {*range(0x24B6, 0x24EA), *range(0x1F130, 0x1F14A), *range(0x1F150, 0x1F16A), *range(0x1F170, 0x1F18A)}
VARIATION_SELECTORS = range(0xE0100, 0xE01F0)  # class_of() knows them, so that the table may end before

# The letters are the values of char_class in the header.
BY_CATEGORY = {"Lu": "u", "Ll": "l", "Lt": "t", "Lm": "m", "Lo": "o", "Nd": "d", "Nl": "e", "No": "n", "M": "k",
               "Pc": "c", "P": "p", "S": "s", "C": "x"}
HAN_BY_CATEGORY = {"Lo": "h", "Lm": "i", "Nl": "j", "M": "v", "P": "w", "S": "y"}


def is_han(code_point):
    return Scripts.VALUES[bisect.bisect_right(Scripts.RANGES, code_point) - 1] == "Hani"


def class_of(code_point, category):
    if code_point == 0x20:
        return "b"
    if code_point in (0x0A, 0x0D):
        return "r"
    if code_point in WHITE_SPACE:
        return "a"
    if code_point in ALPHABETIC_SYMBOLS:
        assert category == "So"
        return "g"
    table = HAN_BY_CATEGORY if is_han(code_point) else BY_CATEGORY
    # A KeyError here means that the data has grown a combination that char_class does not know:
    # a Han letter of another case, or a separator that is no white space.
    return table[category] if category in table else table[category[0]]


def older_categories(folder):
    """The General_Category of every code point in the older version, from the package in `folder`."""
    program = ("import json, sys; sys.path.insert(0, sys.argv[1]); import unicodedata2 as u; "
               "print(json.dumps([u.unidata_version, [u.category(chr(c)) for c in range(0x110000)]]))")
    answer = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, check=True)
    version, categories = json.loads(answer.stdout)
    if version != OLDER_VERSION:
        sys.exit(f"the older unicodedata2 carries Unicode {version}, wanted is {OLDER_VERSION}")
    return categories


def additions(older):
    """What the older version did not assign, as ranges. Everything else has kept its class, which is checked."""
    ranges = []
    for c in range(0x110000):
        now = unicodedata2.category(chr(c))
        if class_of(c, now) == "x" or older[c] == now:
            continue
        if older[c] != "Cn":
            assert class_of(c, older[c]) == class_of(c, now), f"U+{c:04X} was {older[c]} and is {now}"
            continue
        if ranges and ranges[-1][1] == c - 1:
            ranges[-1][1] = c
        else:
            ranges.append([c, c])
    return ranges


def build():
    classes = [class_of(c, unicodedata2.category(chr(c))) for c in range(0x110000)]
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


def render(older):
    table_end, index, blocks = build()
    lines = [
        f"inline constexpr char32_t table_end = {table_end:#x};",
        f"inline constexpr std::uint8_t block_index[{len(index)}] = {{",
        *wrapped(index),
        "};",
        f"inline constexpr char block_classes[{len(blocks) * BLOCK} + 1] =",
        *(f'    "{block}"' for block in blocks),
    ]
    added = additions(older)
    lines[-1] += ";"
    lines += [
        f"inline constexpr code_point_range added_since_older[{len(added)}] = {{",
        *wrapped((f"{{{first:#x}, {last:#x}}}" for first, last in added)),
        "};",
    ]
    return "\n".join(lines) + "\n"


def check_versions():
    scripts = re.search(r"Scripts-([\d.]+)\.txt", pathlib.Path(Scripts.__file__).read_text(encoding="utf-8"))
    found = {"unicodedata2": unicodedata2.unidata_version, "fonttools": scripts and scripts.group(1)}
    for package, version in found.items():
        if version != VERSION:
            sys.exit(f"{package} carries Unicode {version}, this table is made from {VERSION}")


def main():
    parser = argparse.ArgumentParser(description="Writes the table of include/cria/bpe/unicode_tables.hpp.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if the header differs")
    parser.add_argument("--older", required=True, type=pathlib.Path, help=f"folder that holds unicodedata2 {OLDER_VERSION}")
    arguments = parser.parse_args()

    check_versions()
    header = HEADER.read_text(encoding="utf-8")
    for line in (f'version = "{VERSION}"', f'older_version = "{OLDER_VERSION}"'):
        if line not in header:
            sys.exit(f"{HEADER.name} does not say: {line}")
    head, rest = header.split(BEGIN)
    _, tail = rest.split(END)
    wanted = head + BEGIN + render(older_categories(arguments.older)) + END + tail
    if arguments.check:
        if wanted != header:
            sys.exit(f"{HEADER.name} differs from Unicode {VERSION}; run tools/unicode/generate_tables.py")
        print(f"{HEADER.name} is what Unicode {VERSION} says")
        return
    HEADER.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
