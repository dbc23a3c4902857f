#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Blocks of the quantized types, to scale: which bytes hold what."""
from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, RED, Figure

# name, bits per weight, [(what, bytes, fill)]
D, M, S, H, Q = ORANGE, RED, GREEN, GREY, BLUE
SMALL = [
    ("Q4_0", [("d", 2, D), ("32 codes of 4 bits", 16, Q)]),
    ("Q4_1", [("d", 2, D), ("m", 2, M), ("32 codes of 4 bits", 16, Q)]),
    ("Q5_0", [("d", 2, D), ("5th bits", 4, H), ("32 codes, low 4 bits", 16, Q)]),
    ("Q5_1", [("d", 2, D), ("m", 2, M), ("5th bits", 4, H), ("32 codes, low 4 bits", 16, Q)]),
    ("Q8_0", [("d", 2, D), ("32 signed codes of 8 bits", 32, Q)]),
    ("IQ4_NL", [("d", 2, D), ("32 indices of 4 bits", 16, Q)]),
    ("MXFP4", [("e", 1, D), ("32 floats of 4 bits (E2M1)", 16, Q)]),
    ("NVFP4", [("4 scales", 4, S), ("64 floats of 4 bits (E2M1), 16 for each scale", 32, Q)]),
]
LARGE = [
    ("Q2_K", [("16 × 4+4", 16, S), ("256 codes of 2 bits", 64, Q), ("d", 2, D), ("dmin", 2, M)]),
    ("Q3_K", [("3rd bits", 32, H), ("256 codes, low 2 bits", 64, Q), ("16 × 6", 12, S), ("d", 2, D)]),
    ("Q4_K", [("d", 2, D), ("dmin", 2, M), ("8 × 6+6", 12, S), ("256 codes of 4 bits", 128, Q)]),
    ("Q5_K", [("d", 2, D), ("dmin", 2, M), ("8 × 6+6", 12, S), ("5th bits", 32, H), ("256 codes, low 4 bits", 128, Q)]),
    ("Q6_K", [("256 codes, low 4 bits", 128, Q), ("high 2 bits", 64, H), ("16 × 8", 16, S), ("d", 2, D)]),
    ("IQ4_XS", [("d", 2, D), ("", 2, S), ("", 4, S), ("256 indices of 4 bits", 128, Q)]),
    ("IQ3_S", [("d", 2, D), ("64 grid indices", 64, Q), ("", 8, H), ("256 signs", 32, GREY), ("", 4, S)]),
    ("IQ2_XXS", [("d", 2, D), ("indices, signs and scales", 64, Q)]),
    ("IQ1_S", [("d", 2, D), ("32 indices", 32, Q), ("", 16, S)]),
]
LEFT, ROW = 150, 40
figure = Figure(900, 84 + (len(SMALL) + len(LARGE)) * ROW + 100, "What the bytes of quantized blocks hold")
y = 30


def panel(title, rows, elements, scale):
    global y
    figure.text(20, y, title, 15, bold=True)
    y += 16
    for name, parts in rows:
        n = sum(size for _, size, _ in parts)
        n_elements = 64 if name == "NVFP4" else elements
        figure.text(20, y + 18, name, 14, bold=True)
        figure.text(LEFT - 10, y + 18, f"{n} B", 13, "end", FAINT)
        x = LEFT
        for what, size, fill in parts:
            figure.rect(x, y, size * scale, 26, fill, round_=0)
            fits = len(what) * 6.2 < size * scale
            if what and fits:
                figure.text(x + size * scale / 2, y + 18, what, 12, "middle")
            elif what and size > 8:
                figure.text(x, y - 3, what, 10, colour=FAINT)
            x += size * scale
        figure.text(x + 10, y + 18, f"{8 * n / n_elements:g} bits a weight", 12, colour=FAINT)
        y += ROW
    y += 28


panel("32 weights a block (NVFP4: 64)", SMALL, 32, 13)
panel("256 weights a super-block", LARGE, 256, 2.85)
x = 20
for fill, what, width in ((D, "scale of the whole block", 190), (M, "its offset", 110), (S, "scales of its parts", 160), (H, "high bits of codes, signs", 200), (Q, "codes", 60)):
    figure.rect(x, y - 10, 18, 18, fill)
    figure.text(x + 25, y + 4, what, 13)
    x += width + 24
figure.print()
