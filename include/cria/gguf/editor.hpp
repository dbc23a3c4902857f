// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_EDITOR_HPP
#define CRIA_GGUF_EDITOR_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/encoded_value.hpp"
#include "cria/gguf/header.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/gguf/writer.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/output_file.hpp"
#include "cria/io/patch_file.hpp"

#include <cstdint>
#include <cstring>  // memcmp
#include <new>      // nothrow
#include <optional>
#include <span>
#include <string_view>
#include <utility>

// Changing the metadata of a model that is too large to be read for it. Two ways to save:
//
//   save_in_place()  writes a new header over the old one. Not one byte of data moves, so it takes no time, and works
//                    only where the new header ends just before the data. What it is shorter is made up by a filler
//                    key (cria.padding), which the next edit finds again and uses up: a file written with
//                    writer_options::reserve_bytes takes small edits for ever.
//   save_as()        writes a new file: a new header, and the data copied by the system from file to file, which file
//                    systems that share blocks do without copying.
//
// The header in place is the one thing here that a power cut can hurt. Before it is touched, the old one is on the
// device as a file of its own, `<path>.cria-header-backup`, which only its owner may read, and which is removed when the
// edit is done: where it is found, an edit was interrupted, and restore_header() undoes it. (An edit that was done, too,
// where a power cut took back the removal: the header is then the new one, whole, and the backup may go either way.)
//
// A path is followed through symbolic links once, when the file is opened: the file they lead to is what is edited, and
// the backup lies beside that. An edit in place changes the file itself, under every hard link it has; save_as() writes
// a new file under one name, and leaves the other links with the old one.
//
// The file is never mapped, and nothing is read but its header.

namespace cria::inline v0::gguf {

/// What save_in_place() would find.
struct in_place_room {
    std::uint64_t header_bytes = 0;   ///< the new header takes, without a filler
    std::uint64_t room_bytes = 0;     ///< there are before the data
    bool fits = false;

    /// Bytes that further edits may still take, at most (what they leave may be too narrow for a filler); 0 where it does not fit.
    [[nodiscard]] auto left_bytes() const noexcept -> std::uint64_t { return fits ? room_bytes - header_bytes : 0; }
    /// Bytes the header is too long; 0 where it is not (a gap too narrow for the filler key does not fit either).
    [[nodiscard]] auto missing_bytes() const noexcept -> std::uint64_t { return header_bytes > room_bytes ? header_bytes - room_bytes : 0; }
};

namespace detail {

/// An open file at an address that does not change when its holder is moved: std::unique_ptr, without all of <memory>.
class file_at_rest {
public:
    file_at_rest() noexcept = default;
    file_at_rest(file_at_rest&& other) noexcept : file_(std::exchange(other.file_, nullptr)) {}
    auto operator=(file_at_rest&& other) noexcept -> file_at_rest& {
        if (this != &other) {
            delete file_;
            file_ = std::exchange(other.file_, nullptr);
        }
        return *this;
    }
    file_at_rest(const file_at_rest&) = delete;
    auto operator=(const file_at_rest&) -> file_at_rest& = delete;
    ~file_at_rest() { delete file_; }

    /// Takes `file`; false where there is no memory for it. Precondition: it holds none.
    [[nodiscard]] auto hold(io::native_file&& file) noexcept -> bool {
        file_ = new (std::nothrow) io::native_file(std::move(file));
        return file_ != nullptr;
    }
    [[nodiscard]] auto operator*() const noexcept -> const io::native_file& { return *file_; }
    [[nodiscard]] auto operator->() const noexcept -> const io::native_file* { return file_; }

private:
    const io::native_file* file_ = nullptr;
};

}  // namespace detail

/// Changes to the metadata of one file. Move-only.
///
///     CRIA_TRY(auto edit, gguf::editor::open("model.gguf"));
///     CRIA_TRY_VOID(edit.set("tokenizer.ggml.add_bos_token", false));
///     CRIA_TRY_VOID(edit.save_in_place());
///
/// Nothing changes on disk before a save. Not for two editors of one file at a time: the second to save gets
/// errc::file_changed if it is lucky enough to look after the first.
class editor {
public:
    /// A file of version 1 becomes one of version 3 when it is saved, in place too.
    /// Fails:   as io::native_file::open and read_header.
    /// Borrows: policy::types, for as long as the editor lives.
    /// Cost:    O(header bytes).
    [[nodiscard]] static auto open(std::string_view path, const policy& rules = {}) -> result<editor>;

    /// The file as it is on disk: as it was opened, or last saved in place. Borrows: until then.
    [[nodiscard]] auto original() const& noexcept CRIA_LIFETIME_BOUND -> const contents& { return header_->contents(); }
    auto original() && -> const contents& = delete;
    /// The metadata as it will be, without a filler.
    [[nodiscard]] auto edited() const& noexcept CRIA_LIFETIME_BOUND -> const writer& { return edited_; }
    auto edited() && -> const writer& = delete;

    // As the writer's.
    template <class T>
        requires(encodable_scalar<T> || encodable_range<T>)
    [[nodiscard]] auto set(std::string_view key, const T& value) -> result<void> { return edited_.set(key, value); }
    [[nodiscard]] auto set(std::string_view key, const encoded_value& value) -> result<void> { return edited_.set(key, value); }
    [[nodiscard]] auto set(std::string_view key, const value& of_any_file) -> result<void> { return edited_.set(key, of_any_file); }
    auto remove(std::string_view key) noexcept -> bool { return edited_.remove(key); }
    [[nodiscard]] auto rename(std::string_view from, std::string_view to) -> result<void> { return edited_.rename(from, to); }
    [[nodiscard]] auto contains(std::string_view key) const noexcept -> bool { return edited_.contains(key); }
    [[nodiscard]] auto find(std::string_view key) const noexcept CRIA_LIFETIME_BOUND -> std::optional<value> { return edited_.find(key); }

    /// Whether save_in_place() has the room it needs, and how much.
    /// Fails: as writer::plan; errc::misaligned where general.alignment changed, and the data would have to move.
    [[nodiscard]] auto room() const -> result<in_place_room>;

    /// Writes the new header over the old one.
    /// Fails: errc::output_too_small where it does not fit; errc::file_changed where the file is not the one that was opened;
    ///        errc::file_exists where the backup of an interrupted edit is there; errc::misaligned as room(); as io::patch_file
    ///        and io::output_file. Then the file is as it was, but for one case, which error::reason names: the old header could
    ///        not be put back either, and lies in the backup.
    [[nodiscard]] auto save_in_place() -> result<void> {
        return save_in_place_with([](step) {});
    }

    /// Writes the edited model to `path`, which may be the file's own. A filler is written where `reserve_bytes` asks for one.
    /// Writing over its own path leaves this editor with the old file, which can be saved elsewhere, and not in place; on
    /// Windows it fails, since the old file is open.
    /// Fails: as writer::write.
    [[nodiscard]] auto save_as(std::string_view path, const io::output_options& how = {}, std::uint64_t reserve_bytes = 0) const -> result<written>;

    /// Undoes an edit of the file at `path` that was interrupted, with the backup beside it, which is removed.
    /// Fails: errc::file_not_found where there is no backup; as parse() where it is not the header of a file of this size.
    [[nodiscard]] static auto restore_header(std::string_view path, const policy& rules = {}) -> result<void>;

private:
    friend struct editor_access;  // of tests

    /// A header that may stand where the old one does, with what makes up the difference.
    struct fitting {
        layout at;
        writer::filler slack;
        in_place_room room;
    };

    editor() noexcept = default;
    [[nodiscard]] auto fit() const -> result<fitting>;
    [[nodiscard]] auto check_same(const io::native_file& now) const -> result<void>;
    [[nodiscard]] auto name() const noexcept -> std::string_view { return file_->name(); }
    [[nodiscard]] static auto backup_path(std::string_view path) -> result<buffer<char>>;
    static void remove_backup(std::string_view path);
    /// Where a save in place has got to: the file was found unchanged, and nothing keeps other editors out yet; the backup is there.
    enum class step : std::uint8_t { compared, backed_up };
    template <class F>
    [[nodiscard]] auto save_in_place_with(F&& at_step) -> result<void>;

    buffer<char> path_;  // absolute, links followed
    policy rules_;
    detail::file_at_rest file_;  // edited_ points at it
    std::optional<header> header_;
    writer edited_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// Writes `fresh` over `old`, which is what `file` begins with, and puts `old` back where that fails.
/// `torn` is set where it could not be put back.
template <class File>
[[nodiscard]] auto replace_header(File& file, byte_view fresh, byte_view old, bool& torn) -> result<void> {
    auto saved = file.write(0, fresh);
    if (saved) saved = file.sync();
    if (saved) return saved;
    auto undone = file.write(0, old);
    if (undone) undone = file.sync();
    torn = !undone;
    if (!torn) return saved;
    return saved.error().because("header was written in part and could not be put back; the old one is in the file's .cria-header-backup");
}

/// Whether two headers place the same tensors, which no edit in place changes.
[[nodiscard]] inline auto same_tensors(const contents& a, const contents& b) noexcept -> bool {
    if (a.tensors().size() != b.tensors().size()) return false;
    for (std::size_t i = 0; i < a.tensors().size(); ++i) {
        const tensor& one = a.tensors()[i];
        const tensor& other = b.tensors()[i];
        if (one.name != other.name || one.type != other.type || !(one.shape == other.shape) || one.offset_bytes != other.offset_bytes) return false;
    }
    return true;
}

}  // namespace detail

inline auto editor::open(std::string_view path, const policy& rules) -> result<editor> {
    editor made;
    made.rules_ = rules;
    CRIA_TRY(auto file, io::native_file::open(path));
    CRIA_TRY(made.path_, io::target_of(path));
    if (!made.file_.hold(std::move(file))) return error{errc::out_of_memory, path};
    CRIA_TRY(made.header_, read_header(*made.file_, rules));
    const contents& of = made.original();
    const io::native_file& source = *made.file_;
    CRIA_TRY(made.edited_, writer::copy(of, writer::options_of(of), true, [&](const tensor& each) { return tensor_data::from_file(source, each.offset_bytes); }));
    return made;
}

inline auto editor::fit() const -> result<fitting> {
    const contents& old = original();
    CRIA_TRY(auto at, edited_.plan_with({}));
    const std::uint64_t data_at = old.data_offset_bytes();
    // A file that ends with its header may do so before the data would begin.
    const std::uint64_t limit = data_at < old.file_bytes() ? data_at : old.file_bytes();
    fitting made{std::move(at), {}, {}};
    if (made.at.alignment_bytes != old.alignment_bytes()) {
        bool moves = data_at % made.at.alignment_bytes != 0;
        for (std::size_t i = 0; i < old.tensors().size(); ++i) moves = moves || old.tensors()[i].offset_bytes - data_at != made.at.offsets[i];
        if (moves)
            return error{errc::misaligned, "general.alignment"}.because("cannot change where the data stays; write a copy").expecting(old.alignment_bytes(), made.at.alignment_bytes);
    }
    // Where the data is, whatever order or gaps it lies in.
    for (std::size_t i = 0; i < old.tensors().size(); ++i) made.at.offsets[i] = old.tensors()[i].offset_bytes - data_at;
    made.room = {made.at.header_bytes, limit, false};
    const auto reaches = [&](std::uint64_t end) {
        std::uint64_t rounded = 0;
        return end <= limit && cria::detail::checked_round_up(end, made.at.alignment_bytes, rounded) && rounded == data_at;
    };
    if (made.at.header_bytes > limit) return made;
    const std::uint64_t gap = limit - made.at.header_bytes;
    if (reaches(made.at.header_bytes)) made.room.fits = true;
    else if (gap >= writer::filler::text_bytes && reaches(limit)) made.slack.bytes = gap;
    else if (gap >= writer::filler::byte_bytes && reaches(made.at.header_bytes + writer::filler::byte_bytes)) made.slack.bytes = writer::filler::byte_bytes;
    made.room.fits = made.room.fits || made.slack.bytes != 0;
    made.at.header_bytes += made.slack.bytes;
    made.at.data_offset_bytes = data_at;
    return made;
}

inline auto editor::room() const -> result<in_place_room> {
    return fit().transform([](const fitting& of) { return of.room; });
}

inline auto editor::check_same(const io::native_file& now) const -> result<void> {
    const error changed{errc::file_changed, name()};
    if (now.size_bytes() != original().file_bytes()) return changed.expecting(original().file_bytes(), now.size_bytes());
    const byte_view before = header_->bytes().first(static_cast<std::size_t>(original().header_bytes()));
    buffer<std::byte> after;
    CRIA_TRY(std::byte* const at, after.extend(before.size(), name()));
    CRIA_TRY_VOID(now.read(0, {at, before.size()}));
    return std::memcmp(at, before.data(), before.size()) == 0 ? result<void>() : result<void>(changed);
}

inline auto editor::backup_path(std::string_view path) -> result<buffer<char>> {
    constexpr std::string_view suffix = ".cria-header-backup";
    buffer<char> made;
    CRIA_TRY_VOID(made.append({path.data(), path.size()}, "path"));
    CRIA_TRY_VOID(made.append({suffix.data(), suffix.size()}, "path"));
    return made;
}

/// One that stays stops the next edit and does no other harm; so nothing is made of an error.
inline void editor::remove_backup(std::string_view path) { static_cast<void>(io::remove_file(path)); }

template <class F>
auto editor::save_in_place_with(F&& at_step) -> result<void> {
    CRIA_TRY(const auto made, fit());
    if (made.room.missing_bytes() != 0)
        return error{errc::output_too_small, name()}
            .because("header does not fit before the data; write a copy")
            .expecting(made.room.header_bytes, made.room.room_bytes);
    if (!made.room.fits)
        return error{errc::output_too_small, name()}
            .because("what the header leaves before the data is too narrow for a filler; write a copy")
            .expecting(std::uint64_t{writer::filler::text_bytes}, made.room.room_bytes - made.room.header_bytes);
    CRIA_TRY(auto fresh, edited_.encode_header(made.at, made.slack));
    const std::uint64_t limit = made.room.room_bytes;
    CRIA_TRY_VOID(fresh.resize(limit, "header"));  // padding of zeros
    // What is about to be written opens like what it replaces, with the data where it was.
    CRIA_TRY(auto check, parse_prefix(fresh.span(), original().file_bytes(), rules_));
    if (check.data_offset_bytes() != original().data_offset_bytes() || check.tensors().size() != original().tensors().size())
        return error{errc::invalid_value, name()}.because("new header would move the data");

    CRIA_TRY(auto file, io::patch_file::open_for_update(path_.view()));
    CRIA_TRY_VOID(check_same(file.file()));
    buffer<std::byte> old;
    CRIA_TRY(std::byte* const old_at, old.extend(limit, "header"));
    CRIA_TRY_VOID(file.file().read(0, {old_at, static_cast<std::size_t>(limit)}));

    at_step(step::compared);
    CRIA_TRY(const auto backup, backup_path(path_.view()));
    {
        CRIA_TRY(auto copy, io::output_file::create(backup.view(), {.replace = false, .sync = true, .owner_only = true}));
        CRIA_TRY_VOID(copy.append(old.span()));
        if (const auto kept = copy.commit(); !kept) {
            if (kept.error().code != errc::file_exists) remove_backup(backup.view());  // ours, and of no use: nothing was touched yet
            return kept;
        }
    }
    at_step(step::backed_up);
    // The backup keeps other editors out from here on. One may have come and gone while it was made.
    if (const auto same = check_same(file.file()); !same) {
        remove_backup(backup.view());
        return same;
    }
    bool torn = false;
    const auto saved = detail::replace_header(file, fresh.span(), old.span(), torn);
    if (!torn) remove_backup(backup.view());
    if (!saved) return saved;
    header_ = header(std::move(fresh), std::move(check));  // what the file says now; nothing that can fail is left
    return {};
}

inline auto editor::save_as(std::string_view path, const io::output_options& how, std::uint64_t reserve_bytes) const -> result<written> {
    return edited_.write_file(path, how, writer::filler::for_reserve(reserve_bytes));
}

inline auto editor::restore_header(std::string_view path, const policy& rules) -> result<void> {
    CRIA_TRY(auto file, io::patch_file::open_for_update(path));
    CRIA_TRY(const auto real_path, io::target_of(path));
    CRIA_TRY(const auto backup, backup_path(real_path.view()));
    buffer<std::byte> old;
    {
        CRIA_TRY(const auto saved, io::native_file::open(backup.view()));
        const std::uint64_t most = file.size_bytes();
        if (saved.size_bytes() > most)
            return error{errc::invalid_argument, saved.name()}.because("is longer than the file it would go into").expecting(most, saved.size_bytes());
        CRIA_TRY(std::byte* const at, old.extend(saved.size_bytes(), "header"));
        CRIA_TRY_VOID(saved.read(0, {at, old.size()}));
    }
    CRIA_TRY(const auto before, parse_prefix(old.span(), file.size_bytes(), rules));
    // An interrupted edit leaves a header that is torn, or one with the same tensors. Any other is another file's.
    if (const auto now = read_header(file.file(), rules); now && !detail::same_tensors(before, now->contents()))
        return error{errc::file_changed, file.name()}.because("is not the file that the backup was made of: their tensors differ");
    CRIA_TRY_VOID(file.write(0, old.span()));
    CRIA_TRY_VOID(file.sync());
    remove_backup(backup.view());
    return {};
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_EDITOR_HPP
