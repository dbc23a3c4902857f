// SPDX-License-Identifier: MIT
// cria tensors: what a file's tensors are called, how big they are, where they lie and what they are for.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "content_hash.hpp"
#include "cria/fmt.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/llama/weights.hpp"
#include "glob.hpp"
#include "json.hpp"
#include "progress.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;

/// A tensor that was asked for.
struct listed_tensor {
    const gguf::tensor* tensor;
    std::string hash;  ///< empty without --hash
};
using tensors = std::vector<listed_tensor>;

auto type_of(const gguf::tensor& tensor) -> std::string { return fmt::format("{}", tensor.type); }

auto role_of(const gguf::tensor& tensor) -> std::string { return cria::llama::role_of(tensor.name); }

void sort(tensors& list, tensor_order order) {
    // Equals stay in the file's order, which is that of their addresses in the table.
    const auto by = [&](auto key) {
        std::sort(list.begin(), list.end(),
                  [&](auto& a, auto& b) { return std::pair(key(*a.tensor), a.tensor) < std::pair(key(*b.tensor), b.tensor); });
    };
    switch (order) {
        case tensor_order::file: return;
        case tensor_order::name: return by([](auto& tensor) { return tensor.name; });
        case tensor_order::size: return by([](auto& tensor) { return ~tensor.size_bytes; });  // largest first
        case tensor_order::offset: return by([](auto& tensor) { return std::pair(tensor.shard, tensor.offset_bytes); });
        case tensor_order::type: return by([](auto& tensor) { return type_of(tensor); });
    }
}

auto hash_all(const gguf::shards& model, std::uint64_t bytes, tensors& list) -> cria::result<void> {
    progress shown(bytes);
    content_hasher hasher(model, shown);
    for (listed_tensor& row : list) {
        CRIA_TRY(row.hash, hasher.hash(*row.tensor));
    }
    return {};
}

auto json_of(const listed_tensor& row) -> json {
    const gguf::tensor& tensor = *row.tensor;
    const std::string role = role_of(tensor);
    json out;
    out["name"] = json_text(tensor.name);
    out["type"] = type_of(tensor);
    out["shape"] = json(tensor.shape.dimensions());
    out["elements"] = tensor.shape.elements();
    out["bytes"] = tensor.size_bytes;
    out["shard"] = tensor.shard;
    out["offset"] = tensor.offset_bytes;
    out["role"] = role.empty() ? json() : json(json_text(role));
    if (!row.hash.empty()) out["hash"] = row.hash;
    return out;
}

void print_json(const tensors& list, std::uint64_t bytes, bool hashed, output& out) {
    json rows = json::array();
    for (const listed_tensor& row : list) rows.push_back(json_of(row));
    json document;
    document["tensors"] = std::move(rows);
    document["bytes"] = bytes;
    if (hashed) document["hash"] = content_hash_name;
    out.write(to_text(document));
}

/// A column of the table: what stands above it, and the text of a tensor in it.
struct column {
    const char* head;
    bool is_number;
    std::string (*text)(const listed_tensor& row);
    std::size_t width = 0;
};

auto columns_of(const gguf::shards& model, bool hashed) -> std::vector<column> {
    std::vector<column> columns = {
        {"name", false, [](const listed_tensor& row) { return printable(row.tensor->name); }},
        {"type", false, [](const listed_tensor& row) { return type_of(*row.tensor); }},
        {"shape", false, [](const listed_tensor& row) { return fmt::format("{}", row.tensor->shape); }},
        {"bytes", true, [](const listed_tensor& row) { return grouped(row.tensor->size_bytes); }},
    };
    if (model.size() > 1) columns.push_back({"shard", true, [](const listed_tensor& row) { return std::to_string(row.tensor->shard); }});
    columns.push_back({"offset", true, [](const listed_tensor& row) { return std::to_string(row.tensor->offset_bytes); }});
    if (hashed) columns.push_back({"hash", false, [](const listed_tensor& row) { return row.hash; }});
    columns.push_back({"role", false, [](const listed_tensor& row) { return printable(role_of(*row.tensor)); }});
    return columns;
}

void print_table(const gguf::shards& model, const tensors& list, std::uint64_t bytes, bool hashed, output& out) {
    constexpr std::size_t widest_column = 40;  // one absurd name must not push every row off the screen
    std::vector<column> columns = columns_of(model, hashed);
    std::vector<std::vector<std::string>> rows;
    rows.reserve(list.size() + 1);
    rows.emplace_back();
    for (const column& each : columns) rows.back().emplace_back(each.head);
    for (const listed_tensor& row : list) {
        rows.emplace_back();
        for (const column& each : columns) rows.back().push_back(each.text(row));
    }
    for (const auto& cells : rows)
        for (std::size_t i = 0; i < columns.size(); ++i) columns[i].width = std::max(columns[i].width, std::min(widest_column, width_of(cells[i])));
    bool is_head = true;
    for (const auto& cells : rows) {
        std::string line;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i > 0) line += "  ";
            const std::size_t taken = width_of(cells[i]);
            if (columns[i].is_number && taken < columns[i].width) line.append(columns[i].width - taken, ' ');
            line += columns[i].is_number || i + 1 == columns.size() ? cells[i] : padded(cells[i], columns[i].width);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out.print("{}\n", is_head ? out.bold(line) : line);
        is_head = false;
        if (out.broken()) return;
    }
    out.print("{}\n", out.dim(fmt::format("{}, {}", counted(list.size(), "tensor"), human_bytes(bytes))));
}

}  // namespace

auto run(const tensors_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const auto model, gguf::shards::open(options.model));
    tensors list;
    for (const gguf::tensor& tensor : model.tensors())
        if (options.filter.empty() || glob_matches(options.filter, tensor.name)) list.push_back({&tensor, {}});
    sort(list, options.sort);
    std::uint64_t bytes = 0;  // parse() has checked that they do not overlap, so the sum is at most the files
    for (const listed_tensor& row : list) bytes += row.tensor->size_bytes;
    if (options.hash) CRIA_TRY_VOID(hash_all(model, bytes, list));
    if (options.json) print_json(list, bytes, options.hash, out);
    else print_table(model, list, bytes, options.hash, out);
    return {};
}

}  // namespace cli
