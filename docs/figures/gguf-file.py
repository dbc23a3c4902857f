#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A GGUF file from its first byte to its last, and what its two kinds of entries are made of."""
from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, RED, RULE, Figure

figure = Figure(900, 590, "The parts of a GGUF file, in order")
figure.text(20, 28, "Everything stands one behind the other. Only what is below the first padding begins at multiples of the alignment A.", 14, colour=FAINT)
X, W = 20, 250
PARTS = [
    ("header", "24 bytes (16 in version 1)", 60, BLUE),
    ("key-values", "one behind the other, unaligned", 120, GREEN),
    ("tensor infos", "one behind the other, unaligned", 120, ORANGE),
    ("padding to A", "", 26, GREY),
    ("data of tensor 0", "begins at data section + offset", 56, RED),
    ("padding to A", "", 26, GREY),
    ("data of tensor 1 …", "", 44, RED),
    ("padding to A, behind the last too", "", 26, GREY),
]
y, tops = 50, []
for name, what, height, fill in PARTS:
    figure.rect(X, y, W, height, fill, round_=0)
    figure.text(X + W / 2, y + height / 2 + (5 if not what else -3), name, 14 if height > 26 else 12, "middle", bold=height > 26)
    if what:
        figure.text(X + W / 2, y + height / 2 + 15, what, 12, "middle", colour=FAINT)
    tops.append(y)
    y += height
figure.line(X + W + 6, tops[4], X + W + 44, tops[4], FAINT)
figure.text(X + W + 50, tops[4] + 5, "the data section: offsets count from here", 13)
figure.text(X + W + 50, tops[4] + 24, "It is the end of the infos, rounded up to A. A file without tensors may end before it.", 12, colour=FAINT)


def fields(x, y, title, row, fill):
    figure.text(x, y - 10, title, 13, bold=True)
    for name, size, width in row:
        figure.rect(x, y, width, 44, fill, round_=0)
        figure.text(x + width / 2, y + 18, name, 12, "middle")
        figure.text(x + width / 2, y + 36, size, 11, "middle", colour=FAINT)
        x += width


L = X + W + 50
fields(L, 78, "The header", [("GGUF", "4 bytes", 74), ("version", "u32", 74), ("tensors", "u64", 100), ("keys", "u64", 100)], BLUE)
fields(L, 152, "A key with its value", [("length", "u64", 74), ("key", "bytes", 150), ("type", "u32", 74), ("value", "by type", 210)], GREEN)
fields(L + 60, 226, "A value that is an array", [("element type", "u32", 100), ("count", "u64", 74), ("elements", "each as a value of that type, without a type", 270)], GREEN)
fields(L, 300, "A tensor", [("length", "u64", 60), ("name", "bytes", 110), ("n dims", "u32", 62), ("extents", "n × u64, fastest first", 146), ("type", "u32", 58), ("offset", "u64", 72)], ORANGE)
for a, b in ((0, 100), (1, 174), (2, 322)):
    top = tops[a] + PARTS[a][2] / 2
    figure.line(X + W, top, L - 4, b, RULE, 1.5)
figure.text(X, 560, "Counts, lengths and extents are u32 in version 1. A text has no zero byte at its end. A is the value of general.alignment, else 32.", 13, colour=FAINT)
figure.print()
