#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What utf8_bench.cpp measures as tables for docs/data: medians in GB/s.

    cria_bench --benchmark_filter='/(1024|65536)$|stream/' --benchmark_min_time=0.04 --benchmark_repetitions=7 \\
               --benchmark_report_aggregates_only=true --benchmark_out=utf8.json
    bench/utf8_csv.py utf8.json validate 'a machine' > docs/data/utf8-validation.csv
    bench/utf8_csv.py utf8.json stream   'a machine' > docs/data/utf8-streams.csv
"""
import json
import sys

path, what, machine = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    measured = json.load(file)
texts = {"ascii": "ASCII", "2-byte": "2 bytes", "3-byte": "3 bytes", "4-byte": "4 bytes", "mixed": "mixed"}
rates = {tuple(run["run_name"].split("/")): run["bytes_per_second"] / 1e9 for run in measured["benchmarks"] if run["aggregate_name"] == "median"}
worst = max(run["real_time"] for run in measured["benchmarks"] if run["aggregate_name"] == "cv")

print("# command: cria_bench --benchmark_filter='/(1024|65536)$|stream/' --benchmark_min_time=0.04 --benchmark_repetitions=7, by bench/utf8_csv.py")
print(f"# machine: {machine}")
print(f"# date: {measured['context']['date'][:10]}")
print(f"# GB/s, medians; the largest coefficient of variation of a run is {worst:.3f}")
if what == "validate":
    print("text,bytes,one by one,by words,AVX2,AVX-512")
    for text, name in texts.items():
        for size in ("1024", "65536"):
            ways = ("plain", "words", "avx2", "avx512")
            print(name, size, *(f"{rates['validate', way, text, size]:.1f}" for way in ways), sep=",")
else:
    print("text,4 bytes at a time,64,4096,65536")
    for text, name in texts.items():
        print(name, *(f"{rates['stream', text, size]:.2f}" for size in ("4", "64", "4096", "65536")), sep=",")
