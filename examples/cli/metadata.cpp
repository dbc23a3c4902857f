// SPDX-License-Identifier: MIT
// cria metadata: a file's key-value pairs, in its order.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "cria/gguf/file.hpp"
#include "json.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;

// What is shown of long values without --full: enough to recognise them by.
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
        case array: return;  // arrays of arrays do not pass parse()
    }
}

/// One value for people.
template <class T>
auto text_of(const T& single, std::size_t limit_bytes) -> std::string {
    if constexpr (std::is_same_v<T, std::string_view>) return quoted(single, limit_bytes);
    else return fmt::format("{}", single);
}

template <class T>
auto text_of(const gguf::array<T>& elements, std::size_t limit_bytes) -> std::string {
    const bool full = limit_bytes == std::string::npos;
    std::string out = "[";
    std::size_t shown = 0;
    for (const auto element : elements) {
        if (!full && shown == shown_elements && elements.size() > shown_elements) {
            out += fmt::format(", … {} more", grouped(elements.size() - shown));
            break;
        }
        if (shown++ > 0) out += ", ";
        out += text_of(element, full ? limit_bytes : shown_element_bytes);
    }
    return out + "]";
}

/// One value for programs.
template <class T>
auto json_of(const T& single, bool) -> json {
    if constexpr (std::is_same_v<T, std::string_view>) return json_text(single);
    else if constexpr (std::is_floating_point_v<T>) return json_number(single);
    else return single;
}

template <class T>
auto json_of(const gguf::array<T>& elements, bool full) -> json {
    json out = json::array();
    for (const auto element : elements) {
        if (!full && out.size() == json_elements) break;
        out.push_back(json_of(element, full));
    }
    return out;
}

auto type_of(const gguf::value& value) -> std::string {
    if (value.type() != gguf::value_type::array) return gguf::name_of(value.type());
    return fmt::format("{}[{}]", gguf::name_of(value.element_type()), value.count());
}

auto json_of(const gguf::metadata_entry& entry, bool full) -> json {
    const gguf::value& value = entry.value;
    const bool is_array = value.type() == gguf::value_type::array;
    json out;
    out["key"] = json_text(entry.key);
    out["type"] = gguf::name_of(value.type());
    if (is_array) {
        out["element_type"] = gguf::name_of(value.element_type());
        out["count"] = value.count();
    }
    out["offset"] = value.offset_bytes();
    out["elided"] = is_array && !full && value.count() > json_elements;
    visit_value(value, [&](const auto& typed) { out["value"] = json_of(typed, full); });
    return out;
}

/// The entries that were asked for, in the file's order.
/// Fails: errc::missing_key, naming the first key that is not there.
auto select(const gguf::metadata& metadata, const metadata_options& options) -> cria::result<std::vector<const gguf::metadata_entry*>> {
    for (const std::string& key : options.keys)
        if (!metadata.contains(key)) return cria::error{cria::errc::missing_key, key};
    std::vector<std::string_view> keys(options.keys.begin(), options.keys.end());
    std::sort(keys.begin(), keys.end());
    const bool everything = keys.empty() && options.prefix.empty();
    std::vector<const gguf::metadata_entry*> chosen;
    for (const gguf::metadata_entry& entry : metadata) {
        const bool by_prefix = !options.prefix.empty() && entry.key.starts_with(options.prefix);
        if (everything || by_prefix || std::binary_search(keys.begin(), keys.end(), entry.key)) chosen.push_back(&entry);
    }
    return chosen;
}

}  // namespace

auto run(const metadata_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const auto file, gguf::file::open(options.model));
    CRIA_TRY(const auto entries, select(file.metadata(), options));

    if (options.json) {
        json list = json::array();
        for (const auto* const entry : entries) list.push_back(json_of(*entry, options.full));
        json document;
        document["metadata"] = std::move(list);
        out.write(to_text(document));
        return {};
    }

    constexpr std::size_t widest_column = 48;  // one absurd name must not push every value off the screen
    std::size_t key_width = 0;
    std::size_t type_width = 0;
    for (const auto* const entry : entries) {
        key_width = std::max(key_width, std::min(widest_column, width_of(printable(entry->key))));
        type_width = std::max(type_width, type_of(entry->value).size());
    }
    const std::size_t limit = options.full ? std::string::npos : shown_string_bytes;
    for (const auto* const entry : entries) {
        std::string value;
        visit_value(entry->value, [&](const auto& typed) { value = text_of(typed, limit); });
        out.print("{}  {}  {}\n", padded(printable(entry->key), key_width), padded(type_of(entry->value), type_width), value);
        if (out.broken()) break;
    }
    return {};
}

}  // namespace cli
