// SPDX-License-Identifier: MIT
// The reference engine beside llama.cpp: prefill of 512 tokens and decoding of 64, in one process, in turn.
//
//     bench/peers/llama_cpp.sh --llama --native       # once: builds llama.cpp under build/peers, for this processor
//     cmake -S . -B build/bench -DCMAKE_BUILD_TYPE=Release -DCRIA_BUILD_BENCHMARKS=ON -DCRIA_PEER_LLAMA_CPP=$PWD/build/peers
//     cmake --build build/bench --target cria_engine_peer_bench cria_smollm2
//     build/bench/bin/cria_engine_peer_bench [--threads N] [--rounds N] [MODEL.gguf]      MODEL is SmolLM2 unless named
//
// llama.cpp gets the model with all weights as floats (a copy beside the model that lives as long as the program), since the
// engine computes in floats: quantized, llama.cpp would round activations, too, and be another computation. The engine reads the
// model as it is; the last rows are for the copy. First both have to choose the same tokens. Then each round runs each contender
// once, in an order drawn anew; the table shows medians over the rounds, and their ratio to llama.cpp's.

#include <fmt/core.h>
#include <llama.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/writer.hpp"
#include "cria/llama/model.hpp"
#include "cria/quant/dequantize.hpp"
#include "engine/sampler.hpp"
#include "engine/transformer.hpp"

namespace {

namespace gguf = cria::gguf;
using engine::token_id;

constexpr std::size_t n_prompt = 512, n_decoded = 64;
constexpr std::uint32_t n_context = 1024;

template <class T>
auto need(cria::result<T>&& made) -> T {
    if (!made) {
        fmt::print(stderr, "cria_engine_peer_bench: {}\n", made.error().message());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return *std::move(made);
}

/// A copy of a model in which all tensors are floats; gone with this.
class float_copy {
public:
    explicit float_copy(const cria::llama::model& model) : path_(std::filesystem::temp_directory_path() / fmt::format("cria-engine-bench-{}.gguf", std::random_device{}())) {
        gguf::writer writer;
        const gguf::shards& files = model.files();
        for (const auto& [key, value, offset] : files.metadata()) need(writer.set(key, value));
        need(writer.set("general.file_type", std::uint32_t{0}));  // all F32
        std::vector<std::vector<float>> floats;
        for (const gguf::tensor& tensor : files.tensors()) {
            auto& numbers = floats.emplace_back(tensor.shape.elements());
            need(cria::quant::dequantize<float>(tensor.type, need(files.bytes(tensor)), std::span(numbers)));
            need(writer.add_tensor(tensor.name, tensor.shape, cria::tensor_type::f32, gguf::tensor_data::from_memory(std::as_bytes(std::span(numbers)))));
        }
        need(writer.write(path_.string()));
    }
    float_copy(const float_copy&) = delete;
    auto operator=(const float_copy&) -> float_copy& = delete;
    ~float_copy() { std::filesystem::remove(path_); }

    [[nodiscard]] auto path() const -> std::string { return path_.string(); }

private:
    std::filesystem::path path_;
};

/// One program that evaluates text.
struct contender {
    std::string name;
    std::function<std::vector<float>(std::span<const token_id>)> begin_with;  // a new text; the last logits
    std::function<std::vector<float>(token_id)> add;
};

class peer {
public:
    peer(const std::string& path, int n_threads) {
        llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
        llama_backend_init();
        auto model_options = llama_model_default_params();
        model_.reset(llama_model_load_from_file(path.c_str(), model_options));
        if (!model_) std::exit((fmt::print(stderr, "llama.cpp does not load {}\n", path), 1));
        auto options = llama_context_default_params();
        options.n_ctx = n_context;
        options.n_batch = options.n_ubatch = n_prompt;
        options.n_threads = options.n_threads_batch = n_threads;
        context_.reset(llama_init_from_model(model_.get(), options));
        if (!context_) std::exit((fmt::print(stderr, "llama.cpp makes no context\n"), 1));
    }
    auto evaluate(std::span<const token_id> tokens, bool anew) -> std::vector<float> {
        if (anew) llama_memory_clear(llama_get_memory(context_.get()), true);
        std::vector<llama_token> ids(tokens.begin(), tokens.end());
        if (llama_decode(context_.get(), llama_batch_get_one(ids.data(), static_cast<std::int32_t>(ids.size()))) != 0) std::exit((fmt::print(stderr, "llama_decode failed\n"), 1));
        const float* const logits = llama_get_logits_ith(context_.get(), -1);
        return {logits, logits + llama_vocab_n_tokens(llama_model_get_vocab(model_.get()))};
    }

private:
    struct release {
        void operator()(llama_model* model) const { llama_model_free(model); }
        void operator()(llama_context* context) const { llama_free(context); }
    };
    std::unique_ptr<llama_model, release> model_;
    std::unique_ptr<llama_context, release> context_;
};

auto evaluated(engine::transformer& text, std::span<const token_id> tokens, bool anew) -> std::vector<float> {
    if (anew) text.clear();
    const auto logits = need(text.evaluate(tokens));
    return {logits.begin(), logits.end()};
}

auto largest(const std::vector<float>& logits) -> token_id { return static_cast<token_id>(std::max_element(logits.begin(), logits.end()) - logits.begin()); }

auto greedy_text(const contender& who, std::span<const token_id> prompt) -> std::vector<token_id> {
    std::vector<token_id> ids = {largest(who.begin_with(prompt))};
    while (ids.size() < n_decoded) ids.push_back(largest(who.add(ids.back())));
    return ids;
}

struct rates {
    std::vector<double> prefill, decode;  // tokens a second
};

auto seconds(const auto& work) -> double {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

auto median(std::vector<double> numbers) -> double {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

}  // namespace

auto main(int argc, char** argv) -> int {
    int n_threads = 2, n_rounds = 7;
    std::string path = CRIA_SMOLLM2;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--threads" && i + 1 < argc) n_threads = std::atoi(argv[++i]);
        else if (word == "--rounds" && i + 1 < argc) n_rounds = std::atoi(argv[++i]);
        else path = word;
    }
    if (n_threads < 1 || n_rounds < 1) return fmt::print(stderr, "usage: cria_engine_peer_bench [--threads N] [--rounds N] [MODEL.gguf]\n"), 2;

    const auto model = need(cria::llama::open(path));
    const float_copy copy(model);
    const auto copied = need(cria::llama::open(copy.path()));
    std::ifstream file(CRIA_SHARED_DIR "/corpora/wikitext-2.test.txt", std::ios::binary);
    std::string words(16384, '\0');
    file.read(words.data(), static_cast<std::streamsize>(words.size()));
    words.resize(words.find_last_of(' '));
    const auto ids = need(model.tokenizer().encode(words, {.add_special = true}));
    if (ids.size() < n_prompt) return fmt::print(stderr, "the text is too short\n"), 1;
    const std::span<const token_id> prompt = ids.span().first(n_prompt);

    peer theirs(copy.path(), n_threads);
    const engine::transformer_options options{.context_length = n_context, .n_threads = static_cast<unsigned>(n_threads)};
    auto ours = need(engine::transformer::make(model, options)), ours_of_floats = need(engine::transformer::make(copied, options));
    const auto engine_contender = [](std::string name, engine::transformer& text) {
        return contender{std::move(name), [&text](std::span<const token_id> tokens) { return evaluated(text, tokens, true); },
                         [&text](token_id id) { return evaluated(text, {&id, 1}, false); }};
    };
    const contender all[] = {
        {fmt::format("llama.cpp ({})", CRIA_PEER_RELEASE), [&](std::span<const token_id> tokens) { return theirs.evaluate(tokens, true); },
         [&](token_id id) { return theirs.evaluate({&id, 1}, false); }},
        engine_contender("engine, file as it is", ours),
        engine_contender("engine, weights as floats", ours_of_floats),
    };

    const auto expected = greedy_text(all[0], prompt);
    for (const contender& who : all)
        if (greedy_text(who, prompt) != expected) return fmt::print(stderr, "{} chooses other tokens\n", who.name), 1;
    fmt::print("{} threads, {} rounds; all choose the same {} tokens behind a prompt of {}\n\n", n_threads, n_rounds, n_decoded, n_prompt);

    rates of[std::size(all)];
    std::mt19937 random(1);
    std::vector<std::size_t> order(std::size(all));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (int round = 0; round < n_rounds; ++round) {
        std::shuffle(order.begin(), order.end(), random);
        for (const std::size_t i : order) {
            of[i].prefill.push_back(n_prompt / seconds([&] { (void)all[i].begin_with(prompt); }));
            of[i].decode.push_back(n_decoded / seconds([&] {
                for (const token_id id : expected) (void)all[i].add(id);
            }));
        }
    }
    fmt::print("{:<28} {:>14} {:>8} {:>14} {:>8}\n", "", "prefill tok/s", "ratio", "decode tok/s", "ratio");
    for (std::size_t i = 0; i < std::size(all); ++i)
        fmt::print("{:<28} {:>14.1f} {:>7.2f}x {:>14.1f} {:>7.2f}x\n", all[i].name, median(of[i].prefill), median(of[i].prefill) / median(of[0].prefill), median(of[i].decode),
                   median(of[i].decode) / median(of[0].decode));
}
