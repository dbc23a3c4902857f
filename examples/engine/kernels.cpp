// SPDX-License-Identifier: MIT
#include "engine/kernels.hpp"

#include "engine/kernel_bodies.hpp"

// Left out on Windows under GCC, whose stack is not aligned for vectors wider than 16 bytes (GCC bug 54412).
#if defined(__GNUC__) && defined(__x86_64__) && !(defined(_WIN32) && !defined(__clang__))
#define CRIA_ENGINE_X86 1
#endif

namespace engine {

namespace {

// A function's body, compiled for a tier: the body is inlined and becomes code for the processor that the function around
// it names.

template <auto Body>
struct for_baseline;
template <class Result, class... Arguments, Result (*Body)(Arguments...)>
struct for_baseline<Body> {
    static auto call(Arguments... arguments) -> Result { return Body(arguments...); }
};

#if defined(CRIA_ENGINE_X86)
template <auto Body>
struct for_avx2;
template <class Result, class... Arguments, Result (*Body)(Arguments...)>
struct for_avx2<Body> {
    [[gnu::target("avx2")]] static auto call(Arguments... arguments) -> Result { return Body(arguments...); }
};

template <auto Body>
struct for_avx512;
template <class Result, class... Arguments, Result (*Body)(Arguments...)>
struct for_avx512<Body> {
    [[gnu::target("avx512f")]] static auto call(Arguments... arguments) -> Result { return Body(arguments...); }
};
#endif

/// Sums of so many tokens with four rows fit sixteen registers, beside what they are made of.
template <template <auto> class For, class Floats>
constexpr kernels with_16_registers = {
    {For<detail::accumulate<Floats, 1>>::call, For<detail::accumulate<Floats, 2>>::call},
    2,
    For<detail::dot<Floats>>::call,
    For<detail::dots<Floats>>::call,
    For<detail::add_scaled<Floats>>::call,
    For<detail::weighted_sum<Floats>>::call,
    For<detail::silu_times<Floats>>::call,
    For<detail::gelu_times<Floats>>::call,
    For<detail::softmax<Floats>>::call,
};

template <template <auto> class For, class Floats>
constexpr kernels with_32_registers = [] {
    kernels those = with_16_registers<For, Floats>;
    those.accumulate[2] = For<detail::accumulate<Floats, 3>>::call;
    those.accumulate[3] = For<detail::accumulate<Floats, 4>>::call;
    those.accumulate[4] = For<detail::accumulate<Floats, 5>>::call;
    those.accumulate[5] = For<detail::accumulate<Floats, 6>>::call;
    those.n_tokens_at_once = 6;
    return those;
}();

#if defined(__GNUC__)
constexpr std::size_t baseline_bytes = 16;
#else
constexpr std::size_t baseline_bytes = 4;
#endif
constexpr kernels baseline = with_16_registers<for_baseline, vector<baseline_bytes>::floats>;
#if defined(CRIA_ENGINE_X86)
constexpr kernels avx2 = with_16_registers<for_avx2, vector<32>::floats>;
constexpr kernels avx512 = with_32_registers<for_avx512, vector<64>::floats>;
#endif

}  // namespace

auto is_available(tier which) noexcept -> bool {
#if defined(CRIA_ENGINE_X86)
    if (which == tier::avx2) return __builtin_cpu_supports("avx2") != 0;
    if (which == tier::avx512) return __builtin_cpu_supports("avx512f") != 0;
#endif
    return which == tier::baseline;
}

auto fastest_tier() noexcept -> tier {
    if (is_available(tier::avx512)) return tier::avx512;
    if (is_available(tier::avx2)) return tier::avx2;
    return tier::baseline;
}

auto kernels_of([[maybe_unused]] tier which) noexcept -> const kernels& {
#if defined(CRIA_ENGINE_X86)
    if (which == tier::avx512) return avx512;
    if (which == tier::avx2) return avx2;
#endif
    return baseline;
}

}  // namespace engine
