#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What other readers make of the named GGUF files, as a table: a row for each case, a column for each reader.

    gguf_readers.py FOLDER [--each] READER…

READER is gguf-py (the package gguf), pygguf=FOLDER (its checkout), or NAME=COMMAND: a program that takes a file and prints
A, or R and why. Each file is a process of its own, with 10 seconds and 2 GiB. A: accepted; R: an error that a caller can
handle; X: the process died of it; H: no answer in that time or room. `R 3, A 2`: the files of a case fare differently.
--each prints a line for each file instead. Called by gguf_readers.sh.
"""
import csv
import os
import resource
import shlex
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

SECONDS, BYTES = 10, 2 << 30
CASES = {
    "1": "fewer than 4 bytes", "2": "other magic", "3": "header cut", "4": "version 0", "5": "version 4 and above", "6": "version bytes of the other order, or above 3",
    "7": "tensor count ≥ 2^63", "8": "key count ≥ 2^63", "9": "more keys than bytes for them", "10": "more tensors than bytes for them",
    "11": "key length 2^63 and above", "12": "key length beyond the file", "13": "empty key", "14": "duplicate key", "15": "key with a zero byte", "16": "key not UTF-8",
    "17": "key of 65,536 bytes, of a mebibyte", "18": "value type 13 and above", "19": "value cut off", "20": "string longer than the file", "21": "string not UTF-8",
    "22": "array element type 13 and above", "23": "array count whose product wraps", "24": "array count beyond the file", "25": "string array beyond the file",
    "26": "arrays nested 9 and 20,000 deep", "27": "nested array beyond the file", "28": "bool byte 2…255", "29": "alignment 0", "30": "alignment 3, 13, 24, 33",
    "31": "alignment of another type than u32", "32": "alignment 2^21, 2^31", "33": "cut anywhere before the data", "34": "tensor name: empty, too long, with a zero byte",
    "35": "duplicate tensor name", "36": "5, 9, 2^31, 2^32−1 dimensions", "37": "extent ≥ 2^63", "38": "extents whose product wraps to 0", "39": "… to a negative number",
    "40": "elements fit 64 bits, bytes do not", "41": "bytes fit 64 bits, not the file", "42": "size and padding wrap", "43": "sum of the sizes wraps",
    "44": "0 among extents that overflow", "45": "unknown tensor type", "46": "removed tensor type", "47": "row no multiple of the block", "48": "… though the total is",
    "49": "offset not aligned", "50": "offset that wraps", "51": "offset beyond the file", "52": "data cut anywhere", "53": "tensors that share or overlap",
    "54": "no data at all", "55": "padding past the end", "56": "offsets out of order, gaps", "63": "version 1, malformed", "64": "version 1, later value types",
    "65": "big-endian, malformed", "66": "scales that are no numbers",
    "a": "24 bytes, nothing in it", "b": "keys only", "c": "versions 1 and 2", "d": "scalar tensor", "e": "trailing extents of 1", "f": "empty tensors", "g": "last padding missing",
    "h": "bytes behind the data", "i": "padding not zero", "j": "alignment 1…4096", "k": "empty strings and arrays", "l": "floats not finite", "m": "keys of any spelling",
    "n": "tensor name of 63…65,535 bytes", "o": "nested arrays", "p": "offsets out of order, gaps", "q": "split.count 0 or 1", "r": "every tensor type", "s": "tokens not UTF-8",
    "t": "big-endian",
}


def limit():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_room():
    limit()
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def read_by_gguf_py(path):
    import gguf

    for tensor in gguf.GGUFReader(path).tensors:
        if tensor.n_bytes:
            tensor.data.reshape(-1)[[0, -1]]


def read_by_pygguf(path):
    import gguf as pygguf

    with open(path, "rb") as file:
        info, tensors = pygguf.load_gguf(file)
        for name in tensors:
            pygguf.load_gguf_tensor(file, tensors, name)


def in_python(read, path):
    """As a command would answer, from a copy of this process."""
    child = os.fork()
    if child == 0:
        limit_room()
        signal.alarm(SECONDS)
        answer = os.open("answer", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        try:
            read(path)
            os.write(answer, b"A")
        except MemoryError:
            os.write(answer, b"H no memory")
        except BaseException as error:  # what a caller can handle, whatever its type
            os.write(answer, f"R {type(error).__name__}: {error}".encode(errors="replace")[:300])
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "H" if number == signal.SIGALRM else f"X {signal.Signals(number).name}"
    return Path("answer").read_text(encoding="utf-8", errors="replace")


def by_command(command, path):
    # node reserves far more room than it uses
    before = limit if command[0] == "node" else limit_room
    try:
        ran = subprocess.run([*command, path], capture_output=True, timeout=SECONDS, preexec_fn=before, check=False)
    except subprocess.TimeoutExpired:
        return "H"
    said = ran.stdout.decode(errors="replace").strip()
    if ran.returncode < 0:
        return f"X {signal.Signals(-ran.returncode).name}"
    if ran.returncode != 0 or said[:1] not in ("A", "R"):
        return f"X status {ran.returncode}: {ran.stderr.decode(errors='replace').strip().splitlines()[:1]}"
    return said


def main():
    arguments = [a for a in sys.argv[1:] if a != "--each"]
    folder, readers = Path(arguments[0]).resolve(), {}
    for reader in arguments[1:]:
        name, _, what = reader.partition("=")
        if name == "gguf-py":
            import gguf  # once, for all copies  # noqa: F401
            readers[name] = lambda path: in_python(read_by_gguf_py, path)
        elif name == "pygguf":
            readers[name] = lambda path, where=str(Path(what).resolve()): in_python(lambda p: (sys.path.insert(0, where), sys.modules.pop("gguf", None), read_by_pygguf(p)), path)
        else:
            readers[name] = lambda path, command=shlex.split(what): by_command(command, path)
    with open(folder / "corpus.tsv", encoding="utf-8", newline="") as file:
        corpus = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if not row["file"].startswith("big_") and "4." in row["rows"]]
    verdicts, files = {}, Counter()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        for row in corpus:
            said = {}
            (Path(scratch) / "copy.gguf").write_bytes((folder / row["file"]).read_bytes())  # gguf-tools opens for writing
            for name, ask in readers.items():
                said[name] = ask(str(Path(scratch) / "copy.gguf"))
            if "--each" in sys.argv:
                print(row["file"], row["rows"], *(f"{name}: {text}" for name, text in said.items()), sep="\t", flush=True)
            for case in {part.split("/")[1] for part in row["rows"].split() if part.startswith(("4.3/", "4.4/"))}:
                files[case] += 1
                for name, text in said.items():
                    verdicts.setdefault((case, name), Counter())[text[0]] += 1
    if "--each" in sys.argv:
        return
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["no", "case", "files", *readers])

    def cell(counter):
        return next(iter(counter)) if len(counter) == 1 else ", ".join(f"{letter} {counter[letter]}" for letter in "ARXH" if counter[letter])

    for case, text in CASES.items():
        if files[case]:
            out.writerow([case, text, files[case], *(cell(verdicts[case, name]) for name in readers)])


if __name__ == "__main__":
    main()
