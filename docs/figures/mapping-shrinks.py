#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A mapped file that becomes shorter: which bytes stay, which read as zeros, which end the process."""
from _svg import BLUE, FAINT, GREY, RED, RULE, Figure

figure = Figure(980, 330, "What becomes of the pages of a mapping when its file is cut")
PAGE, LEFT = 170, 200
for row, (y, title, end) in enumerate(((60, "when it was mapped", 3.4), (190, "cut by somebody else", 1.3))):
    figure.text(20, y + 34, title, 15)
    for page in range(4):
        x = LEFT + page * PAGE
        full = min(max(end - page, 0), 1)
        if full > 0:
            figure.rect(x, y, PAGE * full, 54, BLUE, round_=0)
            figure.text(x + PAGE * full / 2, y + 33, "bytes of the file" if full > 0.6 else "bytes", 14, "middle")
            if full < 1:
                figure.rect(x + PAGE * full, y, PAGE * (1 - full), 54, GREY, round_=0)
                figure.text(x + PAGE * (1 + full) / 2, y + 33, "zeros", 14, "middle")
        else:
            figure.rect(x, y, PAGE, 54, RED, round_=0)
            figure.text(x + PAGE / 2, y + 33, "SIGBUS", 14, "middle", bold=True)
        figure.text(x + PAGE / 2, y - 10, f"page {page}", 13, "middle", FAINT)
    x = LEFT + end * PAGE
    figure.line(x, y - 4, x, y + 70, FAINT, 1.5, dashed=True)
    figure.text(x, y + 88, "the file ends here", 13, "middle", FAINT)
figure.line(20, 165, 960, 165, RULE)
figure.text(20, 312, "The address range stays as long as it was: the mapping does not become shorter with its file. A read, instead, gives fewer bytes.", 14, colour=FAINT)
figure.print()
