// SPDX-License-Identifier: MIT
#include "cli/program.hpp"
#include "cria/gguf/file.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

using namespace cria_test;

namespace {

constexpr int hello = 259;         // ids of the tiny byte-level vocabulary
constexpr int space_world = 264;
constexpr int bos = 274;
constexpr int eot = 276;
constexpr int user = 277;

auto tokenize(const std::string& model, std::vector<std::string> words, std::string_view input = {}) -> std::string {
    words.insert(words.begin(), {"tokenize", model});
    const outcome ran = run_cria(words, input);
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    return ran.out;
}

auto ids(std::initializer_list<int> list) -> std::string {
    std::string out;
    for (const int id : list) out += (out.empty() ? "" : " ") + std::to_string(id);
    return out + "\n";
}

auto little_endian(std::span<const cria::bpe::token_id> of) -> std::string {
    std::string bytes;
    for (const cria::bpe::token_id id : of)
        for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(static_cast<std::uint32_t>(id) >> shift);
    return bytes;
}

}  // namespace

TEST_CASE("tokenize takes its text from the argument, a file or standard input, byte for byte") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const std::string file = folder.write("text", std::string_view("hello world\n"));
    CHECK(tokenize(model.path(), {"hello world"}) == ids({hello, space_world}));
    CHECK(tokenize(model.path(), {"hello world", "--ids"}) == ids({hello, space_world}));
    CHECK(tokenize(model.path(), {"--file", file}) == ids({hello, space_world, '\n'}));
    CHECK(tokenize(model.path(), {}, "hello world\n") == ids({hello, space_world, '\n'}));
    CHECK(tokenize(model.path(), {"-"}, "hello world") == ids({hello, space_world}));
    CHECK(tokenize(model.path(), {"--file", "-"}, "hello world") == ids({hello, space_world}));
    CHECK(tokenize(model.path(), {}, std::string_view("a\0\r\n", 4)) == ids({'a', 0, '\r', '\n'}));
    CHECK(tokenize(model.path(), {"--count"}, "") == "0\n");
    CHECK(tokenize(model.path(), {"--json"}, "") == "{\"count\":0,\"ids\":[]}\n");
    CHECK(tokenize(model.path(), {""}, "not this") == "\n");
    CHECK(shell("\"$CRIA\" tokenize \"$MODEL\" --file <(printf hello)", model.path()).out == ids({hello}));
}

TEST_CASE("texts that look like something else are texts") {
    const model_file model(tiny_llama());
    const auto bytes_back = [&](const std::vector<std::string>& words) {
        std::string text;
        const outcome ran = run_cria(words);
        CHECK(ran.status == 0);
        return run_cria({"detokenize", model.path()}, ran.out).out;
    };
    for (const std::string text : {"info", "++", "{}", "[a,b]", "%%", "[]", "a=b", "x y z", "'\"'"}) {
        CAPTURE(text);
        CHECK(bytes_back({"tokenize", model.path(), text}) == text);
    }
    for (const std::string text : {"--json", "-x", "--", "++"}) CHECK(bytes_back({"tokenize", model.path(), "--", text}) == text);
}

TEST_CASE("the output modes show the same tokens as ids, pieces, offsets, a count and int32") {
    const model_file model(tiny_llama());
    const std::string text = "hello world\n\\\x1b";
    CHECK(tokenize(model.path(), {"--pieces"}, text) == "259\thello\n264\t world\n10\t\\n\n92\t\\\\\n27\t\\x1B\n");
    CHECK(tokenize(model.path(), {"--offsets"}, text) == "259\t0\t5\n264\t5\t11\n10\t11\t12\n92\t12\t13\n27\t13\t14\n");
    CHECK(tokenize(model.path(), {"--count"}, text) == "5\n");
    CHECK(tokenize(model.path(), {"--binary"}, "hello\n") == std::string("\x03\x01\0\0\x0A\0\0\0", 8));
}

TEST_CASE("--special, --parse and --pre do what they say") {
    const model_file model(tiny_llama());
    CHECK(tokenize(model.path(), {"hello", "--special", "add"}) == ids({bos, hello}));
    CHECK(tokenize(model.path(), {"hello", "--special", "none"}) == ids({hello}));
    const std::string text = "<|user|><|eot_id|>";
    CHECK(tokenize(model.path(), {text, "--parse", "all"}) == ids({user, eot}));
    CHECK(tokenize(model.path(), {text, "--count"}) == "11\n");
    CHECK(tokenize(model.path(), {text, "--parse", "user", "--count"}) == "11\n");
    CHECK(tokenize(model.path(), {text, "--parse", "none", "--count"}) == "18\n");
    CHECK(tokenize(model.path(), {"hello", "--compat", "hf"}) == ids({hello}));

    const model_file unnamed(tiny_llama().without_key("tokenizer.ggml.pre"));
    const outcome guessed = run_cria({"tokenize", unnamed.path(), "hello"});
    CHECK(guessed.status == 0);
    CHECK(guessed.err.starts_with("cria: warning: "));
    CHECK(tokenize(unnamed.path(), {"hello", "--pre", "llama-bpe"}) == ids({hello}));
    const model_file unmerged(tiny_llama().without_key("tokenizer.ggml.pre").key("tokenizer.ggml.pre", "kimi-k2").without_key("tokenizer.ggml.merges"));
    const outcome single = run_cria({"tokenize", unmerged.path(), "hello", "--count"});
    CHECK(single.out == "5\n");
    CHECK(contains(single.err, "cria: warning: tokenizer.ggml.merges: there are no merges"));
    const model_file unknown(tiny_llama().without_key("tokenizer.ggml.pre").key("tokenizer.ggml.pre", "from-the-future"));
    const outcome refused = run_cria({"tokenize", unknown.path(), "hello"});
    CHECK(refused.status == 1);
    CHECK(contains(refused.err, "from-the-future"));
    CHECK(tokenize(unknown.path(), {"hello", "--pre", "gpt-2"}) == ids({hello}));
}

TEST_CASE("tokenize --json has count and ids, and pieces or offsets when they are asked for") {
    const model_file model(tiny_llama());
    const auto document = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"tokenize", model.path(), "hello \xC3\xA9", "--json"});
        return run_cria(words).json_out();
    };
    CHECK(document({}) == json::parse(R"({"count":3,"ids":[259,32,271]})"));
    CHECK(document({"--count"}) == json::parse(R"({"count":3})"));
    CHECK(document({"--pieces"}) == json::parse(R"({"count":3,"ids":[259,32,271],"pieces":["hello"," ","é"]})"));
    CHECK(document({"--offsets"}) == json::parse(R"({"count":3,"ids":[259,32,271],"offsets":[[0,5],[5,6],[6,8]]})"));
}

TEST_CASE("--threads changes nothing about the answers to --jsonl but when they come") {
    const model_file model(tiny_llama());
    std::string input, expected;
    for (int i = 0; i < 5000; ++i) {
        input += i % 3 == 0 ? "\"hello\"\n" : "\"hello world\"\n";
        expected += i % 3 == 0 ? "[259]\n" : "[259,264]\n";
    }
    for (const std::string threads : {"1", "2", "7", "1024"}) CHECK(tokenize(model.path(), {"--jsonl", "--threads", threads}, input) == expected);
    const outcome ran = run_cria({"tokenize", model.path(), "--jsonl", "--threads", "4"}, "\"hello\"\n17\n\"hello\"\n");
    CHECK(ran.status == 1);
    CHECK(ran.out == "[259]\n");
    CHECK(ran.err.find("line 2") != std::string::npos);
    for (const std::string threads : {"0", "1025", "x", "-1"}) CHECK(run_cria({"tokenize", model.path(), "--threads", threads}).status == 2);
}

TEST_CASE("--nfc composes characters first, where it is asked for") {
    const model_file model(tiny_llama());
    const std::string apart = "e\xCC\x81", composed = "\xC3\xA9";
    CHECK(tokenize(model.path(), {apart, "--nfc", "on"}) == tokenize(model.path(), {composed}));
    CHECK(tokenize(model.path(), {apart, "--nfc", "off"}) == tokenize(model.path(), {apart}));
    CHECK(tokenize(model.path(), {apart}) != tokenize(model.path(), {composed}));
    CHECK(tokenize(model.path(), {apart, "--pre", "qwen2"}) == tokenize(model.path(), {composed, "--pre", "qwen2"}));
    CHECK(tokenize(model.path(), {apart, "--pre", "qwen2", "--nfc", "off"}) == tokenize(model.path(), {apart}));
}

TEST_CASE("--jsonl answers each JSON string with an array, in order") {
    const model_file model(tiny_llama());
    CHECK(tokenize(model.path(), {"--jsonl"}, "\"hello\"\n\"\"\n \"hello world\" \r\n\"\\n\\u00e9\"") == "[259]\n[]\n[259,264]\n[10,271]\n");
    CHECK(tokenize(model.path(), {"--jsonl"}, "").empty());
    CHECK(tokenize(model.path(), {"--jsonl", "-", "--special", "add"}, "\"hello\"\n") == "[274,259]\n");
    std::string many;
    for (int i = 0; i < 20000; ++i) many += "\"hello world " + std::to_string(i % 10) + "\"\n";
    const auto lines = lines_of(tokenize(model.path(), {"--jsonl"}, many));
    REQUIRE(lines.size() == 20000);
    for (int i = 0; i < 20000; i += 997) CHECK(lines[static_cast<std::size_t>(i)] == "[259,264,32," + std::to_string('0' + i % 10) + "]");
}

TEST_CASE("--jsonl stops at a line that is no JSON string, and names it") {
    const model_file model(tiny_llama());
    const std::string deep(100000, '[');
    for (const std::string& bad : std::vector<std::string>{"hello", "[1]", "\"open", "{}", "", "\"a\" \"b\"", "\"\\ud800\"", "\"\xFF\"", "null", deep}) {
        CAPTURE(bad.substr(0, 40));
        const outcome ran = run_cria({"tokenize", model.path(), "--jsonl"}, "\"hello\"\n" + bad + "\n\"hello\"\n");
        CHECK(ran.status == 1);
        CHECK(ran.out == "[259]\n");
        CHECK(ran.err == "cria: error: line 2: is not a JSON string at byte 8\n");
    }
}

TEST_CASE("a file that cannot be read as text is status 1") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const outcome missing = run_cria({"tokenize", model.path(), "--file", folder.path("none")});
    CHECK(missing.status == 1);
    CHECK(missing.err == "cria: error: " + folder.path("none") + ": no such file\n");
    const outcome directory = run_cria({"tokenize", model.path(), "--file", folder.path()});
    CHECK(directory.status == 1);
    CHECK(contains(directory.err, "is a directory"));
}

TEST_CASE("a long text has the ids that the library gives, in every form, by any number of threads, from a file or a pipe") {
    random_numbers random(5);
    std::string words, line;
    constexpr std::string_view each[] = {"hello", " world", " hello", "\n", " the", " 12", "é", " 中文", "\xFF", "  ", "<|user|>", ".\nhello"};
    while (words.size() < 1'200'000) words += each[random.below(std::size(each))];
    while (line.size() < 10'000'000) line += " hello world";
    const temp_folder folder;
    for (const bool is_spm : {false, true}) {
        const model_file model(is_spm ? tiny_llama_spm() : tiny_llama());
        const auto file = cria::gguf::file::open(model.path());
        REQUIRE(file);
        const auto tokenizer = cria::tokenizer_from(file->contents());
        REQUIRE(tokenizer);
        for (const std::string& text : {words, words + "\xE6\x97", words.substr(0, 300'000), std::string()}) {
            CAPTURE(is_spm, text.size());
            cria::bpe::encoder encoder(*tokenizer);
            const auto wanted = encoder.encode_with_offsets(text, {.add_special = true});
            REQUIRE(wanted);
            std::string as_text, as_offsets;
            const std::string as_binary = little_endian(*wanted);
            for (std::size_t i = 0; i < wanted->size(); ++i) {
                const std::string id = std::to_string((*wanted)[i]);
                as_text += (i == 0 ? "" : " ") + id;
                as_offsets += id + "\t" + std::to_string(encoder.offsets()[i].begin) + "\t" + std::to_string(encoder.offsets()[i].end) + "\n";
            }
            const std::string path = folder.write("long", text), count = std::to_string(wanted->size());
            const auto of_file = [&](const std::string& form, const std::string& threads) { return tokenize(model.path(), {"--file", path, "--special", "add", form, "--threads", threads}); };
            for (const std::string threads : {"1", "2", "7"}) {
                CHECK((of_file("--ids", threads) == as_text + "\n"));
                CHECK((of_file("--binary", threads) == as_binary));
            }
            CHECK(of_file("--count", "2") == count + "\n");
            CHECK((of_file("--offsets", "3") == as_offsets));
            std::string json_ids = as_text;
            for (char& c : json_ids)
                if (c == ' ') c = ',';
            CHECK((of_file("--json", "2") == "{\"count\":" + count + ",\"ids\":[" + json_ids + "]}\n"));
            CHECK((tokenize(model.path(), {"--special", "add"}, text) == as_text + "\n"));                                        // a file as standard input
            CHECK((shell("cat | \"$CRIA\" tokenize \"$MODEL\" --special add", model.path(), text).out == as_text + "\n"));
            CHECK((shell("(head -c 5 > /dev/null; \"$CRIA\" tokenize \"$MODEL\" --binary; cat)", model.path(), "12345" + text).out.size() == as_binary.size() - 4 * (wanted->size() - encoder.encode(text)->size())));
        }
        cria::bpe::encoder encoder(*tokenizer);
        const auto wanted = encoder.encode(line);
        REQUIRE(wanted);
        CHECK((tokenize(model.path(), {"--file", folder.write("line", line), "--binary"}) == little_endian(*wanted)));
        CHECK(shell("\"$CRIA\" tokenize \"$MODEL\" --file \"" + folder.write("broken", words) + "\" | head -c 10", model.path()).err.empty());
    }
}

TEST_CASE("a megabyte on one line goes through") {
    const model_file model(tiny_llama_spm());
    const std::string text(1000000, 'h');
    CHECK(tokenize(model.path(), {"--count"}, text).size() > 1);
    CHECK(tokenize(model.path(), {"--jsonl"}, "\"" + text + "\"\n").size() > 1000000);
}

TEST_CASE("any architecture's vocabulary works") {
    const model_file model(tiny_llama().without_key("general.architecture").key("general.architecture", "from-the-future"));
    CHECK(tokenize(model.path(), {"hello"}) == ids({hello}));
}
