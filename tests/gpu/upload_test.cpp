// SPDX-License-Identifier: MIT
#include <cuda_runtime_api.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "cria/gpu/buffer.hpp"
#include "cria/gpu/cuda_runtime.hpp"
#include "cria/gpu/stream.hpp"
#include "cria/upload/executor.hpp"
#include "device.hpp"
#include "support/catch.hpp"
#include "support/upload_case.hpp"
#include "support/upload_runs.hpp"

// Whole uploads to CUDA devices: the bytes, read back, and what is left of the machine afterwards.

namespace upload = cria::upload;
using cria::errc;
using cria::gpu::cuda_runtime;
using cria_test::held;
using cria_test::process_state;
using cria_test::skips_without_devices;
using cria_test::upload_case;
using cria_test::way;
using upload::source_mode;
using upload::verification;

namespace {

/// The CUDA runtime, with a call that fails on demand and a count of what is pinned.
class failing_runtime {
public:
    using stream = cuda_runtime::stream;
    using event = cuda_runtime::event;

    auto device_count() -> cria::result<std::uint32_t> { return call([&] { return cuda_.device_count(); }); }
    auto use(std::uint32_t device) -> cria::result<void> { return call([&] { return cuda_.use(device); }); }
    auto facts(std::uint32_t device) -> cria::result<upload::device_facts> { return call([&] { return cuda_.facts(device); }); }
    auto locate(const void* address) -> cria::result<upload::pointer_facts> { return call([&] { return cuda_.locate(address); }); }
    auto allocate(std::uint64_t size) -> cria::result<void*> { return call([&] { return cuda_.allocate(size); }); }
    auto release(void* memory) -> cria::result<void> { return end([&] { return cuda_.release(memory); }); }
    auto allocate_pinned(std::size_t size) -> cria::result<upload::pinned_memory> {
        auto made = call([&] { return cuda_.allocate_pinned(size); });
        if (made) n_pinned_ += 1;
        return made;
    }
    auto release_pinned(const upload::pinned_memory& memory) -> cria::result<void> {
        n_pinned_ -= 1;
        return end([&] { return cuda_.release_pinned(memory); });
    }
    auto pin_read_only(cria::byte_view mapped) -> cria::result<void> {
        auto made = call([&] { return cuda_.pin_read_only(mapped); });
        if (made) n_pinned_ += 1;
        return made;
    }
    auto unpin(const void* first) -> cria::result<void> {
        n_pinned_ -= 1;
        return end([&] { return cuda_.unpin(first); });
    }
    auto make_stream() -> cria::result<stream> { return call([&] { return cuda_.make_stream(); }); }
    auto destroy(stream gone) -> cria::result<void> { return end([&] { return cuda_.destroy(gone); }); }
    auto make_event() -> cria::result<event> { return call([&] { return cuda_.make_event(); }); }
    auto destroy(event gone) -> cria::result<void> { return end([&] { return cuda_.destroy(gone); }); }
    auto record(event point, stream in) -> cria::result<void> { return call([&] { return cuda_.record(point, in); }); }
    auto wait(stream waiting, event point) -> cria::result<void> { return call([&] { return cuda_.wait(waiting, point); }); }
    auto synchronize(event point) -> cria::result<void> { return call([&] { return cuda_.synchronize(point); }); }
    auto synchronize(stream queue) -> cria::result<void> { return call([&] { return cuda_.synchronize(queue); }); }
    auto is_done(event point) -> cria::result<bool> { return call([&] { return cuda_.is_done(point); }); }
    auto copy_to_device(void* to, const void* from, std::uint64_t size, stream in) -> cria::result<void> { return call([&] { return cuda_.copy_to_device(to, from, size, in); }); }
    auto copy_to_host(void* to, const void* from, std::uint64_t size, stream in) -> cria::result<void> { return call([&] { return cuda_.copy_to_host(to, from, size, in); }); }
    auto copy_to_peer(void* to, std::uint32_t to_device, const void* from, std::uint32_t from_device, std::uint64_t size, stream in) -> cria::result<void> {
        return call([&] { return cuda_.copy_to_peer(to, to_device, from, from_device, size, in); });
    }
    auto connect(std::uint32_t device, std::uint32_t peer) -> cria::result<void> { return call([&] { return cuda_.connect(device, peer); }); }
    auto fill_with_zeros(void* to, std::uint64_t size, stream in) -> cria::result<void> { return call([&] { return cuda_.fill_with_zeros(to, size, in); }); }
    auto prepare_digests() -> cria::result<void> { return call([&] { return cuda_.prepare_digests(); }); }
    auto digest(const upload::device_range* ranges, std::size_t n, std::uint64_t* digests, stream in) -> cria::result<void> {
        return call([&] { return cuda_.digest(ranges, n, digests, in); });
    }

    /// Call number `k` from now on fails; 0: none.
    void fail_call(std::uint64_t k) {
        n_calls_ = 0;
        fail_at_ = k;
    }
    [[nodiscard]] auto n_calls() const -> std::uint64_t { return n_calls_; }
    [[nodiscard]] auto n_pinned() const -> std::int64_t { return n_pinned_; }

private:
    static auto injected() -> cria::error { return cria::error{errc::device_error, "injected"}.from_system(700); }
    [[nodiscard]] auto is_it() -> bool { return ++n_calls_ == fail_at_; }
    template <class F>
    auto call(F&& f) -> decltype(f()) {
        if (is_it()) return injected();
        return f();
    }
    /// What gives something back does so also where it fails.
    template <class F>
    auto end(F&& f) -> cria::result<void> {
        const bool fails = is_it();
        auto answer = f();
        return fails ? injected() : answer;
    }

    cuda_runtime cuda_;
    std::atomic<std::uint64_t> n_calls_{0};
    std::uint64_t fail_at_ = 0;
    std::atomic<std::int64_t> n_pinned_{0};
};
static_assert(upload::runtime<failing_runtime>);

/// Arenas, read back, are the files' bytes and zeros around them.
template <class R>
void check_arenas(const upload_case& files, const upload::plan& plan, const upload::resident<R>& there) {
    const auto wanted = files.expected(plan);
    REQUIRE(there.arenas().size() == wanted.size());
    for (std::size_t d = 0; d < wanted.size(); ++d) {
        CAPTURE(d);
        if (wanted[d].empty()) continue;
        REQUIRE(cudaSetDevice(static_cast<int>(there.arenas()[d].device)) == cudaSuccess);
        const bool are_equal = cria_test::read_device(there.arenas()[d].address, wanted[d].size()) == wanted[d];
        REQUIRE(are_equal);
    }
}

[[nodiscard]] auto free_bytes(int device) -> std::size_t {
    std::size_t n = 0, total = 0;
    REQUIRE(cudaSetDevice(device) == cudaSuccess);
    REQUIRE(cudaMemGetInfo(&n, &total) == cudaSuccess);
    return n;
}

/// 9 MiB in pieces of all sizes, in chunks of 1 MiB.
auto fill_nine(upload_case& files, std::uint32_t n_devices = 1) -> upload::plan {
    const std::uint32_t file = files.add_file(9'600'000);
    std::uint64_t at = 5;
    for (std::uint64_t size = 1, i = 0; at + size < 9'500'000; size = size * 3 % 700'001, ++i) {
        files.add(file, at, size, static_cast<std::uint32_t>(i % n_devices));
        if (i % 5 == 0 && n_devices > 1) files.add(file, at, size, static_cast<std::uint32_t>((i + 1) % n_devices));
        at += size + i % 3 * 77;
    }
    return files.plan({.alignment_bytes = 256, .chunk_bytes = std::uint64_t{1} << 20U, .tail_bytes = 512, .n_devices = n_devices, .broadcasts = n_devices > 1});
}

}  // namespace

TEST_CASE("every way, with every proof, brings the bytes of a file to a device") {
    if (skips_without_devices()) return;
    upload_case files;
    const auto plan = fill_nine(files);
    cuda_runtime cuda;
    std::uint64_t digest = 0;
    for (const way& each : cria_test::all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        const auto sources = files.sources(each.where);
        for (const verification level : cria_test::all_levels) {
            for (const unsigned n_workers : {0U, 1U, 4U}) {
                CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), static_cast<int>(level), n_workers);
                upload::options<cuda_runtime> options;
                options.how = each.mode;
                options.verify = level;
                options.n_workers = n_workers;
                const auto done = upload::execute(cuda, plan, std::span<const upload::source>(sources), options);
                if (!done) FAIL(done.error().message());
                check_arenas(files, plan, *done);
                if (level == verification::placement) continue;
                if (digest == 0) digest = done->report().digest;
                CHECK(done->report().digest == digest);
            }
        }
    }
    CHECK(digest != 0);
}

TEST_CASE("a stream that waits for a range finds it on the device, while the rest is on its way") {
    if (skips_without_devices()) return;
    upload_case files;
    const auto plan = fill_nine(files);
    const auto wanted = files.expected(plan);
    const auto sources = files.sources();
    cuda_runtime cuda;
    upload::ring<cuda_runtime> kept(cuda);
    const auto stream = cria::gpu::stream::make();
    REQUIRE(stream);
    for (int round = 0; round < 20; ++round) {
        CAPTURE(round);
        upload::options<cuda_runtime> options;
        options.how = round % 2 == 0 ? source_mode::mapped : source_mode::read;
        options.verify = verification::full;
        options.n_workers = 3;
        options.kept = &kept;
        const auto arena = cria::gpu::device_buffer::make(0, plan.arenas()[0].size_bytes);
        REQUIRE(arena);
        const upload::arena_memory given{arena->address(), plan.arenas()[0].size_bytes};
        options.arenas = {&given, 1};
        auto running = upload::transfer<cuda_runtime>::start(cuda, plan, sources, options);
        if (!running) FAIL(running.error().message());
        std::vector<std::byte> found(3000);
        for (std::uint64_t at = 100; at + found.size() < plan.arenas()[0].size_bytes; at += 1'100'000) {
            REQUIRE(running->wait_for(0, at, found.size(), stream->ref().native()));
            REQUIRE(cudaMemcpyAsync(found.data(), arena->address() + at, found.size(), cudaMemcpyDeviceToHost, stream->ref().native()) == cudaSuccess);
            REQUIRE(stream->ref().synchronize());
            const bool is_there = std::memcmp(found.data(), wanted[0].data() + at, found.size()) == 0;
            CAPTURE(at);
            REQUIRE(is_there);
        }
        const auto done = running->finish();
        if (!done) FAIL(done.error().message());
        check_arenas(files, plan, *done);
    }
}

TEST_CASE("after uploads, and after each call that failed, memory, pinned pages, descriptors and threads are what they were") {
    if (skips_without_devices()) return;
    upload_case files;
    const auto plan = fill_nine(files);
    failing_runtime cuda;
    for (const way& each : {way{source_mode::mapped, held::mapped}, way{source_mode::read, held::in_file}, way{source_mode::registered, held::mapped}, way{source_mode::direct, held::in_file}}) {
        if (!cria_test::can_go(each, files)) continue;
        CAPTURE(static_cast<int>(each.mode));
        const auto sources = files.sources(each.where);
        upload::options<failing_runtime> options;
        options.how = each.mode;
        options.verify = verification::full;
        options.n_workers = 2;
        cuda.fail_call(0);
        REQUIRE(upload::execute(cuda, plan, std::span<const upload::source>(sources), options));  // warms up
        const std::size_t free_before = free_bytes(0);
        const process_state before = process_state::now();
        const auto is_back = [&] { return free_bytes(0) == free_before && cuda.n_pinned() == 0 && before.is_back(); };
        for (int i = 0; i < 100; ++i) REQUIRE(upload::execute(cuda, plan, std::span<const upload::source>(sources), options));
        REQUIRE(is_back());
        std::uint64_t n_failed = 0;
        for (std::uint64_t k = 1;; ++k) {
            CAPTURE(k);
            REQUIRE(k < 3000);
            cuda.fail_call(k);
            bool was_reached = false;
            {
                const auto done = upload::execute(cuda, plan, std::span<const upload::source>(sources), options);
                was_reached = cuda.n_calls() >= k;
                if (done) check_arenas(files, plan, *done);
                if (!done) ++n_failed;
                if (!done) REQUIRE(done.error().code == errc::device_error);
                if (!was_reached) cuda.fail_call(0);
            }
            REQUIRE(is_back());
            if (!was_reached) break;
        }
        REQUIRE(n_failed > 20);
    }
}

TEST_CASE("a cancelled upload gives the device's memory back to the byte") {
    if (skips_without_devices()) return;
    upload_case files;
    files.add(files.add_file(200'000'000), 0, 200'000'000);
    const auto plan = files.plan();
    const auto sources = files.sources();
    cuda_runtime cuda;
    upload::options<cuda_runtime> options;
    options.verify = verification::checksum;
    REQUIRE(upload::execute(cuda, plan, std::span<const upload::source>(sources), options));
    const std::size_t free_before = free_bytes(0);
    for (const source_mode mode : {source_mode::mapped, source_mode::read, source_mode::registered}) {
        for (std::uint64_t n = 0; n < 8; ++n) {
            CAPTURE(static_cast<int>(mode), n);
            std::atomic<bool> cancel{false};
            auto stops = [&](const upload::progress& now) {
                if (now.done_bytes >= n * 10'000'000 && now.at == upload::phase::copying) cancel = true;
                return true;
            };
            options.how = mode;
            options.cancel = &cancel;
            options.on_progress = upload::progress_callback(stops);
            const auto done = upload::execute(cuda, plan, std::span<const upload::source>(sources), options);
            if (!done) CHECK(done.error().code == errc::cancelled);
            if (!done) CHECK(free_bytes(0) == free_before);
        }
    }
}

TEST_CASE("two devices get their parts, and what both have comes from one to the other") {
    if (skips_without_devices(2)) return;
    upload_case files;
    const auto plan = fill_nine(files, 2);
    REQUIRE_FALSE(plan.broadcasts().empty());
    cuda_runtime cuda;
    for (const way& each : cria_test::all_ways) {
        if (each.mode == source_mode::registered || !cria_test::can_go(each, files)) continue;
        const auto sources = files.sources(each.where);
        for (const verification level : cria_test::all_levels) {
            CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), static_cast<int>(level));
            upload::options<cuda_runtime> options;
            options.how = each.mode;
            options.verify = level;
            const auto done = upload::execute(cuda, plan, std::span<const upload::source>(sources), options);
            if (!done) FAIL(done.error().message());
            check_arenas(files, plan, *done);
        }
    }
    const std::size_t before[] = {free_bytes(0), free_bytes(1)};
    const auto sources = files.sources();
    for (int i = 0; i < 20; ++i) REQUIRE(upload::execute(cuda, plan, std::span<const upload::source>(sources)));
    CHECK(free_bytes(0) == before[0]);
    CHECK(free_bytes(1) == before[1]);
}
