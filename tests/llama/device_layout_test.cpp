// SPDX-License-Identifier: MIT
#include "cria/llama/device_layout.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "cria/llama/placement.hpp"
#include "cria/llama/upload_plan.hpp"
#include "llama/binding.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"

// Where a model's tensors are to be on devices, in which types, and in which pieces those arrive that are converted.

using cria::errc;
using cria::tensor_type;
using cria::llama::number_type;
using cria_test::check_failure;
using cria_test::gguf_builder;
using cria_test::random_numbers;
namespace gguf = cria::gguf;
namespace llama = cria::llama;
namespace upload = cria::upload;

namespace {

constexpr std::uint64_t most = (std::numeric_limits<std::uint64_t>::max)();

/// The tensors of a file whose data nobody has.
class header_only {
public:
    explicit header_only(gguf_builder built, const gguf::policy& rules = {}, std::uint64_t file_bytes = std::uint64_t{1} << 40U)
        : bytes_(built.without_data().build()), contents_(gguf::parse_prefix(bytes_, file_bytes, rules)) {
        INFO((contents_ ? std::string() : contents_.error().message()));
        REQUIRE(contents_.has_value());
    }
    [[nodiscard]] auto tensors() const -> const gguf::tensor_table& { return contents_->tensors(); }
    [[nodiscard]] auto type_of(std::string_view name, const llama::conversion& wanted) const -> tensor_type {
        const auto found = llama::type_on_device(*tensors().find(name), wanted);
        INFO((found ? std::string() : found.error().message()));
        REQUIRE(found.has_value());
        return *found;
    }

private:
    cria_test::file_bytes bytes_;
    cria::result<gguf::contents> contents_;
};

auto layout_of(const gguf::tensor_table& tensors, const llama::tensor_placement& placement, const llama::layout_options& options) -> llama::device_layout {
    auto made = llama::make_device_layout(tensors, placement, options);
    INFO((made ? std::string() : made.error().message()));
    REQUIRE(made.has_value());
    return *std::move(made);
}

/// Everything on device 0.
auto layout_of(const gguf::tensor_table& tensors, const llama::layout_options& options) -> llama::device_layout {
    const auto placement = llama::place_on(tensors, 0);
    REQUIRE(placement.has_value());
    return layout_of(tensors, *placement, options);
}

auto pieces_of(const llama::device_layout& layout, std::uint64_t window) -> std::vector<llama::conversion_piece> {
    const auto made = layout.pieces(window);
    REQUIRE(made.has_value());
    return {made->begin(), made->end()};
}

/// A table of tensors at random, most of them matrices of all types that have a layout.
auto random_table(random_numbers& random, std::size_t n) -> gguf_builder {
    gguf_builder built;
    for (std::size_t i = 0; i < n; ++i) {
        const std::string name = "t" + std::to_string(i);
        auto type = static_cast<tensor_type>(random.below(cria::detail::tensor_geometries.size()));
        if (!cria::geometry_of(type)) type = tensor_type::f32;
        if (random.below(10) == 0) type = static_cast<tensor_type>(77);
        const auto layout = cria::geometry_of(type);
        if (!layout) {
            built.tensor(name, {32, 2}, type, cria_test::file_bytes(1 + random.below(300)));
            continue;
        }
        const std::uint64_t n_in = layout->elements_per_block * (1 + random.below(layout->elements_per_block == 1 ? 300 : 3));
        switch (random.below(4)) {
            case 0: built.tensor(name, {n_in}, type); break;
            case 1: built.tensor(name, {n_in, 1 + random.below(5), 1 + random.below(4)}, type); break;
            default: built.tensor(name, {n_in, 1 + random.below(90)}, type); break;
        }
    }
    return built;
}

/// Some tensors on no device, some on several.
auto random_placement(random_numbers& random, const gguf::tensor_table& tensors, std::uint32_t n_devices) -> llama::tensor_placement {
    auto made = llama::place_by(tensors, n_devices, [&](const gguf::tensor&) -> std::optional<std::uint32_t> {
        const auto device = static_cast<std::uint32_t>(random.below(n_devices + 1));
        return device == n_devices ? std::optional<std::uint32_t>() : device;
    });
    REQUIRE(made.has_value());
    return *std::move(made);
}

/// What no layout may break: tensors lie apart, aligned and inside; the pieces of a tensor are all of it, in whole blocks; windows fit.
void check_is_whole(const llama::device_layout& layout, const gguf::tensor_table& tensors, const llama::tensor_placement& placement) {
    const llama::layout_options& options = layout.options();
    REQUIRE(layout.entries().size() == placement.entries().size());
    REQUIRE(layout.devices().size() == placement.n_devices());
    REQUIRE(layout.n_tensors() == tensors.size());
    REQUIRE(layout.alignment_bytes() >= options.plan.alignment_bytes);

    struct range {
        std::uint64_t begin, end;
    };
    std::vector<std::vector<range>> taken(placement.n_devices());
    std::vector<std::size_t> n_entries(placement.n_devices());
    std::uint64_t upload_bytes = 0, converted_bytes = 0;
    std::size_t n_stored = 0;
    bool any_converted = false;
    for (std::size_t i = 0; i < layout.entries().size(); ++i) {
        const llama::device_entry& entry = layout.entries()[i];
        const gguf::tensor& tensor = tensors[entry.tensor];
        REQUIRE(llama::placed_tensor{entry.tensor, entry.device} == placement.entries()[i]);
        REQUIRE(entry.type == *llama::type_on_device(tensor, options.convert));
        REQUIRE(entry.is_converted == (entry.type != tensor.type));
        REQUIRE(layout.find(entry.tensor, entry.device) == &entry);
        REQUIRE(layout.find(entry.tensor) == layout.find(entry.tensor, placement.entries_of(entry.tensor).front().device));
        const llama::device_share& share = layout.devices()[entry.device];
        if (entry.is_converted) {
            REQUIRE(entry.size_bytes == tensor.shape.elements() * (entry.type == tensor_type::f32 ? 4 : 2));
            REQUIRE(entry.offset_bytes % 16 == 0);
            REQUIRE(entry.offset_bytes >= share.stored_bytes);
        } else {
            REQUIRE(entry.size_bytes == tensor.size_bytes);
            REQUIRE(entry.offset_bytes + entry.size_bytes <= share.stored_bytes);
            REQUIRE(layout.stored().placements()[n_stored++] == upload::placement{entry.device, entry.offset_bytes});
        }
        REQUIRE(entry.offset_bytes % options.plan.alignment_bytes == 0);
        REQUIRE(entry.offset_bytes + entry.size_bytes + options.plan.tail_bytes <= share.arena_bytes);
        if (entry.size_bytes > 0) taken[entry.device].push_back({entry.offset_bytes, entry.offset_bytes + entry.size_bytes});
        ++n_entries[entry.device];
        upload_bytes += tensor.size_bytes;
        if (entry.is_converted) converted_bytes += tensor.size_bytes;
        any_converted = any_converted || entry.is_converted;
    }
    REQUIRE(layout.stored().placements().size() == n_stored);
    REQUIRE(layout.upload_bytes() == upload_bytes);
    REQUIRE(layout.converted_bytes() == converted_bytes);
    REQUIRE(layout.alignment_bytes() == (std::max)(options.plan.alignment_bytes, std::uint64_t{any_converted ? 16U : 1U}));
    for (std::size_t i = 0; i < tensors.size(); ++i)
        for (std::uint32_t d = 0; d <= placement.n_devices(); ++d) REQUIRE((layout.find(i, d) != nullptr) == placement.find(i, d).has_value());
    for (std::vector<range>& of_device : taken) {
        std::sort(of_device.begin(), of_device.end(), [](const range& a, const range& b) { return a.begin < b.begin; });
        for (std::size_t i = 1; i < of_device.size(); ++i) REQUIRE(of_device[i - 1].end <= of_device[i].begin);
    }

    std::map<std::size_t, std::uint64_t> next_element;  // of an entry
    std::vector<std::uint64_t> n_windows(placement.n_devices()), most_bytes(placement.n_devices());
    for (std::uint64_t window = 0; window < layout.n_windows(); ++window) {
        const auto pieces = pieces_of(layout, window);
        REQUIRE_FALSE(pieces.empty());
        const auto plan = layout.plan_pieces(tensors, pieces);
        REQUIRE(plan.has_value());
        REQUIRE(plan->placements().size() == pieces.size());
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const llama::conversion_piece& piece = pieces[i];
            const llama::device_entry& entry = layout.entries()[piece.entry];
            const gguf::tensor& tensor = tensors[entry.tensor];
            const auto of_file = *cria::geometry_of(tensor.type);
            REQUIRE(entry.is_converted);
            REQUIRE(piece.n_elements > 0);
            REQUIRE(piece.first_element == next_element[piece.entry]);
            REQUIRE(piece.first_element % of_file.elements_per_block == 0);
            REQUIRE(piece.n_elements % of_file.elements_per_block == 0);
            REQUIRE(piece.offset_bytes == piece.first_element / of_file.elements_per_block * of_file.bytes_per_block);
            REQUIRE(piece.size_bytes == piece.n_elements / of_file.elements_per_block * of_file.bytes_per_block);
            next_element[piece.entry] += piece.n_elements;
            REQUIRE(n_windows[entry.device] >= window);  // no window is left out
            n_windows[entry.device] = window + 1;
            REQUIRE(plan->placements()[i].device == entry.device);
            REQUIRE(plan->placements()[i].device_offset_bytes % 256 == 0);
            if (i > 0) REQUIRE(layout.entries()[pieces[i - 1].entry].device <= entry.device);
        }
        for (std::uint32_t d = 0; d < placement.n_devices(); ++d) most_bytes[d] = (std::max)(most_bytes[d], plan->arenas()[d].size_bytes);
    }
    REQUIRE(pieces_of(layout, layout.n_windows()).empty());
    REQUIRE(pieces_of(layout, most).empty());
    std::uint64_t all_windows = 0;
    for (std::uint32_t d = 0; d < placement.n_devices(); ++d) {
        const llama::device_share& share = layout.devices()[d];
        REQUIRE(share.n_entries == n_entries[d]);
        REQUIRE(share.n_windows == n_windows[d]);
        REQUIRE(share.half_bytes == most_bytes[d]);
        REQUIRE(share.half_bytes <= options.scratch_bytes / 2);
        REQUIRE(share.scratch_bytes == share.half_bytes * (std::min)(share.n_windows, std::uint64_t{2}));
        REQUIRE((share.arena_bytes > 0 || share.n_entries == 0 || taken[d].empty()));
        all_windows = (std::max)(all_windows, share.n_windows);
    }
    REQUIRE(layout.n_windows() == all_windows);
    for (std::size_t i = 0; i < layout.entries().size(); ++i)
        if (layout.entries()[i].is_converted) REQUIRE(next_element[i] == tensors[layout.entries()[i].tensor].shape.elements());
}

}  // namespace

TEST_CASE("what type a tensor's numbers get on a device goes by its rows, its type and what is wanted") {
    gguf_builder built;
    built.tensor("matrix", {64, 3}, tensor_type::q4_0)
        .tensor("vector", {64}, tensor_type::f16)
        .tensor("row", {64, 1}, tensor_type::bf16)
        .tensor("stack", {32, 2, 2}, tensor_type::bf16)
        .tensor("floats", {5, 2}, tensor_type::f32)
        .tensor("doubles", {5, 2}, tensor_type::f64)
        .tensor("ids", {64, 2}, tensor_type::i32)
        .tensor("places", {7}, tensor_type::i64)
        .tensor("octets", {8, 2}, tensor_type::i8)
        .tensor("shorts", {8, 2}, tensor_type::i16);
    const header_only file(std::move(built));
    for (const gguf::tensor& tensor : file.tensors()) CHECK(file.type_of(tensor.name, {}) == tensor.type);
    for (const auto& [wanted, type] : {std::pair{number_type::f32, tensor_type::f32}, std::pair{number_type::f16, tensor_type::f16}, std::pair{number_type::bf16, tensor_type::bf16}}) {
        for (const char* name : {"matrix", "stack", "floats", "doubles"}) CHECK(file.type_of(name, {.matrices = wanted}) == type);
        for (const char* name : {"vector", "row"}) {
            CHECK(file.type_of(name, {.matrices = wanted}) == tensor_type::f32);
            CHECK(file.type_of(name, {.matrices = wanted, .vectors = number_type::as_stored}) == file.tensors().find(name)->type);
            CHECK(file.type_of(name, {.vectors = wanted}) == type);
        }
        CHECK(file.type_of("matrix", {.vectors = wanted}) == tensor_type::q4_0);
        for (const char* name : {"ids", "places", "octets", "shorts"}) CHECK(file.type_of(name, {.matrices = wanted, .vectors = wanted}) == file.tensors().find(name)->type);
    }
}

TEST_CASE("a type that nothing here can read is refused by the tensor's name where it is to be converted, or kept on request") {
    const cria::user_type own[] = {{tensor_type::q4_0, {"q4_0", 32, 20}, 0}};  // a fork's, under a number of ggml's
    gguf::policy rules;
    rules.types = own;
    gguf_builder built;
    built.tensor("known", {32, 2}, tensor_type::f16).tensor("foreign", {32, 2}, tensor_type::q4_0, cria_test::file_bytes(40)).tensor("strange", {32, 2}, static_cast<tensor_type>(77), cria_test::file_bytes(40));
    const header_only file(std::move(built), rules, std::uint64_t{1} << 12U);
    for (const char* name : {"foreign", "strange"}) {
        const gguf::tensor& tensor = *file.tensors().find(name);
        check_failure(llama::type_on_device(tensor, {.matrices = number_type::f16}), errc::unsupported_type, name);
        CHECK(file.type_of(name, {}) == tensor.type);
        CHECK(file.type_of(name, {.vectors = number_type::f16}) == tensor.type);
        CHECK(file.type_of(name, {.matrices = number_type::f16, .keeps_unknown = true}) == tensor.type);
    }
    const auto placement = llama::place_on(file.tensors(), 0);
    REQUIRE(placement.has_value());
    check_failure(llama::make_device_layout(file.tensors(), *placement, {.convert = {.matrices = number_type::f32}}), errc::unsupported_type, "foreign");
    check_is_whole(layout_of(file.tensors(), *placement, {.convert = {.matrices = number_type::f32, .keeps_unknown = true}}), file.tensors(), *placement);
}

TEST_CASE("a layout by hand") {
    gguf_builder built;
    built.tensor("norm", {10}, tensor_type::f32)         // 40 bytes
        .tensor("first", {64, 3}, tensor_type::q4_0)     // 6 blocks of 18: 108
        .tensor("second", {256, 40}, tensor_type::q8_0)  // 320 blocks of 34: 10880
        .tensor("ids", {5}, tensor_type::i32)            // 20
        .tensor("third", {8, 2}, tensor_type::f16);      // 32
    const header_only file(std::move(built));
    const auto layout = layout_of(file.tensors(), {.convert = {.matrices = number_type::f32}, .scratch_bytes = 4096, .plan = {.alignment_bytes = 256, .tail_bytes = 100}});
    const std::vector<llama::device_entry> wanted = {
        {0, 0, tensor_type::f32, false, 0, 40},         {1, 0, tensor_type::f32, true, 512, 768},   {2, 0, tensor_type::f32, true, 1280, 40960},
        {3, 0, tensor_type::i32, false, 256, 20},       {4, 0, tensor_type::f32, true, 42240, 64},
    };
    CHECK(std::vector<llama::device_entry>(layout.entries().begin(), layout.entries().end()) == wanted);
    REQUIRE(layout.devices().size() == 1);
    const llama::device_share& share = layout.devices()[0];
    CHECK(share.stored_bytes == 512);
    CHECK(share.arena_bytes == 42240 + 256 + 100);
    CHECK(share.n_entries == 5);
    CHECK(layout.upload_bytes() == 40 + 108 + 10880 + 20 + 32);
    CHECK(layout.converted_bytes() == 108 + 10880 + 32);
    CHECK(layout.alignment_bytes() == 256);
    CHECK(layout.stored().arenas()[0].size_bytes == 512);

    // A half has 2048 bytes. Behind the first tensor's 256, padding included, there is room for 6 times 256 elements of 34 · 8 bytes;
    // a window of its own has 7 times as many. 10880 = 1632 + 4 · 1904 + 1632.
    CHECK(share.n_windows == 6);
    CHECK(share.half_bytes == 2048);
    CHECK(share.scratch_bytes == 4096);
    using pieces = std::vector<llama::conversion_piece>;
    CHECK(pieces_of(layout, 0) == pieces{{1, 0, 192, 0, 108}, {2, 0, 1536, 0, 1632}});
    for (std::uint64_t i = 0; i < 4; ++i) CHECK(pieces_of(layout, 1 + i) == pieces{{2, 1536 + i * 1792, 1792, 1632 + i * 1904, 1904}});
    CHECK(pieces_of(layout, 5) == pieces{{2, 8704, 1536, 9248, 1632}, {4, 0, 16, 0, 32}});
    CHECK(pieces_of(layout, 6).empty());
    const auto plan = layout.plan_pieces(file.tensors(), pieces_of(layout, 5));
    REQUIRE(plan.has_value());
    REQUIRE(plan->ranges().size() == 2);
    const gguf::tensor &second = file.tensors()[2], &third = file.tensors()[4];
    CHECK(plan->ranges()[0] == upload::copy{0, 0, second.offset_bytes + 9248, 0, 1632});
    CHECK(plan->ranges()[1] == upload::copy{0, 0, third.offset_bytes, 1792, 32});
}

TEST_CASE("where nothing is converted a layout is the plan of the same placement, and asks for no scratch") {
    random_numbers random(3);
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        const header_only file(random_table(random, 1 + random.below(20)));
        const auto placement = random_placement(random, file.tensors(), static_cast<std::uint32_t>(1 + random.below(3)));
        const upload::plan_options how{.alignment_bytes = std::uint64_t{1} << random.below(10), .tail_bytes = random.below(2) * 77, .broadcasts = round % 2 == 0};
        const auto layout = layout_of(file.tensors(), placement, {.scratch_bytes = 0, .plan = how});
        const auto plan = llama::plan_upload(file.tensors(), placement, how);
        REQUIRE(plan.has_value());
        REQUIRE(layout.n_windows() == 0);
        for (std::size_t i = 0; i < layout.entries().size(); ++i)
            REQUIRE(upload::placement{layout.entries()[i].device, layout.entries()[i].offset_bytes} == plan->placements()[i]);
        for (std::uint32_t d = 0; d < placement.n_devices(); ++d) {
            REQUIRE(layout.devices()[d].arena_bytes == plan->arenas()[d].size_bytes);
            REQUIRE(layout.devices()[d].scratch_bytes == 0);
        }
        check_is_whole(layout, file.tensors(), placement);
    }
}

TEST_CASE("layouts are whole, of tables of all types, on several devices, in windows of any size") {
    random_numbers random(4);
    std::uint64_t most_windows = 0;
    for (int round = 0; round < 600; ++round) {
        CAPTURE(round);
        const header_only file(random_table(random, 1 + random.below(25)));
        const auto placement = random_placement(random, file.tensors(), static_cast<std::uint32_t>(1 + random.below(4)));
        llama::layout_options options;
        constexpr number_type all[] = {number_type::as_stored, number_type::f32, number_type::f16, number_type::bf16};
        options.convert.matrices = all[random.below(4)];
        if (random.below(2) == 0) options.convert.vectors = all[random.below(4)];
        options.convert.keeps_unknown = true;
        options.scratch_bytes = llama::least_scratch_bytes + (round % 3 == 0 ? 0 : random.below(round % 3 == 1 ? 3000 : 200'000));
        options.plan = {.alignment_bytes = std::uint64_t{1} << random.below(11), .tail_bytes = random.below(2) * 333, .broadcasts = random.below(2) == 0};
        const auto layout = layout_of(file.tensors(), placement, options);
        check_is_whole(layout, file.tensors(), placement);
        most_windows = (std::max)(most_windows, layout.n_windows());
    }
    CHECK(most_windows > 50);
}

TEST_CASE("a tensor is cut as what lies before it on its device demands") {
    gguf_builder built;
    built.tensor("own", {256, 3}, tensor_type::q8_0).tensor("both", {256, 9}, tensor_type::q4_0);
    const header_only file(std::move(built));
    const auto on_first = llama::place_on(file.tensors(), 0);
    REQUIRE(on_first.has_value());
    const auto first = layout_of(file.tensors(), *on_first, {.convert = {.matrices = number_type::f16}, .scratch_bytes = 4096});
    const auto on_second = llama::place_by(file.tensors(), 2, [](const gguf::tensor& t) { return t.name == "both" ? std::optional{1U} : std::optional<std::uint32_t>(); });
    REQUIRE(on_second.has_value());
    const auto second = layout_of(file.tensors(), *on_second, {.convert = {.matrices = number_type::f16}, .scratch_bytes = 4096});
    check_is_whole(first, file.tensors(), *on_first);
    check_is_whole(second, file.tensors(), *on_second);
    using pieces = std::vector<llama::conversion_piece>;
    CHECK(pieces_of(first, 0) == pieces{{0, 0, 768, 0, 816}, {1, 0, 1792, 0, 1008}});  // 816 takes 1024, and 7 · 144 fit behind it
    CHECK(pieces_of(first, 1) == pieces{{1, 1792, 512, 1008, 288}});
    CHECK(pieces_of(second, 0) == pieces{{0, 0, 2304, 0, 1296}});
    CHECK(second.devices()[0].arena_bytes == 0);
    CHECK(second.devices()[0].n_windows == 0);
    CHECK(second.devices()[1].scratch_bytes == 1536);
}

TEST_CASE("windows of the smallest size, of exactly a tensor, and larger than everything") {
    for (std::uint32_t id = 0; id < cria::detail::tensor_geometries.size(); ++id) {
        const auto type = static_cast<tensor_type>(id);
        const auto of_file = cria::geometry_of(type);
        if (!of_file || type == tensor_type::i8 || type == tensor_type::i16 || type == tensor_type::i32 || type == tensor_type::i64) continue;
        CAPTURE(of_file->name);
        gguf_builder built;
        built.tensor("it", {of_file->elements_per_block, 2048 / of_file->elements_per_block + 1}, type);  // no multiple of 256
        const header_only file(std::move(built));
        const gguf::tensor& tensor = file.tensors()[0];
        const auto placement = llama::place_on(file.tensors(), 0);
        const std::uint64_t whole = (tensor.size_bytes + 255) / 256 * 256;
        const std::uint64_t cut_bytes = 256 / of_file->elements_per_block * of_file->bytes_per_block;
        for (const std::uint64_t half : {llama::least_scratch_bytes / 2, whole, whole - 256, whole + 256, std::uint64_t{1} << 40U}) {
            if (half < llama::least_scratch_bytes / 2) continue;
            CAPTURE(half);
            for (const std::uint64_t odd : {0U, 1U, 511U}) {
                const auto layout = layout_of(file.tensors(), *placement, {.convert = {.matrices = type == tensor_type::f32 ? number_type::f16 : number_type::f32}, .scratch_bytes = half * 2 + odd});
                check_is_whole(layout, file.tensors(), *placement);
                if (half >= whole) {
                    CHECK(layout.n_windows() == 1);
                    CHECK(layout.devices()[0].scratch_bytes == whole);
                } else {
                    // Every window but the last is full: another cut would not fit.
                    for (std::uint64_t k = 0; k + 1 < layout.n_windows(); ++k) CHECK(pieces_of(layout, k).back().size_bytes + cut_bytes > half);
                    CHECK(layout.n_windows() > 1);
                }
            }
        }
    }
}

TEST_CASE("a layout of tensors larger than any memory takes no more time or memory than a small one") {
    gguf_builder built;
    built.tensor("vast", {std::uint64_t{1} << 30U, std::uint64_t{1} << 31U}, tensor_type::q4_0)
        .tensor({.name = "other", .extents = {256, 4}, .type = tensor_type::q8_0, .offset = (std::uint64_t{1} << 56U) * 18});
    const header_only file(std::move(built), {}, most);
    const auto layout = layout_of(file.tensors(), {.convert = {.matrices = number_type::f16}, .scratch_bytes = 4096});
    const std::uint64_t of_file = (std::uint64_t{1} << 61U) / 32 * 18;
    REQUIRE(file.tensors()[0].size_bytes == of_file);
    CHECK(layout.devices()[0].arena_bytes == (std::uint64_t{1} << 62U) + 2048);
    CHECK(layout.n_windows() == (of_file - 2048 - 1) / 2016 + 2);  // 14 · 144 in each but the last, and there what 2048 hold
    const auto last = pieces_of(layout, layout.n_windows() - 1);
    REQUIRE(last.size() >= 1);
    CHECK(last.front().first_element + last.front().n_elements == (last.front().entry == 0 ? std::uint64_t{1} << 61U : 1024U));
    const auto middle = pieces_of(layout, layout.n_windows() / 2);
    REQUIRE(middle.size() == 1);
    CHECK(middle[0] == llama::conversion_piece{0, layout.n_windows() / 2 * 3584, 3584, layout.n_windows() / 2 * 2016, 2016});
}

TEST_CASE("sizes that do not fit 64 bits are refused by name") {
    const auto refusal = [](const std::vector<std::pair<const char*, std::uint64_t>>& rows, const llama::layout_options& options) {
        gguf_builder built;
        std::uint64_t at = 0;
        for (const auto& [name, n_out] : rows) {
            built.tensor({.name = name, .extents = {std::uint64_t{1} << 30U, n_out}, .type = tensor_type::q4_0, .offset = at});
            at += (std::uint64_t{1} << 25U) * 18 * n_out;
        }
        const header_only file(std::move(built), {}, most);
        const auto placement = llama::place_on(file.tensors(), 0);
        REQUIRE(placement.has_value());
        const auto made = llama::make_device_layout(file.tensors(), *placement, options);
        REQUIRE_FALSE(made.has_value());
        REQUIRE(made.error().code == errc::overflow);
        return std::string(made.error().subject.view());
    };
    const llama::layout_options to_f32{.convert = {.matrices = number_type::f32}};
    CHECK(refusal({{"alone", std::uint64_t{1} << 32U}}, to_f32) == "alone");  // 2^62 elements of 4 bytes
    CHECK(refusal({{"one", std::uint64_t{1} << 31U}, {"two", std::uint64_t{1} << 31U}}, to_f32) == "two");
    CHECK(refusal({{"one", std::uint64_t{1} << 31U}, {"two", (std::uint64_t{1} << 31U) - 1}}, {.convert = {.matrices = number_type::f32}, .plan = {.tail_bytes = std::uint64_t{1} << 33U}}) == "tail_bytes");
    CHECK(refusal({{"it", 8}}, {.convert = {.matrices = number_type::f16}, .plan = {.tail_bytes = most}}) == "tail_bytes");
    CHECK(refusal({{"it", 8}}, {.plan = {.tail_bytes = most}}) == "tail_bytes");
    CHECK(refusal({{"one", 8}, {"two", 8}, {"three", 8}}, {.convert = {.matrices = number_type::f16}, .plan = {.alignment_bytes = std::uint64_t{1} << 63U}}) == "three");
}

TEST_CASE("what cannot be laid out is refused") {
    gguf_builder built, more;
    built.tensor("it", {32, 2}, tensor_type::q8_0);
    more.tensor("it", {32, 2}, tensor_type::q8_0).tensor("other", {32, 2}, tensor_type::q8_0);
    const header_only file(std::move(built)), other(std::move(more));
    const auto placement = llama::place_on(file.tensors(), 0), foreign = llama::place_on(other.tensors(), 0);
    REQUIRE((placement.has_value() && foreign.has_value()));
    check_failure(llama::make_device_layout(file.tensors(), *foreign), errc::invalid_argument, "placement");
    const auto with = [&](const llama::layout_options& options) { return llama::make_device_layout(file.tensors(), *placement, options); };
    const auto little = with({.convert = {.matrices = number_type::f16}, .scratch_bytes = llama::least_scratch_bytes - 1});
    check_failure(little, errc::invalid_argument, "scratch_bytes");
    CHECK(little.error().expected.number() == llama::least_scratch_bytes);
    CHECK(with({.convert = {.vectors = number_type::f16}, .scratch_bytes = 0}).has_value());  // there is nothing to convert
    check_failure(with({.plan = {.alignment_bytes = 48}}), errc::invalid_argument, "alignment_bytes");
    check_failure(with({.convert = {.matrices = number_type::f16}, .plan = {.alignment_bytes = 0}}), errc::invalid_argument, "alignment_bytes");
}

TEST_CASE("a table without tensors, and tensors that stay on the host, are laid out as nothing") {
    const header_only none(gguf_builder().key("general.architecture", "llama"));
    const auto empty = layout_of(none.tensors(), {.convert = {.matrices = number_type::f16}});
    CHECK(empty.entries().empty());
    CHECK(empty.n_windows() == 0);
    CHECK(empty.find(0) == nullptr);
    CHECK(empty.devices()[0].arena_bytes == 0);

    gguf_builder built;
    built.tensor("it", {32, 2}, tensor_type::q8_0);
    const header_only file(std::move(built));
    const auto on_host = llama::place_by(file.tensors(), 2, [](const gguf::tensor&) { return std::optional<std::uint32_t>(); });
    REQUIRE(on_host.has_value());
    const auto layout = layout_of(file.tensors(), *on_host, {.convert = {.matrices = number_type::f16}, .plan = {.tail_bytes = 64}});
    check_is_whole(layout, file.tensors(), *on_host);
    CHECK(layout.devices()[1].arena_bytes == 0);
}
