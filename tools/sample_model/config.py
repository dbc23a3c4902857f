# SPDX-License-Identifier: MIT
"""The model's shape, and the text that it never trains on."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tokenizers import Tokenizer

from grammar import Part, write_document


@dataclass(frozen=True)
class Config:
    """Every row length (dim, ffn_dim, heads * head_dim) is a multiple of 32, a Q8_0 block."""

    n_tokens: int = 2560
    context: int = 512
    dim: int = 192
    n_layers: int = 5
    n_heads: int = 6
    n_kv_heads: int = 2
    head_dim: int = 32
    ffn_dim: int = 512
    norm_eps: float = 1e-5
    rope_base: float = 10000.0


CONFIG = Config()


def encode(tokenizer: Tokenizer, document: list[Part]) -> tuple[list[int], list[bool]]:
    """A document's token ids, and which of them are learned. Parts meet where the pre-tokenizer cuts anyway."""
    ids: list[int] = []
    learned: list[bool] = []
    for part in document:
        more = tokenizer.encode(part.text).ids
        ids += more
        learned += [part.learned] * len(more)
    return ids, learned


def held_out_documents(tokenizer: Tokenizer) -> list[tuple[list[int], list[bool]]]:
    """200 documents from a seed of their own, encoded, to measure the loss on."""
    rng = random.Random("held out")
    return [encode(tokenizer, write_document(rng)) for _ in range(200)]
