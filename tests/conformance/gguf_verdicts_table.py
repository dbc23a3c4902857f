#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What cria_gguf_verdicts prints, put together by the case that a file stands for: docs/data/gguf-malformed.csv and gguf-odd.csv.

    gguf_verdicts_table.py VERDICTS CORPUS.TSV FOLDER

VERDICTS is the program's output, CORPUS.TSV what cria_gguf_corpus wrote beside the files. What each case is called, and what is made of it, stands
below; a file that fares otherwise, or a verdict that no file has any more, ends this with 1, and nothing is written.
"""

import csv
import datetime
import io
import json
import re
import sys
from collections import Counter
from pathlib import Path

LETTERS = {"accept": "A", "warn": "W", "reject": "R", "abort": "X", "hang": "H"}
REJECTED = "RRR RRR"

# Number → what its files are, by the verdicts of ggml (header, context, alloc) and of cria (lenient, standard, strict_ggml).
MALFORMED = {
    "1": {REJECTED: "file of fewer than 4 bytes, empty included"},
    "2": {REJECTED: "other magic: GGML and its successors, FUGG, zip, safetensors, Git LFS pointer, HTML, zeros"},
    "3": {REJECTED: "header cut at byte 4…23"},
    "4": {REJECTED: "version 0"},
    "5": {REJECTED: "version 4 and above; 0x00010000"},
    "6": {REJECTED: "version bytes 00 00 00 01, 04 or 05", "RRR AAR": "version bytes 00 00 00 02 and 03, which are big-endian"},
    "7": {REJECTED: "tensor count ≥ 2^63"},
    "8": {REJECTED: "key count ≥ 2^63"},
    "9": {REJECTED: "more keys than the file has room for"},
    "10": {REJECTED: "more tensors than the file has room for"},
    "11": {REJECTED: "key length 2^63, 2^64−1, 2^64−8"},
    "12": {REJECTED: "key length beyond the file"},
    "13": {REJECTED: "empty key"},
    "14": {REJECTED: "duplicate key"},
    "15": {"AAA RRR": "key with a zero byte"},
    "16": {"AAA WRA": "key not UTF-8"},
    "17": {"AAA WRA": "key of 65,536 bytes", "AAA RRA": "key of more than a mebibyte"},
    "18": {REJECTED: "value type 13 and above"},
    "19": {REJECTED: "value cut off"},
    "20": {REJECTED: "string longer than the file"},
    "21": {"AAA AAA": "string value not UTF-8"},
    "22": {REJECTED: "array element type 13 and above, empty array or not"},
    "23": {REJECTED: "array count whose product wraps"},
    "24": {REJECTED: "array count beyond the file"},
    "25": {REJECTED: "string array: count beyond the file, element overruns"},
    "26": {REJECTED: "arrays nested 9 and 20,000 deep"},
    "27": {REJECTED: "nested array whose inner counts the file cannot pay for"},
    "28": {"AAA WWA": "bool byte 2…255"},
    "29": {REJECTED: "alignment 0"},
    "30": {REJECTED: "alignment 3, 13, 24, 33, 2^32−1"},
    "31": {REJECTED: "alignment of another type than u32"},
    "32": {"AAA WRA": "alignment 2^21, 2^31: its padding fits the file, or there are no tensors", REJECTED: "the same, padding past the end"},
    "33": {REJECTED: "tensor info cut at any byte, and keys: every cut before the data"},
    "34": {REJECTED: "tensor name of 65,536 bytes", "AAA RRR": "tensor name with a zero byte", "AAA WWA": "empty tensor name"},
    "35": {REJECTED: "duplicate tensor name"},
    "36": {"RRR WWR": "5 dimensions", REJECTED: "9, 2^31, 2^32−1 dimensions"},
    "37": {REJECTED: "extent ≥ 2^63"},
    "38": {REJECTED: "extents whose product wraps to 0 or to a small number"},
    "39": {REJECTED: "… to a negative number: {2^63−1, 2}"},
    "40": {REJECTED: "elements fit, bytes do not: F32 {2^62}"},
    "41": {"AAX RRA": "bytes fit 64 bits, not the file: F32 {2^61}, I8 {2^63−1}; no data", "AAX RRR": "the same behind a tensor with data",
           REJECTED: "the same in front of a tensor"},
    "42": {REJECTED: "size and padding wrap: F32 {2^62−1}"},
    "43": {REJECTED: "sum of the sizes wraps", "AAX RRR": "sum of the sizes just fits 64 bits"},
    "44": {"AXX RRR": "0 among extents that overflow: {2^62, 0, 8}", "AAA RRR": "… in front: {0, 2^62, 8}"},
    "45": {"RRR WWR": "unknown tensor type, with bytes to the next tensor", REJECTED: "unknown type, and no bytes left in the file"},
    "46": {"RRR WRR": "removed type (4, 5, 31–33, 36–38), with bytes to the next tensor"},
    "47": {REJECTED: "row no multiple of the block: 31 in Q4_0, 128 in Q4_K, scalar in Q8_0"},
    "48": {REJECTED: "{16, 2} in Q4_0: the total is one, the row is not"},
    "49": {REJECTED: "offset not aligned"},
    "50": {REJECTED: "offset that wraps, alone or with the size"},
    "51": {REJECTED: "offset beyond the file"},
    "52": {"AAR RRR": "data one byte short, cut anywhere, or one byte of it there", "AAR RRA": "cut where data begins",
           REJECTED: "cut a byte before that"},
    "53": {"RRR WRR": "two tensors with the same bytes", REJECTED: "data that overlaps in part"},
    "54": {"AAR RRA": "no data at all, behind the padding where data would begin", REJECTED: "no data, and the file ends with the infos"},
    "55": {REJECTED: "padding before the data past the end"},
    "56": {"RRR AWR": "offsets out of order, or with gaps"},
    "63": {REJECTED: "version 1: counts and lengths beyond the file, and what is malformed in any version",
           "RRR AAR": "version 1: string of length 0, or of one zero byte"},
    "64": {REJECTED: "version 1 with a value type that came later"},
    "65": {"RRR AAR": "big-endian file with an i-quant tensor"},
    "66": {"AAA AAA": "payload: scales of infinity, NaN, E8M0 0xFF"},
}
ODD = {
    "a": {"AAA AAA": "no keys and no tensors, 24 bytes"},
    "b": {"AAA AAA": "keys only, no padding"},
    "c": {"AAA AAA": "version 2", "RRR AAR": "version 1"},
    "d": {"AAA AAA": "scalar tensor, no dimensions"},
    "e": {"AAA AAA": "trailing extents of 1"},
    "f": {"AAA AAA": "empty tensors that share an offset; {2^62, 0}"},
    "g": {"AAR AAW": "last padding missing"},
    "h": {"AAA AWA": "bytes behind the data"},
    "i": {"AAA AWA": "padding not zero"},
    "j": {"AAA AAA": "alignment 8…4096, key anywhere", "AAA AWA": "alignment 1, 2, 4"},
    "k": {"AAA AAA": "empty strings and arrays"},
    "l": {"AAA AAA": "floats not finite"},
    "m": {"AAA AWA": "keys of any spelling", "AAA AAA": "key of 65,535 bytes"},
    "n": {"AAA AAA": "tensor name of 63 bytes", "RRR WWR": "tensor name of 64…65,535 bytes"},
    "o": {"RRR AAR": "nested arrays, up to 8 deep"},
    "p": {"RRR AWR": "offsets out of order and gapped"},
    "q": {"AAA AAA": "split.count 0 or 1; first shard without tensors"},
    "r": {"AAA AAA": "every tensor type there is"},
    "s": {"AAA AAA": "equal strings, and strings not UTF-8, among the tokens"},
    "t": {"RRR AAR": "big-endian, versions 2 and 3"},
    "–": {"RRR WWR": "5 to 8 dimensions, and many of these at once"},
}
# The files of cria_gguf_conformance_files, which the corpus does not list.
MORE = {"ggml_alignment_": "32", "ggml_bytes_and_padding_": "42", "ggml_bytes_beyond_file_": "41",
        "ggml_names_alike_": "34", "ggml_removed_type_": "46", "ggml_unknown_type_": "45"}


def cases_of(name, rows):
    """The rows that a file belongs to."""
    if name.startswith(("odd_many_oddities", "odd_extents_up_to_")):
        return ["–"]
    for begin, number in MORE.items():
        if name.startswith(begin):
            return [number]
    if name.startswith("odd_"):
        return re.findall(r"4\.4/(\w+)", rows) + (re.findall(r"4\.3/(\w+)", rows) if name.startswith("odd_big_endian") else [])
    return [] if name.startswith("big_") else re.findall(r"4\.3/(\w+)", rows)


def main():
    verdicts, corpus, folder = sys.argv[1:]
    with open(corpus, encoding="utf-8") as file:
        rows = {row["file"]: row["rows"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    counts, problems, version = Counter(), [], ""
    for line in Path(verdicts).read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if "file" not in one:
            version = f"ggml {one['ggml']} of {one['release']}"
            continue
        said = " ".join("".join(LETTERS[one[who][how]["verdict"]] for how in hows)
                        for who, hows in (("ggml", ("header", "context", "alloc")), ("cria", ("lenient", "standard", "strict_ggml"))))
        for case in cases_of(one["file"], rows.get(one["file"], "")):
            if said not in (MALFORMED.get(case) or ODD.get(case) or {}):
                problems.append(f"{one['file']}: {said} is not a verdict of case {case}")
            counts[case, said] += 1
    for name, table in (("gguf-malformed.csv", MALFORMED), ("gguf-odd.csv", ODD)):
        out = io.StringIO()
        print("# command: tests/conformance/gguf_verdicts.sh BUILD-FOLDER --data", file=out)
        print(f"# machine: verdicts, the same on any x86-64; {version}", file=out)
        print(f"# date: {datetime.date.today()}", file=out)
        print("# A accepts, W accepts with a warning, R rejects, X the process aborts; ggml: the header alone, with a context without data, with all data",
              file=out)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["no", "case", "files", "ggml: header", "context", "alloc", "cria: lenient", "standard", "strict_ggml"])
        for case, said in table.items():
            for at, (each, text) in enumerate(said.items()):
                if counts[case, each] == 0:
                    problems.append(f"no file of case {case} has {each}")
                letter = "abc"[at] if len(said) > 1 and case.isdigit() else ""
                verdicts_of = ("**X**" if verdict == "X" else verdict for verdict in each.replace(" ", ""))
                writer.writerow([case + letter, text, counts[case, each], *verdicts_of])
        if not problems:
            (Path(folder) / name).write_text(out.getvalue(), encoding="utf-8")
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
