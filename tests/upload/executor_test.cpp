// SPDX-License-Identifier: MIT
#include "cria/upload/executor.hpp"

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <system_error>

#if defined(__linux__)
#include <unistd.h>
#endif

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/random.hpp"
#include "support/upload_case.hpp"
#include "support/upload_runs.hpp"

namespace upload = cria::upload;
using cria_test::all_ways;
using cria_test::eight_kib;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::fill_twenty_chunks;
using cria_test::held;
using cria_test::how;
using cria_test::upload_and_check;
using cria_test::upload_case;
using cria_test::way;
using cria_test::work_order;
using upload::source_mode;
using upload::verification;

TEST_CASE("every way, with every proof, by any number of workers, brings the bytes of the files to the devices and zeros around them") {
    cria_test::random_numbers random(11);
    for (int round = 0; round < 20; ++round) {
        CAPTURE(round);
        upload_case files;
        for (std::uint64_t n = 1 + random.below(2); n > 0; --n) files.add_file(static_cast<std::size_t>(1 + random.below(60'000)));
        const auto n_devices = static_cast<std::uint32_t>(1 + random.below(3));
        files.add_random_items(random, static_cast<std::size_t>(random.below(30)), 1 + random.below(6000), n_devices);
        upload::plan_options layout;
        layout.n_devices = n_devices;
        constexpr std::uint64_t alignments[] = {1, 32, 256};
        layout.alignment_bytes = alignments[random.below(3)];
        layout.chunk_bytes = 1 + random.below(random.below(2) == 0 ? 300 : 20'000);
        layout.tail_bytes = random.below(2) * random.below(700);
        const auto plan = files.plan(layout);
        std::uint32_t n_busy = 0;
        for (std::uint32_t d = 0; d < n_devices; ++d) n_busy += plan.chunk_count(d) > 0 ? 1 : 0;
        for (const way& each : all_ways) {
            if (each.mode == source_mode::registered && n_busy > 1) continue;
            if (!cria_test::can_go(each, files)) continue;
            how options;
            options.how = each.mode;
            options.verify = cria_test::all_levels[random.below(3)];
            options.n_workers = static_cast<unsigned>(1 + random.below(8));
            options.release_page_cache = random.below(4) == 0;
            fake_options devices;
            devices.n_devices = n_devices;
            devices.order = cria_test::all_orders[random.below(3)];
            devices.seed = random.next();
            CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), options.n_workers, layout.chunk_bytes, layout.alignment_bytes);
            upload_and_check(files, plan, each.where, options, devices);
        }
    }
}

TEST_CASE("a plan of nothing is an upload of nothing, and one of padding alone an arena of zeros") {
    upload_case files;
    files.add_file(100);
    for (const bool has_items : {false, true}) {
        if (has_items) files.add(0, 10, 0);
        upload::plan_options layout;
        layout.tail_bytes = 1000;
        const auto plan = files.plan(layout);
        REQUIRE(plan.arenas()[0].size_bytes == (has_items ? 1000U : 0U));
        for (const verification verify : cria_test::all_levels) {
            for (const way& each : all_ways) {
                how options;
                options.how = each.mode;
                options.verify = verify;
                CAPTURE(has_items, static_cast<int>(each.mode), static_cast<int>(each.where));
                if (cria_test::can_go(each, files)) upload_and_check(files, plan, each.where, options);
            }
        }
    }
}

TEST_CASE("ranges that go backwards in their file are registered without pinning a page twice") {
    upload_case files;
    const std::uint32_t file = files.add_file(300'000);
    for (const std::uint64_t at : {290'000U, 100'000U, 250'000U, 7U, 120'000U, 0U, 200'000U}) files.items.push_back({"item", file, at, 9'500, 0, 1});
    const auto plan = files.plan({256, 8192, 100, 1});
    how options;
    options.how = source_mode::registered;
    options.verify = verification::full;
    for (const work_order order : cria_test::all_orders) {
        fake_options devices;
        devices.order = order;
        upload_and_check(files, plan, held::mapped, options, devices);
    }
}

TEST_CASE("one file has one digest, whatever the way and the workers") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    std::uint64_t digest = 0;
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        for (const unsigned n_workers : {1U, 4U}) {
            fake_runtime device;
            const auto sources = files.sources(each.where);
            how options;
            options.how = each.mode;
            options.n_workers = n_workers;
            options.verify = verification::checksum;
            const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
            REQUIRE(done.has_value());
            if (digest == 0) digest = done->report().digest;
            REQUIRE(done->report().digest == digest);
        }
    }
}

TEST_CASE("a plan's devices may be any of the runtime's") {
    upload_case files;
    const std::uint32_t file = files.add_file(50'000);
    for (std::uint64_t i = 0; i < 10; ++i) files.add(file, i * 5000, 4990, static_cast<std::uint32_t>(i % 2));
    const auto plan = files.plan({256, 4096, 0, 2});
    const auto sources = files.sources();
    fake_runtime device(fake_options{4});
    {
        how options;
        const std::uint32_t numbers[] = {3, 1};
        options.devices = numbers;
        options.verify = verification::full;
        const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
        REQUIRE(done.has_value());
        files.check(plan, done->arenas());
        for (std::size_t d = 0; d < 2; ++d) {
            REQUIRE(done->arenas()[d].device == numbers[d]);
            REQUIRE(device.locate(done->arenas()[d].address)->device == numbers[d]);
            REQUIRE(done->report().devices[d].device == numbers[d]);
        }
    }
    cria_test::check_clean(device);
}

TEST_CASE("what is chosen by itself brings the same bytes, near whatever memory node, and leaves the caller's thread where it was") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    for (const held where : {held::mapped, held::owned, held::alone, held::in_file}) {
        for (const int node : {-1, 0, 99}) {
            CAPTURE(static_cast<int>(where), node);
            fake_options devices;
            devices.host_node = node;
            devices.order = work_order::by_itself;
            const auto before = cria::io::processors_of_this_thread();
            upload_and_check(files, plan, where, {}, devices);
            const auto behind = cria::io::processors_of_this_thread();
            REQUIRE(before.has_value() == behind.has_value());
            if (before) REQUIRE((*before == *behind));
        }
    }
    how options;
    options.n_workers = upload::max_workers;  // more than there are chunks
    options.verify = verification::checksum;
    upload_and_check(files, plan, held::mapped, options);
}

#if defined(__linux__)

#if defined(__linux__)

TEST_CASE("files whose systems want reads of other alignments are read past the page cache into the same slots") {
    upload_case files;
    files.add_file(30'000);
    const std::string elsewhere = "/dev/shm/cria_test_direct_" + std::to_string(::getpid());  // memory's file system: pages, where disks have sectors
    std::error_code why;
    if (std::filesystem::copy_file(files.path(0), elsewhere, why)) {
        const auto one = cria::io::native_file::open(files.path(0));
        const auto other = cria::io::native_file::open(elsewhere);
        REQUIRE((one.has_value() && other.has_value()));
        const auto on_disk = cria::io::direct_file::open(*one), in_memory = cria::io::direct_file::open(*other);
        if (on_disk && in_memory && on_disk->alignment_bytes() < in_memory->alignment_bytes()) {
            const upload::item items[] = {{"first", 0, 600, 700, 0}, {"second", 1, 5'000, 9'000, 0}, {"third", 1, 20'000, 3, 0}};
            const auto plan = upload::make_plan(items, {.alignment_bytes = 32, .chunk_bytes = 16'384});
            REQUIRE(plan.has_value());
            const upload::source sources[] = {upload::source_of(*one), upload::source_of(*other)};
            for (const unsigned n_workers : {1U, 2U}) {
                fake_runtime device;
                how options;
                options.how = source_mode::direct;
                options.n_workers = n_workers;
                options.verify = verification::full;
                {
                    const auto done = upload::execute(device, *plan, std::span<const upload::source>(sources), options);
                    if (!done) FAIL(done.error().message());
                    for (std::size_t i = 0; i < 3; ++i)
                        REQUIRE(std::memcmp(done->address(plan->placements()[i]), files.contents(0).data() + items[i].offset_bytes, static_cast<std::size_t>(items[i].size_bytes)) == 0);
                }
                cria_test::check_clean(device);
            }
        } else {
            WARN("these two file systems have one alignment: nothing was tried");
        }
    }
    std::filesystem::remove(elsewhere, why);
}

#endif

TEST_CASE("a file that is not in memory is read past the page cache, unasked") {
    upload_case files;
    const std::uint32_t file = files.add_file(std::size_t{1} << 20U);
    files.add(file, 100, 1'000'000);
    const cria::io::native_file& opened = files.mapping(0).file();
    REQUIRE(::fsync(opened.native_handle()) == 0);  // what was not written yet stays
    REQUIRE(cria::io::drop_cache(opened, 0, opened.size_bytes()).has_value());
    const auto cache = cria::io::cache_state_of(opened, 0, opened.size_bytes());
    if (!cache || cache->resident_bytes * 2 >= cache->size_bytes) return cria_test::skip("this file system keeps its files in memory");
    if (!cria_test::can_go({source_mode::direct, held::mapped}, files)) return cria_test::skip("this file system does not read past the page cache");
    const auto plan = files.plan({256, 65'536, 0, 1});
    const auto sources = files.sources();
    fake_runtime device;
    {
        const auto done = upload::execute(device, plan, std::span<const upload::source>(sources));
        REQUIRE(done.has_value());
        REQUIRE(done->report().how == source_mode::direct);
        REQUIRE(done->report().verified == verification::checksum);
        REQUIRE(done->report().cached_bytes <= cache->size_bytes / 2);
        const auto wanted = files.expected(plan);
        const bool is_equal = std::memcmp(done->arenas()[0].address, wanted[0].data(), wanted[0].size()) == 0;
        REQUIRE(is_equal);
        const auto after = cria::io::cache_state_of(opened, 0, opened.size_bytes());
        REQUIRE(after->resident_bytes * 2 < after->size_bytes);  // and is not there now either
    }
    cria_test::check_clean(device);
}

#endif
