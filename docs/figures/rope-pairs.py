#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which two numbers of a head a rotation turns: neighbours, or one of each half; and what converters do with rows."""
from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, RED, Figure

FILLS = [BLUE, GREEN, ORANGE, RED]
W, LEFT = 62, 150
figure = Figure(LEFT + 10 * W + 60, 420, "Pairs of a rotation: adjacent numbers, or one number of each half")
figure.text(20, 28, "A head of ten numbers, of which the first eight are rotated. One colour is one pair, numbered by its frequency.", 14, colour=FAINT)


def row(y, name, note, pair_of, labels=None):
    figure.text(20, y + 20, name, 14, bold=True)
    figure.text(20, y + 38, note, 12, colour=FAINT)
    for i in range(10):
        pair = pair_of(i)
        fill = GREY if pair is None else FILLS[pair]
        figure.rect(LEFT + i * W, y, W, 42, fill, round_=0)
        figure.text(LEFT + i * W + W / 2, y + 18, labels[i] if labels else str(i), 14, "middle", mono=True)
        figure.text(LEFT + i * W + W / 2, y + 35, "stays" if pair is None else f"pair {pair}", 11, "middle")


def arcs(y, pairs):
    for a, b in pairs:
        x1, x2 = LEFT + a * W + W / 2, LEFT + b * W + W / 2
        height = 13 + 4 * (b - a)
        figure.path(f"M{x1:g},{y:g} C{x1:g},{y - height:g} {x2:g},{y - height:g} {x2:g},{y:g}", arrow=False)


row(96, "adjacent", "2j and 2j + 1", lambda i: i // 2 if i < 8 else None)
arcs(94, [(0, 1), (2, 3), (4, 5), (6, 7)])
row(214, "halves", "j and j + r/2", lambda i: i % 4 if i < 8 else None)
arcs(212, [(j, j + 4) for j in range(4)])
figure.text(20, 304, "Rows of W_q and W_k may be permuted: then the other way of turning gives the same scores.", 14, colour=FAINT)
order = [0, 4, 1, 5, 2, 6, 3, 7]
row(326, "halves, as", "stored for adjacent", lambda i: order[i] % 4 if i < 8 else None, [f"row {order[i]}" if i < 8 else f"row {i}" for i in range(10)])
figure.text(LEFT, 396, "what converters do to Llama's rows of each head, and not to Qwen's, Phi's or Gemma's", 13, colour=FAINT)
figure.print()
