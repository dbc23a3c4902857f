// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_WRITER_HPP
#define CRIA_GGUF_WRITER_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/base/text.hpp"
#include "cria/gguf/encoded_value.hpp"
#include "cria/gguf/encoder.hpp"
#include "cria/gguf/name_index.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/gguf/policy.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/gguf/tensor_data.hpp"
#include "cria/gguf/value.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/output_file.hpp"

#include <bit>  // endian, has_single_bit
#include <cassert>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

// Makes GGUF files: keys and tensors in, bytes out. Metadata is kept encoded, tensor data stays where it is until the
// file is written. The same calls give the same bytes on every machine: keys and tensors in the order they were added,
// padding of zeros, nothing about the time or the place; and they are the bytes that ggml's and gguf-py's writers make
// of the same content.
//
// The layout follows from the metadata: tensors are aligned to what general.alignment says when the file is written,
// wherever among the calls it was set. plan() says all that can be said without reading or writing a byte of data, and
// fails wherever that is to be expected; writing is then a dull loop.
//
// What is written opens under policy profile::standard, but for tensors of types that were removed from the format. It opens under strict_ggml too, unless the caller asks for what
// ggml refuses: arrays of arrays, more than 4 dimensions, names of 64 bytes or more, big-endian files, types of forks.
//
// Tensor data is written as it is given. In a big-endian file the numbers inside it are big-endian as well, and nobody
// here turns them around.

namespace cria::inline v0::gguf {

/// The key whose text nobody reads: it keeps room in a header, so that a later edit need not move the data behind it.
inline constexpr std::string_view filler_key = "cria.padding";

/// How a file is to be written.
struct writer_options {
    std::uint32_t version = 3;                     ///< 2 or 3, which differ in nothing but the number
    std::endian order = std::endian::little;
    bool final_padding = true;                     ///< pad behind the last tensor, and behind a header without tensors, as ggml does
    std::uint64_t reserve_bytes = 0;               ///< room for later edits in place, kept by a filler key (at least 32 bytes)
};

/// What a file will look like.
struct layout {
    std::uint64_t header_bytes = 0;       ///< metadata and tensor infos
    std::uint64_t data_offset_bytes = 0;  ///< where the first tensor may begin
    std::uint64_t file_bytes = 0;
    std::uint64_t alignment_bytes = 32;
    buffer<std::uint64_t> offsets;        ///< of each tensor's data, from data_offset_bytes on
};

/// What was written.
struct written {
    std::uint64_t bytes = 0;
    std::uint64_t data_offset_bytes = 0;
    io::copy_report copied;  ///< of tensors that came from files, which way
};

/// Something that takes a file's bytes, first to last.
template <class S>
concept byte_sink = requires(S& sink, byte_view bytes) {
    { sink.append(bytes) } -> std::same_as<result<void>>;
};

/// A GGUF file in the making. Move-only.
///
///     gguf::writer out;
///     CRIA_TRY_VOID(out.set("general.architecture", "llama"));
///     CRIA_TRY_VOID(out.set("llama.block_count", std::uint32_t{2}));
///     CRIA_TRY_VOID(out.add_tensor("output_norm.weight", shape, tensor_type::f32, gguf::tensor_data::from_memory(bytes)));
///     CRIA_TRY(auto done, out.write("model.gguf"));
///
/// Borrows: what tensor_data is made of. Keys, values and names are copied.
class writer {
public:
    writer() noexcept = default;
    explicit writer(const writer_options& options) noexcept : options_(options) {}
    /// What was moved from is a file without keys and tensors.
    writer(writer&& other) noexcept : writer() { *this = std::move(other); }
    auto operator=(writer&& other) noexcept -> writer& {
        if (this == &other) return *this;
        options_ = other.options_;
        entries_ = std::move(other.entries_);
        arena_ = std::move(other.arena_);
        key_index_ = std::move(other.key_index_);
        garbage_ = std::exchange(other.garbage_, 0);
        n_keys_ = std::exchange(other.n_keys_, 0);
        tensors_ = std::move(other.tensors_);
        names_ = std::move(other.names_);
        tensor_index_ = std::move(other.tensor_index_);
        return *this;
    }

    /// Everything of a file: keys, values, tensors, in its order, written as that is written (version 1 becomes 3). Data is
    /// taken from `source`, where the file begins at `base_offset_bytes`. Left out are slack (filler_key), bytes behind the
    /// last tensor's padding, and gaps: tensors are laid out anew, in the order of the table.
    /// Fails:   errc::out_of_range where the source is too small for the contents; errc::unsupported_feature for tensors in
    ///          another byte order than options.order; as set() and add_tensor().
    /// Borrows: `source`, at its address; not the contents.
    [[nodiscard]] static auto copy_of(const contents& of, const io::native_file& source CRIA_LIFETIME_BOUND, std::uint64_t base_offset_bytes = 0) -> result<writer>;
    [[nodiscard]] static auto copy_of(const contents& of, const io::native_file& source CRIA_LIFETIME_BOUND, std::uint64_t base_offset_bytes,
                                      const writer_options& options) -> result<writer>;
    /// The same of a file in memory.
    [[nodiscard]] static auto copy_of(const contents& of, byte_view file CRIA_LIFETIME_BOUND) -> result<writer>;
    [[nodiscard]] static auto copy_of(const contents& of, byte_view file CRIA_LIFETIME_BOUND, const writer_options& options) -> result<writer>;
    /// How `of` is written: what copy_of() without options takes.
    [[nodiscard]] static auto options_of(const contents& of) noexcept -> writer_options;

    [[nodiscard]] auto options() const noexcept -> const writer_options& { return options_; }
    void set_options(const writer_options& options) noexcept { options_ = options; }

    // --- metadata ---

    /// Puts a value under `key`: where the key is if it is there, else behind all others.
    /// Fails: errc::invalid_argument for a key that is empty, longer than 65535 bytes, not UTF-8, has a zero byte, or is
    ///        filler_key; errc::out_of_memory; as encoded_value::of, array_of and copy_of. Then nothing has changed.
    /// Cost:  O(key and value), whatever the number of keys.
    [[nodiscard]] auto set(std::string_view key, const encoded_value& value) -> result<void>;
    [[nodiscard]] auto set(std::string_view key, const value& of_any_file) -> result<void>;
    template <class T>
        requires(encodable_scalar<T> || encodable_range<T>)
    [[nodiscard]] auto set(std::string_view key, const T& value) -> result<void>;
    /// Takes a key away; whether it was there.
    auto remove(std::string_view key) noexcept -> bool;
    /// Gives a value another key, in its place.
    /// Fails: errc::missing_key; errc::duplicate_name where `to` is taken; as set().
    [[nodiscard]] auto rename(std::string_view from, std::string_view to) -> result<void>;

    /// Keys there are.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return n_keys_; }
    [[nodiscard]] auto contains(std::string_view key) const noexcept -> bool { return position_of(key) != detail::name_index::nowhere; }
    /// The value under `key`. Borrows: until a key is set, renamed or removed.
    [[nodiscard]] auto find(std::string_view key) const noexcept CRIA_LIFETIME_BOUND -> std::optional<value>;
    /// Calls f(std::string_view key, const value&) for each, in order. Borrows: as find().
    template <class F>
    void for_each_key(F&& f) const {
        for (const entry& of : entries_)
            if (of.key_bytes != 0) f(key_of(of), value_of(of));
    }

    // --- tensors ---

    /// Adds a tensor behind all others.
    /// Fails: errc::duplicate_name; errc::invalid_argument for a name over 65535 bytes or with a zero byte, and for memory of
    ///        another size; errc::out_of_range for a file that ends too early; errc::limit_exceeded (dimensions);
    ///        errc::wrong_shape where rows do not fill whole blocks; errc::overflow; errc::unsupported_type for types that neither
    ///        the format nor `types` knows.
    [[nodiscard]] auto add_tensor(std::string_view name, const shape& extents, tensor_type type, const tensor_data& data, std::span<const user_type> types = {})
        -> result<void>;
    /// The same of a type whose layout need not be known, with the bytes it takes. A reader that does not know the type either
    /// finds them with their padding, and with a step of padding for no bytes at all: nothing else says where they end. Of a
    /// type that was removed from the format only lenient readers take anything.
    [[nodiscard]] auto add_tensor_of_size(std::string_view name, const shape& extents, tensor_type type, std::uint64_t size_bytes, const tensor_data& data)
        -> result<void>;
    /// A tensor of another file, with the size it has there: that is believed, since the file may have been read with types
    /// of a fork. Fails: as add_tensor_of_size(), but for errc::wrong_shape.
    [[nodiscard]] auto add_tensor(const tensor& like, const tensor_data& data) -> result<void>;
    [[nodiscard]] auto n_tensors() const noexcept -> std::size_t { return tensors_.size(); }
    [[nodiscard]] auto contains_tensor(std::string_view name) const noexcept -> bool {
        return tensor_index_.find(name, tensor_name{this}) != detail::name_index::nowhere;
    }

    // --- the file ---

    /// Where everything will be.
    /// Fails: errc::invalid_argument for versions but 2 and 3; errc::wrong_type, invalid_value, limit_exceeded for a
    ///        general.alignment that is no u32, no power of two, or above 2^20; errc::limit_exceeded for more keys, tensors or
    ///        header bytes than readers take by default; errc::overflow.
    [[nodiscard]] auto plan() const -> result<layout>;
    /// The file in memory. Fails: as plan() and write_to().
    [[nodiscard]] auto bytes() const -> result<buffer<std::byte>>;
    /// The file into anything that takes bytes, in pieces of at most 1 MiB but for the header and data from memory. A sink that
    /// has io::output_file's append_from() is asked to copy what comes from files itself.
    /// Fails: as plan(), before the first byte; as the sink; as the sources of the tensors' data (errc::file_changed for a file
    ///        that has become shorter); errc::data_out_of_bounds for a tensor without data.
    template <byte_sink Sink>
    [[nodiscard]] auto write_to(Sink& sink) const -> result<written>;
    /// The file at `path`, which is there whole or not at all: if anything fails, what was there before still is, but for the
    /// one case of io::output_file::commit().
    /// Fails: as plan(), before anything is created; as io::output_file; errc::data_out_of_bounds for a tensor without data; as
    ///        the sources of the tensors' data.
    [[nodiscard]] auto write(std::string_view path, const io::output_options& how = {}) const -> result<written>;

private:
    friend class editor;

    // Keys and values lie one behind the other in arena_. What is replaced or removed stays there until it is the larger part.
    struct entry {
        std::uint64_t key_at = 0;
        std::uint64_t value_at = 0;
        std::uint64_t value_bytes = 0;
        std::uint64_t count = 0;
        std::uint32_t key_bytes = 0;  // 0: removed. No key is empty, so the index never finds it
        value_type type{};
        value_type element_type{};
    };
    struct planned_tensor {
        std::uint64_t name_at = 0;  // in names_
        std::uint64_t name_bytes = 0;
        gguf::shape shape;
        tensor_type type{};
        bool layout_known = true;
        std::uint64_t size_bytes = 0;
        tensor_data data;
    };
    struct key_name {
        const writer* of;
        auto operator()(std::uint32_t at) const noexcept -> std::string_view { return of->key_of(of->entries_[at]); }
    };
    struct tensor_name {
        const writer* of;
        auto operator()(std::uint32_t at) const noexcept -> std::string_view { return of->name_of(of->tensors_[at]); }
    };
    /// What keeps room in the header: nothing, a text of some length, or a single byte where there is no room for a text.
    struct filler {
        static constexpr std::uint64_t text_bytes = 8 + filler_key.size() + 4 + 8;  // of an empty text
        static constexpr std::uint64_t byte_bytes = 8 + filler_key.size() + 4 + 1;
        std::uint64_t bytes = 0;  // 0, byte_bytes, or text_bytes and more
        [[nodiscard]] static auto for_reserve(std::uint64_t asked) noexcept -> filler { return {asked == 0 || asked > text_bytes ? asked : text_bytes}; }
    };

    [[nodiscard]] static auto check_key(std::string_view key) -> result<void>;
    [[nodiscard]] auto key_of(const entry& of) const noexcept -> std::string_view {
        return cria::detail::as_text(arena_.span().subspan(static_cast<std::size_t>(of.key_at), of.key_bytes));
    }
    [[nodiscard]] auto value_of(const entry& of) const noexcept -> value {
        return encoded_value::view_of(of.type, of.element_type, of.count, arena_.span().subspan(static_cast<std::size_t>(of.value_at), static_cast<std::size_t>(of.value_bytes)));
    }
    [[nodiscard]] auto name_of(const planned_tensor& of) const noexcept -> std::string_view {
        return cria::detail::as_text(names_.span().subspan(static_cast<std::size_t>(of.name_at), static_cast<std::size_t>(of.name_bytes)));
    }
    [[nodiscard]] static auto called(std::string_view name) noexcept -> std::string_view { return name.empty() ? "tensor without a name" : name; }
    [[nodiscard]] auto position_of(std::string_view key) const noexcept -> std::uint32_t { return key.empty() ? detail::name_index::nowhere : key_index_.find(key, key_name{this}); }
    [[nodiscard]] auto keep(std::string_view text) -> result<std::uint64_t>;
    [[nodiscard]] auto make_room_for_key() -> result<void>;
    void drop_garbage() noexcept;
    template <class DataOf>
    [[nodiscard]] static auto copy(const contents& of, const writer_options& options, bool absent_data, DataOf&& data_of) -> result<writer>;
    [[nodiscard]] auto add(std::string_view name, const shape& extents, tensor_type type, bool layout_known, std::uint64_t size_bytes, const tensor_data& data) -> result<void>;
    [[nodiscard]] static auto check_shape(std::string_view name, const shape& extents) -> result<std::uint64_t>;
    [[nodiscard]] auto alignment() const -> result<std::uint64_t>;
    [[nodiscard]] auto header_bytes(const filler& slack) const -> result<std::uint64_t>;
    [[nodiscard]] auto plan_with(const filler& slack) const -> result<layout>;
    [[nodiscard]] auto encode_header(const layout& at, const filler& slack) const -> result<buffer<std::byte>>;
    template <class Sink>
    [[nodiscard]] auto write_with(Sink& sink, const layout& at, const filler& slack) const -> result<written>;
    [[nodiscard]] auto write_file(std::string_view path, const io::output_options& how, const filler& slack) const -> result<written>;

    writer_options options_;
    buffer<entry> entries_;  // in order, removed ones among them
    buffer<std::byte> arena_;
    detail::name_index key_index_;
    std::uint64_t garbage_ = 0;    // bytes of arena_
    std::size_t n_keys_ = 0;
    buffer<planned_tensor> tensors_;
    buffer<std::byte> names_;
    detail::name_index tensor_index_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

// --- metadata ---

inline auto writer::check_key(std::string_view key) -> result<void> {
    if (key.empty()) return error{errc::invalid_argument, "metadata key"}.because("is empty");
    if (key.size() > 65535) return error{errc::invalid_argument, key}.because("key is too long").expecting(65535, std::uint64_t{key.size()});
    if (key.find('\0') != std::string_view::npos) return error{errc::invalid_argument, key}.because("key holds a zero byte");
    if (!cria::detail::is_well_formed(key)) return error{errc::invalid_argument, key}.because("key is not UTF-8");
    if (key == filler_key) return error{errc::invalid_argument, key}.because("is kept for slack; writer_options::reserve_bytes asks for it");
    return {};
}

/// Copies text into the arena, of which it may be a part.
inline auto writer::keep(std::string_view text) -> result<std::uint64_t> {
    const auto first = reinterpret_cast<std::uintptr_t>(arena_.data());
    const auto at = reinterpret_cast<std::uintptr_t>(text.data());
    const bool is_ours = !arena_.empty() && at >= first && at - first < arena_.size();
    CRIA_TRY_VOID(arena_.grow(text.size(), "metadata"));
    byte_view bytes = cria::detail::as_bytes(text);
    if (is_ours) bytes = arena_.span().subspan(static_cast<std::size_t>(at - first), text.size());
    const std::uint64_t kept_at = arena_.size();
    CRIA_TRY_VOID(arena_.append(bytes, "metadata"));
    return kept_at;
}

/// A free slot in the index, and one among the entries; both at least double when they grow.
inline auto writer::make_room_for_key() -> result<void> {
    CRIA_TRY_VOID(entries_.grow(1, "metadata"));
    if (entries_.size() < key_index_.room()) return {};
    const std::uint64_t room = 2 * std::uint64_t{n_keys_} + 16;
    CRIA_TRY(auto index, detail::name_index::make(room, "metadata"));
    // Removed entries go now: positions change, and the index is made anew anyway.
    std::size_t kept = 0;
    for (const entry& of : entries_)
        if (of.key_bytes != 0) entries_[kept++] = of;
    entries_.truncate(kept);
    key_index_ = std::move(index);
    for (std::size_t i = 0; i < kept; ++i) static_cast<void>(key_index_.insert(key_of(entries_[i]), static_cast<std::uint32_t>(i), key_name{this}));
    return {};
}

/// Gives back the room of replaced and removed values, where that is worth it and there is memory to do it with.
inline void writer::drop_garbage() noexcept {
    if (garbage_ < (std::uint64_t{1} << 16U) || garbage_ < arena_.size() / 2) return;
    buffer<std::byte> fresh;
    if (!fresh.reserve(arena_.size() - garbage_, "metadata")) return;
    const auto move = [&](std::uint64_t& at, std::uint64_t size) {
        const byte_view from = arena_.span().subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(size));
        at = fresh.size();
        static_cast<void>(fresh.append(from, "metadata"));  // there is room
    };
    for (entry& of : entries_) {
        if (of.key_bytes == 0) continue;
        move(of.key_at, of.key_bytes);
        move(of.value_at, of.value_bytes);
    }
    arena_ = std::move(fresh);
    garbage_ = 0;
}

inline auto writer::set(std::string_view key, const encoded_value& value) -> result<void> {
    CRIA_TRY_VOID(check_key(key));
    const byte_view payload = value.payload_.span();
    const std::uint32_t at = position_of(key);
    entry fresh;
    if (at != detail::name_index::nowhere) fresh = entries_[at];
    const std::uint64_t replaced = fresh.value_bytes;
    fresh.type = value.type_;
    fresh.element_type = value.element_type_;
    fresh.count = value.count_;
    fresh.value_bytes = payload.size();
    if (at != detail::name_index::nowhere) {
        fresh.value_at = arena_.size();
        CRIA_TRY_VOID(arena_.append(payload, "metadata"));
        entries_[at] = fresh;
        garbage_ += replaced;
        drop_garbage();
        return {};
    }
    CRIA_TRY_VOID(make_room_for_key());
    CRIA_TRY(fresh.key_at, keep(key));
    fresh.key_bytes = static_cast<std::uint32_t>(key.size());
    fresh.value_at = arena_.size();
    if (const auto appended = arena_.append(payload, "metadata"); !appended) {
        arena_.truncate(static_cast<std::size_t>(fresh.key_at));
        return appended;
    }
    const auto position = static_cast<std::uint32_t>(entries_.size());
    CRIA_TRY_VOID(entries_.push_back(fresh, "metadata"));  // there is room
    static_cast<void>(key_index_.insert(key_of(fresh), position, key_name{this}));
    ++n_keys_;
    drop_garbage();
    return {};
}

inline auto writer::set(std::string_view key, const value& of_any_file) -> result<void> {
    // First into a value of its own: what find() gives lies in the arena, which is about to grow.
    CRIA_TRY(const auto copied, encoded_value::copy_of(of_any_file));
    return set(key, copied);
}

template <class T>
    requires(encodable_scalar<T> || encodable_range<T>)
auto writer::set(std::string_view key, const T& value) -> result<void> {
    if constexpr (encodable_scalar<T>) {
        CRIA_TRY(const auto made, encoded_value::of(value));
        return set(key, made);
    } else {
        CRIA_TRY(const auto made, encoded_value::array_of(value));
        return set(key, made);
    }
}

inline auto writer::remove(std::string_view key) noexcept -> bool {
    const std::uint32_t at = position_of(key);
    if (at == detail::name_index::nowhere) return false;
    garbage_ += entries_[at].key_bytes + entries_[at].value_bytes;
    key_index_.erase(key, key_name{this});
    entries_[at].key_bytes = 0;
    --n_keys_;
    return true;
}

inline auto writer::rename(std::string_view from, std::string_view to) -> result<void> {
    if (position_of(from) == detail::name_index::nowhere) return error{errc::missing_key, from};
    if (from == to) return {};
    CRIA_TRY_VOID(check_key(to));
    if (contains(to)) return error{errc::duplicate_name, to};
    const std::uint32_t at = position_of(from);
    const auto bytes = static_cast<std::uint32_t>(to.size());
    CRIA_TRY(const std::uint64_t kept_at, keep(to));
    key_index_.erase(key_of(entries_[at]), key_name{this});
    garbage_ += entries_[at].key_bytes;
    entries_[at].key_at = kept_at;
    entries_[at].key_bytes = bytes;
    static_cast<void>(key_index_.insert(key_of(entries_[at]), at, key_name{this}));
    drop_garbage();
    return {};
}

inline auto writer::find(std::string_view key) const noexcept -> std::optional<value> {
    const std::uint32_t at = position_of(key);
    if (at == detail::name_index::nowhere) return std::nullopt;
    return value_of(entries_[at]);
}

// --- tensors ---

/// The elements, if a reader would take the shape.
inline auto writer::check_shape(std::string_view name, const shape& extents) -> result<std::uint64_t> {
    if (extents.n_dimensions > shape::max_dimensions)
        return error{errc::limit_exceeded, called(name)}.because("has too many dimensions").expecting(std::uint64_t{shape::max_dimensions}, std::uint64_t{extents.n_dimensions});
    std::uint64_t product = 1;  // of the extents that are not 0, as the reader does
    for (const std::uint64_t extent : extents.dimensions())
        if (!cria::detail::checked_multiply(product, extent == 0 ? 1 : extent, product) || product > ~std::uint64_t{0} >> 1U)
            return error{errc::overflow, called(name)}.because("number of elements does not fit 63 bits").finding(extent);
    return extents.elements();
}

inline auto writer::add_tensor(std::string_view name, const shape& extents, tensor_type type, const tensor_data& data, std::span<const user_type> types)
    -> result<void> {
    CRIA_TRY(const std::uint64_t elements, check_shape(name, extents));
    const user_type* const users = find_user_type(types, type);
    const auto known = users != nullptr ? std::optional<geometry>(users->layout) : geometry_of(type);
    if (!known) {
        const error why{errc::unsupported_type, called(name)};
        if (const auto removed = removed_type_name(type); !removed.empty()) return why.because("tensor type was removed from the format").finding(removed);
        return why.because("tensor type is not known, and its size has to be given").finding(std::uint64_t{static_cast<std::uint32_t>(type)});
    }
    const std::uint64_t row = extents[0];
    if (known->elements_per_block == 0 || row % known->elements_per_block != 0)
        return error{errc::wrong_shape, called(name)}.because("row does not fill whole blocks of its type").expecting(std::uint64_t{known->elements_per_block}, row);
    std::uint64_t extra = 0;
    std::uint64_t size = 0;
    const auto blocks = bytes_of(*known, elements);
    if (!blocks || !cria::detail::checked_multiply(row == 0 ? 0 : elements / row, users != nullptr ? users->extra_bytes_per_row : 0, extra) ||
        !cria::detail::checked_add(*blocks, extra, size))
        return error{errc::overflow, called(name)}.because("size in bytes does not fit 64 bits");
    return add(name, extents, type, true, size, data);
}

inline auto writer::add_tensor_of_size(std::string_view name, const shape& extents, tensor_type type, std::uint64_t size_bytes, const tensor_data& data)
    -> result<void> {
    CRIA_TRY(const std::uint64_t elements, check_shape(name, extents));
    const auto known = geometry_of(type);
    if (!known) return add(name, extents, type, false, size_bytes, data);
    if (extents[0] % known->elements_per_block == 0 && bytes_of(*known, elements) == size_bytes) return add(name, extents, type, true, size_bytes, data);
    return error{errc::wrong_shape, called(name)}
        .because("size in bytes is not that of its type; a fork's type of the same id has to be named")
        .expecting(bytes_of(*known, elements).value_or(0), size_bytes);
}

inline auto writer::add_tensor(const tensor& like, const tensor_data& data) -> result<void> {
    CRIA_TRY(const std::uint64_t elements, check_shape(like.name, like.shape));
    const auto known = geometry_of(like.type);
    const bool layout_known = known && like.shape[0] % known->elements_per_block == 0 && bytes_of(*known, elements) == like.size_bytes;
    return add(like.name, like.shape, like.type, layout_known, like.size_bytes, data);
}

inline auto writer::add(std::string_view name, const shape& extents, tensor_type type, bool layout_known, std::uint64_t size_bytes, const tensor_data& data)
    -> result<void> {
    if (name.size() > 65535) return error{errc::invalid_argument, name}.because("tensor name is too long").expecting(65535, std::uint64_t{name.size()});
    if (name.find('\0') != std::string_view::npos) return error{errc::invalid_argument, name}.because("tensor name holds a zero byte");
    if (contains_tensor(name)) return error{errc::duplicate_name, called(name)}.because("tensor appears twice");
    if (data.what() == tensor_data::kind::memory && data.bytes().size() != size_bytes)
        return error{errc::invalid_argument, called(name)}.because("data has another size than its tensor").expecting(size_bytes, std::uint64_t{data.bytes().size()});
    if (data.what() == tensor_data::kind::file) {
        std::uint64_t end = 0;
        if (!cria::detail::checked_add(data.offset_bytes(), size_bytes, end)) end = ~std::uint64_t{0};
        if (end > data.file().size_bytes())
            return error{errc::out_of_range, data.offset_bytes(), called(name)}.because("data reaches past the end of the file it comes from").expecting(data.file().size_bytes(), end);
    }
    planned_tensor fresh;
    fresh.name_at = names_.size();
    fresh.name_bytes = name.size();
    fresh.shape = extents;
    fresh.type = type;
    fresh.layout_known = layout_known;
    fresh.size_bytes = size_bytes;
    fresh.data = data;
    const std::size_t position = tensors_.size();
    if (position >= tensor_index_.room()) {
        const std::uint64_t room = 2 * std::uint64_t{position} + 16;
        CRIA_TRY(tensor_index_, detail::name_index::make(room, "tensor table"));
        for (std::uint32_t i = 0; i < position; ++i) static_cast<void>(tensor_index_.insert(name_of(tensors_[i]), i, tensor_name{this}));
    }
    CRIA_TRY_VOID(tensors_.grow(1, "tensor table"));
    CRIA_TRY_VOID(names_.append(cria::detail::as_bytes(name), "tensor table"));
    CRIA_TRY_VOID(tensors_.push_back(fresh, "tensor table"));  // there is room
    static_cast<void>(tensor_index_.insert(name, static_cast<std::uint32_t>(position), tensor_name{this}));
    return {};
}

// --- copies ---

inline auto writer::options_of(const contents& of) noexcept -> writer_options {
    writer_options options;
    options.version = of.version() == 1 ? 3 : of.version();
    options.order = of.byte_order();
    std::uint64_t end = of.header_bytes();
    for (const tensor& each : of.tensors())
        if (each.offset_bytes + each.size_bytes > end) end = each.offset_bytes + each.size_bytes;
    std::uint64_t padded = 0;
    if (of.has_data() && cria::detail::checked_round_up(end, of.alignment_bytes(), padded)) options.final_padding = of.file_bytes() >= padded;
    return options;
}

template <class DataOf>
auto writer::copy(const contents& of, const writer_options& options, bool absent_data, DataOf&& data_of) -> result<writer> {
    if (!of.has_data() && !absent_data)
        return error{errc::data_out_of_bounds, of.file_bytes(), "tensor data"}.because("is not there to be copied; the file ends with its header");
    writer made(options);
    for (const auto& each : of.metadata())
        if (each.key != filler_key) CRIA_TRY_VOID(made.set(each.key, each.value));
    for (const tensor& each : of.tensors()) {
        if (of.byte_order() != options.order && each.size_bytes != 0 && each.type != tensor_type::i8)
            return error{errc::unsupported_feature, called(each.name)}.because("tensor data cannot be copied into a file of another byte order");
        CRIA_TRY_VOID(made.add_tensor(each, of.has_data() ? data_of(each) : tensor_data()));
    }
    return made;
}

inline auto writer::copy_of(const contents& of, const io::native_file& source, std::uint64_t base_offset_bytes, const writer_options& options) -> result<writer> {
    std::uint64_t end = 0;
    if (!cria::detail::checked_add(base_offset_bytes, of.file_bytes(), end) || end > source.size_bytes())
        return error{errc::out_of_range, base_offset_bytes, source.path()}.because("is too small for the contents").expecting(source.size_bytes(), end);
    return copy(of, options, false, [&](const tensor& each) { return tensor_data::from_file(source, base_offset_bytes + each.offset_bytes); });
}

inline auto writer::copy_of(const contents& of, byte_view file, const writer_options& options) -> result<writer> {
    if (of.file_bytes() > file.size())
        return error{errc::out_of_range, "file in memory"}.because("is too small for the contents").expecting(std::uint64_t{file.size()}, of.file_bytes());
    return copy(of, options, false, [&](const tensor& each) {
        return tensor_data::from_memory(file.subspan(static_cast<std::size_t>(each.offset_bytes), static_cast<std::size_t>(each.size_bytes)));
    });
}

inline auto writer::copy_of(const contents& of, const io::native_file& source, std::uint64_t base_offset_bytes) -> result<writer> {
    return copy_of(of, source, base_offset_bytes, options_of(of));
}

inline auto writer::copy_of(const contents& of, byte_view file) -> result<writer> { return copy_of(of, file, options_of(of)); }

// --- the file ---

inline auto writer::alignment() const -> result<std::uint64_t> {
    constexpr std::string_view key = "general.alignment";
    const auto stated = find(key);
    if (!stated) return std::uint64_t{32};
    if (stated->type() != value_type::u32) return error{errc::wrong_type, key}.expecting("u32", cria::gguf::name_of(stated->type()));
    const std::uint64_t bytes = *stated->get<std::uint32_t>();
    if (!std::has_single_bit(bytes)) return error{errc::invalid_value, key}.because("is not a power of two").finding(bytes);
    if (bytes > policy{}.max_alignment) return error{errc::limit_exceeded, key}.expecting(policy{}.max_alignment, bytes);
    return bytes;
}

inline auto writer::header_bytes(const filler& slack) const -> result<std::uint64_t> {
    const policy readers;
    const std::uint64_t n_keys = n_keys_ + (slack.bytes != 0 ? 1U : 0U);
    if (n_keys > readers.max_keys) return error{errc::limit_exceeded, "key count"}.expecting(readers.max_keys, n_keys);
    if (tensors_.size() > readers.max_tensors) return error{errc::limit_exceeded, "tensor count"}.expecting(readers.max_tensors, std::uint64_t{tensors_.size()});
    // All of this lies in memory, but for the slack: the sum is far from 64 bits.
    std::uint64_t size = 24;
    for (const entry& of : entries_) {
        if (of.key_bytes == 0) continue;
        const std::uint64_t head = of.type == value_type::string ? 8 : of.type == value_type::array ? 12 : 0;
        size += 8 + of.key_bytes + 4 + head + of.value_bytes;
    }
    for (const planned_tensor& of : tensors_) size += 8 + of.name_bytes + 4 + 8 * std::uint64_t{of.shape.n_dimensions} + 4 + 8;
    if (!cria::detail::checked_add(size, slack.bytes, size) || size > readers.max_header_bytes)
        return error{errc::limit_exceeded, "header"}.because("is larger than readers take").expecting(readers.max_header_bytes, size);
    return size;
}

inline auto writer::plan_with(const filler& slack) const -> result<layout> {
    if (options_.version != 2 && options_.version != 3)
        return error{errc::invalid_argument, "version"}.because("is not written").expecting("2 or 3", std::uint64_t{options_.version});
    layout at;
    CRIA_TRY(at.alignment_bytes, alignment());
    CRIA_TRY(at.header_bytes, header_bytes(slack));
    CRIA_TRY_VOID(at.offsets.reserve(tensors_.size(), "layout"));
    if (!cria::detail::checked_round_up(at.header_bytes, at.alignment_bytes, at.data_offset_bytes)) return error{errc::overflow, "header"};
    std::uint64_t next = 0;                    // where the next tensor goes
    std::uint64_t end = at.header_bytes;       // of what has to be there, in the file
    for (const planned_tensor& of : tensors_) {
        CRIA_TRY_VOID(at.offsets.push_back(next, "layout"));
        // Only the distance to what follows tells a reader how long data of an unknown type is; and no data would look missing.
        const std::uint64_t size = of.layout_known || of.size_bytes != 0 ? of.size_bytes : at.alignment_bytes;
        std::uint64_t padded = 0;
        if (!cria::detail::checked_add(at.data_offset_bytes + next, size, end) || !cria::detail::checked_round_up(end, at.alignment_bytes, padded))
            return error{errc::overflow, called(name_of(of))}.because("data offset and size do not fit 64 bits").finding(of.size_bytes);
        next = padded - at.data_offset_bytes;
    }
    at.file_bytes = options_.final_padding ? at.data_offset_bytes + next : end;
    return at;
}

inline auto writer::encode_header(const layout& at, const filler& slack) const -> result<buffer<std::byte>> {
    buffer<std::byte> header;
    CRIA_TRY_VOID(header.reserve(at.header_bytes, "header"));
    detail::encoder out(header, options_.order);
    CRIA_TRY_VOID(out.bytes(cria::detail::as_bytes("GGUF")));
    CRIA_TRY_VOID(out.number(options_.version));
    CRIA_TRY_VOID(out.number(std::uint64_t{tensors_.size()}));
    CRIA_TRY_VOID(out.number(std::uint64_t{n_keys_} + (slack.bytes != 0 ? 1U : 0U)));
    for (const entry& of : entries_) {
        if (of.key_bytes == 0) continue;
        CRIA_TRY_VOID(out.text(key_of(of)));
        CRIA_TRY_VOID(out.type(of.type));
        if (of.type == value_type::string) CRIA_TRY_VOID(out.number(of.value_bytes));
        if (of.type == value_type::array) {
            CRIA_TRY_VOID(out.type(of.element_type));
            CRIA_TRY_VOID(out.number(of.count));
        }
        CRIA_TRY_VOID(out.payload(value_of(of), encoded_value::max_depth, key_of(of)));
    }
    if (slack.bytes != 0) {
        const bool is_text = slack.bytes >= filler::text_bytes;
        CRIA_TRY_VOID(out.text(filler_key));
        CRIA_TRY_VOID(out.type(is_text ? value_type::string : value_type::u8));
        if (is_text) CRIA_TRY_VOID(out.number(slack.bytes - filler::text_bytes));
        CRIA_TRY_VOID(out.fill(is_text ? slack.bytes - filler::text_bytes : 1, ' '));
    }
    for (std::size_t i = 0; i < tensors_.size(); ++i) {
        const planned_tensor& of = tensors_[i];
        CRIA_TRY_VOID(out.text(name_of(of)));
        CRIA_TRY_VOID(out.number(of.shape.n_dimensions));
        for (const std::uint64_t extent : of.shape.dimensions()) CRIA_TRY_VOID(out.number(extent));
        CRIA_TRY_VOID(out.number(static_cast<std::uint32_t>(of.type)));
        CRIA_TRY_VOID(out.number(at.offsets[i]));
    }
    assert(header.size() == at.header_bytes);
    return header;
}

namespace detail {

/// Copies from files by itself, as output_file does.
template <class S>
concept copying_sink = requires(S& sink, const io::native_file& from, std::uint64_t number, io::copy_report* report) {
    { sink.append_from(from, number, number, report) } -> std::same_as<result<void>>;
};

/// Any byte_sink with what output_file can do.
template <class Sink>
struct piecewise_sink {
    Sink& sink;
    buffer<std::byte> piece = {};

    [[nodiscard]] auto append(byte_view bytes) -> result<void> { return sink.append(bytes); }
    [[nodiscard]] auto append_zeros(std::uint64_t size) -> result<void> {
        static constexpr std::byte zeros[4096] = {};
        for (; size > 0; size -= size < sizeof zeros ? size : sizeof zeros)
            CRIA_TRY_VOID(sink.append({zeros, static_cast<std::size_t>(size < sizeof zeros ? size : sizeof zeros)}));
        return {};
    }
    template <class F>
    [[nodiscard]] auto append_pulled(std::uint64_t size, F&& pull) -> result<void> {
        constexpr std::uint64_t most = std::uint64_t{1} << 20U;
        CRIA_TRY_VOID(piece.resize(size < most ? size > piece.size() ? size : piece.size() : most, "tensor data"));
        for (std::uint64_t done = 0; done < size;) {
            const std::uint64_t now = size - done < most ? size - done : most;
            const std::span<std::byte> out(piece.data(), static_cast<std::size_t>(now));
            const result<void> pulled = pull(done, out);
            CRIA_TRY_VOID(pulled);
            CRIA_TRY_VOID(sink.append(out));
            done += now;
        }
        return {};
    }
    [[nodiscard]] auto append_from(const io::native_file& from, std::uint64_t offset, std::uint64_t size, io::copy_report* report) -> result<void> {
        if constexpr (copying_sink<Sink>) {
            return sink.append_from(from, offset, size, report);
        } else {
            report->through_memory_bytes += size;
            return append_pulled(size, [&](std::uint64_t done, std::span<std::byte> out) { return from.read(offset + done, out); });
        }
    }
};

struct buffer_sink {
    buffer<std::byte>& out;
    [[nodiscard]] auto append(byte_view bytes) -> result<void> { return out.append(bytes, "file in memory"); }
};

}  // namespace detail

template <class Sink>
auto writer::write_with(Sink& sink, const layout& at, const filler& slack) const -> result<written> {
    for (const planned_tensor& of : tensors_)
        if (of.size_bytes != 0 && of.data.what() == tensor_data::kind::absent)
            return error{errc::data_out_of_bounds, called(name_of(of))}.because("has no data to be written");
    written done{at.file_bytes, at.data_offset_bytes, {}};
    std::uint64_t end = at.header_bytes;
    {
        CRIA_TRY(const auto header, encode_header(at, slack));
        CRIA_TRY_VOID(sink.append(header.span()));
    }
    for (std::size_t i = 0; i < tensors_.size(); ++i) {
        const planned_tensor& of = tensors_[i];
        CRIA_TRY_VOID(sink.append_zeros(at.data_offset_bytes + at.offsets[i] - end));
        end = at.data_offset_bytes + at.offsets[i] + of.size_bytes;
        if (of.size_bytes == 0) continue;
        switch (of.data.what()) {
            case tensor_data::kind::memory: CRIA_TRY_VOID(sink.append(of.data.bytes())); break;
            case tensor_data::kind::file: CRIA_TRY_VOID(sink.append_from(of.data.file(), of.data.offset_bytes(), of.size_bytes, &done.copied)); break;
            case tensor_data::kind::function:
                CRIA_TRY_VOID(sink.append_pulled(of.size_bytes, [&](std::uint64_t first, std::span<std::byte> out) { return of.data.read(first, out); }));
                break;
            case tensor_data::kind::absent: break;
        }
    }
    CRIA_TRY_VOID(sink.append_zeros(at.file_bytes - end));
    return done;
}

inline auto writer::plan() const -> result<layout> { return plan_with(filler::for_reserve(options_.reserve_bytes)); }

template <byte_sink Sink>
auto writer::write_to(Sink& sink) const -> result<written> {
    CRIA_TRY(const auto at, plan());
    detail::piecewise_sink<Sink> pieces{sink};
    return write_with(pieces, at, filler::for_reserve(options_.reserve_bytes));
}

inline auto writer::bytes() const -> result<buffer<std::byte>> {
    CRIA_TRY(const auto at, plan());
    buffer<std::byte> file;
    CRIA_TRY_VOID(file.reserve(at.file_bytes, "file in memory"));
    detail::buffer_sink sink{file};
    detail::piecewise_sink<detail::buffer_sink> pieces{sink};
    CRIA_TRY_VOID(write_with(pieces, at, filler::for_reserve(options_.reserve_bytes)).transform([](const written&) {}));
    return file;
}

inline auto writer::write_file(std::string_view path, const io::output_options& how, const filler& slack) const -> result<written> {
    CRIA_TRY(const auto at, plan_with(slack));
    CRIA_TRY(auto file, io::output_file::create(path, how));
    CRIA_TRY(const auto done, write_with(file, at, slack));
    CRIA_TRY_VOID(file.commit());
    return done;
}

inline auto writer::write(std::string_view path, const io::output_options& how) const -> result<written> {
    return write_file(path, how, filler::for_reserve(options_.reserve_bytes));
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_WRITER_HPP
