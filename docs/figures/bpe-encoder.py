#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How a piece of text goes through the encoder: cut, looked up, remembered, merged."""
from _svg import BLUE, DARK, FAINT, GREEN, GREY, INK, ORANGE, RED, Figure

figure = Figure(1010, 560, "How a piece goes through the encoder")
figure.text(20, 28, "Most pieces end at the table. Whatever the way, the ids are those of merging.", 15, colour=FAINT)


def box(x, y, width, height, fill, name, *lines):
    figure.rect(x, y, width, height, fill)
    figure.text(x + 12, y + 24, name, 15, bold=True)
    for number, line in enumerate(lines):
        figure.text(x + 12, y + 46 + 19 * number, line, 13, colour=INK)


box(20, 52, 300, 104, GREY, "1 cut", "64 bytes become masks: letters, digits, …", "arithmetic on masks gives all starts;", "what that does not know: the plain scanner")
box(356, 52, 300, 104, GREY, "2 a batch of pieces", "256 and a few: each as two words of 8 bytes", "(15 bytes and the length), and a hash;", "the table's lines are asked for ahead")
box(692, 52, 298, 104, GREEN, "3 the table of tokens", "shared by all; pieces of up to 12 bytes", "a line of 64 bytes has four,", "compared as a whole")
figure.line(320, 104, 354, 104, FAINT, 1.5, arrow=True)
figure.line(656, 104, 690, 104, FAINT, 1.5, arrow=True)

figure.line(841, 156, 841, 202, FAINT, 1.5, arrow=True)
figure.text(833, 184, "full, and not there", 13, "end", FAINT)
box(692, 204, 298, 84, GREEN, "4 its second line", "for the one token in ten that found", "no room in the first")
figure.line(841, 288, 841, 334, FAINT, 1.5, arrow=True)
figure.text(833, 316, "no token", 13, "end", FAINT)
box(692, 336, 298, 104, BLUE, "5 the cache", "this encoder's own; two entries a line,", "two lines a piece; up to four ids", "beside the piece, more elsewhere")

figure.line(692, 388, 658, 388, FAINT, 1.5, arrow=True)
figure.text(675, 380, "new", 13, "middle", FAINT)
box(356, 336, 300, 104, ORANGE, "6 merge", "to 63 bytes: vectors of priorities", "longer: windows that agree in a symbol", "other lists of merges: scan, then heap")
figure.path("M506,440 C506,486 700,492 841,442", DARK[ORANGE])
figure.text(690, 496, "remembered", 13, "middle", FAINT)

box(20, 204, 300, 236, RED, "ids, in the order of the text", "hits of the table are copied in runs,", "up to the next piece that is not one", "", "spelled in bytes: what has no token", "left out: CONTROL and UNKNOWN,", "where the text is not trusted")
figure.path("M692,246 C560,246 440,246 324,246", DARK[GREEN])
figure.text(506, 238, "found", 13, "middle", FAINT)
figure.path("M720,156 C700,222 480,228 324,228", DARK[GREEN])
figure.text(560, 200, "found", 13, "middle", FAINT)
figure.path("M692,356 C672,300 480,288 324,288", DARK[BLUE])
figure.text(506, 282, "known", 13, "middle", FAINT)
figure.line(356, 388, 322, 388, DARK[ORANGE], 1.5, arrow=True)
for x, fill, text in ((20, GREEN, "shared, read only"), (210, BLUE, "an encoder's own, and small"), (460, ORANGE, "what merging is"), (640, GREY, "without a branch a byte")):
    figure.rect(x, 526, 18, 18, fill)
    figure.text(x + 26, 540, text, 13)
figure.print()
