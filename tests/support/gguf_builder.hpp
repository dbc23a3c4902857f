// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_GGUF_BUILDER_HPP
#define CRIA_TESTS_SUPPORT_GGUF_BUILDER_HPP

#include <algorithm>  // reverse
#include <bit>        // endian
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "cria/base/tensor_type.hpp"
#include "cria/gguf/types.hpp"

// Writes GGUF files in memory, well-formed unless told otherwise: any version, either byte order, every
// header field and every length replaceable by a lie. It encodes on its own and shares no code with the
// reader, so that the two check each other.
//
//     const auto bytes = gguf_builder()
//                            .key("general.architecture", "llama")
//                            .key("llama.block_count", std::uint32_t{2})
//                            .array("tokenizer.ggml.scores", std::vector<float>{0, -1})
//                            .tensor("output_norm.weight", {64}, cria::tensor_type::f32)
//                            .build();
//
// lay_out() gives the same bytes and where in them each field ended up, which is where a reader's complaints
// have to point. Malformed files: gguf_malformed.hpp; odd but valid ones: gguf_odd.hpp; whole little models:
// tiny_models.hpp.

namespace cria_test {

using file_bytes = std::vector<std::byte>;

/// The bytes of `text`.
inline auto bytes_of_text(std::string_view text) -> file_bytes {
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

/// How numbers and texts are written in a version and a byte order of the format.
struct gguf_encoding {
    std::uint32_t version = 3;
    std::endian order = std::endian::little;
    bool terminated = false;  ///< texts are stored with a zero byte behind them, as the first C writer did

    template <class T>
    void number(file_bytes& out, T value) const {
        static_assert(std::is_arithmetic_v<T>);
        std::byte raw[sizeof(T)];
        std::memcpy(raw, &value, sizeof raw);
        if (order != std::endian::native) std::reverse(raw, raw + sizeof raw);
        out.insert(out.end(), raw, raw + sizeof raw);
    }
    /// A length, count or extent: 32 bits in version 1, 64 since.
    void length(file_bytes& out, std::uint64_t value) const {
        if (version == 1) number(out, static_cast<std::uint32_t>(value));
        else number(out, value);
    }
    void text(file_bytes& out, std::string_view value) const {
        length(out, value.size() + (terminated ? 1 : 0));
        const auto bytes = bytes_of_text(value);
        out.insert(out.end(), bytes.begin(), bytes.end());
        if (terminated) out.push_back(std::byte{0});
    }
};

/// The number of the type that a C++ number has in a file.
template <class T>
[[nodiscard]] constexpr auto value_type_of() -> cria::gguf::value_type {
    using cria::gguf::value_type;
    if constexpr (std::is_same_v<T, bool>) return value_type::boolean;
    else if constexpr (std::is_same_v<T, float>) return value_type::f32;
    else if constexpr (std::is_same_v<T, double>) return value_type::f64;
    else if constexpr (std::is_convertible_v<T, std::string_view>) return value_type::string;
    else if constexpr (std::is_signed_v<T>) return sizeof(T) == 1 ? value_type::i8 : sizeof(T) == 2 ? value_type::i16 : sizeof(T) == 4 ? value_type::i32 : value_type::i64;
    else return sizeof(T) == 1 ? value_type::u8 : sizeof(T) == 2 ? value_type::u16 : sizeof(T) == 4 ? value_type::u32 : value_type::u64;
}

/// A tensor to be written. What is left out is filled in truthfully.
struct tensor_spec {
    std::string name = {};
    std::vector<std::uint64_t> extents = {};
    cria::tensor_type type = cria::tensor_type::f32;
    std::optional<file_bytes> data = {};             ///< zeros of the right size
    std::optional<std::uint32_t> n_dimensions = {};  ///< what the file says; `extents` are written either way
    std::optional<std::uint64_t> offset = {};        ///< from the start of the data section; the next aligned place
};

/// Where a key's fields are, in bytes from the start of the file.
struct key_place {
    std::uint64_t key = 0;    ///< its length field
    std::uint64_t type = 0;   ///< of the value
    std::uint64_t value = 0;  ///< behind the type: a number, a string's length, an array's element type
};

/// Where a tensor's fields are.
struct tensor_place {
    std::uint64_t name = 0;  ///< its length field
    std::uint64_t n_dimensions = 0;
    std::uint64_t extents = 0;
    std::uint64_t type = 0;
    std::uint64_t offset = 0;  ///< the field
    std::uint64_t data = 0;    ///< what the field says, from the start of the file
};

/// A file and a map of it. Of keys and tensors that appear twice, the map has the last.
struct laid_out_file {
    file_bytes bytes;
    std::map<std::string, key_place> keys;
    std::map<std::string, tensor_place> tensors;
    std::uint64_t header_bytes = 0;
    std::uint64_t data_offset = 0;
};

class gguf_builder {
public:
    explicit gguf_builder(std::uint32_t version = 3, std::endian order = std::endian::little) : encoding_{version, order} {}

    /// Every text behind this call is stored with a zero byte, which its length counts: as versions 1 and 2 were by the C writer.
    auto terminated() -> gguf_builder& { return encoding_.terminated = true, *this; }

    // --- metadata, in the order of the calls ---

    /// A number, a bool or a text; the C++ type is the type in the file.
    template <class T>
    auto key(std::string_view name, const T& value) -> gguf_builder& {
        file_bytes bytes;
        put(bytes, value);
        return raw_key(name, static_cast<std::uint32_t>(value_type_of<std::decay_t<T>>()), std::move(bytes));
    }
    /// An array of any of these.
    template <class T>
    auto array(std::string_view name, const std::vector<T>& elements) -> gguf_builder& {
        return raw_key(name, array_type, array_bytes(elements));
    }
    /// An array of arrays, each as array_bytes() or nested_bytes() makes them.
    auto nested(std::string_view name, const std::vector<file_bytes>& arrays) -> gguf_builder& { return raw_key(name, array_type, nested_bytes(arrays)); }
    /// Any type number with any bytes for a value.
    auto raw_key(std::string_view name, std::uint32_t type, file_bytes value) -> gguf_builder& {
        keys_.push_back({std::string(name), type, std::move(value)});
        return *this;
    }
    /// An array that says `count` elements of `element_type` and goes on with `elements`.
    auto raw_array(std::string_view name, std::uint32_t element_type, std::uint64_t count, const file_bytes& elements) -> gguf_builder& {
        file_bytes bytes;
        encoding_.number(bytes, element_type);
        encoding_.length(bytes, count);
        bytes.insert(bytes.end(), elements.begin(), elements.end());
        return raw_key(name, array_type, std::move(bytes));
    }
    /// The key general.alignment, and data laid out by it.
    auto alignment(std::uint32_t bytes) -> gguf_builder& { return key("general.alignment", bytes).data_alignment(bytes); }

    /// As if every key() and array() of this name had not been called.
    auto without_key(std::string_view name) -> gguf_builder& {
        std::erase_if(keys_, [&](const raw_entry& entry) { return entry.name == name; });
        return *this;
    }

    // --- tensors, in the order of the calls ---

    auto tensor(tensor_spec spec) -> gguf_builder& {
        tensors_.push_back(std::move(spec));
        return *this;
    }
    /// With zeros for data.
    auto tensor(std::string_view name, std::vector<std::uint64_t> extents, cria::tensor_type type) -> gguf_builder& {
        return tensor({.name = std::string(name), .extents = std::move(extents), .type = type});
    }
    auto tensor(std::string_view name, std::vector<std::uint64_t> extents, cria::tensor_type type, file_bytes data) -> gguf_builder& {
        return tensor({.name = std::string(name), .extents = std::move(extents), .type = type, .data = std::move(data)});
    }
    /// Numbers as they are: f32, f64 or integers.
    template <class T>
    auto tensor(std::string_view name, std::vector<std::uint64_t> extents, const std::vector<T>& numbers) -> gguf_builder& {
        file_bytes data;
        for (const T number : numbers) encoding_.number(data, number);
        return tensor({.name = std::string(name), .extents = std::move(extents), .type = tensor_type_of<T>(), .data = std::move(data)});
    }

    /// As if every tensor() of this name had not been called.
    auto without_tensor(std::string_view name) -> gguf_builder& {
        std::erase_if(tensors_, [&](const tensor_spec& spec) { return spec.name == name; });
        return *this;
    }

    // --- lies and liberties ---

    auto magic(std::string_view four_bytes) -> gguf_builder& { return magic_ = four_bytes, *this; }
    auto stated_keys(std::uint64_t count) -> gguf_builder& { return stated_keys_ = count, *this; }
    auto stated_tensors(std::uint64_t count) -> gguf_builder& { return stated_tensors_ = count, *this; }
    /// Lays data out by this, whatever the key says.
    auto data_alignment(std::uint64_t bytes) -> gguf_builder& { return alignment_ = bytes == 0 ? 1 : bytes, *this; }
    /// Ends the file with the last tensor's last byte.
    auto without_final_padding() -> gguf_builder& { return final_padding_ = false, *this; }
    /// Ends the file with the tensor infos.
    auto without_data() -> gguf_builder& { return has_data_ = false, *this; }
    /// What padding is made of.
    auto padding_byte(std::byte value) -> gguf_builder& { return padding_ = value, *this; }
    /// Appended to the finished file.
    auto trailing(std::string_view bytes) -> gguf_builder& { return trailing_ = bytes, *this; }

    // --- results ---

    [[nodiscard]] auto build() const -> file_bytes { return lay_out().bytes; }
    [[nodiscard]] auto lay_out() const -> laid_out_file {
        laid_out_file file;
        file_bytes& out = file.bytes;
        const auto here = [&] { return static_cast<std::uint64_t>(out.size()); };
        append(out, bytes_of_text(magic_));
        encoding_.number(out, encoding_.version);
        encoding_.length(out, stated_tensors_.value_or(tensors_.size()));
        encoding_.length(out, stated_keys_.value_or(keys_.size()));
        for (const raw_entry& entry : keys_) {
            key_place place;
            place.key = here();
            encoding_.text(out, entry.name);
            place.type = here();
            encoding_.number(out, entry.type);
            place.value = here();
            append(out, entry.value);
            file.keys[entry.name] = place;
        }
        const std::vector<std::uint64_t> offsets = data_offsets();
        for (std::size_t i = 0; i < tensors_.size(); ++i) {
            const tensor_spec& spec = tensors_[i];
            tensor_place place;
            place.name = here();
            encoding_.text(out, spec.name);
            place.n_dimensions = here();
            encoding_.number(out, spec.n_dimensions.value_or(static_cast<std::uint32_t>(spec.extents.size())));
            place.extents = here();
            for (const std::uint64_t extent : spec.extents) encoding_.length(out, extent);
            place.type = here();
            encoding_.number(out, static_cast<std::uint32_t>(spec.type));
            place.offset = here();
            encoding_.number(out, offsets[i]);
            file.tensors[spec.name] = place;
        }
        file.header_bytes = here();
        file.data_offset = round_up(here());
        for (std::size_t i = 0; i < tensors_.size(); ++i) file.tensors[tensors_[i].name].data = file.data_offset + offsets[i];
        if (has_data_ && !tensors_.empty()) write_data(file, offsets);
        append(out, bytes_of_text(trailing_));
        return file;
    }

    /// An array value: element type, count, elements.
    template <class T>
    [[nodiscard]] auto array_bytes(const std::vector<T>& elements) const -> file_bytes {
        file_bytes bytes;
        encoding_.number(bytes, static_cast<std::uint32_t>(value_type_of<T>()));
        encoding_.length(bytes, elements.size());
        for (std::size_t i = 0; i < elements.size(); ++i) put(bytes, static_cast<const T&>(elements[i]));  // vector<bool> has no references
        return bytes;
    }
    /// An array value whose elements are `arrays`.
    [[nodiscard]] auto nested_bytes(const std::vector<file_bytes>& arrays) const -> file_bytes {
        file_bytes bytes;
        encoding_.number(bytes, array_type);
        encoding_.length(bytes, arrays.size());
        for (const file_bytes& inner : arrays) append(bytes, inner);
        return bytes;
    }
    [[nodiscard]] auto encoding() const -> const gguf_encoding& { return encoding_; }

private:
    static constexpr std::uint32_t array_type = static_cast<std::uint32_t>(cria::gguf::value_type::array);
    // Data that a spec puts further out than this is not written: the file ends before it.
    static constexpr std::uint64_t farthest_data = std::uint64_t{1} << 26U;

    struct raw_entry {
        std::string name;
        std::uint32_t type;
        file_bytes value;
    };

    static void append(file_bytes& out, const file_bytes& more) { out.insert(out.end(), more.begin(), more.end()); }

    template <class T>
    void put(file_bytes& out, const T& value) const {
        if constexpr (std::is_convertible_v<T, std::string_view>) encoding_.text(out, value);
        else if constexpr (std::is_same_v<T, bool>) out.push_back(value ? std::byte{1} : std::byte{0});
        else encoding_.number(out, value);
    }

    template <class T>
    static constexpr auto tensor_type_of() -> cria::tensor_type {
        using cria::tensor_type;
        if constexpr (std::is_same_v<T, float>) return tensor_type::f32;
        else if constexpr (std::is_same_v<T, double>) return tensor_type::f64;
        else return sizeof(T) == 1 ? tensor_type::i8 : sizeof(T) == 2 ? tensor_type::i16 : sizeof(T) == 4 ? tensor_type::i32 : tensor_type::i64;
    }

    [[nodiscard]] auto round_up(std::uint64_t n) const -> std::uint64_t { return (n + alignment_ - 1) / alignment_ * alignment_; }

    /// Bytes of a tensor's data in the file; 0 where its shape makes no sense.
    static auto data_bytes(const tensor_spec& spec) -> std::uint64_t {
        if (spec.data) return spec.data->size();
        const auto layout = cria::geometry_of(spec.type);
        std::uint64_t elements = 1;
        for (const std::uint64_t extent : spec.extents) elements *= extent;
        const std::uint64_t bytes = layout ? elements / layout->elements_per_block * layout->bytes_per_block : 0;
        return bytes <= farthest_data ? bytes : 0;
    }

    [[nodiscard]] auto data_offsets() const -> std::vector<std::uint64_t> {
        std::vector<std::uint64_t> offsets;
        std::uint64_t next = 0;
        for (const tensor_spec& spec : tensors_) {
            offsets.push_back(spec.offset.value_or(next));
            next = round_up(offsets.back() + data_bytes(spec));
        }
        return offsets;
    }

    void write_data(laid_out_file& file, const std::vector<std::uint64_t>& offsets) const {
        file_bytes& out = file.bytes;
        for (std::size_t i = 0; i < tensors_.size(); ++i) {
            const std::uint64_t size = data_bytes(tensors_[i]);
            if (offsets[i] > farthest_data) continue;
            const std::uint64_t begin = file.data_offset + offsets[i];
            if (out.size() < begin) out.resize(begin, padding_);
            if (out.size() < begin + size) out.resize(begin + size, std::byte{0});
            if (tensors_[i].data) std::copy(tensors_[i].data->begin(), tensors_[i].data->end(), out.begin() + static_cast<std::ptrdiff_t>(begin));
        }
        if (final_padding_) out.resize(round_up(out.size()), padding_);
    }

    gguf_encoding encoding_;
    std::string magic_ = "GGUF";
    std::vector<raw_entry> keys_;
    std::vector<tensor_spec> tensors_;
    std::optional<std::uint64_t> stated_keys_;
    std::optional<std::uint64_t> stated_tensors_;
    std::uint64_t alignment_ = 32;
    std::byte padding_{0};
    bool final_padding_ = true;
    bool has_data_ = true;
    std::string trailing_;
};

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_GGUF_BUILDER_HPP
