// SPDX-License-Identifier: MIT
// cria split: a model as a set of smaller files.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/gguf/split.hpp"
#include "json.hpp"
#include "text.hpp"
#include "watched_write.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;

/// A file that was written.
struct written_shard {
    std::string path;
    std::uint64_t bytes;
    std::size_t tensors;
};

/// Opens what was written: that says what is in it, and that it is a set.
auto look_at(const std::string& prefix, std::uint32_t count) -> cria::result<std::vector<written_shard>> {
    CRIA_TRY(const auto first, gguf::shard_name(prefix, 0, count));
    CRIA_TRY(const auto made, gguf::shards::open(first.view()));
    std::vector<written_shard> files;
    for (std::uint32_t i = 0; i < count; ++i) {
        CRIA_TRY(const auto path, gguf::shard_name(prefix, i, count));
        files.push_back({std::string(path.view()), made[i].size_bytes(), made[i].tensors().size()});
    }
    return files;
}

void print_text(const std::vector<written_shard>& files, output& out) {
    for (const written_shard& file : files) out.print("{}: {}, {}\n", printable(file.path), counted(file.tensors, "tensor"), human_bytes(file.bytes));
}

void print_json(const std::vector<written_shard>& files, std::uint64_t bytes, output& out) {
    json rows = json::array();
    for (const written_shard& file : files) {
        json row;
        row["path"] = json_text(file.path);
        row["bytes"] = file.bytes;
        row["tensors"] = file.tensors;
        rows.push_back(std::move(row));
    }
    json document;
    document["files"] = std::move(rows);
    document["bytes"] = bytes;
    out.write(to_text(document));
}

}  // namespace

auto run(const split_options& options, output& out) -> cria::result<void> {
    gguf::split_limits limits;
    if (options.max_bytes != 0) limits.max_bytes = options.max_bytes;
    if (options.max_tensors != 0) limits.max_tensors = options.max_tensors;
    CRIA_TRY(const auto model, gguf::shards::open(options.model));
    CRIA_TRY(const auto plan, gguf::plan_split(model.tensors(), limits));
    watched_write watched(model.size_bytes());
    const auto written = gguf::write_split(model, options.prefix, plan, watched.options(options.force));
    if (!written) return about_output(written.error());
    CRIA_TRY(const auto files, look_at(options.prefix, written->n_shards));
    if (options.json) print_json(files, written->bytes, out);
    else print_text(files, out);
    return {};
}

}  // namespace cli
