// SPDX-License-Identifier: MIT
// cria upload, and what else of the tool asks for devices, wherever it runs: with devices in host memory, or with none.
// upload_device_test.cpp has real ones.
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "cli/shard_set.hpp"
#include "cli/terminal.hpp"
#include "cli/upload_tool.hpp"
#include "cria/gguf/file.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/llama/weights.hpp"
#include "cria/upload/plan_json.hpp"
#include "cria/upload/plan_text.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

namespace gguf = cria::gguf;
namespace llama = cria::llama;
namespace upload = cria::upload;

/// A model of 2 GiB of a hole; empty where the system has no files with holes.
auto large_model(const temp_folder& folder) -> std::string {
    const std::string path = folder.write("large.gguf", gguf_builder().tensor("large", {std::uint64_t{1} << 29U}, ::cria::tensor_type::f32).build());
    std::error_code failed;
    std::filesystem::resize_file(path, (std::uint64_t{1} << 31U) + std::filesystem::file_size(path), failed);
    return failed ? std::string() : path;
}

const words slow = {"CRIA_FAKE_DELAY_US=20000", "CRIA_FAKE_BYTES=4294967296"};

}  // namespace

TEST_CASE("uploads without a device are status 3, a line that says what is missing, and with --json a document") {
    for (const std::string command : {"upload", "bench"}) {
        CAPTURE(command);
        words line = {command, story()};
        if (command == "bench") line.insert(line.end(), {"--only", "upload"});
        const outcome ran = run_cria(line, {}, without_devices);
        CHECK(ran.status == 3);
        CHECK(ran.out == "");
        const std::set<std::string> sentences = {"this program was built without CUDA", "there is no CUDA driver", "there is no CUDA device"};
        REQUIRE(ran.err.starts_with("cria: error: device: "));
        CHECK(sentences.contains(lines_of(ran.err).front().substr(21)));
        line.emplace_back("--json");
        const outcome document = run_cria(line, {}, without_devices);
        CHECK(document.status == 3);
        CHECK(document.err == ran.err);
        const json error = document.json_out()["error"];
        CHECK(error["code"] == "no_device");
        CHECK(error["offset"].is_null());
        CHECK("cria: error: " + error["message"].get<std::string>() + "\n" == ran.err);
    }
    CHECK(run_fake({"upload", story()}, {"CRIA_FAKE_DEVICES=0"}).err == "cria: error: device: there is no fake device\n");
    // That a model is not one is said first.
    CHECK(run_cria({"upload", story() + ".none"}, {}, without_devices).status == 1);
}

TEST_CASE("--plan is the library's plan, as text and as JSON, without any device") {
    const auto file = gguf::file::open(story());
    REQUIRE(file);
    for (const std::uint64_t chunk : {std::uint64_t{4} << 20U, std::uint64_t{4} << 10U, std::uint64_t{1} << 30U}) {
        CAPTURE(chunk);
        const auto plan = llama::plan_upload(file->tensors(), {.chunk_bytes = chunk});
        REQUIRE(plan);
        const words line = {"upload", story(), "--plan", "--chunk", std::to_string(chunk)};
        const outcome text = run_cria(line, {}, without_devices);
        CHECK(text.status == 0);
        CHECK(text.err == "");
        CHECK(text.out == "47 tensors on device 0\n" + to_text(*plan));
        words with_json = line;
        with_json.emplace_back("--json");
        const json found = run_json(with_json, without_devices);
        CHECK(keys_of(found) == std::set<std::string>{"model", "placed_by", "devices", "files", "tensors", "host", "plan"});
        CHECK(found["model"] == story());
        CHECK(found["placed_by"] == "model");
        CHECK(found["devices"] == json::array({0}));
        CHECK(found["files"] == json::array({story()}));
        CHECK(found["host"] == json{{"tensors", 0}, {"bytes", 0}});
        REQUIRE(found["tensors"].size() == file->tensors().size());
        for (std::size_t i = 0; i < found["tensors"].size(); ++i) CHECK(found["tensors"][i] == std::string(file->tensors()[i].name));
        CHECK(found["plan"] == json::parse(to_json(*plan, upload::plan_detail::copies)));
    }
}

TEST_CASE("several devices get whole layers, and tensors without a role stay on the host") {
    const model_file model(tiny_llama().tensor("some.adapter", {32}, ::cria::tensor_type::f32));
    const auto file = gguf::file::open(model.path());
    REQUIRE(file);
    const auto numbers = llama::hyperparameters_from(file->metadata());
    REQUIRE(numbers);
    const auto weights = llama::weights_from(file->tensors(), *numbers);
    REQUIRE(weights);
    const std::uint64_t shares[] = {1, 1};
    const auto placement = llama::place_by_layer(file->tensors(), *weights, shares);
    REQUIRE(placement);
    const auto plan = llama::plan_upload(file->tensors(), *placement);
    REQUIRE(plan);

    const json found = run_json({"upload", model.path(), "--plan", "--devices", "5,1", "--json"}, without_devices);
    CHECK(found["placed_by"] == "layer");
    CHECK(found["devices"] == json::array({5, 1}));
    CHECK(found["host"] == json{{"tensors", 1}, {"bytes", 128}});
    CHECK(found["plan"] == json::parse(to_json(*plan, upload::plan_detail::copies)));
    for (std::size_t i = 0; i < found["tensors"].size(); ++i) {
        const std::string name = found["tensors"][i];
        CHECK(name == std::string(file->tensors()[placement->entries()[i].tensor].name));
        if (name.starts_with("blk.0.") || name.starts_with("token_embd")) CHECK(found["plan"]["placements"][i]["device"] == 0);
        if (name.starts_with("blk.1.") || name.starts_with("output")) CHECK(found["plan"]["placements"][i]["device"] == 1);
    }
    const outcome text = run_cria({"upload", model.path(), "--plan", "--devices", "5,1"}, {}, without_devices);
    CHECK(text.out == "21 tensors, by layer, on devices 5, 1, counted from 0 below; 1 tensor on the host\n" + to_text(*plan));
    CHECK(run_cria({"upload", model.path(), "--plan", "--devices", "0,1"}).out.starts_with("21 tensors, by layer, on devices 0, 1; 1 tensor on the host\n"));
    // One device has all of it.
    CHECK(run_cria({"upload", model.path(), "--plan", "--devices", "3"}).out.starts_with("22 tensors on device 3, counted from 0 below\n"));
}

TEST_CASE("of an architecture that is not known, devices get about as many bytes each") {
    const model_file model(tiny_llama().without_key("general.architecture").key("general.architecture", "falcon"));
    const auto file = gguf::file::open(model.path());
    REQUIRE(file);
    const auto placement = llama::place_by_size(file->tensors(), 3);
    REQUIRE(placement);
    const auto plan = llama::plan_upload(file->tensors(), *placement);
    REQUIRE(plan);
    const json found = run_json({"upload", model.path(), "--plan", "--devices", "0,1,2", "--json"}, without_devices);
    CHECK(found["placed_by"] == "size");
    CHECK(found["host"]["tensors"] == 0);
    CHECK(found["plan"] == json::parse(to_json(*plan, upload::plan_detail::copies)));
}

TEST_CASE("a set of shards is uploaded as the model that it is") {
    const shard_set set;
    const json found = run_json({"upload", set.second(), "--plan", "--json"}, without_devices);
    CHECK(found["files"] == json::array({set.first(), set.second()}));
    CHECK(found["tensors"].size() == 21);
    const auto digest_of = [](const std::string& path) { return fake_json({"upload", path, "--verify", "full"}); };
    CHECK(digest_of(set.second())["bytes"] == digest_of(set.first())["bytes"]);
    CHECK(digest_of(set.second())["digest"] == digest_of(set.first())["digest"]);
}

TEST_CASE("upload refuses what it cannot do by status and name") {
    const std::string model = story();
    const std::vector<std::pair<words, std::string>> wrong = {
        {{"--devices", ""}, "--devices: takes different numbers below 1024 with commas between them, such as 0,1; found "},
        {{"--devices", "0,0"}, "--devices: takes "},
        {{"--devices", "0,"}, "--devices: takes "},
        {{"--devices", "-1"}, "--devices: takes "},
        {{"--devices", "all"}, "--devices: takes "},
        {{"--devices", "1024"}, "--devices: takes "},
        {{"--devices", "18446744073709551616"}, "--devices: takes "},
        {{"--chunk", "4095"}, "--chunk: takes a size from 4KiB to 1GiB; found 4095"},
        {{"--chunk", "0"}, "--chunk: takes "},
        {{"--chunk", "1073741825"}, "--chunk: takes "},
        {{"--chunk", "much"}, "--chunk: takes "},
        {{"--chunk", "4Mib"}, "--chunk: takes "},
        {{"--workers", "0"}, "--workers: takes a number from 1 to 256; found 0"},
        {{"--workers", "257"}, "--workers: takes "},
        {{"--workers", "-1"}, "--workers: takes "},
        {{"--source", "mapped"}, "--source: takes auto, mmap, read, direct, registered; found mapped"},
        {{"--verify", "none"}, "--verify: takes auto, placement, checksum, full; found none"},
        {{"--devices", "0,1", "--source", "registered"}, "--source: registered is for one device"},
    };
    for (const auto& [options, sentence] : wrong) {
        CAPTURE(sentence, options);
        words line = {"upload", model};
        line.insert(line.end(), options.begin(), options.end());
        const outcome ran = run_cria(line);
        CHECK(ran.status == 2);
        CHECK(ran.out == "");
        CHECK(ran.err.starts_with("cria: error: " + sentence));
        CHECK(lines_of(ran.err).size() == 1);
        line.emplace_back("--json");
        CHECK(run_cria(line).json_out()["error"]["code"] == "invalid_argument");
    }
    CHECK(run_fake({"upload", model, "--devices", "1023", "--chunk", "4KiB", "--workers", "256"}, {"CRIA_FAKE_DEVICES=1024"}).status == 0);
    CHECK(run_fake({"upload", model, "--chunk", "1GiB"}).status == 0);

    const model_file bare(gguf_builder().key("some.key", std::uint32_t{1}));
    for (const words& line : {words{"upload", bare.path()}, {"upload", bare.path(), "--plan"}, {"bench", bare.path(), "--only", "upload"}}) {
        const outcome ran = run_fake(line);
        CHECK(ran.status == 1);
        CHECK(ran.err == "cria: error: tensors: there are none: a vocabulary, not a model\n");
    }
}

TEST_CASE("every way and every proof brings the same bytes to a device") {
    const std::set<std::string> fake = digests_of_all_ways([](const words& line) { return run_fake(line); });
    REQUIRE(fake.size() == 1);
    CHECK(fake.begin()->size() == 16);
    CHECK(fake.begin()->find_first_not_of("0123456789abcdef") == std::string::npos);
}

TEST_CASE("the document of an upload has the keys that the manual names, and its numbers are of one upload") {
    const json one = fake_json({"upload", story(), "--source", "mmap", "--chunk", "64KiB", "--workers", "3", "--verify", "checksum"});
    check_document(one);
    CHECK(one["model"] == story());
    CHECK(one["tensors"] == 47);
    CHECK(one["workers"] == 3);
    CHECK(one["chunk_bytes"] == 65536);
    CHECK(one["pinned_bytes"].get<std::uint64_t>() >= 2 * 65536);
    CHECK(one["placed_by"] == "model");
    REQUIRE(one["devices"].size() == 1);
    CHECK(one["devices"][0]["device"] == 0);
    CHECK(one["devices"][0]["name"] == "fake \x1b[31m0");
    CHECK(one["devices"][0]["free_bytes_before"] == std::uint64_t{1} << 30U);
    CHECK(one["devices"][0]["free_bytes_before"].get<std::uint64_t>() - one["devices"][0]["free_bytes_after"].get<std::uint64_t>() == one["devices"][0]["arena_bytes"]);

    // Five layers on seven devices: some have nothing.
    const json many = fake_json({"upload", story(), "--devices", "6,5,4,3,2,1,0"}, {"CRIA_FAKE_DEVICES=7"});
    check_document(many);
    CHECK(many["placed_by"] == "layer");
    CHECK(many["tensors"] == 47);
    REQUIRE(many["devices"].size() == 7);
    std::size_t n_without = 0;
    for (std::size_t i = 0; i < 7; ++i) {
        CHECK(many["devices"][i]["device"] == 6 - i);
        n_without += many["devices"][i]["bytes"] == 0 ? 1U : 0U;
    }
    CHECK(n_without >= 2);

    const std::string manual = read_text(std::string(CRIA_MODELS_DIR) + "/../../docs/cli.md");
    const std::size_t begin = manual.find("## `cria upload ");
    REQUIRE(begin != std::string::npos);
    const std::string section = manual.substr(begin, manual.find("\n## ", begin) - begin);
    for (const json& document : {many, many["devices"][0], fake_json({"upload", story(), "--plan"})})
        for (const std::string& key : keys_of(document)) {
            CAPTURE(key);
            CHECK(contains(section, "`" + key + "`"));
        }
}

TEST_CASE("people are told what was uploaded, how fast beside the link, and what is proven") {
    const outcome ran = run_fake({"upload", story(), "--source", "read", "--verify", "full", "--chunk", "1MiB"});
    CHECK(ran.status == 0);
    CHECK(ran.err == "");
    const auto lines = lines_of(ran.out);
    REQUIRE(lines.size() >= 7);
    CHECK(lines[0] == "weights   47 tensors, 2.50 MiB on device 0");
    CHECK(lines[1].starts_with("copied    in "));
    CHECK(contains(lines[1], " GB/s of the link"));
    CHECK(lines[2].starts_with("way       read, 1 worker, chunks of 1.00 MiB, "));
    CHECK(contains(ran.out, "\nphases    prepare "));
    CHECK(contains(ran.out, "\nproven    full: "));
    CHECK(contains(ran.out, "\ndigest    "));
    CHECK(lines.back().starts_with("device 0  fake \\x1B[31m0: 47 tensors, 2.50 MiB, "));  // not as a terminal would take it
    CHECK(contains(lines.back(), " GB/s of its link"));

    const outcome two = run_fake({"upload", model_file(tiny_llama().tensor("some.adapter", {32}, ::cria::tensor_type::f32)).path(), "--devices", "1,0", "--verify", "placement"},
                                 {"CRIA_FAKE_DEVICES=2"});
    CHECK(two.out.starts_with("weights   21 tensors, 143 KiB, by layer, on devices 1, 0\n          1 tensor, 128 bytes, stay on the host\ncopied "));
    CHECK(contains(two.out, " GB/s of all links\n"));
    CHECK(contains(two.out, "\nproven    placement: "));
    CHECK(!contains(two.out, "\ndigest"));
    CHECK(contains(two.out, "\ndevice 1  fake "));
    CHECK(contains(two.out, "\ndevice 0  fake "));
    const outcome spare = run_fake({"upload", story(), "--devices", "0,1,2,3,4,5,6"}, {"CRIA_FAKE_DEVICES=7"});
    CHECK(contains(spare.out, ": nothing\n"));
}

TEST_CASE("what goes wrong on a device is status 3 with a typed error, and leaves nothing there") {
    const auto error_of = [](words line, const words& settings) {
        line.insert(line.begin(), {"upload", story()});
        const outcome text = run_fake(line, settings);
        CHECK(text.status == 3);
        CHECK(text.out == "");
        CHECK(lines_of(text.err).size() == 1);
        line.emplace_back("--json");
        const outcome ran = run_fake(line, settings);
        CHECK(ran.status == 3);
        CHECK(ran.err == text.err);
        const json error = ran.json_out()["error"];
        CHECK("cria: error: " + error["message"].get<std::string>() + "\n" == ran.err);
        return error;
    };
    CHECK(error_of({"--devices", "1"}, {})["code"] == "no_device");
    CHECK(error_of({"--chunk", "64KiB"}, {"CRIA_FAKE_FAULT=copy"})["code"] == "device_error");
    CHECK(error_of({}, {"CRIA_FAKE_BYTES=1000000"})["code"] == "out_of_memory");
    CHECK(error_of({}, {"CRIA_FAKE_FAULT=driver"})["code"] == "device_error");
    CHECK(error_of({"--source", "registered"}, {"CRIA_FAKE_FAULT=pins"})["message"] == "source: the device cannot pin a mapping of a file");
    for (const std::string level : {"checksum", "full"}) {
        const json error = error_of({"--verify", level}, {"CRIA_FAKE_FAULT=bit"});
        CHECK(error["code"] == "checksum_mismatch");
        CHECK(error["subject"] == story());
        CHECK(error["offset"].is_number_unsigned());
    }
    CHECK(run_fake({"upload", story(), "--verify", "placement"}, {"CRIA_FAKE_FAULT=bit"}).status == 0);  // which is what it costs
}

TEST_CASE("Ctrl-C ends an upload with status 130 and nothing left") {
    const temp_folder folder;
    const std::string model = large_model(folder);
    if (model.empty()) return skip("no files with holes on this system");
    // mmap: what is in the page cache of a hole differs from system to system.
    running_program program({CRIA_CLI_FAKE, "upload", model, "--source", "mmap", "--verify", "placement"}, running_program::streams::pipes, slow);
    REQUIRE(program.started());
    ::usleep(500000);
    program.interrupt();
    CHECK(program.wait() == 130);  // and not 99, which would be a leak
    CHECK(program.read_all() == "");
}

TEST_CASE("an upload of over a second has a progress line on a terminal, which Ctrl-C takes away") {
    if (!has_terminals()) return skip("no pseudo-terminals on this system");
    const temp_folder folder;
    const std::string model = large_model(folder);
    if (model.empty()) return skip("no files with holes on this system");
    running_program program({CRIA_CLI_FAKE, "upload", model, "--source", "mmap", "--verify", "placement"}, running_program::streams::terminal, slow);
    REQUIRE(program.started());
    const std::string said = program.read_until("/s)");
    CHECK(contains(said, "cria: "));
    CHECK(contains(said, " of 2.00 GiB ("));
    program.interrupt();
    CHECK(program.wait() == 130);
    CHECK(program.read_all().ends_with("\r\x1b[K"));
}

TEST_CASE("bench times uploads where there is a device") {
    const json only = fake_json({"bench", story(), "--only", "upload", "--repeat", "3"});
    CHECK(only.size() == 1);
    check_figures(only["upload"]);
    const json all = fake_json({"bench", story(), "--repeat", "1"});
    check_figures(all["upload"]);
    CHECK(all.contains("open_ms"));
    const outcome text = run_fake({"bench", story(), "--only", "upload", "--repeat", "1"});
    CHECK(text.out.starts_with("upload        "));
    CHECK(lines_of(text.out).size() == 1);

    // A device that is too small is no reason not to time the rest, and one to say so.
    const words tiny = {"CRIA_FAKE_BYTES=1000000"};
    const outcome without = run_fake({"bench", story(), "--repeat", "1", "--json"}, tiny);
    CHECK(without.status == 0);
    CHECK(without.err.starts_with("cria: note: uploads are left out: "));
    CHECK(without.json_out().contains("open_ms"));
    CHECK(!without.json_out().contains("upload"));
    CHECK(run_fake({"bench", story(), "--only", "upload"}, tiny).status == 3);
    CHECK(run_fake({"bench", story(), "--only", "upload"}, {"CRIA_FAKE_FAULT=driver"}).status == 3);  // no fault of the file's
    const model_file bare(gguf_builder().key("some.key", std::uint32_t{1}));
    CHECK(!fake_json({"bench", bare.path(), "--repeat", "1"}).contains("upload"));
}

TEST_CASE("fit without --memory asks the devices that are there") {
    const words devices = {"CRIA_FAKE_DEVICES=2", "CRIA_FAKE_BYTES=2000000"};
    const outcome ran = run_fake({"fit", story(), "--reserve", "0", "--batch", "16", "--json"}, devices);
    const outcome told = run_fake({"fit", story(), "--reserve", "0", "--batch", "16", "--json", "--memory", "2000000,2000000"}, devices);
    CHECK(ran.err == "");
    CHECK(ran.status == told.status);
    json asked = ran.json_out();
    const json given = told.json_out();
    REQUIRE(asked["devices"].size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(asked["devices"][i]["name"] == "fake \x1b[31m" + std::to_string(i));
        asked["devices"][i]["name"] = nullptr;
    }
    CHECK(asked == given);

    const outcome too_small = run_fake({"fit", story()}, devices);  // beside a reserve of 1 GiB
    CHECK(too_small.status == 1);
    CHECK(contains(too_small.out, "\ndevice 0  fake \\x1B[31m0, 1.91 MiB of 1.91 MiB free\n          nothing\n"));
    CHECK(contains(too_small.out, "\nfits      no: "));
}
