// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_KV_CACHE_HPP
#define CRIA_ENGINE_KV_CACHE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/kv_cache.hpp"

#include <cstddef>
#include <cstdint>

// The keys and values of one text's past tokens, as floats, where cria::llama::kv_cache_layout has them.

namespace engine {

/// Memory for one sequence. Move-only.
class kv_cache {
public:
    /// Fails: as make_kv_cache_layout; errc::out_of_memory.
    [[nodiscard]] static auto make(const cria::llama::hyperparameters& numbers, std::uint32_t context_length, std::uint32_t batch_length) -> cria::result<kv_cache> {
        constexpr auto floats = cria::tensor_type::f32;
        kv_cache made;
        CRIA_TRY(made.layout_, cria::llama::make_kv_cache_layout(
                                   numbers, {.context_length = context_length, .key_type = floats, .value_type = floats, .batch_length = batch_length}));
        CRIA_TRY_VOID(made.memory_.resize(made.layout_.size_bytes / sizeof(float), "KV cache"));
        return made;
    }

    /// Slots of a layer: position p is in slot p modulo these.
    [[nodiscard]] auto n_slots(std::size_t layer) const -> std::uint64_t { return layout_.layers[layer].n_positions; }
    /// The key in slot `slot` of a key and value head; the next slot's follows.
    [[nodiscard]] auto key(std::size_t layer, std::size_t head, std::uint64_t slot) -> float* {
        return memory_.data() + layout_.layers[layer].key_offset(0, head, slot) / sizeof(float);
    }
    /// The value there.
    [[nodiscard]] auto value(std::size_t layer, std::size_t head, std::uint64_t slot) -> float* {
        return memory_.data() + layout_.layers[layer].value_offset(0, head, slot) / sizeof(float);
    }

private:
    cria::llama::kv_cache_layout layout_;
    cria::buffer<float> memory_;
};

}  // namespace engine

#endif  // CRIA_ENGINE_KV_CACHE_HPP
