#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The modules of the library and what they include, from the includes themselves (tests/build/include_graph.cmake reads them)."""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from _svg import BLUE, FAINT, GREEN, GREY, INK, ORANGE, Figure

# Where a module stands: column, row. What it includes is read; a module that has no place yet stops the script.
PLACES = {
    "base": (0, 2.5), "io": (1, 0), "gguf": (1, 1), "quant": (1, 2), "utf8": (1, 4), "bpe": (2, 4), "upload": (2, 0.5), "gguf_file": (2, 1.5),
    "gpu": (3, 0.5), "tokenizer_from_gguf": (3, 3), "bpe_parallel": (3, 4), "llama": (4, 2), "device_model": (5, 1.25), "fmt": (5, 2.75), "throwing": (1, 5),
}
NAMES = {
    "base": ("base", "errors, bytes, tensor types"), "io": ("io", "files, mapped or read"), "gguf": ("gguf", "types … parse: bytes only"),
    "gguf_file": ("gguf", "file … editor: with files"), "quant": ("quant", "blocks to numbers"), "utf8": ("utf8", "validation, streams"),
    "bpe": ("bpe", "tokenizers"), "bpe_parallel": ("bpe/parallel.hpp", "with threads"), "tokenizer_from_gguf": ("tokenizer_from_gguf.hpp", "a tokenizer from a file"),
    "upload": ("upload", "plans, and their executor"), "gpu": ("gpu", "CUDA's runtime"), "llama": ("llama", "families, weights, KV cache"),
    "device_model": ("llama/device_model.hpp", "a model on devices"), "fmt": ("fmt.hpp", "for fmt::format"), "throwing": ("base/throwing.hpp", "the only throw"),
}
FILLS = {"base": GREY, "tokenizer_from_gguf": GREEN, "llama": GREEN, "device_model": GREEN, "gpu": ORANGE, "fmt": GREY, "throwing": GREY}
WIDTH, HEIGHT, COLUMN, ROW = 190, 56, 226, 90

root = Path(__file__).resolve().parent.parent.parent
with tempfile.TemporaryDirectory() as folder:
    graph = Path(folder) / "graph"
    subprocess.run([os.environ.get("CRIA_CMAKE", "cmake"), f"-DROOT={root / 'include'}", f"-DGRAPH={graph}",
                    "-P", root / "tests/build/include_graph.cmake"], check=True, stdout=sys.stderr)
    modules = {words[0]: (int(words[1]), words[2:]) for words in (line.split() for line in graph.read_text().splitlines())}

if missing := modules.keys() ^ PLACES.keys():
    sys.exit(f"these modules are in the picture or in the includes, and not in both: {', '.join(sorted(missing))}")


def reached(module):
    """All that a module includes, also by way of others."""
    return set().union(*({other} | reached(other) for other in modules[module][1])) if modules[module][1] else set()


def place(module):
    column, row = PLACES[module]
    return 20 + column * COLUMN, 64 + row * ROW


figure = Figure(20 + 5 * COLUMN + WIDTH + 20, 64 + 5 * ROW + HEIGHT + 64, "The modules of cria and what each includes")
figure.text(20, 28, "An arrow leads from a module to one that includes it; left out is what another arrow implies.", 15, colour=FAINT)
figure.text(20, 48, "The number is that of its headers.", 15, colour=FAINT)
for module, (_, included) in modules.items():
    for other in included:
        if any(other in reached(third) for third in included if third != other):
            continue
        x1, y1 = place(other)
        x2, y2 = place(module)
        x1, y1, x2, y2 = x1 + WIDTH, y1 + HEIGHT / 2, x2 - 1, y2 + HEIGHT / 2
        bend = min(60, (x2 - x1) / 2)
        figure.path(f"M{x1:g},{y1:g} C{x1 + bend:g},{y1:g} {x2 - bend - 10:g},{y2:g} {x2:g},{y2:g}")
for module, (n_headers, _) in modules.items():
    x, y = place(module)
    figure.rect(x, y, WIDTH, HEIGHT, FILLS.get(module, BLUE), dashed=module in ("fmt", "throwing"))
    name, what = NAMES[module]
    figure.text(x + 9, y + 23, name, 14 if len(name) < 20 else 12, bold=True)
    if n_headers > 1:
        figure.text(x + WIDTH - 8, y + 22, str(n_headers), 12, "end", FAINT)
    figure.text(x + 9, y + 42, what, 12, colour=INK)
y = 64 + 5 * ROW + HEIGHT + 36
for x, fill, text in ((20, BLUE, "knows nothing of its neighbours’ formats"), (370, GREEN, "brings them together"), (590, ORANGE, "needs the CUDA Toolkit"), (830, GREY, "seen by all; dashed: leaves, which nothing includes")):
    figure.rect(x, y - 13, 18, 18, fill, dashed=False)
    figure.text(x + 26, y + 1, text, 13)
figure.print()
