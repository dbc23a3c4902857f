#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How far this engine's logits are from a reference's, family by family, in millionths of the largest logit:

    bench/logits_difference.py CRIA FOLDER      FOLDER: tiny models, NAME.gguf with NAME.logits.f32, and prompt.ids

One CSV on standard output. The reference has the logits behind the positions below, float32, vocabulary after vocabulary."""
import array
import math
import subprocess
import sys
import tempfile
from pathlib import Path

POSITIONS = (0, 1, 7, 15, 31, 47)


def floats_of_npy(path):
    data = path.read_bytes()
    header = int.from_bytes(data[8:10], "little")
    values = array.array("f")
    values.frombytes(data[10 + header :])
    return values


def main():
    cria, folder = sys.argv[1], Path(sys.argv[2])
    ids = (folder / "prompt.ids").read_text().split()
    print("model,largest difference,root mean square,greedy choices that agree")
    with tempfile.TemporaryDirectory() as scratch:
        for model in sorted(folder.glob("*.gguf")):
            out = Path(scratch) / "logits.npy"
            command = [cria, "logits", str(model), "--ids", " ".join(ids), "--context", "1024", "--positions", ",".join(map(str, POSITIONS)), "-o", str(out)]
            subprocess.run(command, check=True, capture_output=True)
            ours, theirs = floats_of_npy(out), array.array("f")
            theirs.frombytes((folder / f"{model.stem}.logits.f32").read_bytes())
            assert len(ours) == len(theirs), model
            largest = max(abs(x) for x in theirs)
            apart = [abs(a - b) for a, b in zip(ours, theirs)]
            n = len(ours) // len(POSITIONS)
            agree = sum(max(range(n), key=lambda i: ours[row * n + i]) == max(range(n), key=lambda i: theirs[row * n + i]) for row in range(len(POSITIONS)))
            rms = math.sqrt(sum(x * x for x in apart) / len(apart))
            print(f"{model.stem},{1e6 * max(apart) / largest:.2f},{1e6 * rms / largest:.2f},{agree} of {len(POSITIONS)}")


main()
