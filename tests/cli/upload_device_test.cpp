// SPDX-License-Identifier: MIT
// cria upload, bench and fit on the devices of this machine; skipped where there are none.
#include <cstdint>
#include <string>

#include "cli/program.hpp"
#include "cli/terminal.hpp"
#include "cli/upload_tool.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

/// Whether the running test has been reported as skipped, for want of a device. Only that there is none is a reason.
auto skips_without_device(std::uint32_t number = 0) -> bool {
    const outcome ran = run_cria({"upload", story(), "--json", "--devices", std::to_string(number)});
    if (ran.status == 0) return false;
    REQUIRE(ran.json_out()["error"]["code"] == "no_device");
    skip(lines_of(ran.err).front());
    return true;
}

}  // namespace

TEST_CASE("every way and every proof brings the same bytes to a CUDA device") {
    if (skips_without_device()) return;
    // A device computes what the processor does for the fake one.
    CHECK(digests_of_all_ways([](const words& line) { return run_cria(line); }) == digests_of_all_ways([](const words& line) { return run_fake(line); }));
}

TEST_CASE("the document of an upload to a CUDA device is of one upload") {
    if (skips_without_device()) return;
    const json found = run_json({"upload", story(), "--json"});
    check_document(found);
    CHECK(found["devices"][0]["device"] == 0);
    const outcome text = run_cria({"upload", story()});
    CHECK(text.status == 0);
    CHECK(text.err == "");
    CHECK(text.out.starts_with("weights   47 tensors, 2.50 MiB on device 0\n"));
}

TEST_CASE("two CUDA devices get their layers, with the digest that two fake ones have") {
    if (skips_without_device(1)) return;
    const words line = {"upload", story(), "--devices", "0,1", "--verify", "full", "--json"};
    const json found = run_json(line);
    check_document(found);
    CHECK(found["placed_by"] == "layer");
    CHECK(found["digest"] == run_fake(line, {"CRIA_FAKE_DEVICES=2"}).json_out()["digest"]);
}

TEST_CASE("a CUDA device that is not there is status 3") {
    if (skips_without_device()) return;
    const outcome ran = run_cria({"upload", story(), "--devices", "1000", "--json"});
    CHECK(ran.status == 3);
    CHECK(ran.json_out()["error"]["code"] == "no_device");
    CHECK(ran.json_out()["error"]["subject"] == "device 1000");
}

TEST_CASE("Ctrl-C ends an upload to a CUDA device with status 130") {
    if (skips_without_device()) return;
    running_program program({CRIA_CLI, "upload", story()}, running_program::streams::pipes);
    REQUIRE(program.started());
    ::usleep(30000);  // it takes longer than that to begin
    program.interrupt();
    CHECK(program.wait() == 130);
    CHECK(program.read_all() == "");
}

TEST_CASE("bench times uploads to a CUDA device") {
    if (skips_without_device()) return;
    check_figures(run_json({"bench", story(), "--only", "upload", "--repeat", "3", "--json"})["upload"]);
    check_figures(run_json({"bench", story(), "--repeat", "1", "--json"})["upload"]);
}

TEST_CASE("fit asks CUDA devices how much is free") {
    if (skips_without_device()) return;
    const json found = run_json({"fit", story(), "--json"});
    REQUIRE(!found["devices"].empty());
    for (const json& device : found["devices"]) {
        CHECK(device["memory_bytes"].get<std::uint64_t>() > 0);
        CHECK(device["name"].get<std::string>() != "");
    }
    CHECK(found["fits"] == true);
}
