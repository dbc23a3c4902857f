// SPDX-License-Identifier: MIT
// cria fit: whether a model fits into memory, and what would have to give.
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "cria/fmt.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/llama/fit.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/weights.hpp"
#include "device.hpp"
#include "json.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;
namespace llama = cria::llama;

/// The question in the library's words, and its answer.
struct answer {
    llama::fit_options asked;
    llama::fit_report report;
    std::uint32_t n_layers = 0;
    std::uint64_t bytes_per_token = 0;  ///< of the cache, once windows are full
    std::vector<known_device> devices;  ///< those that were asked; none: sizes came with the question, or there are no devices

    [[nodiscard]] auto has_devices() const -> bool { return !asked.memory_bytes.empty(); }
};

/// What a place holds, in words.
auto contents_of(const llama::fit_share& share) -> std::string {
    std::vector<std::string> items;
    if (share.has_embedding) items.emplace_back("token embedding");
    if (share.n_layers == 1) items.push_back(fmt::format("layer {}", share.first_layer));
    if (share.n_layers > 1) items.push_back(fmt::format("layers {} to {}", share.first_layer, share.first_layer + share.n_layers - 1));
    if (share.has_output) items.emplace_back("output");
    return items.empty() ? "nothing" : joined(items, ", ");
}

auto parts_of(const llama::fit_share& share) -> std::string {
    std::vector<std::string> items;
    if (share.weights_bytes > 0) items.push_back("weights " + human_bytes(share.weights_bytes));
    if (share.cache_bytes > 0) items.push_back("KV cache " + human_bytes(share.cache_bytes));
    if (share.scratch_bytes > 0) items.push_back("scratch " + human_bytes(share.scratch_bytes));
    return joined(items, ", ");
}

void print_text(const answer& found, output& out) {
    constexpr std::size_t label_width = 10;
    const auto line = [&](std::string_view label, const std::string& text) { out.print("{}{}\n", out.bold(padded(label, label_width)), text); };
    const llama::fit_report& report = found.report;
    const llama::kv_cache_options& cache = found.asked.cache;
    line("asked", fmt::format("{}, {}, batches of {}, KV cache in {}, {} a token", counted(cache.sequences, "sequence"),
                              counted(cache.context_length, "token") + (cache.sequences > 1 ? " each" : ""), grouped(cache.batch_length), cache.key_type,
                              human_bytes(found.bytes_per_token)));
    line("needs", fmt::format("{} on devices: {}", human_bytes(report.all.used_bytes()), parts_of(report.all)));
    if (!found.has_devices()) return line("", fmt::format("{} on the host alone: {}", human_bytes(report.host.used_bytes()), parts_of(report.host)));
    for (std::size_t i = 0; i < report.devices.size(); ++i) {
        const llama::fit_device& device = report.devices[i];
        const std::string label = fmt::format("device {}", i);
        if (!found.devices.empty()) line(label, fmt::format("{}, {} of {} free", printable(found.devices[i].name), human_bytes(device.memory_bytes), human_bytes(found.devices[i].facts.total_bytes)));
        line(found.devices.empty() ? label : "", contents_of(device));
        if (const std::string parts = parts_of(device); !parts.empty()) line("", parts);
        line("", fmt::format("{} of {} free, beside a reserve of {}", human_bytes(device.free_bytes), human_bytes(device.memory_bytes), human_bytes(found.asked.reserve_bytes)));
    }
    line("host", contents_of(report.host));
    line("", parts_of(report.host));
    const std::string longest = report.longest_context > 0 ? fmt::format("up to {} of context", counted(report.longest_context, "token")) : std::string("with no context at all");
    if (report.fits) return line("fits", "yes, " + longest);
    line("fits", fmt::format("no: {} of {} would; {} are missing", grouped(report.n_layers_on_devices), counted(found.n_layers, "layer"), human_bytes(report.missing_bytes)));
    line("", fmt::format("it would fit {}{}", longest, report.fits_with_q8_0_cache ? "; or with a KV cache in q8_0" : ""));
}

auto json_of(const llama::fit_share& share) -> json {
    json out;
    out["first_layer"] = share.n_layers > 0 ? json(share.first_layer) : json();
    out["layers"] = share.n_layers;
    out["embedding"] = share.has_embedding;
    out["output"] = share.has_output;
    out["weights_bytes"] = share.weights_bytes;
    out["kv_cache_bytes"] = share.cache_bytes;
    out["scratch_bytes"] = share.scratch_bytes;
    return out;
}

auto json_of(const answer& found, const std::string& path) -> json {
    const llama::fit_report& report = found.report;
    const auto if_asked = [&](const json& value) { return found.has_devices() ? value : json(); };
    json needs;
    needs["bytes"] = report.all.used_bytes();
    needs["weights_bytes"] = report.all.weights_bytes;
    needs["kv_cache_bytes"] = report.all.cache_bytes;
    needs["scratch_bytes"] = report.all.scratch_bytes;

    json out;
    out["model"] = json_text(path);
    out["context"] = found.asked.cache.context_length;
    out["sequences"] = found.asked.cache.sequences;
    out["batch"] = found.asked.cache.batch_length;
    out["kv_type"] = fmt::format("{}", found.asked.cache.key_type);
    out["kv_cache_bytes_per_token"] = found.bytes_per_token;
    out["reserve_bytes"] = found.asked.reserve_bytes;
    out["needs"] = std::move(needs);
    json& devices = out["devices"] = json::array();
    for (std::size_t i = 0; i < report.devices.size(); ++i) {
        const llama::fit_device& device = report.devices[i];
        json row;
        row["name"] = found.devices.empty() ? json() : json(json_text(found.devices[i].name));
        row.update(json_of(device));
        row["memory_bytes"] = device.memory_bytes;
        row["free_bytes"] = device.free_bytes;
        devices.push_back(std::move(row));
    }
    out["host"] = json_of(report.host);
    out["layers"] = found.n_layers;
    out["layers_on_devices"] = report.n_layers_on_devices;
    out["fits"] = if_asked(report.fits);
    out["missing_bytes"] = if_asked(report.missing_bytes);
    out["longest_context"] = if_asked(report.longest_context);
    out["fits_with_q8_0_cache"] = if_asked(report.fits_with_q8_0_cache);
    return out;
}

/// The devices of this machine, where there are any. That there are none is an answer; that they cannot be asked is worth a word.
auto devices_here() -> std::vector<known_device> {
    auto found = all_devices();
    if (found) return *std::move(found);
    if (found.error().code != cria::errc::no_device) say("warning", found.error().message());
    return {};
}

/// Numbers of the command line, which arguments.cpp has found to fit.
auto as_32(std::uint64_t number) -> std::uint32_t { return static_cast<std::uint32_t>(number); }

}  // namespace

auto run(const fit_options& options, output& out) -> cria::result<status> {
    CRIA_TRY(const auto model, gguf::shards::open(options.model));
    CRIA_TRY(const auto numbers, llama::hyperparameters_from(model.metadata()));
    CRIA_TRY(const auto weights, llama::weights_from(model.tensors(), numbers));

    answer found;
    llama::kv_cache_options& cache = found.asked.cache;
    cache.context_length = options.context != 0 ? as_32(options.context) : numbers.context_length;
    cache.sequences = as_32(options.sequences);
    cache.batch_length = as_32(options.batch);
    cache.key_type = cache.value_type = options.kv_type;
    std::vector<std::uint64_t> memory_bytes = options.memory_bytes;
    if (memory_bytes.empty()) {
        found.devices = devices_here();
        for (const known_device& each : found.devices) memory_bytes.push_back(each.facts.free_bytes);
    }
    found.asked.memory_bytes = memory_bytes;
    if (options.reserve_bytes) found.asked.reserve_bytes = *options.reserve_bytes;
    found.asked.stores_scores = !options.flash;
    found.n_layers = numbers.block_count;
    CRIA_TRY(const auto layout, llama::make_kv_cache_layout(numbers, cache));
    found.bytes_per_token = layout.bytes_per_token;
    CRIA_TRY(found.report, llama::fit(model.tensors(), numbers, weights, found.asked));

    if (options.json) out.write(to_text(json_of(found, options.model)));
    else print_text(found, out);
    return found.has_devices() && !found.report.fits ? status_input : status_done;
}

}  // namespace cli
