#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tokens that cut characters, what can be shown after each, and what is held back: from what docs/examples/utf8_streaming.cpp prints."""
import re
from pathlib import Path

from _svg import BLUE, FAINT, GREEN, GREY, ORANGE, Figure

output = (Path(__file__).resolve().parent.parent / "examples" / "utf8_streaming.out").read_text(encoding="utf-8")
tokens = []
for line in output.split("# [tokens]\n")[1].splitlines():
    match = re.fullmatch(r"\s*(\d+) ((?: [0-9A-F]{2})+)\s+shown: “(.*)”, held back: (\d)", line)
    tokens.append((int(match[1]), match[2].split(), match[3], int(match[4])))

# The characters' colours go over the bytes of all tokens, wherever those are cut.
everything = [byte for _, token, _, _ in tokens for byte in token]
colours, fills, at = [], [BLUE, GREEN, ORANGE], -1
for byte in everything:
    is_start = int(byte, 16) & 0xC0 != 0x80
    at += is_start
    colours.append(GREY if byte == "20" or int(byte, 16) < 0x80 else fills[at % 3])

BYTE, GAP, LEFT = 46, 16, 128
width = LEFT + len(everything) * BYTE + len(tokens) * GAP + 12
figure = Figure(width, 226, "Tokens that cut characters, and what a stream shows after each of them")
figure.text(20, 30, "Bytes of one colour are one character. It is shown with the token that completes it.", 15, colour=FAINT)
for y, name in ((74, "token"), (108, "its bytes"), (158, "shown then"), (192, "held back")):
    figure.text(20, y, name, 14, bold=True)
x, index = LEFT, 0
for number, (token_id, token, shown, held) in enumerate(tokens):
    token_width = len(token) * BYTE
    figure.text(x + token_width / 2, 74, str(token_id), 14, "middle", FAINT, mono=True)
    for byte in token:
        figure.rect(x, 88, BYTE, 30, colours[index], round_=0)
        figure.text(x + BYTE / 2, 108, byte, 14, "middle", mono=True)
        x, index = x + BYTE, index + 1
    figure.text(x - token_width / 2, 158, {"": "–", " ": "space", "🦙": "llama", "火": "fire"}.get(shown, shown), 13 if shown in ("", " ") else 15, "middle",
                bold=shown not in ("", " "))
    figure.text(x - token_width / 2, 192, str(held), 14, "middle", FAINT if held == 0 else "#9a5b00", bold=held != 0)
    x += GAP
    if number + 1 < len(tokens):
        figure.line(x - GAP / 2, 60, x - GAP / 2, 200, dashed=True)
figure.print()
