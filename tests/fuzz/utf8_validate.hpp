// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_UTF8_VALIDATE_HPP
#define CRIA_TESTS_FUZZ_UTF8_VALIDATE_HPP

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "cria/utf8/decoder.hpp"
#include "cria/utf8/validate.hpp"

// What has to hold for validation and for the streaming decoder whatever the bytes: every kernel that this
// processor has says what the plain twin says, and chunks come out as the whole does. One body for libFuzzer and for
// the test that replays texts; the sanitizers watch the memory, this watches the answers.

namespace cria_test {

/// All kernels that can run here; the first of them is none at all.
template <class Visit>
void for_each_kernel(Visit visit) {
    using cria::utf8::detail::kernel;
    for (const kernel which : {kernel::none, kernel::neon, kernel::avx2, kernel::avx512})
        if (cria::utf8::detail::is_available(which)) visit(which);
}

/// A sentence about the first promise that the kernels break with `text`, which is looked at where it lies; or nullptr.
[[nodiscard]] inline auto broken_by_kernels(std::string_view text) -> const char* {
    namespace detail = cria::utf8::detail;
    const char* broken = nullptr;
    const std::size_t expected = detail::find_invalid_plain(text, 0);
    for_each_kernel([&](detail::kernel which) {
        const std::size_t settled = detail::settled(which, text);
        if (settled > expected) broken = "a kernel takes an ill-formed text for good";
        else if (which != detail::kernel::none && text.size() >= detail::always_settled_from && settled != expected) broken = "a kernel stops before the fault";
        else if (detail::find_invalid_with(which, text, 0) != expected) broken = "a kernel stops inside a character";
    });
    if (cria::utf8::find_invalid(text) != expected) broken = "find_invalid is not the plain twin";
    if (cria::utf8::is_valid(text) != (expected == text.size())) broken = "is_valid is not the plain twin";
    return broken;
}

/// The text that a decoder makes of `bytes`, pushed in chunks of `chunk_bytes`.
[[nodiscard]] inline auto decoded_in_chunks(std::string_view bytes, std::size_t chunk_bytes) -> std::string {
    std::string out;
    const auto sink = [&](std::string_view piece) { out += piece; };
    cria::utf8::decoder decoder;
    for (std::size_t at = 0; at < bytes.size(); at += chunk_bytes) decoder.push(bytes.substr(at, chunk_bytes), sink);
    decoder.finish(sink);
    return out;
}

/// The same by the plain road: one character after the other.
[[nodiscard]] inline auto decoded_plainly(std::string_view bytes) -> std::string {
    std::string out;
    while (!bytes.empty()) {
        const auto here = cria::utf8::decode(bytes);
        out += here.valid ? bytes.substr(0, here.length) : cria::utf8::replacement_text;
        bytes.remove_prefix(here.length);
    }
    return out;
}

/// A sentence about the first promise that `text` breaks, or nullptr. Its first byte chooses address and chunks.
[[nodiscard]] inline auto fuzz_utf8_validate(std::string_view text) -> const char* {
    const auto choice = text.empty() ? 0U : static_cast<unsigned char>(text.front());
    // A copy that ends with its allocation, at any alignment, and one that begins with it.
    const std::size_t offset = choice % 64;
    const std::unique_ptr<char[]> at_end(new char[offset + text.size()]);
    const std::unique_ptr<char[]> at_start(new char[text.size()]);
    if (!text.empty()) {
        std::memcpy(at_end.get() + offset, text.data(), text.size());
        std::memcpy(at_start.get(), text.data(), text.size());
    }
    if (const char* const broken = broken_by_kernels({at_end.get() + offset, text.size()})) return broken;
    if (const char* const broken = broken_by_kernels({at_start.get(), text.size()})) return broken;

    const std::string expected = decoded_plainly(text);
    if (!cria::utf8::is_valid(expected)) return "the decoder's text is ill-formed";
    for (const std::size_t chunk_bytes : {std::size_t{1} + choice, text.size() + 1, std::size_t{3}})
        if (decoded_in_chunks(text, chunk_bytes) != expected) return "chunks come out otherwise than characters";
    return nullptr;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_UTF8_VALIDATE_HPP
