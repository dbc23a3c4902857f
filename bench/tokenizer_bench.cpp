// SPDX-License-Identifier: MIT
// Text to ids and back, by the plain encoder: one thread, warm tables, whole files.
//
//   cria_bench --benchmark_filter='^(encode|decode)'

#include <memory>
#include <string>
#include <vector>

#include "cria/gguf/file.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "models.hpp"

namespace {

struct loaded {
    cria::bpe::tokenizer tokenizer;
    cria::io::mapped_file text;
};

/// Loads what a benchmark needs, or marks it as failed.
auto load(benchmark::State& state, const std::string& model, const std::string& text) -> std::unique_ptr<loaded> {
    const auto file = cria::gguf::file::open(model);
    auto tokenizer = file ? cria::tokenizer_from(file->contents()) : cria::result<cria::bpe::tokenizer>(file.error());
    auto bytes = cria::io::mapped_file::open(text);
    if (!tokenizer) state.SkipWithError(tokenizer.error().message().c_str());
    else if (!bytes) state.SkipWithError(bytes.error().message().c_str());
    else return std::make_unique<loaded>(loaded{*std::move(tokenizer), *std::move(bytes)});
    return nullptr;
}

auto view(const cria::io::mapped_file& file) -> std::string_view {
    return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

void encode(benchmark::State& state, const std::string& model, const std::string& text) {
    const auto input = load(state, model, text);
    if (input == nullptr) return;
    cria::bpe::encoder encoder(input->tokenizer);
    std::size_t n_tokens = 0;
    for (auto _ : state) {
        const auto ids = encoder.encode(view(input->text));
        if (!ids) return state.SkipWithError(ids.error().message().c_str());
        n_tokens = ids->size();
        benchmark::DoNotOptimize(ids->data());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(input->text.size_bytes()));
    state.counters["tokens"] = static_cast<double>(n_tokens);
}

void decode(benchmark::State& state, const std::string& model, const std::string& text) {
    const auto input = load(state, model, text);
    if (input == nullptr) return;
    const auto ids = input->tokenizer.encode(view(input->text));
    if (!ids) return state.SkipWithError(ids.error().message().c_str());
    for (auto _ : state) {
        const auto back = input->tokenizer.decode(ids->span());
        if (!back) return state.SkipWithError(back.error().message().c_str());
        benchmark::DoNotOptimize(back->data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(ids->size()));
}

const int registered = [] {
    for (const auto& [model, model_path] : cria_bench::vocabularies())
        for (const auto& [text, text_path] : cria_bench::texts()) {
            benchmark::RegisterBenchmark(("encode/" + model + "/" + text).c_str(), encode, model_path, text_path)->Unit(benchmark::kMillisecond);
            benchmark::RegisterBenchmark(("decode/" + model + "/" + text).c_str(), decode, model_path, text_path)->Unit(benchmark::kMillisecond);
        }
    return 0;
}();

}  // namespace
