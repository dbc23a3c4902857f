// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_ROTATION_HPP
#define CRIA_ENGINE_ROTATION_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/llama/rope.hpp"

#include <cstddef>
#include <cstdint>

// Rotary position embeddings at work: two numbers of a head are a point in the plane, which a token at position p turns by
// p · frequency. Queries and keys that are k positions apart then differ by the same turn wherever they stand.

namespace engine {

/// Cosines and sines for the positions of a batch, for one kind of layers. Computed once a batch and used in all its layers,
/// with sines of our own (numbers.hpp): those of rope::cosines_and_sines are the C library's, and differ from system to system.
class rotation {
public:
    /// For batches of up to `batch_length` tokens at positions below `context_length`.
    /// Borrows: `how`. Fails: errc::out_of_memory; errc::out_of_range where angles would lose their fraction (above 2²⁴
    /// radians, which no model's frequencies reach within 2²⁴ positions).
    [[nodiscard]] static auto make(const cria::llama::rope& how, std::size_t batch_length, std::uint32_t context_length) -> cria::result<rotation>;

    /// The batch to come: `n_tokens` at `first_position` and behind.
    void prepare(std::uint32_t first_position, std::size_t n_tokens);

    /// Turns the heads of token `t` of the batch: `n_heads` of `head_length` numbers, one after the other.
    void apply(std::size_t t, float* heads, std::size_t n_heads, std::size_t head_length) const;

private:
    const cria::llama::rope* how_ = nullptr;
    cria::buffer<float> cosines_;  // {token, pair}, times the attention factor
    cria::buffer<float> sines_;
};

}  // namespace engine

#endif  // CRIA_ENGINE_ROTATION_HPP
