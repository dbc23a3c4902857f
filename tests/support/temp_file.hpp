// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_TEMP_FILE_HPP
#define CRIA_TESTS_SUPPORT_TEMP_FILE_HPP

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#if defined(_WIN32)
#include <process.h>
#else
#include <unistd.h>
#endif

// Files that a test writes and that are gone when it is over.

namespace cria_test {

/// A folder of a test's own; paths and names are UTF-8, as in the library. Removed with everything in it by the destructor.
class temp_folder {
public:
    temp_folder() {
#if defined(_WIN32)
        const auto process = static_cast<long>(::_getpid());
#else
        const auto process = static_cast<long>(::getpid());
#endif
        static std::atomic<int> count{0};
        folder_ = std::filesystem::temp_directory_path() / ("cria_test_" + std::to_string(process) + "_" + std::to_string(count++));
        std::filesystem::create_directories(folder_);
    }
    temp_folder(const temp_folder&) = delete;
    auto operator=(const temp_folder&) -> temp_folder& = delete;
    ~temp_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] auto path() const -> std::string { return utf8(folder_); }
    [[nodiscard]] auto path(std::string_view name) const -> std::string { return utf8(place_of(name)); }

    /// Writes a file and gives its path; an empty path where that failed.
    auto write(std::string_view name, std::span<const std::byte> bytes) const -> std::string {
        std::string where = path(name);
#if defined(_WIN32)
        std::FILE* const out = ::_wfopen(place_of(name).c_str(), L"wb");  // fopen takes a code page's letters
#else
        std::FILE* const out = std::fopen(where.c_str(), "wb");
#endif
        if (out == nullptr) return {};
        const bool written = bytes.empty() || std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
        return std::fclose(out) == 0 && written ? where : std::string();
    }
    auto write(std::string_view name, std::string_view text) const -> std::string {
        return write(name, std::as_bytes(std::span(text.data(), text.size())));
    }

private:
    [[nodiscard]] auto place_of(std::string_view name) const -> std::filesystem::path { return folder_ / std::filesystem::path(std::u8string(name.begin(), name.end())); }
    [[nodiscard]] static auto utf8(const std::filesystem::path& path) -> std::string {
        const std::u8string text = path.u8string();
        return {text.begin(), text.end()};
    }

    std::filesystem::path folder_;
};

/// One file in a folder of its own.
class temp_file {
public:
    explicit temp_file(std::span<const std::byte> bytes, std::string_view name = "test.gguf") : path_(folder_.write(name, bytes)) {}
    [[nodiscard]] auto path() const -> const std::string& { return path_; }

private:
    temp_folder folder_;
    std::string path_;
};

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_TEMP_FILE_HPP
