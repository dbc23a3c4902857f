#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What bench/metadata_lookup.cpp measures, by gguf-py (the package gguf): metadata_lookup.py MODEL…"""
import sys
import time

from gguf import GGUFReader, GGUFValueType

for path in sys.argv[1:]:
    times = []
    for _ in range(5):
        begin, n = time.perf_counter(), 0
        for key, field in GGUFReader(path).fields.items():
            if field.types[0] != GGUFValueType.ARRAY and not key.startswith("GGUF."):
                field.contents()
                n += 1
        times.append(1000 * (time.perf_counter() - begin))
    print(f"{path.rpartition('/')[2]},{n},gguf-py: each value and each string a NumPy array,{sorted(times)[2]:.3g}")
