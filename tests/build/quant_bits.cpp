// SPDX-License-Identifier: MIT
// Prints a digest of what every type's blocks become, on every tier: the same line whatever this is compiled with. As a
// second unit of a program (-DSECOND) it is what a consumer with flags of his own links to it.
#include <cstdint>
#include <cstdio>
#include <vector>

#include "cria/quant/dequantize.hpp"
#include "cria/quant/dot.hpp"

namespace {

namespace quant = cria::quant;

auto next_random(std::uint64_t& state) -> std::uint64_t {
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state;
    z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
    return z ^ z >> 31U;
}

class digest {
public:
    void add(float value) {
        auto bits = std::bit_cast<std::uint32_t>(value);
        if ((bits & 0x7FFFFFFFU) > 0x7F800000U) bits = 0x7FC00000U;  // one NaN is as good as another
        state_ = (state_ ^ bits) * 0x100000001B3U;
    }
    [[nodiscard]] auto value() const { return state_; }

private:
    std::uint64_t state_ = 0xCBF29CE484222325U;
};

auto digest_of(quant::tier with) -> std::uint64_t {
    digest all;
    std::uint64_t seed = 7;
    for (std::uint32_t id = 0; id < 43; ++id) {
        const auto type = static_cast<cria::tensor_type>(id);
        const auto layout = cria::geometry_of(type);
        if (!layout) continue;
        std::vector<std::byte> blocks(40 * std::size_t{layout->bytes_per_block});
        for (std::byte& byte : blocks) byte = static_cast<std::byte>(next_random(seed));
        std::vector<float> values(40 * std::size_t{layout->elements_per_block}), x(values.size());
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(static_cast<int>(i % 17) - 8) * 0.37F;
        if (!quant::dequantize<float>(type, blocks, values, with)) return 0;
        for (const float value : values) all.add(value);
        // One block at a time, since most rows of random blocks have a NaN in them.
        for (std::size_t k = 0; k < 40; ++k) {
            const auto sum = quant::dot(type, std::span(blocks).subspan(k * layout->bytes_per_block, layout->bytes_per_block),
                                        std::span(x).first(layout->elements_per_block), with);
            if (!sum) return 0;
            all.add(*sum);
        }
    }
    return all.value();
}

}  // namespace

#if defined(SECOND)
auto digest_in_second_unit() -> std::uint64_t;
auto digest_in_second_unit() -> std::uint64_t { return digest_of(quant::fastest_tier()); }
#else
#if defined(LINKED)
auto digest_in_second_unit() -> std::uint64_t;
#endif
int main() {
    for (const quant::tier with : {quant::tier::plain, quant::tier::neon, quant::tier::avx2, quant::tier::avx512})
        if (quant::is_available(with) && digest_of(with) != digest_of(quant::tier::plain)) {
            std::printf("tier %d differs\n", static_cast<int>(with));
            return 1;
        }
#if defined(LINKED)
    if (digest_in_second_unit() != digest_of(quant::tier::plain)) {
        std::printf("the second unit differs\n");
        return 1;
    }
#endif
    std::printf("%016llx\n", static_cast<unsigned long long>(digest_of(quant::tier::plain)));
    return 0;
}
#endif
