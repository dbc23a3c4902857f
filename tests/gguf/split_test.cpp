// SPDX-License-Identifier: MIT
#include "cria/gguf/split.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/shared_data.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"

namespace gguf = cria::gguf;
using cria::errc;
using cria_test::file_bytes;
using cria_test::gguf_builder;
using cria_test::temp_folder;

namespace {

constexpr cria::io::output_options quick{.replace = false, .sync = false};
constexpr cria::io::output_options over{.replace = true, .sync = false};

/// A small model of seven tensors of 4 to 16 bytes.
auto seven_tensors(std::uint32_t version = 3, std::endian order = std::endian::little) -> gguf_builder {
    gguf_builder file(version, order);
    file.key("general.architecture", "llama").array("numbers", std::vector<std::int32_t>{1, 2, 3}).array("texts", std::vector<std::string>{"a", ""}).key("general.name", "seven");
    for (std::uint64_t i = 0; i < 7; ++i) file.tensor("t" + std::to_string(i), {i % 4 + 1}, std::vector<float>(i % 4 + 1, static_cast<float>(i)));
    return file;
}

auto opened(const std::string& path) -> gguf::shards {
    auto set = gguf::shards::open(path);
    INFO((set ? path : set.error().message()));
    REQUIRE(set.has_value());
    return *std::move(set);
}

auto plan_for(const gguf::shards& model, const gguf::split_limits& limits) -> gguf::split_plan {
    auto plan = gguf::plan_split(model.tensors(), limits);
    REQUIRE(plan.has_value());
    return *std::move(plan);
}

/// How many tensors each shard gets.
auto counts_of(const gguf_builder& file, const gguf::split_limits& limits) -> std::vector<std::size_t> {
    const auto bytes = file.build();
    const auto parsed = gguf::parse(bytes);
    REQUIRE(parsed.has_value());
    const auto plan = gguf::plan_split(parsed->tensors(), limits);
    REQUIRE(plan.has_value());
    std::vector<std::size_t> counts;
    std::size_t next = 0;
    for (const auto& part : plan->parts) {
        CHECK(part.first == next);
        next += part.count;
        counts.push_back(part.count);
        std::uint64_t sum = 0;
        for (std::size_t i = part.first; i < next; ++i) sum += parsed->tensors()[i].size_bytes;
        CHECK(part.data_bytes == sum);
    }
    CHECK(next == parsed->tensors().size());
    return counts;
}

void check_same(const gguf::shards& a, const gguf::shards& b) {
    REQUIRE(a.tensors().size() == b.tensors().size());
    std::size_t n_differ = 0;
    for (std::size_t i = 0; i < a.tensors().size(); ++i) {
        const auto& left = a.tensors()[i];
        const auto& right = b.tensors()[i];
        const bool same = left.name == right.name && left.shape == right.shape && left.type == right.type && left.size_bytes == right.size_bytes;
        const auto left_bytes = *a.bytes(left);
        const auto right_bytes = *b.bytes(right);
        if (!same || cria::detail::as_text(left_bytes) != cria::detail::as_text(right_bytes)) ++n_differ;
    }
    CHECK(n_differ == 0);
}

/// Splits the file, opens the set, merges it: the file it was.
void check_round_trip(const std::string& path, const gguf::split_limits& limits, std::size_t least_shards) {
    const temp_folder folder;
    const auto whole = opened(path);
    const auto plan = plan_for(whole, limits);
    CHECK(plan.parts.size() >= least_shards);
    const auto report = gguf::write_split(whole, folder.path("part"), plan, quick);
    INFO((report ? path : report.error().message()));
    REQUIRE(report.has_value());
    CHECK(report->n_shards == plan.parts.size());
    const auto set = opened(folder.path(gguf::shard_name("part", report->n_shards / 2, report->n_shards)->view()));
    CHECK(set.size() == plan.parts.size());
    CHECK(set.size_bytes() == report->bytes);
    check_same(whole, set);
    const auto merged = gguf::write_merged(set, folder.path("merged.gguf"), quick);
    REQUIRE(merged.has_value());
    CHECK(cria_test::read_whole(folder.path("merged.gguf")) == cria_test::read_whole(path));
}

}  // namespace

TEST_CASE("a plan fills one shard after the other, and keeps the order") {
    using list = std::vector<std::size_t>;
    const auto file = seven_tensors();  // of 4, 8, 12, 16, 4, 8, 12 bytes
    CHECK(counts_of(file, {}) == list{7});
    CHECK(counts_of(file, {.max_tensors = 7}) == list{7});
    CHECK(counts_of(file, {.max_tensors = 3}) == list{3, 3, 1});
    CHECK(counts_of(file, {.max_tensors = 1}) == list{1, 1, 1, 1, 1, 1, 1});
    CHECK(counts_of(file, {.max_bytes = 24}) == list{3, 2, 2});
    CHECK(counts_of(file, {.max_bytes = 23}) == list{2, 1, 2, 2});
    CHECK(counts_of(file, {.max_bytes = 24, .max_tensors = 2}) == list{2, 1, 2, 2});
    CHECK(counts_of(file, {.max_bytes = 4}) == list{1, 1, 1, 1, 1, 1, 1});  // larger tensors have shards of their own
    CHECK(counts_of(file, {.max_bytes = 0}) == list{1, 1, 1, 1, 1, 1, 1});
    CHECK(counts_of(file, {.max_bytes = 24, .first_without_tensors = true}) == list{0, 3, 2, 2});
    CHECK(counts_of(gguf_builder(), {}) == list{0});
    CHECK(counts_of(gguf_builder(), {.first_without_tensors = true}) == list{0});
    CHECK(gguf::plan_split({}, {.max_tensors = 0}).error().code == errc::invalid_argument);
}

TEST_CASE("a plan of more shards than a set can have is refused") {
    gguf_builder file;
    for (int i = 0; i < 65536; ++i) file.tensor("t" + std::to_string(i), {0}, cria::tensor_type::f32);
    const auto bytes = file.build();
    const auto parsed = gguf::parse(bytes);
    REQUIRE(parsed.has_value());
    CHECK(gguf::plan_split(parsed->tensors(), {.max_tensors = 1}).error().code == errc::limit_exceeded);
    CHECK(gguf::plan_split(parsed->tensors(), {.max_tensors = 2, .first_without_tensors = true})->parts.size() == 32769);
}

TEST_CASE("a model that is split and merged again is the same file, byte for byte") {
    std::vector<gguf_builder> files;
    files.push_back(seven_tensors());
    files.push_back(seven_tensors(2));
    files.push_back(seven_tensors(3, std::endian::big));
    files.push_back(seven_tensors().alignment(64));
    files.push_back(gguf_builder().alignment(8).tensor("a", {3}, std::vector<float>{1, 2, 3}).tensor("empty", {0, 4}, cria::tensor_type::f32).tensor("b", {5}, std::vector<std::int8_t>{1, 2, 3, 4, 5}).tensor("c", {32}, cria::tensor_type::q4_0));
    files.push_back(seven_tensors().without_final_padding());
    files.push_back(cria_test::tiny_llama());
    for (const auto& file : files) {
        const cria_test::temp_file source(file.build(), "source.gguf");
        check_round_trip(source.path(), {.max_tensors = 3}, 2);
        check_round_trip(source.path(), {.max_bytes = 40, .first_without_tensors = true}, 2);
        check_round_trip(source.path(), {}, 1);
    }
}

TEST_CASE("real models are split and merged again without a difference", "[conformance]") {
    std::vector<std::string> paths = {std::string(CRIA_MODELS_DIR) + "/story-2m.gguf"};
    for (const char* const name : {"models/aidreams260K.gguf", "conformance/architectures/llama-moe.gguf", "conformance/vocab/llama-spm.gguf"}) paths.push_back(cria_test::shared_path(name));
    int n_found = 0;
    for (const auto& path : paths) {
        if (!std::filesystem::exists(path)) continue;
        ++n_found;
        CAPTURE(path);
        check_round_trip(path, {.max_bytes = 200'000}, 1);
        check_round_trip(path, {.max_tensors = 5, .first_without_tensors = true}, 1);
    }
    if (n_found == 0) return cria_test::skip("no model files");
}

TEST_CASE("the first shard has all keys and then the split keys, the others these and their alignment") {
    const temp_folder folder;
    const auto path = folder.write("whole.gguf", seven_tensors().alignment(64).build());
    const auto whole = opened(path);
    REQUIRE(gguf::write_split(whole, folder.path("x"), plan_for(whole, {.max_tensors = 4}), quick).has_value());
    const auto set = opened(folder.path("x-00001-of-00002.gguf"));
    std::vector<std::string> keys[2];
    for (std::size_t i = 0; i < 2; ++i)
        for (const auto& entry : set[i].metadata()) keys[i].emplace_back(entry.key);
    CHECK(keys[0] == std::vector<std::string>{"general.architecture", "numbers", "texts", "general.name", "general.alignment", "split.no", "split.count", "split.tensors.count"});
    CHECK(keys[1] == std::vector<std::string>{"split.no", "split.count", "split.tensors.count", "general.alignment"});
    CHECK(set[1].contents().alignment_bytes() == 64);
    // As llama.cpp reads them: by exact type.
    CHECK(set[1].metadata().find("split.no")->type() == gguf::value_type::u16);
    CHECK(set[1].metadata().find("split.count")->type() == gguf::value_type::u16);
    CHECK(set[1].metadata().find("split.tensors.count")->type() == gguf::value_type::i32);
    CHECK(set[1].metadata().as<int>("split.tensors.count").value() == 7);
}

TEST_CASE("shards of a model with the usual alignment have the split keys alone, and their padding") {
    const temp_folder folder;
    const auto whole = opened(folder.write("whole.gguf", seven_tensors().without_final_padding().build()));
    REQUIRE(gguf::write_split(whole, folder.path("x"), plan_for(whole, {.max_tensors = 2}), quick).has_value());
    const auto set = opened(folder.path("x-00001-of-00004.gguf"));
    for (std::size_t i = 0; i < 3; ++i) CHECK(set[i].size_bytes() % 32 == 0);
    CHECK(set[3].size_bytes() % 32 != 0);  // as the last tensor of the whole
    for (std::size_t i = 1; i < 4; ++i) CHECK(set[i].metadata().size() == 3);
}

TEST_CASE("a set is split anew, and its old split keys are forgotten") {
    const temp_folder folder;
    const auto path = folder.write("whole.gguf", seven_tensors().build());
    const auto whole = opened(path);
    REQUIRE(gguf::write_split(whole, folder.path("a"), plan_for(whole, {.max_tensors = 2}), quick).has_value());
    const auto first = opened(folder.path("a-00003-of-00004.gguf"));
    REQUIRE(gguf::write_split(first, folder.path("b"), plan_for(first, {.max_tensors = 5}), quick).has_value());
    const auto second = opened(folder.path("b-00002-of-00002.gguf"));
    check_same(whole, second);
    REQUIRE(gguf::write_merged(second, folder.path("again.gguf"), quick).has_value());
    CHECK(cria_test::read_whole(folder.path("again.gguf")) == cria_test::read_whole(path));
}

TEST_CASE("shards that are there already are replaced only when asked") {
    const temp_folder folder;
    const auto whole = opened(folder.write("whole.gguf", seven_tensors().build()));
    const auto plan = plan_for(whole, {.max_tensors = 3});
    folder.write("x-00003-of-00003.gguf", std::string_view("precious"));
    const auto refused = gguf::write_split(whole, folder.path("x"), plan, quick);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::file_exists);
    CHECK(refused.error().subject.view().ends_with("x-00003-of-00003.gguf"));
    CHECK_FALSE(std::filesystem::exists(folder.path("x-00001-of-00003.gguf")));
    CHECK(std::filesystem::file_size(folder.path("x-00003-of-00003.gguf")) == 8);
    REQUIRE(gguf::write_split(whole, folder.path("x"), plan, over).has_value());
    check_same(whole, opened(folder.path("x-00003-of-00003.gguf")));
    CHECK(gguf::write_merged(whole, folder.path("whole.gguf"), quick).error().code == errc::file_exists);
}

TEST_CASE("shards are not written over the files they are made of") {
    const temp_folder folder;
    const auto whole = opened(folder.write("whole.gguf", seven_tensors().build()));
    REQUIRE(gguf::write_split(whole, folder.path("x"), plan_for(whole, {.max_tensors = 4}), quick).has_value());
    const auto set = opened(folder.path("x-00001-of-00002.gguf"));
    const auto before = cria_test::read_whole(folder.path("x-00002-of-00002.gguf"));
    const auto refused = gguf::write_split(set, folder.path("x"), plan_for(set, {.max_tensors = 6}), over);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::invalid_argument);
    CHECK(cria_test::read_whole(folder.path("x-00002-of-00002.gguf")) == before);
}

TEST_CASE("a plan that is not for this model is refused before anything is written") {
    const temp_folder folder;
    const auto whole = opened(folder.write("whole.gguf", seven_tensors().build()));
    const auto refused = [&](std::vector<gguf::split_plan::part> parts) {
        gguf::split_plan plan;
        for (const auto& part : parts) REQUIRE(plan.parts.push_back(part, "plan").has_value());
        const auto written = gguf::write_split(whole, folder.path("x"), plan, quick);
        return !written && written.error().code == errc::invalid_argument;
    };
    CHECK(refused({}));
    CHECK(refused({{0, 6, 0}}));
    CHECK(refused({{0, 8, 0}}));
    CHECK(refused({{0, 3, 0}, {4, 3, 0}}));
    CHECK(refused({{0, 3, 0}, {2, 5, 0}}));
    CHECK(refused({{0, 3, 0}, {3, ~std::size_t{0}, 0}}));
    CHECK(refused(std::vector<gguf::split_plan::part>(65536)));
    std::size_t n_files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++n_files;
    CHECK(n_files == 1);
}

TEST_CASE("a folder that is not there is an error, and so is a source that has shrunk") {
    const temp_folder folder;
    const auto path = folder.write("whole.gguf", seven_tensors().build());
    const auto set = gguf::shards::open(path, {.how = cria::io::access::owned});
    REQUIRE(set.has_value());
    const auto plan = plan_for(*set, {.max_tensors = 3});
    CHECK(gguf::write_split(*set, folder.path("nowhere/x"), plan, quick).error().code == errc::file_not_found);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 100);
    const auto cut = gguf::write_split(*set, folder.path("x"), plan, quick);
    REQUIRE_FALSE(cut.has_value());
    CHECK(cut.error().code == errc::file_changed);
    CHECK_FALSE(std::filesystem::exists(folder.path("x-00003-of-00003.gguf")));
    CHECK(gguf::write_merged(*set, folder.path("m"), quick).error().code == errc::file_changed);
    CHECK_FALSE(std::filesystem::exists(folder.path("m")));
}

TEST_CASE("a model inside another file is split from where it is") {
    const temp_folder folder;
    const auto model = seven_tensors().build();
    file_bytes archive(100, std::byte{'x'});
    archive.insert(archive.end(), model.begin(), model.end());
    archive.resize(archive.size() + 50);
    auto native = cria::io::native_file::open(folder.write("archive", archive));
    REQUIRE(native.has_value());
    auto inside = gguf::file::open_window(*std::move(native), 100, model.size());
    REQUIRE(inside.has_value());
    const auto set = gguf::shards::of(*std::move(inside));
    REQUIRE(set.has_value());
    REQUIRE(gguf::write_split(*set, folder.path("x"), plan_for(*set, {.max_tensors = 4}), quick).has_value());
    check_same(*set, opened(folder.path("x-00002-of-00002.gguf")));
}

TEST_CASE("of keys that begin with split., only the three of the format are forgotten") {
    const temp_folder folder;
    const auto path = folder.write("whole.gguf", seven_tensors().key("split.strategy", "by layer").key("split.count.wanted", std::uint16_t{4}).build());
    const auto whole = opened(path);
    REQUIRE(gguf::write_split(whole, folder.path("x"), plan_for(whole, {.max_tensors = 4}), quick).has_value());
    const auto set = opened(folder.path("x-00001-of-00002.gguf"));
    CHECK(*set.metadata().get<std::string_view>("split.strategy") == "by layer");
    REQUIRE(gguf::write_merged(set, folder.path("again.gguf"), quick).has_value());
    CHECK(cria_test::read_whole(folder.path("again.gguf")) == cria_test::read_whole(path));
}

TEST_CASE("a file that is read from is not written, whatever it is called") {
    const temp_folder folder;
    const auto path = folder.write("whole.gguf", seven_tensors().build());
    const auto before = cria_test::read_whole(path);
    const auto whole = opened(path);
    const auto refused = [&](const auto& outcome) {
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().code == errc::invalid_argument);
        CHECK(cria_test::read_whole(path) == before);
    };
    std::filesystem::create_directory(folder.path("sub"));
    refused(gguf::write_merged(whole, path, over));
    refused(gguf::write_merged(whole, folder.path("sub/../whole.gguf"), over));
    const auto plan = plan_for(whole, {.max_tensors = 4});
    for (const bool hard : {false, true}) {
        CAPTURE(hard);
        const std::string alias = folder.path(hard ? "hard-00002-of-00002.gguf" : "soft-00002-of-00002.gguf");
        std::error_code failed;
        if (hard) std::filesystem::create_hard_link(path, alias, failed);
        else std::filesystem::create_symlink(path, alias, failed);
        if (failed) continue;  // not every system has them
        refused(gguf::write_merged(whole, alias, over));
        refused(gguf::write_split(whole, folder.path(hard ? "hard" : "soft"), plan, over));
        CHECK_FALSE(std::filesystem::exists(folder.path(hard ? "hard-00001-of-00002.gguf" : "soft-00001-of-00002.gguf")));
    }
    // Another file with the same bytes is another file.
    const auto twin = folder.write("twin.gguf", *before);
    CHECK(gguf::write_merged(whole, twin, over).has_value());
}
