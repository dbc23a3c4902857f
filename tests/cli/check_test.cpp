// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>  // endian
#include <cstdint>
#include <limits>

#include "cli/program.hpp"
#include "cli/shard_set.hpp"
#include "cria/gguf/file.hpp"
#include "support/catch.hpp"
#include "support/gguf_malformed.hpp"

using namespace cria_test;

namespace {

auto check(const std::string& model, std::vector<std::string> words = {}) -> json {
    words.insert(words.begin(), {"check", model, "--json"});
    const outcome ran = run_cria(words);
    CHECK(ran.err.empty());
    json document = ran.json_out();
    REQUIRE(document.is_object());
    CHECK(ran.status == (document["errors"] == 0 ? 0 : 1));
    return document;
}

/// Whether there is a finding of this severity and code.
auto has(const json& document, const std::string& severity, const std::string& code) -> bool {
    return std::any_of(document["findings"].begin(), document["findings"].end(), [&](const json& each) { return each["severity"] == severity && each["code"] == code; });
}

auto first_of(const json& document, const std::string& code) -> json {
    for (const json& each : document["findings"])
        if (each["code"] == code) return each;
    return {};
}

}  // namespace

TEST_CASE("check finds nothing in a good model, and says so in one line") {
    const model_file model(tiny_llama());
    const outcome ran = run_cria({"check", model.path()});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(contains(ran.out, "GGUF 3, 21 tensors, "));
    CHECK(lines_of(ran.out).size() == 1);
    CHECK(contains(ran.out, " keys: fine under standard; ggml takes it\n"));
    const json document = check(model.path());
    CHECK(document["findings"].empty());
    CHECK(document["model"] == model.path());
    CHECK(document["profile"] == "standard");
    CHECK(document["opens"] == true);
    CHECK(document["version"] == 3);
    CHECK(document["shards"] == 1);
    CHECK(document["tensors"] == 21);
    CHECK(document["ggml"]["accepts"] == true);
    CHECK(document["ggml"]["reason"].is_null());
}

TEST_CASE("a finding has severity, code, offset, subject and message, in text and in JSON") {
    const model_file model(tiny_llama().trailing("left over"));
    const json document = check(model.path());
    CHECK(document["errors"] == 0);
    CHECK(document["warnings"] == 1);
    const json found = first_of(document, "trailing_bytes");
    CHECK(found["severity"] == "warning");
    CHECK(found["offset"] == tiny_llama().build().size());
    CHECK(found["subject"] == "end of file");
    CHECK(found["shard"].is_null());
    const auto lines = lines_of(run_cria({"check", model.path()}).out);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == "warning  " + found["message"].get<std::string>());
    CHECK(contains(lines[1], "1 warning under standard"));
}

TEST_CASE("check lists everything that the profile rejects, not only the first") {
    // A key of the specification's wrong characters, a removed type, and shared data under standard's rules.
    const model_file model(tiny_llama()
                               .key("Bad Key", true)
                               .key("\xFF\xFE", true)
                               .tensor({.name = "old", .extents = {32}, .type = static_cast<::cria::tensor_type>(4), .data = file_bytes(32)})
                               .trailing("left over"));
    const json document = check(model.path());
    CHECK(has(document, "warning", "key_charset"));
    CHECK(has(document, "error", "key_not_utf8"));
    CHECK(has(document, "error", "removed_type"));
    CHECK(document["opens"] == true);
    const json lenient = check(model.path(), {"--profile", "lenient"});
    CHECK(lenient["errors"] == 0);
    CHECK(has(lenient, "warning", "removed_type"));
    CHECK(!has(lenient, "warning", "key_charset"));
    CHECK(lenient["profile"] == "lenient");
}

TEST_CASE("check says whether ggml would take the file, and why not") {
    const model_file model(tiny_llama().key("a.nested", true).tensor(std::string(64, 'n'), {1}, ::cria::tensor_type::f32));
    const outcome ran = run_cria({"check", model.path()});
    CHECK(ran.status == 0);
    CHECK(contains(ran.out, "under standard; ggml refuses it: " + std::string(64, 'n') + ": "));
    const json document = check(model.path());
    CHECK(document["ggml"]["accepts"] == false);
    CHECK(contains(document["ggml"]["reason"].get<std::string>(), "too long"));
    const json strict = check(model.path(), {"--profile", "strict-ggml"});
    CHECK(has(strict, "error", "long_tensor_name"));
    CHECK(run_cria({"check", model.path(), "--profile", "strict-ggml"}).status == 1);
}

TEST_CASE("a file that does not open is a finding and status 1, in JSON too") {
    const temp_folder folder;
    const std::string text = folder.write("text.gguf", std::string_view("This is not a model, only a text."));
    const json document = check(text);
    CHECK(document["opens"] == false);
    CHECK(document["version"].is_null());
    CHECK(document["tensors"].is_null());
    CHECK(has(document, "error", "bad_magic"));
    CHECK(has(check(folder.path("none")), "error", "file_not_found"));
    CHECK(has(check(folder.path()), "error", "is_directory"));
    const outcome ran = run_cria({"check", text});
    CHECK(ran.status == 1);
    CHECK(ran.err.empty());
    CHECK(lines_of(ran.out).size() == 2);
    CHECK(lines_of(ran.out)[0].starts_with("error    "));
    CHECK(contains(ran.out, "not readable under standard: 1 error\n"));
}

TEST_CASE("check finds an error in every malformed file that its profile refuses, and in no other") {
    const temp_folder folder;
    for (const named_file& each : malformed_files()) {
        CAPTURE(each.name);
        const std::string path = folder.write("model.gguf", each.bytes);
        for (const auto profile : all_profiles) {
            const std::string rules = name_of(profile);
            CAPTURE(rules);
            const json document = check(path, {"--format-only", "--profile", rules});
            CHECK((document["errors"] != 0) == each.under(profile).refusal.has_value());
            CHECK(document["ggml"]["accepts"] != each.under(::cria::gguf::profile::strict_ggml).refusal.has_value());
        }
    }
}

TEST_CASE("what the tokenizer, the numbers and the weights lack is an error, unless --format-only") {
    const std::pair<gguf_builder, const char*> broken[] = {
        {tiny_llama().without_key("tokenizer.ggml.merges"), "missing_key"},
        {tiny_llama().without_key("llama.block_count"), "missing_key"},
        {tiny_llama().without_key("llama.block_count").key("llama.block_count", std::uint32_t{3}), "missing_tensor"},
        {tiny_llama().without_tensor("output_norm.weight"), "missing_tensor"},
        {tiny_llama().without_tensor("output_norm.weight").tensor("output_norm.weight", {31}, ::cria::tensor_type::f32), "wrong_shape"},
    };
    for (const auto& [builder, code] : broken) {
        CAPTURE(code);
        const model_file model(builder);
        CHECK(has(check(model.path()), "error", code));
        CHECK(check(model.path(), {"--format-only"})["findings"].empty());
    }
}

TEST_CASE("what cria does not know, or a file need not have, is a note") {
    const auto noted = [](const gguf_builder& builder, const char* code) {
        const model_file model(builder);
        const json document = check(model.path());
        return document["errors"] == 0 && has(document, "note", code);
    };
    CHECK(noted(tiny_llama().without_key("general.architecture").key("general.architecture", "some-other"), "unsupported_architecture"));
    CHECK(noted(tiny_llama().without_key("tokenizer.ggml.model").key("tokenizer.ggml.model", "bert"), "unsupported_tokenizer"));
    CHECK(noted(tiny_llama().without_key("tokenizer.ggml.model"), "no_tokenizer"));
    CHECK(noted(tiny_llama().key("general.type", "adapter").without_tensor("output_norm.weight"), "not_a_model"));
    CHECK(noted(gguf_builder().key("general.architecture", "llama"), "no_tensors"));
    CHECK(noted(tiny_llama().tensor("mine", {2}, ::cria::tensor_type::f32), "unused_tensor"));
}

TEST_CASE("a hundred findings of one kind are ten lines and a count; --json has all") {
    gguf_builder builder = tiny_llama();
    for (int i = 0; i < 100; ++i) builder.tensor("mine." + std::to_string(i), {2}, ::cria::tensor_type::f32);
    const model_file model(builder);
    const outcome ran = run_cria({"check", model.path()});
    CHECK(lines_of(ran.out).size() == 12);
    CHECK(contains(ran.out, "90 more such (unused_tensor)"));
    CHECK(check(model.path())["notes"] == 100);
}

TEST_CASE("padding and a tail of zeros are looked at") {
    const model_file padded(tiny_llama().padding_byte(std::byte{7}).tensor("x", {1}, ::cria::tensor_type::f32).tensor("y", {1}, ::cria::tensor_type::f32));
    CHECK(has(check(padded.path()), "warning", "nonzero_padding"));
    const model_file cut(tiny_llama().without_tensor("output.weight").tensor("output.weight", {32, 279}, ::cria::tensor_type::f32));
    const json document = check(cut.path());
    CHECK(has(document, "warning", "zero_tail"));
    CHECK(document["errors"] == 0);
}

TEST_CASE("check opens a set from any shard and says which shard a finding is in") {
    const shard_set set;
    for (const std::string& path : {set.first(), set.second()}) {
        const json document = check(path);
        CHECK(document["findings"].empty());
        CHECK(document["shards"] == 2);
        CHECK(document["tensors"] == 21);
        CHECK(document["ggml"]["accepts"] == true);
    }
    const std::string bytes = read_text(set.second());
    set.folder().write("tiny-00002-of-00002.gguf", bytes + "left over");
    const json found = first_of(check(set.first()), "trailing_bytes");
    CHECK(found["shard"] == 1);
    CHECK(contains(found["message"].get<std::string>(), "tiny-00002-of-00002.gguf: "));
}

TEST_CASE("every shard that is missing or wrong is a finding") {
    const shard_set set;
    std::filesystem::remove(set.second());
    const json document = check(set.first());
    CHECK(document["opens"] == false);
    const json found = first_of(document, "missing_shard");
    CHECK(found["severity"] == "error");
    CHECK(found["subject"] == "tiny-00002-of-00002.gguf");
    for (const named_shards& each : malformed_shard_sets()) {
        CAPTURE(each.name);
        const temp_folder folder;
        for (const auto& [name, bytes] : each.files) folder.write(name, bytes);
        CHECK(check(folder.path(each.files[0].first))["errors"] != 0);
    }
}

namespace {

/// `n` blocks of Q8_0, where these have an infinite scale.
auto q8_0_with_infinities(std::size_t n, const std::vector<std::size_t>& at) -> file_bytes {
    file_bytes data(n * 34);
    for (const std::size_t block : at) data[block * 34 + 1] = std::byte{0x7C};
    return data;
}

}  // namespace

TEST_CASE("--payload finds the first bad block of each tensor: name, row, byte of the file") {
    gguf_builder builder = tiny_llama();
    builder.tensor("one", {64, 4}, ::cria::tensor_type::q8_0, q8_0_with_infinities(8, {7}));
    builder.tensor("two", {2, 2, 2}, std::vector<float>{0, 0, 0, 0, 0, std::numeric_limits<float>::quiet_NaN(), 0, std::numeric_limits<float>::infinity()});
    const laid_out_file laid = builder.lay_out();
    const model_file model(builder);
    CHECK(check(model.path())["errors"] == 0);
    const json document = check(model.path(), {"--payload"});
    CHECK(document["payload"] == true);
    CHECK(document["errors"] == 2);
    const auto found = [&](const std::string& tensor) {
        for (const json& each : document["findings"])
            if (each["code"] == "payload" && each["subject"] == tensor) return each;
        return json();
    };
    const std::uint64_t at_one = laid.tensors.at("one").data + 7 * 34, at_two = laid.tensors.at("two").data + 5 * 4;
    CHECK(found("one") == json({{"severity", "error"}, {"code", "payload"}, {"offset", at_one}, {"subject", "one"}, {"shard", nullptr},
                                {"message", "one: scale is not finite in row 3 at byte " + std::to_string(at_one)}}));
    CHECK(found("two")["offset"] == at_two);
    CHECK(found("two")["message"] == "two: value is not a number in row 2 at byte " + std::to_string(at_two));
    const outcome ran = run_cria({"check", model.path(), "--payload", "--format-only"});
    CHECK(ran.status == 1);
    CHECK(ran.err.empty());
    CHECK(lines_of(ran.out).size() == 3);
    CHECK(contains(ran.out, ": 2 errors under standard, data included; ggml takes it\n"));
}

TEST_CASE("--payload has nothing to say about good data, and says that it has looked") {
    const model_file model(tiny_llama());
    const outcome ran = run_cria({"check", model.path(), "--payload"});
    CHECK(ran.status == 0);
    CHECK(contains(ran.out, ": fine under standard, data included; ggml takes it\n"));
    CHECK(check(std::string(CRIA_MODELS_DIR) + "/story-2m.gguf", {"--payload"})["findings"].empty());
    CHECK(check(model.path())["payload"] == false);
}

TEST_CASE("--payload names the first of many bad blocks, wherever in a tensor of many pieces") {
    constexpr std::size_t n = 500000, per_row = 1000;  // 17 MB: five pieces
    for (const std::vector<std::size_t>& at : {std::vector<std::size_t>{0}, {n - 1}, {123361, 123362, 400000}, {250001, 370000}}) {
        const gguf_builder builder = gguf_builder().tensor("long", {32 * per_row, n / per_row}, ::cria::tensor_type::q8_0, q8_0_with_infinities(n, at));
        const model_file model(builder);
        const json document = check(model.path(), {"--format-only", "--payload"});
        CHECK(document["errors"] == 1);
        const std::uint64_t byte = builder.lay_out().tensors.at("long").data + at[0] * 34;
        CHECK(first_of(document, "payload")["offset"] == byte);
        CHECK(contains(first_of(document, "payload")["message"].get<std::string>(), " in row " + std::to_string(at[0] / per_row) + " at byte "));
    }
}

TEST_CASE("--payload looks at every shard, and says which one a block is in") {
    const shard_set set;
    CHECK(check(set.second(), {"--payload"})["findings"].empty());
    const auto file = ::cria::gguf::file::open(set.second());
    REQUIRE(file);
    const auto* const tensor = file->tensors().find("output.weight");
    REQUIRE(tensor != nullptr);
    const std::uint64_t last = tensor->offset_bytes + tensor->size_bytes - 4;
    std::string bytes = read_text(set.second());
    for (const std::size_t i : {0U, 1U, 2U, 3U}) bytes[last + i] = '\xFF';
    set.folder().write("tiny-00002-of-00002.gguf", bytes);
    const json found = first_of(check(set.first(), {"--payload"}), "payload");
    CHECK(found["subject"] == "output.weight");
    CHECK(found["offset"] == last);
    CHECK(found["shard"] == 1);
    CHECK(found["message"] == "tiny-00002-of-00002.gguf: output.weight: value is not a number in row 278 at byte " + std::to_string(last));
}

TEST_CASE("data that --payload cannot judge is a note: types of no known layout, big-endian numbers") {
    const model_file fork(gguf_builder().tensor({.name = "new", .extents = {32}, .type = static_cast<::cria::tensor_type>(97), .data = file_bytes(32)}));
    const json document = check(fork.path(), {"--format-only", "--payload", "--profile", "lenient"});
    CHECK(document["errors"] == 0);
    CHECK(first_of(document, "unsupported_type")["severity"] == "note");
    CHECK(first_of(document, "unsupported_type")["subject"] == "new");
    const model_file big(gguf_builder(3, std::endian::big).tensor("big", {4}, ::cria::tensor_type::f32).tensor("bytes", {4}, ::cria::tensor_type::i8));
    const json other = check(big.path(), {"--format-only", "--payload"});
    CHECK(other["errors"] == 0);
    CHECK(other["notes"] == 1);
    CHECK(first_of(other, "unsupported_feature")["subject"] == "big");
    const model_file empty(gguf_builder().tensor("none", {0, 4}, ::cria::tensor_type::q8_0).tensor("scalar", {}, std::vector<float>{1}));
    CHECK(check(empty.path(), {"--format-only", "--payload"})["errors"] == 0);
}

TEST_CASE("more warnings than are kept do not hide an error") {
    gguf_builder builder;
    for (int i = 0; i < 66000; ++i) builder.key("K" + std::to_string(i), true);
    builder.key("\xFF", true);
    const model_file model(builder);
    const json document = check(model.path(), {"--format-only"});
    CHECK(has(document, "warning", "more_warnings"));
    CHECK(document["errors"] == 1);
}

TEST_CASE("a hostile name in a finding stays on its line") {
    const model_file model(tiny_llama().tensor("evil\nname\x1b[31m", {2}, ::cria::tensor_type::f32));
    const outcome ran = run_cria({"check", model.path()});
    CHECK(lines_of(ran.out).size() == 2);
    CHECK(contains(ran.out, "evil\\x0Aname\\x1B[31m"));
    CHECK(!contains(ran.out, "\x1b"));
}

TEST_CASE("check lists every tensor that is missing or has another shape") {
    gguf_builder bad = tiny_llama().without_tensor("blk.0.attn_norm.weight").without_tensor("blk.1.ffn_up.weight").without_tensor("output_norm.weight");
    bad.tensor("output_norm.weight", {31}, std::vector<float>(31, 1.0F));
    const model_file model(bad);
    const json document = check(model.path());
    CHECK(document["errors"] == 3);
    std::vector<std::string> found;
    for (const json& each : document["findings"]) found.push_back(each["code"].get<std::string>() + " " + each["subject"].get<std::string>());
    std::sort(found.begin(), found.end());
    CHECK(found == std::vector<std::string>{"missing_tensor blk.0.attn_norm.weight", "missing_tensor blk.1.ffn_up.weight", "wrong_shape output_norm.weight"});
}
