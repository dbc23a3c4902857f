#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Inside a Q4_K super-block: where the codes of 256 weights are, and how twelve bytes hold sixteen numbers of six bits."""
from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, RED, Figure

figure = Figure(900, 520, "Codes and scales of a Q4_K super-block")
figure.text(20, 30, "The codes: 128 bytes in four runs of 32. The low nibbles of a run are 32 weights, the high nibbles the next 32.", 14, colour=FAINT)
X, W = 130, 180
for run in range(4):
    x = X + run * (W + 8)
    figure.text(x + W / 2, 58, f"bytes {16 + 32 * run} … {47 + 32 * run}", 12, "middle", FAINT)
    figure.rect(x, 68, W, 34, ORANGE, round_=0)
    figure.text(x + W / 2, 90, f"weights {64 * run + 32} … {64 * run + 63}", 13, "middle")
    figure.rect(x, 102, W, 34, BLUE, round_=0)
    figure.text(x + W / 2, 124, f"weights {64 * run} … {64 * run + 31}", 13, "middle")
    figure.text(x + W / 2, 154, f"parts {2 * run} (low) and {2 * run + 1}", 12, "middle", FAINT)
figure.text(20, 90, "high nibbles", 13)
figure.text(20, 124, "low nibbles", 13)

figure.text(20, 200, "The scales: each part of 32 weights has a scale s and a minimum m, six bits each. Twelve bytes, highest bit on the left:", 14, colour=FAINT)
CELL, TOP = 62, 232
for i in range(12):
    x = X + i * CELL
    figure.text(x + CELL / 2, TOP - 8, f"byte {4 + i}", 11, "middle", FAINT)
    if i < 8:
        kind, part = ("s", i) if i < 4 else ("m", i - 4)
        other = f"{kind}{part + 4}"
        figure.rect(x, TOP, CELL * 0.34, 40, GREY, round_=0)
        figure.text(x + CELL * 0.17, TOP + 17, other, 11, "middle")
        figure.text(x + CELL * 0.17, TOP + 32, "5:4", 10, "middle", FAINT)
        figure.rect(x + CELL * 0.34, TOP, CELL * 0.66, 40, GREEN if kind == "s" else RED, round_=0)
        figure.text(x + CELL * 0.67, TOP + 25, f"{kind}{part}", 13, "middle")
    else:
        part = i - 4
        for k, kind in enumerate("ms"):
            figure.rect(x + k * CELL / 2, TOP, CELL / 2, 40, GREEN if kind == "s" else RED, round_=0)
            figure.text(x + k * CELL / 2 + CELL / 4, TOP + 17, f"{kind}{part}", 12, "middle")
            figure.text(x + k * CELL / 2 + CELL / 4, TOP + 32, "3:0", 10, "middle", FAINT)
figure.text(20, TOP + 25, "6-bit scales", 13)
figure.text(X, TOP + 66, "s0 … s3 and m0 … m3 lie whole in the low six bits of bytes 4 … 11. Of s4 … s7 and m4 … m7 the low four bits are", 13)
figure.text(X, TOP + 86, "the nibbles of bytes 12 … 15, and the high two bits are the top bits of bytes 4 … 11.", 13)

figure.text(20, 372, "The weight:", 14, bold=True)
figure.rect(X, 350, 620, 40, "white", round_=4)
figure.text(X + 310, 376, "w[i] = d · s[i / 32] · code[i]  −  dmin · m[i / 32]", 17, "middle", mono=True)
figure.text(X, 420, "d and dmin are halves (bytes 0 … 3). The products are exact as floats (11 + 6 + 4 bits);", 13, colour=FAINT)
figure.text(X, 440, "only the difference is rounded, so there is one right answer to the last bit.", 13, colour=FAINT)
figure.text(20, 484, "Q5_K is the same with 32 more bytes in front of the codes: bit j of byte i is the fifth bit of weight 32·j + i.", 13, colour=FAINT)
figure.print()
