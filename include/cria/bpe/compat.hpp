// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_COMPAT_HPP
#define CRIA_BPE_COMPAT_HPP

#include <cstdint>

// The questions on which tokenizers that read the same file disagree, each as a type of its own. `compat` answers all
// of them at once, when a tokenizer is made; the others overrule it one by one.

namespace cria::inline v0::bpe {

/// Whose ids are wanted where implementations disagree.
enum class compat : std::uint8_t {
    hf,         ///< what the model was trained with, as Hugging Face's tokenizers 0.23.3 has it
    llama_cpp,  ///< llama.cpp's, read at commit 0c1e57098 of 2026-10-01, even where it does something else
};

/// Whether text is put into Unicode's Normalization Form C before it is cut.
enum class nfc_mode : std::uint8_t {
    automatic,  ///< where the published tokenizer does it, in compat::hf
    on,
    off,
};

/// SentencePiece: where a space goes in front of text.
enum class prefix_space : std::uint8_t {
    every_fragment,  ///< at the start and behind each special token
    first,           ///< at the start, unless a special token or a space stands there, as Metaspace's `first`
    never,
};

/// Which of the special tokens that overlap in a text is taken.
enum class special_order : std::uint8_t {
    leftmost_longest,  ///< the first one; of those that start at one place the longest
    longest_first,     ///< the longest one anywhere in the text, then the longest in what is left, and so on
};

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_COMPAT_HPP
