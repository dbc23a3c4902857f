// SPDX-License-Identifier: MIT
#include "engine/rotation.hpp"

#include "engine/numbers.hpp"

namespace engine {

auto rotation::make(const cria::llama::rope& how, std::size_t batch_length, std::uint32_t context_length) -> cria::result<rotation> {
    for (const double frequency : how.frequencies)
        if (frequency * context_length > 0x1p24)
            return cria::error{cria::errc::out_of_range, "context"}.because("is so long that its last positions would turn by more than 2^24 radians").finding(std::uint64_t{context_length});
    rotation made;
    made.how_ = &how;
    const std::size_t n_pairs = how.frequencies.size();
    CRIA_TRY_VOID(made.cosines_.resize(batch_length * n_pairs, "rotations of a batch"));
    CRIA_TRY_VOID(made.sines_.resize(batch_length * n_pairs, "rotations of a batch"));
    return made;
}

void rotation::prepare(std::uint32_t first_position, std::size_t n_tokens) {
    float* cosine = cosines_.data();
    float* sine = sines_.data();
    for (std::size_t t = 0; t < n_tokens; ++t) {
        for (const double frequency : how_->frequencies) {
            const sine_cosine turn = sin_cos(static_cast<double>(first_position + t) * frequency);
            *cosine++ = static_cast<float>(turn.cos * how_->attention_factor);
            *sine++ = static_cast<float>(turn.sin * how_->attention_factor);
        }
    }
}

void rotation::apply(std::size_t t, float* heads, std::size_t n_heads, std::size_t head_length) const {
    const std::size_t n_pairs = how_->frequencies.size();
    const float* const cosine = cosines_.data() + t * n_pairs;
    const float* const sine = sines_.data() + t * n_pairs;
    const bool is_adjacent = how_->pairs == cria::llama::rope_pairs::adjacent;
    const std::size_t step = is_adjacent ? 2 : 1, other = is_adjacent ? 1 : n_pairs;
    for (std::size_t head = 0; head < n_heads; ++head) {
        float* const at = heads + head * head_length;
        for (std::size_t pair = 0; pair < n_pairs; ++pair) {
            float& x = at[pair * step];
            float& y = at[pair * step + other];
            const float turned = x * cosine[pair] - y * sine[pair];
            y = x * sine[pair] + y * cosine[pair];
            x = turned;
        }
    }
}

}  // namespace engine
