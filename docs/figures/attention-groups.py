#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Query heads and the key and value heads that they read: each its own, groups, all the same one."""
from _svg import BLUE, FAINT, GREEN, ORANGE, RED, Figure

figure = Figure(928, 270, "Multi-head, grouped-query and multi-query attention: which query heads share keys and values")
FILLS = [BLUE, GREEN, ORANGE, RED]
CELL, GAP = 31, 4
for column, (name, note, n_kv) in enumerate([("multi-head: Hk = H", "Llama 2 7B: 32 of 32", 8), ("grouped: Hk = H/4", "Llama 3 8B: 8 for 32", 2), ("multi-query: Hk = 1", "Gemma 2B: 1 for 8", 1)]):
    x = 30 + column * 294
    figure.text(x, 30, name, 15, bold=True)
    figure.text(x, 49, note, 12, colour=FAINT)
    group = 8 // n_kv
    for head in range(8):
        fill = FILLS[(head // group) % 4]
        qx = x + head * (CELL + GAP)
        figure.rect(qx, 72, CELL, 38, fill)
        figure.text(qx + CELL / 2, 96, f"q{head}", 13, "middle", mono=True)
        first = x + (head // group) * group * (CELL + GAP)
        kx = first + (group * (CELL + GAP) - GAP) / 2
        figure.line(qx + CELL / 2, 110, kx, 166, FAINT)
    for kv in range(n_kv):
        first = x + kv * group * (CELL + GAP)
        width = CELL if group == 1 else 60
        kx = first + (group * (CELL + GAP) - GAP) / 2 - width / 2
        figure.rect(kx, 166, width, 38, FILLS[kv % 4])
        figure.text(kx + width / 2, 190, f"{kv}" if group == 1 else f"k, v {kv}", 13, "middle", mono=True)
    figure.text(x, 230, f"cache: {n_kv} of 8 parts", 13, colour=FAINT)
    figure.text(x, 250, f"head h reads {'its own' if group == 1 else f'h / {group}, rounded down' if n_kv > 1 else 'the only one'}", 13, colour=FAINT)
figure.print()
