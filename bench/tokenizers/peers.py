#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A tokenizer that is a Python package, as run.py measures it: the requests of worker.hpp, answered for one of

    peers.py gigatoken|quicktok|tokenizers

Each is asked through its leanest call, the one that makes the fewest Python objects, with texts that are already of the type it
likes best. What such a call costs beside tokenizing is measured with an empty text in the same loop: "overhead", which run.py
takes off. What an answer holds is turned into ids outside the time that counts.

The number of threads is that of the environment (RAYON_NUM_THREADS), which the Rust packages read once.
"""
import array
import contextlib
import ctypes
import gc
import importlib.metadata
import json
import os
import pathlib
import statistics
import sys
import time
import zlib

import numpy


class Cannot(Exception):
    pass


def read_texts(path):
    raw = memoryview(pathlib.Path(path).read_bytes())
    found, at = [], 0
    while at < len(raw):
        size = int.from_bytes(raw[at:at + 4], "little")
        found.append(bytes(raw[at + 4:at + 4 + size]))
        at += 4 + size
    return found


class Gigatoken:
    """Bytes in, a numpy array of ids out."""
    package = "gigatoken"

    def __init__(self):
        import gigatoken.gigatoken_rs as module
        self.module = module

    def prepare(self, path, folder):
        return path

    def load(self, path):
        return self.module.load_hf_json(pathlib.Path(path).read_bytes())

    def text(self, raw):
        return raw

    def caller(self, tokenizer):
        return tokenizer.encode

    def ids(self, encoded):
        return encoded

    def exact(self, tokenizer, texts):
        return [tokenizer.encode(text) for text in texts]

    def decoder(self, tokenizer):
        return tokenizer.decode

    def decodable(self, ids):
        return ids

    def batch(self, tokenizer, texts, n_threads):
        return tokenizer.encode_batch(texts, parallel=n_threads > 1)

    def batch_ids(self, encoded):
        import awkward
        return awkward.to_numpy(awkward.flatten(encoded))


class Quicktok:
    """count(): it encodes into a vector of its own and gives its size; ids are only to be had in Python's numbers or by a
    call for many texts, which is used to compare them. Decoding takes Python's numbers alone."""
    package = "quicktok-v1"

    def __init__(self):
        import quicktok
        import quicktok._import_core as importing
        self.module, self.importing = quicktok, importing

    def prepare(self, path, folder):
        """What quicktok.import_tokenizer() does, without its comparison, which this program does itself."""
        folder = pathlib.Path(folder)
        try:
            ranks, added, pattern, nfc, offset = self.importing.parse_hf(path)
        except self.importing.ImportRefused as why:
            raise Cannot(str(why).splitlines()[0]) from None
        scanner = self.importing.KNOWN_PATTERNS.get(pattern)
        if scanner is None:
            raise Cannot("REFUSED: it has no grammar for this pre-tokenizer")
        added = set(added.values())  # no tokens of text, and quicktok takes no gap among these
        ranks = {text: rank for text, rank in ranks.items() if rank not in added}
        folder.mkdir(parents=True, exist_ok=True)
        name = pathlib.Path(path).stem
        self.importing.write_files(folder, name, ranks, {}, scanner, nfc, offset)
        self.importing.ensure_tables(folder, pathlib.Path(self.module.__file__).parent / "data", scanner, nfc)
        return str(folder / name)

    def load(self, path):
        path = pathlib.Path(path)
        return self.module.Tokenizer(path.name, str(path.parent))

    def text(self, raw):
        return raw

    def caller(self, tokenizer):
        return tokenizer.count

    def ids(self, encoded):
        return encoded

    def exact(self, tokenizer, texts):
        ids, offsets = tokenizer.encode_batch(texts, 1)
        return [ids[a:b] for a, b in zip(offsets, offsets[1:])]

    def decoder(self, tokenizer):
        return tokenizer.decode_bytes

    def decodable(self, ids):
        return ids.tolist()

    def batch(self, tokenizer, texts, n_threads):
        if len(texts) == 1 and n_threads > 1:
            raise Cannot("one text is encoded by one thread")
        return tokenizer.encode_batch(texts, n_threads)

    def batch_ids(self, encoded):
        return encoded[0]


class HuggingFace:
    """encode_batch_fast(): without offsets, and the ids stay in Rust until they are asked for."""
    package = "tokenizers"

    def __init__(self):
        import tokenizers
        self.module = tokenizers

    def prepare(self, path, folder):
        return path

    def load(self, path):
        return self.module.Tokenizer.from_file(path)

    def text(self, raw):
        text = raw.decode()
        ctypes.pythonapi.PyUnicode_AsUTF8(ctypes.py_object(text))  # Python keeps it, and a package need not make it again
        return text

    def caller(self, tokenizer):
        encode = tokenizer.encode_batch_fast
        return lambda text: encode([text], add_special_tokens=False)

    def ids(self, encoded):
        return numpy.array(encoded[0].ids, numpy.uint32)

    def exact(self, tokenizer, texts):
        return [numpy.array(one.ids, numpy.uint32) for one in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    def decoder(self, tokenizer):
        return tokenizer.decode

    def decodable(self, ids):
        return ids.tolist()

    def batch(self, tokenizer, texts, n_threads):
        if len(texts) == 1 and n_threads > 1:
            raise Cannot("one text is encoded by one thread")
        return tokenizer.encode_batch_fast(texts, add_special_tokens=False)

    def batch_ids(self, encoded):
        return numpy.concatenate([numpy.array(one.ids, numpy.uint32) for one in encoded])


PEERS = {"gigatoken": Gigatoken, "quicktok": Quicktok, "tokenizers": HuggingFace}


class Taken:
    """Seconds of the wall and of the processor, added up over pieces of work."""

    def __init__(self, processor=time.thread_time_ns):
        self.wall = self.used = 0
        self.processor = processor

    @contextlib.contextmanager
    def running(self):
        used, began = self.processor(), time.perf_counter_ns()
        yield
        ended = time.perf_counter_ns()
        self.wall += ended - began
        self.used += self.processor() - used

    def busy(self):
        return self.used / self.wall if self.wall else 1.0


def checked(ids):
    """The fields of an answer about ids. A mere number is that of ids that a tokenizer has kept."""
    if isinstance(ids, int):
        return {"n": ids, "crc": None}
    return {"n": len(ids), "crc": zlib.crc32(numpy.ascontiguousarray(ids, numpy.uint32))}


def joined(many):
    return sum(many) if many and isinstance(many[0], int) else numpy.concatenate([numpy.asarray(one, numpy.uint32) for one in many])


def anonymous_bytes():
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) * 1024 for line in rollup if line.startswith("Anonymous:"))


class Worker:
    def __init__(self, peer):
        self.peer = peer
        self.path = self.tokenizer = self.others = None

    def renew(self):
        self.tokenizer = None
        gc.collect()
        self.tokenizer = self.peer.load(self.path)

    def texts(self, path):
        return [self.peer.text(raw) for raw in read_texts(path)]

    def prepare(self, path, folder):
        return {"vocabulary": self.peer.prepare(path, folder)}

    def load(self, path):
        self.path = path
        taken = Taken()
        with taken.running():
            self.renew()
        return {"seconds": taken.wall / 1e9, "busy": taken.busy()}

    def ids(self, path, out):
        found = self.peer.exact(self.tokenizer, self.texts(path))
        with open(out, "wb") as file:
            for ids in found:
                array.array("I", [len(ids)]).tofile(file)
                numpy.ascontiguousarray(ids, numpy.uint32).tofile(file)
        return checked(joined(found))

    def pass_(self, path):
        texts, taken, encoded = self.texts(path), Taken(), []
        call, empty = self.peer.caller(self.tokenizer), self.peer.text(b"")
        for text in texts:
            with taken.running():
                one = call(text)
            encoded.append(self.peer.ids(one))
            one = None
        overhead = statistics.median(self.times_of(call, [empty] * 5)) * len(texts)
        return {"seconds": taken.wall / 1e9, "busy": taken.busy(), "overhead": overhead, "bytes": sum(map(len, read_texts(path))), **checked(joined(encoded))}

    def fresh(self, path):
        self.renew()
        return self.pass_(path)

    @staticmethod
    def times_of(call, texts, keep=lambda one: None):
        """Seconds of each call. What a call gives goes to `keep` outside of them."""
        now, times = time.perf_counter_ns, []
        for text in texts:
            began = now()
            one = call(text)
            ended = now()
            times.append((ended - began) / 1e9)
            keep(one)
        return times

    def each(self, path):
        texts = self.texts(path)
        self.renew()
        call, taken, encoded = self.peer.caller(self.tokenizer), Taken(), []
        with taken.running():
            times = self.times_of(call, texts, encoded.append)
        overhead = statistics.median(self.times_of(call, [self.peer.text(b"")] * 300))
        return {"seconds": statistics.median(times), "p99": float(numpy.quantile(times, 0.99)), "busy": taken.busy(), "overhead": overhead,
                **checked(joined([self.peer.ids(one) for one in encoded]))}

    def repeat(self, path, seconds):
        text, empty, call = self.texts(path)[0], self.peer.text(b""), self.peer.caller(self.tokenizer)

        def mean_of(what, n):
            taken, repeats = Taken(), range(n)
            with taken.running():
                for _ in repeats:
                    call(what)
            return taken

        n = 1
        while mean_of(text, n).wall < 1e6 and n < 1 << 24:
            n *= 2
        means, overheads, all_ = [], [], Taken()
        while len(means) < 5 or all_.wall < float(seconds) * 1e9:
            some = mean_of(text, n)
            means.append(some.wall / 1e9 / n)
            overheads.append(mean_of(empty, n).wall / 1e9 / n)
            all_.wall += some.wall
            all_.used += some.used
        return {"seconds": statistics.median(means), "busy": all_.busy(), "overhead": statistics.median(overheads), **checked(self.peer.ids(call(text)))}

    def flushed(self, path, n, n_bytes, how):
        if how == "fresh":
            self.renew()
        texts, empty, call = self.texts(path), self.peer.text(b""), self.peer.caller(self.tokenizer)
        if self.others is None or self.others.nbytes != int(n_bytes) // 8 * 8:
            self.others = numpy.zeros(int(n_bytes) // 8, numpy.uint64)
        times, overheads, encoded, taken = [], [], [], Taken()
        for i in range(int(n)):
            numpy.add(self.others, 1, out=self.others)
            overheads += self.times_of(call, [empty])
            numpy.add(self.others, 1, out=self.others)
            with taken.running():
                times += self.times_of(call, [texts[i % len(texts)]], encoded.append)
        return {"seconds": statistics.median(times), "p99": float(numpy.quantile(times, 0.99)), "busy": taken.busy(), "overhead": statistics.median(overheads),
                **checked(joined([self.peer.ids(one) for one in encoded]))}

    def decode(self, path, n):
        raw = numpy.fromfile(path, numpy.uint32)
        ids = raw[1:1 + raw[0]].copy()
        given, decode, times, whole = self.peer.decodable(ids), self.peer.decoder(self.tokenizer), [], Taken()
        text = decode(given)
        for _ in range(int(n)):
            text = None
            with whole.running():
                began = time.perf_counter_ns()
                text = decode(given)
                times.append((time.perf_counter_ns() - began) / 1e9)
        raw = text.encode() if isinstance(text, str) else bytes(text)
        return {"seconds": statistics.median(times), "busy": whole.busy(), "n": len(ids), "crc": zlib.crc32(raw), "bytes": len(raw)}

    def batch(self, path, n_threads, how):
        texts, n_threads = self.texts(path), int(n_threads)
        if how == "fresh":
            self.renew()
        self.peer.batch(self.peer.load(self.path), [self.peer.text(b"a"), self.peer.text(b"b")], n_threads)  # what Python imports at first, and pools of threads
        taken = Taken(time.process_time_ns)
        with taken.running():
            encoded = self.peer.batch(self.tokenizer, texts, n_threads)
        return {"seconds": taken.wall / 1e9, "busy": taken.busy() / n_threads, "bytes": sum(map(len, read_texts(path))), **checked(self.peer.batch_ids(encoded))}

    def first(self, path, texts):
        """The very first call is one with an empty text: there the package's Python side has its first time. What the package itself
        makes then is lost for the figure, which is to its advantage; "empty_seconds" has it."""
        text, empty = self.texts(texts)[0], self.peer.text(b"")
        loading, begins, calling, again = Taken(), Taken(), Taken(), Taken()
        with loading.running():
            tokenizer = self.peer.load(path)
        call = self.peer.caller(tokenizer)
        with begins.running():
            call(empty)
        with calling.running():
            encoded = call(text)
        with again.running():
            call(text)
        overhead = statistics.median(self.times_of(call, [empty] * 9))
        return {"seconds": loading.wall / 1e9, "busy": loading.busy(), "first_seconds": calling.wall / 1e9, "first_busy": calling.busy(),
                "empty_seconds": begins.wall / 1e9, "second_seconds": again.wall / 1e9, "overhead": overhead, **checked(self.peer.ids(encoded))}

    def memory(self, path, texts):
        texts = self.texts(texts)
        before = anonymous_bytes()
        tokenizer = self.peer.load(path)
        with_vocabulary = anonymous_bytes()
        call = self.peer.caller(tokenizer)
        call(self.peer.text(b"a"))
        with_encoder = anonymous_bytes()
        for text in texts:
            call(text)
        return {"tables": with_vocabulary - before, "encoder": with_encoder - with_vocabulary, "used_encoder": anonymous_bytes() - with_vocabulary}

    def handle(self, request):
        what, *words = request
        requests = {"prepare": self.prepare, "load": self.load, "ids": self.ids, "pass": self.pass_, "fresh": self.fresh, "each": self.each, "repeat": self.repeat,
                    "flushed": self.flushed, "decode": self.decode, "batch": self.batch, "first": self.first, "memory": self.memory}
        return requests[what](*words)


def main():
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what packages print goes elsewhere
    try:
        peer = PEERS[sys.argv[1]]()
        worker = Worker(peer)
        print(json.dumps({"ready": f"{peer.package} {importlib.metadata.version(peer.package)}", "wants": "json"}), file=out)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), file=out)
        return
    gc.disable()
    for line in sys.stdin:
        try:
            answer = worker.handle(line.rstrip("\n").split("\t"))
        except Cannot as why:
            answer = {"cannot": str(why)}
        except BaseException as error:  # a panic of Rust is no Exception
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise
            answer = {"error": f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"}
        print(json.dumps(answer), file=out)


if __name__ == "__main__":
    main()
