// SPDX-License-Identifier: MIT
#include "value_text.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;

// What is shown of long values: enough to recognise them by.
constexpr std::size_t shown_elements = 8;
constexpr std::size_t shown_string_bytes = 72;
constexpr std::size_t shown_element_bytes = 32;
constexpr std::size_t json_elements = 16;

/// Calls `visit` with the value as the C++ type that holds every value of its type, or as an array of such.
template <class Visit>
void visit_value(const gguf::value& value, Visit visit) {
    using enum gguf::value_type;
    const auto as = [&]<class T>() {
        if (value.type() == array) {
            if (const auto elements = value.get<gguf::array<T>>()) visit(*elements);
        } else {
            if (const auto single = value.get<T>()) visit(*single);
        }
    };
    switch (value.element_type()) {
        case u8:
        case u16:
        case u32:
        case u64: return as.template operator()<std::uint64_t>();
        case i8:
        case i16:
        case i32:
        case i64: return as.template operator()<std::int64_t>();
        case f32: return as.template operator()<float>();
        case f64: return as.template operator()<double>();
        case boolean: return as.template operator()<bool>();
        case string: return as.template operator()<std::string_view>();
        case array:
            if (const auto nested = value.get<gguf::nested_array>()) visit(*nested);
            return;
    }
}

template <class T>
inline constexpr bool is_single = std::is_arithmetic_v<T> || std::is_same_v<T, std::string_view>;

/// One value for people; a string that is an element is cut shorter than one that stands alone.
template <class T>
auto text_of(const T& typed, bool full, std::size_t string_bytes) -> std::string {
    if constexpr (std::is_same_v<T, std::string_view>) {
        return quoted(typed, full ? std::string::npos : string_bytes);
    } else if constexpr (is_single<T>) {
        return fmt::format("{}", typed);
    } else if constexpr (std::is_same_v<T, gguf::value>) {
        std::string out;
        visit_value(typed, [&](const auto& inner) { out = text_of(inner, full, string_bytes); });  // as deep as parse() lets arrays nest
        return out;
    } else {
        std::string out = "[";
        std::size_t shown = 0;
        for (const auto element : typed) {
            if (!full && shown == shown_elements && typed.size() > shown_elements) {
                out += fmt::format(", … {} more", grouped(typed.size() - shown));
                break;
            }
            if (shown++ > 0) out += ", ";
            out += text_of(element, full, shown_element_bytes);
        }
        return out + "]";
    }
}

/// One value for programs.
template <class T>
auto json_of(const T& typed, bool full, bool& elided) -> json {
    if constexpr (std::is_same_v<T, std::string_view>) {
        return json_text(typed);
    } else if constexpr (std::is_floating_point_v<T>) {
        return json_number(typed);
    } else if constexpr (is_single<T>) {
        return typed;
    } else if constexpr (std::is_same_v<T, gguf::value>) {
        json out;
        visit_value(typed, [&](const auto& inner) { out = json_of(inner, full, elided); });
        return out;
    } else {
        json out = json::array();
        for (const auto element : typed) {
            if (!full && out.size() == json_elements) {
                elided = true;
                break;
            }
            out.push_back(json_of(element, full, elided));
        }
        return out;
    }
}

}  // namespace

auto type_text(const gguf::value& value) -> std::string {
    if (value.type() != gguf::value_type::array) return gguf::name_of(value.type());
    return fmt::format("{}[{}]", gguf::name_of(value.element_type()), value.count());
}

auto value_text(const gguf::value& value, bool full) -> std::string { return text_of(value, full, shown_string_bytes); }

void append_value(json& out, const gguf::value& value, bool full) {
    bool elided = false;
    json content = json_of(value, full, elided);
    out["type"] = gguf::name_of(value.type());
    if (value.type() == gguf::value_type::array) {
        out["element_type"] = gguf::name_of(value.element_type());
        out["count"] = value.count();
    }
    out["offset"] = value.offset_bytes();
    out["elided"] = elided;
    out["value"] = std::move(content);
}

}  // namespace cli
