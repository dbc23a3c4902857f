#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws what upload_bench --csv wrote: GB/s by cores and by slot size, against the link's own speed.

    bench/plot_uploads.py uploads.csv docs/uploads.svg
"""
import csv
import sys

WIDTH, HEIGHT, LEFT, TOP, PLOT_WIDTH, PLOT_HEIGHT, GAP = 1000, 420, 70, 60, 390, 280, 100
COLOURS = ["#1b6ca8", "#d1495b", "#3a7d44", "#8d5a97", "#c98a00"]


def read(path):
    rows = []
    with open(path, newline="") as file:
        for kind, *name, cores, slot, median, least, most, share in csv.reader(file):
            name = ",".join(name)
            if float(share) > 0:
                rows.append({"kind": kind, "name": name, "cores": int(cores), "slot": int(slot), "median": float(median), "least": float(least),
                             "most": float(most), "link": float(median) / float(share)})
    return rows


def text(x, y, words, anchor="middle", size=13, weight="normal", extra=""):
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" {extra}>{words}</text>'


def panel(x0, title, x_label, ticks, series, link, most):
    """ticks: [(position 0..1, words)]; series: {name: [(position, median, least, most)]}."""
    def at(position, value):
        return x0 + position * PLOT_WIDTH, TOP + PLOT_HEIGHT * (1 - value / most)

    out = [text(x0 + PLOT_WIDTH / 2, TOP - 28, title, size=15, weight="bold")]
    for value in range(0, int(most) + 1, 10):
        _, y = at(0, value)
        out.append(f'<line x1="{x0}" x2="{x0 + PLOT_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        out.append(text(x0 - 8, y + 4, str(value), "end"))
    for position, words in ticks:
        x, y = at(position, 0)
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{y + 5:.1f}" stroke="#555"/>')
        out.append(text(x, y + 20, words))
    out.append(text(x0 + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT + 42, x_label))
    out.append(text(x0 - 44, TOP + PLOT_HEIGHT / 2, "GB/s", extra=f'transform="rotate(-90 {x0 - 44} {TOP + PLOT_HEIGHT / 2})"'))
    _, y = at(0, link)
    out.append(f'<line x1="{x0}" x2="{x0 + PLOT_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#111" stroke-dasharray="6 4"/>')
    out.append(text(x0 + PLOT_WIDTH, y - 6, f"P, the link: {link:.1f}", "end"))
    for (name, points), colour in zip(series.items(), COLOURS):
        points = sorted(points)
        path = " ".join(f"{'M' if i == 0 else 'L'}{at(p, m)[0]:.1f} {at(p, m)[1]:.1f}" for i, (p, m, _, _) in enumerate(points))
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        for p, median, least, highest in points:
            x, y = at(p, median)
            out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{at(p, least)[1]:.1f}" y2="{at(p, highest)[1]:.1f}" stroke="{colour}" stroke-opacity="0.5"/>')
            out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
    x, y = x0 + 150, TOP + PLOT_HEIGHT - 18 * len(series)
    for (name, _), colour in zip(series.items(), COLOURS):
        out.append(f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{colour}"/>')
        out.append(text(x + 18, y, name, "start"))
        y += 18
    return out


def main():
    rows = read(sys.argv[1])
    link = max(row["link"] for row in rows if row["kind"] in ("warm", "slots"))
    most = 60 if link < 60 else 10 * (int(link / 10) + 1)

    everywhere = max(row["cores"] for row in rows)
    names = {"mapped, placement": "from the mapping", "automatic, placement": "from the mapping", "read, placement": "read"}
    by_cores = {}
    for row in rows:
        if row["kind"] != "warm":
            continue
        name = names.get(row["name"])
        if row["name"] == "automatic, placement" and row["cores"] <= 2:
            name = "registered (chosen for 1 and 2)"
        if name is None:
            continue
        by_cores.setdefault(name, []).append((row["cores"] / everywhere, row["median"], row["least"], row["most"]))
    cores = sorted({row["cores"] for row in rows if row["kind"] == "warm"})
    slots = [row for row in rows if row["kind"] == "slots"]
    sizes = sorted({row["slot"] for row in slots})
    place = {size: i / max(1, len(sizes) - 1) for i, size in enumerate(sizes)}

    def words(size):
        mib = size / 2**20
        return f"{mib:g}"

    body = panel(LEFT, "By cores, slots of 4 MiB", "cores", [(n / everywhere, str(n)) for n in cores], by_cores, link, most)
    body += panel(LEFT + PLOT_WIDTH + GAP, "By slot size, 12 workers", "MiB a slot", [(place[size], words(size)) for size in sizes],
                  {"from the mapping": [(place[row["slot"]], row["median"], row["least"], row["most"]) for row in slots]}, link, most)
    with open(sys.argv[2], "w") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" fill="#222">\n')
        file.write(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n' + "\n".join(body) + "\n</svg>\n")


if __name__ == "__main__":
    main()
