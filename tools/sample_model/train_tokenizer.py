# SPDX-License-Identifier: MIT
"""Trains the byte-level BPE vocabulary: tokenizer.json, as the `tokenizers` library reads it.

The pre-tokenizer is the one that GGUF calls `llama-bpe`: the split expression of Llama 3, then bytes as printable
characters, no prefix space, no normalizer. Ids 0..255 are the bytes, then come the merges in the order learned,
then the special tokens. Merges are learned from stories and, so that other text does not fall to bytes at once,
from variety.py.

    python train_tokenizer.py OUT_FOLDER
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from config import CONFIG, encode
from grammar import SPECIALS, write_document, write_story
from variety import variety

SEED = 1
N_TOKENS = CONFIG.n_tokens  # with the special tokens
N_STORIES = 4000
VARIETY_REPEATS = 10  # how often the corpus holds each line of variety.py

# The split expression of `llama-bpe`, published with Llama 3's tokenizer.
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def corpus() -> Iterator[str]:
    """The texts that merges are learned from."""
    rng = random.Random(SEED)
    for _ in range(N_STORIES):
        yield write_story(rng).text
    for _ in range(VARIETY_REPEATS):
        yield from variety(rng)


def new_tokenizer() -> Tokenizer:
    """An untrained tokenizer with the pre-tokenizer that `llama-bpe` names."""
    tokenizer = Tokenizer(models.BPE(ignore_merges=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def train() -> Tokenizer:
    """The tokenizer, trained and with its special tokens at the end of the vocabulary."""
    tokenizer = new_tokenizer()
    trainer = trainers.BpeTrainer(
        vocab_size=N_TOKENS - len(SPECIALS),
        min_frequency=2,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus(), trainer)
    tokenizer.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in SPECIALS])
    return tokenizer


def check(tokenizer: Tokenizer) -> None:
    """Stops if an entry of the vocabulary could never come out of the encoder, or text would not come back."""
    assert tokenizer.get_vocab_size() == N_TOKENS
    partial = 0  # pieces of a multi-byte character: text alone cannot spell them
    for i in range(N_TOKENS):
        text = tokenizer.decode([i], skip_special_tokens=False)
        if "\ufffd" in text:
            partial += 1
        else:
            assert tokenizer.encode(text).ids == [i], (i, text, tokenizer.encode(text).tokens)
    rng = random.Random(SEED + 1)
    documents = [write_document(rng) for _ in range(200)]
    texts = [*variety(rng), *("".join(part.text for part in document) for document in documents)]
    for document, text in zip(documents, texts[-len(documents) :]):
        assert encode(tokenizer, document)[0] == tokenizer.encode(text).ids, text
    n_bytes = n_ids = 0
    for text in texts:
        ids = tokenizer.encode(text).ids
        assert tokenizer.decode(ids, skip_special_tokens=False) == text
        n_bytes, n_ids = n_bytes + len(text.encode()), n_ids + len(ids)
    print(f"{N_TOKENS} tokens, {partial} of them parts of a character; {n_bytes / n_ids:.2f} bytes a token")


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = train()
    check(tokenizer)
    tokenizer.save(str(out / "tokenizer.json"))


if __name__ == "__main__":
    main()
