# SPDX-License-Identifier: MIT
"""Trains the model: a Llama of 2.5 million weights, in PyTorch, in minutes on one GPU.

The text is written by the grammar while the program starts, from fixed seeds, and is never stored. Rotary
embeddings turn neighbouring pairs of a head (0,1), (2,3), ..., which is how GGUF's `llama` architecture stores
them, so no weight needs permuting later. The weights are saved in float32 under their GGUF names.

    python train.py OUT_FOLDER [--steps N] [--documents N] [--batch N] [--no-compile]

OUT_FOLDER holds tokenizer.json already; weights.npz and train.log appear beside it.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from config import CONFIG, Config, encode, held_out_documents
from grammar import write_document

SEED = 1
SHARDS = 64  # the text's seeds: the same text whatever the number of processes
LEARNING_RATE, WARM_UP, WEIGHT_DECAY, CLIP = 4e-3, 200, 0.1, 1.0


class Attention(nn.Module):
    """Causal attention in which several query heads share a key and value head."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.c = c
        self.q = nn.Linear(c.dim, c.n_heads * c.head_dim, bias=False)
        self.k = nn.Linear(c.dim, c.n_kv_heads * c.head_dim, bias=False)
        self.v = nn.Linear(c.dim, c.n_kv_heads * c.head_dim, bias=False)
        self.output = nn.Linear(c.n_heads * c.head_dim, c.dim, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        b, t, _ = x.shape
        q = rotate(self.q(x).view(b, t, self.c.n_heads, self.c.head_dim), cos, sin).transpose(1, 2)
        k = rotate(self.k(x).view(b, t, self.c.n_kv_heads, self.c.head_dim), cos, sin).transpose(1, 2)
        v = self.v(x).view(b, t, self.c.n_kv_heads, self.c.head_dim).transpose(1, 2)
        group = self.c.n_heads // self.c.n_kv_heads
        k, v = k.repeat_interleave(group, dim=1), v.repeat_interleave(group, dim=1)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.output(y.transpose(1, 2).reshape(b, t, -1))


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """`x` (batch, position, head, head_dim) with each neighbouring pair turned by its position's angle."""
    even, odd = x.float().unflatten(-1, (-1, 2)).unbind(-1)
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2).to(x.dtype)


class Layer(nn.Module):
    """Attention and a gated feed-forward network, each behind a norm and added to the residual stream."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.attn_norm = nn.RMSNorm(c.dim, eps=c.norm_eps)
        self.attn = Attention(c)
        self.ffn_norm = nn.RMSNorm(c.dim, eps=c.norm_eps)
        self.gate = nn.Linear(c.dim, c.ffn_dim, bias=False)
        self.up = nn.Linear(c.dim, c.ffn_dim, bias=False)
        self.down = nn.Linear(c.ffn_dim, c.dim, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        x = x + self.attn(self.attn_norm(x), cos, sin)
        h = self.ffn_norm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Llama(nn.Module):
    """The whole model; its output weights are the embeddings."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.c = c
        self.embedding = nn.Embedding(c.n_tokens, c.dim)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.n_layers))
        self.norm = nn.RMSNorm(c.dim, eps=c.norm_eps)
        frequency = c.rope_base ** (-torch.arange(0, c.head_dim, 2).double() / c.head_dim)
        angle = torch.arange(c.context).double()[:, None, None] * frequency  # (position, 1, head_dim / 2)
        self.register_buffer("cos", angle.cos().float())
        self.register_buffer("sin", angle.sin().float())
        for name, p in self.named_parameters():
            if p.dim() == 2:
                last = name.endswith(("attn.output.weight", "down.weight"))
                nn.init.normal_(p, std=0.02 / math.sqrt(2 * c.n_layers) if last else 0.02)

    def forward(self, ids: Tensor, targets: Tensor) -> Tensor:
        """The mean cross-entropy of `targets`, in nats; a target of -1 does not count."""
        x = self.embedding(ids)
        cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
        for layer in self.layers:
            x = layer(x, cos, sin)
        logits = F.linear(self.norm(x), self.embedding.weight)
        return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten(), ignore_index=-1)

    def gguf_tensors(self) -> dict[str, np.ndarray]:
        """Every weight under its GGUF name, float32; a matrix is (outputs, inputs)."""
        out = {"token_embd.weight": self.embedding.weight, "output_norm.weight": self.norm.weight}
        for i, layer in enumerate(self.layers):
            out |= {
                f"blk.{i}.attn_norm.weight": layer.attn_norm.weight,
                f"blk.{i}.attn_q.weight": layer.attn.q.weight,
                f"blk.{i}.attn_k.weight": layer.attn.k.weight,
                f"blk.{i}.attn_v.weight": layer.attn.v.weight,
                f"blk.{i}.attn_output.weight": layer.attn.output.weight,
                f"blk.{i}.ffn_norm.weight": layer.ffn_norm.weight,
                f"blk.{i}.ffn_gate.weight": layer.gate.weight,
                f"blk.{i}.ffn_up.weight": layer.up.weight,
                f"blk.{i}.ffn_down.weight": layer.down.weight,
            }
        return {name: p.detach().float().cpu().numpy() for name, p in out.items()}


def shard(job: tuple[str, int, int]) -> list[np.ndarray]:
    """The token ids of one shard's documents; an id that is only to be read is stored as its complement."""
    tokenizer_path, seed, n_documents = job
    tokenizer = Tokenizer.from_file(tokenizer_path)
    rng = random.Random(f"train {SEED} {seed}")
    documents = [encode(tokenizer, write_document(rng)) for _ in range(n_documents)]
    return [np.where(learned, ids, np.invert(ids)).astype(np.int16) for ids, learned in documents]


def training_rows(tokenizer_path: str, n_documents: int, context: int) -> np.ndarray:
    """Rows of context + 1 tokens: whole documents one after the other, each row starting one, the last one cut."""
    jobs = [(tokenizer_path, i, n_documents // SHARDS) for i in range(SHARDS)]
    rows, row, free = [], [], context + 1
    with Pool() as pool:
        for documents in pool.imap(shard, jobs):
            for ids in documents:
                row.append(ids[:free])
                free -= len(row[-1])
                if free == 0:
                    rows.append(np.concatenate(row))
                    row, free = [], context + 1
    return np.stack(rows)


def held_out(tokenizer: Tokenizer) -> tuple[Tensor, Tensor]:
    """Inputs and targets of the held-out documents, one document a row."""
    documents = held_out_documents(tokenizer)
    ids = torch.zeros(len(documents), max(len(d) for d, _ in documents), dtype=torch.long)
    targets = torch.full_like(ids, -1)
    for i, (d, learned) in enumerate(documents):
        ids[i, : len(d)] = torch.tensor(d)
        targets[i, : len(d) - 1] = torch.where(torch.tensor(learned[1:]), torch.tensor(d[1:]), -1)
    return ids, targets


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=10000)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--no-compile", action="store_true")
    args = parser.parse_args()
    log = open(args.out / "train.log", "w", encoding="utf-8")

    def say(text: str) -> None:
        print(text, flush=True)
        print(text, file=log, flush=True)

    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(SEED)
    torch.set_float32_matmul_precision("high")
    start = time.time()
    tokenizer_path = str(args.out / "tokenizer.json")
    rows = training_rows(tokenizer_path, args.documents, CONFIG.context)
    say(f"{args.documents} documents, {rows.size / 1e6:.1f}M tokens, written in {time.time() - start:.0f} s")
    data = torch.from_numpy(rows).to(device)
    held_ids, held_targets = (x.to(device) for x in held_out(Tokenizer.from_file(tokenizer_path)))

    model = Llama(CONFIG).to(device)
    say(f"{sum(p.numel() for p in model.parameters())} weights, torch {torch.__version__} on {device}")
    matrices = [p for p in model.parameters() if p.dim() == 2]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    groups = [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=(0.9, 0.95), fused=device == "cuda")
    loss_of = model if args.no_compile or device == "cpu" else torch.compile(model)

    start, order = time.time(), torch.empty(0, dtype=torch.long)
    generator = torch.Generator().manual_seed(SEED)
    for step in range(1, args.steps + 1):
        if len(order) < args.batch:  # a new epoch, in a new order
            order = torch.randperm(len(data), generator=generator)
        batch, order = data[order[: args.batch].to(device)].long(), order[args.batch :]
        rate = LEARNING_RATE * min(step / WARM_UP, (args.steps - step + 1) / max(1, args.steps - WARM_UP))
        for group in optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast(device, dtype=torch.bfloat16):
            loss = loss_of(torch.where(batch < 0, ~batch, batch)[:, :-1], batch[:, 1:].clamp(min=-1))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        if step % 500 == 0 or step in (1, 10, 100) or step == args.steps:
            tokens = step * args.batch * CONFIG.context
            say(f"step {step:6d}  loss {loss.item():.4f}  {tokens / (time.time() - start) / 1e6:.2f}M tokens/s")
    with torch.no_grad():
        say(f"held-out loss, float32: {model(held_ids, held_targets).item():.4f} nats a token")
    np.savez(args.out / "weights.npz", **model.gguf_tensors())
    say(f"trained in {time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
