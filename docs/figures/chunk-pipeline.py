#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two pinned slots in turn: while the device takes one, the processor fills the other; and where that waits."""
from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, RULE, Figure

figure = Figure(1000, 412, "Chunks on their way to a device through two pinned slots")
LEFT, UNIT = 150, 34


def lane(y, name, parts):
    figure.text(20, y + 25, name, 14)
    for start, length, label, fill in parts:
        figure.rect(LEFT + start * UNIT, y, length * UNIT - 2, 36, fill, round_=2)
        figure.text(LEFT + (start + length / 2) * UNIT - 1, y + 23, label, 13, "middle")


figure.text(20, 30, "One thread: the link waits for the copying, which is the slower of the two.", 15, bold=True)
lane(50, "thread", [(0, 5, "copy 0 → A", BLUE), (5, 5, "copy 1 → B", ORANGE), (10, 5, "copy 2 → A", BLUE), (15, 5, "copy 3 → B", ORANGE)])
lane(96, "link", [(5, 1.4, "0", GREEN), (10, 1.4, "1", GREEN), (15, 1.4, "2", GREEN), (20, 1.4, "3", GREEN)])
figure.line(20, 160, 980, 160, RULE)
figure.text(20, 190, "Several threads, two slots each: the link is never without a chunk.", 15, bold=True)
for i in range(3):
    shift = i * 1.67
    lane(206 + i * 42, f"thread {i + 1}", [(shift + 5 * k, 5, f"copy → {'AB'[k % 2]}", (BLUE, ORANGE)[k % 2]) for k in range(4)])
lane(336, "link", [(5 + 1.67 * k, 1.5, "", GREEN) for k in range(11)])
figure.text(LEFT, 394, "A slot is filled again when the event behind its transfer has happened.", 13, colour=FAINT)
figure.print()
