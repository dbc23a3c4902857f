// SPDX-License-Identifier: MIT
#include "cria/upload/executor.hpp"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/temp_file.hpp"
#include "support/upload_case.hpp"
#include "support/upload_runs.hpp"

namespace upload = cria::upload;
using cria::errc;
using cria_test::all_ways;
using cria_test::call;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::held;
using cria_test::how;
using cria_test::upload_case;
using cria_test::way;
using cria_test::work_order;
using upload::source_mode;
using upload::verification;

TEST_CASE("uploads of the same file at the same time, on the same device, from one ring, do not disturb one another") {
    upload_case files;
    const std::uint32_t file = files.add_file(400'000);
    for (std::uint64_t i = 0; i < 40; ++i) files.add(file, i * 9990, 9900);
    const auto plan = files.plan({256, 16'384, 0, 1});
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where));
        fake_options devices;
        devices.order = work_order::by_itself;
        fake_runtime device(devices);
        {
            upload::ring<fake_runtime> kept(device);
            const auto sources = files.sources(each.where);
            std::vector<cria::result<upload::resident<fake_runtime>>> done;
            for (int i = 0; i < 4; ++i) done.emplace_back(cria::error{errc::cancelled, "not run"});
            std::vector<std::thread> threads;
            for (std::size_t i = 0; i < done.size(); ++i) {
                threads.emplace_back([&, i] {
                    how options;
                    options.how = each.mode;
                    options.n_workers = 2;
                    options.verify = verification::full;
                    options.kept = &kept;
                    done[i] = upload::execute(device, plan, std::span<const upload::source>(sources), options);
                });
            }
            for (std::thread& one : threads) one.join();
            for (const auto& one : done) {
                if (one) files.check(plan, one->arenas());
                // A page can be pinned once: who comes second, and asked for that way, is told.
                else if (each.mode == source_mode::registered) REQUIRE(one.error().native == 712);
                else FAIL(one.error().message());
            }
        }
        cria_test::check_clean(device);
    }
}

TEST_CASE("twenty thousand small tensors arrive, each in its place") {
    upload_case files;
    const std::uint32_t file = files.add_file(2'600'000);
    cria_test::random_numbers random(5);
    std::uint64_t at = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t size = 1 + random.below(96);
        files.add(file, at, size, static_cast<std::uint32_t>(random.below(2)));
        at += size + (random.below(2) == 0 ? 32 : 0);
    }
    const auto plan = files.plan({32, 65'536, 0, 2});
    for (upload::item& each : files.items) each.device = 0;
    const auto plan_of_one = files.plan({32, 65'536, 0, 1});
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        if (each.where == held::owned || each.where == held::alone) continue;
        const bool is_one = each.mode == source_mode::registered;
        CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where));
        fake_options devices;
        devices.n_devices = 2;
        fake_runtime device(devices);
        {
            how options;
            options.how = each.mode;
            options.n_workers = 2;
            options.verify = verification::checksum;
            const auto sources = files.sources(each.where);
            const auto done = upload::execute(device, is_one ? plan_of_one : plan, std::span<const upload::source>(sources), options);
            if (!done) FAIL(done.error().message());
            const auto wanted = files.expected(is_one ? plan_of_one : plan);
            for (std::size_t d = 0; d < wanted.size(); ++d) {
                const bool is_equal = std::memcmp(done->arenas()[d].address, wanted[d].data(), wanted[d].size()) == 0;
                REQUIRE(is_equal);
            }
            // One transfer a chunk where slots are filled by this program.
            if (each.mode == source_mode::mapped) REQUIRE(device.n_calls(call::copy_to_device) == plan.chunk_count(0) + plan.chunk_count(1));
        }
        cria_test::check_clean(device);
    }
}

#if !defined(_WIN32)

TEST_CASE("one tensor of 40 GB arrives whole, in every way", "[slow]") {
    if (sizeof(std::size_t) < 8) return cria_test::skip("the address space is too small");
    constexpr std::uint64_t gib = std::uint64_t{1} << 30U;
    constexpr std::uint64_t size = 40 * gib + 12'345;
    const cria_test::temp_folder folder;
    const std::string path = folder.path("large");
    // Zeros, but for eight bytes here and there: around what 32 bits reach, at odd places, at both ends.
    const std::vector<std::uint64_t> marks = {0, 4 * gib - 4, 4 * gib + 100, 8 * gib - 1, 17 * gib + 77, 32 * gib - 3, 40 * gib + 1, size - 8};
    const auto mark_of = [](std::uint64_t at) { return (at + 1) * 0x9E3779B97F4A7C15U; };
    {
        std::ofstream out(path, std::ios::binary);
        for (const std::uint64_t at : marks) {
            const std::uint64_t mark = mark_of(at);
            out.seekp(static_cast<std::streamoff>(at));
            out.write(reinterpret_cast<const char*>(&mark), sizeof mark);
        }
        if (!out) return cria_test::skip("the file system takes no sparse file of 40 GB");
    }
    const auto mapped = cria::io::mapped_file::open(path);
    REQUIRE(mapped.has_value());
    REQUIRE(mapped->size_bytes() == size);
    const upload::source sources[] = {upload::source_of(*mapped)};
    const upload::item tensor{"large", 0, 0, size, 0};
    const auto plan = upload::make_plan(std::span(&tensor, 1));
    REQUIRE(plan.has_value());
    for (const source_mode mode : {source_mode::mapped, source_mode::read, source_mode::registered, source_mode::direct}) {
        if (mode == source_mode::direct && !cria::io::direct_file::open(mapped->file())) continue;
        CAPTURE(static_cast<int>(mode));
        fake_options devices;
        devices.device_bytes = 64 * gib;
        devices.is_sparse = true;
        fake_runtime device(devices);
        {
            how options;
            options.how = mode;
            options.n_workers = mode == source_mode::direct ? 0 : 2;
            options.verify = verification::placement;
            options.release_page_cache = true;
            const auto done = upload::execute(device, *plan, sources, options);
            if (!done) FAIL(done.error().message());
            for (const std::uint64_t at : marks) {
                CAPTURE(at);
                const std::uint64_t mark = mark_of(at);
                const bool is_there = std::memcmp(done->arenas()[0].address + at, &mark, sizeof mark) == 0;
                REQUIRE(is_there);
            }
            REQUIRE(done->report().size_bytes >= size);
            REQUIRE(device.copied_bytes() >= size);
            REQUIRE(device.most_pinned_bytes() <= std::uint64_t{256} << 20U);
        }
        cria_test::check_clean(device);
    }
}

#endif
