// SPDX-License-Identifier: MIT
#include "text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <system_error>

#include "cria/utf8/code_point.hpp"

namespace cli {
namespace {

/// Control characters, line and paragraph separators, and what changes the direction of a line.
auto moves_the_cursor(char32_t c) -> bool {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F ||
           c == 0x061C || c == 0xFEFF;
}

/// What is escaped, and how: as \xNN alone, or the usual ones by name.
enum class escape : std::uint8_t { bytes, names, names_and_quotes };

void append_escaped_byte(std::string& out, char byte) {
    constexpr char digits[] = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    out += "\\x";
    out += digits[value >> 4U];
    out += digits[value & 0xFU];
}

auto named_escape(char byte, escape how) -> const char* {
    if (how == escape::bytes) return nullptr;
    switch (byte) {
        case '"': return how == escape::names_and_quotes ? "\\\"" : nullptr;
        case '\n': return "\\n";
        case '\t': return "\\t";
        case '\r': return "\\r";
        case '\\': return "\\\\";
        default: return nullptr;
    }
}

auto rendered(std::string_view bytes, escape how) -> std::string {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const auto here = cria::utf8::decode(bytes);
        const char* const name = named_escape(bytes[0], how);
        if (name != nullptr) {
            out += name;
        } else if (here.valid && !moves_the_cursor(here.code_point)) {
            out += bytes.substr(0, here.length);
        } else {
            for (const char byte : bytes.substr(0, here.length)) append_escaped_byte(out, byte);
        }
        bytes.remove_prefix(here.length);
    }
    return out;
}

/// The first `limit_bytes`, or up to three fewer where that would cut a character. Precondition: there are more.
auto cut(std::string_view bytes, std::size_t limit_bytes) -> std::string_view {
    std::size_t kept = limit_bytes;
    while (kept > 0 && kept + 3 > limit_bytes && (static_cast<unsigned char>(bytes[kept]) & 0xC0U) == 0x80U) --kept;
    return bytes.substr(0, kept);
}

}  // namespace

auto printable(std::string_view bytes) -> std::string { return rendered(bytes, escape::bytes); }

auto escaped(std::string_view bytes) -> std::string { return rendered(bytes, escape::names); }

auto quoted(std::string_view bytes, std::size_t limit_bytes) -> std::string {
    if (bytes.size() <= limit_bytes) return fmt::format("\"{}\"", rendered(bytes, escape::names_and_quotes));
    return fmt::format("\"{}\" … ({} bytes)", rendered(cut(bytes, limit_bytes), escape::names_and_quotes), grouped(bytes.size()));
}

auto shortened(std::string_view bytes, std::size_t limit_bytes) -> std::string {
    return bytes.size() <= limit_bytes ? printable(bytes) : printable(cut(bytes, limit_bytes)) + "…";
}

auto file_name_of(std::string_view path) -> std::string {
#if defined(_WIN32)
    constexpr std::string_view separators = "/\\";
#else
    constexpr std::string_view separators = "/";
#endif
    return printable(path.substr(path.find_last_of(separators) + 1));  // npos + 1 is 0
}

auto counted(std::uint64_t count, std::string_view what) -> std::string { return fmt::format("{} {}{}", grouped(count), what, count == 1 ? "" : "s"); }

auto width_of(std::string_view text) -> std::size_t {
    std::size_t width = 0;
    for (const char byte : text) width += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1U : 0U;
    return width;
}

auto padded(std::string_view text, std::size_t width) -> std::string {
    std::string out(text);
    const std::size_t taken = width_of(text);
    if (taken < width) out.append(width - taken, ' ');
    return out;
}

auto joined(const std::vector<std::string>& words, std::string_view between) -> std::string {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : std::string(between)) + word;
    return out;
}

auto grouped(std::uint64_t number) -> std::string {
    const std::string digits = std::to_string(number);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
        out += digits[i];
    }
    return out;
}

auto human_bytes(std::uint64_t bytes) -> std::string {
    if (bytes < 1024) return fmt::format("{} bytes", bytes);
    constexpr const char* units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double scaled = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    for (; scaled >= 1024 && unit + 1 < std::size(units); ++unit) scaled /= 1024;
    return fmt::format("{:.{}f} {}", scaled, scaled < 10 ? 2 : scaled < 100 ? 1 : 0, units[unit]);
}

auto bytes_in(std::string_view text) -> std::optional<std::uint64_t> {
    struct unit {
        std::string_view name;
        std::uint64_t bytes;
    };
    constexpr unit units[] = {{"", 1},
                              {"B", 1},
                              {"KiB", std::uint64_t{1} << 10U},
                              {"MiB", std::uint64_t{1} << 20U},
                              {"GiB", std::uint64_t{1} << 30U},
                              {"TiB", std::uint64_t{1} << 40U},
                              {"KB", 1'000},
                              {"MB", 1'000'000},
                              {"GB", 1'000'000'000},
                              {"TB", 1'000'000'000'000}};
    std::uint64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with(' ')) text.remove_prefix(1);
    for (const auto& [name, bytes] : units)
        if (text == name) return number <= ~std::uint64_t{0} / bytes ? std::optional(number * bytes) : std::nullopt;
    return std::nullopt;
}

auto human_count(std::uint64_t count) -> std::string {
    if (count < 1000) return std::to_string(count);
    constexpr const char* units[] = {"K", "M", "B", "T"};
    double scaled = static_cast<double>(count) / 1000;
    std::size_t unit = 0;
    for (; scaled >= 1000 && unit + 1 < std::size(units); ++unit) scaled /= 1000;
    return fmt::format("{:.{}f} {}", scaled, scaled < 10 ? 2 : scaled < 100 ? 1 : 0, units[unit]);
}

}  // namespace cli
