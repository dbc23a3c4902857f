#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A decoder block: what flows where, with the places at which families differ."""
from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, Figure

figure = Figure(900, 640, "The data flow of a block, with what some families add to it")
figure.rect(20, 18, 18, 18, BLUE)
figure.text(46, 32, "every family", 13)
figure.rect(160, 18, 18, 18, ORANGE, dashed=True)
figure.text(186, 32, "some families", 13)
figure.rect(310, 18, 18, 18, GREEN)
figure.text(336, 32, "the cache", 13)


def box(x, y, text, fill=BLUE, width=130, note=None, height=34):
    figure.rect(x, y, width, height, fill, dashed=fill == ORANGE)
    figure.text(x + width / 2, y + (21 if note is None else 16), text, 13, "middle")
    if note:
        figure.text(x + width / 2, y + 30, note, 10.5, "middle", FAINT)


def down(x, y1, y2):
    figure.line(x, y1, x, y2, FAINT, 1.5, arrow=True)


# The stream at the left.
figure.text(70, 76, "x, d numbers a token", 13, bold=True)
figure.line(60, 84, 60, 610, FAINT, 3)
for y, text in ((352, "+"), (596, "+")):
    figure.parts.append(f'<circle cx="60" cy="{y}" r="13" fill="{GREY}" stroke="{FAINT}"/>')
    figure.text(60, y + 6, text, 18, "middle", bold=True)

# Attention.
figure.line(60, 110, 120, 110, FAINT, 1.5, arrow=True)
box(120, 93, "RMS norm", note="attn_norm")
figure.line(250, 110, 300, 110, FAINT, 1.5)
figure.line(300, 110, 300, 278, FAINT, 1.5)
for y, name, note in ((128, "W_q x", "[+ bias]"), (194, "W_k x", "[+ bias]"), (261, "W_v x", "[+ bias]")):
    figure.line(300, y + 17, 330, y + 17, FAINT, 1.5, arrow=True)
    box(330, y, name, width=86, note=note)
for y in (128, 194):
    figure.line(416, y + 17, 440, y + 17, FAINT, 1.5, arrow=True)
    box(440, y, "head norm", ORANGE, 92)
    figure.line(532, y + 17, 556, y + 17, FAINT, 1.5, arrow=True)
    box(556, y, "rotation", BLUE, 84, "or none")
figure.line(640, 145, 736, 145, FAINT, 1.5, arrow=True)
figure.line(640, 211, 659, 211, FAINT, 1.5, arrow=True)
figure.line(416, 278, 659, 278, FAINT, 1.5, arrow=True)
box(659, 194, "keys", GREEN, 56)
box(659, 261, "values", GREEN, 56)
figure.line(715, 211, 736, 211, FAINT, 1.5, arrow=True)
figure.line(715, 278, 736, 278, FAINT, 1.5, arrow=True)
figure.rect(736, 128, 144, 167, BLUE)
for i, (text, faint) in enumerate((("scale · q·k", False), ("[cap · tanh(s / cap)]", True), ("mask: past,", False), ("[window]", True), ("softmax", False), ("Σ weight · value", False))):
    figure.text(808, 152 + i * 25, text, 13, "middle", "#9a5b00" if faint else "#1f2328")
figure.line(808, 295, 808, 352, FAINT, 1.5)
figure.line(808, 352, 620, 352, FAINT, 1.5, arrow=True)
box(490, 335, "W_o", width=130, note="[+ bias]")
figure.line(490, 352, 460, 352, FAINT, 1.5, arrow=True)
box(320, 335, "post norm", ORANGE, 140, "Gemma 2, 3")
figure.line(320, 352, 290, 352, FAINT, 1.5, arrow=True)
box(160, 335, "· residual scale", ORANGE, 130, "Granite")
figure.line(160, 352, 74, 352, FAINT, 1.5, arrow=True)

# Feed-forward.
figure.line(60, 410, 120, 410, FAINT, 1.5, arrow=True)
box(120, 393, "RMS norm", note="ffn_norm")
figure.line(250, 410, 300, 410, FAINT, 1.5)
figure.line(300, 410, 300, 480, FAINT, 1.5)
figure.line(300, 428, 330, 428, FAINT, 1.5, arrow=True)
figure.line(300, 480, 330, 480, FAINT, 1.5, arrow=True)
box(330, 411, "gate x", width=86)
box(330, 463, "up x", width=86)
figure.line(416, 428, 450, 428, FAINT, 1.5, arrow=True)
box(450, 411, "SiLU", width=100, note="Gemma: GELU")
figure.line(550, 428, 600, 448, FAINT, 1.5, arrow=True)
figure.line(416, 480, 600, 460, FAINT, 1.5, arrow=True)
box(600, 437, "·", width=40)
figure.line(640, 454, 680, 454, FAINT, 1.5, arrow=True)
box(680, 437, "down", width=90)
figure.rect(318, 400, 470, 108, "none", "#9a5b00", dashed=True)
figure.text(326, 526, "with experts there are E of these; a router weighs a few of them for each token", 12, colour="#9a5b00")
figure.line(770, 454, 820, 454, FAINT, 1.5)
figure.line(820, 454, 820, 596, FAINT, 1.5)
figure.line(820, 596, 460, 596, FAINT, 1.5, arrow=True)
box(320, 579, "post norm", ORANGE, 140, "Gemma 2, 3")
figure.line(320, 596, 290, 596, FAINT, 1.5, arrow=True)
box(160, 579, "· residual scale", ORANGE, 130, "Granite")
figure.line(160, 596, 74, 596, FAINT, 1.5, arrow=True)
figure.text(76, 628, "to the next block", 12, colour=FAINT)
figure.print()
