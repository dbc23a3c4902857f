#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How much of the library's rate is left of `cria tokenize`: a text of 100 MB through the tool, and through the library in a process that has seen it before.

    tool.py --build FOLDER [--vocab NAMES] [--threads 1,2] [--out FILE]

FOLDER has bin/cria and bin/cria_tokenizer_bench (targets cria_cli, cria_tokenizer_bench). The tool's time is that of its whole process: it starts, opens the
vocabulary, reads the text, encodes it by a new encoder, and writes each form of output. The library's is that of `batch` (worker.hpp), text and ids in memory.
They take turns; the table has medians, and how many times the library's rate the tool's is. The ids are compared first.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import zlib

import run
from corpora import Absent

FORMS = ["--count", "--binary", "--ids"]


def make_text(source, folder, n_bytes):
    """The text as a file, and as a file of texts that holds nothing else."""
    raw = source.read_bytes()
    raw = (raw * (n_bytes // len(raw) + 1))[:n_bytes]
    plain, texts = folder / "text", folder / "texts"
    plain.write_bytes(raw)
    texts.write_bytes(len(raw).to_bytes(4, "little") + raw)
    return plain, texts


def run_tool(command, out):
    """Seconds of the wall and of the processor."""
    began = time.monotonic()
    with open(out, "wb") as file:
        process = subprocess.Popen(command, stdout=file)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise run.Failed(f"{command[1]} ended with {process.returncode}")
    return time.monotonic() - began, used.ru_utime + used.ru_stime


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", required=True)
    arguments.add_argument("--vocab", default="llama-bpe,llama-spm", help="names, of conformance/vocab")
    arguments.add_argument("--threads", default="1,2")
    arguments.add_argument("--megabytes", type=int, default=100)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--out", default=os.devnull, help="where the tool writes")
    arguments.add_argument("--clock", choices=["wall", "cpu"], default="wall", help="cpu: what the processors spent, divided by the threads, for machines on which others work")
    arguments.add_argument("--shared", help="folder with conformance/vocab and corpora; CRIA_SHARED_DIR, or ../shared")
    given = arguments.parse_args()
    programs = pathlib.Path(given.build).resolve() / "bin"
    shared = pathlib.Path(given.shared or os.environ.get("CRIA_SHARED_DIR") or run.ROOT.parent / "shared")
    source = shared / "corpora/wikitext-2.test.txt"
    if not source.exists():
        raise Absent(f"{source} is not there")
    cores = sorted(os.sched_getaffinity(0))
    print(f"{run.processor_name()}, {given.megabytes} MB of English, medians of {given.rounds}, written to {given.out}, seconds of the {given.clock}")
    print("| vocabulary | threads | library, MB/s | " + " | ".join(f"`{form}`, MB/s | of it" for form in FORMS) + " |")
    print("|---" * (3 + 2 * len(FORMS)) + "|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        plain, texts = make_text(source, pathlib.Path(folder), given.megabytes * 1_000_000)
        for name in given.vocab.split(","):
            vocabulary = shared / f"conformance/vocab/{name}.gguf"
            for n in map(int, given.threads.split(",")):
                library = run.Process([programs / "cria_tokenizer_bench"], cores, n, 600)
                library.ask("load", vocabulary)
                known = library.ask("batch", texts, n, "warm")
                tool = [str(programs / "cria"), "tokenize", str(vocabulary), "--file", str(plain), "--threads", str(n)]
                ids = pathlib.Path(folder) / "ids"
                run_tool([*tool, "--binary"], ids)
                if zlib.crc32(ids.read_bytes()) != int(known["crc"]):
                    raise run.Failed(f"{name}: the tool's ids are not the library's")
                times = {form: [] for form in ["", *FORMS]}
                for _ in range(given.rounds):
                    answer = library.ask("batch", texts, n, "warm")
                    times[""].append(answer["seconds"] * (min(1.0, answer["busy"]) if given.clock == "cpu" else 1))
                    for form in FORMS:
                        wall, used = run_tool([*tool, form], given.out)
                        times[form].append(wall if given.clock == "wall" else used / n)
                library.stop()
                rates = {form: given.megabytes / statistics.median(seconds) for form, seconds in times.items()}
                cells = " | ".join(f"{rates[form]:.0f} | {rates[form] / rates['']:.2f}" for form in FORMS)
                print(f"| {name} | {n} | {rates['']:.0f} | {cells} |", flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Absent, run.Failed) as why:
        sys.exit(f"tool.py: {why}")
