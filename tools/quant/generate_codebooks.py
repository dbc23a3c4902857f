#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the grids of include/cria/quant/codebooks.hpp.

The header is written by hand; this script replaces only what stands between its two `generated` marks.

    bench/peers/llama_cpp.sh FOLDER
    tools/quant/generate_codebooks.py FOLDER/llama.cpp/ggml/src/ggml-common.h            # rewrite the grids
    tools/quant/generate_codebooks.py FOLDER/llama.cpp/ggml/src/ggml-common.h --check    # exit 1 if the header differs
"""

import argparse
import pathlib
import re
import sys

HEADER = pathlib.Path(__file__).resolve().parents[2] / "include/cria/quant/codebooks.hpp"
BEGIN, END = "// generated: begin\n", "// generated: end\n"

IQ2 = {8: 0, 25: 1, 43: 2}
# name here, name in ggml, elements an entry, bits an element, code of each value
GRIDS = [
    ("iq2_xxs", "iq2xxs_grid", 8, 2, IQ2),
    ("iq2_xs", "iq2xs_grid", 8, 2, IQ2),
    ("iq2_s", "iq2s_grid", 8, 2, IQ2),
    ("iq3_xxs", "iq3xxs_grid", 4, 3, {value: code for code, value in enumerate((4, 12, 20, 28, 36, 44, 52, 62))}),
    ("iq3_s", "iq3s_grid", 4, 3, {2 * code + 1: code for code in range(8)}),
    ("iq1_s", "iq1s_grid", 8, 2, {0xFF: 0, 0: 1, 1: 2}),
]


def entries(source, name):
    begin = source.index(f", {name},")
    return [int(number, 16) for number in re.findall(r"0x[0-9a-f]+", source[begin:source.index("GGML_TABLE_END", begin)])]


def generated(source):
    lines = []
    for here, there, n_elements, bits, code_of in GRIDS:
        grid = entries(source, there)
        codes = [sum(code_of[entry >> 8 * i & 0xFF] << bits * i for i in range(n_elements)) for entry in grid]
        assert codes == sorted(set(codes)), f"{there} is not what it was"
        lines.append(f"inline constexpr std::uint16_t {here}_codes[{len(codes)}] = {{\n")
        for at in range(0, len(codes), 20):
            lines.append("    " + ", ".join(f"0x{code:x}" for code in codes[at:at + 20]) + ",\n")
        lines.append("};\n")
    return "".join(lines)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("source", type=pathlib.Path)
    arguments.add_argument("--check", action="store_true")
    given = arguments.parse_args()
    text = HEADER.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = before + BEGIN + generated(given.source.read_text()) + END + after
    if given.check:
        return 0 if wanted == text else 1
    HEADER.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
