#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rows of docs/data/upload-curves.csv from what upload_bench --csv wrote; docs/figures/uploads.py draws them.

    bench/upload_curves.py uploads.csv
"""
import csv
import sys

# What upload_bench calls a way, and what the figure does. By itself the library takes the mapping, and registers where there are one or two cores.
WAYS = {"mapped, placement": "from the mapping", "automatic, placement": "from the mapping", "read, placement": "read into slots"}


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["way", "cores", "MiB a slot", "GB/s", "least", "most"])
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        for kind, name, cores, slot, median, least, most, share in csv.reader(file):
            way = WAYS.get(name) if kind == "warm" else "from the mapping: 12 workers" if kind == "slots" else None
            if kind == "warm" and name == "automatic, placement" and int(cores) <= 2:
                way = "registered"
            if way is not None and float(share) > 0:
                out.writerow([way, cores, f"{int(slot) / 2**20:g}", *(f"{float(rate):.1f}" for rate in (median, least, most))])


if __name__ == "__main__":
    main()
