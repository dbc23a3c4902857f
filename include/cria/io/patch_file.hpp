// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_PATCH_FILE_HPP
#define CRIA_IO_PATCH_FILE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/system.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

// Overwriting bytes of a file where they lie: a number in a header, a token's text of the same length, where
// copying gigabytes for it would be absurd. The file neither grows nor shrinks.
//
// There is no way back: a program or machine that stops in the middle of a write leaves a part of it in the file.
// Where that matters, output_file.hpp writes the file anew. Mappings of the file see the new bytes.

namespace cria::inline v0::io {

/// A regular file opened for reading and overwriting; move-only.
class patch_file {
public:
    patch_file() noexcept = default;
    /// Opens `path` (UTF-8), which has to exist; through a symbolic link, what it points to.
    /// Fails: as native_file::open; permission_denied too where the file may be read and not written.
    [[nodiscard]] static auto open_for_update(std::string_view path) -> result<patch_file>;

    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return file_.size_bytes(); }
    [[nodiscard]] auto name() const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return file_.name(); }
    /// The same file for reading. Borrows.
    [[nodiscard]] auto file() const& noexcept CRIA_LIFETIME_BOUND -> const native_file& { return file_; }
    auto file() && -> const native_file& = delete;

    /// Puts `bytes` in the place of what stands at `offset_bytes`.
    /// Fails: out_of_range where they reach past the size the file had when it was opened: nothing is written then;
    ///        disk_full (of files with holes, or copied lazily), too_large, io_error: a part may be written then.
    [[nodiscard]] auto write(std::uint64_t offset_bytes, byte_view bytes) -> result<void>;
    /// Returns when all that was written is on the device.
    [[nodiscard]] auto sync() -> result<void> { return detail::flush(file_.native_handle(), name()); }

private:
    explicit patch_file(native_file&& file) noexcept : file_(std::move(file)) {}

    native_file file_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto patch_file::open_for_update(std::string_view path) -> result<patch_file> {
    CRIA_TRY(const auto handle, detail::open_existing(path, detail::open_for::updating, detail::path_text::end_of(path).view()));
    CRIA_TRY(auto file, native_file::adopt(handle, path));
    return patch_file(std::move(file));
}

inline auto patch_file::write(std::uint64_t offset_bytes, byte_view bytes) -> result<void> {
    if (!detail::is_inside(offset_bytes, bytes.size(), size_bytes()))
        return error{errc::out_of_range, offset_bytes, name()}.because("write reaches past the end of the file, which has this many bytes").finding(size_bytes());
    return detail::write_at(file_.native_handle(), offset_bytes, bytes, name());
}

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_PATCH_FILE_HPP
