// SPDX-License-Identifier: MIT
#include "cria/upload/executor.hpp"

#include <cstdint>
#include <span>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/upload_case.hpp"
#include "support/upload_runs.hpp"

namespace upload = cria::upload;
using cria::errc;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::fill_chunks;
using cria_test::held;
using cria_test::how;
using cria_test::upload_case;
using upload::source_mode;

TEST_CASE("what does not fit together is refused with a typed error, and nothing is left") {
    upload_case files;
    const auto plan = fill_chunks(files, 2);
    auto sources = files.sources();
    fake_options devices;
    devices.n_devices = 2;
    fake_runtime device(devices);
    how options;
    const auto refused = [&](errc code) {
        const auto why = cria_test::failure_of(device, plan, sources, options);
        CAPTURE(why.message());
        REQUIRE(why.code == code);
        REQUIRE(device.copied_bytes() == 0);
        cria_test::check_clean(device);
    };
    SECTION("no sources") {
        sources.clear();
        refused(errc::invalid_argument);
    }
    SECTION("a source of nothing") {
        sources[0] = upload::source{};
        sources[0].name = "nothing";
        refused(errc::invalid_argument);
    }
    SECTION("a source that is too short") {
        sources[0].bytes = sources[0].bytes.first(60'000);
        refused(errc::out_of_range);
    }
    SECTION("a file that is too short") {
        sources[0].bytes = {};
        sources[0].offset_bytes = 30'000;
        refused(errc::out_of_range);
        sources[0].offset_bytes = ~std::uint64_t{0};
        refused(errc::out_of_range);
    }
    SECTION("too many workers") {
        options.n_workers = upload::max_workers + 1;
        refused(errc::invalid_argument);
    }
    SECTION("devices that are not one each") {
        const std::uint32_t numbers[] = {0};
        options.devices = numbers;
        refused(errc::invalid_argument);
    }
    SECTION("a device that is not there") {
        const std::uint32_t numbers[] = {0, 2};
        options.devices = numbers;
        refused(errc::no_device);
    }
    SECTION("streams that are not one each") {
        const fake_runtime::stream streams[] = {{1}};
        options.after = streams;
        refused(errc::invalid_argument);
    }
    SECTION("arenas that are not one each, too small or not aligned") {
        std::byte* const somewhere = reinterpret_cast<std::byte*>(std::uintptr_t{4096});
        upload::arena_memory arenas[] = {{somewhere, 1'000'000}, {somewhere, 1'000'000}};
        options.arenas = std::span<const upload::arena_memory>(arenas).first(1);
        refused(errc::invalid_argument);
        options.arenas = arenas;
        arenas[1].size_bytes = plan.arenas()[1].size_bytes - 1;
        refused(errc::invalid_argument);
        arenas[1].size_bytes = 1'000'000;
        arenas[1].address = somewhere + 64;
        refused(errc::invalid_argument);
        arenas[1].address = nullptr;
        refused(errc::invalid_argument);
    }
    SECTION("ways that the sources do not have") {
        sources = files.sources(held::alone);
        options.how = source_mode::read;
        refused(errc::unsupported_feature);
        options.how = source_mode::direct;
        refused(errc::unsupported_feature);
        options.how = source_mode::registered;
        refused(errc::unsupported_feature);
        sources = files.sources(held::in_file);
        options.how = source_mode::mapped;
        refused(errc::unsupported_feature);
        options.how = source_mode::registered;
        refused(errc::unsupported_feature);
    }
    SECTION("registering for two devices at a time") {
        options.how = source_mode::registered;
        refused(errc::unsupported_feature);
    }
}

TEST_CASE("registering is refused by a device that cannot pin a mapping") {
    upload_case files;
    const auto plan = fill_chunks(files, 1);
    const auto sources = files.sources();
    fake_options devices;
    devices.pins_read_only = false;
    fake_runtime device(devices);
    how options;
    options.how = source_mode::registered;
    REQUIRE(cria_test::failure_of(device, plan, sources, options).code == errc::unsupported_feature);
    cria_test::check_clean(device);
}

TEST_CASE("memory of another device than was meant is errc::not_resident") {
    upload_case files;
    const auto plan = fill_chunks(files, 1);
    const auto sources = files.sources();
    fake_runtime device(fake_options{2});
    const std::uint64_t size = plan.arenas()[0].size_bytes;
    const auto memory = device.allocate(size);
    REQUIRE(memory.has_value());
    const upload::arena_memory elsewhere[] = {{*memory, size}};
    const std::uint32_t numbers[] = {1};
    how options;
    options.arenas = elsewhere;
    options.devices = numbers;
    REQUIRE(cria_test::failure_of(device, plan, sources, options).code == errc::not_resident);
    REQUIRE(device.release(*memory).has_value());
    cria_test::check_clean(device);
}
