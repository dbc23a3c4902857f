#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes one model twice, as GGUF and as safetensors: the same tensors, the same bytes, in the same order.

    make_upload_model.py OUT.gguf OUT.safetensors [--layers 36] [--small] [--copy-to FOLDER]

Layers have the shapes of an 8B Llama in Q8_0, 232 MB each, with norms in F32; scales are finite, all else is random.
The vocabulary is 512 dummy tokens, so that what a loader leaves in host memory (the token embedding) is next to nothing.
In the safetensors file every tensor is of type U8. Files are written in pieces of 4 MiB and are on disk when this ends.
--small has layers of 1 MB, for tests. --copy-to writes both a second time, into a folder that may be a tmpfs.
"""
import argparse
import json
import os
import struct
import threading

import numpy as np

PIECE = 4 << 20
Q8_0, F32 = 8, 0
UINT32, FLOAT32, STRING = 4, 6, 8


class Writer:
    """Gathers what comes and writes it in whole pieces."""

    def __init__(self, path):
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        self.piece, self.filled = bytearray(PIECE), 0

    def write(self, data):
        view = memoryview(data).cast("B")
        while len(view):
            n = min(len(view), PIECE - self.filled)
            self.piece[self.filled:self.filled + n] = view[:n]
            self.filled += n
            view = view[n:]
            if self.filled == PIECE:
                self.flush()

    def flush(self):
        view = memoryview(self.piece)[:self.filled]
        while len(view):
            view = view[os.write(self.fd, view):]
        self.filled = 0

    def close(self):
        self.flush()
        os.fsync(self.fd)
        os.close(self.fd)


class Numbers:
    """Random Q8_0 blocks: slices of a pool, each from a place of its own, so that no two tensors are alike."""

    def __init__(self, pool_bytes=128 << 20):
        self.random = np.random.Generator(np.random.SFC64(7))
        n = max(pool_bytes // 34, 1 << 16)
        self.pool = np.frombuffer(self.random.bytes(n * 34), np.uint8).reshape(n, 34).copy()
        scales = (self.random.random(n, np.float32) * 0.01 + 0.001).astype("<f2")
        self.pool[:, :2] = scales.view(np.uint8).reshape(n, 2)

    def q8_0(self, n_blocks):
        while n_blocks:
            n = min(n_blocks, len(self.pool) // 2)
            at = int(self.random.integers(0, len(self.pool) - n + 1))
            yield self.pool[at:at + n]
            n_blocks -= n

    def f32(self, n):
        yield (self.random.random(n, np.float32) * 0.2 + 0.9).astype("<f4")


def plan(layers, small):
    embd, ffn, heads, kv_heads = (256, 768, 8, 2) if small else (4096, 14336, 32, 8)
    vocab, kv = 512, embd // heads * kv_heads
    tensors = [("token_embd.weight", (embd, vocab), Q8_0)]
    for i in range(layers):
        b = f"blk.{i}."
        tensors += [
            (b + "attn_norm.weight", (embd,), F32), (b + "attn_q.weight", (embd, embd), Q8_0), (b + "attn_k.weight", (embd, kv), Q8_0),
            (b + "attn_v.weight", (embd, kv), Q8_0), (b + "attn_output.weight", (embd, embd), Q8_0), (b + "ffn_norm.weight", (embd,), F32),
            (b + "ffn_gate.weight", (embd, ffn), Q8_0), (b + "ffn_up.weight", (embd, ffn), Q8_0), (b + "ffn_down.weight", (ffn, embd), Q8_0),
        ]
    tensors += [("output_norm.weight", (embd,), F32), ("output.weight", (embd, vocab), Q8_0)]
    metadata = [
        ("general.architecture", STRING, "llama"), ("general.name", STRING, "upload benchmark"), ("general.file_type", UINT32, 7),
        ("llama.context_length", UINT32, 8192), ("llama.embedding_length", UINT32, embd), ("llama.block_count", UINT32, layers),
        ("llama.feed_forward_length", UINT32, ffn), ("llama.attention.head_count", UINT32, heads), ("llama.attention.head_count_kv", UINT32, kv_heads),
        ("llama.attention.layer_norm_rms_epsilon", FLOAT32, 1e-5), ("llama.rope.freq_base", FLOAT32, 500000.0),
        ("llama.rope.dimension_count", UINT32, embd // heads), ("llama.vocab_size", UINT32, vocab), ("tokenizer.ggml.model", STRING, "none"),
    ]
    return tensors, metadata


def size_of(shape, kind):
    n = int(np.prod(shape))
    return n // 32 * 34 if kind == Q8_0 else n * 4


def string(text):
    return struct.pack("<Q", len(text.encode())) + text.encode()


def gguf_header(tensors, metadata):
    out = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    for key, kind, value in metadata:
        out += string(key) + struct.pack("<I", kind)
        out += string(value) if kind == STRING else struct.pack("<f" if kind == FLOAT32 else "<I", value)
    at = 0
    for name, shape, kind in tensors:
        out += string(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape) + struct.pack("<IQ", kind, at)
        at += size_of(shape, kind)
        assert at % 32 == 0
    return out + bytes(-len(out) % 32)


def safetensors_header(tensors):
    entries, at = {}, 0
    for name, shape, kind in tensors:
        n = size_of(shape, kind)
        rows = shape[1] if len(shape) > 1 else 1
        entries[name] = {"dtype": "U8", "shape": [rows, n // rows], "data_offsets": [at, at + n]}
        at += n
    text = json.dumps(entries, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("gguf")
    arguments.add_argument("safetensors")
    arguments.add_argument("--layers", type=int, default=36)
    arguments.add_argument("--small", action="store_true")
    arguments.add_argument("--copy-to")
    chosen = arguments.parse_args()
    tensors, metadata = plan(chosen.layers, chosen.small)
    folders = [""] + ([chosen.copy_to] if chosen.copy_to else [])

    def write(path, header):  # each file in a thread of its own, from the same seed
        numbers = Numbers(4 << 20 if chosen.small else 128 << 20)
        out = Writer(path)
        out.write(header)
        for _, shape, kind in tensors:
            n = int(np.prod(shape))
            for part in numbers.q8_0(n // 32) if kind == Q8_0 else numbers.f32(n):
                out.write(np.ascontiguousarray(part).reshape(-1).view(np.uint8))
        out.close()

    threads = []
    for folder in folders:
        for path, header in ((chosen.gguf, gguf_header(tensors, metadata)), (chosen.safetensors, safetensors_header(tensors))):
            where = os.path.join(folder, os.path.basename(path)) if folder else path
            threads.append(threading.Thread(target=write, args=(where, header)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = sum(size_of(shape, kind) for _, shape, kind in tensors)
    print(f"{len(tensors)} tensors of {total / 1e9:.3f} GB: {chosen.gguf}, {chosen.safetensors}" + (f", again in {chosen.copy_to}" if chosen.copy_to else ""))


if __name__ == "__main__":
    main()
