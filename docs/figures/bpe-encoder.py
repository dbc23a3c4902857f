#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How a piece of text goes through the encoder: cut, looked up, remembered, merged."""
from _svg import BLUE, DARK, FAINT, GREEN, GREY, INK, ORANGE, RED, Figure

figure = Figure(1010, 520, "How a piece goes through the encoder")
figure.text(20, 28, "Most pieces end at the table. Whatever the way, the ids are those of merging.", 15, colour=FAINT)


def box(x, y, width, height, fill, name, *lines):
    figure.rect(x, y, width, height, fill)
    figure.text(x + 12, y + 24, name, 15, bold=True)
    for number, line in enumerate(lines):
        figure.text(x + 12, y + 46 + 19 * number, line, 13, colour=INK)


box(20, 52, 306, 104, GREY, "1 cut", "64 bytes become masks: letters, digits …", "arithmetic on masks gives all starts;", "what it does not know: a plain scanner")
box(362, 52, 294, 104, GREY, "2 a batch of pieces", "256 and a few: each as two words", "(15 bytes and the length) and a hash;", "their lines of the table are asked for")
box(692, 52, 298, 104, GREEN, "3 the table of tokens", "shared by all; pieces of up to 12 bytes;", "a line of 64 bytes has four,", "compared as a whole")
figure.line(326, 104, 360, 104, FAINT, 1.5, arrow=True)
figure.line(656, 104, 690, 104, FAINT, 1.5, arrow=True)

figure.line(841, 156, 841, 202, FAINT, 1.5, arrow=True)
figure.text(850, 184, "not in its line", 13, colour=FAINT)
box(692, 204, 298, 104, BLUE, "4 the cache", "this encoder's own; two pieces a line,", "two lines where a piece may be;", "up to four ids beside it, more elsewhere")

figure.line(841, 308, 841, 354, FAINT, 1.5, arrow=True)
figure.text(850, 336, "not met before", 13, colour=FAINT)
box(692, 356, 298, 104, GREEN, "5 the rest of the vocabulary", "the table's second lines, an index of", "longer tokens: asked for whole pieces", "only where `pre` wants them first")
figure.line(692, 408, 658, 408, FAINT, 1.5, arrow=True)
box(362, 356, 294, 104, ORANGE, "6 merge", "to 63 bytes: priorities as a vector;", "longer: windows that share a symbol;", "odd lists of merges: a scan, or a heap")
figure.path("M580,356 C590,300 620,276 688,276", DARK[ORANGE])
figure.text(566, 306, "remembered", 13, "end", FAINT)

box(20, 204, 306, 256, RED, "ids, in the order of the text", "hits of the table are copied in runs,", "up to the next piece that is not one;", "", "spelled in bytes: what has no token;", "CONTROL and UNKNOWN: also spelled,", "where the text is not trusted")
figure.path("M720,156 C700,212 480,222 330,222", DARK[GREEN])
figure.text(560, 190, "a token", 13, "middle", FAINT)
figure.line(692, 250, 330, 250, DARK[BLUE], 1.5, arrow=True)
figure.text(506, 243, "known", 13, "middle", FAINT)
figure.line(362, 408, 330, 408, DARK[ORANGE], 1.5, arrow=True)
for x, fill, text in ((20, GREEN, "shared, read only"), (210, BLUE, "an encoder's own, and small"), (460, ORANGE, "what merging is"), (640, GREY, "without a branch a byte")):
    figure.rect(x, 488, 18, 18, fill)
    figure.text(x + 26, 502, text, 13)
figure.print()
