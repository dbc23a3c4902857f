#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The four lengths of a character in UTF-8: which bits say what."""
from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, Figure

ROWS = [("U+0000 … U+007F", "A", 0x41), ("U+0080 … U+07FF", "é", 0xE9), ("U+0800 … U+FFFF", "火", 0x706B), ("U+10000 … U+10FFFF", "🦙", 0x1F999)]
NAMES = {"A": "A", "é": "é", "火": "“fire”", "🦙": "a llama"}
BIT, GAP, LEFT, TOP, ROW = 17, 14, 212, 74, 86
figure = Figure(LEFT + 4 * (8 * BIT + GAP) + 24, TOP + 4 * ROW + 34, "How UTF-8 writes a code point in one to four bytes")
figure.text(20, 30, "Marks say how long a character is and where it begins; the other bits are its number, highest first.", 15, colour=FAINT)
for row, (reach, character, code_point) in enumerate(ROWS):
    y = TOP + row * ROW
    figure.text(20, y + 8, reach, 14, bold=True)
    figure.text(20, y + 28, f"{NAMES[character]}, U+{code_point:04X}", 13, colour=FAINT)
    for i, byte in enumerate(character.encode()):
        bits = f"{byte:08b}"
        n_marks = bits.index("0") + 1
        fill = GREY if len(character.encode()) == 1 else ORANGE if i == 0 else BLUE
        x = LEFT + i * (8 * BIT + GAP)
        figure.text(x + 4 * BIT, y - 14, f"{byte:02X}", 15, "middle", mono=True, bold=True)
        for at, bit in enumerate(bits):
            is_mark = at < n_marks
            figure.rect(x + at * BIT, y - 6, BIT, 30, fill if is_mark else GREEN, round_=0)
            figure.text(x + at * BIT + BIT / 2, y + 15, bit, 14, "middle", mono=True, bold=is_mark)
y = TOP + 4 * ROW
for x, fill, text in ((20, GREY, "one byte: 0"), (150, ORANGE, "lead: as many 1 as bytes, then 0"), (420, BLUE, "continuation: 10"), (600, GREEN, "the number’s bits")):
    figure.rect(x, y - 13, 18, 18, fill)
    figure.text(x + 26, y + 1, text, 13)
figure.print()
