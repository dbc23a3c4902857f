// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_PARSE_HPP
#define CRIA_GGUF_PARSE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/sort.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/base/text.hpp"
#include "cria/gguf/array_walk.hpp"
#include "cria/gguf/cursor.hpp"
#include "cria/gguf/encoding.hpp"
#include "cria/gguf/foreign.hpp"
#include "cria/gguf/metadata.hpp"
#include "cria/gguf/policy.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/gguf/types.hpp"
#include "cria/gguf/value.hpp"

#include <bit>  // endian, has_single_bit
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

// Bytes in, an index of what they say out. This is the only place that looks at a file it does not trust:
// once `contents` exists, every offset in it is in range, every name is free of zero bytes and unlike every
// other, every shape has a product that fits and every tensor's data lies inside the file, away from the others'.
//
// Linear in the header's bytes (n log n in the tensors, for the overlap check), no recursion, no allocation
// larger than what the bytes in hand can pay for: each count is compared with the smallest size its items
// can have before anything is reserved.
//
// Reads GGUF versions 1 to 3 in both byte orders. Layout and rules: ggml's docs/gguf.md; where that text and the
// readers in use differ, the policy decides (policy.hpp), and what it lets pass with a warning is kept as a value.

namespace cria::inline v0::gguf {

/// Everything a file's header says, checked. Move-only.
///
/// Borrows: the bytes given to parse(). Threads: const, safe to share.
class contents {
public:
    /// 1, 2 or 3.
    [[nodiscard]] auto version() const noexcept -> std::uint32_t { return version_; }
    /// Of everything in the file, tensor data included.
    [[nodiscard]] auto byte_order() const noexcept -> std::endian { return written_.order; }
    /// How this file's numbers, lengths and texts are written.
    [[nodiscard]] auto encoding() const noexcept -> const gguf::encoding& { return written_; }
    [[nodiscard]] auto metadata() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::metadata& { return metadata_; }
    auto metadata() && -> const gguf::metadata& = delete;
    [[nodiscard]] auto tensors() const& noexcept CRIA_LIFETIME_BOUND -> const tensor_table& { return tensors_; }
    auto tensors() && -> const tensor_table& = delete;
    /// `general.alignment`, or the default of 32.
    [[nodiscard]] auto alignment_bytes() const noexcept -> std::uint64_t { return alignment_; }
    /// Where the header (metadata and tensor infos) ends.
    [[nodiscard]] auto header_bytes() const noexcept -> std::uint64_t { return header_bytes_; }
    /// Where tensor data starts: the header's end, rounded up to the alignment. May lie past the end of a file without tensors, or without their data.
    [[nodiscard]] auto data_offset_bytes() const noexcept -> std::uint64_t { return data_offset_; }
    /// Bytes of the whole file.
    [[nodiscard]] auto file_bytes() const noexcept -> std::uint64_t { return file_bytes_; }
    /// False for a header without its data (situation::missing_data): tensors are listed, their bytes are not there.
    [[nodiscard]] auto has_data() const noexcept -> bool { return has_data_; }
    /// What is odd about the file and was let pass: the first policy::max_warnings of it, in the order it was found.
    [[nodiscard]] auto warnings() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const warning> { return warnings_.span(); }
    auto warnings() && -> std::span<const warning> = delete;
    /// How much that was in all.
    [[nodiscard]] auto n_warnings() const noexcept -> std::uint64_t { return n_warnings_; }

private:
    friend struct detail::builder;
    contents() noexcept = default;

    gguf::metadata metadata_;
    tensor_table tensors_;
    std::uint64_t alignment_ = 32;
    std::uint64_t header_bytes_ = 0;
    std::uint64_t data_offset_ = 0;
    std::uint64_t file_bytes_ = 0;
    std::uint64_t n_warnings_ = 0;
    buffer<warning> warnings_;
    std::uint32_t version_ = 0;
    gguf::encoding written_;
    bool has_data_ = true;
};

/// The contents of a GGUF file whose bytes are all in `bytes`.
/// Fails:   bad_magic, unsupported_version, unsupported_feature, truncated, limit_exceeded, overflow, invalid_value,
///          duplicate_name, misaligned, data_out_of_bounds, data_overlap, wrong_type, wrong_shape, unsupported_type, out_of_memory;
///          offset and subject say where.
/// Borrows: `bytes`, for as long as the contents live.
/// Cost:    O(header bytes); the tensors' data is not touched.
[[nodiscard]] inline auto parse(byte_view bytes, const policy& rules = {}) -> result<contents>;

/// The same from the first bytes of a file of `file_bytes` bytes.
/// Fails: also errc::incomplete, where the header goes on: error::expected is a lower bound on the bytes it takes. Whoever
///        follows it fetches at least twice what is in hand, or each string may cost a fetch and a parse.
///        errc::invalid_argument where file_bytes is less than the prefix.
/// Padding behind the header is looked at as far as it is in hand; nothing is asked for because of a warning.
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

    [[nodiscard]] static auto run(byte_view prefix, std::uint64_t file_bytes, const policy& rules) -> result<contents> {
        builder build{cursor(prefix, file_bytes, {}, rules.max_header_bytes), rules, contents{}};
        CRIA_TRY_VOID(build.read_header());
        CRIA_TRY_VOID(build.read_metadata());
        CRIA_TRY_VOID(build.read_alignment());
        CRIA_TRY_VOID(build.read_tensors());
        CRIA_TRY_VOID(build.place_data());
        return std::move(build.out);
    }

    // --- verdicts ---

    /// What the policy makes of a situation: nothing, a warning, or the error `why`.
    auto judge(situation what, const error& why, std::string_view subject) -> result<void> {
        switch (rules.on[what]) {
            case verdict::accept: return {};
            case verdict::warn: return warn(what, why.offset == error::no_offset ? 0 : why.offset, subject);
            case verdict::reject: break;
        }
        return why;
    }

    auto warn(situation what, std::uint64_t at, std::string_view subject) -> result<void> {
        ++out.n_warnings_;
        if (out.warnings_.size() >= rules.max_warnings) return {};  // a file may have a million of them
        return out.warnings_.push_back({what, at, subject}, "warnings");
    }

    // --- header ---

    auto read_header() -> result<void> {
        CRIA_TRY(const auto magic, in.take(4, "magic"));
        if (cria::detail::as_text(magic) != "GGUF")
            return error{errc::bad_magic, 0, "magic"}.because(recognise_foreign(in.available())).expecting("GGUF", cria::detail::as_text(magic));
        CRIA_TRY_VOID(read_version());
        out.file_bytes_ = in.total_bytes();
        const std::uint64_t tensors_at = in.offset();
        CRIA_TRY(n_tensors, in.read_length("tensor count"));
        const std::uint64_t keys_at = in.offset();
        CRIA_TRY(n_keys, in.read_length("key count"));
        CRIA_TRY_VOID(check_count(n_keys, rules.max_keys, least_key_bytes(), keys_at, "key count"));
        return check_count(n_tensors, rules.max_tensors, least_tensor_bytes(), tensors_at, "tensor count");
    }

    /// The magic reads the same in both byte orders; the version does not.
    auto read_version() -> result<void> {
        CRIA_TRY(auto version, in.read<std::uint32_t>("version"));
        gguf::encoding written;
        if (const auto other_order = cria::detail::swapped(version); other_order == 2 || other_order == 3) {
            version = other_order;
            written.order = std::endian::big;
            CRIA_TRY_VOID(judge(situation::byte_swapped, error{errc::unsupported_feature, 4, "version"}.because("file is big-endian, which the policy refuses"), "version"));
        }
        if (version != 0 && (version & 0xFFFFU) == 0)
            return error{errc::unsupported_version, 4, "version"}
                .because("big-endian file of a version that is not read")
                .expecting("2 or 3", std::uint64_t{cria::detail::swapped(version)});
        if (version < 1 || version > 3) return error{errc::unsupported_version, 4, "version"}.expecting("1, 2 or 3", std::uint64_t{version});
        if (version == 1) {
            written.length_bytes = 4;
            written.terminated = true;
            CRIA_TRY_VOID(judge(situation::version_1, error{errc::unsupported_version, 4, "version"}.expecting("2 or 3", std::uint64_t{1}), "version"));
        }
        out.version_ = version;
        set_encoding(written);
        return {};
    }

    void set_encoding(const gguf::encoding& written) {
        in.set_encoding(written);
        out.written_ = written;
        out.metadata_.written_ = written;
        out.metadata_.file_ = in.available().data();
    }

    // The least bytes an item takes: what bounds a count by the bytes that are left.
    [[nodiscard]] auto least_key_bytes() const noexcept -> std::uint64_t { return std::uint64_t{in.encoding().length_bytes} + 1 + 4 + 1; }  // key of one byte, type, value
    [[nodiscard]] auto least_tensor_bytes() const noexcept -> std::uint64_t { return std::uint64_t{in.encoding().length_bytes} + 4 + 4 + 8; }  // name, dimensions, type, offset

    /// A count the file states at `at`: within the policy, and payable by the bytes that are left.
    auto check_count(std::uint64_t count, std::uint64_t most, std::uint64_t least_item_bytes, std::uint64_t at, std::string_view subject) const
        -> result<void> {
        if (count > most) return error{errc::limit_exceeded, at, subject}.expecting(most, count);
        return in.afford(count, least_item_bytes, at, subject);
    }

    // --- metadata ---

    auto read_metadata() -> result<void> {
        auto& records = out.metadata_.records_;
        CRIA_TRY_VOID(records.reserve(n_keys, "metadata index"));
        CRIA_TRY(out.metadata_.index_, name_index::make(n_keys, "metadata index"));
        while (records.size() < n_keys) {
            const auto begin = static_cast<std::uint32_t>(records.size());
            const auto outcome = read_entries();
            const auto end = static_cast<std::uint32_t>(records.size());
            const std::uint32_t twice = out.metadata_.index_.insert_group(begin, end, metadata::name_at{&out.metadata_});
            if (twice != name_index::nowhere) return error{errc::duplicate_name, records[twice].key_offset, out.metadata_.key_at(twice)};
            CRIA_TRY_VOID(outcome);  // second: what is wrong first in the file is reported
        }
        return {};
    }

    /// Appends the records of the next entries, as many as the index takes at a time.
    auto read_entries() -> result<void> {
        auto& records = out.metadata_.records_;
        for (std::uint32_t i = 0; i < name_index::group_size && records.size() < n_keys; ++i) {
            metadata_record record;
            record.key_offset = in.offset();
            CRIA_TRY(const auto key, read_key(records.empty()));
            record.key_bytes = static_cast<std::uint32_t>(key.size());  // max_key_bytes, or the file, is smaller
            CRIA_TRY_VOID(check_key(key, record.key_offset));
            CRIA_TRY_VOID(read_value(key, record));
            CRIA_TRY_VOID(records.push_back(record, "metadata index"));
        }
        return {};
    }

    auto read_key(bool is_first) -> result<std::string_view> {
        constexpr std::uint64_t most_32_bits = 0xFFFF'FFFFU;  // a record's field
        CRIA_TRY(const auto stored, in.read_stored_string("metadata key", rules.max_key_bytes < most_32_bits ? rules.max_key_bytes : most_32_bits));
        // The first writers of version 2 still stored the zero byte that version 1 has. They did so everywhere, and no key may hold one.
        if (is_first && out.version_ == 2 && stored.size() > 1 && stored.back() == std::byte{0}) {
            gguf::encoding written = in.encoding();
            written.terminated = true;
            set_encoding(written);
        }
        return in.encoding().text_in(stored);
    }

    auto check_key(std::string_view key, std::uint64_t at) -> result<void> {
        if (key.empty()) return error{errc::invalid_value, at, "metadata key"}.because("is empty");
        if (is_plain_key(key) && key.size() <= 65535) return {};
        if (key.find('\0') != std::string_view::npos) return error{errc::invalid_value, at, key}.because("key holds a zero byte");
        if (key.size() > 65535)
            CRIA_TRY_VOID(judge(situation::long_key, error{errc::limit_exceeded, at, "metadata key"}.because("is too long").expecting(65535, std::uint64_t{key.size()}), key));
        if (!cria::detail::is_well_formed(key)) return judge(situation::key_not_utf8, error{errc::invalid_value, at, key}.because("key is not UTF-8"), key);
        if (is_plain_key(key)) return {};
        return judge(situation::key_charset, error{errc::invalid_value, at, key}.because("key is not dotted lower_snake_case"), key);
    }

    /// Segments of a-z, 0-9 and _, with single dots between them: the specification's keys.
    [[nodiscard]] static auto is_plain_key(std::string_view key) noexcept -> bool {
        bool in_segment = false;
        for (const char c : key) {
            if (c == '.' && !in_segment) return false;
            in_segment = c != '.';
            if (in_segment && !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
        }
        return in_segment;
    }

    auto read_value(std::string_view key, metadata_record& record) -> result<void> {
        CRIA_TRY(const auto type, read_value_type(in, key));
        record.type = record.element_type = static_cast<std::uint8_t>(type);
        record.count = 1;
        if (type == value_type::array) return read_array(key, record);
        if (type == value_type::string) {
            CRIA_TRY(const auto bytes, in.read_stored_string(key, rules.max_string_bytes));
            record.value_bytes = bytes.size();
            record.value_offset = in.offset() - bytes.size();
            return {};
        }
        record.value_offset = in.offset();
        record.value_bytes = size_bytes_of(type);
        CRIA_TRY(const auto bytes, in.take(record.value_bytes, key));
        return type == value_type::boolean ? check_bools(bytes, record.value_offset, key) : result<void>();
    }

    auto read_array(std::string_view key, metadata_record& record) -> result<void> {
        CRIA_TRY(const auto head, read_array_head(in, key));
        CRIA_TRY_VOID(check_array(head, key));
        record.element_type = static_cast<std::uint8_t>(head.element);
        record.count = head.count;
        record.value_offset = in.offset();
        const auto over = [&](const array_head& inner) { return read_elements(inner, key); };
        if (head.element == value_type::array) {
            CRIA_TRY_VOID(judge(situation::nested_array, error{errc::unsupported_feature, head.type_at, key}.because("arrays of arrays are refused by the policy"), key));
            CRIA_TRY_VOID(walk_nested(in, head, rules.max_array_depth, key, [&](const array_head& inner) { return check_array(inner, key); }, over));
        } else {
            CRIA_TRY_VOID(over(head));
        }
        record.value_bytes = in.offset() - record.value_offset;
        return {};
    }

    auto check_array(const array_head& head, std::string_view key) const -> result<void> {
        if (head.count <= rules.max_array_elements) return {};
        return error{errc::limit_exceeded, head.count_at, key}.because("array has too many elements").expecting(rules.max_array_elements, head.count);
    }

    auto read_elements(const array_head& head, std::string_view key) -> result<void> {
        if (head.element == value_type::string) return in.skip_strings(head.count, key, rules.max_string_bytes);
        const std::uint64_t at = in.offset();
        CRIA_TRY(const auto bytes, in.take(head.count * size_bytes_of(head.element), key));  // read_array_head has seen that this fits
        return head.element == value_type::boolean ? check_bools(bytes, at, key) : result<void>();
    }

    auto check_bools(byte_view bytes, std::uint64_t at, std::string_view key) -> result<void> {
        if (rules.on[situation::odd_bool] == verdict::accept) return {};
        std::size_t odd = 0;
        while (odd < bytes.size() && bytes[odd] <= std::byte{1}) ++odd;
        if (odd == bytes.size()) return {};
        return judge(situation::odd_bool, error{errc::invalid_value, at + odd, key}.because("bool is neither 0 nor 1").finding(std::to_integer<std::uint64_t>(bytes[odd])), key);
    }

    auto read_alignment() -> result<void> {
        constexpr std::string_view key = "general.alignment";
        const auto stated = out.metadata_.find(key);
        if (!stated) return {};
        const std::uint64_t at = stated->offset_bytes();
        if (stated->type() != value_type::u32) return error{errc::wrong_type, at, key}.expecting("u32", name_of(stated->type()));
        CRIA_TRY(const std::uint64_t alignment, stated->get<std::uint32_t>(key));
        if (!std::has_single_bit(alignment)) return error{errc::invalid_value, at, key}.because("is not a power of two").finding(alignment);
        if (alignment < 8)
            CRIA_TRY_VOID(judge(situation::small_alignment, error{errc::invalid_value, at, key}.because("is below 8").finding(alignment), key));
        if (alignment > rules.max_alignment)
            CRIA_TRY_VOID(judge(situation::large_alignment, error{errc::limit_exceeded, at, key}.expecting(rules.max_alignment, alignment), key));
        out.alignment_ = alignment;
        return {};
    }

    // --- tensors ---

    auto read_tensors() -> result<void> {
        // The metadata has eaten bytes since the header was checked; what is left has to pay for the infos before they are reserved.
        CRIA_TRY_VOID(check_count(n_tensors, rules.max_tensors, least_tensor_bytes(), 8, "tensor count"));
        auto& tensors = out.tensors_.tensors_;
        CRIA_TRY_VOID(tensors.reserve(n_tensors, "tensor table"));
        CRIA_TRY(out.tensors_.index_, name_index::make(n_tensors, "tensor table"));
        while (tensors.size() < n_tensors) {
            const auto begin = static_cast<std::uint32_t>(tensors.size());
            std::uint64_t offsets[name_index::group_size];
            const auto outcome = read_infos(offsets);
            const auto end = static_cast<std::uint32_t>(tensors.size());
            const std::uint32_t twice = out.tensors_.index_.insert_group(begin, end, tensor_table::name_at{tensors.data()});
            if (twice != name_index::nowhere)
                return error{errc::duplicate_name, offsets[twice - begin], tensors[twice].name}.because("tensor appears twice");
            CRIA_TRY_VOID(outcome);
        }
        return {};
    }

    /// Appends the next tensors, as many as the index takes at a time, and says where their names stand.
    auto read_infos(std::uint64_t (&offsets)[name_index::group_size]) -> result<void> {
        auto& tensors = out.tensors_.tensors_;
        for (std::uint32_t i = 0; i < name_index::group_size && tensors.size() < n_tensors; ++i) {
            offsets[i] = in.offset();
            CRIA_TRY(const auto read, read_tensor());
            CRIA_TRY_VOID(tensors.push_back(read, "tensor table"));
        }
        return {};
    }

    /// One tensor info; its offset still counts from the data section.
    auto read_tensor() -> result<tensor> {
        tensor read;
        CRIA_TRY_VOID(read_name(read));
        CRIA_TRY_VOID(read_shape(read));
        CRIA_TRY_VOID(read_type(read));
        CRIA_TRY_VOID(read_offset(read));
        return read;
    }

    /// What errors call a tensor, whose name may be empty.
    [[nodiscard]] static auto called(const tensor& read) noexcept -> std::string_view { return read.name.empty() ? "tensor without a name" : read.name; }

    auto read_name(tensor& read) -> result<void> {
        const std::uint64_t at = in.offset();
        CRIA_TRY(read.name, in.read_string("tensor name", rules.max_name_bytes));
        if (read.name.find('\0') != std::string_view::npos) return error{errc::invalid_value, at, read.name}.because("tensor name holds a zero byte");
        if (read.name.empty()) return judge(situation::empty_tensor_name, error{errc::invalid_value, at, "tensor name"}.because("is empty"), called(read));
        if (read.name.size() < 64) return {};
        return judge(situation::long_tensor_name,
                     error{errc::limit_exceeded, at, read.name}.because("tensor name is too long for ggml").expecting(63, std::uint64_t{read.name.size()}), read.name);
    }

    auto read_shape(tensor& read) -> result<void> {
        const std::uint64_t at = in.offset();
        CRIA_TRY(const auto n_dimensions, in.read<std::uint32_t>(called(read)));
        const std::uint64_t most = rules.max_dimensions < shape::max_dimensions ? rules.max_dimensions : shape::max_dimensions;
        const auto more_than = [&](std::uint64_t limit) {
            return error{errc::limit_exceeded, at, called(read)}.because("has too many dimensions").expecting(limit, std::uint64_t{n_dimensions});
        };
        if (n_dimensions > most) return more_than(most);
        if (n_dimensions > 4) CRIA_TRY_VOID(judge(situation::many_dimensions, more_than(4), called(read)));
        read.shape.n_dimensions = n_dimensions;
        std::uint64_t product = 1;  // of the extents that are not 0: {2^62, 0, 8} is as malformed as {2^62, 8}
        for (std::uint32_t i = 0; i < n_dimensions; ++i) {
            const std::uint64_t extent_at = in.offset();
            CRIA_TRY(const auto extent, in.read_length(called(read)));
            constexpr std::uint64_t most_elements = ~std::uint64_t{0} >> 1U;
            if (!cria::detail::checked_multiply(product, extent == 0 ? 1 : extent, product) || product > most_elements)
                return error{errc::overflow, extent_at, called(read)}.because("number of elements does not fit 63 bits").finding(extent);
            read.shape.extents[i] = extent;
        }
        return {};
    }

    auto read_type(tensor& read) -> result<void> {
        const std::uint64_t at = in.offset();
        CRIA_TRY(const auto id, in.read<std::uint32_t>(called(read)));
        read.type = static_cast<tensor_type>(id);
        const user_type* const users = find_user_type(rules.types, read.type);
        const auto known = users != nullptr ? std::optional<geometry>(users->layout) : geometry_of(read.type);
        if (!known) {
            const error why{errc::unsupported_type, at, called(read)};
            if (const auto removed = removed_type_name(read.type); !removed.empty())
                return judge(situation::removed_type, why.because("tensor type was removed from the format; quantize the model anew").finding(removed), called(read));
            return judge(situation::unknown_type, why.because("tensor type is not known").finding(std::uint64_t{id}), called(read));
        }
        const std::uint64_t row = read.shape[0];
        if (known->elements_per_block == 0 || row % known->elements_per_block != 0)
            return error{errc::wrong_shape, at, called(read)}
                .because("row does not fill whole blocks of its type")
                .expecting(std::uint64_t{known->elements_per_block}, row);
        const auto size = bytes_of(*known, read.shape.elements());
        const std::uint64_t n_rows = row == 0 ? 0 : read.shape.elements() / row;
        std::uint64_t extra = 0;
        if (!size || !cria::detail::checked_multiply(n_rows, users != nullptr ? users->extra_bytes_per_row : 0, extra) ||
            !cria::detail::checked_add(*size, extra, read.size_bytes))
            return error{errc::overflow, at, called(read)}.because("size in bytes does not fit 64 bits");
        return {};
    }

    auto read_offset(tensor& read) -> result<void> {
        const std::uint64_t at = in.offset();
        CRIA_TRY(read.offset_bytes, in.read<std::uint64_t>(called(read)));
        if (read.offset_bytes % out.alignment_ == 0) return {};
        return error{errc::misaligned, at, called(read)}
            .because("data offset is not a multiple of the alignment")
            .expecting(out.alignment_, read.offset_bytes);
    }

    [[nodiscard]] auto is_known(const tensor& of) const noexcept -> bool {
        return find_user_type(rules.types, of.type) != nullptr || geometry_of(of.type).has_value();
    }

    // --- data ---

    auto place_data() -> result<void> {
        out.header_bytes_ = in.offset();
        // The header's end fits the file, and alignments are below 2^32: only a file at the very end of 64 bits could make this overflow.
        if (!cria::detail::checked_round_up(out.header_bytes_, out.alignment_, out.data_offset_))
            return error{errc::overflow, out.header_bytes_, "general.alignment"};
        CRIA_TRY(const bool is_there, look_for_data());
        CRIA_TRY_VOID(check_header_padding());
        CRIA_TRY_VOID(check_order());
        CRIA_TRY(const auto by_offset, sort_by_offset());
        CRIA_TRY_VOID(size_unknown_types(by_offset));
        if (is_there) CRIA_TRY_VOID(check_bounds());
        CRIA_TRY_VOID(check_overlap(by_offset));
        return is_there ? check_end() : result<void>();
    }

    /// Whether the file goes on behind its header, if it has to.
    auto look_for_data() -> result<bool> {
        if (out.file_bytes_ > out.data_offset_) return true;
        const tensor* first = nullptr;
        for (const tensor& of : out.tensors_.tensors_)
            if (first == nullptr && (of.size_bytes != 0 || !is_known(of))) first = &of;
        if (first == nullptr) return true;  // no bytes are nowhere missing
        std::uint64_t end = 0;
        if (!cria::detail::checked_add(out.data_offset_, first->offset_bytes, end) || !cria::detail::checked_add(end, first->size_bytes, end)) end = ~std::uint64_t{0};
        const error why = error{errc::data_out_of_bounds, out.data_offset_, called(*first)}.expecting(out.file_bytes_, end);
        if (out.file_bytes_ < out.data_offset_)
            CRIA_TRY_VOID(judge(situation::missing_header_padding, why.because("file ends before the data section begins"), called(*first)));
        CRIA_TRY_VOID(judge(situation::missing_data, why.because("file has no tensor data at all"), called(*first)));
        out.has_data_ = false;
        return false;
    }

    auto check_header_padding() -> result<void> {
        if (rules.on[situation::nonzero_padding] == verdict::accept || out.tensors_.empty()) return {};
        const byte_view have = in.available();
        const std::uint64_t padding_end = out.data_offset_ < out.file_bytes_ ? out.data_offset_ : out.file_bytes_;
        // A prefix may end here, and is not asked for more for the sake of a warning.
        const std::uint64_t end = padding_end < have.size() ? padding_end : have.size();
        for (std::uint64_t at = out.header_bytes_; at < end; ++at)
            if (have[static_cast<std::size_t>(at)] != std::byte{0})
                return judge(situation::nonzero_padding, error{errc::invalid_value, at, "padding"}.because("is not zero"), "padding");
        if (end < padding_end && rules.on[situation::nonzero_padding] == verdict::reject)
            return error{errc::incomplete, end, "padding"}.expecting(padding_end, std::uint64_t{have.size()});
        return {};
    }

    /// Turns offsets into the data section into offsets into the file, and sees whether each is where ggml would look.
    auto check_order() -> result<void> {
        std::uint64_t expected = out.data_offset_;
        bool in_order = true;
        for (tensor& placed : out.tensors_.tensors_) {
            std::uint64_t begin = 0;
            std::uint64_t end = 0;
            if (!cria::detail::checked_add(out.data_offset_, placed.offset_bytes, begin) ||
                !cria::detail::checked_add(begin, placed.size_bytes, end) || !cria::detail::checked_round_up(end, out.alignment_, end))
                return error{errc::overflow, called(placed)}.because("data offset and size do not fit 64 bits").finding(placed.offset_bytes);
            placed.offset_bytes = begin;
            if (in_order && begin != expected) {
                in_order = false;  // one gap moves all that follows: once is enough
                CRIA_TRY_VOID(judge(situation::scattered_offsets,
                                    error{errc::misaligned, begin, called(placed)}.because("data is not where the tensor before it ends").expecting(expected, begin),
                                    called(placed)));
            }
            expected = end;
            in_order = in_order && is_known(placed);  // behind a tensor of unknown size nothing can be expected
        }
        return {};
    }

    /// Positions of the tensors that have bytes, or may have, in the order of their data.
    auto sort_by_offset() const -> result<buffer<std::uint32_t>> {
        const auto& tensors = out.tensors_.tensors_;
        const auto before = [&](std::uint32_t a, std::uint32_t b) {
            return tensors[a].offset_bytes != tensors[b].offset_bytes ? tensors[a].offset_bytes < tensors[b].offset_bytes : a < b;
        };
        buffer<std::uint32_t> order;
        CRIA_TRY_VOID(order.reserve(tensors.size(), "tensor table"));
        bool sorted = true;
        for (std::uint32_t i = 0; i < tensors.size(); ++i) {
            if (tensors[i].size_bytes == 0 && is_known(tensors[i])) continue;  // empty tensors share their offset with whatever follows them
            sorted = sorted && (order.empty() || before(order.back(), i));
            CRIA_TRY_VOID(order.push_back(i, "tensor table"));
        }
        if (!sorted) cria::detail::sort(order.data(), order.size(), before);
        return order;
    }

    /// Tensors of unknown layout take what lies between them and the next one, or the file's end.
    auto size_unknown_types(const buffer<std::uint32_t>& order) -> result<void> {
        auto& tensors = out.tensors_.tensors_;
        std::uint64_t next = out.file_bytes_;  // where the data behind the current tensor begins
        std::uint64_t same = next;             // the offset `next` was passed at
        for (std::size_t i = order.size(); i-- > 0;) {
            tensor& of = tensors[order[i]];
            if (of.offset_bytes != same) {
                if (i + 1 < order.size()) next = tensors[order[i + 1]].offset_bytes;
                same = of.offset_bytes;
            }
            if (is_known(of)) continue;
            // Where it begins at the file's end nothing is left for it, unless it has no elements.
            if (of.offset_bytes > next || (of.offset_bytes == next && of.shape.elements() != 0)) {
                if (!out.has_data_) continue;
                return error{errc::data_out_of_bounds, of.offset_bytes, called(of)}.because("no bytes are left for a tensor of unknown type");
            }
            of.size_bytes = next - of.offset_bytes;
        }
        return {};
    }

    auto check_bounds() const -> result<void> {
        for (const tensor& of : out.tensors_.tensors_) {
            const std::uint64_t end = of.offset_bytes + of.size_bytes;  // check_order() has seen that this fits
            if (end <= out.file_bytes_) continue;
            const error why = error{errc::data_out_of_bounds, of.offset_bytes, called(of)}.expecting(out.file_bytes_, end);
            return is_fork_of_q2_0(of, room_of(of)) ? why.because("data ends past the end of the file, unless its q2_0 is a fork's with blocks of 128 elements") : why;
        }
        return {};
    }

    /// Bytes from a tensor's data to the next tensor's, or to the file's end. Cost: a look at all of them; for errors.
    [[nodiscard]] auto room_of(const tensor& of) const noexcept -> std::uint64_t {
        std::uint64_t next = out.file_bytes_;
        for (const tensor& other : out.tensors_.tensors_)
            if (other.offset_bytes > of.offset_bytes && other.offset_bytes < next) next = other.offset_bytes;
        return next > of.offset_bytes ? next - of.offset_bytes : 0;
    }

    /// Whether the room for a q2_0 tensor is that of a fork's type with the same id: 34 bytes for 128 elements.
    [[nodiscard]] auto is_fork_of_q2_0(const tensor& of, std::uint64_t room) const noexcept -> bool {
        if (of.type != tensor_type::q2_0 || find_user_type(rules.types, of.type) != nullptr || of.shape[0] % 128 != 0) return false;
        const std::uint64_t size = of.shape.elements() / 128 * 34;  // less than size_bytes
        return room >= size && room - size < out.alignment_;
    }

    /// No byte belongs to two tensors, unless they share all of them and the policy lets them.
    auto check_overlap(const buffer<std::uint32_t>& order) -> result<void> {
        const auto& tensors = out.tensors_.tensors_;
        for (std::size_t i = 1; i < order.size(); ++i) {
            const tensor& before = tensors[order[i - 1]];
            const tensor& after = tensors[order[i]];
            const std::uint64_t room = after.offset_bytes - before.offset_bytes;
            if (room >= before.size_bytes) continue;
            const error why = error{errc::data_overlap, after.offset_bytes, called(after)}.because("data overlaps that of another tensor").finding(called(before));
            if (room == 0 && before.size_bytes == after.size_bytes) CRIA_TRY_VOID(judge(situation::shared_data, why, called(after)));
            else if (is_fork_of_q2_0(before, room)) return why.because("data overlaps that of another tensor, unless its q2_0 is a fork's with blocks of 128 elements");
            else return why;
        }
        return {};
    }

    /// What follows the last byte of data: padding, and nothing else.
    auto check_end() -> result<void> {
        std::uint64_t end = out.header_bytes_;
        for (const tensor& of : out.tensors_.tensors_)
            if (of.offset_bytes + of.size_bytes > end) end = of.offset_bytes + of.size_bytes;
        std::uint64_t padded = 0;
        if (!cria::detail::checked_round_up(end, out.alignment_, padded)) return {};
        if (out.file_bytes_ > padded)
            return judge(situation::trailing_bytes, error{errc::invalid_value, padded, "end of file"}.because("bytes follow the last tensor").finding(out.file_bytes_ - padded), "end of file");
        if (out.file_bytes_ == padded || out.tensors_.empty()) return {};
        return judge(situation::missing_last_padding, error{errc::truncated, out.file_bytes_, "end of file"}.because("the last tensor's padding is missing").expecting(padded, out.file_bytes_), "end of file");
    }
};

}  // namespace detail

inline auto parse(byte_view bytes, const policy& rules) -> result<contents> { return detail::builder::run(bytes, bytes.size(), rules); }

inline auto parse_prefix(byte_view prefix, std::uint64_t file_bytes, const policy& rules) -> result<contents> {
    // The size may come from a server, and be anything.
    if (prefix.size() > file_bytes)
        return error{errc::invalid_argument, "file size"}.because("is smaller than the prefix in hand").expecting(std::uint64_t{prefix.size()}, file_bytes);
    return detail::builder::run(prefix, file_bytes, rules);
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_PARSE_HPP
