// SPDX-License-Identifier: MIT
#include "cria/gguf/shards.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/gguf_malformed.hpp"
#include "support/temp_file.hpp"

namespace gguf = cria::gguf;
using cria::errc;
using cria_test::gguf_builder;
using cria_test::temp_folder;

namespace {

auto numbered(std::string_view prefix, std::uint32_t number, std::uint32_t count) -> std::string {
    const auto name = gguf::shard_name(prefix, number, count);
    REQUIRE(name.has_value());
    return std::string(name->view());
}

/// A shard as gguf-split writes it: the first has the metadata, the others the three split keys.
auto shard(std::uint16_t number, std::uint16_t count, std::int32_t n_tensors, std::uint32_t version = 3, std::endian order = std::endian::little) -> gguf_builder {
    gguf_builder file(version, order);
    if (number == 0) file.key("general.architecture", "llama").key("general.name", "a set");
    return file.key("split.no", number).key("split.count", count).key("split.tensors.count", n_tensors);
}

/// Three shards of two, one and three tensors, "t0" to "t5", each {4} with its number in every element.
auto three_shards(std::uint32_t version = 3, std::endian order = std::endian::little) -> std::vector<gguf_builder> {
    auto fill = [n = 0](gguf_builder file, int count) mutable {
        for (; count > 0; --count, ++n) file.tensor("t" + std::to_string(n), {4}, std::vector<float>(4, static_cast<float>(n)));
        return file;
    };
    std::vector<gguf_builder> files;
    files.push_back(fill(shard(0, 3, 6, version, order), 2));
    files.push_back(fill(shard(1, 3, 6, version, order), 1));
    files.push_back(fill(shard(2, 3, 6, version, order), 3));
    return files;
}

/// Writes a set under the names it should have, and gives its paths.
auto write_set(const temp_folder& folder, const std::vector<gguf_builder>& files, std::string_view prefix = "set") -> std::vector<std::string> {
    std::vector<std::string> paths;
    for (std::uint32_t i = 0; i < files.size(); ++i)
        paths.push_back(folder.write(numbered(prefix, i, static_cast<std::uint32_t>(files.size())), files[i].build()));
    return paths;
}

auto views_of(const std::vector<std::string>& paths) -> std::vector<std::string_view> { return {paths.begin(), paths.end()}; }

template <class Where>
auto open_error(const Where& where, const gguf::file_options& options = {}) -> cria::error {
    const auto opened = gguf::shards::open(where, options);
    REQUIRE_FALSE(opened.has_value());
    // The list of all problems begins with the one that opening stops at.
    const auto problems = gguf::inspect_shards(where, options);
    REQUIRE(problems.has_value());
    REQUIRE_FALSE(problems->empty());
    CHECK((*problems)[0].code == opened.error().code);
    CHECK((*problems)[0].subject.view() == opened.error().subject.view());
    CHECK((*problems)[0].offset == opened.error().offset);
    return opened.error();
}

auto list_error(const std::vector<std::string>& paths) -> cria::error {
    const auto views = views_of(paths);
    return open_error(std::span<const std::string_view>(views));
}

template <class Where>
auto problems_of(const Where& where) -> std::vector<std::string> {
    const auto problems = gguf::inspect_shards(where);
    REQUIRE(problems.has_value());
    std::vector<std::string> messages;
    for (const cria::error& problem : *problems) messages.push_back(problem.message());
    return messages;
}

/// That an opened set is three_shards(), to the last number.
void check_three(const gguf::shards& set, std::endian order = std::endian::little) {
    REQUIRE(set.size() == 3);
    CHECK(*set.metadata().get<std::string_view>("general.name") == "a set");
    REQUIRE(set.tensors().size() == 6);
    const std::uint32_t homes[] = {0, 0, 1, 2, 2, 2};
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < 3; ++i) bytes += set[i].size_bytes();
    CHECK(set.size_bytes() == bytes);
    for (std::size_t i = 0; i < 6; ++i) {
        const gguf::tensor& of = set.tensors()[i];
        CAPTURE(i);
        CHECK(of.name == "t" + std::to_string(i));
        CHECK(of.shard == homes[i]);
        CHECK(set.tensors().find(of.name) == &of);
        std::byte number[4];
        REQUIRE(set.read(of, 12, number).has_value());
        CHECK(cria::detail::load<float>(number, order) == static_cast<float>(i));
        const auto view = set.bytes(of);
        if (set.how() == cria::io::access::mapped) {
            REQUIRE(view.has_value());
            CHECK(cria::detail::load<float>(view->data(), order) == static_cast<float>(i));
        } else {
            CHECK(view.error().code == errc::not_mapped);
        }
    }
}

}  // namespace

TEST_CASE("a set opens from any of its shards, mapped and owned") {
    const temp_folder folder;
    const auto paths = write_set(folder, three_shards());
    for (const auto how : {cria::io::access::mapped, cria::io::access::owned})
        for (const auto& path : paths) {
            CAPTURE(path);
            const auto set = gguf::shards::open(path, {.how = how});
            INFO((set ? std::string() : set.error().message()));
            REQUIRE(set.has_value());
            CHECK(set->how() == how);
            check_three(*set);
            CHECK(problems_of(std::string_view(path)).empty());
        }
}

TEST_CASE("a set opens in every version and byte order, if its files agree") {
    for (const auto& [version, order] : {std::pair{1U, std::endian::little}, {2U, std::endian::little}, {3U, std::endian::little}, {3U, std::endian::big}}) {
        const temp_folder folder;
        const auto paths = write_set(folder, three_shards(version, order));
        const auto set = gguf::shards::open(paths[1]);
        INFO((set ? std::string() : set.error().message()));
        REQUIRE(set.has_value());
        CHECK(set->version() == version);
        CHECK(set->byte_order() == order);
        check_three(*set, order);
    }
}

TEST_CASE("a list of files in any order, under any names, is a set") {
    const temp_folder folder;
    const auto files = three_shards();
    // Names of a download cache. Their order is not that of the shards.
    std::vector<std::string> paths = {
        folder.write("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", files[1].build()),
        folder.write("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", files[2].build()),
        folder.write("fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13", files[0].build()),
    };
    std::sort(paths.begin(), paths.end());
    do {
        const auto views = views_of(paths);
        const auto set = gguf::shards::open(std::span(views));
        REQUIRE(set.has_value());
        check_three(*set);
    } while (std::next_permutation(paths.begin(), paths.end()));
}

TEST_CASE("the links of a download cache lead to a set, whatever the files behind them are called") {
    const temp_folder folder;
    const auto files = three_shards();
    std::string last;
    for (std::uint32_t i = 0; i < 3; ++i) {
        const std::string blob = folder.write("blob" + std::to_string(7 - i), files[i].build());
        last = folder.path(numbered("model", i, 3));
        std::error_code failed;
        std::filesystem::create_symlink(blob, last, failed);
        if (failed) return cria_test::skip("no symbolic links here");
    }
    const auto set = gguf::shards::open(last);
    REQUIRE(set.has_value());
    check_three(*set);
    // A link whose file the cache has dropped is a missing shard.
    std::filesystem::remove(folder.path("blob6"));
    const auto why = open_error(std::string_view(last));
    CHECK(why.message() == "model-00002-of-00003.gguf: shard is missing");
}

TEST_CASE("a prefix may hold anything that a file name can") {
    for (const std::string_view prefix : {"a", "with space", "with-dashes-of-00002", "x-00001-of-00003", "\xC3\xA4\xE6\xA8\xA1\xE5\x9E\x8B", "a.gguf", ""}) {
        CAPTURE(prefix);
        const temp_folder folder;
        const auto paths = write_set(folder, three_shards(), prefix);
        if (paths[0].empty()) continue;  // not a name on this system
        for (const auto& path : paths) {
            const auto set = gguf::shards::open(path);
            INFO((set ? std::string() : set.error().message()));
            REQUIRE(set.has_value());
            check_three(*set);
        }
    }
}

TEST_CASE("shards are found beside the one that is opened, by a relative path too") {
    const temp_folder folder;
    write_set(folder, three_shards());
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    const auto bare = gguf::shards::open("set-00002-of-00003.gguf");
    const auto dotted = gguf::shards::open("./set-00003-of-00003.gguf");
    std::filesystem::current_path(before);
    REQUIRE(bare.has_value());
    check_three(*bare);
    CHECK(dotted.has_value());
}

TEST_CASE("a file that is no shard is a model by itself, and has one table") {
    const auto with_count = [](gguf_builder file, int count) { return count < 0 ? file : file.key("split.no", std::uint16_t{0}).key("split.count", static_cast<std::uint16_t>(count)); };
    for (const int count : {-1, 0, 1}) {
        CAPTURE(count);
        const cria_test::temp_file file(with_count(gguf_builder(), count).tensor("a", {4}, std::vector<float>{1, 2, 3, 4}).build(), "x-00002-of-00003.gguf");
        const std::string_view list[] = {file.path()};
        for (const auto& set : {gguf::shards::open(file.path()), gguf::shards::open(std::span(list))})
            CHECK(set.has_value());
        const auto set = gguf::shards::open(file.path());
        REQUIRE(set.has_value());
        CHECK(set->size() == 1);
        CHECK(&set->tensors() == &(*set)[0].tensors());
        CHECK(set->tensors()[0].shard == 0);
        CHECK(set->bytes(set->tensors()[0])->size() == 16);
        CHECK(problems_of(std::string_view(file.path())).empty());
    }
    // What is wrong with a single file is said as gguf::file says it.
    const cria_test::temp_file broken(gguf_builder().magic("GGML").build());
    CHECK(open_error(std::string_view(broken.path())).message() == gguf::file::open(broken.path()).error().message());
    CHECK(open_error(std::string_view("/no/such/file.gguf")).code == errc::file_not_found);
}

TEST_CASE("the first shard may be without tensors, and each has its own alignment") {
    const temp_folder folder;
    std::vector<gguf_builder> files;
    files.push_back(shard(0, 3, 3).alignment(64));
    files.push_back(shard(1, 3, 3).tensor("a", {3}, std::vector<float>{1, 2, 3}).tensor("b", {1}, std::vector<float>{4}));
    files.push_back(shard(2, 3, 3).alignment(4096).tensor("c", {1}, std::vector<float>{5}));
    const auto paths = write_set(folder, files);
    const auto set = gguf::shards::open(paths[2]);
    REQUIRE(set.has_value());
    CHECK((*set)[0].contents().alignment_bytes() == 64);
    CHECK((*set)[1].contents().alignment_bytes() == 32);
    CHECK((*set)[2].contents().alignment_bytes() == 4096);
    const float expected[] = {1, 4, 5};
    for (std::size_t i = 0; i < 3; ++i) CHECK(cria::detail::load<float>(set->bytes(set->tensors()[i])->data()) == expected[i]);
}

TEST_CASE("split keys may be of any integer type that holds their value") {
    const temp_folder folder;
    for (int i = 0; i < 2; ++i)
        folder.write(numbered("set", static_cast<std::uint32_t>(i), 2),
                     gguf_builder().key("split.no", std::int64_t{i}).key("split.count", std::uint32_t{2}).key("split.tensors.count", std::uint64_t{2}).tensor(i == 0 ? "a" : "b", {1}, cria::tensor_type::f32).build());
    CHECK(gguf::shards::open(folder.path("set-00001-of-00002.gguf")).has_value());
}

TEST_CASE("two hundred shards are one table") {
    const temp_folder folder;
    std::vector<gguf_builder> files;
    for (std::uint16_t i = 0; i < 200; ++i) files.push_back(shard(i, 200, 400).tensor("a" + std::to_string(i), {1}, std::vector<float>{static_cast<float>(i)}).tensor("b" + std::to_string(i), {1}, cria::tensor_type::f32));
    const auto paths = write_set(folder, files);
    const auto set = gguf::shards::open(paths[123]);
    INFO((set ? std::string() : set.error().message()));
    REQUIRE(set.has_value());
    CHECK(set->size() == 200);
    REQUIRE(set->tensors().size() == 400);
    for (std::uint32_t i = 0; i < 200; ++i) {
        const gguf::tensor* const of = set->tensors().find("a" + std::to_string(i));
        REQUIRE(of != nullptr);
        CHECK(of->shard == i);
        CHECK(cria::detail::load<float>(set->bytes(*of)->data()) == static_cast<float>(i));
    }
}

TEST_CASE("missing shards are named, and all of them counted") {
    const temp_folder folder;
    const auto paths = write_set(folder, three_shards());
    const auto without = [&](const std::vector<std::size_t>& missing, const std::string& path) {
        for (const std::size_t i : missing) std::filesystem::rename(paths[i], paths[i] + ".away");
        const auto why = open_error(std::string_view(path));
        const auto all = problems_of(std::string_view(path));
        for (const std::size_t i : missing) std::filesystem::rename(paths[i] + ".away", paths[i]);
        CHECK(why.code == errc::missing_shard);
        CHECK(all.size() == missing.size());
        for (std::size_t i = 0; i < missing.size(); ++i) CHECK(all.at(i) == numbered("set", static_cast<std::uint32_t>(missing[i]), 3) + ": shard is missing");
        return why.message();
    };
    CHECK(without({1}, paths[0]) == "set-00002-of-00003.gguf: shard is missing");
    CHECK(without({2}, paths[0]) == "set-00003-of-00003.gguf: shard is missing");
    CHECK(without({0}, paths[2]) == "set-00001-of-00003.gguf: shard is missing");
    CHECK(without({0, 2}, paths[1]) == "set-00001-of-00003.gguf: is missing; shards missing in all: 2");
    CHECK(list_error({paths[2], paths[0]}).message() == "shard 2 of 3: is not among the files");
    CHECK(list_error({paths[1]}).message() == "shard 1 of 3: is not among the files; shards missing in all: 2");
    CHECK(gguf::shards::open(paths[0]).has_value());
}

TEST_CASE("a shard that claims to be one of 65535 costs no more than looking for the others") {
    const temp_folder folder;
    const std::string path = folder.write(numbered("set", 4, 65535), shard(4, 65535, 1).build());
    const auto why = open_error(std::string_view(path));
    CHECK(why.message() == "set-00001-of-65535.gguf: is missing; shards missing in all: 65534");
    CHECK(problems_of(std::string_view(path)).size() == 4096);
}

TEST_CASE("a renamed shard says what it should be called, and opens as a part of a list") {
    const temp_folder folder;
    const auto files = three_shards();
    const std::string odd = folder.write("model.gguf", files[1].build());
    const auto why = open_error(std::string_view(odd));
    CHECK(why.code == errc::missing_shard);
    CHECK(why.message() == "model.gguf: is one shard of several, and its name does not tell those of the others; open them as a list, expected *-00002-of-00003.gguf");
    const std::string wrong = folder.write("set-00003-of-00003.gguf", files[0].build());
    const auto swapped = open_error(std::string_view(wrong));
    CHECK(swapped.code == errc::foreign_shard);
    CHECK(swapped.message() == "set-00003-of-00003.gguf: is another shard than its name says; rename it, or open the set as a list of its files, expected *-00001-of-00003.gguf");
    const std::string last = folder.write("third", files[2].build());
    const std::string_view list[] = {odd, wrong, last};
    const auto set = gguf::shards::open(std::span(list));
    REQUIRE(set.has_value());
    check_three(*set);
    auto single = gguf::file::open(odd);
    REQUIRE(single.has_value());
    CHECK(gguf::shards::of(*std::move(single)).error().message() == "model.gguf: is one shard of several; open the set: 3");
}

TEST_CASE("split keys that make no sense are named with their file and place") {
    struct bad_key {
        std::string message;
        gguf_builder file;
    };
    const auto base = [] { return gguf_builder().key("general.architecture", "llama"); };
    const auto keys = [&](auto no, auto count, auto n) { return base().key("split.no", no).key("split.count", count).key("split.tensors.count", n); };
    constexpr std::uint16_t zero = 0, two = 2;
    const bad_key cases[] = {
        {"split.no: has another type, expected u16, found string", keys("first", two, 2)},
        {"split.no: has another type, expected u16, found f32", keys(0.0F, two, 2)},
        {"split.no: is not below split.count, expected 2, found 2", keys(two, two, 2)},
        {"split.no: does not fit the type asked for, expected u16, found -1", keys(std::int32_t{-1}, two, 2)},
        {"split.no: no such key", base().key("split.count", two).key("split.tensors.count", 2)},
        {"split.count: has another type, expected u16, found string", keys(zero, "two", 2)},
        {"split.count: does not fit the type asked for, expected u16, found 65536", keys(zero, std::uint32_t{65536}, 2)},
        {"split.tensors.count: has another type, expected i32, found string", keys(zero, two, "many")},
        {"split.tensors.count: is negative: -2", keys(zero, two, -2)},
        {"split.tensors.count: is negative: -2147483648", keys(zero, two, std::int32_t{-2147483647} - 1)},
        {"split.tensors.count: does not fit the type asked for, expected i32, found 4294967296", keys(zero, two, std::int64_t{1} << 32U)},
    };
    for (const auto& bad : cases) {
        CAPTURE(bad.message);
        const temp_folder folder;
        const std::string path = folder.write("set-00001-of-00002.gguf", gguf_builder(bad.file).tensor("a", {1}, cria::tensor_type::f32).build());
        folder.write("set-00002-of-00002.gguf", shard(1, 2, 2).tensor("b", {1}, cria::tensor_type::f32).build());
        const auto why = open_error(std::string_view(path));
        const std::string message = why.message();
        CHECK(message.substr(0, message.find(" at byte")) == "set-00001-of-00002.gguf: " + bad.message);
        const std::string key = bad.message.substr(0, bad.message.find(':'));
        const auto laid_out = gguf_builder(bad.file).lay_out();
        if (laid_out.keys.contains(key)) {
            const bool is_string = bad.message.find("found string") != std::string::npos;
            CHECK(why.offset == laid_out.keys.at(key).value + (is_string ? 8 : 0));
        }
    }
    const temp_folder folder;
    write_set(folder, {base().key("split.no", zero).key("split.count", two), base().key("split.no", std::uint16_t{1}).key("split.count", two)});
    CHECK(open_error(std::string_view(folder.path("set-00002-of-00002.gguf"))).message() == "set-00001-of-00002.gguf: split.tensors.count: no such key");
}

TEST_CASE("every named set that does not fit together is refused, by name and as a list") {
    // What is said when the set is opened by its first file, by its last, and as a list.
    struct verdict {
        errc first, last, list;
        std::string_view subject;  // by the first
    };
    const std::map<std::string, verdict> verdicts = {
        {"shard_number_not_below_count", {errc::out_of_range, errc::out_of_range, errc::out_of_range, "set-00001-of-00002.gguf: split.no"}},
        {"shard_number_swapped", {errc::foreign_shard, errc::foreign_shard, {}, "set-00001-of-00002.gguf"}},
        {"shard_number_twice", {errc::foreign_shard, errc::foreign_shard, errc::duplicate_name, "set-00002-of-00002.gguf: split.no"}},
        {"shard_missing", {errc::missing_shard, errc::missing_shard, errc::missing_shard, "set-00002-of-00003.gguf"}},
        {"shard_counts_differ", {errc::foreign_shard, errc::foreign_shard, errc::foreign_shard, "set-00002-of-00002.gguf: split.count"}},
        {"shard_tensor_counts_differ", {errc::foreign_shard, errc::foreign_shard, errc::foreign_shard, "set-00002-of-00002.gguf: split.tensors.count"}},
        {"shard_tensor_sum_differs", {errc::invalid_value, errc::invalid_value, errc::invalid_value, "set-00001-of-00002.gguf: split.tensors.count"}},
        {"shard_tensor_count_negative", {errc::out_of_range, errc::out_of_range, errc::out_of_range, "set-00001-of-00002.gguf: split.tensors.count"}},
        {"shard_tensor_twice", {errc::duplicate_name, errc::duplicate_name, errc::duplicate_name, "set-00002-of-00002.gguf: a"}},
        {"shard_architectures_differ", {errc::foreign_shard, errc::foreign_shard, errc::foreign_shard, "set-00002-of-00002.gguf: general.architecture"}},
        {"shard_versions_differ", {errc::foreign_shard, errc::foreign_shard, errc::foreign_shard, "set-00002-of-00002.gguf: version"}},
    };
    for (const auto& set : cria_test::malformed_shard_sets()) {
        CAPTURE(set.name);
        const temp_folder folder;
        std::vector<std::string> paths;
        for (const auto& [name, bytes] : set.files) paths.push_back(folder.write(name, bytes));
        const auto found = verdicts.find(set.name);
        if (found == verdicts.end()) {  // one that this table does not know yet: refused, somehow
            open_error(std::string_view(paths.front()));
            continue;
        }
        const verdict& expected = found->second;
        const auto first = open_error(std::string_view(paths.front()));
        INFO(first.message());
        CHECK(first.code == expected.first);
        CHECK(first.subject.view() == expected.subject);
        CHECK(open_error(std::string_view(paths.back())).code == expected.last);
        if (expected.list == errc{}) CHECK(gguf::shards::open(std::span<const std::string_view>(views_of(paths))).has_value());
        else CHECK(list_error(paths).code == expected.list);
    }
}

TEST_CASE("files of other sets are told from the set's own") {
    const auto with_second = [](const gguf_builder& second) {
        const temp_folder folder;
        const auto paths = write_set(folder, {shard(0, 2, 2).tensor("a", {1}, cria::tensor_type::f32), second});
        std::string message = open_error(std::string_view(paths[0])).message();
        CHECK(list_error({paths[1], paths[0]}).code == errc::foreign_shard);
        return message.substr(0, message.find(" at byte"));
    };
    const auto second = [](std::uint16_t count = 2, std::int32_t n = 2) { return shard(1, count, n).tensor("b", {1}, cria::tensor_type::f32); };
    CHECK(with_second(second(3)) == "set-00002-of-00002.gguf: split.count: belongs to another set of shards, expected 2, found 3");
    CHECK(with_second(second(2, 7)) == "set-00002-of-00002.gguf: split.tensors.count: belongs to another set of shards, expected 2, found 7");
    CHECK(with_second(second().key("general.architecture", "qwen2")) == "set-00002-of-00002.gguf: general.architecture: belongs to another set of shards, expected llama, found qwen2");
    CHECK(with_second(gguf_builder().tensor("b", {1}, cria::tensor_type::f32)) == "set-00002-of-00002.gguf: split.count: is that of a whole model, or not there, expected 2");
    CHECK(with_second(shard(1, 2, 2, 2).tensor("b", {1}, cria::tensor_type::f32)) == "set-00002-of-00002.gguf: version: belongs to another set of shards, expected 3, found 2");
    CHECK(with_second(shard(1, 2, 2, 3, std::endian::big).tensor("b", {1}, cria::tensor_type::f32)) ==
          "set-00002-of-00002.gguf: byte order: belongs to another set of shards, expected little-endian, found big-endian");
    // What the file that was opened states is what counts, wherever it stands in the set.
    const temp_folder odd;
    const auto odd_paths = write_set(odd, {shard(0, 5, 2).tensor("a", {1}, cria::tensor_type::f32), second()});
    const auto found = problems_of(std::string_view(odd_paths[1]));
    REQUIRE(found.size() == 1);
    CHECK(found[0].find("set-00001-of-00002.gguf: split.count: belongs to another set of shards, expected 2, found 5") == 0);
    // The same architecture may be stated again.
    const temp_folder folder;
    const auto paths = write_set(folder, {shard(0, 2, 2).tensor("a", {1}, cria::tensor_type::f32), second().key("general.architecture", "llama")});
    CHECK(gguf::shards::open(paths[0]).has_value());
}

TEST_CASE("whole models are no set, and neither is an empty list") {
    const temp_folder folder;
    const auto a = folder.write("a.gguf", gguf_builder().tensor("a", {1}, cria::tensor_type::f32).build());
    const auto b = folder.write("b.gguf", gguf_builder().tensor("b", {1}, cria::tensor_type::f32).build());
    CHECK(list_error({a, b}).message() == "a.gguf: split.count: is that of a whole model, or not there");
    const std::string_view both[] = {a, b};
    CHECK(problems_of(std::span<const std::string_view>(both)).size() == 2);
    CHECK(list_error({}).code == errc::invalid_argument);
    const std::vector<std::string> many(65536, a);
    CHECK(list_error(many).code == errc::invalid_argument);
    CHECK(list_error({a, folder.path("nowhere.gguf")}).code == errc::file_not_found);
}

TEST_CASE("a broken shard is named with what is broken in it") {
    const temp_folder folder;
    auto files = three_shards();
    const auto paths = write_set(folder, files);
    folder.write("set-00002-of-00003.gguf", gguf_builder(files[1]).stated_tensors(std::uint64_t{1} << 40U).build());
    const auto counted = open_error(std::string_view(paths[0]));
    CHECK(counted.code == errc::limit_exceeded);
    CHECK(counted.subject.view() == "set-00002-of-00003.gguf: tensor count");
    folder.write("set-00002-of-00003.gguf", std::string_view("<!DOCTYPE html>"));
    CHECK(open_error(std::string_view(paths[2])).subject.view() == "set-00002-of-00003.gguf: magic");
    folder.write("set-00002-of-00003.gguf", std::string_view());
    CHECK(open_error(std::string_view(paths[0])).code == errc::empty_file);
    CHECK(open_error(std::string_view(paths[0])).subject.view().ends_with("set-00002-of-00003.gguf"));
    CHECK(list_error({paths[2], paths[1], paths[0]}).code == errc::empty_file);
    // Of a list, the broken one may be the one that seems to be missing.
    const std::string_view list[] = {paths[2], paths[1], paths[0]};
    CHECK(problems_of(std::span<const std::string_view>(list)).size() == 1);
    std::filesystem::remove(paths[1]);
    std::filesystem::create_directory(paths[1]);
    CHECK(open_error(std::string_view(paths[0])).code == errc::is_directory);
}

TEST_CASE("all that is wrong with a set is listed, not just the first of it") {
    const temp_folder folder;
    std::vector<gguf_builder> files;
    files.push_back(shard(0, 5, 9).tensor("a", {1}, cria::tensor_type::f32));
    files.push_back(shard(1, 5, 8).tensor("b", {1}, cria::tensor_type::f32));                                            // another number of tensors
    files.push_back(shard(2, 5, 9));                                                                                      // taken away
    files.push_back(shard(3, 5, 9).key("general.architecture", "qwen2").tensor("c", {1}, cria::tensor_type::f32));        // another architecture
    files.push_back(shard(4, 5, 9).magic("GGJT"));                                                                        // not a GGUF file
    const auto paths = write_set(folder, files);
    std::filesystem::remove(paths[2]);
    auto found = problems_of(std::string_view(paths[0]));
    for (std::string& message : found) message = message.substr(0, message.find_first_of(":", message.find(':') + 1));
    CHECK(found == std::vector<std::string>{"set-00003-of-00005.gguf: shard is missing", "set-00005-of-00005.gguf: magic", "set-00002-of-00005.gguf: split.tensors.count",
                                            "set-00004-of-00005.gguf: general.architecture"});
    // Tensors are compared where nothing else is wrong; each that is there twice is listed.
    const temp_folder twice;
    const auto two = [](std::uint16_t number) { return shard(number, 3, 6).tensor("a", {1}, cria::tensor_type::f32).tensor(std::string(60, 'n') + std::to_string(number / 2), {1}, cria::tensor_type::f32); };
    const auto all = write_set(twice, {two(0), two(1), two(2)}, std::string(100, 'p') + "-distinct-end");
    const auto names = problems_of(std::string_view(all[0]));
    REQUIRE(names.size() == 3);
    CHECK(names[0].find("-end-00002-of-00003.gguf: a: tensor is in another shard, too") != std::string::npos);
    CHECK(names[1].find("-end-00002-of-00003.gguf: nnn") != std::string::npos);
    CHECK(names[2].find("-end-00003-of-00003.gguf: a: tensor is in another shard, too") != std::string::npos);
}

TEST_CASE("the policy's limit on tensors is one for the whole set") {
    const temp_folder folder;
    const auto paths = write_set(folder, three_shards());
    CHECK(gguf::shards::open(paths[0], {.rules = {.max_tensors = 6}}).has_value());
    CHECK(open_error(std::string_view(paths[0]), {.rules = {.max_tensors = 5}}).code == errc::limit_exceeded);
}

TEST_CASE("what points into a set stays valid when the set is moved") {
    CHECK(std::is_nothrow_move_constructible_v<gguf::shards>);
    CHECK(std::is_nothrow_move_assignable_v<gguf::shards>);
    CHECK_FALSE(std::is_copy_constructible_v<gguf::shards>);
    const temp_folder folder;
    const auto paths = write_set(folder, three_shards());
    auto opened = gguf::shards::open(paths[0]);
    REQUIRE(opened.has_value());
    const gguf::tensor* const last = opened->tensors().find("t5");
    const auto bytes = *opened->bytes(*last);
    const gguf::file* const third = &(*opened)[2];
    gguf::shards home = *std::move(opened);
    gguf::shards other = *gguf::shards::open(paths[1]);
    other = std::move(home);
    CHECK(other.tensors().find("t5") == last);
    CHECK(&other[2] == third);
    CHECK(other.bytes(*last)->data() == bytes.data());
    check_three(other);
}

TEST_CASE("a tensor of a shard that the set does not have is out of range, not out of bounds") {
    const temp_folder folder;
    const auto set = gguf::shards::open(write_set(folder, three_shards())[0]);
    REQUIRE(set.has_value());
    gguf::tensor made_up = set->tensors()[0];
    for (const std::uint32_t number : {3U, ~0U}) {
        made_up.shard = number;
        CHECK(set->bytes(made_up).error().code == errc::out_of_range);
        std::byte out[1];
        CHECK(set->read(made_up, 0, out).error().code == errc::out_of_range);
    }
    made_up.shard = 1;
    made_up.offset_bytes = std::uint64_t{1} << 40U;
    CHECK(set->bytes(made_up).error().code == errc::out_of_range);
}

TEST_CASE("parsed files are joined without any file on disk") {
    std::vector<cria_test::file_bytes> bytes;
    for (const auto& file : three_shards()) bytes.push_back(file.build());
    const auto a = gguf::parse(bytes[0]);
    const auto b = gguf::parse(bytes[1]);
    const auto c = gguf::parse(bytes[2]);
    const gguf::contents* const shuffled[] = {&*c, &*a, &*b};
    const auto joined = gguf::shards::join(shuffled);
    REQUIRE(joined.has_value());
    REQUIRE(joined->size() == 6);
    CHECK((*joined)[0].name == "t0");
    CHECK((*joined)[2].shard == 1);
    CHECK(joined->find("t5")->shard == 2);
    const gguf::contents* const short_of_one[] = {&*c, &*a};
    CHECK(gguf::shards::join(short_of_one).error().message() == "shard 2 of 3: is not among the files");
    const gguf::contents* const twice[] = {&*c, &*a, &*c};
    CHECK(gguf::shards::join(twice).error().subject.view() == "file 3: split.no");
    CHECK(gguf::shards::join({}).error().code == errc::invalid_argument);
    const auto alone_bytes = gguf_builder().tensor("x", {1}, cria::tensor_type::f32).build();
    const auto alone = gguf::parse(alone_bytes);
    const gguf::contents* const single[] = {&*alone};
    REQUIRE(gguf::shards::join(single).has_value());
    CHECK(gguf::shards::join(single)->find("x") != nullptr);
}

TEST_CASE("names of shards are read as they are written") {
    struct place {
        std::string_view path, prefix;
        std::uint32_t number, count;
    };
    for (const auto& [path, prefix, number, count] : {place{"a-00001-of-00002.gguf", "a", 0, 2}, {"/x/y-z/a b-65535-of-65535.gguf", "/x/y-z/a b", 65534, 65535},
                                                      {"C:\\m\\q-00010-of-00010.gguf", "C:\\m\\q", 9, 10}, {"-00001-of-00001.gguf", "", 0, 1}}) {
        CAPTURE(path);
        const auto found = gguf::shard_place_of(path);
        REQUIRE(found.has_value());
        CHECK(found->prefix == prefix);
        CHECK(found->number == number);
        CHECK(found->count == count);
        CHECK(numbered(prefix, number, count) == path);
    }
    for (const std::string_view path : {"", "a.gguf", "00001-of-00002.gguf", "a-00000-of-00002.gguf", "a-00003-of-00002.gguf", "a-1-of-2.gguf", "a-00001-of-00002.GGUF", "a-00001-of-00002.gguf ",
                                        "a-00001-of-65536.gguf", "a-0000x-of-00002.gguf", "a_00001-of-00002.gguf", "a-00001_of-00002.gguf", "a-00001-of-00000.gguf", "a-00001-of-00002.gguf.part"})
        CHECK_FALSE(gguf::shard_place_of(path).has_value());
    static_assert(gguf::shard_place_of("a-00002-of-00003.gguf")->number == 1);
    CHECK(gguf::shard_name("a", 2, 2).error().code == errc::invalid_argument);
    CHECK(gguf::shard_name("a", 0, 65536).error().code == errc::invalid_argument);
    CHECK(gguf::shard_name("a", 0, 0).error().code == errc::invalid_argument);
}

TEST_CASE("a set is inspected through any of its names, also one that is missing or broken") {
    const temp_folder folder;
    std::vector<gguf_builder> files;
    for (std::uint16_t i = 0; i < 5; ++i) files.push_back(shard(i, 5, 5).tensor("t" + std::to_string(i), {1}, cria::tensor_type::f32));
    const auto paths = write_set(folder, files);
    folder.write("set-00001-of-00005.gguf", std::string_view("GGUF"));
    std::filesystem::remove(paths[2]);
    folder.write("set-00004-of-00005.gguf", gguf_builder(3).key("split.count", "five").build());
    const auto found_from = [&](const std::string& path) {
        auto found = problems_of(std::string_view(path));
        for (std::string& message : found) message = message.substr(0, message.find_first_of(":,", message.find(':') + 1));
        std::sort(found.begin(), found.end());
        return found;
    };
    const auto all = found_from(paths[1]);
    REQUIRE(all.size() == 3);
    CHECK(all[0].starts_with("set-00001-of-00005.gguf: "));
    CHECK(all[1] == "set-00003-of-00005.gguf: shard is missing");
    CHECK(all[2] == "set-00004-of-00005.gguf: split.count");
    for (const auto& path : paths) {
        CAPTURE(path);
        CHECK(found_from(path) == all);
    }

    // What opening complains of first is the file that was named.
    CHECK(open_error(std::string_view(paths[0])).subject.view().starts_with("set-00001-of-00005.gguf: "));
    CHECK(open_error(std::string_view(paths[3])).subject.view() == "set-00004-of-00005.gguf: split.count");
    const auto missing = open_error(std::string_view(paths[2]));
    CHECK(missing.code == errc::missing_shard);
    CHECK(missing.subject.view() == "set-00003-of-00005.gguf");
    // Where no file of the set is there, nothing says that there is one.
    const auto nowhere = open_error(std::string_view(folder.path("gone-00002-of-00003.gguf")));
    CHECK(nowhere.code == errc::file_not_found);
    CHECK(nowhere.subject.view().ends_with("gone-00002-of-00003.gguf"));
    CHECK(problems_of(std::string_view(folder.path("gone-00002-of-00003.gguf"))).size() == 1);
}
