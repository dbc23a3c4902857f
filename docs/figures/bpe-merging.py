#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A word merged step by step: from what docs/examples/bpe_from_scratch.cpp prints."""
from pathlib import Path

from _svg import BLUE, DARK, FAINT, GREEN, GREY, ORANGE, Figure

output = (Path(__file__).resolve().parent.parent / "examples" / "bpe_from_scratch.out").read_text(encoding="utf-8")
lines = [line.split() for line in output.split("# [steps]\n")[1].splitlines()]
rows, ids = [(line[0], line[1:]) for line in lines if line[0] != "ids"], next(line[1:] for line in lines if line[0] == "ids")

CELL, ROW, LEFT, TOP = 52, 50, 190, 62
n = len(rows[0][1])
figure = Figure(LEFT + n * CELL + 24, TOP + len(rows) * ROW + 56, "The merging of “ unbelievable”, step by step")
figure.text(20, 28, "Each step merges the pair of the lowest rank, wherever it stands (green). Ġ is the space in front.", 15, colour=FAINT)
for number, (rank, symbols) in enumerate(rows):
    y = TOP + number * ROW
    figure.text(20, y + 21, "bytes" if number == 0 else f"merge of rank {rank}", 14, bold=number == 0)
    x = LEFT
    for symbol in symbols:
        is_new, text = symbol.startswith("[") and len(symbol) > 1, symbol.strip("[]")
        width = len(text) * CELL
        figure.rect(x + 2, y, width - 4, 32, GREEN if is_new else BLUE if len(text) > 1 else GREY)
        figure.text(x + width / 2, y + 21, text, 15, "middle", mono=True, bold=is_new)
        x += width
y, x = TOP + len(rows) * ROW, LEFT
figure.line(20, y - 6, LEFT + n * CELL, y - 6)
figure.text(20, y + 21, "no rank left: ids", 14, bold=True)
for symbol, id_ in zip(rows[-1][1], ids):
    width = len(symbol.strip("[]")) * CELL
    figure.rect(x + 2, y + 2, width - 4, 32, ORANGE)
    figure.text(x + width / 2, y + 23, id_, 14, "middle", DARK[ORANGE], mono=True)
    x += width
figure.print()
