// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_VALIDATE_KERNELS_HPP
#define CRIA_UTF8_VALIDATE_KERNELS_HPP

#include "cria/utf8/validate_neon.hpp"
#include "cria/utf8/validate_x86.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// Which fast way there is to validate a text on this processor, and one function to go it.
//
// The contract of every kernel: it returns a *settled* length, that is a place where a character starts and
// before which all is well-formed. It is the text's size only if the whole text is well-formed. The plain twin goes
// on from there: usually right at the fault, or else where a kernel left off because a text, or what was left of
// one, was too short for it. So kernels know nothing of maximal subparts: there is one place in the library that
// does (utf8::decode).
//
// Which kernel runs is asked of the processor at every call (two loads and a test), so there is no state.

namespace cria::inline v0::utf8::detail {

/// Ways to validate, each faster than the one before where both are available.
enum class kernel : std::uint8_t { none, neon, avx2, avx512 };

/// A kernel settles all of a text up to a fault, unless the text is shorter than this, and then perhaps nothing.
inline constexpr std::size_t always_settled_from = 67;

/// Whether this program, on this processor, can use `which`.
[[nodiscard]] inline auto is_available(kernel which) noexcept -> bool;

/// The fastest way there is here.
[[nodiscard]] inline auto fastest_kernel() noexcept -> kernel;

/// How much of `text` is known to be well-formed, by the rules above; `which` must be available.
/// Cost: O(n) until the first fault, none for what follows it.
[[nodiscard]] inline auto settled(kernel which, std::string_view text) noexcept -> std::size_t;

// implementation ------------------------------------------------------------------------------------

inline auto is_available(kernel which) noexcept -> bool {
#if defined(CRIA_DETAIL_UTF8_X86)
    if (which == kernel::avx2) return __builtin_cpu_supports("avx2") != 0;
    if (which == kernel::avx512) {
        return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vbmi") != 0;
    }
#elif defined(CRIA_DETAIL_UTF8_NEON)
    if (which == kernel::neon) return true;
#endif
    return which == kernel::none;
}

inline auto fastest_kernel() noexcept -> kernel {
    if (is_available(kernel::avx512)) return kernel::avx512;
    if (is_available(kernel::avx2)) return kernel::avx2;
    if (is_available(kernel::neon)) return kernel::neon;
    return kernel::none;
}

inline auto settled([[maybe_unused]] kernel which, [[maybe_unused]] std::string_view text) noexcept -> std::size_t {
    [[maybe_unused]] const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
#if defined(CRIA_DETAIL_UTF8_X86)
    if (which == kernel::avx512) return settled_by_avx512(bytes, text.size());
    if (which == kernel::avx2) return settled_by_avx2(bytes, text.size());
#elif defined(CRIA_DETAIL_UTF8_NEON)
    if (which == kernel::neon) return settled_by_neon(bytes, text.size());
#endif
    return 0;
}

}  // namespace cria::inline v0::utf8::detail

#endif
