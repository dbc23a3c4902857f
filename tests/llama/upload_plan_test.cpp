// SPDX-License-Identifier: MIT
#include "cria/llama/upload_plan.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "cria/gguf/file.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/llama/share.hpp"
#include "cria/llama/slice.hpp"
#include "llama/binding.hpp"
#include "support/catch.hpp"
#include "support/family_models.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"
#include "support/temp_file.hpp"

// Tensors and parts of them as items: a plan that is carried out by hand has the bytes where an engine looks for them.

using cria::errc;
using cria_test::bound_file;
using cria_test::check_failure;
using cria_test::family_model;
using cria_test::family_parts;
namespace gguf = cria::gguf;
namespace llama = cria::llama;
namespace upload = cria::upload;

namespace {

using bytes = std::vector<std::byte>;

/// What the devices hold once every copy of the plan is made.
auto carry_out(const upload::plan& plan, const std::vector<upload::source>& sources) -> std::vector<bytes> {
    std::vector<bytes> arenas;
    for (const upload::arena& own : plan.arenas()) arenas.emplace_back(own.size_bytes);
    for (std::uint32_t device = 0; device < arenas.size(); ++device)
        for (std::uint64_t k = 0; k < plan.chunk_count(device); ++k)
            for (const upload::copy& part : plan.chunk(device, k)) {
                const upload::source& from = sources.at(part.file);
                REQUIRE(part.file_offset_bytes + part.size_bytes <= from.bytes.size());
                std::memcpy(arenas[device].data() + part.device_offset_bytes, from.bytes.data() + part.file_offset_bytes, part.size_bytes);
            }
    return arenas;
}

/// The slice's rows, one after the other.
auto rows_of_file(const llama::tensor_slice& slice, cria::byte_view data) -> bytes {
    bytes all;
    for (std::uint64_t i = 0; i < slice.n_out; ++i) {
        const auto row = slice.row(data, i);
        all.insert(all.end(), row.begin(), row.end());
    }
    return all;
}

auto at(const std::vector<bytes>& arenas, const upload::placement& place, std::uint64_t size) -> bytes {
    const bytes& arena = arenas.at(place.device);
    REQUIRE(place.device_offset_bytes + size <= arena.size());
    const auto first = arena.begin() + static_cast<std::ptrdiff_t>(place.device_offset_bytes);
    return {first, first + static_cast<std::ptrdiff_t>(size)};
}

/// A model whose bytes are all different, in a file.
class model_file {
public:
    explicit model_file(const cria_test::gguf_builder& built) : bound(built), file(gguf::shards::open(folder.write("model.gguf", built.build()))) { REQUIRE(file.has_value()); }
    auto source() const -> upload::source {
        const auto all = llama::upload_sources(*file);
        REQUIRE(all.has_value());
        REQUIRE(all->size() == 1);
        return (*all)[0];
    }
    cria_test::temp_folder folder;
    bound_file bound;
    cria::result<gguf::shards> file;
};

}  // namespace

TEST_CASE("items follow the placement's entries, and what stays on the host has none") {
    const model_file model(family_model(llama::families[0], {.random_data = true}));
    const auto& tensors = model.file->tensors();
    const auto placement = llama::place_by(tensors, 2, [](const gguf::tensor& of) -> std::optional<std::uint32_t> {
        if (of.name.starts_with("token_embd")) return std::nullopt;
        return of.name.starts_with("blk.1.") ? 1U : 0U;
    });
    REQUIRE(placement.has_value());
    const auto items = llama::upload_items(tensors, *placement);
    REQUIRE(items.has_value());
    REQUIRE(items->size() == tensors.size() - 1);
    const auto plan = llama::plan_upload(tensors, *placement, {.chunk_bytes = 1000, .n_devices = 1});
    REQUIRE(plan.has_value());
    CHECK(plan->options().n_devices == 2);
    const auto arenas = carry_out(*plan, {model.source()});
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        CAPTURE(tensors[i].name);
        const auto own = placement->find(i, tensors[i].name.starts_with("blk.1.") ? 1 : 0);
        REQUIRE(own.has_value() == !tensors[i].name.starts_with("token_embd"));
        if (!own) continue;
        CHECK((*items)[*own].name == tensors[i].name);
        CHECK((*items)[*own].device == plan->placements()[*own].device);
        const auto data = *model.file->bytes(tensors[i]);
        CHECK(at(arenas, plan->placements()[*own], tensors[i].size_bytes) == bytes(data.begin(), data.end()));
    }
    const gguf::tensor_table none;
    check_failure(llama::upload_items(none, *placement), errc::invalid_argument, "placement");
    check_failure(llama::plan_upload(none, *placement), errc::invalid_argument, "placement");
}

TEST_CASE("shares of a layer are matrices on their devices, fused as asked, of every family and block") {
    for (const llama::family& row : llama::families)
        for (const auto type : {cria::tensor_type::f32, cria::tensor_type::q8_0})
            for (const bool fused : {false, true})
                for (const std::uint32_t n : {1U, 2U, 4U}) {
                    CAPTURE(row.architecture, fused, n);
                    const family_parts parts{.biases = true, .fused_attention = fused, .random_data = true, .matrices = type, .n_layers = 1, .embedding = 256, .heads = 8, .heads_kv = 4, .head = 32, .feed_forward = 160,
                                             .expert_forward = 32, .shared_forward = 32};
                    const model_file model(family_model(row, parts));
                    const auto bound = llama::weights_from(model.file->tensors(), *model.bound.numbers());
                    REQUIRE(bound.has_value());

                    struct part {
                        llama::tensor_slice slice;
                        std::size_t item;
                    };
                    cria::buffer<upload::item> items;
                    std::vector<std::vector<part>> matrices;  // parts that are to lie behind one another
                    for (std::uint32_t i = 0; i < n; ++i) {
                        const auto own = llama::share_of(*bound, *model.bound.numbers(), 0, i, n);
                        REQUIRE(own.has_value());
                        std::uint32_t group = 0;
                        for (const auto& together : std::vector<std::vector<llama::tensor_slice>>{
                                 {own->query, own->key, own->value}, {own->query_bias, own->key_bias, own->value_bias}, {own->attn_output}, {own->gate, own->up}, {own->ffn_down}}) {
                            ++group;
                            std::vector<part> matrix;
                            for (const llama::tensor_slice& slice : together) {
                                if (!slice) continue;
                                const std::size_t before = items.size();
                                const auto first = llama::append_items(slice, "part", i, group, items);
                                REQUIRE(first.has_value());
                                CHECK(*first == before);
                                CHECK(items.size() - before == (slice.is_contiguous() || slice.row_bytes == 0 ? 1 : slice.n_out));
                                matrix.push_back({slice, *first});
                            }
                            if (!matrix.empty()) matrices.push_back(matrix);
                        }
                    }
                    const auto plan = upload::make_plan(items.span(), {.chunk_bytes = 4096, .n_devices = n});
                    REQUIRE(plan.has_value());
                    const auto arenas = carry_out(*plan, {model.source()});
                    for (const auto& matrix : matrices) {
                        std::uint64_t next = plan->placements()[matrix[0].item].device_offset_bytes;
                        CHECK(next % 256 == 0);
                        for (const part& each : matrix) {
                            CAPTURE(each.slice.tensor->name);
                            const upload::placement& place = plan->placements()[each.item];
                            CHECK(place.device_offset_bytes == next);
                            const auto data = *model.file->bytes(*each.slice.tensor);
                            CHECK(at(arenas, place, each.slice.size_bytes()) == rows_of_file(each.slice, data));
                            next += each.slice.size_bytes();
                        }
                    }
                }
}

TEST_CASE("slices that cannot be items are refused, and leave the list as it was") {
    const bound_file model(family_model(llama::families[0], {.n_layers = 1}));
    REQUIRE(model.weights().has_value());
    const gguf::tensor& matrix = *model.weights()->layers[0].ffn_down;
    cria::buffer<upload::item> items;
    REQUIRE(llama::append_items(llama::slice_of(matrix), "whole", 0, 0, items).has_value());

    check_failure(llama::append_items({}, "nothing", 0, 1, items), errc::invalid_argument, "slice");
    const auto columns = llama::columns_of(llama::slice_of(matrix), 0, 4);
    REQUIRE(columns.has_value());
    check_failure(llama::append_items(*columns, "columns", 0, 0, items), errc::invalid_argument, "columns");
    gguf::tensor strange = matrix;
    strange.type = static_cast<cria::tensor_type>(77);
    check_failure(llama::append_items(llama::slice_of(strange), "strange", 0, 1, items), errc::unsupported_type, matrix.name);
    gguf::tensor far = matrix;
    far.offset_bytes = ~std::uint64_t{0} - 100;
    auto far_columns = *columns;
    far_columns.tensor = &far;
    check_failure(llama::append_items(far_columns, "far", 0, 1, items), errc::overflow, "far");
    CHECK(items.size() == 1);
}

TEST_CASE("slices of nothing are one empty item, and one row of some columns needs no group") {
    const bound_file model(family_model(llama::families[0], {.n_layers = 1}));
    REQUIRE(model.weights().has_value());
    const auto whole = llama::slice_of(*model.weights()->layers[0].ffn_down);
    cria::buffer<upload::item> items;
    REQUIRE(llama::append_items(*llama::rows_of(whole, 3, 0), "no rows", 0, 0, items).has_value());
    REQUIRE(llama::append_items(*llama::columns_of(whole, 8, 0), "no columns", 0, 0, items).has_value());
    REQUIRE(llama::append_items(*llama::columns_of(*llama::rows_of(whole, 2, 1), 8, 4), "part of a row", 1, 0, items).has_value());
    REQUIRE(items.size() == 3);
    CHECK(items[0].size_bytes == 0);
    CHECK(items[1].size_bytes == 0);
    CHECK(items[2].size_bytes == 16);
    CHECK(items[2].offset_bytes == whole.tensor->offset_bytes + 2 * whole.stride_bytes + 32);
    CHECK(items[2].device == 1);
}

TEST_CASE("sources are the files as they were opened, mapped or not, whole or a window") {
    const auto built = family_model(llama::families[0], {.random_data = true}).build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", built);
    for (const auto how : {cria::io::access::mapped, cria::io::access::owned}) {
        const auto file = gguf::file::open(path, {.how = how});
        REQUIRE(file.has_value());
        const auto sources = llama::upload_sources(*file);
        REQUIRE(sources.has_value());
        REQUIRE(sources->size() == 1);
        const upload::source& source = (*sources)[0];
        CHECK(source.name == path);
        CHECK(source.file == &file->native());
        CHECK(source.offset_bytes == 0);
        CHECK(source.is_mapping == (how == cria::io::access::mapped));
        CHECK(source.bytes.size() == (how == cria::io::access::mapped ? built.size() : 0));
    }
    bytes embedded(5000, std::byte{7});
    embedded.insert(embedded.end(), built.begin(), built.end());
    embedded.insert(embedded.end(), 100, std::byte{9});
    auto native = cria::io::native_file::open(folder.write("program", embedded));
    REQUIRE(native.has_value());
    const auto window = gguf::file::open_window(*std::move(native), 5000, built.size());
    REQUIRE(window.has_value());
    const upload::source source = llama::upload_source(*window);
    CHECK(source.offset_bytes == 5000);
    REQUIRE(source.bytes.size() == built.size());
    CHECK(std::memcmp(source.bytes.data(), built.data(), built.size()) == 0);
}

TEST_CASE("a plan of a shard set is carried out from the set's sources") {
    const cria_test::temp_folder folder;
    std::string first;
    for (std::uint16_t number = 0; number < 3; ++number) {
        cria_test::gguf_builder shard;
        if (number == 0) shard.key("general.architecture", "llama");
        shard.key("split.no", number).key("split.count", std::uint16_t{3}).key("split.tensors.count", std::int32_t{6});
        for (int i = 0; i < 2; ++i) {
            const std::string name = "t" + std::to_string(2 * number + i);
            shard.tensor(name, {40}, cria::tensor_type::f32, cria_test::named_bytes(name, 160));
        }
        const auto name = gguf::shard_name("model", number, 3);
        REQUIRE(name.has_value());
        first = folder.write(name->view(), shard.build());
    }
    auto opened = gguf::shards::open(first);
    REQUIRE(opened.has_value());
    const auto sources = llama::upload_sources(*opened);
    REQUIRE(sources.has_value());
    REQUIRE(sources->size() == 3);
    const gguf::shards moved = *std::move(opened);  // the sources stay good
    const auto plan = llama::plan_upload(moved.tensors(), {});
    REQUIRE(plan.has_value());
    for (std::size_t i = 0; i < 3; ++i) CHECK((*sources)[i].file == &moved[i].native());
    const auto arenas = carry_out(*plan, {sources->begin(), sources->end()});
    for (std::size_t i = 0; i < moved.tensors().size(); ++i) {
        const gguf::tensor& tensor = moved.tensors()[i];
        CAPTURE(tensor.name);
        CHECK(at(arenas, plan->placements()[i], 160) == cria_test::named_bytes(tensor.name, 160));
    }
}
