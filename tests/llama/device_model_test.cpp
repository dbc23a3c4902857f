// SPDX-License-Identifier: MIT
#include "cria/llama/device_model.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cria/llama/fit.hpp"
#include "cria/llama/share.hpp"
#include "cria/upload/dlpack.hpp"
#include "llama/binding.hpp"
#include "support/catch.hpp"
#include "support/device_models.hpp"
#include "support/fake_runtime.hpp"
#include "support/family_models.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"
#include "support/upload_runs.hpp"

// Models on devices in host memory, which do what is queued as late as they can: every byte of every arena, and what is found where.

using cria::errc;
using cria::tensor_type;
using cria::llama::number_type;
using cria_test::call;
using cria_test::check_arenas;
using cria_test::check_failure;
using cria_test::check_slice;
using cria_test::fake_converter;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::family_parts;
using cria_test::gguf_builder;
using cria_test::how;
using cria_test::model_there;
using cria_test::opened_file;
using cria_test::random_numbers;
using cria_test::work_order;
namespace gguf = cria::gguf;
namespace llama = cria::llama;
namespace upload = cria::upload;

namespace {

constexpr std::uint64_t most = (std::numeric_limits<std::uint64_t>::max)();

using options_there = llama::device_options<fake_runtime>;

auto with_bytes(gguf_builder& built, const std::string& name, std::vector<std::uint64_t> extents, tensor_type type) -> gguf_builder& {
    const auto layout = *cria::geometry_of(type);
    std::uint64_t elements = 1;
    for (const std::uint64_t extent : extents) elements *= extent;
    return built.tensor(name, std::move(extents), type, cria_test::named_bytes(name, elements / layout.elements_per_block * layout.bytes_per_block));
}

/// A few tensors of several types, in an order that mixes what stays with what is converted.
auto mixed_table() -> gguf_builder {
    gguf_builder built;
    with_bytes(built, "norm", {10}, tensor_type::f32);
    with_bytes(built, "first", {64, 3}, tensor_type::q4_0);
    with_bytes(built, "second", {256, 40}, tensor_type::q8_0);
    with_bytes(built, "ids", {5}, tensor_type::i32);
    with_bytes(built, "third", {8, 2}, tensor_type::f16);
    with_bytes(built, "stack", {256, 3, 4}, tensor_type::q6_k);
    with_bytes(built, "floats", {33, 7}, tensor_type::f32);
    with_bytes(built, "halves", {33, 7}, tensor_type::bf16);
    with_bytes(built, "bias", {77}, tensor_type::f16);
    return built;
}

auto layout_of(const gguf::tensor_table& tensors, const llama::tensor_placement& placement, const llama::layout_options& options) -> llama::device_layout {
    auto made = llama::make_device_layout(tensors, placement, options);
    INFO((made ? std::string() : made.error().message()));
    REQUIRE(made.has_value());
    return *std::move(made);
}

/// Tensor i on device i modulo `n_devices`.
auto dealt_out(const gguf::tensor_table& tensors, std::uint32_t n_devices) -> llama::tensor_placement {
    auto made = llama::place_by(tensors, n_devices, [&](const gguf::tensor& tensor) { return std::optional{static_cast<std::uint32_t>(static_cast<std::size_t>(&tensor - tensors.begin()) % n_devices)}; });
    REQUIRE(made.has_value());
    return *std::move(made);
}

auto sources_of(const gguf::shards& files) -> cria::buffer<upload::source> {
    auto made = llama::upload_sources(files);
    REQUIRE(made.has_value());
    return *std::move(made);
}

auto bring(const opened_file& file, llama::device_layout&& layout, fake_runtime& device, fake_converter& converter, const how& options) -> cria::result<model_there> {
    const auto sources = sources_of(file.files());
    return llama::upload_layout(file.tensors(), std::move(layout), sources.span(), device, converter, options);
}

/// All of its tensors are found, on each device that has them and on no other.
void check_tensors(const model_there& there, const gguf::shards& files) {
    for (const gguf::tensor& tensor : files.tensors()) {
        const auto number = static_cast<std::size_t>(&tensor - files.tensors().begin());
        const llama::device_entry* lowest = nullptr;
        for (auto d = static_cast<std::uint32_t>(there.arenas().size()); d-- > 0;) {
            const llama::device_entry* const entry = there.layout().find(number, d);
            const auto found = there.find(tensor, d);
            REQUIRE(found.has_value() == (entry != nullptr));
            REQUIRE(there.find(&tensor, d).has_value() == found.has_value());
            if (!found) continue;
            lowest = entry;
            REQUIRE(found->size_bytes == entry->size_bytes);
            REQUIRE(found->address == there.arenas()[d].address + entry->offset_bytes);
            REQUIRE(found->is_contiguous());
            if (cria::geometry_of(tensor.type)) check_slice(there, files, llama::slice_of(tensor), d);
        }
        const auto found = there.find(tensor);
        REQUIRE(found.has_value() == (lowest != nullptr));
        REQUIRE(there.find(&tensor).has_value() == found.has_value());
        if (found) REQUIRE(found->device == lowest->device);
        REQUIRE_FALSE(there.find(tensor, static_cast<std::uint32_t>(there.arenas().size())).has_value());
    }
}

/// One upload that must succeed, with everything where it should be, and nothing left behind.
void bring_and_check(const opened_file& file, const llama::tensor_placement& placement, const llama::layout_options& layout, const how& options, fake_options devices = {}) {
    devices.n_devices = placement.n_devices();
    fake_runtime device(devices);
    fake_converter converter(device);
    {
        const auto there = bring(file, layout_of(file.tensors(), placement, layout), device, converter, options);
        if (!there) FAIL(there.error().message());
        check_arenas(*there, file.files());
        check_tensors(*there, file.files());
        REQUIRE(device.faults() == "");
        std::uint64_t n_pieces = 0;
        for (std::uint64_t window = 0; window < there->layout().n_windows(); ++window) n_pieces += there->layout().pieces(window)->size();
        REQUIRE(converter.n_calls() == n_pieces);
        REQUIRE(device.n_calls(call::launch) == n_pieces);
        REQUIRE(device.device_bytes_in_use() == there->report().resident_bytes);  // scratch is gone
        if (options.kept == nullptr) REQUIRE(device.pinned_bytes() == 0);
    }
    cria_test::check_clean(device);
}

}  // namespace

TEST_CASE("every tensor is on its device as the file has it, or as quant::dequantize converts it, in windows of any size and every order of work") {
    const opened_file file(mixed_table());
    for (const number_type matrices : {number_type::as_stored, number_type::f32, number_type::f16, number_type::bf16}) {
        for (const std::optional<number_type> vectors : {std::optional<number_type>(), std::optional{number_type::as_stored}, std::optional{number_type::bf16}}) {
            for (const std::uint32_t n_devices : {1U, 2U, 3U}) {
                const auto placement = dealt_out(file.tensors(), n_devices);
                // As little as may be; a window for one tensor (second: 10880 bytes, 11008 with padding); room for everything.
                for (const std::uint64_t scratch_bytes : {llama::least_scratch_bytes, std::uint64_t{2 * 11'008}, std::uint64_t{1} << 20U}) {
                    for (const work_order order : cria_test::all_orders) {
                        CAPTURE(static_cast<int>(matrices), n_devices, scratch_bytes, static_cast<int>(order));
                        how options;
                        options.n_workers = n_devices + 1;
                        options.verify = upload::verification::full;
                        fake_options devices;
                        devices.order = order;
                        bring_and_check(file, placement, {.convert = {matrices, vectors, false}, .scratch_bytes = scratch_bytes, .plan = {.chunk_bytes = 3000, .tail_bytes = 500}}, options, devices);
                    }
                }
            }
        }
    }
}

TEST_CASE("bytes arrive in every way, with every proof, and are converted from what has arrived") {
    const opened_file file(mixed_table());
    const auto placement = dealt_out(file.tensors(), 1);
    for (const upload::source_mode mode : {upload::source_mode::automatic, upload::source_mode::mapped, upload::source_mode::read, upload::source_mode::registered, upload::source_mode::direct}) {
        const bool can_go = mode != upload::source_mode::direct || cria::io::direct_file::open(file.files()[0].native()).has_value();
        if (!can_go) continue;
        for (const upload::verification level : cria_test::all_levels) {
            for (const work_order order : cria_test::all_orders) {
                CAPTURE(static_cast<int>(mode), static_cast<int>(level), static_cast<int>(order));
                how options;
                options.how = mode;
                options.verify = level;
                fake_options devices;
                devices.order = order;
                bring_and_check(file, placement, {.convert = {.matrices = number_type::f16}, .scratch_bytes = 8192}, options, devices);
            }
        }
    }
}

TEST_CASE("tables of all types at random, placed at random, arrive") {
    random_numbers random(21);
    for (int round = 0; round < 120; ++round) {
        CAPTURE(round);
        gguf_builder built;
        for (std::uint64_t i = 0, n = 1 + random.below(16); i < n; ++i) {
            auto type = static_cast<tensor_type>(random.below(cria::detail::tensor_geometries.size()));
            if (!cria::geometry_of(type)) type = tensor_type::f32;
            const std::uint64_t n_in = cria::geometry_of(type)->elements_per_block * (1 + random.below(cria::geometry_of(type)->elements_per_block == 1 ? 200 : 3));
            with_bytes(built, "t" + std::to_string(i), random.below(5) == 0 ? std::vector<std::uint64_t>{n_in} : std::vector<std::uint64_t>{n_in, 1 + random.below(40)}, type);
        }
        const opened_file file(std::move(built));
        const auto n_devices = static_cast<std::uint32_t>(1 + random.below(3));
        const auto placement = llama::place_by(file.tensors(), n_devices, [&](const gguf::tensor&) -> std::optional<std::uint32_t> {
            const auto device = static_cast<std::uint32_t>(random.below(n_devices + 1));
            return device == n_devices ? std::optional<std::uint32_t>() : device;
        });
        REQUIRE(placement.has_value());
        constexpr number_type all[] = {number_type::as_stored, number_type::f32, number_type::f16, number_type::bf16};
        llama::layout_options layout{.convert = {.matrices = all[random.below(4)]}, .scratch_bytes = llama::least_scratch_bytes + random.below(100'000)};
        if (random.below(2) == 0) layout.convert.vectors = all[random.below(4)];
        layout.plan = {.alignment_bytes = std::uint64_t{1} << random.below(9), .chunk_bytes = 1 + random.below(9000), .tail_bytes = random.below(2) * 77, .broadcasts = random.below(2) == 0};
        how options;
        options.n_workers = static_cast<unsigned>(1 + random.below(5));
        options.verify = cria_test::all_levels[round % 3];
        fake_options devices;
        devices.order = cria_test::all_orders[round % 3];
        devices.seed = static_cast<std::uint64_t>(round);
        bring_and_check(file, *placement, layout, options, devices);
    }
}

TEST_CASE("the slices that engines use are found by their numbers, of every family, fused or not, with experts and shares of layers") {
    std::size_t n_slices = 0;
    for (const llama::family& row : llama::families) {
        for (family_parts parts : cria_test::all_parts()) {
            for (const tensor_type matrices : {tensor_type::f16, tensor_type::q8_0}) {
                parts.random_data = true;
                parts.matrices = matrices;
                parts.n_layers = 2;
                parts.heads = 4;
                parts.heads_kv = 2;
                if (matrices == tensor_type::q8_0) {
                    parts.embedding = 128;
                    parts.head = 32;
                    parts.feed_forward = 96;
                    parts.expert_forward = 64;
                    parts.shared_forward = 32;
                }
                CAPTURE(row.architecture, static_cast<int>(matrices), parts.fused_attention, parts.experts);
                const opened_file file(cria_test::family_model(row, parts));
                const auto numbers = llama::hyperparameters_from(file.files().metadata());
                REQUIRE(numbers.has_value());
                const auto bound = llama::weights_from(file.tensors(), *numbers);
                INFO((bound ? std::string() : bound.error().message()));
                REQUIRE(bound.has_value());
                const std::uint64_t shares[] = {1, 1};
                const auto placement = llama::place_by_layer(file.tensors(), *bound, shares);
                REQUIRE(placement.has_value());
                for (const number_type wanted : {number_type::as_stored, number_type::f32}) {
                    fake_options devices;
                    devices.n_devices = 2;
                    fake_runtime device(devices);
                    fake_converter converter(device);
                    how options;
                    options.n_workers = 2;
                    {
                        const auto there =
                            bring(file, layout_of(file.tensors(), *placement, {.convert = {.matrices = wanted}, .scratch_bytes = 10'000, .plan = {.broadcasts = true}}), device, converter, options);
                        if (!there) FAIL(there.error().message());
                        check_arenas(*there, file.files());
                        for (std::uint32_t layer = 0; layer < bound->layers.size(); ++layer) {
                            const llama::layer_weights& of = bound->layers[layer];
                            const std::uint32_t on = there->find(of.attn_norm)->device;
                            const auto check = [&](const llama::tensor_slice& slice) {
                                REQUIRE(there->find(slice).has_value() == static_cast<bool>(slice));
                                if (!slice) return;
                                check_slice(*there, file.files(), slice, on);
                                REQUIRE(there->find(slice)->device == on);
                                REQUIRE_FALSE(there->find(slice, 1 - on).has_value());
                                ++n_slices;
                            };
                            for (const auto& slice : {of.query, of.key, of.value, of.query_bias, of.key_bias, of.value_bias, of.gate, of.up}) check(slice);
                            for (const gguf::tensor* const experts : {of.ffn_gate_exps, of.ffn_up_exps, of.ffn_down_exps})
                                for (std::uint64_t e = 0; experts != nullptr && e < experts->shape[2]; ++e) check(*llama::expert_of(*experts, e));
                            for (std::uint32_t i = 0; i < 2; ++i) {
                                const auto share = llama::share_of(*bound, *numbers, layer, i, 2);
                                REQUIRE(share.has_value());
                                for (const auto& slice : {share->query, share->key, share->value, share->query_bias, share->key_bias, share->value_bias, share->attn_output, share->gate, share->up,
                                                          share->gate_bias, share->up_bias, share->ffn_down})
                                    check(slice);
                            }
                        }
                    }
                    cria_test::check_clean(device);
                }
            }
        }
    }
    CHECK(n_slices > 5000);
}

TEST_CASE("rows and columns of a tensor are found row by row, whatever part of it they are") {
    gguf_builder built;
    for (const tensor_type type : {tensor_type::q4_0, tensor_type::q6_k, tensor_type::f16, tensor_type::f32})
        with_bytes(built, std::string(cria::geometry_of(type)->name), {cria::geometry_of(type)->elements_per_block * std::uint64_t{4}, 6}, type);
    const opened_file file(std::move(built));
    for (const number_type wanted : {number_type::as_stored, number_type::f32, number_type::bf16}) {
        fake_runtime device;
        fake_converter converter(device);
        {
            const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = wanted}, .scratch_bytes = 4096}), device, converter, {});
            REQUIRE(there.has_value());
            for (const gguf::tensor& tensor : file.tensors()) {
                const std::uint64_t block = cria::geometry_of(tensor.type)->elements_per_block;
                for (std::uint64_t row = 0; row <= 6; ++row)
                    for (std::uint64_t n_rows = 0; n_rows <= 6 - row; ++n_rows)
                        for (std::uint64_t column = 0; column <= 4; ++column)
                            for (std::uint64_t n_columns = 0; n_columns <= 4 - column; ++n_columns) {
                                const auto rows = llama::rows_of(llama::slice_of(tensor), row, n_rows);
                                REQUIRE(rows.has_value());
                                const auto part = llama::columns_of(*rows, column * block, n_columns * block);
                                REQUIRE(part.has_value());
                                if (n_rows > 0 && n_columns > 0) {
                                    check_slice(*there, file.files(), *part, 0);
                                    continue;
                                }
                                const auto found = there->find(*part);
                                REQUIRE(found.has_value());
                                REQUIRE(found->size_bytes == 0);
                                REQUIRE(found->n_in == n_columns * block);
                                REQUIRE(found->n_out == n_rows);
                            }
                auto every_second = llama::slice_of(tensor);
                every_second.n_out = 3;
                every_second.stride_bytes *= 2;
                check_slice(*there, file.files(), every_second, 0);
            }
        }
        cria_test::check_clean(device);
    }
}

TEST_CASE("what is no part of a tensor that is there is not found") {
    const opened_file file(mixed_table()), other(mixed_table());
    fake_options devices;
    devices.n_devices = 2;
    fake_runtime device(devices);
    fake_converter converter(device);
    const auto placement = llama::place_by(file.tensors(), 2, [](const gguf::tensor& t) { return t.name == "norm" ? std::optional<std::uint32_t>() : t.name == "stack" ? std::optional{1U} : std::optional{0U}; });
    REQUIRE(placement.has_value());
    const auto there = bring(file, layout_of(file.tensors(), *placement, {.convert = {.matrices = number_type::f16}}), device, converter, {});
    REQUIRE(there.has_value());
    const gguf::tensor& second = *file.tensors().find("second");
    CHECK(there->find(second).has_value());
    CHECK_FALSE(there->find(second, 1).has_value());
    CHECK_FALSE(there->find(second, 2).has_value());
    CHECK_FALSE(there->find(second, ~0U).has_value());
    CHECK_FALSE(there->find(*file.tensors().find("norm")).has_value());  // on the host
    CHECK_FALSE(there->find(static_cast<const gguf::tensor*>(nullptr)).has_value());
    CHECK_FALSE(there->find(static_cast<const gguf::tensor*>(nullptr), 0).has_value());
    CHECK_FALSE(there->find(llama::tensor_slice{}).has_value());
    CHECK_FALSE(there->find(llama::tensor_slice{}, 0).has_value());
    for (const gguf::tensor& tensor : other.tensors()) CHECK_FALSE(there->find(tensor).has_value());
    const gguf::tensor copied = second;
    CHECK_FALSE(there->find(copied).has_value());

    // Slices that nothing here makes: {256, 40} of q8_0, rows of 272 bytes.
    const auto is_found = [&](const std::function<void(llama::tensor_slice&)>& change) {
        auto slice = llama::slice_of(second);
        change(slice);
        return there->find(slice).has_value();
    };
    CHECK(is_found([](auto&) {}));
    CHECK_FALSE(is_found([](auto& s) { s.n_out = 41; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_out = most; }));
    CHECK_FALSE(is_found([](auto& s) { s.offset_bytes = 272; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_out = 39, s.offset_bytes = 2 * 272; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_out = 39, s.offset_bytes = 34; }));        // rows that go on in the next
    CHECK_FALSE(is_found([](auto& s) { s.n_out = 1, s.offset_bytes = 40 * 272; }));   // behind the last
    CHECK_FALSE(is_found([](auto& s) { s.n_out = 1, s.offset_bytes = most - 271; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_out = 2, s.stride_bytes = 300; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_out = 2, s.stride_bytes = 0; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_out = 2, s.stride_bytes = 40 * 272; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_in = 512; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_in = 512, s.row_bytes = 544; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_in = 128; }));                             // and the bytes of 256
    CHECK_FALSE(is_found([](auto& s) { s.n_in = 33, s.row_bytes = 34; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_in = 32, s.row_bytes = 34, s.offset_bytes = 17; }));
    CHECK_FALSE(is_found([](auto& s) { s.n_in = most, s.n_out = 0; }));
    CHECK(is_found([](auto& s) { s.n_in = 32, s.row_bytes = 34, s.offset_bytes = 34; }));
}

TEST_CASE("a tensor of a type that nothing here knows stays as it is, and is found as a whole") {
    gguf_builder built;
    built.tensor("strange", {32, 3}, static_cast<tensor_type>(77), cria_test::random_bytes(1000, 1));
    with_bytes(built, "known", {32, 5}, tensor_type::q8_0);
    const opened_file file(std::move(built));
    fake_runtime device;
    fake_converter converter(device);
    {
        const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f16, .keeps_unknown = true}}), device, converter, {});
        REQUIRE(there.has_value());
        const gguf::tensor& strange = file.tensors()[0];
        const auto found = there->find(strange);
        REQUIRE(found.has_value());
        CHECK(found->type == strange.type);
        CHECK(found->size_bytes == strange.size_bytes);
        CHECK(std::memcmp(found->address, cria_test::bytes_of(file.files(), strange).data(), strange.size_bytes) == 0);
        check_slice(*there, file.files(), llama::slice_of(file.tensors()[1]), 0);
        auto row = llama::slice_of(strange);
        row.n_out = 1;
        CHECK_FALSE(there->find(row).has_value());
        const auto view = llama::view_of(*found, upload::dl_device_type::cpu);
        REQUIRE(view.has_value());
        CHECK(upload::to_dlpack(*view, 0).error().code == errc::unsupported_type);
    }
    cria_test::check_clean(device);
}

TEST_CASE("what several devices have goes to one of them, and from there to the others, in whatever type it ends") {
    // A tied matrix is on the devices of the embedding and of the output, factors of rotations on all.
    const llama::family* const row = llama::find_family("llama");
    REQUIRE(row != nullptr);
    const opened_file file(cria_test::family_model(*row, {.rope_factors = true, .tied_output = true, .random_data = true, .matrices = tensor_type::f16, .n_layers = 3}));
    const auto numbers = llama::hyperparameters_from(file.files().metadata());
    REQUIRE(numbers.has_value());
    const auto bound = llama::weights_from(file.tensors(), *numbers);
    REQUIRE(bound.has_value());
    const std::uint64_t shares[] = {1, 1, 1};
    const auto placement = llama::place_by_layer(file.tensors(), *bound, shares);
    REQUIRE(placement.has_value());
    for (const number_type wanted : {number_type::as_stored, number_type::f32}) {
        for (const bool broadcasts : {false, true}) {
            for (const work_order order : cria_test::all_orders) {
                CAPTURE(static_cast<int>(wanted), broadcasts, static_cast<int>(order));
                fake_options devices;
                devices.n_devices = 3;
                devices.order = order;
                fake_runtime device(devices);
                fake_converter converter(device);
                how options;
                options.n_workers = 3;
                options.verify = upload::verification::full;
                {
                    // Rotations too, as halves: they are converted on all devices.
                    const auto there = bring(file, layout_of(file.tensors(), *placement, {.convert = {wanted, wanted == number_type::f32 ? number_type::bf16 : number_type::as_stored, false}, .scratch_bytes = 1 << 20U,
                                                                                         .plan = {.broadcasts = broadcasts}}), device, converter, options);
                    if (!there) FAIL(there.error().message());
                    check_arenas(*there, file.files());
                    check_tensors(*there, file.files());
                    CHECK((device.n_calls(call::copy_to_peer) > 0) == broadcasts);
                    for (std::uint32_t d = 0; d < 3; ++d) CHECK(there->find(bound->rope_freqs, d).has_value());
                    CHECK(there->find(bound->token_embd, 0).has_value());
                    CHECK(there->find(bound->token_embd, 2).has_value());
                    CHECK(there->find(bound->token_embd)->device == 0);
                    CHECK_FALSE(there->find(bound->token_embd, 1).has_value());
                    std::uint64_t bytes = 0;
                    for (const llama::device_entry& entry : there->layout().entries()) bytes += file.tensors()[entry.tensor].size_bytes;
                    CHECK(there->report().upload_bytes == bytes);
                }
                cria_test::check_clean(device);
            }
        }
    }
}

TEST_CASE("the report of a small model by hand") {
    gguf_builder built;
    with_bytes(built, "norm", {10}, tensor_type::f32);
    with_bytes(built, "first", {64, 3}, tensor_type::q4_0);
    with_bytes(built, "second", {256, 40}, tensor_type::q8_0);
    with_bytes(built, "ids", {5}, tensor_type::i32);
    with_bytes(built, "third", {8, 2}, tensor_type::f16);
    const opened_file file(std::move(built));
    const auto bring_so = [&](upload::source_mode mode, upload::verification level, llama::device_model_report& report) {
        fake_runtime device;
        fake_converter converter(device);
        how options;
        options.how = mode;
        options.verify = level;
        options.n_workers = 1;
        const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096, .plan = {.tail_bytes = 100}}), device, converter, options);
        REQUIRE(there.has_value());
        report = there->report();
        REQUIRE(report.pinned_bytes <= device.most_pinned_bytes());
        if (level == upload::verification::placement) REQUIRE(report.pinned_bytes == device.most_pinned_bytes());
        REQUIRE(device.device_bytes_in_use() == report.resident_bytes);
    };
    llama::device_model_report report;
    bring_so(upload::source_mode::mapped, upload::verification::placement, report);
    CHECK(report.how == upload::source_mode::mapped);
    CHECK(report.verified == upload::verification::placement);
    CHECK(report.upload_bytes == 40 + 108 + 10880 + 20 + 32);
    CHECK(report.converted_bytes == 108 + 10880 + 32);
    CHECK(report.resident_bytes == 42240 + 256 + 100);  // as device_layout_test.cpp adds it up
    CHECK(report.scratch_bytes == 4096);
    CHECK(report.n_windows == 6);
    CHECK(report.pinned_bytes == 2 * 512 + 2 * 2048);  // two slots for what stays, and for windows two that are larger
    CHECK(report.digest == 0);
    CHECK(report.upload_seconds > 0);
    CHECK(report.total_seconds >= report.upload_seconds + report.convert_seconds);

    bring_so(upload::source_mode::mapped, upload::verification::checksum, report);
    CHECK(report.verified == upload::verification::checksum);
    const std::uint64_t digest = report.digest;
    CHECK(digest != 0);
    bring_so(upload::source_mode::read, upload::verification::full, report);
    CHECK(report.how == upload::source_mode::read);
    CHECK(report.verified == upload::verification::full);
    CHECK(report.digest == digest);
}

TEST_CASE("progress counts the bytes of the file, never back, over all windows, and ends with all of them") {
    const opened_file file(mixed_table());
    std::uint64_t bytes = 0;
    for (const gguf::tensor& tensor : file.tensors()) bytes += tensor.size_bytes;
    for (const number_type wanted : {number_type::as_stored, number_type::f32}) {
        for (const std::uint32_t n_devices : {1U, 2U}) {
            for (const std::uint64_t scratch_bytes : {llama::least_scratch_bytes, std::uint64_t{1} << 20U}) {
                fake_options devices;
                devices.n_devices = n_devices;
                fake_runtime device(devices);
                fake_converter converter(device);
                std::vector<upload::progress> told;
                auto listen = [&](const upload::progress& now) { return told.push_back(now), true; };
                how options;
                options.on_progress = listen;
                options.verify = upload::verification::checksum;
                {
                    const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), n_devices), {.convert = {wanted, wanted, false}, .scratch_bytes = scratch_bytes}), device, converter, options);
                    REQUIRE(there.has_value());
                    REQUIRE(told.size() >= 2 + there->layout().n_windows());
                }
                bool any_between = false;
                for (std::size_t i = 0; i < told.size(); ++i) {
                    CAPTURE(i, told.size());
                    REQUIRE(told[i].total_bytes == bytes);
                    REQUIRE(told[i].done_bytes <= bytes);
                    any_between = any_between || (told[i].done_bytes > 0 && told[i].done_bytes < bytes);
                    REQUIRE((told[i].at == upload::phase::done) == (i + 1 == told.size()));
                    if (i == 0) continue;
                    REQUIRE(told[i].done_bytes >= told[i - 1].done_bytes);
                    REQUIRE(told[i].at >= told[i - 1].at);
                    REQUIRE(told[i].seconds >= told[i - 1].seconds);
                }
                REQUIRE(told.back().done_bytes == bytes);
                if (wanted == number_type::f32) REQUIRE(any_between);  // between what stays and what is converted
                cria_test::check_clean(device);
            }
        }
    }
}

TEST_CASE("a callback that returns false cancels at whichever call it does, and nothing is left") {
    const opened_file file(mixed_table());
    const llama::layout_options layout{.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096};
    const auto windows = layout_of(file.tensors(), dealt_out(file.tensors(), 1), layout);
    std::uint64_t before_last = windows.upload_bytes();
    for (const llama::conversion_piece& piece : *windows.pieces(windows.n_windows() - 1)) before_last -= piece.size_bytes;
    std::size_t n_cancelled = 0, stop_at = 1;
    for (bool was_reached = true; was_reached; ++stop_at) {
        CAPTURE(stop_at);
        REQUIRE(stop_at < 1000);
        fake_options devices;
        devices.order = cria_test::all_orders[stop_at % 3];
        fake_runtime device(devices);
        fake_converter converter(device);
        std::size_t n_told = 0;
        bool is_early = false;
        auto listen = [&](const upload::progress& now) {
            if (++n_told != stop_at) return true;
            is_early = now.done_bytes < before_last;  // later it may be too late
            return false;
        };
        how options;
        options.on_progress = listen;
        {
            const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), 1), layout), device, converter, options);
            if (there) check_arenas(*there, file.files());
            else REQUIRE(there.error().code == errc::cancelled);
            if (!there) ++n_cancelled;
            was_reached = n_told >= stop_at;
            REQUIRE((there.has_value() || was_reached));
            REQUIRE_FALSE((there.has_value() && is_early));
        }
        cria_test::check_clean(device);
    }
    CHECK(n_cancelled > 10);
}

#if defined(__cpp_exceptions)

TEST_CASE("a callback that throws at whichever call it does leaves nothing, and no conversion goes on in memory that is gone") {
    const opened_file file(mixed_table());
    std::size_t n_thrown = 0, throw_at = 1;
    for (bool was_reached = true; was_reached; ++throw_at) {
        CAPTURE(throw_at);
        REQUIRE(throw_at < 1000);
        fake_options devices;
        devices.order = throw_at % 2 == 0 ? work_order::when_waited_for : work_order::random;
        fake_runtime device(devices);
        fake_converter converter(device);
        std::size_t n_told = 0;
        auto listen = [&](const upload::progress&) -> bool {
            if (++n_told == throw_at) throw throw_at;
            return true;
        };
        how options;
        options.on_progress = listen;
        try {
            const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096}), device, converter, options);
            REQUIRE(there.has_value());
        } catch (const std::size_t number) {
            REQUIRE(number == throw_at);
            ++n_thrown;
        }
        was_reached = n_told >= throw_at;
        cria_test::check_clean(device);
    }
    CHECK(n_thrown > 10);
}

#endif

TEST_CASE("an upload that is cancelled at any call of the runtime or the converter ends with that, or well, and leaves nothing") {
    const opened_file file(mixed_table());
    for (const std::uint32_t n_devices : {1U, 2U}) {
        const auto placement = dealt_out(file.tensors(), n_devices);
        std::uint64_t k = 1, n_cancelled = 0;
        for (bool was_reached = true; was_reached; k += 1 + k / 60) {
            CAPTURE(n_devices, k);
            const auto before = cria_test::process_state::now();
            {
                fake_options devices;
                devices.n_devices = n_devices;
                devices.order = cria_test::all_orders[k % 3];
                fake_runtime device(devices);
                fake_converter converter(device);
                std::atomic<bool> cancel{false};
                std::atomic<std::uint64_t> n{0};
                device.before_call = [&](call, std::uint64_t) {
                    if (++n == k) cancel.store(true);
                };
                how options;
                options.cancel = &cancel;
                options.n_workers = 2;
                {
                    const auto there = bring(file, layout_of(file.tensors(), placement, {.convert = {.matrices = number_type::bf16}, .scratch_bytes = 4096}), device, converter, options);
                    was_reached = cancel.load();
                    if (there) check_arenas(*there, file.files());
                    else REQUIRE(there.error().code == errc::cancelled);
                    if (!there) ++n_cancelled;
                    REQUIRE((there.has_value() || was_reached));
                }
                cria_test::check_clean(device);
            }
            REQUIRE(before.is_back());
        }
        CHECK(n_cancelled > 20);
    }
}

TEST_CASE("a window arrives while the one before it is being converted, and not before the one that had its memory has been") {
    const opened_file file(mixed_table());
    fake_runtime device;  // does what somebody waits for, and nothing else
    struct watching {
        fake_runtime& runtime;
        std::uint64_t n_queued = 0, n_done = 0;
        std::vector<std::uint64_t> done_when_queued{};

        auto dequantize(tensor_type type, const void* blocks, std::uint64_t n, tensor_type out_type, void* out, fake_runtime::stream stream) -> cria::result<void> {
            done_when_queued.push_back(n_done);
            ++n_queued;
            const auto layout = *cria::geometry_of(type), there = *cria::geometry_of(out_type);
            const cria::byte_view from(static_cast<const std::byte*>(blocks), static_cast<std::size_t>(n / layout.elements_per_block * layout.bytes_per_block));
            return runtime.launch(blocks, from.size(), out, n * there.bytes_per_block, stream, [this, type, from, out, out_type] {
                ++n_done;
                const auto numbers = cria_test::converted_bytes(type, from, out_type);
                std::memcpy(out, numbers.data(), numbers.size());
            });
        }
    } converter{device};
    how options;
    options.verify = upload::verification::placement;
    {
        const auto sources = sources_of(file.files());
        const auto there = llama::upload_layout(file.tensors(), layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f16}, .scratch_bytes = 8192}), sources.span(), device,
                                                converter, options);
        REQUIRE(there.has_value());
        check_arenas(*there, file.files());
        REQUIRE(there->layout().n_windows() >= 4);
        std::uint64_t n_before = 0, n_two_before = 0;  // pieces of the windows before this one, and before the one before
        std::size_t next = 0;
        for (std::uint64_t window = 0; window < there->layout().n_windows(); ++window) {
            const std::size_t n_pieces = there->layout().pieces(window)->size();
            for (std::size_t i = 0; i < n_pieces; ++i) CHECK(converter.done_when_queued.at(next++) == n_two_before);
            n_two_before = n_before;
            n_before += n_pieces;
        }
        CHECK(converter.n_done == converter.n_queued);
    }
    cria_test::check_clean(device);
}

namespace {

struct failing {
    std::uint32_t n_devices;
    upload::source_mode mode;
    upload::verification level;
    work_order order;
    bool has_after;
    bool broadcasts;
};

/// Makes call number `k` of an upload fail, or every call from there on. Says whether it got as far as that call.
auto fail_at(const opened_file& file, const failing& with, std::uint64_t k, bool and_all_later, std::uint64_t& n_succeeded) -> bool {
    const auto placement = dealt_out(file.tensors(), with.n_devices);
    fake_options devices;
    devices.n_devices = with.n_devices;
    devices.order = with.order;
    devices.seed = k;
    fake_runtime device(devices);
    fake_converter converter(device);
    const auto before = cria_test::process_state::now();
    std::vector<fake_runtime::stream> streams;
    for (std::uint32_t d = 0; with.has_after && d < with.n_devices; ++d) {
        REQUIRE(device.use(d).has_value());
        streams.push_back(*device.make_stream());
    }
    how options;
    options.how = with.mode;
    options.n_workers = 2;
    options.verify = with.level;
    options.after = streams;
    const std::uint64_t n_before = device.n_calls();
    device.fail_call(n_before + k, and_all_later);
    bool was_reached = false;
    {
        const auto there = bring(file, layout_of(file.tensors(), placement, {.convert = {.matrices = number_type::f16}, .scratch_bytes = 8192, .plan = {.tail_bytes = 100, .broadcasts = with.broadcasts}}),
                                 device, converter, options);
        was_reached = device.n_calls() >= n_before + k;
        if (there) {
            ++n_succeeded;
            check_arenas(*there, file.files());
            if (!was_reached) device.fail_call(0);  // or the clean end would be what fails
        } else {
            REQUIRE(was_reached);
            CAPTURE(there.error().message());
            REQUIRE(there.error().code == errc::device_error);
            REQUIRE(there.error().native == 700);
        }
    }
    for (const auto& each : streams) static_cast<void>(device.destroy(each));  // of a dead device it is refused, and gone
    REQUIRE(device.faults() == "");
    // Where waiting for the device fails, nobody knows what it still reads: pinned slots are left.
    REQUIRE((and_all_later ? device.leaks_besides_pinned() : device.leaks()) == "");
    REQUIRE(before.is_back());
    return was_reached;
}

void fail_each(bool and_all_later) {
    const opened_file file(mixed_table());
    const failing all[] = {
        {1, upload::source_mode::mapped, upload::verification::full, work_order::when_waited_for, true, false},
        {1, upload::source_mode::read, upload::verification::checksum, work_order::by_itself, false, false},
        {1, upload::source_mode::registered, upload::verification::placement, work_order::random, false, false},
        {2, upload::source_mode::mapped, upload::verification::placement, work_order::random, true, true},
        {2, upload::source_mode::read, upload::verification::full, work_order::when_waited_for, false, true},
    };
    for (const failing& with : all) {
        CAPTURE(with.n_devices, static_cast<int>(with.mode), static_cast<int>(with.level), static_cast<int>(with.order));
        std::uint64_t k = 1, n_succeeded = 0;
        for (bool was_reached = true; was_reached; ++k) {
            CAPTURE(k);
            REQUIRE(k < 3000);
            was_reached = fail_at(file, with, k, and_all_later, n_succeeded);
        }
        REQUIRE(k > 60);
        REQUIRE(n_succeeded < k / 2);  // most failures are not to be overlooked
    }
}

}  // namespace

TEST_CASE("each call of the runtime, and each kernel, that fails ends a model's upload with its error, or does not matter; and nothing is left") { fail_each(false); }

TEST_CASE("a device that is dead from any call of a model's upload on ends it with its error, and nothing is left but slots that it may still read") { fail_each(true); }

TEST_CASE("a converter that fails at any call ends the upload with its own error, and what it had queued is waited for") {
    const opened_file file(mixed_table());
    for (const std::uint32_t n_devices : {1U, 2U}) {
        std::uint64_t k = 1;
        for (bool was_reached = true; was_reached; ++k) {
            CAPTURE(n_devices, k);
            fake_options devices;
            devices.n_devices = n_devices;
            devices.order = cria_test::all_orders[k % 3];
            fake_runtime device(devices);
            fake_converter converter(device);
            converter.fail_call(k);
            {
                const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), n_devices), {.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096}), device, converter, {});
                was_reached = converter.n_calls() >= k;
                REQUIRE(there.has_value() != was_reached);
                if (was_reached) REQUIRE(there.error().code == errc::unsupported_feature);
                if (was_reached) REQUIRE(converter.n_calls() == k);
            }
            cria_test::check_clean(device);
        }
        CHECK(k > 10);
    }
}

TEST_CASE("a converter that fails, and a stream that cannot be waited for once, still leave nothing that is in use") {
    const opened_file file(mixed_table());
    for (const std::uint64_t k : {1U, 4U, 7U}) {
        std::uint64_t n = 1;
        for (bool was_reached = true; was_reached; ++n) {
            CAPTURE(k, n);
            fake_runtime device;
            fake_converter converter(device);
            converter.fail_call(k);
            device.fail_nth(call::synchronize_stream, n);
            const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096}), device, converter, {});
            was_reached = device.n_calls(call::synchronize_stream) >= n;
            REQUIRE_FALSE(there.has_value());
            if (!was_reached) REQUIRE(there.error().code == errc::unsupported_feature);
            cria_test::check_clean(device);
        }
        CHECK(n > 4);
    }
}

TEST_CASE("slots between windows that cannot be given back are an error, and gone") {
    const opened_file file(mixed_table());
    for (const call kind : {call::release_pinned, call::destroy_event, call::destroy_stream}) {
        CAPTURE(static_cast<int>(kind));
        std::uint64_t n_calls = 0;
        for (const bool fails : {false, true}) {
            fake_runtime device;
            fake_converter converter(device);
            if (fails) device.fail_nth(kind, n_calls);  // the last of them, when all else is done
            how options;
            options.n_workers = 1;
            {
                const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096}), device, converter, options);
                REQUIRE(there.has_value() == !fails);
                if (fails) REQUIRE(there.error().code == errc::device_error);
                if (!fails) n_calls = device.n_calls(kind);
            }
            cria_test::check_clean(device);
        }
    }
}

TEST_CASE("streams and scratch that cannot be given back are an error, and gone") {
    const opened_file file(mixed_table());
    for (const call kind : {call::destroy_stream, call::release}) {
        std::uint64_t n_calls = 0;
        for (const bool fails : {false, true}) {
            fake_runtime device;
            fake_converter converter(device);
            if (fails) device.fail_nth(kind, n_calls);
            upload::ring<fake_runtime> kept(device);  // has what uploads would destroy after everything else
            how options;
            options.kept = &kept;
            {
                const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096}), device, converter, options);
                REQUIRE(there.has_value() == !fails);
                if (fails) REQUIRE(there.error().code == errc::device_error);
                if (!fails) n_calls = device.n_calls(kind);
                if (fails) REQUIRE(device.device_memory().empty());
            }
            REQUIRE(kept.clear().has_value());
            cria_test::check_clean(device);
        }
    }
}

namespace {

/// A converter that prepares for types, and says what it was asked.
struct prepared_converter {
    fake_converter& with;
    fake_runtime& runtime;
    std::vector<std::pair<tensor_type, std::uint64_t>> prepared;  // and how often dequantize had been called
    std::uint64_t fail_at = 0;

    auto prepare(tensor_type type) -> cria::result<void> {
        prepared.emplace_back(type, with.n_calls());
        if (prepared.size() == fail_at) return cria::error{errc::unsupported_type, "kernel"};
        return {};
    }
    auto dequantize(tensor_type type, const void* blocks, std::uint64_t n, tensor_type out_type, void* out, fake_runtime::stream stream) -> cria::result<void> {
        return with.dequantize(type, blocks, n, out_type, out, stream);
    }
};

}  // namespace

TEST_CASE("a converter that can prepare is asked to, for each type that is converted, on each device, before the first conversion") {
    const opened_file file(mixed_table());
    const auto sources = sources_of(file.files());
    for (const std::uint32_t n_devices : {1U, 2U}) {
        for (std::uint64_t fail_at = 0; fail_at <= 4; ++fail_at) {
            CAPTURE(n_devices, fail_at);
            fake_options devices;
            devices.n_devices = n_devices;
            fake_runtime device(devices);
            fake_converter inner(device);
            prepared_converter converter{inner, device, {}, fail_at};
            {
                const auto placement = dealt_out(file.tensors(), n_devices);
                const auto there = llama::upload_layout(file.tensors(), layout_of(file.tensors(), placement, {.convert = {.matrices = number_type::f16}, .scratch_bytes = 8192}), sources.span(), device, converter);
                REQUIRE(there.has_value() == (fail_at == 0));
                if (there) check_arenas(*there, file.files());
                else REQUIRE(there.error().code == errc::unsupported_type);
                if (fail_at > 0) REQUIRE(inner.n_calls() == 0);
                for (const auto& [type, n_calls] : converter.prepared) CHECK(n_calls == 0);
                std::vector<std::pair<std::uint32_t, tensor_type>> wanted;
                if (there) {
                    for (const llama::device_entry& entry : there->layout().entries())
                        if (entry.is_converted) wanted.emplace_back(entry.device, file.tensors()[entry.tensor].type);
                    std::sort(wanted.begin(), wanted.end());
                    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
                    CHECK(converter.prepared.size() == wanted.size());
                }
            }
            cria_test::check_clean(device);
        }
    }
}

TEST_CASE("arenas of the caller's are used where they are, and stay") {
    const opened_file file(mixed_table());
    const auto placement = dealt_out(file.tensors(), 2);
    const llama::layout_options layout{.convert = {.matrices = number_type::f16}, .scratch_bytes = 4096, .plan = {.tail_bytes = 77}};
    fake_options devices;
    devices.n_devices = 2;
    fake_runtime device(devices);
    fake_converter converter(device);
    const auto wanted = layout_of(file.tensors(), placement, layout);
    std::vector<upload::arena_memory> arenas;
    std::vector<fake_runtime::stream> streams;
    for (std::uint32_t d = 0; d < 2; ++d) {
        REQUIRE(device.use(d).has_value());
        arenas.push_back({*device.allocate(1 << 20U), wanted.devices()[d].arena_bytes});
        streams.push_back(*device.make_stream());
    }
    how options;
    options.arenas = arenas;
    options.after = streams;
    SECTION("behind what the caller's stream has queued") {
        // Something of before that still writes to all of it: where nobody waits for it, it comes last.
        for (std::uint32_t d = 0; d < 2; ++d) {
            REQUIRE(device.use(d).has_value());
            REQUIRE(device.fill_with_zeros(arenas[d].address, arenas[d].size_bytes, streams[d]).has_value());
        }
        {
            const auto there = bring(file, layout_of(file.tensors(), placement, layout), device, converter, options);
            if (!there) FAIL(there.error().message());
            for (std::uint32_t d = 0; d < 2; ++d) {
                REQUIRE(device.synchronize(streams[d]).has_value());
                CHECK(there->arenas()[d].address == arenas[d].address);
                CHECK_FALSE(there->arenas()[d].is_owned);
            }
            check_arenas(*there, file.files());
            check_tensors(*there, file.files());
        }
        CHECK(device.device_memory().size() == 2);
    }
    SECTION("unless one is too small, or where none can be") {
        const auto refused = [&](errc code, std::string_view subject) {
            const std::uint64_t n_calls = device.n_calls();
            const auto there = bring(file, layout_of(file.tensors(), placement, layout), device, converter, options);
            check_failure(there, code, subject);
            CHECK(device.n_calls() == n_calls);
        };
        auto changed = arenas;
        options.arenas = changed;
        changed[1].size_bytes -= 1;
        refused(errc::invalid_argument, "arenas");
        changed = arenas;
        options.arenas = changed;
        changed[0].address = nullptr;
        refused(errc::invalid_argument, "arenas");
        changed[0].address = static_cast<std::byte*>(arenas[0].address) + 128;
        refused(errc::invalid_argument, "arenas");
        changed = arenas;
        changed.pop_back();
        options.arenas = changed;
        refused(errc::invalid_argument, "arenas");
        options.arenas = arenas;
        options.after = std::span(streams).first(1);
        refused(errc::invalid_argument, "after");
        options.after = {};
        const std::uint32_t one[] = {0};
        options.devices = one;
        refused(errc::invalid_argument, "devices");
    }
    SECTION("unless it is memory of another device") {
        std::swap(arenas[0], arenas[1]);
        arenas[0].size_bytes = arenas[1].size_bytes = 1 << 20U;
        const auto there = bring(file, layout_of(file.tensors(), placement, {}), device, converter, options);
        REQUIRE_FALSE(there.has_value());
        CHECK(there.error().code == errc::not_resident);
        std::swap(arenas[0], arenas[1]);
    }
    for (std::uint32_t d = 0; d < 2; ++d) {
        REQUIRE(device.use(d).has_value());
        REQUIRE(device.destroy(streams[d]).has_value());
        REQUIRE(device.release(arenas[d].address).has_value());
    }
    cria_test::check_clean(device);
}

TEST_CASE("conversions come behind what the caller's stream has queued, also where no tensor stays as it is") {
    gguf_builder built;
    with_bytes(built, "it", {256, 40}, tensor_type::q8_0);
    const opened_file file(std::move(built));
    const auto placement = dealt_out(file.tensors(), 1);
    for (const std::uint64_t scratch_bytes : {std::uint64_t{4096}, std::uint64_t{1} << 20U}) {
        const llama::layout_options layout{.convert = {.matrices = number_type::f16}, .scratch_bytes = scratch_bytes};
        fake_runtime device;
        fake_converter converter(device);
        const fake_runtime::stream stream = *device.make_stream();
        const auto wanted = layout_of(file.tensors(), placement, layout);
        const std::uint64_t size_bytes = wanted.devices()[0].arena_bytes;
        const upload::arena_memory arena{*device.allocate(size_bytes), size_bytes};
        REQUIRE(device.fill_with_zeros(arena.address, size_bytes, stream).has_value());
        how options;
        options.arenas = {&arena, 1};
        options.after = {&stream, 1};
        {
            const auto there = bring(file, layout_of(file.tensors(), placement, layout), device, converter, options);
            REQUIRE(there.has_value());
            REQUIRE(device.synchronize(stream).has_value());
            check_arenas(*there, file.files());
        }
        REQUIRE(device.destroy(stream).has_value());
        REQUIRE(device.release(arena.address).has_value());
        cria_test::check_clean(device);
    }
}

TEST_CASE("an arena that is memory of another device is found out, also where every tensor in it is converted") {
    gguf_builder built;
    with_bytes(built, "it", {256, 4}, tensor_type::q8_0);
    const opened_file file(std::move(built));
    const auto placement = dealt_out(file.tensors(), 1);
    struct idle {
        auto dequantize(tensor_type, const void*, std::uint64_t, tensor_type, void*, fake_runtime::stream) -> cria::result<void> { return {}; }
    } converter;  // the fake devices would not let another one write there
    for (const std::uint32_t number : {0U, 1U}) {
        fake_options devices;
        devices.n_devices = 2;
        fake_runtime device(devices);
        REQUIRE(device.use(number).has_value());
        const upload::arena_memory arena{*device.allocate(4096), 4096};
        how options;
        options.arenas = {&arena, 1};
        const auto sources = sources_of(file.files());
        const auto there = llama::upload_layout(file.tensors(), layout_of(file.tensors(), placement, {.convert = {.matrices = number_type::f16}}), sources.span(), device, converter, options);
        CHECK(there.has_value() == (number == 0));
        if (!there) CHECK(there.error().code == errc::not_resident);
        REQUIRE(device.release(arena.address).has_value());
        cria_test::check_clean(device);
    }
}

TEST_CASE("plans with small alignments still give converted numbers an address that they can be written to") {
    const opened_file file(mixed_table());
    const auto placement = dealt_out(file.tensors(), 1);
    const llama::layout_options layout{.convert = {.matrices = number_type::f32}, .plan = {.alignment_bytes = 1}};
    fake_runtime device;
    fake_converter converter(device);
    const auto wanted = layout_of(file.tensors(), placement, layout);
    auto* const memory = static_cast<std::byte*>(*device.allocate(wanted.devices()[0].arena_bytes + 256));
    upload::arena_memory arena{memory + 8, wanted.devices()[0].arena_bytes};
    how options;
    options.arenas = {&arena, 1};
    const auto refused = bring(file, layout_of(file.tensors(), placement, layout), device, converter, options);
    check_failure(refused, errc::invalid_argument, "arenas");
    CHECK(refused.error().expected.number() == 16);
    arena.address = memory + 16;
    const auto there = bring(file, layout_of(file.tensors(), placement, layout), device, converter, options);
    REQUIRE(there.has_value());
    check_arenas(*there, file.files());
    arena.address = memory + 3;
    CHECK(bring(file, layout_of(file.tensors(), placement, {.plan = {.alignment_bytes = 1}}), device, converter, options).has_value());  // nothing is converted
    REQUIRE(device.release(memory).has_value());
    cria_test::check_clean(device);
}

namespace {

/// A caller's allocator, which knows what it has given.
struct counting_memory {
    fake_runtime& runtime;
    std::uint64_t fail_at = 0;
    std::uint64_t n_allocated = 0;
    std::uint64_t misaligned_at = 0;
    struct block {
        std::byte* address;
        std::byte* whole;
        std::uint32_t device;
        std::uint64_t size_bytes;
    };
    std::vector<block> blocks{};
    bool all_is_well = true;

    static auto allocate(void* raw, std::uint32_t device, std::uint64_t size_bytes, std::uint64_t alignment_bytes) -> cria::result<void*> {
        auto& self = *static_cast<counting_memory*>(raw);
        if (++self.n_allocated == self.fail_at) return cria::error{errc::out_of_memory, "pool"};
        self.all_is_well = self.all_is_well && alignment_bytes == 256;
        auto made = self.runtime.allocate(size_bytes + 256);  // on the device in use
        if (!made) return made.error();
        auto* const whole = static_cast<std::byte*>(*made);
        self.blocks.push_back({whole + (self.n_allocated == self.misaligned_at ? 8 : 256), whole, device, size_bytes});
        return static_cast<void*>(self.blocks.back().address);
    }
    static void release(void* raw, std::uint32_t device, void* address, std::uint64_t size_bytes) noexcept {
        auto& self = *static_cast<counting_memory*>(raw);
        const auto found = std::find_if(self.blocks.begin(), self.blocks.end(), [&](const block& each) { return each.address == address; });
        self.all_is_well = self.all_is_well && found != self.blocks.end() && found->device == device && found->size_bytes == size_bytes;
        if (found == self.blocks.end()) return;
        self.all_is_well = self.all_is_well && self.runtime.release(found->whole).has_value();
        self.blocks.erase(found);
    }
    [[nodiscard]] auto resource() -> upload::memory_resource { return {&allocate, &release, this}; }
};

}  // namespace

TEST_CASE("arenas and scratch come from the caller's allocator, and go back to it, however the upload ends") {
    const opened_file file(mixed_table());
    const auto placement = dealt_out(file.tensors(), 2);
    for (const bool is_misaligned : {false, true}) {
        for (std::uint64_t fail_at = 0; fail_at <= 5; ++fail_at) {
            CAPTURE(is_misaligned, fail_at);
            fake_options devices;
            devices.n_devices = 2;
            devices.device_bytes = 1 << 20U;
            fake_runtime device(devices);
            fake_converter converter(device);
            counting_memory pool{device};
            (is_misaligned ? pool.misaligned_at : pool.fail_at) = fail_at;
            const auto resource = pool.resource();
            how options;
            options.memory = &resource;
            {
                auto there = bring(file, layout_of(file.tensors(), placement, {.convert = {.matrices = number_type::f16}, .scratch_bytes = 4096}), device, converter, options);
                CHECK(there.has_value() == (fail_at == 0 || fail_at == 5));
                if (there) {
                    CHECK(pool.n_allocated == 4);
                    REQUIRE(pool.blocks.size() == 2);
                    check_arenas(*there, file.files());
                    for (std::uint32_t d = 0; d < 2; ++d) CHECK(there->arenas()[d].address == pool.blocks[d].address);
                    CHECK(there->release().has_value());
                } else {
                    CHECK(there.error().code == (is_misaligned ? errc::misaligned : errc::out_of_memory));
                }
            }
            CHECK(pool.blocks.empty());
            CHECK(pool.all_is_well);
            cria_test::check_clean(device);
        }
    }
}

TEST_CASE("the runtime's devices may have other numbers than the placement's, or be the same") {
    const opened_file file(mixed_table());
    const auto placement = dealt_out(file.tensors(), 2);
    for (const auto& numbers : {std::vector<std::uint32_t>{2, 1}, std::vector<std::uint32_t>{1, 1}}) {
        fake_options devices;
        devices.n_devices = 3;
        fake_runtime device(devices);
        fake_converter converter(device);
        how options;
        options.devices = numbers;
        {
            const auto there = bring(file, layout_of(file.tensors(), placement, {.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096}), device, converter, options);
            if (!there) FAIL(there.error().message());
            check_arenas(*there, file.files());
            check_tensors(*there, file.files());
            for (std::uint32_t d = 0; d < 2; ++d) CHECK(there->arenas()[d].device == numbers[d]);
            CHECK(device.device_memory(0).empty());
        }
        cria_test::check_clean(device);
    }
    fake_runtime device;
    fake_converter converter(device);
    check_failure(bring(file, layout_of(file.tensors(), placement, {}), device, converter, {}), errc::no_device, "device");
    cria_test::check_clean(device);
}

TEST_CASE("memory that does not suffice for arena and scratch together is out_of_memory before a byte moves") {
    const opened_file file(mixed_table());
    const auto placement = dealt_out(file.tensors(), 1);
    const llama::layout_options layout{.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096};
    const auto made = layout_of(file.tensors(), placement, layout);
    const std::uint64_t needed = made.devices()[0].arena_bytes + made.devices()[0].scratch_bytes;
    for (const std::uint64_t there_are : {needed - 1, needed}) {
        fake_options devices;
        devices.device_bytes = there_are;
        fake_runtime device(devices);
        fake_converter converter(device);
        {
            const auto there = bring(file, layout_of(file.tensors(), placement, layout), device, converter, {});
            CHECK(there.has_value() == (there_are == needed));
            if (!there) {
                check_failure(there, errc::out_of_memory, "device memory");
                CHECK(there.error().expected.number() == needed);
                CHECK(there.error().found.number() == there_are);
                CHECK(device.n_calls(call::allocate) == 0);
                CHECK(device.copied_bytes() == 0);
            }
        }
        cria_test::check_clean(device);
    }
}

TEST_CASE("an arena larger than any memory is refused, and so is a sum that does not fit 64 bits") {
    gguf_builder built;
    built.tensor("it", {256, 2}, tensor_type::q8_0);
    const opened_file file(std::move(built));
    const auto placement = dealt_out(file.tensors(), 1);
    fake_runtime device;
    fake_converter converter(device);
    for (const std::uint64_t tail : {std::uint64_t{1} << 62U, most - 1024}) {  // of 1024: 512 numbers of two bytes
        const auto there = bring(file, layout_of(file.tensors(), placement, {.convert = {.matrices = number_type::f16}, .plan = {.tail_bytes = tail}}), device, converter, {});
        check_failure(there, errc::out_of_memory, "device memory");
        CHECK(there.error().expected.number() == (tail == most - 1024 ? most : 1024 + tail + 768));
    }
    CHECK(device.n_calls(call::allocate) == 0);
    cria_test::check_clean(device);
}

TEST_CASE("pinned slots are kept from window to window, and for the next model where the caller keeps them") {
    const opened_file file(mixed_table());
    const auto placement = dealt_out(file.tensors(), 1);
    const llama::layout_options layout{.convert = {.matrices = number_type::f32}, .scratch_bytes = 8192, .plan = {.chunk_bytes = 2048}};
    fake_runtime device;
    fake_converter converter(device);
    how options;
    options.n_workers = 1;
    {
        const auto there = bring(file, layout_of(file.tensors(), placement, layout), device, converter, options);
        REQUIRE(there.has_value());
        REQUIRE(there->layout().n_windows() > 2);
        CHECK(device.n_calls(call::allocate_pinned) <= 2);  // for what stays, and for windows
        CHECK(device.pinned_bytes() == 0);
    }
    {
        upload::ring<fake_runtime> kept(device);
        options.kept = &kept;
        for (int i = 0; i < 3; ++i) {
            const std::uint64_t n_before = device.n_calls(call::allocate_pinned);
            const auto there = bring(file, layout_of(file.tensors(), placement, layout), device, converter, options);
            REQUIRE(there.has_value());
            check_arenas(*there, file.files());
            CHECK(kept.idle_bytes() > 0);
            if (i > 0) CHECK(device.n_calls(call::allocate_pinned) == n_before);
        }
    }
    cria_test::check_clean(device);
}

TEST_CASE("a model on devices may be moved, and what it was moved from has nothing any more") {
    const opened_file file(mixed_table());
    const auto placement = dealt_out(file.tensors(), 2);
    fake_options devices;
    devices.n_devices = 2;
    fake_runtime device(devices);
    fake_converter converter(device);
    const auto make = [&] {
        auto made = bring(file, layout_of(file.tensors(), placement, {.convert = {.matrices = number_type::f32}}), device, converter, {});
        REQUIRE(made.has_value());
        return *std::move(made);
    };
    {
        model_there one = make();
        const std::byte* const address = one.find(file.tensors()[2])->address;
        model_there two(std::move(one));
        CHECK(two.find(file.tensors()[2])->address == address);
        CHECK_FALSE(one.find(file.tensors()[2]).has_value());  // NOLINT(bugprone-use-after-move)
        CHECK(one.arenas().empty());
        check_arenas(two, file.files());
        model_there three = make();
        REQUIRE(device.device_memory().size() == 4);
        three = std::move(two);
        CHECK(device.device_memory().size() == 2);
        CHECK(three.find(file.tensors()[2])->address == address);
        check_tensors(three, file.files());
        model_there& same = three;
        three = std::move(same);
        check_tensors(three, file.files());
        CHECK(three.release().has_value());
        CHECK(device.device_memory().empty());
        CHECK_FALSE(three.find(file.tensors()[2]).has_value());
        CHECK(three.release().has_value());
        two = make();
        device.fail_nth(call::release, device.n_calls(call::release) + 1);
        CHECK(two.release().error().code == errc::device_error);
        CHECK(device.device_memory().empty());
    }
    cria_test::check_clean(device);
}

TEST_CASE("views for other libraries: a tensor in its own shape, a slice as a matrix, rows that lie apart not at all") {
    const opened_file file(mixed_table());
    fake_runtime device;
    fake_converter converter(device);
    {
        const auto there = bring(file, layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f16}}), device, converter, {});
        REQUIRE(there.has_value());
        const gguf::tensor& stack = *file.tensors().find("stack");  // {256, 3, 4}
        const auto shape_of = [&](const llama::device_tensor& tensor) {
            const auto view = llama::view_of(tensor, upload::dl_device_type::cpu);
            REQUIRE(view.has_value());
            REQUIRE(view->address == tensor.address);
            const auto exported = upload::to_dlpack(*view, 0);
            INFO((exported ? std::string() : exported.error().message()));
            REQUIRE(exported.has_value());
            const upload::dl_tensor& of = (*exported)->tensor;
            CHECK(of.dtype == upload::dl_data_type{upload::dl_type_code::ieee_float, 16, 1});
            CHECK(of.device == upload::dl_device{upload::dl_device_type::cpu, 0});
            return std::vector<std::int64_t>(of.shape, of.shape + of.ndim);
        };
        CHECK(shape_of(*there->find(stack)) == std::vector<std::int64_t>{4, 3, 256});
        CHECK(shape_of(*there->find(*llama::expert_of(stack, 1))) == std::vector<std::int64_t>{3, 256});
        CHECK(shape_of(*there->find(*llama::rows_of(llama::slice_of(stack), 5, 1))) == std::vector<std::int64_t>{1, 256});
        const auto apart = there->find(*llama::columns_of(llama::slice_of(*file.tensors().find("second")), 32, 64));
        REQUIRE(apart.has_value());
        check_failure(llama::view_of(*apart), errc::unsupported_feature, "second");
        check_failure(llama::view_of({}), errc::invalid_argument, "tensor");
        const auto view = llama::view_of(*there->find(stack));
        REQUIRE(view.has_value());
        CHECK(view->device == upload::dl_device{upload::dl_device_type::cuda, 0});
    }
    cria_test::check_clean(device);
}

TEST_CASE("what does not fit together is refused before anything is asked of a device") {
    const opened_file file(mixed_table());
    gguf_builder more = mixed_table();
    more.tensor("more", {8}, tensor_type::f32);
    const opened_file other(std::move(more));
    fake_runtime device;
    fake_converter converter(device);
    const auto sources = sources_of(file.files());
    check_failure(llama::upload_layout(other.tensors(), layout_of(file.tensors(), dealt_out(file.tensors(), 1), {}), sources.span(), device, converter), errc::invalid_argument, "layout");
    check_failure(llama::upload_layout(file.tensors(), layout_of(file.tensors(), dealt_out(file.tensors(), 1), {}), {}, device, converter), errc::invalid_argument, "sources");
    llama::no_converter none;
    check_failure(llama::upload_layout(file.tensors(), layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f16}}), sources.span(), device, none),
                  errc::invalid_argument, "converter");
    CHECK(device.n_calls() == 0);
    {
        const auto there = llama::upload_layout(file.tensors(), layout_of(file.tensors(), dealt_out(file.tensors(), 1), {}), sources.span(), device, none);
        REQUIRE(there.has_value());
        check_arenas(*there, file.files());
    }
    cria_test::check_clean(device);
}

TEST_CASE("a file that is shorter than its tensors say is an error of the source, also where a window finds out, and nothing is left") {
    const opened_file file(mixed_table());
    fake_runtime device;
    fake_converter converter(device);
    auto sources = sources_of(file.files());
    for (const gguf::tensor& last : file.tensors()) {
        CAPTURE(last.name);
        sources[0].bytes = file.files()[0].mapping().first(static_cast<std::size_t>(last.offset_bytes + last.size_bytes - 1));
        sources[0].file = nullptr;
        sources[0].is_mapping = false;
        const auto there = llama::upload_layout(file.tensors(), layout_of(file.tensors(), dealt_out(file.tensors(), 1), {.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096}), sources.span(), device, converter);
        REQUIRE_FALSE(there.has_value());
        CHECK(there.error().code == errc::out_of_range);
        cria_test::check_clean(device);
    }
}

TEST_CASE("models without tensors, and devices without any, take nothing") {
    const opened_file none(gguf_builder().key("general.architecture", "llama"));
    fake_options devices;
    devices.n_devices = 2;
    fake_runtime device(devices);
    fake_converter converter(device);
    std::vector<upload::progress> told;
    auto listen = [&](const upload::progress& now) { return told.push_back(now), true; };
    how options;
    options.on_progress = listen;
    {
        const auto there = bring(none, layout_of(none.tensors(), dealt_out(none.tensors(), 2), {.convert = {.matrices = number_type::f16}, .plan = {.tail_bytes = 100}}), device, converter, options);
        REQUIRE(there.has_value());
        CHECK(there->arenas().size() == 2);
        CHECK(there->report().resident_bytes == 0);
        CHECK(device.n_calls(call::allocate) == 0);
        REQUIRE(told.size() == 1);
        CHECK(told[0].at == upload::phase::done);
    }
    const opened_file file(mixed_table());
    const auto second_alone = llama::place_on(file.tensors(), 1);
    REQUIRE(second_alone.has_value());
    {
        const auto there = bring(file, layout_of(file.tensors(), *second_alone, {.convert = {.matrices = number_type::f16}, .scratch_bytes = 4096, .plan = {.tail_bytes = 100}}), device, converter, {});
        REQUIRE(there.has_value());
        check_arenas(*there, file.files());
        CHECK(device.device_memory(0).empty());
    }
    cria_test::check_clean(device);
}

TEST_CASE("an open model goes to devices as it is, converted, by shares, by fit or as the caller placed it") {
    const llama::family* const row = llama::find_family("llama");
    REQUIRE(row != nullptr);
    const opened_file file(cria_test::family_model(*row, {.tokenizer = true, .random_data = true, .matrices = tensor_type::f16, .n_layers = 4}));
    auto opened = llama::open(file.path());
    INFO((opened ? std::string() : opened.error().message()));
    REQUIRE(opened.has_value());
    const gguf::tensor_table& tensors = opened->files().tensors();
    fake_options devices;
    devices.n_devices = 2;
    fake_runtime device(devices);
    fake_converter converter(device);
    const auto check = [&](const cria::result<model_there>& there, std::size_t n_devices) {
        if (!there) FAIL(there.error().message());
        CHECK(there->arenas().size() == n_devices);
        check_arenas(*there, opened->files());
        check_tensors(*there, opened->files());
    };
    {
        const auto as_it_is = llama::upload_model(*opened, device);
        check(as_it_is, 1);
        CHECK(as_it_is->find(opened->weights().layers[1].query)->type == tensor_type::f16);
        check(llama::upload_model(*opened, device, converter, {.convert = {.matrices = number_type::f32}}), 1);

        const std::uint64_t shares[] = {1, 2};
        check(llama::upload_model(*opened, device, converter, options_there{.convert = {.matrices = number_type::bf16}, .shares = shares}), 2);
        check(llama::upload_model(*opened, device, options_there{.shares = shares}), 2);

        const auto placement = llama::place_by_size(tensors, 2);
        REQUIRE(placement.has_value());
        const auto by_size = llama::upload_model(*opened, device, converter, {.convert = {.matrices = number_type::f32}, .placement = &*placement, .scratch_bytes = 4096});
        check(by_size, 2);
        CHECK(by_size->layout().n_windows() > 2);

        const std::uint64_t memory[] = {std::uint64_t{1} << 20U, std::uint64_t{1} << 30U};
        const auto report = llama::fit(tensors, opened->hyperparameters(), opened->weights(), {.cache = {.context_length = 16}, .memory_bytes = memory, .reserve_bytes = 0, .embedding_on_device = true});
        REQUIRE(report.has_value());
        const auto by_fit = llama::upload_model(*opened, device, {.fit = &*report});
        check(by_fit, 2);

        check_failure(llama::upload_model(*opened, device, options_there{.placement = &*placement, .fit = &*report}), errc::invalid_argument, "placement");
        check_failure(llama::upload_model(*opened, device, options_there{.placement = &*placement, .shares = shares}), errc::invalid_argument, "placement");
        const std::uint64_t nothing[] = {0};
        check_failure(llama::upload_model(*opened, device, {.shares = nothing}), errc::invalid_argument, "shares");
        check_failure(llama::upload_model(*opened, device, {.convert = {.matrices = number_type::f32}}), errc::invalid_argument, "converter");

        // Its table stays where it is when the model is moved.
        const auto query = as_it_is->find(opened->weights().layers[3].query);
        const llama::model moved = *std::move(opened);
        const auto again = as_it_is->find(moved.weights().layers[3].query);
        REQUIRE((query.has_value() && again.has_value()));
        CHECK(query->address == again->address);
    }
    cria_test::check_clean(device);
}
