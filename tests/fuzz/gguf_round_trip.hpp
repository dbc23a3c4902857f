// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_GGUF_ROUND_TRIP_HPP
#define CRIA_TESTS_FUZZ_GGUF_ROUND_TRIP_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "cria/gguf/compare.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/gguf/writer.hpp"

// What has to hold for gguf::writer on whatever gguf::parse accepts: a copy says the same, and a copy of the copy is
// the same, byte for byte.

namespace cria_test {

/// A sentence about the first promise that is broken on `file`, or nullptr.
[[nodiscard]] inline auto fuzz_gguf_round_trip(cria::byte_view file) -> const char* {
    using namespace cria;
    // A copy pays for alignment, which a file without tensors need not: a few bytes must not become a megabyte each time.
    const auto source = gguf::parse(file);
    if (!source || source->alignment_bytes() > 4096 || source->tensors().size() > 4096) return nullptr;
    const auto copy = gguf::writer::copy_of(*source, file);
    if (!copy) return copy.error().code == errc::unsupported_feature ? "a copy in the same byte order is refused" : "what was read cannot be copied";
    const auto plan = copy->plan();
    const auto first = copy->bytes();
    if (!plan || !first) return "a copy cannot be written";
    if (plan->file_bytes != first->size()) return "the plan is of another size than the file";

    const auto again = gguf::parse(first->span());
    if (!again) return "what was written cannot be read";
    if (again->header_bytes() != plan->header_bytes || again->data_offset_bytes() != plan->data_offset_bytes) return "the plan has another header than the file";
    const bool had_filler = source->metadata().contains(gguf::filler_key);
    if (again->metadata().size() + (had_filler ? 1U : 0U) != source->metadata().size()) return "keys were lost";
    std::size_t at = 0;
    for (const auto& entry : source->metadata()) {
        if (entry.key == gguf::filler_key) continue;
        const auto copied = again->metadata()[at++];
        if (copied.key != entry.key) return "a key is another one";
        if (!gguf::same_value(copied.value, entry.value)) return "a value is another one";
    }
    if (again->tensors().size() != source->tensors().size()) return "tensors were lost";
    for (std::size_t i = 0; i < source->tensors().size(); ++i) {
        const gguf::tensor& before = source->tensors()[i];
        const gguf::tensor& after = again->tensors()[i];
        const auto slice = [](byte_view of, const gguf::tensor& part) {
            return of.subspan(static_cast<std::size_t>(part.offset_bytes), static_cast<std::size_t>(part.size_bytes));
        };
        if (after.name != before.name || after.type != before.type || after.shape.n_dimensions != before.shape.n_dimensions || !(after.shape == before.shape))
            return "a tensor is another one";
        const bool known = geometry_of(before.type).has_value();
        // Of an unknown type, padding cannot be told from data.
        if (known ? after.size_bytes != before.size_bytes : after.size_bytes < before.size_bytes) return "a tensor has another size";
        const byte_view old_data = slice(file, before);
        const byte_view new_data = slice(first->span(), after);
        if (!std::equal(old_data.begin(), old_data.end(), new_data.begin())) return "data is other data";
        if (std::any_of(new_data.begin() + static_cast<std::ptrdiff_t>(old_data.size()), new_data.end(), [](std::byte b) { return b != std::byte{0}; }))
            return "padding is not zero";
    }

    const auto second_writer = gguf::writer::copy_of(*again, first->span());
    if (!second_writer) return "a copy cannot be copied";
    const auto second = second_writer->bytes();
    if (!second) return "a copy of the copy cannot be written";
    if (second->size() != first->size() || !std::equal(first->begin(), first->end(), second->begin())) return "a copy of the copy is another file";
    return nullptr;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_GGUF_ROUND_TRIP_HPP
