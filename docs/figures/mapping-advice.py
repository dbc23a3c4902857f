#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What an eighth of a cold file costs by the way it is asked for: from docs/data/mapping-ways.csv."""
import csv
import math
from pathlib import Path

from _svg import BLUE, FAINT, ORANGE, RULE, Figure

path = Path(__file__).resolve().parent.parent / "data" / "mapping-ways.csv"
with open(path, encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(line for line in file if not line.startswith("#")) if row["pass"] == "an eighth" and row["cache"] == "cold"]

LEFT, TOP, ROW = 340, 74, 30
SCALE_MIB, MS_LEFT = 1.0, 680
figure = Figure(1000, TOP + len(rows) * ROW + 40, "Bytes from the disk and milliseconds for an eighth of a file")
figure.text(20, 28, "32 MiB are wanted, in 256 pieces in no order, of a file of 256 MiB that is not in memory", 15, colour=FAINT)
figure.text(LEFT, 58, "MiB that came from the disk", 14, bold=True)
figure.text(MS_LEFT, 58, "milliseconds (logarithmic)", 14, bold=True)
figure.line(LEFT + 32 * SCALE_MIB, TOP - 6, LEFT + 32 * SCALE_MIB, TOP + len(rows) * ROW, RULE, dashed=True)
for i, row in enumerate(rows):
    y = TOP + i * ROW
    mib, ms = float(row["MiB from disk"]), float(row["ms"])
    figure.text(LEFT - 12, y + 17, row["way"].replace("1 MiB or a tensor at a time", "a tensor at a time"), 13, "end")
    figure.rect(LEFT, y + 2, mib * SCALE_MIB, 20, BLUE, round_=0)
    figure.text(LEFT + mib * SCALE_MIB + 6, y + 17, row["MiB from disk"], 12)
    width = math.log10(ms / 10) * 130
    figure.rect(MS_LEFT, y + 2, width, 20, ORANGE, round_=0)
    figure.text(MS_LEFT + width + 6, y + 17, f"{ms:.0f}", 12)
figure.text(20, TOP + len(rows) * ROW + 24, "The dashed line: what was wanted.", 13, colour=FAINT)
figure.print()
