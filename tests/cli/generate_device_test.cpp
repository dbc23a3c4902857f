// SPDX-License-Identifier: MIT
// --device of generate, perplexity and logits on a device of this machine; skipped where there is none, or no cuBLAS.
#include <cmath>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "cli/terminal.hpp"
#include "cli/upload_tool.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

/// Whether the running test has been reported as skipped. Only that there is no device, or no library for it, is a reason.
auto skips_without_products() -> bool {
    const outcome ran = run_cria({"logits", story(), "--ids", "1", "--device", "0", "--json"});
    if (ran.status == 0) return false;
    const json error = ran.json_out()["error"];
    const bool is_for_want = error["code"] == "no_device" || error["subject"] == "cuBLAS";
    CAPTURE(ran.err);
    REQUIRE(is_for_want);
    skip(lines_of(ran.err).front());
    return true;
}

/// The lines' documents: on the CPU, and on the device as `more` says.
struct both {
    json here, there;
};
auto run_both(words line, const words& more) -> both {
    line.emplace_back("--json");
    words device = line;
    device.insert(device.end(), {"--device", "0"});
    device.insert(device.end(), more.begin(), more.end());
    return {run_json(line), run_json(device)};
}

}  // namespace

TEST_CASE("generate on a CUDA device writes the CPU's text, and says where it was") {
    if (skips_without_products()) return;
    const auto [here, there] = run_both({"generate", story(), "Once upon a time", "--temperature", "0", "-n", "64"}, {});
    CHECK(there["ids"] == here["ids"]);
    CHECK(there["text"] == here["text"]);
    CHECK(there["device"]["number"] == 0);
    CHECK(there["device"]["weights"] == "f32");
    CHECK(there["device"]["name"].get<std::string>() != "");
    CHECK(there["threads"] == here["threads"]);
    CHECK(there["timings"]["decode_tokens_per_s"].is_number());
    const outcome text = run_cria({"generate", story(), "Once upon a time", "--temperature", "0", "-n", "64", "--device", "0"});
    CHECK(text.status == 0);
    CHECK(text.err == "");
    CHECK(text.out == "Once upon a time" + here["text"].get<std::string>() + "\n");
}

TEST_CASE("perplexity on a CUDA device is the CPU's, as far as the weights' type allows") {
    if (skips_without_products()) return;
    const temp_folder folder;
    const std::string file = folder.write("tale.txt", run_cria({"generate", story(), "Once upon a time", "--seed", "1", "-n", "-1"}).out);
    struct choice {
        words more;
        double off;
    };
    for (const auto& [more, off] : {choice{{}, 1e-4}, choice{{"--weights", "f16"}, 1e-2}, choice{{"--weights", "bf16"}, 5e-2}}) {
        const auto [here, there] = run_both({"perplexity", story(), file, "--context", "64"}, more);
        CAPTURE(there["device"].dump(), there["perplexity"].get<double>(), here["perplexity"].get<double>());
        CHECK(std::fabs(there["perplexity"].get<double>() / here["perplexity"].get<double>() - 1) <= off);
        CHECK(there["scored_tokens"] == here["scored_tokens"]);
    }
}

TEST_CASE("logits on a CUDA device are within a ten-thousandth of the largest") {
    if (skips_without_products()) return;
    const auto [here, there] = run_both({"logits", story(), "Once upon a time there was a badger", "--top", "2560"}, {});
    REQUIRE(here["positions"].size() == there["positions"].size());
    for (std::size_t i = 0; i < here["positions"].size(); ++i) {
        const auto logits_of = [](const json& row) {
            std::vector<double> logits(row["top"].size());
            for (const json& token : row["top"]) logits.at(token["id"].get<std::size_t>()) = token["logit"].get<double>();
            return logits;
        };
        const auto wanted = logits_of(here["positions"][i]), found = logits_of(there["positions"][i]);
        REQUIRE(wanted.size() == 2560);
        REQUIRE(found.size() == wanted.size());
        double largest = 0, apart = 0;
        for (std::size_t id = 0; id < wanted.size(); ++id) {
            largest = std::fmax(largest, std::fabs(wanted[id]));
            apart = std::fmax(apart, std::fabs(found[id] - wanted[id]));
        }
        CAPTURE(i, largest, apart);
        CHECK(apart <= 1e-4 * largest);
        CHECK(there["positions"][i]["top"][0]["id"] == here["positions"][i]["top"][0]["id"]);
    }
}

TEST_CASE("products on a CUDA device that is not there are status 3") {
    if (skips_without_products()) return;
    const outcome ran = run_cria({"generate", story(), "Once", "--device", "1000", "--json"});
    CHECK(ran.status == 3);
    CHECK(ran.json_out()["error"]["code"] == "no_device");
    CHECK(ran.json_out()["error"]["subject"] == "device 1000");
}

TEST_CASE("Ctrl-C ends a text of a CUDA device with status 130") {
    if (skips_without_products()) return;
    running_program program({CRIA_CLI, "generate", story(), "Once upon a time", "-n", "-1", "--ignore-eos", "--seed", "1", "--context", "100000", "--device", "0"}, running_program::streams::pipes);
    REQUIRE(program.started());
    program.close_input();
    ::usleep(30000);  // it takes longer than that to begin
    program.interrupt();
    CHECK(program.wait() == 130);
}
