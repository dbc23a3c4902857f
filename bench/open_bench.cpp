// SPDX-License-Identifier: MIT
// What it costs to open a model: the header alone, the tokenizer's tables, and the whole facade.
//
//   cria_bench --benchmark_filter='^(open|vocabulary|model)'

#include <string>

#include "cria/gguf/file.hpp"
#include "cria/llama/model.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "models.hpp"

namespace {

void report_size(benchmark::State& state, const cria::gguf::file& file) {
    state.counters["file_MB"] = static_cast<double>(file.size_bytes()) / 1e6;
    state.counters["keys"] = static_cast<double>(file.metadata().size());
    state.counters["tensors"] = static_cast<double>(file.tensors().size());
}

void open_header(benchmark::State& state, const std::string& path, cria::io::access how) {
    cria::gguf::file_options options;
    options.how = how;
    for (auto _ : state) {
        auto file = cria::gguf::file::open(path, options);
        if (!file) return state.SkipWithError(file.error().message().c_str());
        benchmark::DoNotOptimize(file);
    }
    if (const auto file = cria::gguf::file::open(path)) report_size(state, *file);
}

void load_vocabulary(benchmark::State& state, const std::string& path) {
    const auto file = cria::gguf::file::open(path);
    if (!file) return state.SkipWithError(file.error().message().c_str());
    std::size_t size = 0;
    for (auto _ : state) {
        auto tokenizer = cria::tokenizer_from(file->contents());
        if (!tokenizer) return state.SkipWithError(tokenizer.error().message().c_str());
        size = tokenizer->size();
        benchmark::DoNotOptimize(tokenizer);
    }
    state.counters["tokens"] = static_cast<double>(size);
}

void open_model(benchmark::State& state, const std::string& path) {
    for (auto _ : state) {
        auto model = cria::llama::open(path);
        if (!model) return state.SkipWithError(model.error().message().c_str());
        benchmark::DoNotOptimize(model);
    }
    if (const auto file = cria::gguf::file::open(path)) report_size(state, *file);
}

const int registered = [] {
    for (const auto& [name, path] : cria_bench::vocabularies()) {
        benchmark::RegisterBenchmark(("open/mapped/" + name).c_str(), open_header, path, cria::io::access::mapped)->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("open/owned/" + name).c_str(), open_header, path, cria::io::access::owned)->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("vocabulary/" + name).c_str(), load_vocabulary, path)->Unit(benchmark::kMillisecond);
    }
    for (const auto& [name, path] : cria_bench::present({{"sample", cria_bench::sample_model()}, {"aidreams260K", cria_bench::shared("models/aidreams260K.gguf")}}))
        benchmark::RegisterBenchmark(("model/" + name).c_str(), open_model, path)->Unit(benchmark::kMillisecond);
    return 0;
}();

}  // namespace
