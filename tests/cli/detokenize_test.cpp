// SPDX-License-Identifier: MIT
#include "cli/program.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

using namespace cria_test;

namespace {

auto detokenize(const std::string& model, std::vector<std::string> words, std::string_view input = {}) -> std::string {
    words.insert(words.begin(), {"detokenize", model});
    const outcome ran = run_cria(words, input);
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    return ran.out;
}

}  // namespace

TEST_CASE("detokenize takes ids from arguments, a file or standard input, and adds no newline") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const std::string file = folder.write("ids", std::string_view("259, 264\n10\t"));
    CHECK(detokenize(model.path(), {"259", "264"}) == "hello world");
    CHECK(detokenize(model.path(), {"259 264"}) == "hello world");
    CHECK(detokenize(model.path(), {"[259, 264]"}) == "hello world");
    CHECK(detokenize(model.path(), {"--file", file}) == "hello world\n");
    CHECK(detokenize(model.path(), {}, "259 264") == "hello world");
    CHECK(detokenize(model.path(), {"-"}, "259 264\n") == "hello world");
    CHECK(detokenize(model.path(), {"--binary"}, std::string_view("\x03\x01\0\0\x0A\0\0\0", 8)) == "hello\n");
    CHECK(detokenize(model.path(), {}, "").empty());
}

TEST_CASE("--skip-special drops control tokens, and only them") {
    const model_file model(tiny_llama());
    CHECK(detokenize(model.path(), {"274", "259", "277", "275"}) == "<|begin_of_text|>hello<|user|><|end_of_text|>");
    CHECK(detokenize(model.path(), {"274", "259", "277", "275", "--skip-special"}) == "hello<|user|>");
}

TEST_CASE("without --stream the bytes are exact, with it the text is valid UTF-8") {
    const model_file model(tiny_llama());
    CHECK(detokenize(model.path(), {"104", "195", "104"}) == "h\xC3h");
    CHECK(detokenize(model.path(), {"104", "195", "104", "--stream"}) == "h\xEF\xBF\xBDh");
    CHECK(detokenize(model.path(), {"195", "169", "--stream"}) == "\xC3\xA9");
    CHECK(detokenize(model.path(), {"--stream", "--binary"}, std::string_view("\xC3\0\0\0\xA9\0\0\0", 8)) == "\xC3\xA9");
    const json document = run_cria({"detokenize", model.path(), "104", "195", "104", "--json"}).json_out();
    CHECK(document == json::parse("{\"count\":3,\"bytes\":3,\"valid_utf8\":false,\"text\":\"h\\ufffdh\"}"));
}

TEST_CASE("--compat llama_cpp prints what llama.cpp prints") {
    const model_file bytes(tiny_llama()), pieces(tiny_llama_spm());
    // "hello ." where the rule of this vocabulary cleans spaces, in whole texts and not in streams.
    CHECK(detokenize(bytes.path(), {"259", "32", "46"}) == "hello .");
    CHECK(detokenize(bytes.path(), {"259", "32", "46", "--compat", "hf"}) == "hello .");
    CHECK(detokenize(bytes.path(), {"259", "32", "46", "--compat", "llama_cpp"}) == "hello.");
    CHECK(detokenize(bytes.path(), {"259", "32", "46", "--compat", "llama_cpp", "--stream"}) == "hello .");
    CHECK(detokenize(bytes.path(), {"--jsonl", "--compat", "llama_cpp"}, "[259,32,46]\n") == "\"hello.\"\n");
    const std::string ids = run_cria({"tokenize", pieces.path(), "hello", "--special", "add"}).out;
    CHECK(detokenize(pieces.path(), {ids, "--skip-special"}) == "hello");
    CHECK(detokenize(pieces.path(), {ids, "--skip-special", "--compat", "llama_cpp"}) == " hello");
}

TEST_CASE("an id outside the vocabulary is status 1 wherever it comes from") {
    const model_file model(tiny_llama());
    const auto refused = [&](std::vector<std::string> words, std::string_view input = {}) {
        words.insert(words.begin(), {"detokenize", model.path()});
        const outcome ran = run_cria(words, input);
        CHECK(ran.status == 1);
        CHECK(ran.out.empty());
        CHECK(contains(ran.err, "token id: is outside the vocabulary, expected 0 to 278, found "));
        return ran.err;
    };
    CHECK(contains(refused({"279"}), "found 279\n"));
    CHECK(contains(refused({"99999999999999999999999"}), "found 99999999999999999999999\n"));
    CHECK(contains(refused({"--", "-1"}), "found -1\n"));
    CHECK(contains(refused({}, "1 2 279"), "at byte 4\n"));
    CHECK(contains(refused({"--binary"}, std::string_view("\x01\0\0\0\xFF\xFF\xFF\xFF", 8)), "found -1 at byte 4\n"));
    const json document = run_cria({"detokenize", model.path(), "279", "--json"}).json_out();
    CHECK(document["error"]["code"] == "invalid_token");
}

TEST_CASE("an input that is no list of ids is status 1 and says where") {
    const model_file model(tiny_llama());
    const outcome words = run_cria({"detokenize", model.path()}, "1 2 three");
    CHECK(words.status == 1);
    CHECK(words.err == "cria: error: standard input: is not a list of token ids: three at byte 4\n");
    const outcome endless = run_cria({"detokenize", model.path()}, std::string(1000000, '1'));
    CHECK(endless.status == 1);
    CHECK(endless.err.size() < 200);
    const outcome cut = run_cria({"detokenize", model.path(), "--binary"}, std::string_view("\x01\0\0\0\x01", 5));
    CHECK(cut.status == 1);
    CHECK(cut.err == "cria: error: standard input: ends inside an id of four bytes at byte 5\n");
}

TEST_CASE("--jsonl is the inverse of tokenize --jsonl") {
    const model_file model(tiny_llama());
    CHECK(detokenize(model.path(), {"--jsonl"}, "[259,264]\n[]\n [ 10 , 195, 169 ]\r\n[195]") == "\"hello world\"\n\"\"\n\"\\n\xC3\xA9\"\n\"\xEF\xBF\xBD\"\n");
    const std::string texts = "\"hello world\"\n\"\"\n\"a\\tb \\\"c\\\"\"\n\"\xC3\xA9\"\n";
    const std::string ids = run_cria({"tokenize", model.path(), "--jsonl"}, texts).out;
    CHECK(detokenize(model.path(), {"--jsonl"}, ids) == texts);
    for (const std::string bad : {"1", "\"1\"", "[1.5]", "[\"1\"]", "[1", "", "[[1]]", "[true]"}) {
        CAPTURE(bad);
        const outcome ran = run_cria({"detokenize", model.path(), "--jsonl"}, "[259]\n" + bad + "\n");
        CHECK(ran.status == 1);
        CHECK(ran.out == "\"hello\"\n");
        CHECK(ran.err == "cria: error: line 2: is not a JSON array of token ids at byte 6\n");
    }
    const outcome outside = run_cria({"detokenize", model.path(), "--jsonl"}, "[279]\n");
    CHECK(outside.status == 1);
    CHECK(outside.err == "cria: error: line 1: is outside the vocabulary, expected 0 to 278, found 279 at byte 0\n");
}

TEST_CASE("--stream and --jsonl exclude each other: a line is given whole") {
    const model_file model(tiny_llama());
    const outcome ran = run_cria({"detokenize", model.path(), "--stream", "--jsonl"}, "[259]\n");
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(contains(ran.err, "--stream"));
    CHECK(contains(ran.err, "--jsonl"));
}

TEST_CASE("tokenize --binary and detokenize --binary together reproduce a file") {
    random_numbers random(7);
    std::string text = "  hello world\n";
    for (int i = 0; i < 50000; ++i) {
        constexpr std::string_view words[] = {"hello", " ", "\n", " world", "\xC3\xA9", "<|user|>", "<|eot_id|>", "the ", "\t", "\xF0\x9F\x98\x80"};
        text += words[random.below(std::size(words))];
    }
    for (const auto& builder : {tiny_llama(), tiny_llama_spm()}) {
        const model_file model(builder);
        const outcome ran = shell("\"$CRIA\" tokenize \"$MODEL\" --binary | \"$CRIA\" detokenize \"$MODEL\" --binary", model.path(), text);
        CHECK(ran.status == 0);
        CHECK(ran.err.empty());
        CHECK(ran.out == text);
    }
}
