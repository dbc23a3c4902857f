// SPDX-License-Identifier: MIT
// cria bench: how long it takes until a model can be used, and how fast its tokenizer and its weights are read then. For
// people: whole programs and warm file caches, medians of a few runs. bench/ measures single functions.
#include <algorithm>
#include <bit>  // endian
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/bpe/parallel.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/fmt.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/io/processors.hpp"
#include "cria/llama/model.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/quant/dequantize.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "device.hpp"
#include "engine/transformer.hpp"
#include "failure.hpp"
#include "json.hpp"
#include "parallel.hpp"
#include "prompt.hpp"
#include "text.hpp"
#include "text_input.hpp"
#include "upload_report.hpp"
#include "weights_plan.hpp"

namespace cli {
namespace {

namespace bpe = cria::bpe;
namespace gguf = cria::gguf;
namespace quant = cria::quant;
using clock = std::chrono::steady_clock;

/// What there is to encode where nobody gave a text.
constexpr std::string_view first_text = "Once upon a time, in a land far away, there was a young llama who could not wait to see the big sea.";
static_assert(first_text.size() == 100);

auto median(std::vector<double> values) -> double {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// Seconds that `work` takes.
template <class Work>
auto seconds_of(Work work) -> cria::result<double> {
    const auto started = clock::now();
    CRIA_TRY_VOID(work());
    return std::chrono::duration<double>(clock::now() - started).count();
}

struct encode_figures {
    std::size_t bytes = 0, tokens = 0;
    double first_mbps = 0, warm_mbps = 0, threads_mbps = 0, new_4k_us = 0, new_4k_mbps = 0;
    unsigned threads = 0;
};

struct dequantize_figures {
    double cache_gbps = 0, memory_gbps = 0;
};

struct upload_figures {
    double gbps = 0, link_gbps = 0;
    unsigned cores = 0;
    std::string source;
};

struct engine_figures {
    double prefill = 0, decode = 0;
    std::optional<used_device> device;
};

struct figures {
    std::optional<double> open_ms, vocabulary_ms, first_token_us, decode_mtokens;
    std::optional<encode_figures> encode;
    std::optional<std::map<std::string, dequantize_figures>> dequantize;
    std::optional<upload_figures> upload;
    std::optional<engine_figures> engine;
};

class bench {
public:
    explicit bench(const bench_options& options) : options_(options) {}

    auto run() -> cria::result<figures> {
        if (wants(bench_part::open)) CRIA_TRY_VOID(time_open());
        CRIA_TRY(const auto files, gguf::shards::open(options_.model));
        const bool has_tokenizer = files.metadata().contains("tokenizer.ggml.model");
        if (has_tokenizer || is_named(bench_part::vocabulary, bench_part::first_token, bench_part::encode, bench_part::decode)) CRIA_TRY_VOID(time_tokenizer(files));
        if (wants(bench_part::dequantize)) CRIA_TRY_VOID(time_dequantize(files));
        if (wants(bench_part::upload)) CRIA_TRY_VOID(try_upload(files));
        if (options_.only == bench_part::engine) CRIA_TRY_VOID(time_engine());
        return std::move(out_);
    }

private:
    template <class... Parts>
    [[nodiscard]] auto is_named(Parts... parts) const -> bool {
        return ((options_.only == parts) || ...);
    }
    [[nodiscard]] auto wants(bench_part part) const -> bool { return is_named(part, bench_part::standard); }

    /// The median of seconds(), a result, over all repetitions.
    template <class Seconds>
    auto repeated(Seconds seconds) const -> cria::result<double> {
        std::vector<double> times;
        for (std::uint64_t i = 0; i < options_.repeat; ++i) {
            CRIA_TRY(const double time, seconds());
            times.push_back(time);
        }
        return median(std::move(times));
    }

    auto time_open() -> cria::result<void> {
        CRIA_TRY(const double seconds, repeated([&] {
                     return seconds_of([&]() -> cria::result<void> {
                         CRIA_TRY(const auto opened, gguf::shards::open(options_.model));
                         return {};
                     });
                 }));
        out_.open_ms = seconds * 1e3;
        return {};
    }

    auto time_tokenizer(const gguf::shards& files) -> cria::result<void> {
        if (wants(bench_part::vocabulary)) {
            CRIA_TRY(const double seconds, repeated([&] {
                         return seconds_of([&]() -> cria::result<void> {
                             CRIA_TRY(const auto opened, gguf::shards::open(options_.model));
                             CRIA_TRY(const auto tokenizer, cria::tokenizer_from(opened.metadata()));
                             return {};
                         });
                     }));
            out_.vocabulary_ms = seconds * 1e3;
        }
        if (!wants(bench_part::first_token) && !is_named(bench_part::encode, bench_part::decode)) return {};
        CRIA_TRY(const auto tokenizer, cria::tokenizer_from(files.metadata()));
        std::string_view text = first_text;
        cria::buffer<char> own;
        if (!options_.text.empty()) {
            CRIA_TRY(own, read_all(options_.text));
            if (own.empty()) return cria::error{cria::errc::invalid_value, options_.text}.because("is empty: there is nothing to encode");
            text = own.view();
        }
        if (wants(bench_part::first_token)) {
            CRIA_TRY(const double seconds, repeated([&] { return time_encode(bpe::encoder(tokenizer), text.substr(0, 100)); }));
            out_.first_token_us = seconds * 1e6;
        }
        if (options_.text.empty()) return {};
        if (wants(bench_part::encode)) CRIA_TRY_VOID(time_whole_text(tokenizer, text));
        if (wants(bench_part::decode)) CRIA_TRY_VOID(time_decode(tokenizer, text));
        return {};
    }

    static auto time_encode(bpe::encoder&& fresh, std::string_view text) -> cria::result<double> { return time_encode(fresh, text); }
    static auto time_encode(bpe::encoder& encoder, std::string_view text) -> cria::result<double> {
        return seconds_of([&]() -> cria::result<void> {
            CRIA_TRY_VOID(encoder.encode(text));
            return {};
        });
    }

    auto time_whole_text(const bpe::tokenizer& tokenizer, std::string_view text) -> cria::result<void> {
        constexpr std::size_t piece_bytes = 4096, most_pieces = 400;
        encode_figures found;
        found.bytes = text.size();
        const double megabytes = static_cast<double>(text.size()) / 1e6;
        CRIA_TRY(const double first, repeated([&] { return time_encode(bpe::encoder(tokenizer), text); }));
        bpe::encoder warm(tokenizer);
        CRIA_TRY(const auto ids, warm.encode(text));
        found.tokens = ids.size();
        CRIA_TRY(const double again, repeated([&] { return time_encode(warm, text); }));
        // All of it by several threads.
        const std::size_t n_threads = options_.threads != 0 ? options_.threads : useful_workers();
        CRIA_TRY(auto together, bpe::parallel_encoder::make(tokenizer, {.n_threads = static_cast<unsigned>(n_threads)}));
        CRIA_TRY_VOID(together.encode(text));
        CRIA_TRY(const double by_all, repeated([&] {
                     return seconds_of([&]() -> cria::result<void> {
                         CRIA_TRY_VOID(together.encode(text));
                         return {};
                     });
                 }));
        // Text that one encoder has not seen yet, while the tokenizer's tables are in the processor's caches.
        CRIA_TRY(const double piece, repeated([&]() -> cria::result<double> {
                     bpe::encoder fresh(tokenizer);
                     std::vector<double> times;
                     for (std::size_t at = 0; times.size() < most_pieces && (at == 0 || at + piece_bytes <= text.size()); at += piece_bytes) {
                         CRIA_TRY(const double seconds, time_encode(fresh, text.substr(at, piece_bytes)));
                         times.push_back(seconds);
                     }
                     return median(std::move(times));
                 }));
        found.first_mbps = megabytes / first;
        found.warm_mbps = megabytes / again;
        found.threads = together.n_threads();
        found.threads_mbps = megabytes / by_all;
        found.new_4k_us = piece * 1e6;
        found.new_4k_mbps = static_cast<double>(std::min(piece_bytes, text.size())) / 1e6 / piece;
        out_.encode = found;
        return {};
    }

    auto time_decode(const bpe::tokenizer& tokenizer, std::string_view text) -> cria::result<void> {
        CRIA_TRY(const auto ids, tokenizer.encode(text));
        CRIA_TRY(const double seconds, repeated([&] {
                     return seconds_of([&]() -> cria::result<void> {
                         CRIA_TRY(const auto decoded, tokenizer.decode(ids.span()));
                         return {};
                     });
                 }));
        out_.decode_mtokens = static_cast<double>(ids.size()) / 1e6 / seconds;
        return {};
    }

    // Dequantization: bytes of floats written. In cache: blocks and floats fit into a core's own caches. From memory: all
    // tensors of a type, which a small model's caches may hold as well.

    struct typed_piece {
        cria::tensor_type type{};
        cria::byte_view blocks;
        std::size_t n_elements = 0;
    };
    static constexpr std::size_t piece_elements = std::size_t{1} << 14U;

    auto time_dequantize(const gguf::shards& files) -> cria::result<void> {
        std::map<std::string, std::vector<typed_piece>> by_type;
        for (const gguf::tensor& tensor : files.tensors()) {
            if (tensor.size_bytes == 0 || files.byte_order() != std::endian::little) continue;
            CRIA_TRY(const auto bytes, files.bytes(tensor));
            if (!quant::dequantize_range<float>(tensor.type, bytes, 0, {})) continue;  // of a type that cria does not decode
            const auto layout = *cria::geometry_of(tensor.type);
            std::vector<typed_piece>& pieces = by_type[fmt::format("{}", tensor.type)];
            const std::uint64_t n_blocks = tensor.size_bytes / layout.bytes_per_block, step = std::max<std::uint64_t>(1, piece_elements / layout.elements_per_block);
            for (std::uint64_t first = 0; first < n_blocks; first += step) {
                const std::uint64_t n = std::min(step, n_blocks - first);
                pieces.push_back({tensor.type, bytes.subspan(first * layout.bytes_per_block, n * layout.bytes_per_block), n * layout.elements_per_block});
            }
        }
        out_.dequantize.emplace();
        for (const auto& [name, pieces] : by_type) {
            CRIA_TRY((*out_.dequantize)[name], time_type(pieces));
        }
        return {};
    }

    auto time_type(const std::vector<typed_piece>& pieces) const -> cria::result<dequantize_figures> {
        const std::size_t n_threads = std::max<std::uint64_t>(1, options_.threads);
        std::vector<std::vector<float>> values(n_threads, std::vector<float>(2 * piece_elements));
        const auto run = [&](std::size_t worker, const typed_piece& piece) {
            // A piece is whole blocks of a type that is decoded: nothing can fail.
            (void)quant::dequantize_range<float>(piece.type, piece.blocks, 0, std::span(values[worker]).first(piece.n_elements));
        };
        const auto rate = [](double n_elements, double seconds) { return seconds > 0 ? n_elements * sizeof(float) / 1e9 / seconds : 0; };

        const typed_piece& largest = *std::max_element(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) { return a.n_elements < b.n_elements; });
        const std::size_t n_rounds = std::max<std::size_t>(1, (std::size_t{1} << 22U) / largest.n_elements);
        run(0, largest);
        CRIA_TRY(const double in_cache, repeated([&] {
                     return seconds_of([&]() -> cria::result<void> {
                         for (std::size_t i = 0; i < n_rounds; ++i) run(0, largest);
                         return {};
                     });
                 }));
        double n_elements = 0;
        for (const typed_piece& piece : pieces) n_elements += static_cast<double>(piece.n_elements);
        CRIA_TRY(const double whole, repeated([&] {
                     return seconds_of([&]() -> cria::result<void> {
                         for_each_index(pieces.size(), n_threads, [&](std::size_t worker, std::size_t i) { run(worker, pieces[i]); });
                         return {};
                     });
                 }));
        return dequantize_figures{rate(static_cast<double>(n_rounds * largest.n_elements), in_cache), rate(n_elements, whole)};
    }

    /// All weights to device 0. What is copied is timed, as `cria upload` does it, not what is done before and behind.
    auto time_upload(const gguf::shards& files) -> cria::result<void> {
        CRIA_TRY(const auto weights, place_weights(files, 1));
        CRIA_TRY(const auto sources, cria::llama::upload_sources(files));
        constexpr std::uint32_t first[] = {0};
        const interruptible asking;
        CRIA_TRY(const auto devices, devices_of(first));
        CRIA_TRY(const double link, link_speed(devices.front()));
        upload_figures found;
        std::uint64_t size_bytes = 0;
        CRIA_TRY(const double seconds, repeated([&]() -> cria::result<double> {
                     const auto report = upload_weights({.plan = weights.plan, .sources = sources.span(), .devices = first});
                     if (!report) return about_machine(report.error());
                     found.source = name_of((*report)->how);
                     size_bytes = (*report)->size_bytes;
                     return (*report)->copy_seconds;
                 }));
        if (size_bytes == 0) return {};
        found.gbps = static_cast<double>(size_bytes) / 1e9 / seconds;
        found.link_gbps = link / 1e9;
        found.cores = cria::io::usable_processors();
        out_.upload = found;
        return {};
    }

    /// Where nobody asked for uploads by name, what keeps them from being timed is not the model's fault.
    auto try_upload(const gguf::shards& files) -> cria::result<void> {
        const auto done = time_upload(files);
        if (done || options_.only == bench_part::upload || interrupted()) return done;
        const cria::errc code = done.error().code;
        if (code != cria::errc::no_device && code != cria::errc::missing_tensor) say("note", "uploads are left out: " + done.error().message());
        return {};
    }

    auto time_engine() -> cria::result<void> {
        constexpr std::uint32_t most_prompt = 128, most_new = 32;
        CRIA_TRY(const auto model, cria::llama::open(options_.model));
        const std::uint32_t context = std::min(model.hyperparameters().context_length, most_prompt + most_new);
        const std::uint32_t n_new = std::max(1U, context / 5), n_prompt = std::max(1U, context - n_new);
        const interruptible asking;
        CRIA_TRY(auto with, make_engine(model, std::max(context, n_prompt + n_new), {.threads = options_.threads, .device = options_.device, .weights = options_.weights}));
        engine::transformer& text = with.text;
        const std::vector<bpe::token_id> prompt(n_prompt, 0);
        std::vector<double> prefill, decode;
        for (std::uint64_t i = 0; i < options_.repeat; ++i) {
            text.clear();
            CRIA_TRY(const double seconds, seconds_of([&]() -> cria::result<void> {
                         CRIA_TRY_VOID(text.evaluate(prompt));
                         return {};
                     }));
            prefill.push_back(seconds);
            CRIA_TRY(const double more, seconds_of([&]() -> cria::result<void> {
                         for (std::uint32_t n = 0; n < n_new; ++n) CRIA_TRY_VOID(text.evaluate(id_span(prompt).first(1)));
                         return {};
                     }));
            decode.push_back(more);
        }
        out_.engine = engine_figures{n_prompt / median(prefill), n_new / median(decode), std::move(with.device)};
        return {};
    }

    const bench_options& options_;
    figures out_;
};

void print_text(const figures& found, output& out) {
    const auto line = [&](std::string_view name, const std::string& value) { out.print("{}{}\n", out.bold(padded(name, 14)), value); };
    if (found.open_ms) line("open", fmt::format("{:.2f} ms", *found.open_ms));
    if (found.vocabulary_ms) line("vocabulary", fmt::format("{:.2f} ms, open included", *found.vocabulary_ms));
    if (found.first_token_us) line("first token", fmt::format("{:.1f} us", *found.first_token_us));
    if (const auto& encode = found.encode) {
        line("encode", fmt::format("{:.1f} MB/s by a fresh encoder, {:.1f} MB/s by a warm one, {:.1f} MB/s by {}", encode->first_mbps, encode->warm_mbps, encode->threads_mbps,
                                   counted(encode->threads, "thread")));
        line("", fmt::format("{:.1f} us, {:.1f} MB/s, for 4 KB of new text ({} bytes, {} tokens in all)", encode->new_4k_us, encode->new_4k_mbps, grouped(encode->bytes),
                             grouped(encode->tokens)));
    }
    if (found.decode_mtokens) line("decode", fmt::format("{:.1f} M tokens/s", *found.decode_mtokens));
    if (found.dequantize)
        for (const auto& [type, rates] : *found.dequantize)
            line("dequantize", fmt::format("{} {:.1f} GB/s of floats in cache, {:.1f} GB/s from memory", type, rates.cache_gbps, rates.memory_gbps));
    if (const auto& upload = found.upload)
        line("upload", fmt::format("{:.1f} GB/s, {:.2f} of the {:.1f} GB/s of the link, by {} with {}", upload->gbps, upload->gbps / upload->link_gbps, upload->link_gbps,
                                   upload->source, counted(upload->cores, "core")));
    if (const auto& engine = found.engine) {
        line("engine", fmt::format("{:.1f} tokens/s of a prompt, {:.1f} tokens/s one by one", engine->prefill, engine->decode));
        if (const auto& device = engine->device) line("", fmt::format("products on device {}, {}, with weights of {}", device->number, printable(device->name), cria::geometry_of(device->weights)->name));
    }
}

auto json_of(const figures& found) -> json {
    json out = json::object();
    if (found.open_ms) out["open_ms"] = *found.open_ms;
    if (found.vocabulary_ms) out["vocabulary_ms"] = *found.vocabulary_ms;
    if (found.first_token_us) out["first_token_us"] = *found.first_token_us;
    if (const auto& encode = found.encode) {
        json& row = out["encode"];
        row["bytes"] = encode->bytes;
        row["tokens"] = encode->tokens;
        row["first_MBps"] = encode->first_mbps;
        row["warm_MBps"] = encode->warm_mbps;
        row["threads"] = encode->threads;
        row["threads_MBps"] = encode->threads_mbps;
        row["new4k_us"] = encode->new_4k_us;
    }
    if (found.decode_mtokens) out["decode_Mtokens_per_s"] = *found.decode_mtokens;
    if (found.dequantize) {
        json& types = out["dequantize"] = json::object();
        for (const auto& [type, rates] : *found.dequantize) {
            types[type]["GBps_cache"] = rates.cache_gbps;
            types[type]["GBps_memory"] = rates.memory_gbps;
        }
    }
    if (const auto& upload = found.upload) {
        json& row = out["upload"];
        row["GBps"] = upload->gbps;
        row["link_GBps"] = upload->link_gbps;
        row["share"] = upload->gbps / upload->link_gbps;
        row["cores"] = upload->cores;
        row["source"] = upload->source;
    }
    if (found.engine) {
        out["engine"]["prefill_tokens_per_s"] = found.engine->prefill;
        out["engine"]["decode_tokens_per_s"] = found.engine->decode;
        out["engine"]["device"] = json_of(found.engine->device);
    }
    return out;
}

}  // namespace

auto run(const bench_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const figures found, bench(options).run());
    if (options.json) out.write(to_text(json_of(found)));
    else print_text(found, out);
    return {};
}

}  // namespace cli
