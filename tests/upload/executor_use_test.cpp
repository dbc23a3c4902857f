// SPDX-License-Identifier: MIT
#include "cria/upload/executor.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/random.hpp"
#include "support/upload_case.hpp"
#include "support/upload_runs.hpp"

namespace upload = cria::upload;
using cria::errc;
using cria_test::all_ways;
using cria_test::call;
using cria_test::eight_kib;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::fill_twenty_chunks;
using cria_test::how;
using cria_test::transfer;
using cria_test::upload_case;
using cria_test::way;
using cria_test::work_order;
using upload::source_mode;
using upload::verification;

TEST_CASE("wait_for lets a stream find the bytes of a range, before all is there, and none of the others wait") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    const auto wanted = files.expected(plan);
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where));
        fake_runtime device;
        const auto sources = files.sources(each.where);
        const auto consumer = device.make_stream();
        const auto pinned = device.allocate_pinned(static_cast<std::size_t>(plan.arenas()[0].size_bytes));
        REQUIRE((consumer.has_value() && pinned.has_value()));
        {
            how options;
            options.how = each.mode;
            options.n_workers = 2;
            auto running = transfer::start(device, plan, sources, options);
            REQUIRE(running.has_value());
            const auto arena = device.device_memory().front();
            cria_test::random_numbers random(3);
            for (int i = 0; i < 40; ++i) {
                const std::uint64_t at = random.below(plan.arenas()[0].size_bytes);
                const std::uint64_t size = 1 + random.below((std::min)(plan.arenas()[0].size_bytes - at, std::uint64_t{10'000}));
                REQUIRE(running->wait_for(0, at, size, *consumer).has_value());
                REQUIRE(device.copy_to_host(pinned->address, arena.data() + at, size, *consumer).has_value());
                REQUIRE(device.synchronize(*consumer).has_value());
                const bool is_there = std::memcmp(pinned->address, wanted[0].data() + at, static_cast<std::size_t>(size)) == 0;
                CAPTURE(i, at, size);
                REQUIRE(is_there);
            }
            for (std::size_t i = 0; i < files.items.size(); ++i) REQUIRE(running->wait_for(plan.placements()[i], files.items[i].size_bytes, *consumer).has_value());
            REQUIRE(running->wait_for(0, plan.arenas()[0].size_bytes, 0, *consumer).has_value());
            const auto beyond = running->wait_for(0, plan.arenas()[0].size_bytes, 1, *consumer);
            REQUIRE(beyond.error().code == errc::invalid_argument);
            REQUIRE(running->wait_for(1, 0, 1, *consumer).error().code == errc::invalid_argument);
            REQUIRE(running->wait_for(0, ~std::uint64_t{0}, 2, *consumer).error().code == errc::invalid_argument);
            const auto done = running->finish();
            REQUIRE(done.has_value());
            files.check(plan, done->arenas());
            REQUIRE(running->wait_for(0, 0, 1, *consumer).error().code == errc::invalid_argument);  // it has ended, and nothing is left to wait for
        }
        REQUIRE(device.release_pinned(*pinned).has_value());
        REQUIRE(device.destroy(*consumer).has_value());
        cria_test::check_clean(device);
    }
}

TEST_CASE("nothing is written before what the callers' streams had queued, on any of the devices") {
    upload_case files;
    const std::uint32_t file = files.add_file(60'000);
    for (std::uint64_t i = 0; i < 12; ++i) files.add(file, i * 5000, 4990, static_cast<std::uint32_t>(i % 2));
    upload::plan_options layout{256, 4096, 100, 2};
    const auto two = files.plan(layout);
    for (upload::item& each : files.items) each.device = 0;
    layout.n_devices = 1;
    const auto one = files.plan(layout);
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        CAPTURE(static_cast<int>(each.mode));
        const upload::plan& plan = each.mode == source_mode::registered ? one : two;
        const std::size_t n_devices = plan.arenas().size();
        fake_options devices;
        devices.n_devices = 2;
        fake_runtime device(devices);
        std::vector<fake_runtime::stream> streams;
        std::vector<upload::arena_memory> arenas;
        std::vector<upload::pinned_memory> before;
        for (std::uint32_t d = 0; d < n_devices; ++d) {
            const auto size = plan.arenas()[d].size_bytes;
            REQUIRE(device.use(d).has_value());
            streams.push_back(*device.make_stream());
            arenas.push_back({*device.allocate(size + 512), size + 512});
            before.push_back(*device.allocate_pinned(static_cast<std::size_t>(size)));
            std::memset(arenas[d].address, 0x77, static_cast<std::size_t>(size + 512));
            REQUIRE(device.copy_to_host(before[d].address, arenas[d].address, size, streams[d]).has_value());
        }
        const std::uint64_t n_allocated = device.n_calls(call::allocate);
        how options;
        options.how = each.mode;
        options.verify = verification::full;
        options.n_workers = 4;
        options.arenas = arenas;
        options.after = streams;
        {
            const auto sources = files.sources(each.where);
            const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
            REQUIRE(done.has_value());
            if (&plan == &two) {
                for (std::size_t i = 0; i < files.items.size(); ++i) files.items[i].device = static_cast<std::uint32_t>(i % 2);
            }
            files.check(plan, done->arenas());
            REQUIRE(device.n_calls(call::allocate) == n_allocated);  // the caller's arenas were taken
        }
        for (std::uint32_t d = 0; d < n_devices; ++d) {
            const auto size = static_cast<std::size_t>(plan.arenas()[d].size_bytes);
            bool is_old = true, is_untouched = true;
            for (std::size_t i = 0; i < size; ++i) is_old = is_old && before[d].address[i] == std::byte{0x77};
            for (std::size_t i = 0; i < 512; ++i) is_untouched = is_untouched && static_cast<std::byte*>(arenas[d].address)[size + i] == std::byte{0x77};
            REQUIRE(is_old);
            REQUIRE(is_untouched);  // what the arena has beyond the plan's
            REQUIRE(device.use(d).has_value());
            REQUIRE(device.destroy(streams[d]).has_value());
            REQUIRE(device.release(arenas[d].address).has_value());  // still the caller's
            REQUIRE(device.release_pinned(before[d]).has_value());
        }
        cria_test::check_clean(device);
    }
}

TEST_CASE("arenas come from the caller's memory resource, and go back to it") {
    struct pool {
        fake_runtime device{fake_options{2}};
        std::vector<std::uint32_t> allocated, released;
        std::uint64_t offset = 0;
        bool refuses = false;
        std::vector<std::pair<void*, std::uint64_t>> given;
    };
    upload_case files;
    const std::uint32_t file = files.add_file(50'000);
    for (std::uint64_t i = 0; i < 10; ++i) files.add(file, i * 5000, 4990, static_cast<std::uint32_t>(i % 2));
    const auto plan = files.plan({256, 4096, 0, 2});
    const auto sources = files.sources();
    upload::memory_resource memory;
    memory.allocate = [](void* context, std::uint32_t on, std::uint64_t size, std::uint64_t alignment) -> cria::result<void*> {
        auto& own = *static_cast<pool*>(context);
        if (own.refuses && on == 1) return cria::error{errc::out_of_memory, "pool"};
        REQUIRE(alignment == 256);
        own.allocated.push_back(on);
        auto first = own.device.allocate(size + 256);
        REQUIRE(first.has_value());
        REQUIRE(own.device.locate(*first)->device == on);  // the device was in use
        void* const address = static_cast<std::byte*>(*first) + own.offset;
        own.given.push_back({address, size});
        return address;
    };
    memory.release = [](void* context, std::uint32_t on, void* address, std::uint64_t size) noexcept {
        auto& own = *static_cast<pool*>(context);
        own.released.push_back(on);
        for (const auto& each : own.given) {
            if (each.first == address && each.second == size) static_cast<void>(own.device.release(static_cast<std::byte*>(address) - own.offset));
        }
    };
    how options;
    options.memory = &memory;
    SECTION("one for each device") {
        pool own;
        memory.context = &own;
        {
            auto done = upload::execute(own.device, plan, std::span<const upload::source>(sources), options);
            REQUIRE(done.has_value());
            files.check(plan, done->arenas());
            auto moved = *std::move(done);
            REQUIRE(own.released.empty());
            REQUIRE(moved.release().has_value());
            REQUIRE(moved.release().has_value());
        }
        REQUIRE(own.allocated == std::vector<std::uint32_t>{0, 1});
        REQUIRE(own.released == std::vector<std::uint32_t>{0, 1});
        cria_test::check_clean(own.device);
    }
    SECTION("its refusal is the upload's error, before a byte moves") {
        pool own;
        own.refuses = true;
        memory.context = &own;
        const auto why = cria_test::failure_of(own.device, plan, sources, options);
        REQUIRE(why.code == errc::out_of_memory);
        REQUIRE(why.subject.view() == "pool");
        REQUIRE(own.released == std::vector<std::uint32_t>{0});
        REQUIRE(own.device.copied_bytes() == 0);
        cria_test::check_clean(own.device);
    }
    SECTION("memory that is not aligned as the plan demands is refused, and given back") {
        pool own;
        own.offset = 64;
        memory.context = &own;
        REQUIRE(cria_test::failure_of(own.device, plan, sources, options).code == errc::misaligned);
        REQUIRE(own.released == std::vector<std::uint32_t>{0});
        cria_test::check_clean(own.device);
    }
}

TEST_CASE("digests are computed while later chunks are on their way, and an upload that failed leaves nothing, though its object is still there") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    const auto sources = files.sources();
    for (const std::uint64_t fails_at : {std::uint64_t{0}, std::uint64_t{12}}) {
        CAPTURE(fails_at);
        fake_options devices;
        devices.order = cria_test::work_order::by_itself;
        devices.delay_us = 8000;
        fake_runtime device(devices);
        how options;
        options.how = source_mode::mapped;
        options.n_workers = 1;
        options.verify = verification::checksum;
        std::uint64_t n_beside = 0;
        device.before_call = [&](call kind, std::uint64_t) {
            if (kind == call::digest && device.n_calls(call::copy_to_device) < plan.chunk_count(0)) ++n_beside;
        };
        if (fails_at > 0) device.fail_nth(call::copy_to_device, fails_at);
        {
            auto running = upload::transfer<fake_runtime>::start(device, plan, sources, options);
            REQUIRE(running.has_value());
            const auto done = running->finish();
            REQUIRE(done.has_value() == (fails_at == 0));
            if (done) files.check(plan, done->arenas());
            if (!done) REQUIRE(device.leaks() == "");
            REQUIRE(n_beside > 0);
        }
        cria_test::check_clean(device);
    }
}

TEST_CASE("a source that the plan takes nothing of decides nothing") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where));
        fake_runtime device;
        auto sources = files.sources(each.where);
        sources.push_back({"nothing", {}, nullptr, 0, false});
        how options;
        options.how = each.mode;
        {
            const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
            REQUIRE(done.has_value());
            REQUIRE(done->report().how == each.mode);
            files.check(plan, done->arenas());
        }
        cria_test::check_clean(device);
    }
}

TEST_CASE("a ring keeps slots and streams for the next upload") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    const auto larger = files.plan({256, 16'384, 0, 1});
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where));
        fake_runtime device;
        const auto sources = files.sources(each.where);
        {
            upload::ring<fake_runtime> slots(device);
            how options;
            options.how = each.mode;
            options.verify = verification::placement;  // digests pin a little of their own
            options.n_workers = 1;
            options.kept = &slots;
            const auto go = [&](const upload::plan& what) {
                const auto done = upload::execute(device, what, std::span<const upload::source>(sources), options);
                REQUIRE(done.has_value());
                files.check(what, done->arenas());
            };
            go(plan);
            const std::uint64_t n_pinned = device.n_calls(call::allocate_pinned);
            REQUIRE(slots.idle_bytes() == device.pinned_bytes());
            REQUIRE((slots.idle_bytes() > 0) == (each.mode != source_mode::registered));
            for (int i = 0; i < 3; ++i) go(plan);
            REQUIRE(device.n_calls(call::allocate_pinned) == n_pinned);
            go(larger);  // slots that are too small stay, and larger ones come
            REQUIRE(device.n_calls(call::allocate_pinned) == 2 * n_pinned);
            options.verify = verification::full;
            go(plan);  // fits in the larger
            go(larger);
            options.n_workers = 3;
            go(plan);
            REQUIRE(slots.clear().has_value());
            REQUIRE(slots.idle_bytes() == 0);
            REQUIRE(device.pinned_bytes() == 0);
            go(plan);
        }
        cria_test::check_clean(device);
    }
}

TEST_CASE("what a ring cannot give back is an error, and everything else is gone all the same") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    const auto sources = files.sources();
    for (const call kind : {call::use, call::synchronize_stream, call::release_pinned, call::destroy_event, call::destroy_stream}) {
        CAPTURE(static_cast<int>(kind));
        fake_runtime device;
        upload::ring<fake_runtime> slots(device);
        how options;
        options.how = source_mode::mapped;
        options.n_workers = 2;
        options.kept = &slots;
        REQUIRE(upload::execute(device, plan, std::span<const upload::source>(sources), options).has_value());
        REQUIRE(slots.idle_bytes() > 0);
        device.fail_nth(kind, device.n_calls(kind) + 1);
        // Waiting for a stream is tried twice: an earlier error is reported once by some calls.
        REQUIRE(slots.clear().has_value() == (kind == call::synchronize_stream));
        REQUIRE(slots.idle_bytes() == 0);
        cria_test::check_clean(device);
    }
}

TEST_CASE("a ring also keeps a lane that got less pinned memory than it asked for, which the next upload takes again") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    const auto sources = files.sources();
    fake_options devices;
    devices.pinned_bytes = 8192;  // one slot
    fake_runtime device(devices);
    {
        upload::ring<fake_runtime> slots(device);
        how options;
        options.how = source_mode::mapped;
        options.verify = verification::placement;
        options.n_workers = 1;
        options.kept = &slots;
        for (int i = 0; i < 3; ++i) {
            const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
            if (!done) FAIL(done.error().message());
            files.check(plan, done->arenas());
            REQUIRE(slots.idle_bytes() == 8192);
        }
    }
    cria_test::check_clean(device);
}

TEST_CASE("a ring's lanes that are too small give way where there is no pinned memory beside them") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    const auto larger = files.plan({256, 32'768, 0, 1});
    const auto sources = files.sources();
    fake_options devices;
    devices.pinned_bytes = 40'000;  // one slot of the larger, or two of the smaller and not that
    fake_runtime device(devices);
    {
        upload::ring<fake_runtime> slots(device);
        how options;
        options.how = source_mode::mapped;
        options.verify = verification::placement;
        options.n_workers = 1;
        options.kept = &slots;
        for (const upload::plan* const each : {&plan, &larger, &plan, &larger}) {
            const auto done = upload::execute(device, *each, std::span<const upload::source>(sources), options);
            if (!done) FAIL(done.error().message());
            files.check(*each, done->arenas());
        }
        REQUIRE(slots.idle_bytes() == 32'768);
    }
    cria_test::check_clean(device);
}

TEST_CASE("a copy of a callback calls what that one does, and a copy of none is none") {
    upload::progress_callback none;
    upload::progress_callback still_none(none);  // of one that is not const
    CHECK_FALSE(static_cast<bool>(still_none));
    int n_told = 0;
    const auto listen = [&](const upload::progress&) { return ++n_told < 2; };
    upload::progress_callback first(listen);
    upload::progress_callback second(first);
    first = none;
    REQUIRE(static_cast<bool>(second));
    CHECK(second({}));
    CHECK_FALSE(second({}));
}

TEST_CASE("progress never falls, passes through the phases in order and ends with the total") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where));
        for (const std::uint64_t delay_us : {0U, 2000U}) {
            fake_options devices;
            devices.order = delay_us > 0 ? work_order::by_itself : work_order::random;
            devices.delay_us = delay_us;
            fake_runtime device(devices);
            const auto sources = files.sources(each.where);
            std::vector<upload::progress> told;
            const auto listen = [&](const upload::progress& now) {
                told.push_back(now);
                return true;
            };
            how options;
            options.how = each.mode;
            options.verify = verification::checksum;
            options.on_progress = listen;
            auto running = transfer::start(device, plan, sources, options);
            REQUIRE(running.has_value());
            REQUIRE(running->progress().total_bytes > 0);
            const auto done = running->finish();
            REQUIRE(done.has_value());
            REQUIRE(told.size() >= 3);
            for (std::size_t i = 0; i < told.size(); ++i) {
                REQUIRE(told[i].total_bytes == done->report().size_bytes);
                REQUIRE(told[i].done_bytes <= told[i].total_bytes);
                REQUIRE(told[i].at >= upload::phase::copying);
                if (i == 0) continue;
                REQUIRE(told[i].done_bytes >= told[i - 1].done_bytes);
                REQUIRE(told[i].at >= told[i - 1].at);
                REQUIRE(told[i].seconds >= told[i - 1].seconds);
            }
            REQUIRE(told.front().at == upload::phase::copying);
            REQUIRE(told[told.size() - 2].at == upload::phase::verifying);
            REQUIRE(told[told.size() - 2].done_bytes == told.back().total_bytes);
            REQUIRE(told.back().at == upload::phase::done);
            REQUIRE(running->progress().done_bytes == told.back().total_bytes);
        }
    }
}

TEST_CASE("the report says what was done, and pinned memory stays within what each way promises") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        for (const verification level : cria_test::all_levels) {
            for (const unsigned n_workers : {1U, 3U}) {
                CAPTURE(static_cast<int>(each.mode), static_cast<int>(level), n_workers);
                fake_runtime device;
                const auto sources = files.sources(each.where);
                how options;
                options.how = each.mode;
                options.verify = level;
                options.n_workers = n_workers;
                const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
                REQUIRE(done.has_value());
                const upload::report& about = done->report();
                REQUIRE(about.how == each.mode);
                REQUIRE(about.verified == level);
                REQUIRE(about.n_workers >= 1);
                REQUIRE(about.n_workers <= (each.mode == source_mode::registered ? 1 : n_workers));
                REQUIRE(about.size_bytes > 0);
                REQUIRE(about.size_bytes <= plan.arenas()[0].size_bytes);
                REQUIRE(about.size_bytes + eight_kib.chunk_bytes > plan.arenas()[0].data_bytes);
                REQUIRE(about.pinned_bytes > 0);
                REQUIRE(about.pinned_bytes <= device.most_pinned_bytes());
                const std::uint64_t slot = each.mode == source_mode::direct ? upload::detail::direct_slot_bytes(8192, 4096) : 8192;
                const std::uint64_t n_slots = each.mode == source_mode::direct && n_workers == 1 ? upload::detail::direct_depth : 2 * n_workers;
                const std::uint64_t windows = each.mode == source_mode::registered ? 2 * upload::detail::window::most_bytes : 0;
                const std::uint64_t digests = level == verification::placement ? 0 : 24 * plan.arenas()[0].n_copies;
                REQUIRE(device.most_pinned_bytes() <= (windows > 0 ? windows : n_slots * slot) + digests);
                REQUIRE((about.digest != 0) == (level != verification::placement));
                REQUIRE(about.total_seconds >= about.copy_seconds);
                REQUIRE(about.total_seconds >= about.prepare_seconds + about.verify_seconds);
                REQUIRE(about.devices.size() == 1);
                const upload::device_report& own = about.devices[0];
                REQUIRE(own.size_bytes == about.size_bytes);
                REQUIRE(own.arena_bytes == plan.arenas()[0].size_bytes);
                REQUIRE(own.free_bytes_before - own.free_bytes_after == own.arena_bytes);
                REQUIRE(own.copy_seconds > 0);
                REQUIRE(own.bytes_per_second() > 0);
                REQUIRE((own.digest_seconds > 0) == (level != verification::placement));
            }
        }
    }
}

TEST_CASE("a transfer and what it leaves can be moved") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    const auto sources = files.sources();
    fake_runtime device;
    {
        auto first = transfer::start(device, plan, sources);
        auto second = transfer::start(device, plan, sources);
        REQUIRE((first.has_value() && second.has_value()));
        transfer moved(*std::move(first));
        moved = *std::move(second);  // what was in it is cancelled where it went, or is done
        auto done = moved.finish();
        REQUIRE(done.has_value());
        upload::resident<fake_runtime> kept;
        REQUIRE(kept.arenas().empty());
        kept = *std::move(done);
        files.check(plan, kept.arenas());
        REQUIRE(kept.address(plan.placements()[3]) == kept.arenas()[0].address + plan.placements()[3].device_offset_bytes);
        REQUIRE(kept.report().size_bytes > 0);
        kept = upload::resident<fake_runtime>();
    }
    cria_test::check_clean(device);
}

TEST_CASE("progress may be asked for by other threads all the while, and bytes be waited for by several") {
    upload_case files;
    fill_twenty_chunks(files);
    const auto plan = files.plan(eight_kib);
    const auto sources = files.sources();
    fake_options devices;
    devices.order = work_order::by_itself;
    devices.delay_us = 500;
    fake_runtime device(devices);
    {
        how options;
        options.n_workers = 3;
        auto running = transfer::start(device, plan, sources, options);
        REQUIRE(running.has_value());
        std::atomic<bool> ends{false};
        std::atomic<bool> falls{false};
        std::atomic<int> n_failed{0};
        std::thread asks([&] {
            for (std::uint64_t last = 0; !ends.load();) {
                const std::uint64_t now = running->progress().done_bytes;
                if (now < last) falls.store(true);
                last = now;
            }
        });
        std::vector<std::thread> waits;
        for (std::size_t t = 0; t < 3; ++t) {
            waits.emplace_back([&, t] {
                if (!device.use(0)) ++n_failed;
                const auto stream = device.make_stream();
                for (std::size_t i = t; i < files.items.size(); i += 3) {
                    if (!running->wait_for(plan.placements()[i], files.items[i].size_bytes, *stream)) ++n_failed;
                }
                if (!device.synchronize(*stream) || !device.destroy(*stream)) ++n_failed;
            });
        }
        for (std::thread& each : waits) each.join();
        const auto done = running->finish();
        ends.store(true);
        asks.join();
        REQUIRE(done.has_value());
        files.check(plan, done->arenas());
        REQUIRE(n_failed.load() == 0);
        REQUIRE_FALSE(falls.load());
    }
    cria_test::check_clean(device);
}
