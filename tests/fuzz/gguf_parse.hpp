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

// What has to hold for gguf::parse and parse_prefix whatever the bytes and the policy. One body for libFuzzer and for
// the test that replays the named files; the sanitizers watch the memory, this watches the answers.
//
// It runs a hundred million times, so that what needs many parses or makes strings is sampled, by a number made of the
// bytes: the same bytes always meet the same checks.

namespace cria_test {

namespace detail {

/// A policy that lets everything pass: what it refuses, no policy may open.
[[nodiscard]] inline auto open_everything() -> cria::gguf::policy {
    constexpr std::uint64_t no_limit = ~std::uint64_t{0};
    cria::gguf::policy rules;
    for (std::size_t i = 0; i < cria::gguf::n_situations; ++i) rules.on[static_cast<cria::gguf::situation>(i)] = cria::gguf::verdict::accept;
    rules.max_keys = rules.max_tensors = rules.max_key_bytes = rules.max_name_bytes = rules.max_alignment = rules.max_header_bytes = no_limit;
    rules.max_array_depth = 16;
    return rules;
}

/// A number made of the bytes; FNV-1a of a few dozen of them.
[[nodiscard]] inline auto sample_of(cria::byte_view bytes) -> std::uint64_t {
    std::uint64_t hash = 0xCBF29CE484222325U ^ bytes.size();
    const std::size_t step = bytes.size() / 64 + 1;
    for (std::size_t i = 0; i < bytes.size(); i += step) hash = (hash ^ std::to_integer<std::uint64_t>(bytes[i])) * 0x100000001B3U;
    return hash ^ (hash >> 29U);
}

[[nodiscard]] inline auto fuzz_error(const cria::error& why, bool with_message) -> const char* {
    if (why.code == cria::errc::incomplete) return "a whole file is called incomplete";
    if (why.code == cria::errc::out_of_memory) return nullptr;
    if (!with_message) return nullptr;
    const std::string message = why.message();
    if (message.empty() || message.size() > 1024) return "the message is empty or endless";
    for (const char c : message)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "the message is not one printable line";
    return nullptr;
}

[[nodiscard]] inline auto fuzz_contents(const cria::gguf::contents& contents, std::uint64_t size, const cria::gguf::policy& rules) -> const char* {
    if (contents.header_bytes() > size) return "the header ends behind the file";
    if (contents.data_offset_bytes() < contents.header_bytes()) return "data begins inside the header";
    if (contents.file_bytes() != size) return "the file has another size";
    if (contents.warnings().size() > rules.max_warnings || contents.n_warnings() < contents.warnings().size()) return "warnings are miscounted";
    for (const auto& warning : contents.warnings()) {
        if (contents.has_data() && warning.offset_bytes > size) return "a warning points behind the file";
        if (rules.on[warning.what] != cria::gguf::verdict::warn) return "a warning that nobody asked for";
    }
    if (contents.has_data())
        for (const auto& tensor : contents.tensors())
            if (tensor.offset_bytes > size || tensor.size_bytes > size - tensor.offset_bytes) return "a tensor lies outside the file";
    return nullptr;
}

}  // namespace detail

/// A sentence about the first promise that `bytes` breaks, or nullptr.
[[nodiscard]] inline auto fuzz_gguf_parse(cria::byte_view bytes) -> const char* {
    using cria::errc;
    using cria::gguf::profile;
    // A copy of its own size: a read behind the end must leave the allocation.
    const std::unique_ptr<std::byte[]> copy(new std::byte[bytes.size()]);
    if (!bytes.empty()) std::memcpy(copy.get(), bytes.data(), bytes.size());
    const cria::byte_view whole(copy.get(), bytes.size());
    const std::uint64_t sample = detail::sample_of(whole);

    const cria::gguf::policy everything = detail::open_everything();
    const auto widest = cria::gguf::parse(whole, everything);
    if (widest) {
        if (const char* const broken = detail::fuzz_contents(*widest, whole.size(), everything)) return broken;
        if (widest->n_warnings() != 0) return "a warning from a policy that has none";
        if (walk(*widest, sample % 4 == 0 ? whole : cria::byte_view()).contradictions != 0) return "contents contradict themselves";
    } else if (const char* const broken = detail::fuzz_error(widest.error(), sample % 8 == 0)) {
        return broken;
    }
    for (std::uint64_t i = 0; i < 3; ++i) {
        if (!widest && i != sample % 3) continue;  // refused by all: one of them will do
        const auto rules = cria::gguf::policy::of(static_cast<profile>(i));
        const auto parsed = cria::gguf::parse(whole, rules);
        if (!parsed) {
            if (const char* const broken = detail::fuzz_error(parsed.error(), sample % 8 == 1)) return broken;
            continue;
        }
        if (!widest) return "a profile opens what the policy without rules refuses";
        if (const char* const broken = detail::fuzz_contents(*parsed, whole.size(), rules)) return broken;
        if (parsed->header_bytes() != widest->header_bytes() || parsed->data_offset_bytes() != widest->data_offset_bytes() || parsed->has_data() != widest->has_data() ||
            parsed->metadata().size() != widest->metadata().size() || parsed->tensors().size() != widest->tensors().size())
            return "two policies read two contents";
    }
    if (sample % 4 == 2) {  // a type of the caller's: one of the first tensor's id where there is one
        const cria::user_type types[] = {{.id = widest && !widest->tensors().empty() ? widest->tensors()[0].type : cria::tensor_type{200},
                                          .layout = {"own", static_cast<std::uint32_t>(sample >> 8U & 63U), static_cast<std::uint32_t>(sample >> 16U)},
                                          .extra_bytes_per_row = static_cast<std::uint32_t>(sample >> 48U)}};
        cria::gguf::policy rules = everything;
        rules.types = types;
        if (const auto parsed = cria::gguf::parse(whole, rules))
            if (const char* const broken = detail::fuzz_contents(*parsed, whole.size(), rules)) return broken;
    }

    // Prefixes: the header alone says what the whole file says; anything shorter asks for more, or refuses alike.
    const std::size_t lengths[] = {static_cast<std::size_t>(sample >> 11U) % (whole.size() + 1), widest ? static_cast<std::size_t>(widest->header_bytes()) : whole.size() / 2};
    const auto rules = sample % 2 == 0 ? cria::gguf::policy() : everything;
    const auto parsed = cria::gguf::parse(whole, rules);
    for (const std::size_t length : lengths) {
        const auto prefix = cria::gguf::parse_prefix(whole.first(length), whole.size(), rules);
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
