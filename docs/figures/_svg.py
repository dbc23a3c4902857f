# SPDX-License-Identifier: MIT
"""Figures as SVG, for the scripts beside this one: each prints one, which tests/build/documents.py compares with the file of its name."""
from html import escape

INK, FAINT, RULE = "#1f2328", "#59636e", "#d1d9e0"
BLUE, GREEN, ORANGE, RED, GREY = "#cfe3fb", "#d3f0d6", "#fde2c0", "#f9d0cf", "#eef1f4"  # fills on which ink is legible
DARK = {BLUE: "#0b5cad", GREEN: "#1a7f37", ORANGE: "#9a5b00", RED: "#b3261e", GREY: "#59636e"}  # their outlines
MONO = "ui-monospace, 'DejaVu Sans Mono', Consolas, monospace"


class Figure:
    def __init__(self, width, height, title):
        """`title` is what a reader hears who cannot see it."""
        self.width, self.height, self.title, self.parts = width, height, title, []

    def rect(self, x, y, width, height, fill=GREY, outline=None, dashed=False, round_=3):
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self.parts.append(f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round_}" fill="{fill}" '
                          f'stroke="{outline or DARK.get(fill, RULE)}"{dash}/>')

    def text(self, x, y, text, size=14, anchor="start", colour=INK, bold=False, mono=False):
        family = f' font-family="{MONO}"' if mono else ""
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{weight}{family} '
                          f'xml:space="preserve">{escape(text)}</text>')

    def line(self, x1, y1, x2, y2, colour=RULE, width=1, dashed=False, arrow=False):
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        head = ' marker-end="url(#arrow)"' if arrow else ""
        self.parts.append(f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" stroke-width="{width:g}"{dash}{head}/>')

    def path(self, d, colour=FAINT, width=1.5, arrow=True):
        head = ' marker-end="url(#arrow)"' if arrow else ""
        self.parts.append(f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}"{head}/>')

    def print(self):
        print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" height="{self.height}" '
              f'font-family="system-ui, \'DejaVu Sans\', Arial, sans-serif" role="img">')
        print(f"<title>{escape(self.title)}</title>")
        print(f'<defs><marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
              f'<path d="M0,0 L8,4 L0,8 z" fill="{FAINT}"/></marker></defs>')
        print(f'<rect width="{self.width}" height="{self.height}" fill="white"/>')
        print("\n".join(self.parts))
        print("</svg>")
