#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""GB/s of validating 64 KiB, by text and by what looks at the bytes: from docs/data/utf8-validation.csv."""
import csv
import math
from pathlib import Path

from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, RULE, Figure

path = Path(__file__).resolve().parent.parent / "data" / "utf8-validation.csv"
with open(path, encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(line for line in file if not line.startswith("#")) if row["bytes"] == "65536"]
ways = [("one by one", GREY), ("by words", ORANGE), ("AVX2", BLUE), ("AVX-512", GREEN)]

LEFT, TOP, BOTTOM, GROUP, BAR = 70, 84, 340, 164, 32
figure = Figure(LEFT + len(rows) * GROUP + 20, 400, "How fast 64 KiB of text are validated, in GB/s")
figure.text(20, 30, "GB/s of validating 64 KiB in cache, one core. The scale is logarithmic: each line is ten times the one below.", 15, colour=FAINT)
LOW, HIGH = 0.1, 200


def height(rate):
    return (math.log10(rate) - math.log10(LOW)) / (math.log10(HIGH) - math.log10(LOW)) * (BOTTOM - TOP)


for mark in (0.1, 1, 10, 100):
    y = BOTTOM - height(mark) if mark > LOW else BOTTOM
    figure.line(LEFT - 6, y, LEFT + len(rows) * GROUP, y, RULE)
    figure.text(LEFT - 12, y + 5, f"{mark:g}", 13, "end", FAINT)
for i, row in enumerate(rows):
    x = LEFT + i * GROUP + (GROUP - 4 * BAR) / 2
    for way, fill in ways:
        rate = float(row[way])
        figure.rect(x, BOTTOM - height(rate), BAR - 3, height(rate), fill, round_=0)
        figure.text(x + (BAR - 3) / 2, BOTTOM - height(rate) - 5, row[way] if rate < 100 else f"{rate:.0f}", 11, "middle")
        x += BAR
    figure.text(LEFT + i * GROUP + GROUP / 2, BOTTOM + 20, row["text"], 14, "middle")
for x, (way, fill), text in ((LEFT, ways[0], "one character after the other"), (LEFT + 250, ways[1], "ASCII eight bytes at a time"), (LEFT + 490, ways[2], "AVX2"), (LEFT + 590, ways[3], "AVX-512")):
    figure.rect(x, 374, 18, 18, fill)
    figure.text(x + 26, 388, text, 13)
figure.print()
