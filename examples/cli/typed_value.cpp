// SPDX-License-Identifier: MIT
#include "typed_value.hpp"

#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

namespace cli {
namespace {

namespace gguf = cria::gguf;
using cria::errc;
using cria::error;
using gguf::encoded_value;

/// A JSON text of arrays, strings, numbers and words. Numbers stay as they are written, so that 0.1 becomes the
/// nearest f32 and not the f32 nearest to a double.
struct node {
    enum class kind : std::uint8_t { array, string, other };
    kind what = kind::other;
    std::string text;
    std::vector<node> elements;
};

/// Builds a node from what the JSON parser meets.
class node_builder {
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    auto null() -> bool { return false; }
    auto boolean(bool value) -> bool { return add({node::kind::other, value ? "true" : "false", {}}); }
    auto number_integer(number_integer_t value) -> bool { return add({node::kind::other, std::to_string(value), {}}); }
    auto number_unsigned(number_unsigned_t value) -> bool { return add({node::kind::other, std::to_string(value), {}}); }
    auto number_float(number_float_t, const string_t& written) -> bool { return add({node::kind::other, written, {}}); }
    auto string(string_t& value) -> bool { return add({node::kind::string, std::move(value), {}}); }
    auto binary(binary_t&) -> bool { return false; }
    auto start_object(std::size_t) -> bool { return false; }
    auto key(string_t&) -> bool { return false; }
    auto end_object() -> bool { return false; }
    auto start_array(std::size_t) -> bool {
        open_.push_back({node::kind::array, {}, {}});
        return open_.size() <= most_depth;
    }
    auto end_array() -> bool {
        node done = std::move(open_.back());
        open_.pop_back();
        return add(std::move(done));
    }
    template <class Exception>
    auto parse_error(std::size_t, const std::string&, const Exception&) -> bool { return false; }

    [[nodiscard]] auto result() && -> node { return std::move(whole_); }

private:
    static constexpr std::size_t most_depth = encoded_value::max_depth;

    auto add(node&& made) -> bool {
        if (open_.empty()) whole_ = std::move(made);
        else open_.back().elements.push_back(std::move(made));
        return true;
    }

    std::vector<node> open_;
    node whole_;
};

auto parse_json(std::string_view text) -> std::optional<node> {
    node_builder builder;
    if (!nlohmann::json::sax_parse(text, &builder)) return std::nullopt;
    return std::move(builder).result();
}

/// Encodes values of one key.
class value_encoder {
public:
    explicit value_encoder(const assignment& from) : from_(from) {}

    auto run() -> cria::result<encoded_value> {
        std::string_view type = from_.type;
        std::size_t depth = 0;
        for (; type.ends_with("[]"); type.remove_suffix(2)) ++depth;
        if (depth > encoded_value::max_depth) return wrong("type is more arrays within one another than readers take", from_.type);
        if (type == "u8") return encode_as<std::uint8_t>(depth);
        if (type == "i8") return encode_as<std::int8_t>(depth);
        if (type == "u16") return encode_as<std::uint16_t>(depth);
        if (type == "i16") return encode_as<std::int16_t>(depth);
        if (type == "u32") return encode_as<std::uint32_t>(depth);
        if (type == "i32") return encode_as<std::int32_t>(depth);
        if (type == "u64") return encode_as<std::uint64_t>(depth);
        if (type == "i64") return encode_as<std::int64_t>(depth);
        if (type == "f32") return encode_as<float>(depth);
        if (type == "f64") return encode_as<double>(depth);
        if (type == "bool") return encode_as<bool>(depth);
        if (type == "string") return encode_as<std::string_view>(depth);
        return wrong("type is none of u8, i8, u16, i16, u32, i32, u64, i64, f32, f64, bool, string, nor one of these with []", from_.type);
    }

private:
    template <class T>
    auto encode_as(std::size_t depth) -> cria::result<encoded_value> {
        if (depth == 0) {
            CRIA_TRY(const T single, read<T>(from_.value));
            return encoded_value::of(single);
        }
        const auto parsed = parse_json(from_.value);
        if (!parsed) return wrong("is not a JSON array", from_.value);
        return encode_array<T>(*parsed, depth);
    }

    template <class T>
    auto encode_array(const node& from, std::size_t depth) -> cria::result<encoded_value> {
        if (from.what != node::kind::array) return wrong("is not as many arrays within one another as its type says", from.text);
        if (depth > 1) {
            std::vector<encoded_value> inner;
            for (const node& element : from.elements) {
                CRIA_TRY(auto encoded, encode_array<T>(element, depth - 1));
                inner.push_back(std::move(encoded));
            }
            return inner.empty() ? encoded_value::empty_array(gguf::value_type::array) : encoded_value::array_of(inner);
        }
        cria::buffer<T> elements;
        for (const node& element : from.elements) {
            CRIA_TRY(const T single, read_element<T>(element));
            CRIA_TRY_VOID(elements.push_back(single, from_.key));
        }
        return encoded_value::array_of(elements.span());
    }

    template <class T>
    auto read_element(const node& from) -> cria::result<T> {
        if (from.what == node::kind::array) return wrong("is more arrays within one another than its type says", from_.type);
        // Numbers are no texts and texts no numbers, but for NaN and the infinities, which JSON has no other way to write.
        const bool is_text = from.what == node::kind::string;
        const bool may_be_named = std::is_floating_point_v<T> && (from.text == "NaN" || from.text == "Infinity" || from.text == "-Infinity");
        if (is_text != std::is_same_v<T, std::string_view> && !(is_text && may_be_named)) return wrong("has an element of another type", from.text);
        return read<T>(from.text);
    }

    template <class T>
    auto read(std::string_view text) -> cria::result<T> {
        if constexpr (std::is_same_v<T, std::string_view>) {
            return text;
        } else if constexpr (std::is_same_v<T, bool>) {
            if (text != "true" && text != "false") return wrong("is neither true nor false", text);
            return text == "true";
        } else {
            T number{};
            const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (failed == std::errc() && end == text.data() + text.size()) return number;
            const bool is_negative = std::is_unsigned_v<T> && text.size() > 1 && text[0] == '-' && text.find_first_not_of("0123456789", 1) == std::string_view::npos;
            const bool is_number = is_negative || (failed == std::errc::result_out_of_range && end == text.data() + text.size());
            return wrong(is_number ? "does not fit its type" : std::is_floating_point_v<T> ? "is not a number" : "is not a whole number", text);
        }
    }

    /// An error about the key, with the type that was stated and the text that is wrong.
    [[nodiscard]] auto wrong(const char* sentence, std::string_view found) const -> error {
        const error why = error{errc::invalid_argument, from_.key}.because(sentence);
        return found == from_.type ? why.finding(found) : why.expecting(from_.type, found);
    }

    const assignment& from_;
};

}  // namespace

auto parse_assignment(std::string_view text) -> cria::result<assignment> {
    const std::size_t equals = text.find('=');
    const std::size_t colon = equals == std::string_view::npos ? equals : text.find(':', equals);
    if (colon == std::string_view::npos || equals == 0) return error{errc::invalid_argument, "--set"}.because("takes KEY=TYPE:VALUE").finding(text);
    return assignment{text.substr(0, equals), text.substr(equals + 1, colon - equals - 1), text.substr(colon + 1)};
}

auto encode(const assignment& from) -> cria::result<encoded_value> { return value_encoder(from).run(); }

}  // namespace cli
