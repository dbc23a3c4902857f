#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares `cria tokenize` with Hugging Face's tokenizers on random texts and on files, id by id.

    python3 -m venv /tmp/hf && /tmp/hf/bin/pip install tokenizers==0.23.3 gguf
    /tmp/hf/bin/python tests/conformance/encode_hf.py build/bin/cria MODEL.gguf [--texts N] [--seed S] [FILE…]

The Hugging Face tokenizer is built from the same GGUF file: byte-level BPE from tokens and merges with the
regular expressions of its `pre`; SentencePiece BPE from tokens and scores, the way that Hugging Face
converts such models. There is no normalizer beside SentencePiece's spaces, so models that are published
with NFC (Qwen) are compared without it. Not part of the default tests. Exits 1 on any difference.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys

from gguf import GGUFReader
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

from pretokenize_hf import FAMILIES, random_text

FAMILY_OF_PRE = {
    "llama-bpe": "llama3", "qwen2": "qwen2", "gpt-2": "gpt2", "mpt": "gpt2", "starcoder": "digit1", "refact": "digit1",
    "smollm": "digit1", "falcon": "falcon", "default": "default",
}
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, BYTE = 1, 2, 3, 4, 6


def read(path):
    fields = GGUFReader(path).fields
    get = lambda key, fallback=None: fields[key].contents() if key in fields else fallback
    g = "tokenizer.ggml."
    tokens = get(g + "tokens")
    return {
        "model": get(g + "model"), "pre": get(g + "pre", "default"), "tokens": tokens, "merges": get(g + "merges", []),
        "scores": get(g + "scores"), "types": get(g + "token_type", [NORMAL] * len(tokens)),
        "unknown": get(g + "unknown_token_id", 0),
    }


def byte_level(v):
    vocab = {text: i for i, text in enumerate(v["tokens"])}
    merges = [tuple(m.split(" ", 1)) for m in v["merges"]]
    tokenizer = Tokenizer(models.BPE(vocab, merges, ignore_merges=v["pre"] == "llama-bpe"))
    splits = [pre_tokenizers.Split(Regex(r), "isolated") for r in FAMILIES[FAMILY_OF_PRE[v["pre"]]]]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*splits, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    return tokenizer


def sentencepiece(v):
    vocab = {text: i for i, text in enumerate(v["tokens"])}
    # By score, then by the ids of the parts: the order of Hugging Face's SentencePieceExtractor.
    rules = []
    for text, i in vocab.items():
        if v["types"][i] in (UNKNOWN, CONTROL, BYTE):
            continue
        splits = [(text[:k], text[k:]) for k in range(1, len(text)) if text[:k] in vocab and text[k:] in vocab]
        splits.sort(key=lambda pair: (vocab[pair[0]], vocab[pair[1]]))
        rules += [(-v["scores"][i], pair) for pair in splits]
    rules.sort(key=lambda rule: rule[0])
    tokenizer = Tokenizer(models.BPE(vocab, [pair for _, pair in rules], byte_fallback=True, fuse_unk=True, unk_token=v["tokens"][v["unknown"]]))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    return tokenizer


def add_special(tokenizer, v, types):
    added = [AddedToken(t, normalized=False, special=k != USER_DEFINED) for t, k in zip(v["tokens"], v["types"]) if k in types and t]
    tokenizer.add_tokens(added)


def ours(program, model, parse, texts):
    stdin = "".join(json.dumps(text) + "\n" for text in texts)
    command = [program, "tokenize", model, "--jsonl", "--parse", parse]
    run = subprocess.run(command, input=stdin, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program", type=pathlib.Path)
    arguments.add_argument("model")
    arguments.add_argument("files", nargs="*", type=pathlib.Path)
    arguments.add_argument("--texts", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=16)
    given = arguments.parse_intermixed_args()

    v = read(given.model)
    rng = random.Random(given.seed)
    texts = [random_text(rng) for _ in range(given.texts)]
    # Token texts beside one another: what a vocabulary does with its own words.
    printable = [t.replace("Ġ", " ").replace("▁", " ") for t, k in zip(v["tokens"], v["types"]) if k == NORMAL and not t.startswith("<0x")]
    texts += ["".join(rng.choices(printable, k=rng.randint(1, 6))) for _ in range(given.texts)]
    n_random = len(texts)
    for path in given.files:
        text = path.read_bytes().decode()
        texts += [text[i:i + 20_000] for i in range(0, len(text), 20_000)]
    special_texts = [t for t, k in zip(v["tokens"], v["types"]) if k in (UNKNOWN, CONTROL, USER_DEFINED) and t] or [""]

    n_different = 0
    for parse, types in (("user", {USER_DEFINED}), ("all", {UNKNOWN, CONTROL, USER_DEFINED})):
        tokenizer = byte_level(v) if v["model"] == "gpt2" else sentencepiece(v)
        add_special(tokenizer, v, types)
        tried = list(texts)
        if parse == "all":
            tried = [t + rng.choice(special_texts) + rng.choice(special_texts)[:-1] + t[: len(t) // 2] for t in tried[:n_random // 4]]
            tried += [rng.choice(special_texts) + t + rng.choice(special_texts) for t in tried[:n_random // 8]]
        theirs = [e.ids for e in tokenizer.encode_batch(tried, add_special_tokens=False)]
        for text, expected, found in zip(tried, theirs, ours(given.program.resolve(), given.model, parse, tried), strict=True):
            if found == expected:
                continue
            n_different += 1
            if n_different <= 5:
                at = next((i for i, (a, b) in enumerate(zip(found, expected)) if a != b), min(len(found), len(expected)))
                around = lambda ids: [v["tokens"][i] for i in ids[max(0, at - 2):at + 4]]
                print(f"--parse {parse}: {text[:200]!r}\n  from id {at}: ours {around(found)}\n  theirs {around(expected)}")
        print(f"{given.model} --parse {parse}: {len(tried)} texts, {sum(map(len, theirs))} ids", flush=True)
    print(f"{n_different} texts different")
    sys.exit(1 if n_different else 0)


if __name__ == "__main__":
    main()
