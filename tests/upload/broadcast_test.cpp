// SPDX-License-Identifier: MIT
#include <atomic>
#include <cstdint>
#include <cstring>
#include <map>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "cria/upload/executor.hpp"
#include "cria/upload/plan_json.hpp"
#include "cria/upload/plan_text.hpp"
#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/random.hpp"
#include "support/upload_case.hpp"
#include "support/upload_runs.hpp"
#include "upload/random_plans.hpp"

// What several devices have: fetched once, and copied from device to device.

namespace upload = cria::upload;
using cria::errc;
using cria_test::all_ways;
using cria_test::call;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::how;
using cria_test::random_numbers;
using cria_test::upload_case;
using cria_test::way;
using cria_test::work_order;
using upload::source_mode;
using upload::verification;

namespace {

/// Three devices that have parts of their own, and parts that two or all of them have.
auto fill_three(upload_case& files) -> upload::plan {
    const std::uint32_t file = files.add_file(160'000);
    for (std::uint64_t i = 0; i < 16; ++i) {
        const std::uint64_t at = i * 9'000 + 3;
        if (i % 4 == 1) {
            for (std::uint32_t d = 0; d < 3; ++d) files.add(file, at, 8'990, d);
        } else if (i % 4 == 2) {
            for (std::uint32_t d = 1; d < 3; ++d) files.add(file, at, 700, d);
        } else {
            files.add(file, at, 5'000, static_cast<std::uint32_t>(i % 3));
        }
    }
    return files.plan({.alignment_bytes = 256, .chunk_bytes = 4'352, .tail_bytes = 300, .n_devices = 3, .broadcasts = true});
}

auto three_devices(work_order order = work_order::random, std::uint64_t seed = 1) -> fake_options {
    fake_options devices;
    devices.n_devices = 3;
    devices.order = order;
    devices.seed = seed;
    return devices;
}

}  // namespace

TEST_CASE("with broadcasts a range is fetched for one device alone, and every device still has all of its items") {
    random_numbers random(11);
    std::size_t n_broadcasts = 0;
    for (int round = 0; round < 3000; ++round) {
        CAPTURE(round);
        auto items = cria_test::random_items(random, 3);
        if (round % 3 == 0) cria_test::put_into_groups(items, random);
        upload::plan_options options{.alignment_bytes = 32, .chunk_bytes = 100, .tail_bytes = 7, .n_devices = 3, .broadcasts = true};
        const auto made = upload::make_plan(items, options);
        options.broadcasts = false;
        const auto plain = upload::make_plan(items, options);
        REQUIRE((made.has_value() && plain.has_value()));
        n_broadcasts += made->broadcasts().size();
        REQUIRE(plain->broadcasts().empty());

        bool any_twice = false;
        auto arenas = cria_test::arenas_by_copies(*made, any_twice);
        REQUIRE_FALSE(any_twice);
        const auto fetched = arenas;
        for (const upload::broadcast& each : made->broadcasts()) {
            REQUIRE(each.from_device < each.to.device);
            REQUIRE(each.to.size_bytes > 0);
            for (std::uint64_t i = 0; i < each.to.size_bytes; ++i) {
                const auto there = fetched[each.from_device].find(each.from_offset_bytes + i);
                REQUIRE(there != fetched[each.from_device].end());
                REQUIRE(there->second == cria_test::file_byte{each.to.file, each.to.file_offset_bytes + i});
                REQUIRE(arenas[each.to.device].emplace(each.to.device_offset_bytes + i, there->second).second);  // nothing else is there
            }
        }
        std::map<std::tuple<std::uint32_t, std::uint64_t, std::uint64_t>, std::set<std::uint32_t>> devices_of;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const upload::item& item = items[i];
            const upload::placement& place = made->placements()[i];
            REQUIRE(place.device == item.device);
            REQUIRE((item.group != 0 || place.device_offset_bytes % 32 == 0));
            for (std::uint64_t at = 0; at < item.size_bytes; ++at)
                REQUIRE(arenas[place.device][place.device_offset_bytes + at] == cria_test::file_byte{item.file, item.offset_bytes + at});
            if (item.group == 0 && item.size_bytes > 0) devices_of[{item.file, item.offset_bytes, item.size_bytes}].insert(item.device);
        }
        // As many bytes as the plain plan has, of which those that are wanted again come from another device.
        std::uint64_t again = 0, from_others = 0;
        for (const auto& [range, devices] : devices_of) again += std::get<2>(range) * (devices.size() - 1);
        for (std::uint32_t d = 0; d < 3; ++d) {
            const upload::arena& own = made->arenas()[d];
            REQUIRE(own.data_bytes == plain->arenas()[d].data_bytes);
            REQUIRE(own.n_items == plain->arenas()[d].n_items);
            std::uint64_t bytes = 0;
            for (std::size_t i = 0; i < own.n_broadcasts; ++i) {
                const upload::broadcast& each = made->broadcasts()[own.first_broadcast + i];
                REQUIRE(each.to.device == d);
                REQUIRE(each.to.device_offset_bytes + each.to.size_bytes <= own.size_bytes);
                if (i > 0) REQUIRE(made->broadcasts()[own.first_broadcast + i - 1].to.device_offset_bytes < each.to.device_offset_bytes);
                bytes += each.to.size_bytes;
            }
            REQUIRE(bytes == own.broadcast_bytes);
            from_others += bytes;
        }
        REQUIRE(from_others == again);
    }
    REQUIRE(n_broadcasts > 500);
}

TEST_CASE("neighbours are one broadcast where they are neighbours on both devices, and the plan's text tells of them") {
    std::vector<upload::item> items;
    for (const std::uint32_t device : {0U, 1U})
        for (const std::uint64_t at : {0U, 512U, 1024U, 5000U}) items.push_back({"item", 0, at, 512, device});
    items.push_back({"item", 0, 2048, 256, 1});  // of its own
    const auto made = upload::make_plan(items, {.n_devices = 2, .broadcasts = true});
    REQUIRE(made.has_value());
    REQUIRE(made->broadcasts().size() == 2);
    CHECK(made->broadcasts()[0] == upload::broadcast{{0, 1, 0, 256, 1536}, 0, 0});
    CHECK(made->broadcasts()[1] == upload::broadcast{{0, 1, 5000, 256 + 1536, 512}, 0, 1536});
    CHECK(made->arenas()[1].broadcast_bytes == 2048);
    CHECK(made->ranges().size() == 3);
    const std::string text = to_text(*made, upload::plan_detail::copies);
    CHECK(text.find("device 1: 2048 bytes from other devices\n") != std::string::npos);
    CHECK(text.find("     1            0              256                0      0                0         1536\n") != std::string::npos);
    CHECK(to_text(*made).find("from device") == std::string::npos);
}

TEST_CASE("broadcasts arrive, in every way, with every proof, in every order of work") {
    upload_case files;
    const auto plan = fill_three(files);
    REQUIRE(plan.broadcasts().size() > 4);
    std::uint64_t fetched = 0;
    for (const upload::copy& range : plan.ranges()) fetched += range.size_bytes;
    for (const way& each : all_ways) {
        if (each.mode == source_mode::registered || !cria_test::can_go(each, files)) continue;
        for (const verification level : cria_test::all_levels) {
            for (const work_order order : cria_test::all_orders) {
                for (const unsigned n_workers : {1U, 5U}) {
                    CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), static_cast<int>(level), static_cast<int>(order), n_workers);
                    fake_runtime device(three_devices(order, n_workers));
                    const auto sources = files.sources(each.where);
                    how options;
                    options.how = each.mode;
                    options.verify = level;
                    options.n_workers = n_workers;
                    {
                        const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
                        if (!done) FAIL(done.error().message());
                        files.check(plan, done->arenas());
                        REQUIRE(device.n_calls(call::copy_to_peer) == plan.broadcasts().size());
                        REQUIRE(device.copied_bytes() < fetched + 10'000);  // and padding
                        for (std::uint32_t d = 0; d < 3; ++d) REQUIRE(done->report().devices[d].broadcast_bytes == plan.arenas()[d].broadcast_bytes);
                    }
                    cria_test::check_clean(device);
                }
            }
        }
    }
}

TEST_CASE("a mapping is registered for one device, whose bytes the others have from it alone") {
    upload_case files;
    const std::uint32_t file = files.add_file(100'000);
    for (std::uint32_t d = 0; d < 3; ++d) files.add(file, 10, 90'000, d);
    const auto plan = files.plan({.alignment_bytes = 256, .chunk_bytes = 4'096, .n_devices = 3, .broadcasts = true});
    REQUIRE(plan.broadcasts().size() == 2);
    how options;
    options.how = source_mode::registered;
    options.verify = verification::full;
    cria_test::upload_and_check(files, plan, cria_test::held::mapped, options, three_devices());
}

TEST_CASE("random plans with broadcasts arrive") {
    random_numbers random(12);
    for (int round = 0; round < 150; ++round) {
        CAPTURE(round);
        upload_case files;
        for (int i = 0; i < 2; ++i) files.add_file(30'000);
        files.add_random_items(random, 30, 3'000, 3);
        for (std::size_t i = 0, n = files.items.size(); i < n; ++i) {
            if (random.below(3) != 0) continue;
            upload::item again = files.items[i];
            again.device = static_cast<std::uint32_t>(random.below(3));
            files.items.push_back(again);
        }
        const auto plan = files.plan({.alignment_bytes = 64, .chunk_bytes = 1 + random.below(6'000), .tail_bytes = random.below(300), .n_devices = 3, .broadcasts = true});
        how options;
        options.how = round % 2 == 0 ? source_mode::mapped : source_mode::read;
        options.verify = cria_test::all_levels[round % 3];
        options.n_workers = static_cast<unsigned>(1 + random.below(6));
        cria_test::upload_and_check(files, plan, cria_test::held::mapped, options, three_devices(cria_test::all_orders[round % 3], static_cast<std::uint64_t>(round)));
    }
}

TEST_CASE("wait_for a broadcast sends it, and the stream finds its bytes") {
    upload_case files;
    const auto plan = fill_three(files);
    const auto wanted = files.expected(plan);
    for (const work_order order : cria_test::all_orders) {
        CAPTURE(static_cast<int>(order));
        fake_runtime device(three_devices(order));
        const auto sources = files.sources();
        how options;
        options.how = source_mode::mapped;
        options.n_workers = 3;
        options.verify = verification::full;
        for (std::uint32_t d = 0; d < 3; ++d) {
            REQUIRE(device.use(d).has_value());
            const auto stream = device.make_stream();
            const auto pinned = device.allocate_pinned(wanted[d].size());
            REQUIRE((stream.has_value() && pinned.has_value()));
            {
                auto running = cria_test::transfer::start(device, plan, sources, options);
                REQUIRE(running.has_value());
                REQUIRE(running->wait_for(d, 0, plan.arenas()[d].size_bytes, *stream).has_value());
                const std::byte* const arena = device.device_memory(d).front().data();
                REQUIRE(device.use(d).has_value());
                REQUIRE(device.copy_to_host(pinned->address, arena, wanted[d].size(), *stream).has_value());
                REQUIRE(device.synchronize(*stream).has_value());
                REQUIRE(std::memcmp(pinned->address, wanted[d].data(), wanted[d].size()) == 0);
                const auto done = running->finish();
                REQUIRE(done.has_value());
                files.check(plan, done->arenas());
                REQUIRE(device.n_calls(call::copy_to_peer) == (d + 1) * plan.broadcasts().size());
            }
            REQUIRE(device.use(d).has_value());
            REQUIRE(device.release_pinned(*pinned).has_value());
            REQUIRE(device.destroy(*stream).has_value());
        }
        cria_test::check_clean(device);
    }
}

TEST_CASE("a broadcast that could not be sent for who waited for it is sent all the same, or is the upload's error") {
    upload_case files;
    const auto plan = fill_three(files);
    const auto sources = files.sources();
    const upload::broadcast& wanted = plan.broadcasts().front();
    const std::uint32_t d = wanted.to.device;
    for (const call kind : {call::copy_to_peer, call::make_event, call::record, call::wait}) {
        std::uint64_t n_refused = 0;
        for (std::uint64_t n = 1; n <= 12; ++n) {
            CAPTURE(static_cast<int>(kind), n);
            fake_runtime device(three_devices(work_order::when_waited_for, n));
            REQUIRE(device.use(d).has_value());
            const auto stream = device.make_stream();
            REQUIRE(stream.has_value());
            how options;
            options.how = source_mode::mapped;
            options.n_workers = 3;
            options.verify = verification::placement;  // which would not see that bytes are missing
            {
                auto running = cria_test::transfer::start(device, plan, sources, options);
                REQUIRE(running.has_value());
                while (device.n_calls(call::copy_to_device) < plan.chunk_count(0) + plan.chunk_count(1) + plan.chunk_count(2)) static_cast<void>(running->progress());
                device.fail_nth(kind, device.n_calls(kind) + n);
                const auto waited = running->wait_for(d, wanted.to.device_offset_bytes, wanted.to.size_bytes, *stream);
                if (!waited) ++n_refused;
                const auto done = running->finish();
                if (done) files.check(plan, done->arenas());
                else REQUIRE(done.error().code == errc::device_error);
                device.fail_call(0);
            }
            REQUIRE(device.use(d).has_value());
            REQUIRE(device.destroy(*stream).has_value());
            cria_test::check_clean(device);
        }
        CHECK(n_refused > 0);
    }
}

TEST_CASE("who waits for a broadcast of a device that no worker had memory for is told of that") {
    upload_case files;
    const std::uint32_t file = files.add_file(20'000);
    for (std::uint32_t d = 0; d < 3; ++d) files.add(file, 0, 20'000, d);
    const auto plan = files.plan({.chunk_bytes = 4'096, .n_devices = 3, .broadcasts = true});
    const auto sources = files.sources();
    fake_options devices = three_devices();
    devices.pinned_bytes = 100;
    fake_runtime device(devices);
    const upload::broadcast& wanted = plan.broadcasts().front();
    REQUIRE(device.use(wanted.to.device).has_value());
    const auto stream = device.make_stream();
    REQUIRE(stream.has_value());
    how options;
    options.how = source_mode::mapped;
    options.verify = verification::placement;
    {
        auto running = cria_test::transfer::start(device, plan, sources, options);
        REQUIRE(running.has_value());
        const auto waited = running->wait_for(wanted.to.device, wanted.to.device_offset_bytes, wanted.to.size_bytes, *stream);
        REQUIRE_FALSE(waited.has_value());
        CHECK(waited.error().code == errc::out_of_memory);
        CHECK(running->finish().error().code == errc::out_of_memory);
    }
    REQUIRE(device.use(wanted.to.device).has_value());
    REQUIRE(device.destroy(*stream).has_value());
    cria_test::check_clean(device);
}

TEST_CASE("threads may wait for broadcasts while another finishes the upload, whether it ends well or is cancelled") {
    upload_case files;
    const auto plan = fill_three(files);
    const auto sources = files.sources();
    for (int round = 0; round < 60; ++round) {
        CAPTURE(round);
        fake_runtime device(three_devices(cria_test::all_orders[round % 3], static_cast<std::uint64_t>(round)));
        how options;
        options.how = source_mode::read;
        options.n_workers = 3;
        options.verify = verification::checksum;
        std::vector<fake_runtime::stream> streams;
        for (std::uint32_t d = 0; d < 3; ++d) {
            REQUIRE(device.use(d).has_value());
            streams.push_back(*device.make_stream());
        }
        {
            auto running = cria_test::transfer::start(device, plan, sources, options);
            REQUIRE(running.has_value());
            std::atomic<int> n_wrong{0};
            std::vector<std::thread> threads;
            for (std::uint32_t d = 0; d < 3; ++d) {
                threads.emplace_back([&, d] {
                    for (std::size_t i = 0; i < files.items.size(); ++i) {
                        if (files.items[i].device != d) continue;
                        const auto answer = running->wait_for(plan.placements()[i], files.items[i].size_bytes, streams[d]);
                        const bool may_be = answer || answer.error().code == errc::cancelled || answer.error().code == errc::invalid_argument;
                        if (!may_be) ++n_wrong;
                    }
                });
            }
            if (round % 2 == 1) running->cancel();
            const auto done = running->finish();
            for (std::thread& each : threads) each.join();
            REQUIRE(n_wrong == 0);
            if (done) files.check(plan, done->arenas());
            else REQUIRE(done.error().code == errc::cancelled);
            REQUIRE((done.has_value() || round % 2 == 1));
            for (std::uint32_t d = 0; d < 3; ++d) {
                REQUIRE(device.use(d).has_value());
                REQUIRE(device.synchronize(streams[d]).has_value());
            }
        }
        for (std::uint32_t d = 0; d < 3; ++d) {
            REQUIRE(device.use(d).has_value());
            REQUIRE(device.destroy(streams[d]).has_value());
        }
        cria_test::check_clean(device);
    }
}

TEST_CASE("a broadcast that arrived as other bytes is found by checksum and in full, named by the file's offset") {
    upload_case files;
    const auto plan = fill_three(files);
    const auto sources = files.sources();
    const upload::broadcast& victim = plan.broadcasts().back();
    for (const verification level : {verification::checksum, verification::full}) {
        CAPTURE(static_cast<int>(level));
        fake_runtime device(three_devices());
        std::uint64_t n_corrupted = 0;
        device.before_call = [&](call kind, std::uint64_t) {
            // When digests of broadcasts are computed all copies are done; so they are when placement has been asked for.
            if (kind != (level == verification::checksum ? call::digest : call::copy_to_host) || n_corrupted > 0) return;
            if (device.n_calls(call::copy_to_peer) < plan.broadcasts().size()) return;
            ++n_corrupted;
            std::byte* const target = device.device_memory(victim.to.device).front().data() + victim.to.device_offset_bytes + 5;
            if (level == verification::checksum) device.corrupt_when_digested(target);
            else device.corrupt(target);
        };
        how options;
        options.how = source_mode::mapped;
        options.n_workers = 3;
        options.verify = level;
        const auto why = cria_test::failure_of(device, plan, sources, options);
        REQUIRE(n_corrupted == 1);
        CHECK(why.code == errc::checksum_mismatch);
        CHECK(why.offset == victim.to.file_offset_bytes);
        CHECK(why.subject.view() == sources[0].name);
        cria_test::check_clean(device);
    }
}

TEST_CASE("an upload with broadcasts in which a call fails, or that is cancelled at a call, leaves nothing") {
    upload_case files;
    const auto plan = fill_three(files);
    const auto sources = files.sources();
    for (const bool cancels : {false, true}) {
        std::uint64_t n_failed = 0;
        for (std::uint64_t k = 1;; ++k) {
            CAPTURE(cancels, k);
            REQUIRE(k < 3000);
            fake_runtime device(three_devices(cria_test::all_orders[k % 3], k));
            std::atomic<bool> cancel{false};
            if (cancels) {
                device.before_call = [&, n = std::make_shared<std::atomic<std::uint64_t>>(0)](call, std::uint64_t) {
                    if (++*n == k) cancel.store(true);
                };
            } else {
                device.fail_call(k);
            }
            how options;
            options.how = source_mode::mapped;
            options.n_workers = 3;
            options.verify = verification::full;
            options.cancel = &cancel;
            bool was_reached = false;
            {
                const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
                was_reached = cancels ? cancel.load() : device.n_calls() >= k;
                if (done) files.check(plan, done->arenas());
                if (!done) ++n_failed;
                if (!done) REQUIRE(done.error().code == (cancels ? errc::cancelled : errc::device_error));
                if (!was_reached) device.fail_call(0);
            }
            cria_test::check_clean(device);
            if (!was_reached) break;
        }
        REQUIRE(n_failed > 50);
    }
}
