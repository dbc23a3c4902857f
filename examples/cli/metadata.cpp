// SPDX-License-Identifier: MIT
// cria metadata: a file's key-value pairs, in its order.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "cria/gguf/shards.hpp"
#include "json.hpp"
#include "text.hpp"
#include "value_text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;

auto json_of(const gguf::metadata_entry& entry, bool full) -> json {
    json out;
    out["key"] = json_text(entry.key);
    append_value(out, entry.value, full);
    return out;
}

/// The entries that were asked for, in the file's order.
/// Fails: errc::missing_key, naming the first key that is not there.
auto select(const gguf::metadata& metadata, const metadata_options& options) -> cria::result<std::vector<gguf::metadata_entry>> {
    for (const std::string& key : options.keys)
        if (!metadata.contains(key)) return cria::error{cria::errc::missing_key, key};
    std::vector<std::string_view> keys(options.keys.begin(), options.keys.end());
    std::sort(keys.begin(), keys.end());
    const bool everything = keys.empty() && options.prefix.empty();
    std::vector<gguf::metadata_entry> chosen;
    for (const gguf::metadata_entry entry : metadata) {
        const bool by_prefix = !options.prefix.empty() && entry.key.starts_with(options.prefix);
        if (everything || by_prefix || std::binary_search(keys.begin(), keys.end(), entry.key)) chosen.push_back(entry);
    }
    return chosen;
}

}  // namespace

auto run(const metadata_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const auto model, gguf::shards::open(options.model));
    CRIA_TRY(const auto entries, select(model.metadata(), options));

    if (options.json) {
        json list = json::array();
        for (const auto& entry : entries) list.push_back(json_of(entry, options.full));
        json document;
        document["metadata"] = std::move(list);
        out.write(to_text(document));
        return {};
    }

    constexpr std::size_t widest_column = 48;  // one absurd name must not push every value off the screen
    std::size_t key_width = 0;
    std::size_t type_width = 0;
    for (const auto& entry : entries) {
        key_width = std::max(key_width, std::min(widest_column, width_of(printable(entry.key))));
        type_width = std::max(type_width, type_text(entry.value).size());
    }
    for (const auto& entry : entries) {
        out.print("{}  {}  {}\n", padded(printable(entry.key), key_width), padded(type_text(entry.value), type_width), value_text(entry.value, options.full));
        if (out.broken()) break;
    }
    return {};
}

}  // namespace cli
