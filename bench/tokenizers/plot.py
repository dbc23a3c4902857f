#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws what run.py has measured: for each vocabulary an SVG, in which every line is a row of the table and every mark a tokenizer.

    plot.py TURNS.csv FOLDER

To the right of the middle line is what is faster (or smaller) than cria, on a logarithmic scale; on the right cria's own medians.
"""
import csv
import math
import pathlib
import statistics
import sys
from xml.sax.saxutils import escape

COLOURS = {"gigatoken": "#c2410c", "quicktok": "#1d4ed8", "tokenizers": "#a16207", "llama.cpp": "#15803d"}
OTHER_COLOURS = ["#7e22ce", "#0f766e", "#be185d", "#334155"]
LABELS, PLOT, VALUES, LINE, TOP = 440, 560, 150, 28, 92  # pixels: columns, a line's height, the head
FONT = "font-family='system-ui, Segoe UI, Helvetica, Arial, sans-serif'"


def shape(kind, x, y, colour):
    """One of four, so that colours are not all that tells them apart."""
    r = 6
    if kind == 0:
        return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{r}' fill='{colour}'/>"
    corners = {1: [(-1, -1), (1, -1), (1, 1), (-1, 1)], 2: [(0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)], 3: [(0, -1.25), (1.2, 0.95), (-1.2, 0.95)]}[kind]
    points = " ".join(f"{x + r * a:.1f},{y + r * b:.1f}" for a, b in corners)
    return f"<polygon points='{points}' fill='{colour}'/>"


def short(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"


def medians(turns):
    """{vocabulary: {row: (title, unit, is_rate, {contender: median})}}, in the file's order."""
    found = {}
    for turn in turns:
        row = found.setdefault(turn["vocabulary"], {}).setdefault(turn["row"], (turn["title"], turn["unit"], turn["is_rate"] == "1", {}))
        row[3].setdefault(turn["contender"], []).append(float(turn["value"]))
    return {v: {name: (title, unit, is_rate, {c: statistics.median(values) for c, values in own.items()}) for name, (title, unit, is_rate, own) in rows.items()}
            for v, rows in found.items()}


def draw(vocabulary, rows):
    """The SVG's text, or None where cria has no figure to compare with."""
    rows = [(title, unit, is_rate, own) for title, unit, is_rate, own in rows.values() if own.get("cria", 0) > 0]
    peers = list(dict.fromkeys(c for row in rows for c in row[3] if c != "cria"))
    if not rows or not peers:
        return None
    spare = iter(OTHER_COLOURS * len(peers))
    colours = {peer: COLOURS.get(peer) or next(spare) for peer in peers}
    kinds = {peer: i % 4 for i, peer in enumerate(peers)}
    ratios = [{c: (value / own["cria"] if is_rate else own["cria"] / value) for c, value in own.items() if c != "cria" and value > 0} for _, _, is_rate, own in rows]
    every = [r for row in ratios for r in row.values()] or [1.0]
    low, high = math.floor(math.log10(min(*every, 0.5))), math.ceil(math.log10(max(*every, 2.0)))

    def place(ratio):
        return LABELS + PLOT * (math.log10(ratio) - low) / (high - low)

    width, height = LABELS + PLOT + VALUES, TOP + LINE * len(rows) + 44
    out = [f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}' {FONT} font-size='15' fill='#111827'>",
           f"<rect width='{width}' height='{height}' fill='#ffffff'/>",
           f"<text x='16' y='28' font-size='18' font-weight='600'>{escape(vocabulary)}: others beside cria</text>"]
    x = 16
    for peer in peers:
        out += [shape(kinds[peer], x + 7, 53, colours[peer]), f"<text x='{x + 20}' y='58'>{escape(peer)}</text>"]
        x += 44 + 9 * len(peer)
    out.append(f"<text x='{width - 16}' y='58' text-anchor='end'>cria</text>")
    bottom = TOP + LINE * len(rows)
    for power in range(low, high + 1):
        x = place(10.0 ** power)
        text = "as fast" if power == 0 else f"{10 ** power:,}×" if power > 0 else f"1/{10 ** -power:,}"
        out += [f"<line x1='{x:.1f}' y1='{TOP - 8}' x2='{x:.1f}' y2='{bottom}' stroke='{'#111827' if power == 0 else '#d1d5db'}' stroke-width='{2 if power == 0 else 1}'/>",
                f"<text x='{x:.1f}' y='{TOP - 14}' text-anchor='middle' font-size='13' fill='#4b5563'>{text}</text>"]
    out += [f"<text x='{place(1) + 8:.1f}' y='{bottom + 26}' font-size='13' fill='#4b5563'>faster or smaller than cria →</text>",
            f"<text x='{place(1) - 8:.1f}' y='{bottom + 26}' text-anchor='end' font-size='13' fill='#4b5563'>← slower or larger</text>"]
    for number, ((title, unit, _, own), row) in enumerate(zip(rows, ratios)):
        y = TOP + LINE * number + LINE / 2
        if number % 2 == 0:
            out.append(f"<rect x='0' y='{y - LINE / 2:.1f}' width='{width}' height='{LINE}' fill='#6b7280' fill-opacity='0.07'/>")
        out.append(f"<text x='16' y='{y + 5:.1f}'>{escape(title)}</text>")
        for peer, ratio in sorted(row.items(), key=lambda item: item[1]):
            out.append(shape(kinds[peer], place(ratio), y, colours[peer]))
        value = f"{short(own['cria'])} {unit}"
        out.append(f"<text x='{width - 16}' y='{y + 5:.1f}' text-anchor='end'>{escape(value)}</text>")
    return "\n".join([*out, "</svg>", ""])


def plot(turns, folder):
    """Writes FOLDER/VOCABULARY.svg of the CSV file; their paths."""
    with open(turns, newline="") as file:
        found = medians(csv.DictReader(file))
    written = []
    for vocabulary, rows in found.items():
        drawn = draw(vocabulary, rows)
        if drawn:
            path = pathlib.Path(folder) / f"{vocabulary}.svg"
            path.write_text(drawn)
            written.append(path)
    return written


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for made in plot(sys.argv[1], sys.argv[2]):
        print(made)
