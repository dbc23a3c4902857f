// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_SHARDS_HPP
#define CRIA_GGUF_SHARDS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/text.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gguf/metadata.hpp"
#include "cria/gguf/name_index.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/gguf/policy.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/io/native_file.hpp"

#include <bit>  // endian
#include <cassert>
#include <cstdint>
#include <new>  // nothrow, placement
#include <optional>
#include <span>
#include <string_view>
#include <utility>

// A model as its files: one, or a set of shards. Each shard is a GGUF file of its own, with a header, an alignment
// and a data section; the first has all of the model's metadata, the others only say where they belong:
//
//   split.count          how many shards there are; 0, 1 or no such key: the file is the whole model
//   split.no             which of them this is, counted from 0
//   split.tensors.count  how many tensors all of them have together
//
// and are called <prefix>-00001-of-00003.gguf, counted from 1. Any shard opens the set, since its own name and keys
// say what the others are called; files of other names (hashes in a download cache) are opened as a list.
//
// Once a `shards` exists the files fit together: every shard is there once, all of them state the same numbers and
// were written alike, no tensor is in two of them. A set that does not fit is an error that names the file and what
// it says; inspect_shards() lists everything that is wrong with it.

namespace cria::inline v0::gguf {

namespace detail {

/// As many files as it was made for, at places that do not move: file can be moved, and buffer holds plain values only.
class file_list {
public:
    file_list() noexcept = default;
    [[nodiscard]] static auto make(std::uint32_t room) -> result<file_list>;

    file_list(file_list&& other) noexcept : first_(std::exchange(other.first_, nullptr)), size_(std::exchange(other.size_, 0)), room_(std::exchange(other.room_, 0)) {}
    auto operator=(file_list&& other) noexcept -> file_list& {
        if (this != &other) {
            clear();
            first_ = std::exchange(other.first_, nullptr);
            size_ = std::exchange(other.size_, 0);
            room_ = std::exchange(other.room_, 0);
        }
        return *this;
    }
    file_list(const file_list&) = delete;
    auto operator=(const file_list&) -> file_list& = delete;
    ~file_list() { clear(); }

    [[nodiscard]] auto size() const noexcept -> std::uint32_t { return size_; }
    [[nodiscard]] auto begin() const noexcept -> const file* { return first_; }
    [[nodiscard]] auto operator[](std::size_t i) noexcept -> file& { return assert(i < size_), first_[i]; }
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> const file& { return assert(i < size_), first_[i]; }
    /// Precondition: there is room.
    auto push(file&& more) noexcept -> file& {
        assert(size_ < room_);
        return *::new (static_cast<void*>(first_ + size_++)) file(std::move(more));
    }

private:
    void clear() noexcept {
        while (size_ > 0) first_[--size_].~file();
        ::operator delete(static_cast<void*>(first_));
        first_ = nullptr;
        room_ = 0;
    }

    file* first_ = nullptr;
    std::uint32_t size_ = 0;
    std::uint32_t room_ = 0;
};

class problem_list;
struct set_member;
struct set_opener;

}  // namespace detail

/// An open model: one file, or all files of a shard set. Move-only; views, files and tensors stay valid when it is moved.
class shards {
public:
    /// As many as a split.count of 16 bits can state.
    static constexpr std::uint32_t max_shards = 65535;

    /// The model that the file at `path` (UTF-8) belongs to: the file itself, or the set that it is any shard of. The
    /// others are looked for beside it.
    /// Fails: as file::open; errc::missing_shard (the subject is the first missing file's name, which may be the named one's where
    ///        others of its set are there; `found` says how many are missing where it is more than one; also where the name does not tell what the others are called);
    ///        errc::foreign_shard for a file that states other numbers than its name or the other files; missing_key,
    ///        wrong_type, out_of_range for the split keys; invalid_value where the tensors are not as many as stated;
    ///        duplicate_name for a tensor in two shards. Of several files, the subject is `file name: key`.
    /// Cost:  O(header bytes of all files). Missing files are noticed before any other is read.
    [[nodiscard]] static auto open(std::string_view path, const file_options& options = {}) -> result<shards>;
    /// The model in these files, whatever their names and order.
    /// Fails: as above, where a shard that no file has is called `shard 2 of 3`; duplicate_name for two files with one number.
    [[nodiscard]] static auto open(std::span<const std::string_view> paths, const file_options& options = {}) -> result<shards>;
    /// The model in a file that is open already.
    /// Fails: errc::missing_shard where it is one of several.
    [[nodiscard]] static auto of(file&& single) -> result<shards>;

    /// The tensors of parsed files, in any order, as one table: the checks of open() without its files. tensor::shard
    /// is the shard's own number.
    /// Fails:   as open(); a file is called `file 2`, counted from 1.
    /// Borrows: the bytes the contents point into; not the contents.
    [[nodiscard]] static auto join(std::span<const contents* const> parsed, const policy& rules = {}) -> result<tensor_table>;

    /// How many files there are.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return files_.size(); }
    /// The file that tensor::shard `i` stands for. In its own table, tensor::shard is 0. Precondition: i < size().
    [[nodiscard]] auto operator[](std::size_t i) const& noexcept CRIA_LIFETIME_BOUND -> const file& { return files_[i]; }
    auto operator[](std::size_t i) && -> const file& = delete;
    [[nodiscard]] auto begin() const& noexcept CRIA_LIFETIME_BOUND -> const file* { return files_.begin(); }
    [[nodiscard]] auto end() const& noexcept CRIA_LIFETIME_BOUND -> const file* { return files_.begin() + files_.size(); }

    /// The first file's, which is the model's.
    [[nodiscard]] auto metadata() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::metadata& { return files_[0].metadata(); }
    auto metadata() && -> const gguf::metadata& = delete;
    /// Those of all files, shard after shard.
    [[nodiscard]] auto tensors() const& noexcept CRIA_LIFETIME_BOUND -> const tensor_table& { return size() == 1 ? files_[0].tensors() : joined_; }
    auto tensors() && -> const tensor_table& = delete;
    /// Bytes of all files together.
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t;
    [[nodiscard]] auto how() const noexcept -> io::access { return files_[0].how(); }
    /// The format's version, and the byte order: those of every file.
    [[nodiscard]] auto version() const noexcept -> std::uint32_t { return files_[0].contents().version(); }
    [[nodiscard]] auto byte_order() const noexcept -> std::endian { return files_[0].contents().byte_order(); }

    /// As file::bytes, for a tensor of tensors().
    [[nodiscard]] auto bytes(const tensor& of) const& noexcept CRIA_LIFETIME_BOUND -> result<byte_view>;
    auto bytes(const tensor& of) && -> result<byte_view> = delete;
    /// As file::read, for a tensor of tensors().
    [[nodiscard]] auto read(const tensor& of, std::uint64_t first_byte, std::span<std::byte> out) const -> result<void>;

private:
    friend struct detail::set_opener;
    shards(detail::file_list&& files, tensor_table&& joined) noexcept : files_(std::move(files)), joined_(std::move(joined)) {}

    [[nodiscard]] static auto join(const buffer<detail::set_member>& members, const buffer<std::uint32_t>& order, const policy& rules, detail::problem_list& out)
        -> result<tensor_table>;
    [[nodiscard]] auto check(const tensor& of) const noexcept -> result<void>;

    detail::file_list files_;  // in the order of their numbers
    tensor_table joined_;      // empty for a single file, whose own table serves
};

/// Everything that keeps shards::open from opening the same path, what it would fail with first; nothing where it would
/// succeed. A shard that is missing or broken itself is still one of a set by its name. The list ends after 4096.
/// Fails: errc::out_of_memory.
[[nodiscard]] inline auto inspect_shards(std::string_view path, const file_options& options = {}) -> result<buffer<error>>;
[[nodiscard]] inline auto inspect_shards(std::span<const std::string_view> paths, const file_options& options = {}) -> result<buffer<error>>;

/// What a file's name says about its place in a set.
struct shard_place {
    std::string_view prefix;   ///< folder, and name up to the number; borrows the path
    std::uint32_t number = 0;  ///< counted from 0, as split.no
    std::uint32_t count = 0;
};

/// The place of the file at `path`, which is called `<prefix>-00001-of-00003.gguf`; nothing for other names.
[[nodiscard]] constexpr auto shard_place_of(std::string_view path) noexcept -> std::optional<shard_place>;

/// The path of shard `number`, counted from 0, of `count`.
/// Fails: errc::invalid_argument unless number < count <= shards::max_shards; errc::out_of_memory.
[[nodiscard]] inline auto shard_name(std::string_view prefix, std::uint32_t number, std::uint32_t count) -> result<buffer<char>>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// `-00001-of-00003.gguf`: number (counted from 0 here, from 1 there) and count.
class shard_suffix {
public:
    static constexpr std::size_t length = 20;

    constexpr shard_suffix(std::uint32_t number, std::uint32_t count) noexcept {
        put(1, number + 1);
        put(10, count);
    }
    [[nodiscard]] constexpr auto view() const noexcept -> std::string_view { return {text_, length}; }
    /// Five digits, or nothing.
    [[nodiscard]] static constexpr auto number_in(std::string_view digits) noexcept -> std::optional<std::uint32_t> {
        std::uint32_t number = 0;
        for (const char digit : digits) {
            if (digit < '0' || digit > '9') return std::nullopt;
            number = number * 10 + static_cast<std::uint32_t>(digit - '0');
        }
        return number;
    }

private:
    constexpr void put(std::size_t at, std::uint32_t number) noexcept {
        for (std::size_t i = 5; i-- > 0; number /= 10) text_[at + i] = static_cast<char>('0' + number % 10);
    }
    char text_[length + 1] = "-00000-of-00000.gguf";
};

/// What errors call a file: the name without its folder. Both separators count everywhere, which is right for what is only shown.
[[nodiscard]] constexpr auto file_name_of(std::string_view path) noexcept -> std::string_view {
    const std::size_t folder = path.find_last_of("/\\");
    return folder == std::string_view::npos ? path : path.substr(folder + 1);
}

/// `name: what`, with the end of a long name, where shards differ.
[[nodiscard]] inline auto subject_in(std::string_view name, std::string_view what) noexcept -> cria::detail::inline_text<111> {
    constexpr std::size_t most = 111;
    const cria::detail::inline_text<47> cut(what);
    char text[most];
    std::size_t size = 0;
    const auto put = [&](std::string_view part) { size += part.copy(text + size, most - size); };
    const std::size_t room = most - 2 - cut.view().size();
    if (name.size() > room) {
        name.remove_prefix(name.size() - (room - 3));
        while (!name.empty() && (static_cast<unsigned char>(name[0]) & 0xC0U) == 0x80U) name.remove_prefix(1);
        put("...");
    }
    put(name);
    put(": ");
    put(cut.view());
    return std::string_view(text, size);
}

/// The same error, about something in the file called `name`.
[[nodiscard]] inline auto in_file(const error& why, std::string_view name) noexcept -> error {
    error copy = why;
    copy.subject = subject_in(name, why.subject.view());
    return copy;
}

/// What is wrong with a set: the first of it as a failure, or all of it as a list.
class problem_list {
public:
    static constexpr std::size_t most = 4096;

    explicit problem_list(bool keeps_all) noexcept : keeps_all_(keeps_all) {}
    auto add(const error& why) -> result<void> {
        ++count_;
        if (!keeps_all_) return why;
        if (kept_.size() >= most) return {};
        return kept_.push_back(why, "problems");
    }
    [[nodiscard]] auto count() const noexcept -> std::uint64_t { return count_; }
    [[nodiscard]] auto keeps_all() const noexcept -> bool { return keeps_all_; }
    [[nodiscard]] auto kept() noexcept -> buffer<error>& { return kept_; }

private:
    buffer<error> kept_;
    std::uint64_t count_ = 0;
    bool keeps_all_;
};

inline constexpr std::uint32_t no_number = ~std::uint32_t{0};

/// A file of a set, as the checks see it.
struct set_member {
    const contents* parsed = nullptr;  // nullptr where it could not be opened, which has been complained of
    std::string_view name;             // what errors call it
    std::uint32_t number = no_number;  // counted from 0, if the file's name says it
};

inline constexpr std::string_view split_count_key = "split.count";
inline constexpr std::string_view split_number_key = "split.no";
inline constexpr std::string_view split_tensors_key = "split.tensors.count";

/// How many shards the set of this file has, 1 where it is the whole model.
[[nodiscard]] inline auto stated_count(const contents& of) -> result<std::uint32_t> {
    CRIA_TRY(const std::uint32_t count, of.metadata().as_or<std::uint16_t>(split_count_key, 1));
    return count == 0 ? 1U : count;
}

/// Where in the file the value of `key` is, for errors.
[[nodiscard]] inline auto offset_of(const contents& in, std::string_view key) noexcept -> std::uint64_t {
    const auto value = in.metadata().find(key);
    return value ? value->offset_bytes() : error::no_offset;
}

/// This file's number, which is below `count`.
[[nodiscard]] inline auto stated_number(const contents& of, std::uint32_t count) -> result<std::uint32_t> {
    CRIA_TRY(const std::uint32_t number, of.metadata().as<std::uint16_t>(split_number_key));
    if (number < count) return number;
    return error{errc::out_of_range, offset_of(of, split_number_key), split_number_key}.because("is not below split.count").expecting(std::uint64_t{count}, std::uint64_t{number});
}

/// Whether files that each parse are one set.
struct set_checker {
    const buffer<set_member>& members;
    std::uint32_t count;  // what the set has
    problem_list& out;
    buffer<std::uint32_t> order = {};            // which member has each number, or no_number
    std::optional<std::int32_t> n_tensors = {};  // split.tensors.count, and who stated it first
    std::uint32_t n_tensors_by = 0;

    [[nodiscard]] static auto run(const buffer<set_member>& members, std::uint32_t count, problem_list& out) -> result<buffer<std::uint32_t>> {
        set_checker check{members, count, out};
        CRIA_TRY_VOID(check.order.reserve(count, "shards"));
        for (std::uint32_t i = 0; i < count; ++i) CRIA_TRY_VOID(check.order.push_back(no_number, "shards"));
        for (std::uint32_t i = 0; i < members.size(); ++i) CRIA_TRY_VOID(check.place(i));
        CRIA_TRY_VOID(check.report_missing());
        for (std::uint32_t i = 0; i < members.size(); ++i)
            if (members[i].parsed != nullptr) CRIA_TRY_VOID(check.check_tensor_count(i));
        CRIA_TRY_VOID(check.check_sum());
        CRIA_TRY_VOID(check.check_likeness());
        return std::move(check.order);
    }

    auto add(std::uint32_t member, const error& why) -> result<void> { return out.add(in_file(why, members[member].name)); }

    /// Finds the number of a file.
    auto place(std::uint32_t i) -> result<void> {
        const set_member& at = members[i];
        if (at.parsed == nullptr) {
            if (at.number < count) order[at.number] = i;
            return {};
        }
        const auto own_count = stated_count(*at.parsed);
        if (!own_count) {
            if (at.number < count) order[at.number] = i;  // not missing as well
            return add(i, own_count.error());
        }
        if (*own_count != count) {
            if (at.number < count) order[at.number] = i;
            const error why{errc::foreign_shard, offset_of(*at.parsed, split_count_key), split_count_key};
            return add(i, *own_count == 1 ? why.because("is that of a whole model, or not there").expecting(std::uint64_t{count}, {}) : why.expecting(std::uint64_t{count}, std::uint64_t{*own_count}));
        }
        const auto number = stated_number(*at.parsed, count);
        if (!number) {
            if (at.number < count) order[at.number] = i;
            return add(i, number.error());
        }
        const std::uint64_t number_at = offset_of(*at.parsed, split_number_key);
        if (at.number != no_number && at.number != *number) {
            order[at.number] = i;
            return add(i, error{errc::foreign_shard, number_at, split_number_key}
                              .because("is not what the file's name says; rename the file, or open the set as a list of its files")
                              .expecting(std::uint64_t{at.number}, std::uint64_t{*number}));
        }
        if (order[*number] != no_number)
            return add(i, error{errc::duplicate_name, number_at, split_number_key}.because("is that of another file, too").finding(file_name_of(members[order[*number]].name)));
        order[*number] = i;
        return {};
    }

    /// Numbers that no file has: `shard 2 of 3`.
    auto report_missing() -> result<void> {
        for (const set_member& member : members)
            if (member.parsed == nullptr && member.number == no_number) return {};  // any of them may be this one
        std::uint64_t n_missing = 0;
        for (const std::uint32_t member : order) n_missing += member == no_number ? 1U : 0U;
        for (std::uint32_t number = 0; number < count; ++number) {
            if (order[number] != no_number) continue;
            char text[112];  // 40 would do, but GCC 12 then warns of what an error would read of a longer text
            std::size_t size = 0;
            const auto put = [&](std::string_view part) { size += part.copy(text + size, sizeof text - size); };
            put("shard ");
            put(cria::detail::decimal(number + 1).view());
            put(" of ");
            put(cria::detail::decimal(count).view());
            const error why{errc::missing_shard, std::string_view(text, size)};
            CRIA_TRY_VOID(out.add(n_missing > 1 && !out.keeps_all() ? why.because("is not among the files; shards missing in all").finding(n_missing)
                                                                    : why.because("is not among the files")));
        }
        return {};
    }

    /// split.tensors.count: not negative, and the same wherever it is stated.
    auto check_tensor_count(std::uint32_t i) -> result<void> {
        const contents& of = *members[i].parsed;
        if (!of.metadata().contains(split_tensors_key)) return {};
        const auto stated = of.metadata().as<std::int32_t>(split_tensors_key);
        if (!stated) return add(i, stated.error());
        const error why{errc::foreign_shard, offset_of(of, split_tensors_key), split_tensors_key};
        if (*stated < 0) {
            error negative = why.because("is negative").finding(cria::detail::decimal(0 - static_cast<std::uint64_t>(static_cast<std::int64_t>(*stated)), true).view());
            negative.code = errc::out_of_range;
            return add(i, negative);
        }
        if (!n_tensors) {
            n_tensors = *stated;
            n_tensors_by = i;
        }
        if (*n_tensors == *stated) return {};
        return add(i, why.expecting(static_cast<std::uint64_t>(*n_tensors), static_cast<std::uint64_t>(*stated)));
    }

    /// That it is true, where all files are there to count in.
    auto check_sum() -> result<void> {
        if (out.count() != 0) return {};
        if (!n_tensors) return add(order[0], error{errc::missing_key, split_tensors_key});
        std::uint64_t found = 0;
        for (const set_member& member : members) found += member.parsed->tensors().size();
        if (found == static_cast<std::uint64_t>(*n_tensors)) return {};
        return add(n_tensors_by, error{errc::invalid_value, offset_of(*members[n_tensors_by].parsed, split_tensors_key), split_tensors_key}
                                     .because("is not how many tensors the shards have")
                                     .expecting(found, static_cast<std::uint64_t>(*n_tensors)));
    }

    /// What all files have to have in common beside their split keys. Only the first has to state its architecture.
    auto check_likeness() -> result<void> {
        constexpr std::string_view architecture_key = "general.architecture";
        const contents* first = nullptr;
        std::optional<std::string_view> architecture;
        for (std::uint32_t i = 0; i < members.size(); ++i) {
            if (members[i].parsed == nullptr) continue;
            const contents& of = *members[i].parsed;
            if (first == nullptr) first = &of;
            if (of.version() != first->version())
                CRIA_TRY_VOID(add(i, error{errc::foreign_shard, 4, "version"}.expecting(std::uint64_t{first->version()}, std::uint64_t{of.version()})));
            if (of.byte_order() != first->byte_order())
                CRIA_TRY_VOID(add(i, error{errc::foreign_shard, 4, "byte order"}.expecting(name_of_order(first->byte_order()), name_of_order(of.byte_order()))));
            const auto value = of.metadata().find(architecture_key);
            if (!value) continue;
            const auto stated = value->get<std::string_view>(architecture_key);
            if (!stated) CRIA_TRY_VOID(add(i, stated.error()));
            else if (!architecture) architecture = *stated;
            else if (*architecture != *stated) CRIA_TRY_VOID(add(i, error{errc::foreign_shard, value->offset_bytes(), architecture_key}.expecting(*architecture, *stated)));
        }
        return {};
    }

    [[nodiscard]] static auto name_of_order(std::endian order) noexcept -> std::string_view { return order == std::endian::little ? "little-endian" : "big-endian"; }
};

inline auto file_list::make(std::uint32_t room) -> result<file_list> {
    file_list made;
    made.first_ = static_cast<file*>(::operator new(std::size_t{room} * sizeof(file), std::nothrow));
    if (made.first_ == nullptr) return error{errc::out_of_memory, "shards"}.finding(std::uint64_t{room});
    made.room_ = room;
    return made;
}

/// Opens the files of a set, and checks it.
struct set_opener {
    const file_options& options;
    problem_list& out;
    file_list files = {};
    buffer<set_member> members = {};
    buffer<std::uint32_t> order = {};  // of files, by number

    // Each of these leaves a whole model, or has added to the problems.

    auto open_path(std::string_view path) -> result<void> {
        const std::string_view name = file_name_of(path);
        const auto place = shard_place_of(path);
        // What the file cannot say, its name does: which other files there should be, to be listed with what is wrong with them.
        const auto go_on_without = [&](const error& why) -> result<void> {
            CRIA_TRY_VOID(out.add(why));
            return place && place->count > 1 ? open_siblings(*place, nullptr, true) : result<void>();
        };
        auto opened = file::open(path, options);
        if (!opened) {
            if (!place || place->count == 1) return out.add(opened.error());
            if (opened.error().code == errc::file_not_found) return open_siblings(*place, nullptr, false);
            return go_on_without(naming(opened.error(), path));
        }
        const auto count = stated_count(opened->contents());
        if (!count) return go_on_without(in_file(count.error(), name));
        if (*count == 1) return keep_single(*std::move(opened));
        const auto number = stated_number(opened->contents(), *count);
        if (!number) return go_on_without(in_file(number.error(), name));
        const shard_suffix wanted(*number, *count);
        char pattern[shard_suffix::length + 1] = "*";
        wanted.view().copy(pattern + 1, shard_suffix::length);
        const std::string_view expected(pattern, sizeof pattern);
        if (!place)
            return out.add(error{errc::missing_shard, name}.because("is one shard of several, and its name does not tell those of the others; open them as a list").expecting(expected, {}));
        if (place->number != *number || place->count != *count)
            return out.add(error{errc::foreign_shard, name}.because("is another shard than its name says; rename it, or open the set as a list of its files").expecting(expected, {}));
        return open_siblings(*place, &*opened, true);
    }

    auto open_list(std::span<const std::string_view> paths) -> result<void> {
        if (paths.empty()) return out.add(error{errc::invalid_argument, "shards"}.because("list of files is empty"));
        if (paths.size() > shards::max_shards)
            return out.add(error{errc::invalid_argument, "shards"}.because("more files than a set can have").expecting(std::uint64_t{shards::max_shards}, std::uint64_t{paths.size()}));
        CRIA_TRY(files, file_list::make(static_cast<std::uint32_t>(paths.size())));
        CRIA_TRY_VOID(members.reserve(paths.size(), "shards"));
        for (const std::string_view path : paths) CRIA_TRY_VOID(open_member(path, no_number));
        if (out.count() == 0 && files.size() == 1) {
            const auto count = stated_count(files[0].contents());
            if (count && *count == 1) return {};
        }
        CRIA_TRY(order, check_members(members, out));
        return {};
    }

    auto keep_single(file&& single) -> result<void> {
        CRIA_TRY(files, file_list::make(1));
        files.push(std::move(single));
        return {};
    }

    /// The set of the file at `place`, which is open as `own`; or is there and broken, as the problems say already; or is not there.
    auto open_siblings(const shard_place& place, file* own, bool own_is_there) -> result<void> {
        CRIA_TRY(const auto is_there, look_for(place, own_is_there));
        CRIA_TRY(files, file_list::make(place.count));
        CRIA_TRY_VOID(members.reserve(place.count, "shards"));
        for (std::uint32_t number = 0; number < place.count; ++number) {
            if (number == place.number && own != nullptr) {
                CRIA_TRY_VOID(add_member(files.push(std::move(*own)), number));
            } else if (number == place.number || !is_there[number]) {
                CRIA_TRY_VOID(members.push_back({nullptr, {}, number}, "shards"));
            } else {
                CRIA_TRY(const auto path, shard_name(place.prefix, number, place.count));
                CRIA_TRY_VOID(open_member(path.view(), number));
            }
        }
        CRIA_TRY(order, set_checker::run(members, place.count, out));
        return {};
    }

    /// Which shards exist. They are only opened one by one and closed again, so that a file which claims to be one of
    /// 65,535 is found out before room is made for the others.
    auto look_for(const shard_place& place, bool own_is_there) -> result<buffer<bool>> {
        CRIA_TRY(auto is_there, buffer<bool>::make(place.count, "shards"));
        std::uint64_t n_missing = 0;
        for (std::uint32_t number = 0; number < place.count; ++number) {
            CRIA_TRY(const auto path, shard_name(place.prefix, number, place.count));
            is_there[number] = own_is_there;
            if (number != place.number) {
                const auto probed = io::native_file::open(path.view());
                is_there[number] = probed || probed.error().code != errc::file_not_found;  // of other errors, opening it will tell
            }
            n_missing += is_there[number] ? 0U : 1U;
        }
        if (n_missing == place.count) {  // nothing says that there ever was such a set
            CRIA_TRY(const auto path, shard_name(place.prefix, place.number, place.count));
            CRIA_TRY_VOID(out.add(error{errc::file_not_found, io::detail::path_text::end_of(path.view()).view()}));
            return is_there;
        }
        for (std::uint32_t number = 0; number < place.count && n_missing > 0; ++number) {
            if (is_there[number]) continue;
            CRIA_TRY(const auto path, shard_name(place.prefix, number, place.count));
            const error why{errc::missing_shard, cria::detail::inline_text<111>::end_of(file_name_of(path.view())).view()};
            CRIA_TRY_VOID(out.add(n_missing == 1 || out.keeps_all() ? why : why.because("is missing; shards missing in all").finding(n_missing)));
        }
        return is_there;
    }

    /// An error of opening a file, which names it. What concerns the file as a thing does so already.
    [[nodiscard]] static auto naming(const error& why, std::string_view path) -> error {
        return why.subject.view() == io::detail::path_text::end_of(path).view() ? why : in_file(why, file_name_of(path));
    }

    auto open_member(std::string_view path, std::uint32_t number) -> result<void> {
        auto opened = file::open(path, options);
        if (opened) return add_member(files.push(*std::move(opened)), number);
        CRIA_TRY_VOID(members.push_back({nullptr, {}, number}, "shards"));
        return out.add(naming(opened.error(), path));
    }

    auto add_member(const file& opened, std::uint32_t number) -> result<void> {
        return members.push_back({&opened.contents(), file_name_of(opened.native().path()), number}, "shards");
    }

    /// The members' order, if they are a set. What a set counts is what the first file says that is a shard.
    [[nodiscard]] static auto check_members(const buffer<set_member>& members, problem_list& out) -> result<buffer<std::uint32_t>> {
        for (const set_member& member : members) {
            const auto count = member.parsed == nullptr ? result<std::uint32_t>(1U) : stated_count(*member.parsed);
            if (count && *count > 1) return set_checker::run(members, *count, out);
        }
        for (const set_member& member : members) {
            if (member.parsed == nullptr) continue;
            const auto count = stated_count(*member.parsed);
            CRIA_TRY_VOID(out.add(in_file(count ? error{errc::foreign_shard, split_count_key}.because("is that of a whole model, or not there") : count.error(), member.name)));
        }
        return buffer<std::uint32_t>();
    }

    /// The model. Precondition: no problem was found.
    [[nodiscard]] auto finish() -> result<shards> {
        assert(out.count() == 0);
        if (order.empty()) return shards(std::move(files), tensor_table());
        CRIA_TRY(auto joined, shards::join(members, order, options.rules, out));
        CRIA_TRY(auto sorted, file_list::make(files.size()));
        for (const std::uint32_t member : order) sorted.push(std::move(files[member]));  // no member is missing: each has its file
        return shards(std::move(sorted), std::move(joined));
    }
    /// What finish() would complain of.
    auto inspect() -> result<void> {
        if (out.count() != 0 || order.empty()) return {};
        return shards::join(members, order, options.rules, out).transform([](const tensor_table&) {});
    }
};

}  // namespace detail

inline auto shards::join(const buffer<detail::set_member>& members, const buffer<std::uint32_t>& order, const policy& rules, detail::problem_list& out)
    -> result<tensor_table> {
    std::uint64_t total = 0;
    for (const detail::set_member& member : members) total += member.parsed->tensors().size();
    tensor_table joined;
    if (total > rules.max_tensors) {
        CRIA_TRY_VOID(out.add(error{errc::limit_exceeded, "tensors of all shards"}.expecting(rules.max_tensors, total)));
        return joined;
    }
    CRIA_TRY_VOID(joined.tensors_.reserve(total, "tensor table"));
    CRIA_TRY(joined.index_, detail::name_index::make(total, "tensor table"));
    for (std::uint32_t number = 0; number < order.size(); ++number)
        for (const tensor& of : members[order[number]].parsed->tensors()) {
            const auto at = static_cast<std::uint32_t>(joined.tensors_.size());
            CRIA_TRY_VOID(joined.tensors_.push_back(of, "tensor table"));
            joined.tensors_.back().shard = number;
            const std::uint32_t taken = joined.index_.insert(of.name, at, tensor_table::name_at{joined.tensors_.data()});
            if (taken == detail::name_index::nowhere) continue;
            joined.tensors_.pop_back();
            const detail::set_member& other = members[order[joined.tensors_[taken].shard]];
            CRIA_TRY_VOID(out.add(detail::in_file(error{errc::duplicate_name, of.name}.because("tensor is in another shard, too").finding(other.name), members[order[number]].name)));
        }
    return joined;
}

inline auto shards::join(std::span<const contents* const> parsed, const policy& rules) -> result<tensor_table> {
    detail::problem_list out(false);
    if (parsed.empty() || parsed.size() > max_shards) return error{errc::invalid_argument, "shards"}.because("a set has 1 to 65535 files").finding(std::uint64_t{parsed.size()});
    // Names for errors: "file 1".
    struct label {
        char text[16];
    };
    CRIA_TRY(auto labels, buffer<label>::make(parsed.size(), "shards"));
    buffer<detail::set_member> members;
    CRIA_TRY_VOID(members.reserve(parsed.size(), "shards"));
    for (std::size_t i = 0; i < parsed.size(); ++i) {
        std::size_t size = std::string_view("file ").copy(labels[i].text, sizeof label::text);
        size += cria::detail::decimal(i + 1).view().copy(labels[i].text + size, sizeof label::text - size);
        CRIA_TRY_VOID(members.push_back({parsed[i], {labels[i].text, size}, detail::no_number}, "shards"));
    }
    if (parsed.size() == 1) {
        const auto count = detail::stated_count(*parsed[0]);
        if (count && *count == 1) {
            CRIA_TRY(const auto only_one, buffer<std::uint32_t>::make(1, "shards"));
            return join(members, only_one, rules, out);
        }
    }
    CRIA_TRY(const auto order, detail::set_opener::check_members(members, out));
    return join(members, order, rules, out);
}

inline auto shards::open(std::string_view path, const file_options& options) -> result<shards> {
    detail::problem_list out(false);
    detail::set_opener opener{options, out};
    CRIA_TRY_VOID(opener.open_path(path));
    return opener.finish();
}

inline auto shards::open(std::span<const std::string_view> paths, const file_options& options) -> result<shards> {
    detail::problem_list out(false);
    detail::set_opener opener{options, out};
    CRIA_TRY_VOID(opener.open_list(paths));
    return opener.finish();
}

inline auto shards::of(file&& single) -> result<shards> {
    const std::string_view name = detail::file_name_of(single.native().path());
    const auto count = detail::stated_count(single.contents());
    if (!count) return detail::in_file(count.error(), name);
    if (*count > 1) return error{errc::missing_shard, name}.because("is one shard of several; open the set").finding(std::uint64_t{*count});
    CRIA_TRY(auto files, detail::file_list::make(1));
    files.push(std::move(single));
    return shards(std::move(files), tensor_table());
}

inline auto shards::size_bytes() const noexcept -> std::uint64_t {
    std::uint64_t sum = 0;
    for (const file& one : *this) sum += one.size_bytes();
    return sum;
}

inline auto shards::check(const tensor& of) const noexcept -> result<void> {
    if (of.shard < size()) return {};
    return error{errc::out_of_range, of.name}.because("is in a shard that this model does not have").expecting(std::uint64_t{size()}, std::uint64_t{of.shard});
}

inline auto shards::bytes(const tensor& of) const& noexcept -> result<byte_view> {
    CRIA_TRY_VOID(check(of));
    return files_[of.shard].bytes(of);
}

inline auto shards::read(const tensor& of, std::uint64_t first_byte, std::span<std::byte> out) const -> result<void> {
    CRIA_TRY_VOID(check(of));
    return files_[of.shard].read(of, first_byte, out);
}

inline auto inspect_shards(std::string_view path, const file_options& options) -> result<buffer<error>> {
    detail::problem_list out(true);
    detail::set_opener opener{options, out};
    CRIA_TRY_VOID(opener.open_path(path));
    CRIA_TRY_VOID(opener.inspect());
    return std::move(out.kept());
}

inline auto inspect_shards(std::span<const std::string_view> paths, const file_options& options) -> result<buffer<error>> {
    detail::problem_list out(true);
    detail::set_opener opener{options, out};
    CRIA_TRY_VOID(opener.open_list(paths));
    CRIA_TRY_VOID(opener.inspect());
    return std::move(out.kept());
}

constexpr auto shard_place_of(std::string_view path) noexcept -> std::optional<shard_place> {
    constexpr std::size_t length = detail::shard_suffix::length;
    if (path.size() < length) return std::nullopt;
    const std::string_view suffix = path.substr(path.size() - length);
    const auto number = detail::shard_suffix::number_in(suffix.substr(1, 5));
    const auto count = detail::shard_suffix::number_in(suffix.substr(10, 5));
    if (!number || !count || *number == 0 || *number > *count || *count > shards::max_shards) return std::nullopt;
    if (suffix != detail::shard_suffix(*number - 1, *count).view()) return std::nullopt;
    return shard_place{path.substr(0, path.size() - length), *number - 1, *count};
}

inline auto shard_name(std::string_view prefix, std::uint32_t number, std::uint32_t count) -> result<buffer<char>> {
    if (number >= count || count > shards::max_shards)
        return error{errc::invalid_argument, "shard number"}.because("is not below the count, or the count above 65535").expecting(std::uint64_t{count}, std::uint64_t{number});
    buffer<char> name;
    CRIA_TRY_VOID(name.reserve(prefix.size() + detail::shard_suffix::length, "shard name"));
    CRIA_TRY_VOID(name.append({prefix.data(), prefix.size()}, "shard name"));
    const detail::shard_suffix suffix(number, count);
    CRIA_TRY_VOID(name.append({suffix.view().data(), suffix.view().size()}, "shard name"));
    return name;
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_SHARDS_HPP
