#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How many times as fast as the best of the peers cria's tokenizer is, row by row: from docs/data/tokenizers-llama-3.csv."""
import csv
import math
from pathlib import Path

from _svg import FAINT, GREEN, ORANGE, RULE, Figure

path = Path(__file__).resolve().parent.parent / "data" / "tokenizers-llama-3.csv"
with open(path, encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(line for line in file if not line.startswith("#")) if row["to the best peer"]]

LEFT, TOP, ROW, WIDTH = 330, 64, 24, 520
RATIOS = [float(row["to the best peer"].rstrip("×")) for row in rows]
FIRST, LAST = math.floor(math.log2(min(RATIOS))), math.ceil(math.log2(max(RATIOS)))  # powers of two
figure = Figure(LEFT + WIDTH + 80, TOP + len(rows) * ROW + 24, "How many times as fast as the best peer, by what is done")
figure.text(20, 28, "Times as fast (or as small) as the best of gigatoken, quicktok and tokenizers; Llama 3's vocabulary.", 15, colour=FAINT)


def at(ratio):
    return LEFT + (math.log2(ratio) - FIRST) / (LAST - FIRST) * WIDTH


for mark in (2.0 ** power for power in range(FIRST, LAST + 1)):
    figure.line(at(mark), TOP - 8, at(mark), TOP + len(rows) * ROW, FAINT if mark == 1 else RULE)
    figure.text(at(mark), TOP - 12, f"{mark:g}", 12, "middle", FAINT)
for i, (row, ratio) in enumerate(zip(rows, RATIOS)):
    y = TOP + i * ROW
    figure.text(LEFT - 12, y + 16, row["row"], 13, "end")
    begin, end = min(at(1), at(ratio)), max(at(1), at(ratio))
    figure.rect(begin, y + 3, max(end - begin, 1), ROW - 7, GREEN if ratio >= 1 else ORANGE, round_=0)
    figure.text(end + 6 if ratio >= 1 else at(1) + 6, y + 16, f"{ratio:g}", 12)
figure.print()
