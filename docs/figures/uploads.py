#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How fast a file in the page cache gets onto a device, by cores and by the size of a slot: from docs/data/upload-curves.csv."""
import csv
from pathlib import Path

from _svg import BLUE, DARK, FAINT, GREEN, INK, ORANGE, RULE, Figure

path = Path(__file__).resolve().parent.parent / "data" / "upload-curves.csv"
with open(path, encoding="utf-8") as file:
    rows = list(csv.DictReader(line for line in file if not line.startswith("#")))

LINK = 54.7  # P in the head of the file
TOP, HEIGHT, WIDTH = 84, 280, 390
figure = Figure(1000, 424, "GB/s onto a device by cores and by the size of a slot")
figure.text(20, 28, "GB/s of 16 GiB that are in the page cache: medians, the least and the most. The dashed line: pinned copies alone.", 15, colour=FAINT)


def panel(left, title, below, ticks, curves):
    """ticks: where and what; curves: colour, name, [(where, median, least, most)]; where from 0 to 1."""
    y = lambda rate: TOP + HEIGHT * (1 - rate / 60)  # noqa: E731
    figure.text(left + WIDTH / 2, TOP - 20, title, 15, "middle", bold=True)
    for rate in range(0, 61, 10):
        figure.line(left, y(rate), left + WIDTH, y(rate), RULE)
        figure.text(left - 8, y(rate) + 4, str(rate), 13, "end", FAINT)
    figure.line(left, y(LINK), left + WIDTH, y(LINK), INK, 1.2, dashed=True)
    for where, what in ticks:
        figure.text(left + where * WIDTH, TOP + HEIGHT + 20, what, 13, "middle", FAINT)
    figure.text(left + WIDTH / 2, TOP + HEIGHT + 44, below, 13, "middle", FAINT)
    for at, (fill, name, points) in enumerate(curves):
        path = " ".join(f"{'L' if i else 'M'}{left + x * WIDTH:.1f},{y(rate):.1f}" for i, (x, rate, _, _) in enumerate(points))
        figure.path(path, DARK[fill], 2.5, arrow=False)
        for x, rate, least, most in points:
            figure.line(left + x * WIDTH, y(least), left + x * WIDTH, y(most), DARK[fill])
            figure.rect(left + x * WIDTH - 4, y(rate) - 4, 8, 8, fill, DARK[fill], round_=4)
        if name:
            figure.rect(left + 170, TOP + HEIGHT - 76 + 24 * at, 14, 14, fill)
            figure.text(left + 192, TOP + HEIGHT - 64 + 24 * at, name, 13)


def curve(way, where):
    return [(where(row), float(row["GB/s"]), float(row["least"]), float(row["most"])) for row in rows if row["way"] == way]


by_cores = lambda row: int(row["cores"]) / 16  # noqa: E731
cores = sorted({int(row["cores"]) for row in rows})
sizes = [row["MiB a slot"] for row in rows if row["way"].endswith("workers")]
by_size = lambda row: sizes.index(row["MiB a slot"]) / (len(sizes) - 1)  # noqa: E731
panel(70, "slots of 4 MiB", "cores", [(n / 16, str(n)) for n in cores],
      [(fill, way, curve(way, by_cores)) for fill, way in ((BLUE, "from the mapping"), (ORANGE, "read into slots"), (GREEN, "registered"))])
panel(570, "from the mapping, 12 workers", "MiB a slot", [(i / (len(sizes) - 1), size) for i, size in enumerate(sizes)],
      [(BLUE, "", curve("from the mapping: 12 workers", by_size))])
figure.print()
