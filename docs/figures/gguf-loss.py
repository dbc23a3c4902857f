#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What each type costs in bits and in error: from docs/data/quantization-error.csv."""
import csv
import math
from pathlib import Path

from _svg import BLUE, DARK, FAINT, GREEN, GREY, ORANGE, RED, RULE, Figure

path = Path(__file__).resolve().parent.parent / "data" / "quantization-error.csv"
with open(path, encoding="utf-8") as file:
    rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
rows = [row for row in rows if 0 < float(row["error in %"]) and float(row["bits per weight"]) < 10]


def kind(name):
    if name.startswith("iq"):
        return GREEN
    if name.endswith("_k"):
        return BLUE
    if name in ("mxfp4", "nvfp4"):
        return RED
    return GREY if name.startswith("tq") or name in ("q1_0", "q2_0") else ORANGE


LEFT, RIGHT, TOP, BOTTOM = 70, 860, 60, 520
figure = Figure(920, 606, "Error of quantization by bits per weight")
figure.text(20, 28, "Root mean square error of a weight matrix, as a share of its own, by bits per weight. Lower and further left is better.", 14, colour=FAINT)
X = lambda bits: LEFT + (bits - 1) / 8 * (RIGHT - LEFT)  # noqa: E731
Y = lambda error: BOTTOM - (math.log10(error) - math.log10(0.4)) / (math.log10(100) - math.log10(0.4)) * (BOTTOM - TOP)  # noqa: E731
for error in (0.5, 1, 2, 5, 10, 20, 50, 100):
    figure.line(LEFT, Y(error), RIGHT, Y(error), RULE)
    figure.text(LEFT - 8, Y(error) + 5, f"{error:g} %", 12, "end", FAINT)
for bits in range(1, 10):
    figure.line(X(bits), TOP, X(bits), BOTTOM, RULE)
    figure.text(X(bits), BOTTOM + 20, str(bits), 12, "middle", FAINT)
figure.text((LEFT + RIGHT) / 2, BOTTOM + 42, "bits per weight, scales included", 13, "middle", FAINT)
# Halving the step halves the error: one bit.
figure.line(X(2.5), Y(32), X(8.5), Y(0.5), FAINT, 1.2, dashed=True)
figure.text(X(7.0), Y(1.15), "half the error for each bit", 12, "end", FAINT)
PLACE = {"q4_0": (9, -1), "q4_1": (9, -2), "q4_k": (-9, 16), "iq4_nl": (7, 4), "iq4_xs": (-9, 4), "nvfp4": (5, -15), "mxfp4": (5, -8), "q3_k": (-9, 12), "iq3_s": (9, 2), "iq3_xxs": (9, -4), "q5_1": (8, 4),
         "iq2_xxs": (-9, 14), "iq2_xs": (7, -6), "iq2_s": (-9, 14), "tq1_0": (-8, 4), "tq2_0": (8, -6), "q2_0": (9, 4), "iq1_m": (9, 12), "iq1_s": (-9, 12), "q5_k": (-9, 12), "q5_0": (9, -4), "q6_k": (-9, 12)}
for row in rows:
    name, x, y = row["type"], X(float(row["bits per weight"])), Y(float(row["error in %"]))
    fill = kind(name)
    figure.rect(x - 5, y - 5, 10, 10, fill, round_=5)
    dx, dy = PLACE.get(name, (9, 4))
    figure.text(x + dx, y + dy, name, 11, "start" if dx > 0 else "end", DARK[fill], bold=True)
x = LEFT
for fill, what in ((ORANGE, "blocks of 32"), (BLUE, "K types"), (GREEN, "IQ types: codebooks"), (RED, "4-bit floats"), (GREY, "for models trained so (TQ, Q1_0, Q2_0)")):
    figure.rect(x, 575, 14, 14, fill)
    figure.text(x + 20, 587, what, 13)
    x += len(what) * 6.8 + 52
figure.print()
