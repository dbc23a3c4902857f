#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds cria::quant against the dequantization in numpy of the Python package gguf, on random blocks.

    pip install gguf==0.19.0 numpy
    g++ -std=c++20 -O2 -Iinclude tests/conformance/dequantize_dump.cpp -o dequantize_dump
    tests/conformance/dequantize_gguf.py ./dequantize_dump [blocks a type: 200000] [seed: 1]

Every tier that this processor has, for every type that the package can read. Equal means the same bits, a NaN apart; where
the package does arithmetic in another order, differences of one unit in the last place are counted by themselves. Exit
status 1 on any other difference.
"""

import subprocess
import sys
import warnings

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, quants

TIERS = ("plain", "neon", "avx2", "avx512")


def ordered(values):
    """Floats as integers of which neighbours differ by one."""
    bits = values.view(np.int32).astype(np.int64)
    return np.where(bits < 0, -(bits & 0x7FFFFFFF), bits)


def main():
    program = sys.argv[1]
    n_blocks = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    numbers = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    warnings.simplefilter("ignore")
    failed = False
    for kind in sorted((kind for kind in GGMLQuantizationType if kind in quants._type_traits), key=int):
        per_block, block_bytes = GGML_QUANT_SIZES[kind]
        blocks = numbers.integers(0, 256, (n_blocks, block_bytes), dtype=np.uint8)
        theirs = quants.dequantize(blocks, kind).astype(np.float32).reshape(-1)
        for tier in TIERS:
            done = subprocess.run([program, str(int(kind)), tier], input=blocks.tobytes(), capture_output=True)
            if done.returncode == 77:
                continue
            ours = np.frombuffer(done.stdout, dtype=np.float32)
            if done.returncode != 0 or ours.size != theirs.size:
                print(f"{kind.name:8} {tier:7} gave {ours.size} values of {theirs.size}")
                failed = True
                continue
            different = ~((ours.view(np.uint32) == theirs.view(np.uint32)) | (np.isnan(ours) & np.isnan(theirs)))
            close = different & (np.abs(ordered(ours) - ordered(theirs)) <= 1)
            wrong = int(np.count_nonzero(different & ~close))
            note = f", {np.count_nonzero(close):,} by a unit in the last place" if close.any() else ""
            print(f"{kind.name:8} {tier:7} {n_blocks:,} blocks, {wrong:,} values differ{note}", flush=True)
            if wrong:
                at = int(np.flatnonzero(different & ~close)[0])
                print(f"    first: element {at % per_block} of block {at // per_block} ({blocks[at // per_block].tobytes().hex()}): "
                      f"{ours[at]!r}, and theirs {theirs[at]!r}")
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
