// SPDX-License-Identifier: MIT
#include "text_input.hpp"

#include <cstring>  // memchr, memmove
#include <utility>

#include "progress.hpp"

namespace cli {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 16U;

/// Appends what can be read now; 0 at the end.
auto read_more(input& from, cria::buffer<char>& bytes) -> cria::result<std::size_t> {
    CRIA_TRY_VOID(bytes.grow(chunk_bytes, from.name()));
    const std::size_t before = bytes.size();
    const std::size_t room = bytes.capacity() - before;
    CRIA_TRY(char* const fresh, bytes.extend(room, from.name()));
    auto got = from.read(fresh, room);
    bytes.truncate(before + (got ? *got : 0));
    return got;
}

}  // namespace

auto read_all(input& from) -> cria::result<cria::buffer<char>> {
    cria::buffer<char> bytes;
    // One more than expected, so that the read that finds the end does not have to grow first.
    if (from.expected_bytes() != 0) CRIA_TRY_VOID(bytes.reserve(from.expected_bytes() + chunk_bytes, from.name()));
    progress shown(from.expected_bytes());
    while (true) {
        CRIA_TRY(const std::size_t got, read_more(from, bytes));
        if (got == 0) return bytes;
        shown.at(bytes.size());
    }
}

auto read_all(const std::string& path) -> cria::result<cria::buffer<char>> {
    CRIA_TRY(input from, input::open(path));
    return read_all(from);
}

auto whole_text::open(input& from) -> cria::result<whole_text> {
    constexpr std::uint64_t least_mapped = std::uint64_t{1} << 20U;
    whole_text text;
    if (from.expected_bytes() >= least_mapped) text.mapped_ = from.map();
    if (!text.mapped_) {
        CRIA_TRY(text.own_, read_all(from));
    }
    return text;
}

auto whole_text::view() const& -> std::string_view {
    return mapped_ ? std::string_view(reinterpret_cast<const char*>(mapped_->bytes().data()), mapped_->bytes().size()) : own_.view();
}

auto lines::next(std::string_view& line) -> cria::result<bool> {
    while (true) {
        const char* const from = bytes_.data() + scanned_;
        const void* const newline = scanned_ < bytes_.size() ? std::memchr(from, '\n', bytes_.size() - scanned_) : nullptr;
        if (newline != nullptr || (at_end_ && begin_ < bytes_.size())) {
            const std::size_t end = newline != nullptr ? static_cast<std::size_t>(static_cast<const char*>(newline) - bytes_.data()) : bytes_.size();
            line = std::string_view(bytes_.data() + begin_, end - begin_);
            line_offset_ = next_offset_;
            next_offset_ += line.size() + (newline != nullptr ? 1U : 0U);
            begin_ = scanned_ = newline != nullptr ? end + 1 : end;
            ++number_;
            return true;
        }
        if (at_end_) return false;
        scanned_ = bytes_.size();
        if (begin_ > 0) {  // the lines before this one have been used
            std::memmove(bytes_.data(), bytes_.data() + begin_, bytes_.size() - begin_);
            bytes_.truncate(bytes_.size() - begin_);
            scanned_ -= begin_;
            begin_ = 0;
        }
        out_.flush();
        CRIA_TRY(const std::size_t got, read_more(from_, bytes_));
        at_end_ = got == 0;
    }
}

auto lines::has_line() -> bool {
    if (at_end_) return begin_ < bytes_.size();
    if (scanned_ == bytes_.size()) return false;
    const void* const newline = std::memchr(bytes_.data() + scanned_, '\n', bytes_.size() - scanned_);
    if (newline == nullptr) scanned_ = bytes_.size();
    else scanned_ = static_cast<std::size_t>(static_cast<const char*>(newline) - bytes_.data());
    return newline != nullptr;
}

}  // namespace cli
