// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_PLAN_TEXT_HPP
#define CRIA_UPLOAD_PLAN_TEXT_HPP

#include "cria/upload/plan.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

// A plan for people: a table that fits a screen, and if asked the list of every copy. Equal plans give equal
// text, so two plans can be compared with diff.

namespace cria::inline v0::upload {

/// How much of a plan to print.
enum class plan_detail : std::uint8_t {
    summary,  ///< a line a device
    copies,   ///< then a line a copy, as the chunks cut them, and a line a broadcast
};

/// The plan as lines of text, each ending in a newline.
/// Cost: O(devices), or O(chunks + copies + broadcasts); it allocates, and is for people.
[[nodiscard]] inline auto to_text(const plan& of, plan_detail how_much = plan_detail::summary) -> std::string;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

inline void append_right(std::string& out, std::string_view text, std::size_t width) {
    if (text.size() < width) out.append(width - text.size(), ' ');
    out += text;
}

/// A line of right-aligned cells; widths hold the largest number that is likely, not the largest there is.
template <std::size_t N>
inline void append_row(std::string& out, const std::array<std::size_t, N>& widths, const std::array<std::uint64_t, N>& cells) {
    for (std::size_t i = 0; i < N; ++i) {
        if (i != 0) out += "  ";
        append_right(out, std::to_string(cells[i]), widths[i]);
    }
    out += '\n';
}

template <std::size_t N>
inline void append_head(std::string& out, const std::array<std::size_t, N>& widths, const std::array<std::string_view, N>& titles) {
    for (std::size_t i = 0; i < N; ++i) {
        if (i != 0) out += "  ";
        append_right(out, titles[i], widths[i]);
    }
    out += '\n';
}

}  // namespace detail

inline auto to_text(const plan& of, plan_detail how_much) -> std::string {
    std::string out = "alignment " + std::to_string(of.options().alignment_bytes) + " bytes, chunks of at most " +
                      std::to_string(of.options().chunk_bytes) + " bytes\n";
    constexpr std::array<std::size_t, 8> widths = {6, 15, 15, 7, 7, 8, 7, 11};
    detail::append_head<8>(out, widths, {"device", "arena bytes", "data bytes", "items", "ranges", "copies", "chunks", "largest gap"});
    for (std::uint32_t device = 0; device < of.arenas().size(); ++device) {
        const arena& own = of.arenas()[device];
        detail::append_row<8>(out, widths,
                              {device, own.size_bytes, own.data_bytes, own.n_items, own.n_ranges, own.n_copies, of.chunk_count(device), own.largest_gap_bytes});
    }
    for (const arena& own : of.arenas()) {
        if (own.n_broadcasts == 0) continue;
        out += "device " + std::to_string(&own - of.arenas().data()) + ": " + std::to_string(own.broadcast_bytes) + " bytes from other devices\n";
    }
    if (how_much == plan_detail::summary) return out;

    constexpr std::array<std::size_t, 6> copy_widths = {6, 7, 15, 5, 15, 11};
    detail::append_head<6>(out, copy_widths, {"device", "chunk", "device offset", "file", "file offset", "bytes"});
    for (std::uint32_t device = 0; device < of.arenas().size(); ++device) {
        const std::uint64_t n_chunks = of.chunk_count(device);
        for (std::uint64_t k = 0; k < n_chunks; ++k)
            for (const copy& part : of.chunk(device, k))
                detail::append_row<6>(out, copy_widths, {device, k, part.device_offset_bytes, part.file, part.file_offset_bytes, part.size_bytes});
    }
    if (of.broadcasts().empty()) return out;
    constexpr std::array<std::size_t, 7> broadcast_widths = {6, 11, 15, 15, 5, 15, 11};
    detail::append_head<7>(out, broadcast_widths, {"device", "from device", "device offset", "from offset", "file", "file offset", "bytes"});
    for (const broadcast& each : of.broadcasts())
        detail::append_row<7>(out, broadcast_widths,
                              {each.to.device, each.from_device, each.to.device_offset_bytes, each.from_offset_bytes, each.to.file, each.to.file_offset_bytes, each.to.size_bytes});
    return out;
}

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_PLAN_TEXT_HPP
