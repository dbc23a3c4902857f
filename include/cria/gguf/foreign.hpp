// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_FOREIGN_HPP
#define CRIA_GGUF_FOREIGN_HPP

#include "cria/base/bytes.hpp"

#include <cstdint>
#include <string_view>

// What a file is that is not GGUF. People hand loaders all kinds of files, most of them by accident: a pointer
// instead of the file, an error page instead of the download, the checkpoint the model was converted from. An
// error that names the accident saves an hour. Only looked at after the magic did not match, and never decides
// anything.

namespace cria::inline v0::gguf {

/// What `first_bytes` of a file that does not begin with "GGUF" seem to be, as a sentence for an error, or nullptr.
/// Static storage. Any number of bytes will do; 512 say all that can be said.
[[nodiscard]] inline auto recognise_foreign(byte_view first_bytes) noexcept -> const char*;

/// Whether `path` is named like a download that is not finished (`.part`, `.crdownload`, …).
[[nodiscard]] constexpr auto is_named_unfinished(std::string_view path) noexcept -> bool;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

struct foreign_beginning {
    std::string_view bytes;
    const char* what;
};

inline constexpr const char* legacy_ggml = "is a model file from before GGUF (GGML, GGMF, GGJT or GGLA), which has to be converted anew";
inline constexpr const char* html_page = "is an HTML page, such as a server sends instead of a file that it refuses";

// The words of legacy magics are stored little-endian: "ggjt" reads as tjgg.
inline constexpr foreign_beginning foreign_beginnings[] = {
    {"version https://git-lfs", "is a Git LFS pointer; the file it stands for has not been downloaded (git lfs pull)"},
    {"oid sha256:", "is a part of a Git LFS pointer; the file it stands for has not been downloaded"},
    {"lmgg", legacy_ggml},
    {"fmgg", legacy_ggml},
    {"tjgg", legacy_ggml},
    {"algg", legacy_ggml},
    {"ggml", legacy_ggml},
    {"ggmf", legacy_ggml},
    {"ggjt", legacy_ggml},
    {"ggla", legacy_ggml},
    {"GGML", legacy_ggml},
    {"FUGG", "has the magic of a proposal for big-endian files that the format never took up"},
    {"gguf", "has the magic in lower case, which no writer of GGUF makes"},
    {{"PK\3\4", 4}, "is a zip archive, as PyTorch checkpoints are; convert the model to GGUF"},
    {{"\x80\2", 2}, "is a Python pickle, as old PyTorch checkpoints are; convert the model to GGUF"},
    {{"\x80\4\x95", 3}, "is a Python pickle; convert the model to GGUF"},
    {{"\x1F\x8B", 2}, "is compressed with gzip; unpack it first"},
    {{"\x28\xB5\x2F\xFD", 4}, "is compressed with zstd; unpack it first"},
    {{"\xFD\x37zXZ", 5}, "is compressed with xz; unpack it first"},
    {"BZh", "is compressed with bzip2; unpack it first"},
    {{"7z\xBC\xAF\x27\x1C", 6}, "is a 7z archive; unpack it first"},
    {{"\x93NUMPY", 6}, "is a NumPy array"},
    {{"\x89HDF", 4}, "is an HDF5 file, as Keras models are; convert the model to GGUF"},
    {{"\x7F" "ELF", 4}, "is a program"},
    {"{", "is a JSON text, such as an index or an error of a server; not a model"},
    {"<?xml", "is an XML text, such as an error of a server"},
};

/// Whether `bytes` begin with `beginning`, capitals and blanks before it aside.
[[nodiscard]] constexpr auto begins_with_markup(std::string_view text, std::string_view beginning) noexcept -> bool {
    while (!text.empty() && (text[0] == ' ' || text[0] == '\n' || text[0] == '\r' || text[0] == '\t')) text.remove_prefix(1);
    if (text.size() < beginning.size()) return false;
    for (std::size_t i = 0; i < beginning.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
        if (c != beginning[i]) return false;
    }
    return true;
}

}  // namespace detail

inline auto recognise_foreign(byte_view first_bytes) noexcept -> const char* {
    const byte_view looked_at = first_bytes.first(first_bytes.size() < 512 ? first_bytes.size() : 512);
    const std::string_view text = cria::detail::as_text(looked_at);
    // The length of its JSON header, then that. Readers allow 100 MB of it; four letters at the beginning would be more.
    if (text.size() >= 9 && text[8] == '{' && cria::detail::load<std::uint64_t>(looked_at.data()) < (std::uint64_t{1} << 27U))
        return "is a safetensors file; convert the model to GGUF";
    for (const auto& [beginning, what] : detail::foreign_beginnings)
        if (text.substr(0, beginning.size()) == beginning) return what;
    if (detail::begins_with_markup(text, "<!doctype html") || detail::begins_with_markup(text, "<html")) return detail::html_page;
    if (text.size() >= 262 && text.substr(257, 5) == "ustar") return "is a tar archive; unpack it first";
    if (text.size() >= 4 && text.find_first_not_of('\0') == std::string_view::npos) return "begins with nothing but zero bytes, as an unfinished download does";
    return nullptr;
}

constexpr auto is_named_unfinished(std::string_view path) noexcept -> bool {
    for (const std::string_view ending : {".part", ".partial", ".crdownload", ".download", ".incomplete", ".aria2", ".tmp", ".!ut"})
        if (path.size() > ending.size() && path.substr(path.size() - ending.size()) == ending) return true;
    return false;
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_FOREIGN_HPP
