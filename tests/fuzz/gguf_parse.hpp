// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_GGUF_PARSE_HPP
#define CRIA_TESTS_FUZZ_GGUF_PARSE_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

#include "cria/gguf/parse.hpp"
#include "support/walk.hpp"

// What has to hold for gguf::parse and parse_prefix whatever the bytes. One body for libFuzzer and for the
// test that replays the named files; the sanitizers watch the memory, this watches the answers.

namespace cria_test {

/// A sentence about the first promise that `bytes` breaks, or nullptr.
[[nodiscard]] inline auto fuzz_gguf_parse(cria::byte_view bytes) -> const char* {
    using cria::errc;
    // A copy of its own size: a read behind the end must leave the allocation.
    const std::unique_ptr<std::byte[]> copy(new std::byte[bytes.size()]);
    if (!bytes.empty()) std::memcpy(copy.get(), bytes.data(), bytes.size());
    const cria::byte_view whole(copy.get(), bytes.size());

    const auto parsed = cria::gguf::parse(whole);
    if (parsed) {
        if (walk(*parsed, whole).contradictions != 0) return "contents contradict themselves";
        if (parsed->header_bytes() > whole.size()) return "the header ends behind the file";
        if (parsed->data_offset_bytes() < parsed->header_bytes()) return "data begins inside the header";
        if (parsed->file_bytes() != whole.size()) return "the file has another size";
    } else {
        if (parsed.error().code == errc::incomplete) return "a whole file is called incomplete";
        const std::string message = parsed.error().message();
        if (message.empty() || message.size() > 1024) return "the message is empty or endless";
        for (const char c : message)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "the message is not one printable line";
    }

    // Prefixes: the header alone says what the whole file says; anything shorter asks for more, or refuses alike.
    const std::size_t lengths[] = {0, whole.size() / 7, whole.size() / 2, whole.size() - whole.size() / 5, whole.size()};
    for (const std::size_t length : lengths) {
        const auto prefix = cria::gguf::parse_prefix(whole.first(length), whole.size());
        if (prefix) {
            if (!parsed) return "a prefix is fine, the whole file is not";
            if (length < parsed->header_bytes()) return "a part of the header is taken for all of it";
        } else if (prefix.error().code == errc::incomplete) {
            if (parsed && length >= parsed->header_bytes()) return "a whole header is called incomplete";
            if (!prefix.error().expected.is_number() || prefix.error().expected.number() <= length) return "a prefix does not ask for more than it has";
            if (prefix.error().expected.number() > whole.size()) return "a prefix asks for more than there is";
        } else {
            if (parsed) return "a prefix is refused, the whole file is not";
            if (prefix.error().code != parsed.error().code || prefix.error().offset != parsed.error().offset) return "a prefix is refused for another reason than the whole file";
        }
    }
    return nullptr;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_GGUF_PARSE_HPP
