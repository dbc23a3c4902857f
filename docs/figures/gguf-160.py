#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The file of 160 bytes, byte by byte, coloured by what they are: the bytes are those of docs/examples/gguf_by_hand.out."""
import re
from pathlib import Path

from _svg import BLUE, DARK, FAINT, GREEN, GREY, ORANGE, RED, Figure

text = (Path(__file__).resolve().parent.parent / "examples" / "gguf_by_hand.out").read_text(encoding="utf-8")
rows = text.split("# [one tensor]\n")[1].splitlines()
data = bytes.fromhex("".join(re.match(r"[0-9a-f]{4} ((?:  ?[0-9a-f]{2})+)", row).group(1) for row in rows).replace(" ", ""))
assert len(data) == 160
PARTS = [(0, 4, BLUE, "magic: GGUF"), (4, 8, BLUE, "version 3"), (8, 16, BLUE, "1 tensor"), (16, 24, BLUE, "1 key"),
         (24, 32, GREEN, "key: 20 bytes"), (32, 52, GREEN, "general.architecture"), (52, 56, GREEN, "value type 8: string"), (56, 64, GREEN, "5 bytes"), (64, 69, GREEN, "llama"),
         (69, 77, ORANGE, "tensor name: 1 byte"), (77, 78, ORANGE, "w"), (78, 82, ORANGE, "1 dimension"), (82, 90, ORANGE, "extent 2"), (90, 94, ORANGE, "type 0: F32"), (94, 102, ORANGE, "offset 0"),
         (102, 128, GREY, "padding to a multiple of 32"), (128, 132, RED, "1.0"), (132, 136, RED, "−2.0"), (136, 160, GREY, "padding")]
CELL, ROW, LEFT, TOP = 34, 44, 64, 66
figure = Figure(LEFT + 16 * CELL + 24, TOP + 10 * ROW + 60, "The bytes of a GGUF file with one key and one tensor")
figure.text(16, 28, "One key, one tensor of two numbers. A name stands above its first byte.", 14, colour=FAINT)
for column in range(16):
    figure.text(LEFT + column * CELL + CELL / 2, 50, f"{column:X}", 11, "middle", FAINT, mono=True)
for row in range(10):
    figure.text(LEFT - 10, TOP + row * ROW + 27, f"{row * 16:02x}", 13, "end", FAINT, mono=True)
for begin, end, fill, name in PARTS:
    for at in range(begin, end):
        x, y = LEFT + at % 16 * CELL, TOP + at // 16 * ROW
        figure.rect(x, y + 10, CELL, 24, fill, fill, round_=0)
        character = chr(data[at])
        figure.text(x + CELL / 2, y + 27, character if character.isascii() and (character.isalpha() or character in "._") else f"{data[at]:02x}", 13, "middle", mono=True, bold=character.isascii() and character.isalpha())
    for row in range(begin // 16, (end - 1) // 16 + 1):  # an outline around each row's part
        first, last = max(begin, row * 16), min(end, row * 16 + 16)
        figure.rect(LEFT + first % 16 * CELL, TOP + row * ROW + 10, (last - first) * CELL, 24, "none", DARK[fill], round_=0)
SHORT = {"tensor name: 1 byte": "name: 1 byte", "value type 8: string": "string (8)", "type 0: F32": "type F32 (0)", "1 dimension": "1 dimension"}
for begin, end, fill, name in PARTS:
    figure.text(LEFT + begin % 16 * CELL + 1, TOP + begin // 16 * ROW + 6, SHORT.get(name, name), 10.5, colour=DARK[fill])
y = TOP + 10 * ROW + 34
for x, fill, what in ((LEFT, BLUE, "header"), (LEFT + 110, GREEN, "key-values"), (LEFT + 240, ORANGE, "tensor infos"), (LEFT + 380, RED, "data"), (LEFT + 460, GREY, "padding")):
    figure.rect(x, y - 13, 18, 18, fill)
    figure.text(x + 26, y + 1, what, 13)
figure.print()
