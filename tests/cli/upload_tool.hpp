// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_CLI_UPLOAD_TOOL_HPP
#define CRIA_TESTS_CLI_UPLOAD_TOOL_HPP

#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "cria/io/direct_file.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/processors.hpp"
#include "support/catch.hpp"

// The tool on a machine with devices: cria_cli_fake, whose devices are in host memory, or the tool as it is where there are
// some. What holds of any upload is said here for both.

namespace cria_test {

using words = std::vector<std::string>;

inline auto story() -> std::string { return std::string(CRIA_MODELS_DIR) + "/story-2m.gguf"; }

/// The tool with devices in host memory; device_fake.cpp has the settings.
inline auto run_fake(const words& arguments, const words& settings = {}) -> outcome {
    words line = {CRIA_CLI_FAKE};
    line.insert(line.end(), arguments.begin(), arguments.end());
    return run_program(line, {}, settings);
}

inline auto fake_json(words arguments, const words& settings = {}) -> json {
    arguments.emplace_back("--json");
    const outcome ran = run_fake(arguments, settings);
    CHECK(ran.status == 0);
    CHECK(ran.err == "");
    json document = ran.json_out();
    REQUIRE(document.is_object());
    return document;
}

inline auto keys_of(const json& document) -> std::set<std::string> {
    std::set<std::string> keys;
    for (const auto& [key, value] : document.items()) keys.insert(key);
    return keys;
}

inline auto number_at(const json& row, const char* key) -> double { return row[key].get<double>(); }

/// The same number, but for how it was rounded on its way.
inline auto is_about(double a, double b) -> bool { return std::fabs(a - b) <= 1e-9 * std::fabs(b); }

/// Uploads the sample model in every way that its file system has, with every proof, in chunks that do not divide it.
template <class Run>
auto digests_of_all_ways(Run run) -> std::set<std::string> {
    std::set<std::string> digests;
    const auto file = cria::io::native_file::open(story());
    REQUIRE(file);
    const bool reads_direct = cria::io::direct_file::open(*file).has_value();
    for (const std::string source : {"auto", "mmap", "read", "direct", "registered"}) {
        if (source == "direct" && !reads_direct) continue;
        for (const std::string verify : {"auto", "placement", "checksum", "full"}) {
            CAPTURE(source, verify);
            const outcome ran = run(words{"upload", story(), "--source", source, "--verify", verify, "--chunk", "200KiB", "--json"});
            CHECK(ran.status == 0);
            CHECK(ran.err == "");
            const json found = ran.json_out();
            REQUIRE(found.is_object());
            if (source != "auto") CHECK(found["source"] == source);
            if (verify != "auto") CHECK(found["verified"] == verify);
            CHECK(found["digest"].is_null() == (found["verified"] == "placement"));
            if (found["digest"].is_string()) digests.insert(found["digest"].get<std::string>());
            CHECK(found["bytes"] == 2619648);
        }
    }
    return digests;
}

/// What can be said of the document of any upload.
inline void check_document(const json& found) {
    CHECK(keys_of(found) == std::set<std::string>{"model", "bytes", "tensors", "seconds", "prepare_seconds", "copy_seconds", "verify_seconds", "GBps", "link_GBps", "share", "source", "workers",
                                                  "chunk_bytes", "pinned_bytes", "cached_share", "verified", "digest", "placed_by", "devices", "host"});
    CHECK(keys_of(found["host"]) == std::set<std::string>{"tensors", "bytes"});
    for (const char* const key : {"bytes", "tensors", "workers", "chunk_bytes", "pinned_bytes"}) CHECK(found[key].is_number_unsigned());
    CHECK(number_at(found, "copy_seconds") > 0);
    CHECK(number_at(found, "seconds") >= number_at(found, "prepare_seconds") + number_at(found, "copy_seconds") + number_at(found, "verify_seconds"));
    CHECK(is_about(number_at(found, "GBps"), number_at(found, "bytes") / number_at(found, "copy_seconds") / 1e9));
    CHECK(is_about(number_at(found, "share"), number_at(found, "GBps") / number_at(found, "link_GBps")));
    CHECK(number_at(found, "workers") > 0);
    CHECK((found["cached_share"].is_null() || (number_at(found, "cached_share") >= 0 && number_at(found, "cached_share") <= 1)));
    std::uint64_t bytes = 0;
    double link = 0;
    for (const json& device : found["devices"]) {
        CHECK(keys_of(device) == std::set<std::string>{"device", "name", "tensors", "bytes", "arena_bytes", "copy_seconds", "GBps", "link_GBps", "share", "free_bytes_before", "free_bytes_after"});
        for (const char* const key : {"device", "tensors", "bytes", "arena_bytes", "free_bytes_before", "free_bytes_after"}) CHECK(device[key].is_number_unsigned());
        CHECK(device["name"].get<std::string>() != "");
        bytes += device["bytes"].get<std::uint64_t>();
        if (device["bytes"] == 0) {
            for (const char* const key : {"link_GBps", "share"}) CHECK(device[key].is_null());
            CHECK(device["GBps"] == 0.0);
            continue;
        }
        link += number_at(device, "link_GBps");
        CHECK(number_at(device, "link_GBps") > 0);
        CHECK(is_about(number_at(device, "share"), number_at(device, "GBps") / number_at(device, "link_GBps")));
        CHECK(number_at(device, "copy_seconds") <= number_at(found, "copy_seconds"));
        CHECK(number_at(device, "arena_bytes") >= number_at(device, "bytes"));
    }
    CHECK(bytes == found["bytes"]);
    CHECK(is_about(link, number_at(found, "link_GBps")));
}

/// What `bench` says of uploads.
inline void check_figures(const json& found) {
    CHECK(keys_of(found) == std::set<std::string>{"GBps", "link_GBps", "share", "cores", "source"});
    CHECK(number_at(found, "GBps") > 0);
    CHECK(number_at(found, "link_GBps") > 0);
    CHECK(is_about(number_at(found, "share"), number_at(found, "GBps") / number_at(found, "link_GBps")));
    CHECK(found["cores"] == cria::io::usable_processors());
    CHECK(std::set<std::string>{"mmap", "read", "direct", "registered"}.contains(found["source"].get<std::string>()));
}

}  // namespace cria_test

#endif  // CRIA_TESTS_CLI_UPLOAD_TOOL_HPP
