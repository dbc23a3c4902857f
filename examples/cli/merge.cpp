// SPDX-License-Identifier: MIT
// cria merge: a set of files as one.
#include <filesystem>
#include <string>
#include <system_error>

#include "commands.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/gguf/split.hpp"
#include "json.hpp"
#include "text.hpp"
#include "watched_write.hpp"

namespace cli {

namespace gguf = cria::gguf;
namespace {

/// That a shard is not replaced by the model it is a part of, which would leave the rest of the set without it.
auto check_is_apart(const gguf::shards& model, const std::string& path) -> cria::result<void> {
    for (const gguf::file& shard : model) {
        std::error_code no_such_file;
        if (std::filesystem::equivalent(std::string(shard.native().path()), path, no_such_file))
            return cria::error{cria::errc::invalid_argument, path}.because("is one of the files that are to be merged");
    }
    return {};
}

}  // namespace

auto run(const merge_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const auto model, gguf::shards::open(options.shard));
    CRIA_TRY_VOID(check_is_apart(model, options.out));
    watched_write watched(model.size_bytes());
    const auto written = gguf::write_merged(model, options.out, watched.options(options.force));
    if (!written) return about_output(written.error());
    if (options.json) {
        json document;
        document["path"] = json_text(options.out);
        document["bytes"] = written->bytes;
        document["tensors"] = model.tensors().size();
        document["shards"] = model.size();
        out.write(to_text(document));
    } else {
        out.print("{}: {} of {}, {}\n", printable(options.out), counted(model.tensors().size(), "tensor"), counted(model.size(), "shard"),
                  human_bytes(written->bytes));
    }
    return {};
}

}  // namespace cli
