// SPDX-License-Identifier: MIT
#include "cria/llama/placement.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/llama/fit.hpp"
#include "llama/binding.hpp"
#include "support/catch.hpp"
#include "support/family_models.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"

// Which tensor is on which device. Expectations go by names, where the code goes by roles.

using cria::errc;
using cria_test::bound_file;
using cria_test::check_failure;
using cria_test::family_model;
using cria_test::family_parts;
namespace gguf = cria::gguf;
namespace llama = cria::llama;
using devices = std::set<std::uint32_t>;

namespace {

constexpr std::uint64_t most = (std::numeric_limits<std::uint64_t>::max)();

/// A model of this family, with a tensor that no role claims in the middle.
auto with_stranger(const llama::family& row, const family_parts& parts) -> cria_test::gguf_builder {
    auto built = cria_test::family_keys(row, parts);
    const auto tensors = cria_test::tensors_of(row, parts);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        if (i == tensors.size() / 2) built.tensor("blk.0.stranger.weight", {32}, cria::tensor_type::f32);
        cria_test::write_tensor(built, tensors[i], row, parts);
    }
    return built;
}

/// Where a tensor of this name has to be if the parts are there.
auto wanted_for(std::string_view name, const devices& embedding, const std::vector<devices>& layers, const devices& output, bool tied) -> devices {
    if (name == "blk.0.stranger.weight") return {};
    if (name.starts_with("rope_")) {
        devices all;
        for (const devices& of_layer : layers) all.insert(of_layer.begin(), of_layer.end());
        return all;
    }
    if (name.starts_with("blk.")) return layers.at(std::stoul(std::string(name.substr(4))));
    if (name.starts_with("output")) return output;
    REQUIRE(name == "token_embd.weight");
    devices both = embedding;
    if (tied) both.insert(output.begin(), output.end());
    return both;
}

auto devices_of(const llama::tensor_placement& placement, std::size_t tensor) -> devices {
    devices found;
    std::optional<std::uint32_t> last;
    for (const llama::placed_tensor& entry : placement.entries_of(tensor)) {
        REQUIRE(entry.tensor == tensor);
        REQUIRE(entry.device < placement.n_devices());
        if (last) REQUIRE(*last < entry.device);
        last = entry.device;
        found.insert(entry.device);
    }
    return found;
}

/// That the ways to ask a placement agree with one another.
void check_is_consistent(const llama::tensor_placement& placement, const gguf::tensor_table& tensors) {
    REQUIRE(placement.n_tensors() == tensors.size());
    std::vector<llama::placed_tensor> all;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const devices on = devices_of(placement, i);
        for (std::uint32_t device = 0; device <= placement.n_devices(); ++device) {
            const auto at = placement.find(i, device);
            REQUIRE(at.has_value() == on.contains(device));
            if (at) REQUIRE(placement.entries()[*at] == llama::placed_tensor{i, device});
        }
        for (const llama::placed_tensor& entry : placement.entries_of(i)) all.push_back(entry);
    }
    REQUIRE(std::equal(all.begin(), all.end(), placement.entries().begin(), placement.entries().end()));
}

auto place_by_shares(const bound_file& model, const std::vector<std::uint64_t>& shares) -> cria::result<llama::tensor_placement> {
    return llama::place_by_layer(model.contents().tensors(), *model.weights(), shares);
}

/// The device of each layer by its attention norm, which every family has.
auto layers_of(const bound_file& model, const llama::tensor_placement& placement) -> std::vector<std::uint32_t> {
    std::vector<std::uint32_t> found;
    for (const auto& layer : model.weights()->layers) {
        const devices on = devices_of(placement, static_cast<std::size_t>(layer.attn_norm - model.contents().tensors().begin()));
        REQUIRE(on.size() == 1);
        found.push_back(*on.begin());
    }
    return found;
}

/// Tensors of these many floats, "t0" and on.
auto sized(const std::vector<std::uint64_t>& sizes) -> cria_test::gguf_builder {
    cria_test::gguf_builder built;
    for (std::size_t i = 0; i < sizes.size(); ++i) built.tensor("t" + std::to_string(i), {sizes[i]}, cria::tensor_type::f32);
    return built;
}

auto loads_of(const llama::tensor_placement& placement, const gguf::tensor_table& tensors) -> std::vector<std::uint64_t> {
    std::vector<std::uint64_t> loads(placement.n_devices());
    for (const llama::placed_tensor& entry : placement.entries()) loads[entry.device] += tensors[entry.tensor].size_bytes;
    return loads;
}

}  // namespace

TEST_CASE("layers go where fit has found room for them, of every family and however much fits") {
    for (const llama::family& row : llama::families)
        for (const family_parts& parts : {family_parts{.n_layers = 5}, family_parts{.biases = true, .rope_factors = true, .tied_output = true, .n_layers = 5}})
            for (const bool embedding_on_device : {false, true}) {
                CAPTURE(row.architecture, embedding_on_device, parts.tied_output);
                const bound_file model(with_stranger(row, parts));
                INFO(model.complaint());
                REQUIRE(model.weights().has_value());
                const auto& tensors = model.contents().tensors();
                const auto ask = [&](const std::vector<std::uint64_t>& memory) {
                    return llama::fit(tensors, *model.numbers(), *model.weights(), {.cache = {.context_length = 16}, .memory_bytes = memory, .reserve_bytes = 0, .embedding_on_device = embedding_on_device});
                };
                const auto whole = ask({most});
                REQUIRE(whole.has_value());
                const std::uint64_t all = whole->all.used_bytes();
                for (const auto& memory : std::vector<std::vector<std::uint64_t>>{{most}, {all}, {all / 2, all}, {all / 2, all / 4, all / 3}, {0, all, all}, {all / 5}, {0}}) {
                    CAPTURE(memory);
                    const auto report = ask(memory);
                    REQUIRE(report.has_value());
                    const auto placement = llama::place_by_layer(tensors, *model.weights(), *report);
                    REQUIRE(placement.has_value());
                    CHECK(placement->n_devices() == memory.size());
                    check_is_consistent(*placement, tensors);
                    devices embedding, output;
                    std::vector<devices> layers(5);
                    std::vector<std::uint64_t> weights_bytes(memory.size());
                    for (std::uint32_t d = 0; d < memory.size(); ++d) {
                        const llama::fit_device& share = report->devices[d];
                        if (share.has_embedding) embedding.insert(d);
                        if (share.has_output) output.insert(d);
                        for (std::uint32_t layer = 0; layer < share.n_layers; ++layer) layers[share.first_layer + layer].insert(d);
                    }
                    for (std::size_t i = 0; i < tensors.size(); ++i) {
                        CAPTURE(tensors[i].name);
                        CHECK(devices_of(*placement, i) == wanted_for(tensors[i].name, embedding, layers, output, model.weights()->tied_output));
                        for (const llama::placed_tensor& entry : placement->entries_of(i)) weights_bytes[entry.device] += (tensors[i].size_bytes + 255) / 256 * 256;
                    }
                    // What was counted is what is placed.
                    for (std::uint32_t d = 0; d < memory.size(); ++d) CHECK(weights_bytes[d] == report->devices[d].weights_bytes);
                }
            }
}

TEST_CASE("shares keep layers whole and in order, the embedding with the first and the output with the last") {
    cria_test::random_numbers random(77);
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const bound_file model(with_stranger(row, {.biases = true, .rope_factors = true, .tied_output = true, .n_layers = 9}));
        REQUIRE(model.weights().has_value());
        const auto& tensors = model.contents().tensors();
        for (int round = 0; round < 30; ++round) {
            std::vector<std::uint64_t> shares(1 + random.below(5));
            for (std::uint64_t& share : shares) share = random.below(4) == 0 ? 0 : random.below(1 + (most / 8 >> random.below(61)));
            if (std::all_of(shares.begin(), shares.end(), [](std::uint64_t share) { return share == 0; })) shares.back() = 1;
            CAPTURE(shares);
            const auto placement = place_by_shares(model, shares);
            REQUIRE(placement.has_value());
            REQUIRE(placement->n_devices() == shares.size());
            check_is_consistent(*placement, tensors);
            const auto layers = layers_of(model, *placement);
            CHECK(std::is_sorted(layers.begin(), layers.end()));
            std::vector<devices> of_layers;
            for (const std::uint32_t device : layers) {
                CHECK(shares[device] != 0);
                of_layers.push_back({device});
            }
            for (std::size_t i = 0; i < tensors.size(); ++i) {
                CAPTURE(tensors[i].name);
                CHECK(devices_of(*placement, i) == wanted_for(tensors[i].name, of_layers.front(), of_layers, of_layers.back(), model.weights()->tied_output));
            }
        }
    }
}

TEST_CASE("shares are proportions of bytes, whatever their scale") {
    const bound_file model(family_model(llama::families[0], {.n_layers = 12, .embedding = 64, .feed_forward = 256}));
    REQUIRE(model.weights().has_value());
    const auto layers = [&](const std::vector<std::uint64_t>& shares) {
        const auto placement = place_by_shares(model, shares);
        REQUIRE(placement.has_value());
        return layers_of(model, *placement);
    };
    using list = std::vector<std::uint32_t>;
    const list halves{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, thirds{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}, quarter{0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    for (const std::uint64_t scale : {std::uint64_t{1}, std::uint64_t{1} << 30U, most / 4}) {
        CAPTURE(scale);
        CHECK(layers({scale, scale}) == halves);
        CHECK(layers({scale, scale, scale}) == thirds);
        CHECK(layers({scale, 0, scale}) == list{0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2});
        CHECK(layers({0, scale, 0}) == list(12, 1));
    }
    CHECK(layers({1, 3}) == quarter);
    CHECK(layers({1, most - 1}) == list(12, 1));
    CHECK(layers({most - 1, 1}) == list(12, 0));
}

TEST_CASE("shares that are none are refused by name") {
    const bound_file model(family_model(llama::families[0], {}));
    REQUIRE(model.weights().has_value());
    check_failure(place_by_shares(model, {}), errc::invalid_argument, "shares");
    check_failure(place_by_shares(model, {0, 0}), errc::invalid_argument, "shares");
    check_failure(place_by_shares(model, std::vector<std::uint64_t>(cria::upload::max_devices + 1, 1)), errc::invalid_argument, "shares");
    check_failure(place_by_shares(model, {most, 1}), errc::overflow, "memory of the model");
    CHECK(place_by_shares(model, std::vector<std::uint64_t>(cria::upload::max_devices, 1)).has_value());
}

TEST_CASE("a report of another model, or of no device, is refused") {
    const bound_file model(family_model(llama::families[0], {.n_layers = 2}));
    REQUIRE(model.weights().has_value());
    constexpr std::uint32_t far = (std::numeric_limits<std::uint32_t>::max)();
    for (const auto& [first, count] : {std::pair{0U, 3U}, std::pair{2U, 1U}, std::pair{3U, 0U}, std::pair{far, far}}) {
        llama::fit_report report;
        llama::fit_device device;
        device.first_layer = first;
        device.n_layers = count;
        REQUIRE(report.devices.push_back(device, "devices").has_value());
        check_failure(llama::place_by_layer(model.contents().tensors(), *model.weights(), report), errc::invalid_argument, "report");
    }
    check_failure(llama::place_by_layer(model.contents().tensors(), *model.weights(), llama::fit_report{}), errc::invalid_argument, "n_devices");
}

TEST_CASE("everything on one device is every tensor, roles or not") {
    const bound_file model(with_stranger(llama::families[0], {}));
    const auto& tensors = model.contents().tensors();
    const auto placement = llama::place_on(tensors, 3);
    REQUIRE(placement.has_value());
    CHECK(placement->n_devices() == 4);
    check_is_consistent(*placement, tensors);
    for (std::size_t i = 0; i < tensors.size(); ++i) CHECK(placement->find(i, 3) == i);
    CHECK(llama::place_on(tensors, cria::upload::max_devices - 1).has_value());
    for (const std::uint32_t device : {cria::upload::max_devices, ~0U}) check_failure(llama::place_on(tensors, device), errc::invalid_argument, "n_devices");
}

TEST_CASE("by size, no device has more than the lightest and its own last tensor") {
    cria_test::random_numbers random(12);
    for (int round = 0; round < 100; ++round) {
        CAPTURE(round);
        std::vector<std::uint64_t> sizes(1 + random.below(60));
        for (std::uint64_t& size : sizes) size = 1 + random.below(random.below(3) == 0 ? 1000 : 20);
        const cria_test::parsed_file file(sized(sizes));
        const auto& tensors = file.contents().tensors();
        const auto n_devices = static_cast<std::uint32_t>(1 + random.below(6));
        const auto placement = llama::place_by_size(tensors, n_devices);
        REQUIRE(placement.has_value());
        check_is_consistent(*placement, tensors);
        std::vector<std::uint64_t> smallest(n_devices, most);
        for (std::size_t i = 0; i < tensors.size(); ++i) {
            REQUIRE(placement->entries_of(i).size() == 1);
            std::uint64_t& own = smallest[placement->entries_of(i)[0].device];
            own = std::min(own, tensors[i].size_bytes);
        }
        const auto loads = loads_of(*placement, tensors);
        const std::uint64_t lightest = *std::min_element(loads.begin(), loads.end());
        for (std::uint32_t d = 0; d < n_devices; ++d)
            if (loads[d] > 0) CHECK(loads[d] - smallest[d] <= lightest);
    }
}

TEST_CASE("by size, of equal tensors the first goes to the first device") {
    const cria_test::parsed_file file(sized({4, 9, 4, 4, 1}));
    const auto placement = llama::place_by_size(file.contents().tensors(), 2);
    REQUIRE(placement.has_value());
    // 9 to 0; 4 and 4 to 1, which has 8; the last 4 to 1, since 8 < 9; 1 to 0.
    const std::vector<std::uint32_t> wanted = {1, 0, 1, 1, 0};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        CAPTURE(i);
        CHECK(placement->entries_of(i)[0].device == wanted[i]);
    }
    check_failure(llama::place_by_size(file.contents().tensors(), 0), errc::invalid_argument, "n_devices");
    check_failure(llama::place_by_size(file.contents().tensors(), cria::upload::max_devices + 1), errc::invalid_argument, "n_devices");
}

TEST_CASE("a function says where tensors go, and which stay on the host") {
    const bound_file model(family_model(llama::families[0], {.n_layers = 3}));
    const auto& tensors = model.contents().tensors();
    std::vector<std::string> asked;
    const auto placement = llama::place_by(tensors, 3, [&](const gguf::tensor& of) -> std::optional<std::uint32_t> {
        asked.emplace_back(of.name);
        if (of.name.find("norm") != of.name.npos) return std::nullopt;
        return of.name.starts_with("blk.2.") ? 2U : 0U;
    });
    REQUIRE(placement.has_value());
    check_is_consistent(*placement, tensors);
    CHECK(asked.size() == tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::string_view name = tensors[i].name;
        CHECK(asked[i] == name);
        const devices wanted = name.find("norm") != name.npos ? devices{} : name.starts_with("blk.2.") ? devices{2} : devices{0};
        CHECK(devices_of(*placement, i) == wanted);
    }
    const auto beyond = llama::place_by(tensors, 2, [](const gguf::tensor& of) -> std::uint32_t { return of.name == "output_norm.weight" ? 2 : 1; });
    check_failure(beyond, errc::invalid_argument, "output_norm.weight");
    CHECK(beyond.error().expected.number() == 2);
    CHECK(beyond.error().found.number() == 2);
}

TEST_CASE("twenty thousand tensors are placed by any rule, and an empty table too") {
    cria_test::gguf_builder built;
    for (int i = 0; i < 20000; ++i) built.tensor("blk." + std::to_string(i) + ".attn_norm.weight", {1}, cria::tensor_type::f32);
    const cria_test::parsed_file file(built);
    const auto& tensors = file.contents().tensors();
    const auto balanced = llama::place_by_size(tensors, cria::upload::max_devices);
    REQUIRE(balanced.has_value());
    CHECK(balanced->entries().size() == 20000);
    const auto loads = loads_of(*balanced, tensors);
    CHECK(*std::max_element(loads.begin(), loads.end()) - *std::min_element(loads.begin(), loads.end()) <= 4);
    CHECK(llama::place_on(tensors, 0)->entries().size() == 20000);

    const gguf::tensor_table none;
    CHECK(llama::place_by_size(none, 2)->entries().empty());
    CHECK(llama::place_on(none, 0)->n_tensors() == 0);
}
