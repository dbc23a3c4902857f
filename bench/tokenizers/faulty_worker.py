#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A worker whose ids are wrong in one place, to see that run.py finds it.

    faulty_worker.py COMMAND…

It passes everything on to COMMAND, a worker, and adds one to the first id of the first text of every `ids` request, and to the
CRC-32 of every answer to `pass`.
"""
import json
import struct
import subprocess
import sys


def main():
    with subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as worker:
        print(worker.stdout.readline(), end="", flush=True)
        for request in sys.stdin:
            worker.stdin.write(request)
            answer = json.loads(worker.stdout.readline())
            what, *words = request.rstrip("\n").split("\t")
            if what == "ids":
                with open(words[1], "r+b") as ids:
                    n, first = struct.unpack("<II", ids.read(8))
                    assert n > 0
                    ids.seek(4)
                    ids.write(struct.pack("<I", first + 1))
            if what == "pass" and answer.get("crc") is not None:
                answer["crc"] += 1
            print(json.dumps(answer), flush=True)
        worker.stdin.close()


if __name__ == "__main__":
    main()
