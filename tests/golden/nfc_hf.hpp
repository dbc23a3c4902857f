// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_GOLDEN_NFC_HF_HPP
#define CRIA_TESTS_GOLDEN_NFC_HF_HPP

#include <cstdint>

// Digests of what the NFC normalizer of Hugging Face's tokenizers 0.23.3 makes of the texts of
// tests/utf8/nfc_texts.hpp. Written by tests/conformance/nfc_hf.py golden.

namespace cria_test::nfc_hf {

inline constexpr std::uint64_t alone = 0x0420AF2407615D53;
inline constexpr std::uint64_t among_others = 0x0CA59AC87C984FC5;
inline constexpr std::uint64_t sequences = 0x65631F729C9B166B;
inline constexpr unsigned n_sequences = 200000;

}  // namespace cria_test::nfc_hf

#endif  // CRIA_TESTS_GOLDEN_NFC_HF_HPP
