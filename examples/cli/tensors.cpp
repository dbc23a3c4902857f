// SPDX-License-Identifier: MIT
// cria tensors: what a file's tensors are called, how big they are, where they lie and what they are for.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "cria/fmt.hpp"
#include "cria/gguf/file.hpp"
#include "cria/llama/weights.hpp"
#include "glob.hpp"
#include "json.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;
using tensors = std::vector<const gguf::tensor*>;

auto type_of(const gguf::tensor& tensor) -> std::string { return fmt::format("{}", tensor.type); }

auto role_of(const gguf::tensor& tensor) -> std::string { return cria::llama::role_of(tensor.name); }

void sort(tensors& list, tensor_order order) {
    // Equals stay in the file's order, which is that of their addresses in the table.
    const auto by = [&](auto key) {
        std::sort(list.begin(), list.end(), [&](auto* a, auto* b) { return std::pair(key(*a), a) < std::pair(key(*b), b); });
    };
    switch (order) {
        case tensor_order::file: return;
        case tensor_order::name: return by([](auto& tensor) { return tensor.name; });
        case tensor_order::size: return by([](auto& tensor) { return ~tensor.size_bytes; });  // largest first
        case tensor_order::offset: return by([](auto& tensor) { return tensor.offset_bytes; });
        case tensor_order::type: return by([](auto& tensor) { return type_of(tensor); });
    }
}

auto json_of(const gguf::tensor& tensor) -> json {
    const std::string role = role_of(tensor);
    json out;
    out["name"] = json_text(tensor.name);
    out["type"] = type_of(tensor);
    out["shape"] = json(tensor.shape.dimensions());
    out["elements"] = tensor.shape.elements();
    out["bytes"] = tensor.size_bytes;
    out["offset"] = tensor.offset_bytes;
    out["role"] = role.empty() ? json() : json(json_text(role));
    return out;
}

void print_json(const tensors& list, std::uint64_t bytes, output& out) {
    json rows = json::array();
    for (const auto* const tensor : list) rows.push_back(json_of(*tensor));
    json document;
    document["tensors"] = std::move(rows);
    document["bytes"] = bytes;
    out.write(to_text(document));
}

void print_table(const tensors& list, std::uint64_t bytes, output& out) {
    constexpr std::size_t columns = 6;
    constexpr std::size_t widest_column = 40;  // one absurd name must not push every row off the screen
    using row = std::array<std::string, columns>;
    std::vector<row> rows;
    rows.reserve(list.size() + 1);
    rows.push_back({"name", "type", "shape", "bytes", "offset", "role"});
    for (const auto* const tensor : list)
        rows.push_back({printable(tensor->name), type_of(*tensor), fmt::format("{}", tensor->shape), grouped(tensor->size_bytes),
                        std::to_string(tensor->offset_bytes), printable(role_of(*tensor))});
    std::array<std::size_t, columns> widths{};
    for (const row& cells : rows)
        for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], std::min(widest_column, width_of(cells[i])));
    constexpr std::array<bool, columns> is_number = {false, false, false, true, true, false};
    bool is_head = true;
    for (const row& cells : rows) {
        std::string line;
        for (std::size_t i = 0; i < columns; ++i) {
            if (i > 0) line += "  ";
            const std::size_t taken = width_of(cells[i]);
            if (is_number[i] && taken < widths[i]) line.append(widths[i] - taken, ' ');
            line += is_number[i] || i + 1 == columns ? cells[i] : padded(cells[i], widths[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out.print("{}\n", is_head ? out.bold(line) : line);
        is_head = false;
        if (out.broken()) return;
    }
    out.print("{}\n", out.dim(fmt::format("{} tensors, {}", grouped(list.size()), human_bytes(bytes))));
}

}  // namespace

auto run(const tensors_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const auto file, gguf::file::open(options.model));
    tensors list;
    for (const gguf::tensor& tensor : file.tensors())
        if (options.filter.empty() || glob_matches(options.filter, tensor.name)) list.push_back(&tensor);
    sort(list, options.sort);
    std::uint64_t bytes = 0;  // parse() has checked that they do not overlap, so the sum is at most the file
    for (const auto* const tensor : list) bytes += tensor->size_bytes;
    if (options.json) print_json(list, bytes, out);
    else print_table(list, bytes, out);
    return {};
}

}  // namespace cli
