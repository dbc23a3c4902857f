#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where keys and values lie: layers, sequences, heads, slots; and the ring of a layer that slides."""
from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, Figure

figure = Figure(900, 468, "The layout of a KV cache: layer, keys or values, sequence, head, slot")
figure.text(20, 28, "Addresses grow to the right. Each line is one part of the line above it.", 14, colour=FAINT)
LEFT, WIDTH = 150, 730


def line(y, name, note, parts, marked):
    """Parts (text, share, fill); gives the edges of the marked one."""
    figure.text(20, y + 18, name, 14, bold=True)
    figure.text(20, y + 35, note, 12, colour=FAINT)
    total, x, edges = sum(share for _, share, _ in parts), LEFT, None
    for i, (text, share, fill) in enumerate(parts):
        width = WIDTH * share / total
        figure.rect(x, y, width, 40, fill, round_=0)
        figure.text(x + width / 2, y + 25, text, 13, "middle")
        if i == marked:
            edges = x, x + width
        x += width
    return edges


def zoom(edges, y):
    figure.line(edges[0], y, LEFT, y + 34, FAINT, dashed=True)
    figure.line(edges[1], y, LEFT + WIDTH, y + 34, FAINT, dashed=True)


edges = line(50, "the cache", "one range of bytes", [("layer 0 keys", 2, BLUE), ("layer 0 values", 2, GREEN), ("layer 1 keys", 2, BLUE), ("layer 1 values", 2, GREEN), ("…", 1, GREY)], 2)
zoom(edges, 90)
edges = line(124, "keys of a layer", "a part a sequence", [("sequence 0", 1, BLUE), ("sequence 1", 1, BLUE), ("…", 0.4, GREY)], 0)
zoom(edges, 164)
edges = line(198, "a sequence", "a part a key head", [("head 0", 1, BLUE), ("head 1", 1, BLUE), ("…", 0.6, GREY), ("head Hk−1", 1, BLUE)], 1)
zoom(edges, 238)
line(272, "a head", "a row a position", [(f"slot {i}", 1, BLUE) for i in range(6)] + [("…", 0.8, GREY), ("slot n−1", 1.2, BLUE)], 0)
figure.text(LEFT, 332, "one slot: k numbers. A query head reads all slots of its key head, as one stream.", 13, colour=FAINT)

figure.text(20, 386, "sliding layer", 14, bold=True)
figure.text(20, 403, "a ring", 12, colour=FAINT)
positions, cell = [11, 12, 13, 14, 15, 5, 6, 7, 8, 9, 10], WIDTH / 11  # position p is in slot p mod 11
for slot, position in enumerate(positions):
    assert position % 11 == slot
    figure.rect(LEFT + slot * cell, 366, cell, 40, ORANGE if position > 10 else GREEN, round_=0)
    figure.text(LEFT + slot * cell + cell / 2, 383, f"slot {slot}", 11, "middle", FAINT)
    figure.text(LEFT + slot * cell + cell / 2, 400, f"pos. {position}", 12, "middle")
figure.text(LEFT, 430, "window 7, batches of up to 5: 7 + 5 − 1 = 11 slots. Orange: a batch of five, written at once; its first", 13, colour=FAINT)
figure.text(LEFT, 449, "token, 11, still sees 5 … 11. With one slot less, 15 would have been written over 5.", 13, colour=FAINT)
figure.print()
