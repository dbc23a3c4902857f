// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_PARSE_HPP
#define CRIA_GGUF_PARSE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/base/text.hpp"
#include "cria/gguf/cursor.hpp"
#include "cria/gguf/metadata.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/gguf/types.hpp"
#include "cria/gguf/value.hpp"

#include <algorithm>  // sort
#include <bit>        // endian, has_single_bit
#include <cstdint>
#include <string_view>

// Bytes in, an index of what they say out. This is the only place that looks at a file it does not trust:
// once `contents` exists, every offset in it is in range, every name is free of zero bytes and unlike every
// other, every shape has a product that fits and every tensor's data lies inside the file, away from the others'.
//
// Linear in the header's bytes (n log n in the tensors, for the overlap check), no recursion, no allocation
// larger than what the bytes in hand can pay for: each count is compared with the smallest size its items
// can have before anything is reserved.
//
// Reads GGUF versions 2 and 3, little-endian. Layout and rules: ggml's docs/gguf.md; where the text and the
// mainstream readers differ, what the readers accept.

namespace cria::inline v0::gguf {

/// What a file may ask for before it is refused. The defaults are far above every model in use.
struct policy {
    std::uint64_t max_keys = std::uint64_t{1} << 20U;
    std::uint64_t max_tensors = std::uint64_t{1} << 22U;
    std::uint64_t max_key_bytes = 65535;   ///< the format's own limit
    std::uint64_t max_name_bytes = 65535;  ///< of a tensor; ggml stops at 63
    std::uint32_t max_dimensions = shape::max_dimensions;  ///< at most that; ggml stops at 4
    std::uint64_t max_alignment = std::uint64_t{1} << 20U;
    std::uint64_t max_header_bytes = std::uint64_t{1} << 30U;  ///< metadata and tensor infos together; what access::owned may read into memory
};

/// Everything a file's header says, checked. Move-only.
///
/// Borrows: the bytes given to parse(). Threads: const, safe to share.
class contents {
public:
    [[nodiscard]] auto version() const noexcept -> std::uint32_t { return version_; }
    [[nodiscard]] auto metadata() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::metadata& { return metadata_; }
    auto metadata() && -> const gguf::metadata& = delete;
    [[nodiscard]] auto tensors() const& noexcept CRIA_LIFETIME_BOUND -> const tensor_table& { return tensors_; }
    auto tensors() && -> const tensor_table& = delete;
    /// `general.alignment`, or the default of 32.
    [[nodiscard]] auto alignment_bytes() const noexcept -> std::uint64_t { return alignment_; }
    /// Where the header (metadata and tensor infos) ends.
    [[nodiscard]] auto header_bytes() const noexcept -> std::uint64_t { return header_bytes_; }
    /// Where tensor data starts: the header's end, rounded up to the alignment. May lie past the end of a file without tensors.
    [[nodiscard]] auto data_offset_bytes() const noexcept -> std::uint64_t { return data_offset_; }
    /// Bytes of the whole file.
    [[nodiscard]] auto file_bytes() const noexcept -> std::uint64_t { return file_bytes_; }

private:
    friend struct detail::builder;
    contents() noexcept = default;

    gguf::metadata metadata_;
    tensor_table tensors_;
    std::uint64_t alignment_ = 32;
    std::uint64_t header_bytes_ = 0;
    std::uint64_t data_offset_ = 0;
    std::uint64_t file_bytes_ = 0;
    std::uint32_t version_ = 0;
};

/// The contents of a GGUF file whose bytes are all in `bytes`.
/// Fails:   bad_magic, unsupported_version, unsupported_feature, truncated, limit_exceeded, overflow, invalid_value,
///          duplicate_name, misaligned, data_out_of_bounds, data_overlap, wrong_type, unsupported_type, out_of_memory;
///          offset and subject say where.
/// Borrows: `bytes`, for as long as the contents live.
/// Cost:    O(header bytes); the tensors' data is not touched.
[[nodiscard]] inline auto parse(byte_view bytes, const policy& rules = {}) -> result<contents>;

/// The same from the first bytes of a file of `file_bytes` bytes.
/// Fails: also errc::incomplete, where the header goes on: error::expected is a lower bound on the bytes it takes. Whoever
///        follows it fetches at least twice what is in hand, or each string may cost a fetch and a parse.
/// Precondition: prefix.size() <= file_bytes.
[[nodiscard]] inline auto parse_prefix(byte_view prefix, std::uint64_t file_bytes, const policy& rules = {}) -> result<contents>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// Makes contents out of a cursor; the one friend of the types that only parse() may make.
struct builder {
    cursor in;
    const policy& rules;
    contents out;
    std::uint64_t n_tensors = 0;
    std::uint64_t n_keys = 0;

    // The least bytes an item takes: what bounds a count by the bytes that are left.
    static constexpr std::uint64_t min_entry_bytes = 8 + 1 + 4 + 1;         // key of one byte, type, value
    static constexpr std::uint64_t min_tensor_bytes = 8 + 0 + 4 + 0 + 4 + 8;  // empty name, no dimensions, type, offset
    static constexpr std::uint64_t min_string_bytes = 8;

    [[nodiscard]] static auto run(byte_view prefix, std::uint64_t file_bytes, const policy& rules) -> result<contents> {
        builder build{cursor(prefix, file_bytes, std::endian::little, rules.max_header_bytes), rules, contents{}};
        CRIA_TRY_VOID(build.read_header());
        CRIA_TRY_VOID(build.read_metadata());
        CRIA_TRY_VOID(build.read_alignment());
        CRIA_TRY_VOID(build.read_tensors());
        CRIA_TRY_VOID(build.place_data());
        return std::move(build.out);
    }

    auto read_header() -> result<void> {
        CRIA_TRY(const auto magic, in.take(4, "magic"));
        if (cria::detail::as_text(magic) != "GGUF") return error{errc::bad_magic, 0, "magic"}.expecting("GGUF", cria::detail::as_text(magic));
        CRIA_TRY(const auto version, in.read<std::uint32_t>("version"));
        // The magic reads the same in both byte orders; the version does not.
        if (const auto other_order = cria::detail::swapped(version); other_order == 2 || other_order == 3)
            return error{errc::unsupported_feature, 4, "version"}.because("file is big-endian, which is not supported");
        if (version != 2 && version != 3) return error{errc::unsupported_version, 4, "version"}.expecting("2 or 3", std::uint64_t{version});
        out.version_ = version;
        out.file_bytes_ = in.total_bytes();
        CRIA_TRY(n_tensors, in.read<std::uint64_t>("tensor count"));
        CRIA_TRY(n_keys, in.read<std::uint64_t>("key count"));
        CRIA_TRY_VOID(check_count(n_keys, rules.max_keys, min_entry_bytes, 16, "key count"));
        CRIA_TRY_VOID(check_count(n_tensors, rules.max_tensors, min_tensor_bytes, 8, "tensor count"));
        return {};
    }

    /// A count the file states at `at`: within the policy, and payable by the bytes that are left.
    auto check_count(std::uint64_t count, std::uint64_t most, std::uint64_t least_item_bytes, std::uint64_t at, std::string_view subject) const
        -> result<void> {
        if (count > most) return error{errc::limit_exceeded, at, subject}.expecting(most, count);
        const std::uint64_t payable = in.left() / least_item_bytes;
        if (count > payable) return error{errc::truncated, at, subject}.because("file is too small for this count").expecting(payable, count);
        return in.need(count * least_item_bytes, subject);  // a prefix pays with the bytes in hand, not with those it promises
    }

    // --- metadata ---

    auto read_metadata() -> result<void> {
        auto& entries = out.metadata_.entries_;
        CRIA_TRY_VOID(entries.reserve(n_keys, "metadata index"));
        CRIA_TRY(out.metadata_.index_, name_index::make(n_keys, "metadata index"));
        for (std::uint64_t i = 0; i < n_keys; ++i) {
            const std::uint64_t key_at = in.offset();
            CRIA_TRY(const auto key, in.read_string("metadata key", rules.max_key_bytes));
            CRIA_TRY_VOID(check_key(key, key_at));
            CRIA_TRY(const auto read, read_value(key));
            CRIA_TRY_VOID(entries.push_back({key, read, key_at}, "metadata index"));
            const auto taken = out.metadata_.index_.insert(key, static_cast<std::uint32_t>(i), metadata::name_at{entries.data()});
            if (taken != name_index::nowhere) return error{errc::duplicate_name, key_at, key};
        }
        return {};
    }

    auto check_key(std::string_view key, std::uint64_t at) const -> result<void> {
        if (key.empty()) return error{errc::invalid_value, at, "metadata key"}.because("is empty");
        if (key.find('\0') != std::string_view::npos) return error{errc::invalid_value, at, key}.because("key holds a zero byte");
        if (!cria::detail::is_well_formed(key)) return error{errc::invalid_value, at, key}.because("key is not UTF-8");
        return {};
    }

    auto read_value_type(std::string_view key) -> result<value_type> {
        const std::uint64_t at = in.offset();
        CRIA_TRY(const auto number, in.read<std::uint32_t>(key));
        if (number >= value_type_count) return error{errc::invalid_value, at, key}.because("value type does not exist").finding(std::uint64_t{number});
        return static_cast<value_type>(number);
    }

    auto read_value(std::string_view key) -> result<value> {
        CRIA_TRY(const auto type, read_value_type(key));
        if (type == value_type::string) {
            CRIA_TRY(const auto text, in.read_string(key));
            return value(type, type, 1, in.offset() - text.size(), cria::detail::as_bytes(text), in.order());
        }
        if (type == value_type::array) return read_array(key);
        const std::uint64_t at = in.offset();
        CRIA_TRY(const auto bytes, in.take(size_bytes_of(type), key));
        return value(type, type, 1, at, bytes, in.order());
    }

    auto read_array(std::string_view key) -> result<value> {
        const std::uint64_t type_at = in.offset();
        CRIA_TRY(const auto element, read_value_type(key));
        if (element == value_type::array) return error{errc::unsupported_feature, type_at, key}.because("arrays of arrays are not supported");
        const std::uint64_t count_at = in.offset();
        CRIA_TRY(const auto count, in.read<std::uint64_t>(key));
        const std::uint64_t element_bytes = element == value_type::string ? min_string_bytes : size_bytes_of(element);
        CRIA_TRY_VOID(check_count(count, ~std::uint64_t{0}, element_bytes, count_at, key));  // so the product below cannot overflow
        const std::uint64_t at = in.offset();
        if (element == value_type::string) {
            cursor first = in;
            CRIA_TRY_VOID(in.skip_strings(count, key));
            CRIA_TRY(const auto bytes, first.take(in.offset() - at, key));
            return value(value_type::array, element, count, at, bytes, in.order());
        }
        CRIA_TRY(const auto bytes, in.take(count * element_bytes, key));
        return value(value_type::array, element, count, at, bytes, in.order());
    }

    auto read_alignment() -> result<void> {
        constexpr std::string_view key = "general.alignment";
        const value* const stated = out.metadata_.find(key);
        if (stated == nullptr) return {};
        if (stated->type() != value_type::u32) return error{errc::wrong_type, stated->offset_bytes(), key}.expecting("u32", name_of(stated->type()));
        CRIA_TRY(const std::uint64_t alignment, stated->get<std::uint32_t>(key));
        if (!std::has_single_bit(alignment)) return error{errc::invalid_value, stated->offset_bytes(), key}.because("is not a power of two").finding(alignment);
        if (alignment > rules.max_alignment) return error{errc::limit_exceeded, stated->offset_bytes(), key}.expecting(rules.max_alignment, alignment);
        out.alignment_ = alignment;
        return {};
    }

    // --- tensors ---

    auto read_tensors() -> result<void> {
        // The metadata has eaten bytes since the header was checked; what is left has to pay for the infos before they are reserved.
        CRIA_TRY_VOID(check_count(n_tensors, rules.max_tensors, min_tensor_bytes, 8, "tensor count"));
        auto& tensors = out.tensors_.tensors_;
        CRIA_TRY_VOID(tensors.reserve(n_tensors, "tensor table"));
        CRIA_TRY(out.tensors_.index_, name_index::make(n_tensors, "tensor table"));
        for (std::uint64_t i = 0; i < n_tensors; ++i) {
            const std::uint64_t name_at = in.offset();
            CRIA_TRY(const auto read, read_tensor());
            CRIA_TRY_VOID(tensors.push_back(read, "tensor table"));
            const auto taken = out.tensors_.index_.insert(read.name, static_cast<std::uint32_t>(i), tensor_table::name_at{tensors.data()});
            if (taken != name_index::nowhere) return error{errc::duplicate_name, name_at, read.name}.because("tensor appears twice");
        }
        return {};
    }

    /// One tensor info; its offset still counts from the data section.
    auto read_tensor() -> result<tensor> {
        const std::uint64_t name_at = in.offset();
        tensor read;
        CRIA_TRY(read.name, in.read_string("tensor name", rules.max_name_bytes));
        if (read.name.find('\0') != std::string_view::npos) return error{errc::invalid_value, name_at, read.name}.because("tensor name holds a zero byte");
        CRIA_TRY_VOID(read_shape(read));
        CRIA_TRY_VOID(read_type_and_offset(read));
        return read;
    }

    /// What errors call a tensor, whose name may be empty.
    [[nodiscard]] static auto called(const tensor& read) noexcept -> std::string_view { return read.name.empty() ? "tensor without a name" : read.name; }

    auto read_shape(tensor& read) -> result<void> {
        const std::uint64_t at = in.offset();
        CRIA_TRY(const auto n_dimensions, in.read<std::uint32_t>(called(read)));
        const std::uint64_t most = rules.max_dimensions < shape::max_dimensions ? rules.max_dimensions : shape::max_dimensions;
        if (n_dimensions > most) return error{errc::limit_exceeded, at, called(read)}.because("has too many dimensions").expecting(most, std::uint64_t{n_dimensions});
        read.shape.n_dimensions = n_dimensions;
        std::uint64_t product = 1;  // of the extents that are not 0: {2^62, 0, 8} is as malformed as {2^62, 8}
        for (std::uint32_t i = 0; i < n_dimensions; ++i) {
            const std::uint64_t extent_at = in.offset();
            CRIA_TRY(const auto extent, in.read<std::uint64_t>(called(read)));
            constexpr std::uint64_t most_elements = ~std::uint64_t{0} >> 1U;
            if (!cria::detail::checked_multiply(product, extent == 0 ? 1 : extent, product) || product > most_elements)
                return error{errc::overflow, extent_at, called(read)}.because("number of elements does not fit 63 bits").finding(extent);
            read.shape.extents[i] = extent;
        }
        return {};
    }

    auto read_type_and_offset(tensor& read) -> result<void> {
        const std::uint64_t type_at = in.offset();
        CRIA_TRY(const auto id, in.read<std::uint32_t>(called(read)));
        read.type = static_cast<tensor_type>(id);
        const auto layout = geometry_of(read.type);
        if (const auto removed = removed_type_name(read.type); !removed.empty())
            return error{errc::unsupported_type, type_at, called(read)}
                .because("tensor type was removed from the format; quantize the model anew")
                .finding(removed);
        if (!layout) return error{errc::unsupported_type, type_at, called(read)}.because("tensor type is not known").finding(std::uint64_t{id});
        const std::uint64_t row = read.shape[0];
        if (row % layout->elements_per_block != 0)
            return error{errc::wrong_shape, type_at, called(read)}
                .because("row does not fill whole blocks of its type")
                .expecting(std::uint64_t{layout->elements_per_block}, row);
        const auto size = bytes_of(*layout, read.shape.elements());
        if (!size) return error{errc::overflow, type_at, called(read)}.because("size in bytes does not fit 64 bits");
        read.size_bytes = *size;
        CRIA_TRY(read.offset_bytes, in.read<std::uint64_t>(called(read)));
        const std::uint64_t offset_at = in.offset() - sizeof(std::uint64_t);
        if (read.offset_bytes % out.alignment_ != 0)
            return error{errc::misaligned, offset_at, called(read)}
                .because("data offset is not a multiple of the alignment")
                .expecting(out.alignment_, read.offset_bytes);
        return {};
    }

    // --- data ---

    auto place_data() -> result<void> {
        out.header_bytes_ = in.offset();
        // The header's end fits the file, and the alignment is at most the policy's; only a caller's own policy can make this overflow.
        if (!cria::detail::checked_round_up(out.header_bytes_, out.alignment_, out.data_offset_))
            return error{errc::overflow, out.header_bytes_, "general.alignment"};
        for (tensor& placed : out.tensors_.tensors_) {
            std::uint64_t begin = 0;
            std::uint64_t end = 0;
            if (!cria::detail::checked_add(out.data_offset_, placed.offset_bytes, begin) ||
                !cria::detail::checked_add(begin, placed.size_bytes, end))
                return error{errc::overflow, placed.name}.because("data offset and size do not fit 64 bits").finding(placed.offset_bytes);
            if (end > out.file_bytes_) return error{errc::data_out_of_bounds, begin, placed.name}.expecting(out.file_bytes_, end);
            placed.offset_bytes = begin;
        }
        return check_overlap();
    }

    /// No byte belongs to two tensors. Empty tensors share their offset with whatever follows them.
    auto check_overlap() const -> result<void> {
        const auto& tensors = out.tensors_.tensors_;
        const auto by_offset = [&](std::uint32_t a, std::uint32_t b) { return tensors[a].offset_bytes < tensors[b].offset_bytes; };
        buffer<std::uint32_t> order;
        CRIA_TRY_VOID(order.reserve(tensors.size(), "tensor table"));
        bool sorted = true;
        for (std::uint32_t i = 0; i < tensors.size(); ++i) {
            if (tensors[i].size_bytes == 0) continue;
            sorted = sorted && (order.empty() || !by_offset(i, order.back()));
            CRIA_TRY_VOID(order.push_back(i, "tensor table"));
        }
        if (!sorted) std::sort(order.begin(), order.end(), by_offset);
        for (std::size_t i = 1; i < order.size(); ++i) {
            const tensor& before = tensors[order[i - 1]];
            const tensor& after = tensors[order[i]];
            if (after.offset_bytes - before.offset_bytes < before.size_bytes)
                return error{errc::data_overlap, after.offset_bytes, after.name}.because("data overlaps that of another tensor").finding(before.name);
        }
        return {};
    }
};

}  // namespace detail

inline auto parse(byte_view bytes, const policy& rules) -> result<contents> { return detail::builder::run(bytes, bytes.size(), rules); }

inline auto parse_prefix(byte_view prefix, std::uint64_t file_bytes, const policy& rules) -> result<contents> {
    return detail::builder::run(prefix, file_bytes, rules);
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_PARSE_HPP
