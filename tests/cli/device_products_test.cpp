// SPDX-License-Identifier: MIT
// --device of generate, perplexity and logits, wherever it runs: with devices in host memory, whose products are the CPU's to
// the bit, or with none. generate_device_test.cpp has real ones.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "../../examples/cli/device_products.hpp"
#include "../../examples/cli/failure.hpp"
#include "cli/terminal.hpp"
#include "cli/upload_tool.hpp"
#include "cria/llama/model.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

const std::string tale = "Once upon a time, a cheerful badger called Ines lived in a wooden cabin behind the school. She was only 6 years old, but she was very kind.";

/// The line with `more` behind it.
auto with(words line, const words& more) -> words {
    line.insert(line.end(), more.begin(), more.end());
    return line;
}

/// A line for each of the commands that compute; the text of `perplexity` is in a file of the folder.
auto lines_that_compute(const temp_folder& folder) -> std::vector<words> {
    const std::string file = folder.write("tale.txt", std::string_view(tale));
    return {{"generate", story(), "Once upon a time", "--temperature", "0", "-n", "12"},
            {"generate", story(), "Once upon a time", "--seed", "3", "-n", "12"},
            {"perplexity", story(), file, "--context", "16"},
            {"logits", story(), "Once upon a time", "--top", "4"}};
}

/// And bench's, which knows no text.
auto with_bench(std::vector<words> lines) -> std::vector<words> {
    lines.push_back({"bench", story(), "--only", "engine", "--repeat", "1"});
    return lines;
}

/// A document without what differs from run to run, and the device.
auto figures_of(json document) -> json {
    for (const char* const key : {"timings", "seconds", "device"}) document.erase(key);
    return document;
}

}  // namespace

TEST_CASE("with --device commands that compute say what they say without, and which device it was") {
    const temp_folder folder;
    for (const words& line : lines_that_compute(folder)) {
        CAPTURE(line[0], line[3]);
        const json here = run_json(with(line, {"--json"}));
        REQUIRE(here.contains("device"));
        CHECK(here["device"].is_null());
        const json there = fake_json(with(line, {"--device", "1"}), {"CRIA_FAKE_DEVICES=2"});
        CHECK(figures_of(there) == figures_of(here));
        CHECK(there["device"] == json{{"number", 1}, {"name", "fake \x1b[31m1"}, {"weights", "f32"}});
        const outcome text = run_fake(with(line, {"--device", "0"}));
        CHECK(text.status == 0);
        CHECK(text.err == "");
        CHECK(text.out == run_cria(line).out);
    }
    const std::string ours = folder.path("ours.npy"), theirs = folder.path("theirs.npy");
    const words logits = {"logits", story(), tale, "--json", "-o"};
    CHECK(run_json(with(logits, {ours}))["device"].is_null());
    CHECK(run_fake(with(logits, {theirs, "--device", "0", "--threads", "1"})).json_out()["device"]["number"] == 0);
    CHECK(read_text(ours) == read_text(theirs));
}

TEST_CASE("all products of a command are the device's") {
    // Of five layers, with seven matrices each, and the output, where logits are wanted. Prompts but for their last token have none.
    constexpr int of_layers = 5 * 7, of_token = of_layers + 1;
    const temp_folder folder;
    const std::string file = folder.write("tale.txt", std::string_view(tale));
    struct counted {
        words line;
        int n_products;
    };
    const std::vector<counted> all = {{{"generate", story(), "Once upon a time", "--seed", "1", "-n", "7", "--ignore-eos"}, of_layers + 7 * of_token},
                                      {{"logits", story(), "--ids", "1 2 3"}, of_token},
                                      {{"perplexity", story(), file, "--context", "16", "--chunks", "2"}, 2 * of_token}};
    for (const auto& [line, n_products] : all) {
        CAPTURE(line[0]);
        const outcome ran = run_fake(with(line, {"--device", "0", "--json"}), {"CRIA_FAKE_COUNT=1"});
        CHECK(ran.status == 0);
        CHECK(ran.err == "fake devices: " + std::to_string(n_products) + " products\n");
    }
    CHECK(run_fake(all[0].line, {"CRIA_FAKE_COUNT=1"}).err == "");  // without --device there are none
}

TEST_CASE("--weights says in which type a device has them, and results are as near as that allows") {
    const words line = {"logits", story(), tale, "--positions", "20", "--top", "1"};
    const auto logit_with = [&](const words& more) {
        const json found = fake_json(with(line, more));
        CHECK(found["device"]["weights"] == more.back());
        return found["positions"][0]["top"][0]["logit"].get<double>();
    };
    const double f32 = logit_with({"--device", "0", "--weights", "f32"});
    CHECK(f32 == run_json(with(line, {"--json"}))["positions"][0]["top"][0]["logit"].get<double>());
    const double f16 = logit_with({"--device", "0", "--weights", "f16"}), bf16 = logit_with({"--device", "0", "--weights", "bf16"});
    CHECK(f16 != f32);
    CHECK(bf16 != f32);
    CHECK(bf16 != f16);
    CHECK(std::fabs(f16 - f32) < 1e-2 * std::fabs(f32));
    CHECK(std::fabs(bf16 - f32) < 8e-2 * std::fabs(f32));
}

TEST_CASE("--device and --weights refuse what they do not take, before anything is opened") {
    const std::string none = story() + ".none";
    struct refused {
        words line;
        std::string says;
    };
    for (const std::string command : {"generate", "perplexity", "logits", "bench"}) {
        const words start = command == "bench" ? words{command, none, "--only", "engine"} : words{command, none, "text"};
        for (const auto& [more, says] : {refused{{"--device", "x"}, "--device: takes a number from 0 to 1023; found x"}, refused{{"--device", "-1"}, "--device: takes a number from 0 to 1023; found -1"},
                                         refused{{"--device", "1024"}, "--device: takes a number from 0 to 1023; found 1024"}, refused{{"--device", "0,1"}, "--device: takes a number from 0 to 1023; found 0,1"},
                                         refused{{"--device", "0", "--weights", "q8_0"}, "--weights: takes f32, f16, bf16; found q8_0"},
                                         refused{{"--weights", "f16"}, "--weights: needs --device: only a device has weights of another type than the file"}}) {
            CAPTURE(command, says);
            const outcome ran = run_cria(with(start, more));
            CHECK(ran.status == 2);
            CHECK(ran.out == "");
            CHECK(ran.err == "cria: error: " + says + "\n");
        }
    }
}

TEST_CASE("--device without a device is status 3, with the sentence of an upload, and after all that can be said of model and text") {
    const std::string sentence = run_cria({"upload", story()}, {}, without_devices).err;
    REQUIRE(sentence.starts_with("cria: error: device: "));
    const temp_folder folder;
    for (const words& line : lines_that_compute(folder)) {
        const outcome ran = run_cria(with(line, {"--device", "0"}), {}, without_devices);
        CHECK(ran.status == 3);
        CHECK(ran.out == "");
        CHECK(ran.err == sentence);
        CHECK(run_cria(with(line, {"--device", "0", "--json"}), {}, without_devices).json_out()["error"]["code"] == "no_device");
    }
    CHECK(run_cria({"generate", story() + ".none", "text", "--device", "0"}, {}, without_devices).status == 1);
    CHECK(run_cria({"generate", story(), tale, "--context", "4", "--device", "0"}, {}, without_devices).status == 1);
    const outcome other = run_fake({"generate", story(), "text", "--device", "7", "--json"}, {"CRIA_FAKE_DEVICES=2"});
    CHECK(other.status == 3);
    CHECK(other.json_out()["error"]["code"] == "no_device");
}

TEST_CASE("in a program that was built without cuBLAS, products on a device are status 3, and the sentence says why") {
    const auto model = cria::llama::open(story());
    REQUIRE(model.has_value());
    const auto made = cli::products_on_device({.model = *model});  // device_products_none.cpp's, which is linked with this test
    REQUIRE_FALSE(made.has_value());
    const cli::failure shown = cli::failure_of(made.error());
    CHECK(shown.status == 3);
    CHECK(shown.code == "no_device");
    CHECK(shown.message == "--device: this program was built without cuBLAS, which multiplies there");
}

TEST_CASE("bench --only engine times a device's products where it is asked to, and says which device it was") {
    const words line = {"bench", story(), "--only", "engine", "--repeat", "1"};
    const json here = run_json(with(line, {"--json"}))["engine"];
    CHECK(keys_of(here) == std::set<std::string>{"prefill_tokens_per_s", "decode_tokens_per_s", "device"});
    CHECK(here["device"].is_null());
    const json there = fake_json(with(line, {"--device", "1", "--weights", "bf16"}), {"CRIA_FAKE_DEVICES=2"})["engine"];
    CHECK(number_at(there, "prefill_tokens_per_s") > 0);
    CHECK(number_at(there, "decode_tokens_per_s") > 0);
    CHECK(there["device"] == json{{"number", 1}, {"name", "fake \x1b[31m1"}, {"weights", "bf16"}});
    // 128 tokens at once, without logits but the last one's, and 32 of one each: 36 products every time.
    const outcome text = run_fake(with(line, {"--device", "0"}), {"CRIA_FAKE_COUNT=1"});
    CHECK(text.status == 0);
    CHECK(text.err == "fake devices: " + std::to_string(33 * 36) + " products\n");
    REQUIRE(lines_of(text.out).size() == 2);
    CHECK(lines_of(text.out)[1] == "              products on device 0, fake \\x1B[31m0, with weights of f32");

    CHECK(run_cria(with(line, {"--device", "0"}), {}, without_devices).status == 3);
    for (const words& more : {words{}, words{"--only", "upload"}, words{"--only", "dequantize"}}) {
        const outcome refused = run_cria(with(with({"bench", story()}, more), {"--device", "0"}));
        CHECK(refused.status == 2);
        CHECK(refused.err == "cria: error: --device: is for --only engine: uploads go to device 0, and nothing else uses one\n");
    }
}

TEST_CASE("what goes wrong on a device is status 3, by its name, and nothing is left there") {
    struct wrong {
        words settings;
        std::string code, subject;
    };
    const temp_folder folder;
    for (const words& line : with_bench(lines_that_compute(folder))) {
        for (const auto& [settings, code, subject] : {wrong{{"CRIA_FAKE_FAULT=open"}, "device_error", "opening a multiplier"}, wrong{{"CRIA_FAKE_FAULT=product"}, "device_error", "multiplying"},
                                                      wrong{{"CRIA_FAKE_FAULT=copy"}, "device_error", "fake device"}, wrong{{"CRIA_FAKE_BYTES=1000000"}, "out_of_memory", "device memory"}}) {
            CAPTURE(line[0], settings[0]);
            const outcome ran = run_fake(with(line, {"--device", "0", "--json"}), settings);
            CHECK(ran.status == 3);  // and not 99, which would be a leak
            CHECK(ran.json_out()["error"]["code"] == code);
            CHECK(ran.json_out()["error"]["subject"] == subject);
            const outcome text = run_fake(with(line, {"--device", "0"}), settings);
            CHECK(text.status == 3);
            CHECK(text.err == "cria: error: " + ran.json_out()["error"]["message"].get<std::string>() + "\n");
        }
    }
    const std::string message = run_fake({"logits", story(), "text", "--device", "0", "--json"}, {"CRIA_FAKE_BYTES=1000000"}).json_out()["error"]["message"];
    CHECK(message.starts_with("device memory: is less than weights, their conversion and products need, expected "));
    CHECK(message.ends_with(", found 1000000"));
}

TEST_CASE("Ctrl-C ends weights on their way to a device, and products, with status 130 and nothing left") {
    const temp_folder folder;
    const auto lines = with_bench(lines_that_compute(folder));
    for (const std::string delay : {"CRIA_FAKE_DELAY_US=1500000", "CRIA_FAKE_DELAY_US=20000"}) {  // of each copy
        CAPTURE(delay);
        std::vector<std::unique_ptr<running_program>> programs;
        for (const words& line : lines) {
            const words device = with(line, {"--device", "0", "--json"});
            programs.push_back(std::make_unique<running_program>(with({CRIA_CLI_FAKE}, device), running_program::streams::pipes, words{delay}));
            REQUIRE(programs.back()->started());
            programs.back()->close_input();
        }
        ::usleep(700000);
        for (const auto& program : programs) program->interrupt();
        for (std::size_t i = 0; i < lines.size(); ++i) {
            CAPTURE(lines[i][0]);
            const std::string said = programs[i]->read_all();
            CHECK(programs[i]->wait() == 130);
            // What generate has so far is a result: it is the one that says something.
            if (said != "") CHECK((lines[i][0] == "generate" && json::parse(said, nullptr, false)["ending"] == "interrupted"));
        }
    }
}
