// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_WALK_HPP
#define CRIA_TESTS_SUPPORT_WALK_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cria/gguf/parse.hpp"

// Touches everything that gguf::contents can say: under the sanitizers, whatever parse() has let through
// must be readable to its last byte.

namespace cria_test {

/// A sum over all the bytes and numbers, so that nothing is optimised away, and what did not fit together.
struct walked {
    std::uint64_t sum = 0;
    std::uint64_t contradictions = 0;  ///< must be 0
};

namespace detail {

inline void add_text(walked& total, std::string_view text) {
    for (const char c : text) total.sum = total.sum * 31 + static_cast<unsigned char>(c);
}

template <class T>
void add_array(walked& total, const cria::gguf::value& value) {
    const auto array = value.get<cria::gguf::array<T>>();
    if (!array) {
        ++total.contradictions;
        return;
    }
    std::size_t n = 0;
    for (const T element : *array) {
        total.sum += std::isfinite(static_cast<double>(element)) ? 1U : 2U;
        ++n;
    }
    if (n != value.count() || n != array->size()) ++total.contradictions;
}

template <class T>
void add_number(walked& total, const cria::gguf::value& value) {
    const auto number = value.get<T>();
    if (!number || !value.as<T>()) ++total.contradictions;
    else total.sum += std::isfinite(static_cast<double>(*number)) ? 1U : 2U;
}

inline void add_value(walked& total, const cria::gguf::value& value) {
    using cria::gguf::value_type;
    const bool is_array = value.type() == value_type::array;
    const auto add = [&]<class T>(T) { is_array ? add_array<T>(total, value) : add_number<T>(total, value); };
    switch (is_array ? value.element_type() : value.type()) {
        case value_type::u8: add(std::uint8_t{}); break;
        case value_type::i8: add(std::int8_t{}); break;
        case value_type::u16: add(std::uint16_t{}); break;
        case value_type::i16: add(std::int16_t{}); break;
        case value_type::u32: add(std::uint32_t{}); break;
        case value_type::i32: add(std::int32_t{}); break;
        case value_type::u64: add(std::uint64_t{}); break;
        case value_type::i64: add(std::int64_t{}); break;
        case value_type::f32: add(float{}); break;
        case value_type::f64: add(double{}); break;
        case value_type::boolean: add(bool{}); break;
        case value_type::string:
            if (is_array) {
                const auto texts = value.get<cria::gguf::string_array>();
                if (!texts || texts->size() != value.count()) {
                    ++total.contradictions;
                    break;
                }
                std::size_t n = 0;
                for (const std::string_view text : *texts) {
                    add_text(total, text);
                    ++n;
                }
                if (n != texts->size()) ++total.contradictions;
            } else if (const auto text = value.get<std::string_view>()) {
                add_text(total, *text);
            } else {
                ++total.contradictions;
            }
            break;
        case value_type::array: {
            const auto inner = value.get<cria::gguf::nested_array>();
            std::size_t n = 0;
            if (inner)
                for (const cria::gguf::value element : *inner) {
                    add_value(total, element);
                    ++n;
                }
            if (!inner || n != value.count()) ++total.contradictions;
            break;
        }
    }
    add_text(total, cria::detail::as_text(value.bytes()));
}

}  // namespace detail

/// Every key, value and tensor. With `data`, the bytes of the whole file, tensors are read too.
inline auto walk(const cria::gguf::contents& contents, cria::byte_view data = {}) -> walked {
    walked total;
    for (const auto& entry : contents.metadata()) {
        detail::add_text(total, entry.key);
        detail::add_value(total, entry.value);
        const auto found = contents.metadata().find(entry.key);
        if (!found || found->offset_bytes() != entry.value.offset_bytes()) ++total.contradictions;
    }
    for (const auto& tensor : contents.tensors()) {
        detail::add_text(total, tensor.name);
        if (contents.tensors().find(tensor.name) != &tensor) ++total.contradictions;
        if (!contents.has_data()) continue;
        if (tensor.offset_bytes > contents.file_bytes() || tensor.size_bytes > contents.file_bytes() - tensor.offset_bytes) ++total.contradictions;
        else if (!data.empty() && tensor.size_bytes != 0)
            detail::add_text(total, cria::detail::as_text(data.subspan(static_cast<std::size_t>(tensor.offset_bytes), static_cast<std::size_t>(tensor.size_bytes))));
        total.sum += tensor.shape.elements();
    }
    return total;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_WALK_HPP
