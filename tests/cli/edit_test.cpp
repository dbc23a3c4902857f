// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>

#include "cli/program.hpp"
#include "cli/shard_set.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

/// A model in a folder of its own, and a name beside it for what an edit writes.
class edit_case {
public:
    explicit edit_case(const gguf_builder& builder = tiny_llama()) { model_ = folder_.write("model.gguf", builder.build()); }

    [[nodiscard]] auto model() const -> const std::string& { return model_; }
    [[nodiscard]] auto out() const -> std::string { return folder_.path("out.gguf"); }
    [[nodiscard]] auto folder() const -> const temp_folder& { return folder_; }

    auto edit(std::vector<std::string> words) const -> outcome {
        words.insert(words.begin(), {"edit", model_, out()});
        return run_cria(words);
    }
    auto edit_in_place(std::vector<std::string> words) const -> outcome {
        words.insert(words.begin(), {"edit", model_, "--in-place"});
        return run_cria(words);
    }

private:
    temp_folder folder_;
    std::string model_;
};

/// What `metadata --json` says about a key of the file at `path`; null where it has none.
auto key_of(const std::string& path, const std::string& key) -> json {
    const json document = run_cria({"metadata", path, key, "--json", "--full"}).json_out();
    return document.contains("metadata") ? document["metadata"][0] : json();
}

/// The value that an edit with `--set k=TYPE:VALUE` writes, or null where it is refused.
auto written(const std::string& typed) -> json {
    const edit_case one(gguf_builder().key("general.name", "x"));
    const outcome ran = one.edit({"--set", "k=" + typed});
    if (ran.status == 0) return key_of(one.out(), "k");
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.starts_with("cria: error: k: "));
    CHECK(!std::filesystem::exists(one.out()));
    return {};
}

auto value_of(const std::string& typed) -> json {
    const json entry = written(typed);
    return entry.is_null() ? json("refused") : entry["value"];
}

}  // namespace

TEST_CASE("edit writes a copy with the keys set, removed and renamed, and the same tensors") {
    const edit_case one;
    const std::string before = read_text(one.model());
    const outcome ran = one.edit({"--set", "general.name=string:Tiny: a = b", "--set", "my.key=u32:7", "--remove", "llama.rope.freq_base", "--rename",
                                  "llama.context_length=my.context_length"});
    REQUIRE(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(lines_of(ran.out).size() == 1);
    CHECK(read_text(one.model()) == before);
    CHECK(key_of(one.out(), "general.name")["value"] == "Tiny: a = b");
    CHECK(key_of(one.out(), "my.key")["value"] == 7);
    CHECK(key_of(one.out(), "my.context_length")["value"] == 128);
    const json compared = run_cria({"diff", one.model(), one.out(), "--hash", "--json"}).json_out();
    CHECK(compared["tensors"]["different"].empty());
    CHECK(compared["keys"]["only_a"].size() == 2);
    CHECK(compared["keys"]["only_b"].size() == 2);
    CHECK(compared["keys"]["different"].size() == 1);
}

TEST_CASE("edit --json says what was written") {
    const edit_case one;
    const json document = one.edit({"--set", "my.key=u32:7", "--json"}).json_out();
    CHECK(document["path"] == one.out());
    CHECK(document["in_place"] == false);
    CHECK(document["bytes"] == std::filesystem::file_size(one.out()));
    CHECK(document["keys"] == run_cria({"info", one.out(), "--json"}).json_out()["file"]["keys"]);
    CHECK(document["room_bytes"].is_null());
}

TEST_CASE("a set and unset key leaves the file as it was, byte for byte") {
    const edit_case one;
    REQUIRE(one.edit({"--set", "my.key=u32:7"}).status == 0);
    REQUIRE(run_cria({"edit", one.out(), one.folder().path("back.gguf"), "--remove", "my.key"}).status == 0);
    CHECK(read_text(one.folder().path("back.gguf")) == read_text(one.model()));
}

TEST_CASE("every type takes its least and its largest number, and nothing beyond") {
    CHECK(value_of("u8:255") == 255);
    CHECK(value_of("u8:256") == "refused");
    CHECK(value_of("u8:-1") == "refused");
    CHECK(value_of("i8:-128") == -128);
    CHECK(value_of("i8:128") == "refused");
    CHECK(value_of("u16:65535") == 65535);
    CHECK(value_of("u16:65536") == "refused");
    CHECK(value_of("i16:-32768") == -32768);
    CHECK(value_of("u32:4294967295") == 4294967295U);
    CHECK(value_of("u32:4294967296") == "refused");
    CHECK(value_of("i32:-2147483648") == std::numeric_limits<std::int32_t>::min());
    CHECK(value_of("i32:-2147483649") == "refused");
    CHECK(value_of("u64:18446744073709551615") == 18446744073709551615U);
    CHECK(value_of("u64:18446744073709551616") == "refused");
    CHECK(value_of("i64:-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
    CHECK(value_of("i64:9223372036854775808") == "refused");
    CHECK(written("i16:7")["type"] == "i16");
    for (const char* wrong : {"u8:", "u8:x", "u8:1.0", "u8: 1", "u8:1 ", "u8:0x10", "i32:1e3", "f32:", "f32:one", "f32:1e50", "f64:1e400", "bool:yes", "bool:1", "bool:",
                              "u7:1", "int:1", ":1", "u8[:1", "array:[1]"})
        CHECK(value_of(wrong) == "refused");
}

TEST_CASE("numbers with a point are the nearest of their type") {
    CHECK(value_of("f32:0.1").dump() == "0.1");
    CHECK(value_of("f64:0.1") == 0.1);
    CHECK(value_of("f32:-3") == -3.0);
    CHECK(value_of("f32:1e-3") == 0.001);
    CHECK(value_of("f64:nan") == "NaN");
    CHECK(value_of("f32:-inf") == "-Infinity");
    // Halfway between two floats, but for a digit that a double has no room for.
    CHECK(static_cast<float>(value_of("f32:1.00000005960464477540").get<double>()) == std::nextafter(1.0F, 2.0F));
    CHECK(static_cast<float>(value_of("f32[]:[1.00000005960464477540]")[0].get<double>()) == std::nextafter(1.0F, 2.0F));
}

TEST_CASE("texts are taken as they stand") {
    CHECK(value_of("string:") == "");
    CHECK(value_of("string: a:b=c [1] \"q\" ") == " a:b=c [1] \"q\" ");
    CHECK(value_of("string:\xC3\xA9\n") == "\xC3\xA9\n");
    CHECK(value_of("bool:true") == true);
    CHECK(value_of("bool:false") == false);
}

TEST_CASE("arrays are JSON, each element as exact as a value of its own") {
    CHECK(value_of("i32[]:[1, -2, 3]") == json::array({1, -2, 3}));
    CHECK(value_of("u64[]:[18446744073709551615]") == json::array({18446744073709551615U}));
    CHECK(value_of("string[]:[\"a\", \"\", \"\\u00e9\"]") == json::array({"a", "", "\xC3\xA9"}));
    CHECK(value_of("bool[]:[true,false]") == json::array({true, false}));
    CHECK(value_of("f32[]:[1, 0.5, \"NaN\", \"-Infinity\"]") == json::array({1.0, 0.5, "NaN", "-Infinity"}));
    CHECK(value_of("u8[]:[]") == json::array());
    CHECK(written("u8[]:[]")["element_type"] == "u8");
    CHECK(value_of("i32[][]:[[1, 2], [], [3]]") == json::array({json::array({1, 2}), json::array(), json::array({3})}));
    CHECK(value_of("i32[][]:[]") == json::array());
    CHECK(written("i32[][]:[]")["element_type"] == "array");
    CHECK(value_of("string[][][]:[[[\"x\"]]]") == json::array({json::array({json::array({"x"})})}));
    for (const char* wrong : {"u8[]:1", "u8[]:[1", "u8[]:[1],", "u8[]:[256]", "u8[]:[1.0]", "u8[]:[\"1\"]", "u8[]:[[1]]", "u8[]:[null]", "u8[]:{\"a\":1}", "u8[][]:[1]",
                              "string[]:[1]", "string[]:[true]", "bool[]:[1]", "bool[]:[\"true\"]", "u64[]:[18446744073709551616]", "f32[]:[\"1\"]", "u8[]:"})
        CHECK(value_of(wrong) == "refused");
    CHECK(value_of("u8[]:" + std::string(50000, '[')) == "refused");
    CHECK(value_of("u8[][][][][][][][][]:[[[[[[[[[1]]]]]]]]]") == "refused");  // deeper than readers take
}

TEST_CASE("what `metadata --json` prints of an array, edit takes back") {
    const edit_case one(gguf_builder().array("a.f32", std::vector<float>{0.1F, 1e-7F, 3e38F, -0.0F}).array("a.text", std::vector<std::string>{"\"", "\\", "\t"}));
    for (const char* key : {"a.f32", "a.text"}) {
        const json entry = key_of(one.model(), key);
        const std::string type = entry["element_type"].get<std::string>() + "[]";
        REQUIRE(one.edit({"--set", std::string(key) + "=" + type + ":" + entry["value"].dump()}).status == 0);
        CHECK(run_cria({"diff", one.model(), one.out()}).status == 0);
    }
}

TEST_CASE("keys are removed first, then renamed, then set") {
    const edit_case one(gguf_builder().key("a", std::uint8_t{1}).key("b", std::uint8_t{2}));
    REQUIRE(one.edit({"--set", "a=u8:3", "--rename", "b=a", "--remove", "a"}).status == 0);
    const json keys = run_cria({"metadata", one.out(), "--json"}).json_out()["metadata"];
    REQUIRE(keys.size() == 1);
    CHECK(keys[0]["key"] == "a");
    CHECK(keys[0]["value"] == 3);
}

TEST_CASE("a key that is not there is status 1, and so is one that is in the way") {
    const edit_case one;
    for (const std::vector<std::string>& words : {std::vector<std::string>{"--remove", "no.such"}, {"--rename", "no.such=x"}}) {
        const outcome ran = one.edit(words);
        CHECK(ran.status == 1);
        CHECK(ran.err == "cria: error: no.such: no such key\n");
    }
    const outcome taken = one.edit({"--rename", "general.name=general.architecture", "--json"});
    CHECK(taken.status == 1);
    CHECK(taken.json_out()["error"]["code"] == "duplicate_name");
    CHECK(!std::filesystem::exists(one.out()));
}

TEST_CASE("keys that no file can have are refused") {
    const edit_case one;
    CHECK(one.edit({"--set", "cria.padding=u8:1"}).status == 2);
    CHECK(one.edit({"--set", "\xFF=u8:1"}).status == 2);
    CHECK(one.edit({"--rename", "general.name="}).status == 2);
    CHECK(one.edit({"--set", "general.alignment=u32:3"}).status == 1);
    CHECK(one.edit({"--set", "general.alignment=u16:32"}).status == 1);
    CHECK(!std::filesystem::exists(one.out()));
}

TEST_CASE("OUT may be the model itself, and is replaced whole") {
    const edit_case one;
    const outcome ran = run_cria({"edit", one.model(), one.model(), "--set", "general.name=string:" + std::string(5000, 'n')});
    CHECK(ran.status == 0);
    CHECK(key_of(one.model(), "general.name")["value"].get<std::string>().size() == 5000);
    const model_file before(tiny_llama());
    CHECK(run_cria({"diff", before.path(), one.model(), "--hash", "--json"}).json_out()["tensors"]["different"].empty());
    CHECK(run_cria({"check", one.model()}).status == 0);
}

TEST_CASE("--in-place changes the header and not one byte of data") {
    const edit_case one(tiny_llama().key("room", std::string(1000, ' ')));
    const std::string before = read_text(one.model());
    const std::uint64_t data = run_cria({"tensors", one.model(), "--json"}).json_out()["tensors"][0]["offset"];
    const outcome ran = one.edit_in_place({"--set", "general.name=string:Tiniest", "--remove", "room", "--json"});
    CHECK(ran.status == 0);
    const json document = ran.json_out();
    CHECK(document["in_place"] == true);
    CHECK(document["path"] == one.model());
    CHECK(document["bytes"] == before.size());
    CHECK(document["room_bytes"] >= 900);
    const std::string after = read_text(one.model());
    CHECK(after.size() == before.size());
    CHECK(after.substr(data) == before.substr(data));
    CHECK(key_of(one.model(), "general.name")["value"] == "Tiniest");
    CHECK(run_cria({"check", one.model()}).status == 0);
    // The room is there for the next edit.
    CHECK(one.edit_in_place({"--set", "my.key=string:" + std::string(800, 'x')}).status == 0);
    CHECK(contains(one.edit_in_place({"--set", "my.key=string:" + std::string(801, 'x')}).out, " left for more edits in place\n"));
}

TEST_CASE("a header that does not fit in place says how many bytes are missing, and changes nothing") {
    const edit_case one;
    const std::string before = read_text(one.model());
    const outcome ran = one.edit_in_place({"--set", "my.key=string:" + std::string(5000, 'x'), "--json"});
    CHECK(ran.status == 1);
    CHECK(ran.json_out()["error"]["code"] == "output_too_small");
    CHECK(contains(ran.err, "write a copy. Bytes missing: "));
    CHECK(read_text(one.model()) == before);
    CHECK(std::distance(std::filesystem::directory_iterator(one.folder().path()), {}) == 1);
}

TEST_CASE("keys of a set are edited in its first shard, and refused in the others") {
    const shard_set set;
    const outcome later = run_cria({"edit", set.second(), "--in-place", "--set", "general.name=string:x"});
    CHECK(later.status == 2);
    CHECK(contains(later.err, "those of the first one"));
    CHECK(contains(later.err, "shard 2 of 2"));
    REQUIRE(run_cria({"edit", set.first(), set.first(), "--set", "general.name=string:set"}).status == 0);
    CHECK(key_of(set.second(), "general.name")["value"] == "set");
}

TEST_CASE("an edit that cannot be written is status 3 and leaves what was there") {
    const edit_case one;
    const std::string before = read_text(one.model());
    const std::vector<std::string> change = {"--set", "general.name=string:x"};
    const auto edit_to = [&](const std::string& out) { return run_cria({"edit", one.model(), out, change[0], change[1]}); };
    CHECK(edit_to(one.folder().path("no/such/folder.gguf")).status == 3);
    CHECK(edit_to(one.folder().path()).status == 3);
    if (std::filesystem::exists("/dev/full")) CHECK(edit_to("/dev/full").status == 3);
    // A limit on the size of files, in blocks of 1024 bytes, is as good as a full disk.
    const outcome full = shell("ulimit -f 50; trap '' XFSZ; \"$CRIA\" edit \"$MODEL\" \"$MODEL\" --set general.name=string:x", one.model());
    CHECK(full.status == 3);
    CHECK(lines_of(full.err).size() == 1);
    CHECK(read_text(one.model()) == before);
    CHECK(std::distance(std::filesystem::directory_iterator(one.folder().path()), {}) == 1);
}
