# SPDX-License-Identifier: MIT
"""Measures what ships: reads the GGUF file, runs it in NumPy, and parses what it says.

The weights are dequantized as they stand in the file; arithmetic is float64, so that the same seed tells the same
story everywhere. Story number s is sampled at temperature 0.8 from the whole distribution, with the numbers of
numpy.random.default_rng(s): the first half of the stories from the beginning-of-text token alone, the others as the
answer to a chat's "Tell me a story.".

    python evaluate.py MODEL.gguf         # exits with 1 if fewer than 80 of 100 sentences parse
"""

from __future__ import annotations

import random
import sys
import time

import gguf
import numpy as np
from tokenizers import AddedToken, Tokenizer, models

from config import held_out_documents
from grammar import ASK, BOS, parse_sentence, parse_story, split_sentences, turn
from train_tokenizer import new_tokenizer

N_STORIES = 100
TEMPERATURE = 0.8
NEEDED = 80
MAX_TOKENS = 480
SHOWN = 5


class Model:
    """A `llama` GGUF file with tied embeddings, as float64 arrays."""

    def __init__(self, path: str) -> None:
        reader = gguf.GGUFReader(path)
        self.fields = reader.fields
        self.w = {
            t.name: gguf.quants.dequantize(t.data, t.tensor_type).astype(np.float64) for t in reader.tensors
        }
        self.n_layers = self.value("llama.block_count")
        self.n_heads = self.value("llama.attention.head_count")
        self.n_kv_heads = self.value("llama.attention.head_count_kv")
        self.head_dim = self.value("llama.rope.dimension_count")
        self.eps = self.value("llama.attention.layer_norm_rms_epsilon")
        self.context = self.value("llama.context_length")
        exponent = -np.arange(0, self.head_dim, 2) / self.head_dim
        self.frequency = self.value("llama.rope.freq_base") ** exponent

    def value(self, key: str):
        """The metadata value stored under `key`."""
        return self.fields[key].contents()

    def tokenizer(self) -> Tokenizer:
        """The tokenizer, built from nothing but the file's vocabulary."""
        tokens, types = self.value("tokenizer.ggml.tokens"), self.value("tokenizer.ggml.token_type")
        special = [t for t, kind in zip(tokens, types) if kind == gguf.TokenType.CONTROL]
        vocab = {t: i for i, t in enumerate(tokens) if t not in special}
        merges = [tuple(m.split(" ")) for m in self.value("tokenizer.ggml.merges")]
        tokenizer = new_tokenizer()
        tokenizer.model = models.BPE(vocab=vocab, merges=merges, ignore_merges=True)
        tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in special])
        return tokenizer

    def norm(self, x: np.ndarray, name: str) -> np.ndarray:
        """RMSNorm over the last axis."""
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + self.eps) * self.w[name]

    def rotate(self, x: np.ndarray, position: int) -> np.ndarray:
        """Rotary embedding of (batch, heads, head_dim), neighbouring pairs."""
        cos, sin = np.cos(position * self.frequency), np.sin(position * self.frequency)
        even, odd = x[..., 0::2], x[..., 1::2]
        return np.stack((even * cos - odd * sin, even * sin + odd * cos), axis=-1).reshape(x.shape)

    def new_cache(self, batch: int) -> np.ndarray:
        """Keys and values: (2, layer, batch, kv head, position, head_dim)."""
        return np.zeros((2, self.n_layers, batch, self.n_kv_heads, self.context, self.head_dim))

    def step(self, ids: np.ndarray, position: int, cache: np.ndarray) -> np.ndarray:
        """The logits (batch, tokens) after one more token in every sequence."""
        b = len(ids)
        x = self.w["token_embd.weight"][ids]
        for i in range(self.n_layers):
            blk = f"blk.{i}."
            h = self.norm(x, blk + "attn_norm.weight")
            q = self.rotate((h @ self.w[blk + "attn_q.weight"].T).reshape(b, -1, self.head_dim), position)
            k = self.rotate((h @ self.w[blk + "attn_k.weight"].T).reshape(b, -1, self.head_dim), position)
            cache[0, i, :, :, position] = k
            cache[1, i, :, :, position] = (h @ self.w[blk + "attn_v.weight"].T).reshape(b, -1, self.head_dim)
            keys, values = cache[:, i, :, :, : position + 1]
            q = q.reshape(b, self.n_kv_heads, -1, self.head_dim)  # query heads beside the key head they share
            scores = softmax(q @ keys.swapaxes(-1, -2) / np.sqrt(self.head_dim))
            x = x + (scores @ values).reshape(b, -1) @ self.w[blk + "attn_output.weight"].T
            h = self.norm(x, blk + "ffn_norm.weight")
            gate = h @ self.w[blk + "ffn_gate.weight"].T
            up = h @ self.w[blk + "ffn_up.weight"].T
            x = x + (gate / (1 + np.exp(-gate)) * up) @ self.w[blk + "ffn_down.weight"].T
        return self.norm(x, "output_norm.weight") @ self.w["token_embd.weight"].T


def softmax(x: np.ndarray) -> np.ndarray:
    """Probabilities along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def sample(model: Model, prompt: list[int], seeds: list[int], temperature: float) -> list[list[int]]:
    """What follows `prompt`, once for each seed; temperature 0 takes the likeliest token."""
    stops = {model.value("tokenizer.ggml.eos_token_id"), model.value("tokenizer.ggml.eot_token_id")}
    rngs = [np.random.default_rng(seed) for seed in seeds]
    out: list[list[int]] = [[] for _ in seeds]
    done = [False] * len(seeds)
    cache = model.new_cache(len(seeds))
    ids = np.zeros(len(seeds), dtype=np.int64)
    for position in range(min(MAX_TOKENS, model.context)):
        if position < len(prompt):
            ids[:] = prompt[position]
        logits = model.step(ids, position, cache)
        if position + 1 < len(prompt):
            continue
        if temperature > 0:
            cumulative = softmax(logits / temperature).cumsum(-1)
            ids = np.array([int(np.searchsorted(row, rng.random() * row[-1])) for row, rng in zip(cumulative, rngs)])
        else:
            ids = logits.argmax(-1)
        for i, token in enumerate(ids.tolist()):
            if token in stops:
                done[i] = True
            elif not done[i]:
                out[i].append(token)
        if all(done):
            break
    return out


def held_out_loss(model: Model, tokenizer: Tokenizer) -> float:
    """The mean cross-entropy on the held-out documents, in nats a token."""
    documents = held_out_documents(tokenizer)
    cache, total, count = model.new_cache(len(documents)), 0.0, 0
    for position in range(max(len(d) for d, _ in documents) - 1):
        ids = np.array([d[position] if position < len(d) else 0 for d, _ in documents])
        p = softmax(model.step(ids, position, cache))
        for i, (d, learned) in enumerate(documents):
            if position + 1 < len(d) and learned[position + 1]:
                total, count = total - np.log(p[i, d[position + 1]]), count + 1
    return total / count


def request(text: str) -> str:
    """A chat in which the user has said `text` and the assistant is about to answer."""
    return turn("user", text) + ASK


def tell(model: Model, tokenizer: Tokenizer, prompt: str, seeds: list[int], temperature: float) -> list[str]:
    """The text that follows `prompt`, once for each seed."""
    ids = tokenizer.encode(BOS + prompt).ids
    return [tokenizer.decode(out) for out in sample(model, ids, seeds, temperature)]


def main() -> int:
    start = time.time()
    model = Model(sys.argv[1])
    tokenizer = model.tokenizer()
    print(f"held-out loss, as shipped: {held_out_loss(model, tokenizer):.4f} nats a token")

    half, seeds = N_STORIES // 2, list(range(N_STORIES))
    stories = tell(model, tokenizer, "", seeds[:half], TEMPERATURE)
    stories += tell(model, tokenizer, request("Tell me a story."), seeds[half:], TEMPERATURE)
    sentences = [split_sentences(text) for text in stories]
    # One sentence of each story, at a place that its seed chooses.
    chosen = [s[int(random.Random(seed).random() * len(s))] if s else "" for seed, s in enumerate(sentences)]
    parsed = sum(parse_sentence(s) is not None for s in chosen)
    every = [s for story in sentences for s in story]
    every_parsed = sum(parse_sentence(s) is not None for s in every)
    whole = sum(parse_story(text) is not None for text in stories)
    print(f"of {len(chosen)} seeded sentences, {parsed} parse; {NEEDED} are needed")
    print(f"of all {len(every)} sentences, {every_parsed} parse ({every_parsed / len(every):.1%})")
    print(f"of {len(stories)} stories, {whole} parse as a whole, with every role kept; {len(set(stories))} are different")
    for sentence in every:
        if parse_sentence(sentence) is None:
            print(f"  does not parse: {sentence!r}")
    for seed in range(SHOWN):
        plot = parse_story(stories[seed]) or "does not parse as a whole"
        print(f"\n--- seed {seed} ({plot})\n{stories[seed]}")
    for prompt in "Once upon a time", request("Tell me a story about a fox who is afraid of thunder."):
        print(f"\n--- temperature 0 after {prompt!r}\n{tell(model, tokenizer, prompt, [0], 0.0)[0]}")
    print(f"\n{time.time() - start:.0f} s")
    return 0 if parsed >= NEEDED else 1


if __name__ == "__main__":
    sys.exit(main())
