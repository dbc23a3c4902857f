// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_EXECUTOR_HPP
#define CRIA_UPLOAD_EXECUTOR_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/io/clock.hpp"
#include "cria/io/direct_file.hpp"
#include "cria/io/page_cache.hpp"
#include "cria/io/processors.hpp"
#include "cria/io/read_queue.hpp"
#include "cria/io/thread.hpp"
#include "cria/upload/broadcasting.hpp"
#include "cria/upload/choose.hpp"
#include "cria/upload/direct.hpp"
#include "cria/upload/job.hpp"
#include "cria/upload/lane.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"
#include "cria/upload/report.hpp"
#include "cria/upload/resident.hpp"
#include "cria/upload/runtime.hpp"
#include "cria/upload/verify.hpp"
#include "cria/upload/workers.hpp"

#include <cstddef>
#include <cstdint>
#include <new>  // nothrow
#include <span>
#include <utility>

// A plan, carried out: arenas are allocated, threads bring the bytes, what was promised is proven. Devices work at the
// same time. Whatever ends an upload early (an error of the file, the system or the runtime, or the caller) ends it as one
// typed error, with every arena, slot, stream, thread and handle given back.

namespace cria::inline v0::upload {

/// An upload on its way; move-only. Destroying it before finish() cancels it, waits for its threads, and leaves any device in use.
///
/// Borrows, until finish() returns or it is destroyed: the runtime, the plan, the files behind the sources, and what the options point to.
template <runtime R>
class transfer {
public:
    /// Allocates, starts the workers and returns. Which device is in use afterwards is not said.
    /// Fails: errc::invalid_argument (sources, arenas, streams or devices that do not match the plan); unsupported_feature
    ///        for a way that the files or devices do not have; no_device; out_of_memory, also where a device's free memory cannot
    ///        hold its arena; device_error.
    [[nodiscard]] static auto start(R& runtime, const plan& plan, std::span<const source> sources, const options<R>& options = {}) -> result<transfer>;

    transfer(transfer&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
    auto operator=(transfer&& other) noexcept -> transfer& { return std::swap(state_, other.state_), *this; }
    transfer(const transfer&) = delete;
    auto operator=(const transfer&) -> transfer& = delete;
    ~transfer() {
        if (state_ == nullptr) return;
        state_->shared.stops.store(true, std::memory_order_relaxed);
        state_->end();
        delete state_;
    }

    /// How far it is. Threads: safe beside finish().
    [[nodiscard]] auto progress() noexcept -> upload::progress { return state_->now(); }
    /// Lets `stream`, of the plan's device `device`, wait for the arena's bytes [offset, offset + size): what is queued on
    /// it from now on finds them there. Returns as soon as their copies are queued, which is before they are done.
    /// Fails: errc::invalid_argument for a range that is not the arena's, and once finish() has succeeded; the upload's error, where that ended it
    ///        before; cancelled; device_error.
    /// Threads: safe beside one another and finish(). The device is in use afterwards.
    [[nodiscard]] auto wait_for(std::uint32_t device, std::uint64_t offset_bytes, std::uint64_t size_bytes, typename R::stream stream) -> result<void>;
    /// The same for an item of `size_bytes` at its place.
    [[nodiscard]] auto wait_for(const placement& where, std::uint64_t size_bytes, typename R::stream stream) -> result<void> {
        return wait_for(where.device, where.device_offset_bytes, size_bytes, stream);
    }
    /// Ends it: finish() then fails with errc::cancelled, unless all was done by then. Threads: safe beside finish().
    void cancel() noexcept { state_->shared.stops.store(true, std::memory_order_relaxed); }
    /// Waits for all of it, tells progress meanwhile, verifies, and gives what is on the devices. Call once. Which device is
    /// in use afterwards is not said.
    /// Fails: errc::file_changed, io_error; cancelled; device_error, out_of_memory; not_resident; checksum_mismatch (the subject is
    ///        the source, the offset the file's, where the first range that differs starts).
    [[nodiscard]] auto finish() -> result<resident<R>>;

private:
    struct state;
    struct worker;
    explicit transfer(state* made) noexcept : state_(made) {}
    state* state_;
};

/// Puts the bytes of `plan` where it says and returns when they are there.
///
///     gpu::cuda_runtime cuda;
///     auto weights = upload::execute(cuda, plan, sources);
///     std::byte* const query = weights->address(plan.placements()[i]);
///
/// Fails: as transfer::start and transfer::finish.
template <runtime R>
[[nodiscard]] auto execute(R& runtime, const plan& plan, std::span<const source> sources, const options<R>& options = {}) -> result<resident<R>> {
    CRIA_TRY(auto running, transfer<R>::start(runtime, plan, sources, options));
    return running.finish();
}

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// As many objects as it was made for, which need not be movable.
template <class T>
class fixed_array {
public:
    fixed_array() noexcept = default;
    fixed_array(const fixed_array&) = delete;
    auto operator=(const fixed_array&) -> fixed_array& = delete;
    ~fixed_array() { delete[] first_; }
    [[nodiscard]] auto make(std::size_t n, std::string_view what) -> result<void> {
        first_ = n == 0 ? nullptr : new (std::nothrow) T[n];
        if (n > 0 && first_ == nullptr) return error{errc::out_of_memory, what};
        size_ = n;
        return {};
    }
    [[nodiscard]] auto span() noexcept -> std::span<T> { return {first_, size_}; }
    [[nodiscard]] auto span() const noexcept -> std::span<const T> { return {first_, size_}; }

private:
    T* first_ = nullptr;
    std::size_t size_ = 0;
};

/// Processors near a device for its workers; empty where nobody says.
struct near_processors {
    io::processor_set set;
    bool is_known = false;
};

}  // namespace detail

template <runtime R>
struct transfer<R>::worker {
    state* whole = nullptr;
    detail::device_job<R>* device = nullptr;
    io::thread runs;

    static void entry(void* raw) {
        worker& self = *static_cast<worker*>(raw);
        self.whole->work(self);
    }
};

template <runtime R>
struct transfer<R>::state {
    state(R& r, const plan& p, const upload::options<R>& o) noexcept : shared(r, p, o), started_at(io::seconds_now()) {}

    detail::job<R> shared;
    double started_at;
    double copy_started_at = 0;
    detail::fixed_array<detail::device_job<R>> devices;
    detail::fixed_array<detail::near_processors> around;
    detail::fixed_array<io::direct_file> direct_files;
    detail::fixed_array<detail::digest_pass<R>> passes;  // one a device, with checksums
    detail::fixed_array<worker> workers;
    detail::broadcasting<R> broadcasts;
    resident<R> made;
    upload::phase phase = upload::phase::preparing;
    std::uint64_t total_bytes = 0;

    [[nodiscard]] auto prepare(std::span<const source> sources) -> result<void>;
    [[nodiscard]] auto check(std::span<const source> sources) const -> result<void>;
    [[nodiscard]] auto look(detail::device_job<R>& device) -> result<device_facts>;
    [[nodiscard]] auto decide(bool pins_read_only) -> result<void>;
    [[nodiscard]] auto look_at_files(machine_facts& machine) -> result<void>;
    [[nodiscard]] auto make_arena(detail::device_job<R>& device) -> result<void>;
    [[nodiscard]] auto begin_stream(detail::device_job<R>& device) -> result<void>;
    [[nodiscard]] auto number_pieces(detail::device_job<R>& device) -> result<void>;
    [[nodiscard]] auto start_workers() -> result<void>;
    void work(worker& self) noexcept;
    [[nodiscard]] auto run(detail::device_job<R>& device) -> result<void>;
    [[nodiscard]] auto run_with_slots(detail::device_job<R>& device, source_mode how) -> result<void>;
    void give_back(detail::device_job<R>& device, detail::lane<R>* mine);
    [[nodiscard]] auto without_lane(detail::device_job<R>& device, const error& why) -> result<void>;
    void wait_for_workers();
    void give_up();
    void end_streams() noexcept;
    [[nodiscard]] auto prepare_digests() -> result<void>;
    [[nodiscard]] auto advance_passes() -> result<void>;
    [[nodiscard]] auto outcome() -> result<void>;
    [[nodiscard]] auto verify() -> result<void>;
    void tell();
    [[nodiscard]] auto now() noexcept -> upload::progress;
    void end() noexcept;
};

template <runtime R>
auto transfer<R>::start(R& runtime, const plan& plan, std::span<const source> sources, const options<R>& options) -> result<transfer> {
    auto* const whole = new (std::nothrow) state(runtime, plan, options);
    if (whole == nullptr) return error{errc::out_of_memory, "upload"};
    transfer made(whole);
    CRIA_TRY_VOID(whole->check(sources));
    CRIA_TRY_VOID(whole->prepare(sources));
    CRIA_TRY_VOID(whole->start_workers());
    return made;
}

template <runtime R>
auto transfer<R>::state::check(std::span<const source> sources) const -> result<void> {
    const plan& what = shared.plan;
    const upload::options<R>& how = shared.options;
    const std::uint64_t n_devices = what.arenas().size();
    if (!how.arenas.empty() && how.arenas.size() != n_devices)
        return error{errc::invalid_argument, "arenas"}.because("are not one a device of the plan").expecting(n_devices, std::uint64_t{how.arenas.size()});
    if (!how.after.empty() && how.after.size() != n_devices)
        return error{errc::invalid_argument, "after"}.because("is not one stream a device of the plan").expecting(n_devices, std::uint64_t{how.after.size()});
    if (!how.devices.empty() && how.devices.size() != n_devices)
        return error{errc::invalid_argument, "devices"}.because("are not one number a device of the plan").expecting(n_devices, std::uint64_t{how.devices.size()});
    if (how.n_workers > max_workers)
        return error{errc::invalid_argument, "n_workers"}.because("is above the limit").expecting(std::uint64_t{max_workers}, std::uint64_t{how.n_workers});
    for (std::size_t d = 0; d < how.arenas.size(); ++d) {
        const arena_memory& given = how.arenas[d];
        if (given.address == nullptr && what.arenas()[d].size_bytes > 0) return error{errc::invalid_argument, "arenas"}.because("one has no address");
        if (given.size_bytes < what.arenas()[d].size_bytes)
            return error{errc::invalid_argument, "arenas"}.because("one is smaller than the plan's").expecting(what.arenas()[d].size_bytes, given.size_bytes);
        if (reinterpret_cast<std::uintptr_t>(given.address) % what.options().alignment_bytes != 0)
            return error{errc::invalid_argument, "arenas"}.because("one is not aligned as the plan demands").expecting(what.options().alignment_bytes, {});
    }
    for (const copy& range : what.ranges()) {
        if (range.file >= sources.size())
            return error{errc::invalid_argument, "sources"}.because("the plan has more files").expecting(std::uint64_t{range.file} + 1, std::uint64_t{sources.size()});
        const source& from = sources[range.file];
        if (from.bytes.empty() && from.file == nullptr) return error{errc::invalid_argument, from.name}.because("has neither bytes nor a file");
        std::uint64_t whole = from.bytes.size();
        if (from.bytes.empty()) whole = from.file->size_bytes() < from.offset_bytes ? 0 : from.file->size_bytes() - from.offset_bytes;
        if (!io::detail::is_inside(range.file_offset_bytes, range.size_bytes, whole))
            return error{errc::out_of_range, range.file_offset_bytes, from.name}.because("the plan reaches past the end of the file").finding(whole);
    }
    return {};
}

template <runtime R>
auto transfer<R>::state::prepare(std::span<const source> sources) -> result<void> {
    const plan& what = shared.plan;
    CRIA_TRY_VOID(shared.sources.append(sources, "upload"));
    CRIA_TRY_VOID(devices.make(what.arenas().size(), "upload"));
    CRIA_TRY_VOID(around.make(what.arenas().size(), "upload"));
    shared.devices = devices.span();
    made.runtime_ = &shared.runtime;
    made.memory_ = shared.options.memory;
    CRIA_TRY_VOID(made.arenas_.resize(what.arenas().size(), "upload"));
    CRIA_TRY_VOID(made.report_.devices.resize(what.arenas().size(), "upload"));

    CRIA_TRY(const std::uint32_t n_devices, shared.runtime.device_count());
    bool pins_read_only = true;
    for (std::uint32_t d = 0; d < shared.devices.size(); ++d) {
        detail::device_job<R>& device = shared.devices[d];
        device.index = d;
        device.number = shared.options.devices.empty() ? d : shared.options.devices[d];
        device.arena_bytes = what.arenas()[d].size_bytes;
        device.n_chunks = what.chunk_count(d);
        made.report_.devices[d].device = device.number;
        made.arenas_[d].device = device.number;
        if (device.arena_bytes == 0) continue;
        if (device.number >= n_devices) return error{errc::no_device, "device"}.expecting(n_devices, std::uint64_t{device.number});
        CRIA_TRY(const device_facts facts, look(device));
        pins_read_only = pins_read_only && facts.pins_read_only;
        if (device.n_chunks > 0) total_bytes += shared.end_of(device, device.n_chunks - 1);
    }
    CRIA_TRY_VOID(decide(pins_read_only));
    const bool has_digests = shared.chosen.verify >= verification::checksum;
    if (has_digests) CRIA_TRY_VOID(passes.make(shared.devices.size(), "upload digests"));
    for (detail::device_job<R>& device : shared.devices) {
        if (device.arena_bytes == 0) continue;
        CRIA_TRY_VOID(shared.runtime.use(device.number));
        CRIA_TRY_VOID(make_arena(device));
        CRIA_TRY_VOID(device.is_queued.resize(device.n_chunks, "upload"));
        if (has_digests && device.n_chunks > 0) {
            CRIA_TRY_VOID(number_pieces(device));
            CRIA_TRY_VOID(detail::open_pass(shared, device, passes.span()[device.index]));
        }
        CRIA_TRY_VOID(begin_stream(device));
    }
    CRIA_TRY_VOID(broadcasts.prepare(shared));
    made.report_.size_bytes = total_bytes;
    made.report_.prepare_seconds = io::seconds_now() - started_at;
    return {};
}

template <runtime R>
auto transfer<R>::state::look(detail::device_job<R>& device) -> result<device_facts> {
    CRIA_TRY_VOID(shared.runtime.use(device.number));
    CRIA_TRY(const device_facts facts, shared.runtime.facts(device.number));
    made.report_.devices[device.index].free_bytes_before = facts.free_bytes;
    made.report_.devices[device.index].arena_bytes = device.arena_bytes;
    if (shared.options.arenas.empty() && shared.options.memory == nullptr && facts.free_bytes < device.arena_bytes)
        return error{errc::out_of_memory, "device memory"}.because("is less than the arena needs").expecting(device.arena_bytes, facts.free_bytes);
    if (facts.host_node >= 0) {
        if (const auto set = io::processors_of_node(facts.host_node)) {
            around.span()[device.index].set = *set;
            around.span()[device.index].is_known = true;
        }
    }
    return facts;
}

template <runtime R>
auto transfer<R>::state::look_at_files(machine_facts& machine) -> result<void> {
    buffer<bool> is_used;
    CRIA_TRY_VOID(is_used.resize(shared.sources.size(), "upload"));
    for (const copy& range : shared.plan.ranges()) is_used[range.file] = true;
    machine.has_mapping = machine.has_file = machine.has_memory = true;
    for (std::size_t i = 0; i < shared.sources.size(); ++i) {
        if (!is_used[i]) continue;
        const source& from = shared.sources[i];
        machine.has_mapping = machine.has_mapping && from.is_mapping;
        machine.has_file = machine.has_file && from.file != nullptr;
        machine.has_memory = machine.has_memory && !from.bytes.empty();
    }
    const source_mode how = shared.options.how;
    if (!machine.has_file || (how != source_mode::automatic && how != source_mode::direct)) return {};

    // What of the files is in the page cache: samples, since asking for every page of a large file takes a tenth of the time
    // that uploading it does.
    std::uint64_t size_bytes = 0;
    double cached_bytes = 0;
    for (std::size_t i = 0; i < shared.sources.size(); ++i) {
        if (!is_used[i]) continue;
        const source& from = shared.sources[i];
        const std::uint64_t whole = from.bytes.empty() ? from.file->size_bytes() - from.offset_bytes : from.bytes.size();
        const auto cache = io::sample_cache_state(*from.file, from.offset_bytes, whole);
        if (!cache || cache->size_bytes == 0) continue;  // then it is taken to be there
        size_bytes += whole;
        cached_bytes += static_cast<double>(whole) * (static_cast<double>(cache->resident_bytes) / static_cast<double>(cache->size_bytes));
    }
    made.report_.cached_bytes = static_cast<std::uint64_t>(cached_bytes);
    machine.cached_share = size_bytes == 0 ? 1.0 : cached_bytes / static_cast<double>(size_bytes);
    if (how == source_mode::automatic && machine.cached_share >= 0.5) return {};

    CRIA_TRY_VOID(direct_files.make(shared.sources.size(), "upload"));
    machine.reads_past_cache = true;
    for (std::size_t i = 0; i < shared.sources.size(); ++i) {
        if (!is_used[i]) continue;
        auto opened = io::direct_file::open(*shared.sources[i].file);
        if (opened) {
            if (opened->alignment_bytes() > shared.direct_alignment) shared.direct_alignment = opened->alignment_bytes();
            direct_files.span()[i] = *std::move(opened);
            continue;
        }
        if (how == source_mode::direct) return opened.error();
        machine.reads_past_cache = false;
    }
    shared.direct_files = direct_files.span();
    return {};
}

template <runtime R>
auto transfer<R>::state::decide(bool pins_read_only) -> result<void> {
    machine_facts machine;
    machine.n_processors = io::usable_processors();
    machine.pins_read_only = pins_read_only;
    machine.keeps_slots = shared.options.kept != nullptr;
    CRIA_TRY_VOID(look_at_files(machine));
    std::uint32_t n_busy = 0;
    for (const detail::device_job<R>& device : shared.devices) n_busy += device.n_chunks > 0 ? 1 : 0;
    const upload::options<R>& how = shared.options;
    // Two devices' ranges may share a page, which can be pinned once only.
    machine.pins_read_only = machine.pins_read_only && n_busy == 1;
    shared.chosen = choose(machine, total_bytes, n_busy, how.how, how.n_workers, how.verify);

    // Without a queue for reads it takes a thread for each of them.
    if (shared.chosen.how == source_mode::direct && how.n_workers == 0 && !io::read_queue::make(1)) shared.chosen.n_workers = detail::most_staging_workers;

    const auto refuse = [&](const char* why) { return error{errc::unsupported_feature, "source"}.because(why); };
    if (total_bytes == 0) return {};
    switch (shared.chosen.how) {
        case source_mode::automatic: break;  // chosen
        case source_mode::mapped:
            if (!machine.has_memory) return refuse("files are neither mapped nor in memory");
            break;
        case source_mode::read:
            if (!machine.has_file) return refuse("there is no file to read from");
            break;
        case source_mode::direct:
            if (!machine.has_file) return refuse("there is no file to read from");
            break;
        case source_mode::registered:
            if (!machine.has_mapping) return refuse("files are not mapped");
            if (n_busy > 1) return refuse("registers for one device at a time");
            if (!pins_read_only) return refuse("the device cannot pin a mapping of a file");
            break;
    }
    return {};
}

template <runtime R>
auto transfer<R>::state::make_arena(detail::device_job<R>& device) -> result<void> {
    resident_arena& arena = made.arenas_[device.index];
    const upload::options<R>& how = shared.options;
    void* address = nullptr;
    if (!how.arenas.empty()) {
        address = how.arenas[device.index].address;
    } else if (how.memory != nullptr) {
        CRIA_TRY(address, how.memory->allocate(how.memory->context, device.number, device.arena_bytes, shared.plan.options().alignment_bytes));
        arena.is_owned = true;
    } else {
        CRIA_TRY(address, shared.runtime.allocate(device.arena_bytes));
        arena.is_owned = true;
    }
    arena.address = device.arena = static_cast<std::byte*>(address);
    arena.size_bytes = device.arena_bytes;
    if (reinterpret_cast<std::uintptr_t>(address) % shared.plan.options().alignment_bytes != 0)
        return error{errc::misaligned, "arena"}.because("the runtime's memory is not aligned as the plan demands").expecting(shared.plan.options().alignment_bytes, {});
    return {};
}

template <runtime R>
auto transfer<R>::state::begin_stream(detail::device_job<R>& device) -> result<void> {
    CRIA_TRY(device.first, shared.runtime.make_stream());
    device.has_first = true;
    CRIA_TRY(device.started, shared.runtime.make_event());
    device.has_started = true;
    if (!shared.options.after.empty()) {
        CRIA_TRY_VOID(shared.runtime.record(device.started, shared.options.after[device.index]));
        CRIA_TRY_VOID(shared.runtime.wait(device.first, device.started));
    }
    // Staged chunks bring their own zeros. The others send copies only, so the gaps between these are filled beforehand;
    // and so is what is behind the last chunk.
    const bool sends_gaps = shared.chosen.how == source_mode::mapped || shared.chosen.how == source_mode::read;
    const std::uint64_t begin = !sends_gaps ? 0 : device.n_chunks == 0 ? 0 : shared.end_of(device, device.n_chunks - 1);
    if (begin < device.arena_bytes) CRIA_TRY_VOID(shared.runtime.fill_with_zeros(device.arena + begin, device.arena_bytes - begin, device.first));
    return shared.runtime.record(device.started, device.first);
}

template <runtime R>
auto transfer<R>::state::number_pieces(detail::device_job<R>& device) -> result<void> {
    CRIA_TRY_VOID(device.first_piece.resize(device.n_chunks, "upload digests"));
    std::uint64_t n = 0;
    for (std::uint64_t k = 0; k < device.n_chunks; ++k) {
        device.first_piece[static_cast<std::size_t>(k)] = n;
        n += shared.plan.chunk(device.index, k).size();
    }
    return device.digests.resize(n, "upload digests");
}

template <runtime R>
auto transfer<R>::state::start_workers() -> result<void> {
    std::size_t n = 0;
    for (const detail::device_job<R>& device : shared.devices) n += device.n_chunks == 0 ? 0 : shared.chosen.n_workers;
    copy_started_at = io::seconds_now();
    phase = upload::phase::copying;
    CRIA_TRY_VOID(workers.make(n, "upload workers"));
    std::size_t next = 0;
    for (unsigned turn = 0; turn < shared.chosen.n_workers; ++turn) {  // a worker for every device first
        for (detail::device_job<R>& device : shared.devices) {
            if (device.n_chunks == 0) continue;
            worker& one = workers.span()[next++];
            one.whole = this;
            one.device = &device;
            {
                const io::locked hold(shared.lock);
                ++shared.n_running;
            }
            auto started = io::thread::start(&worker::entry, &one);
            if (started) {
                one.runs = *std::move(started);
                continue;
            }
            const io::locked hold(shared.lock);
            --shared.n_running;
            if (turn == 0) return started.error();  // this device would have none; the destructor ends the others
        }
    }
    return {};
}

template <runtime R>
void transfer<R>::state::work(worker& self) noexcept {
    detail::device_job<R>& device = *self.device;
    const detail::near_processors& cores = around.span()[device.index];
    if (cores.is_known) static_cast<void>(io::run_this_thread_on(cores.set));  // a wish: elsewhere it is slower, no more
    auto answer = shared.runtime.use(device.number);
    if (answer) answer = run(device);
    if (!answer) shared.fail(answer.error());
    const io::locked hold(shared.lock);
    --shared.n_running;
    shared.lock.notify();
}

template <runtime R>
auto transfer<R>::state::run(detail::device_job<R>& device) -> result<void> {
    if (shared.chosen.how != source_mode::registered) return run_with_slots(device, shared.chosen.how);
    bool could_not_pin = false;
    CRIA_TRY(detail::lane<R>* const mine, detail::take_lane(shared, device, 2, 0));
    const auto answer = detail::run_registered(shared, device, *mine, could_not_pin);
    give_back(device, mine);
    if (answer || !could_not_pin || shared.options.how == source_mode::registered) return answer;
    // Nobody asked for this way: what could not be pinned is staged, by the same worker.
    {
        const io::locked hold(shared.lock);
        --shared.n_lanes;
        shared.fell_back = true;
    }
    return run_with_slots(device, source_mode::mapped);
}

template <runtime R>
auto transfer<R>::state::run_with_slots(detail::device_job<R>& device, source_mode how) -> result<void> {
    const auto chunk_bytes = static_cast<std::size_t>(shared.end_of(device, 0));  // the first is the longest
    if (how != source_mode::direct) {
        auto mine = detail::take_lane(shared, device, 2, chunk_bytes);
        if (!mine) return without_lane(device, mine.error());
        const auto answer = detail::run_staged(shared, device, **mine);
        give_back(device, *mine);
        return answer;
    }
    const std::size_t slot_bytes = detail::direct_slot_bytes(chunk_bytes, shared.direct_alignment);
    if (shared.chosen.n_workers == 1) {
        constexpr std::size_t n_slots = detail::direct_depth;
        if (auto queue = io::read_queue::make(static_cast<unsigned>(n_slots * detail::most_direct_reads))) {
            auto mine = detail::take_lane(shared, device, n_slots, slot_bytes);
            if (!mine) return mine.error();
            detail::queued_reader<R> reader(shared, device, **mine, *queue);
            const auto answer = reader.run();  // waits for what it reads, too
            give_back(device, *mine);
            return answer;
        }
    }
    auto mine = detail::take_lane(shared, device, 2, slot_bytes);
    if (!mine) return without_lane(device, mine.error());
    const auto answer = detail::run_direct(shared, device, **mine);
    give_back(device, *mine);
    return answer;
}

/// A worker is done: the last one says how long copying took.
template <runtime R>
void transfer<R>::state::give_back(detail::device_job<R>& device, detail::lane<R>* mine) {
    {
        const io::locked hold(shared.lock);
        device.copy_seconds = io::seconds_now() - copy_started_at;
    }
    detail::give_lane(shared, device, mine);
}

/// Other workers do without this one, if there are any: outcome() finds out.
template <runtime R>
auto transfer<R>::state::without_lane(detail::device_job<R>& device, const error& why) -> result<void> {
    const io::locked hold(shared.lock);
    device.lane_failure = why;
    return {};
}

template <runtime R>
auto transfer<R>::state::now() noexcept -> upload::progress {
    const io::locked hold(shared.lock);
    return {phase, shared.done_bytes < total_bytes ? shared.done_bytes : total_bytes, total_bytes, io::seconds_now() - started_at};
}

template <runtime R>
void transfer<R>::state::tell() {
    if (shared.options.on_progress && !shared.options.on_progress(now())) shared.stops.store(true, std::memory_order_relaxed);
}

template <runtime R>
void transfer<R>::state::wait_for_workers() {
    constexpr std::uint64_t between_calls = 20'000;  // microseconds: as long as cancelling may take to be noticed
    tell();
    const auto note = [&](const result<void>& answer) {
        if (!answer) shared.fail(answer.error());
    };
    const bool has_digests = shared.chosen.verify >= verification::checksum;
    if (has_digests) note(prepare_digests());  // beside the copies: compiling a kernel takes as long as many of them
    while (true) {
        {
            const io::locked hold(shared.lock);
            if (shared.n_running > 0) shared.lock.wait_for(between_calls);
            if (shared.n_running == 0) break;
        }
        tell();
        if (!shared.is_over()) note(broadcasts.advance(shared));
        if (has_digests && !shared.is_over()) note(advance_passes());
        if (shared.is_over()) give_up();
    }
    for (worker& each : workers.span()) each.runs.join();
    made.report_.n_workers = shared.n_lanes;  // before verification takes one
    for (const detail::device_job<R>& device : shared.devices) {
        if (device.copy_seconds > made.report_.copy_seconds) made.report_.copy_seconds = device.copy_seconds;
    }
}

/// Once an upload is over early and nothing is on its way any more, its arenas go, beside the workers that are giving back their slots: each
/// takes as long as the other.
template <runtime R>
void transfer<R>::state::give_up() {
    shared.stops.store(true, std::memory_order_relaxed);  // for good, whatever becomes of the caller's flag
    bool is_done = true;
    {
        const io::locked hold(shared.lock);
        for (const detail::device_job<R>& device : shared.devices) {
            if (device.lanes != nullptr) return;  // workers that take one from here on find `stops`
            for (const std::uint8_t is_queued : device.is_queued) is_done = is_done && is_queued != 0;
        }
    }
    if (is_done) return;
    end_streams();
    static_cast<void>(made.release());
}

template <runtime R>
auto transfer<R>::state::prepare_digests() -> result<void> {
    for (const detail::device_job<R>& device : shared.devices) {
        if (device.n_chunks == 0) continue;
        CRIA_TRY_VOID(shared.runtime.use(device.number));
        CRIA_TRY_VOID(shared.runtime.prepare_digests());
    }
    return {};
}

template <runtime R>
auto transfer<R>::state::advance_passes() -> result<void> {
    for (detail::device_job<R>& device : shared.devices) {
        if (device.n_chunks == 0) continue;
        CRIA_TRY_VOID(shared.runtime.use(device.number));
        CRIA_TRY_VOID(detail::advance_pass(shared, device, passes.span()[device.index]));
    }
    return {};
}

/// Whether all chunks are on their devices, and why not.
template <runtime R>
auto transfer<R>::state::outcome() -> result<void> {
    if (shared.has_failed) return shared.failure;
    for (detail::device_job<R>& device : shared.devices) {
        for (const std::uint8_t is_queued : device.is_queued) {
            if (is_queued != 0) continue;
            if (shared.is_over()) return error{errc::cancelled, "upload"};
            return device.lane_failure;
        }
    }
    CRIA_TRY_VOID(broadcasts.advance(shared));  // all that are left
    for (detail::device_job<R>& device : shared.devices) {
        if (!device.has_first) continue;
        CRIA_TRY_VOID(shared.runtime.use(device.number));
        CRIA_TRY_VOID(shared.runtime.synchronize(device.first));
    }
    return {};
}

template <runtime R>
auto transfer<R>::state::verify() -> result<void> {
    const double began_at = io::seconds_now();
    {
        const io::locked hold(shared.lock);
        phase = upload::phase::verifying;
    }
    tell();
    const verification level = shared.chosen.verify;
    if (level >= verification::checksum) CRIA_TRY_VOID(advance_passes());  // of all devices before one is waited for
    for (detail::device_job<R>& device : shared.devices) {
        if (device.arena_bytes == 0) continue;
        device_report& about = made.report_.devices[device.index];
        CRIA_TRY_VOID(shared.runtime.use(device.number));
        CRIA_TRY_VOID(detail::verify_placement(shared, device));
        CRIA_TRY(const device_facts facts, shared.runtime.facts(device.number));
        about.free_bytes_after = facts.free_bytes;
        about.copy_seconds = device.copy_seconds;
        about.size_bytes = device.n_chunks == 0 ? 0 : shared.end_of(device, device.n_chunks - 1);
        if (level >= verification::checksum && device.n_chunks > 0) {
            const double digest_at = io::seconds_now();
            detail::digest_pass<R>& pass = passes.span()[device.index];
            CRIA_TRY_VOID(pass.synchronize());
            CRIA_TRY_VOID(detail::compare_digests(shared, device, pass, made.report_.digest));
            about.digest_seconds = io::seconds_now() - digest_at;
        }
        if (level == verification::full) CRIA_TRY_VOID(detail::verify_bytes(shared, device));
        about.broadcast_bytes = shared.plan.arenas()[device.index].broadcast_bytes;
    }
    if (level >= verification::checksum) CRIA_TRY_VOID(detail::verify_broadcasts(shared, made.report_.digest));
    made.report_.verify_seconds = io::seconds_now() - began_at;
    return {};
}

template <runtime R>
void transfer<R>::state::end_streams() noexcept {
    {
        const io::locked hold(shared.lock);
        shared.has_ended = true;
        while (shared.n_users > 0) shared.lock.wait();
    }
    for (detail::device_job<R>& device : shared.devices) {
        if (!device.has_first && !device.has_started) continue;
        static_cast<void>(shared.runtime.use(device.number));
        if (!passes.span().empty()) static_cast<void>(passes.span()[device.index].close());
        if (std::exchange(device.has_first, false)) {
            if (!shared.runtime.synchronize(device.first)) static_cast<void>(shared.runtime.synchronize(device.first));
            static_cast<void>(shared.runtime.destroy(device.first));
        }
        if (std::exchange(device.has_started, false)) static_cast<void>(shared.runtime.destroy(device.started));
    }
}

/// Workers are gone, and so are streams and events; arenas go with `made`, if they are still there.
template <runtime R>
void transfer<R>::state::end() noexcept {
    for (worker& each : workers.span()) each.runs.join();
    end_streams();
}

template <runtime R>
auto transfer<R>::finish() -> result<resident<R>> {
    state& whole = *state_;
    whole.wait_for_workers();
    auto answer = whole.outcome();
    if (answer) answer = whole.verify();
    if (!answer) whole.shared.fail(answer.error());  // for who waits for bytes from now on
    whole.end();
    if (!answer) {
        static_cast<void>(whole.made.release());
        return answer.error();
    }
    {
        const io::locked hold(whole.shared.lock);
        whole.phase = phase::done;
    }
    report& about = whole.made.report_;
    about.how = whole.shared.fell_back ? source_mode::mapped : whole.shared.chosen.how;
    about.verified = whole.shared.chosen.verify;
    about.pinned_bytes = whole.shared.most_pinned_bytes;
    about.total_seconds = io::seconds_now() - whole.started_at;
    whole.tell();
    return std::move(whole.made);
}

template <runtime R>
auto transfer<R>::wait_for(std::uint32_t device, std::uint64_t offset_bytes, std::uint64_t size_bytes, typename R::stream stream) -> result<void> {
    detail::job<R>& shared = state_->shared;
    if (device >= shared.devices.size() || !io::detail::is_inside(offset_bytes, size_bytes, shared.devices[device].arena_bytes))
        return error{errc::invalid_argument, offset_bytes, "range"}.because("is not inside the arena");
    detail::device_job<R>& own = shared.devices[device];
    if (size_bytes == 0) return {};
    struct user {  // while there is one, streams and events stay
        explicit user(detail::job<R>& of) noexcept : shared(of) {
            const io::locked hold(shared.lock);
            is_in_time = !shared.has_ended;
            if (is_in_time) ++shared.n_users;
        }
        user(const user&) = delete;
        auto operator=(const user&) -> user& = delete;
        ~user() {
            if (!is_in_time) return;
            const io::locked hold(shared.lock);
            --shared.n_users;
            shared.lock.notify();
        }
        detail::job<R>& shared;
        bool is_in_time = false;
    } const here(shared);
    if (!here.is_in_time) {
        const io::locked hold(shared.lock);
        if (shared.has_failed) return shared.failure;
        if (state_->phase != upload::phase::done && shared.is_over()) return error{errc::cancelled, "upload"};
        return error{errc::invalid_argument, "upload"}.because("has ended");
    }
    const std::uint64_t chunk_bytes = shared.plan.options().chunk_bytes;
    std::uint64_t k = offset_bytes / chunk_bytes;
    std::uint64_t last = (offset_bytes + (size_bytes - 1)) / chunk_bytes;
    {
        const io::locked hold(shared.lock);
        ++shared.n_waiters;
        for (; k <= last && k < own.n_chunks; ++k) {
            while (own.is_queued[static_cast<std::size_t>(k)] == 0 && !shared.has_failed && shared.n_running > 0) shared.lock.wait();
            if (own.is_queued[static_cast<std::size_t>(k)] == 0) break;
        }
        --shared.n_waiters;
        if (k <= last && k < own.n_chunks) return shared.has_failed ? shared.failure : shared.is_over() ? error{errc::cancelled, "upload"} : own.lane_failure;
    }
    bool has_broadcasts = false;
    {
        const io::locked hold(shared.lock);
        ++shared.n_waiters;
        const auto sent = state_->broadcasts.wait_for(shared, own, offset_bytes, size_bytes, has_broadcasts);
        --shared.n_waiters;
        if (!sent) return sent.error();
    }
    CRIA_TRY_VOID(shared.runtime.use(own.number));
    CRIA_TRY_VOID(shared.runtime.wait(stream, own.started));
    CRIA_TRY(const typename R::event event, shared.runtime.make_event());
    result<void> answer;
    if (has_broadcasts) {
        answer = shared.runtime.record(event, own.first);
        if (answer) answer = shared.runtime.wait(stream, event);
    }
    if (answer) {
        const io::locked hold(shared.lock);
        answer = detail::follow_lanes(shared, own, stream, event);
    }
    const auto destroyed = shared.runtime.destroy(event);
    return answer ? destroyed : answer;
}

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_EXECUTOR_HPP
