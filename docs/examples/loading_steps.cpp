// SPDX-License-Identifier: MIT
// From a file to everything an engine needs, step by step, and what goes wrong on the way: docs/architecture.md shows what this prints.
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "cria/cria.hpp"

namespace {

namespace gguf = cria::gguf;
namespace llama = cria::llama;

// [steps]
/// What llama::open does in one call, and what follows it. Each line can be had alone, and each is where its own errors come from.
auto load(const char* path, std::uint32_t context) -> cria::result<void> {
    CRIA_TRY(const auto files, gguf::shards::open(path));                         // header, metadata, tensor infos; the data is mapped
    CRIA_TRY(const auto numbers, llama::hyperparameters_from(files.metadata()));  // which family, and its numbers
    CRIA_TRY(const auto weights, llama::weights_from(files.tensors(), numbers));  // every tensor in its role, of the right shape
    CRIA_TRY(const auto tokenizer, cria::tokenizer_from(files.metadata()));
    CRIA_TRY(const auto ropes, llama::ropes_from(files, numbers, weights, context));
    CRIA_TRY(const auto cache, llama::make_kv_cache_layout(numbers, {.context_length = context}));
    CRIA_TRY(const auto plan, llama::plan_upload(files.tensors()));               // where what goes, in which chunks
    // [steps]
    std::printf("files        %zu, %zu keys, %zu tensors\n", files.size(), files.metadata().size(), files.tensors().size());
    std::printf("numbers      %.*s, %zu layers\n", static_cast<int>(numbers.architecture.size()), numbers.architecture.data(), numbers.layers.size());
    std::printf("weights      %zu layers bound, output %s\n", weights.layers.size(), weights.tied_output ? "tied" : "of its own");
    std::printf("tokenizer    %zu tokens\n", tokenizer.size());
    std::printf("rotations    %zu pairs\n", ropes.global.frequencies.size());
    std::printf("cache        %llu bytes\n", static_cast<unsigned long long>(cache.size_bytes));
    std::printf("plan         an arena of %llu bytes\n", static_cast<unsigned long long>(plan.arenas()[0].size_bytes));
    // [steps]
    return {};
}
// [steps]

/// The same from bytes in memory, as far as the tokenizer: the first error on the way.
auto first_error(std::string_view file) -> cria::result<void> {
    CRIA_TRY(const auto contents, gguf::parse(std::as_bytes(std::span(file))));
    CRIA_TRY(const auto numbers, llama::hyperparameters_from(contents.metadata()));
    CRIA_TRY_VOID(llama::weights_from(contents.tensors(), numbers));
    CRIA_TRY_VOID(cria::tokenizer_from(contents.metadata()));
    return {};
}

void show(const char* what, const std::string& file) {
    const auto done = first_error(file);
    if (done) return;
    const std::string_view code = cria::name_of(done.error().code);
    std::printf("%-22s %.*s\n    %s\n", what, static_cast<int>(code.size()), code.data(), done.error().message().c_str());
}

/// With the first `old` in other letters, as many.
auto with(std::string file, std::string_view old, std::string_view other) -> std::string {
    return file.replace(file.find(old), old.size(), other);
}

// [recover]
/// A code says what can be tried again, and with what.
auto opened(const char* path) -> cria::result<llama::model> {
    auto model = llama::open(path);
    if (model) return model;
    switch (model.error().code) {
        case cria::errc::unsupported_pretokenizer:  // the file names a rule that is newer than this library; the caller may know an equal one
            return llama::open(path, {.tokenizer = {.pre = "llama-bpe"}});
        case cria::errc::too_large:                 // no room for a mapping of all of it: then piece by piece
        case cria::errc::out_of_memory:
            return llama::open(path, {.how = cria::io::access::owned});
        default:
            return model;  // nothing that a program could mend: the message is for whoever has the file
    }
}
// [recover]

}  // namespace

auto main(int argc, char** argv) -> int {
    const char* const path = argc > 1 ? argv[1] : "model.gguf";
    std::puts("# [loaded]");
    if (const auto done = load(path, 512); !done) return std::puts(done.error().message().c_str()), 1;
    std::puts("# [loaded]");
    if (const auto model = opened(path); !model) return std::puts(model.error().message().c_str()), 1;

    std::ifstream in(path, std::ios::binary);
    const std::string file{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    std::puts("# [errors]");
    show("a download that ended", file.substr(0, 2000000));
    show("one that ended early", file.substr(0, 100));
    show("not a model", "PK\3\4" + file.substr(4));
    show("another architecture", with(file, "llama", "mamba"));
    show("a key that is missing", with(file, "llama.block_count", "llama.block_coumt"));
    show("a tensor that is", with(file, "blk.3.attn_q.weight", "blk.3.attn_z.weight"));
    show("a rule to cut text", with(file, "llama-bpe", "llama-xyz"));
    std::puts("# [errors]");
    return 0;
}
