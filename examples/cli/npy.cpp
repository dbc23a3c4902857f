// SPDX-License-Identifier: MIT
#include "npy.hpp"

#include <fmt/format.h>

#include <bit>  // endian
#include <cstddef>
#include <filesystem>
#include <system_error>

namespace cli {

/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0: a dictionary of the shape, with
/// spaces so that the values begin at a multiple of 64.
auto npy_header(const std::vector<std::uint64_t>& shape) -> std::string {
    std::string extents;
    for (const std::uint64_t extent : shape) extents += fmt::format("{}{}", extents.empty() ? "" : ", ", extent);
    if (shape.size() == 1) extents += ",";
    const char order = std::endian::native == std::endian::little ? '<' : '>';
    std::string text = fmt::format("{{'descr': '{}f4', 'fortran_order': False, 'shape': ({}), }}", order, extents);
    constexpr std::size_t prefix_bytes = 10, alignment = 64;
    text.append((alignment - (prefix_bytes + text.size() + 1) % alignment) % alignment, ' ');
    text += '\n';
    std::string header = "\x93NUMPY";
    header += '\x01';
    header += '\0';
    header += static_cast<char>(text.size() & 0xFFU);
    header += static_cast<char>(text.size() >> 8U);
    return header + text;
}

auto check_is_apart(const cria::gguf::shards& model, const std::string& path) -> cria::result<void> {
    for (const cria::gguf::file& shard : model) {
        std::error_code no_such_file;
        if (std::filesystem::equivalent(std::string(shard.native().path()), path, no_such_file))
            return cria::error{cria::errc::invalid_argument, path}.because("is a file of the model itself");
    }
    return {};
}

}  // namespace cli
