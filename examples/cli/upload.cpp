// SPDX-License-Identifier: MIT
// cria upload: weights onto devices, how fast that was beside the link itself, and what is proven of it.
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "commands.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/io/page_cache.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/upload/plan_json.hpp"
#include "cria/upload/plan_text.hpp"
#include "device.hpp"
#include "json.hpp"
#include "text.hpp"
#include "upload_report.hpp"
#include "weights_plan.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;
namespace llama = cria::llama;
namespace upload = cria::upload;

void print_plan(const placed_weights& weights, std::span<const std::uint32_t> numbers, output& out) {
    std::vector<std::string> names;
    bool is_renumbered = false;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        names.push_back(std::to_string(numbers[i]));
        is_renumbered = is_renumbered || numbers[i] != i;
    }
    std::string line = counted(weights.n_on_devices, "tensor");
    if (weights.how != placed_by::model) line += fmt::format(", by {},", name_of(weights.how));
    line += fmt::format(" on {} {}", names.size() == 1 ? "device" : "devices", joined(names, ", "));
    if (is_renumbered) line += ", counted from 0 below";
    if (weights.n_on_host > 0) line += fmt::format("; {} on the host", counted(weights.n_on_host, "tensor"));
    out.print("{}\n{}", line, to_text(weights.plan));
}

auto json_of(const std::string& path, const gguf::shards& model, const placed_weights& weights, std::span<const std::uint32_t> numbers) -> json {
    json out;
    out["model"] = json_text(path);
    out["placed_by"] = name_of(weights.how);
    out["devices"] = numbers;
    json& files = out["files"] = json::array();
    for (const gguf::file& file : model) files.push_back(json_text(file.native().path()));
    json& tensors = out["tensors"] = json::array();
    for (const llama::placed_tensor& entry : weights.placement.entries()) tensors.push_back(json_text(model.tensors()[entry.tensor].name));
    json& host = out["host"];
    host["tensors"] = weights.n_on_host;
    host["bytes"] = weights.on_host_bytes;
    out["plan"] = json::parse(to_json(weights.plan, upload::plan_detail::copies));
    return out;
}

/// Of the files' bytes, in the page cache now; nothing where the system does not tell.
auto cached_share_of(std::span<const upload::source> sources) -> std::optional<double> {
    std::uint64_t resident = 0, whole = 0;
    for (const upload::source& each : sources) {
        const auto state = cria::io::cache_state_of(*each.file, each.offset_bytes, each.bytes.size());
        if (!state) return std::nullopt;
        resident += state->resident_bytes;
        whole += state->size_bytes;
    }
    if (whole == 0) return std::nullopt;
    return static_cast<double>(resident) / static_cast<double>(whole);
}

/// Each link by itself, of the devices that get anything.
auto links_of(std::span<const known_device> devices, const upload::plan& plan) -> cria::result<std::vector<double>> {
    std::vector<double> links(devices.size());
    for (std::uint32_t i = 0; i < devices.size(); ++i) {
        if (plan.chunk_count(i) > 0) {
            CRIA_TRY(links[i], link_speed(devices[i]));
        }
    }
    return links;
}

}  // namespace

auto run(const upload_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const auto model, gguf::shards::open(options.model));
    CRIA_TRY(const auto weights, place_weights(model, static_cast<std::uint32_t>(options.devices.size()), {.chunk_bytes = options.chunk_bytes}));
    if (options.plan) {
        if (options.json) out.write(to_text(json_of(options.model, model, weights, options.devices)));
        else print_plan(weights, options.devices, out);
        return {};
    }

    CRIA_TRY(const auto sources, llama::upload_sources(model));
    const interruptible asking;
    CRIA_TRY(const auto devices, devices_of(options.devices));
    CRIA_TRY(const auto links, links_of(devices, weights.plan));
    const auto cached_share = cached_share_of(sources.span());
    const auto report = upload_weights({.plan = weights.plan,
                                        .sources = sources.span(),
                                        .devices = options.devices,
                                        .how = options.source,
                                        .verify = options.verify,
                                        .n_workers = static_cast<unsigned>(options.workers)});
    if (!report) return about_machine(report.error());

    const upload_facts facts{options.model, weights, **report, devices, links, cached_share};
    if (options.json) {
        out.write(to_text(json_of(facts)));
        return {};
    }
    for (const auto& [label, text] : lines_of(facts)) out.print("{}{}\n", out.bold(padded(label, 10)), text);
    return {};
}

}  // namespace cli
