// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_FAKE_RUNTIME_HPP
#define CRIA_TESTS_SUPPORT_FAKE_RUNTIME_HPP

#include "cria/base/result.hpp"
#include "cria/io/pages.hpp"
#include "cria/io/thread.hpp"
#include "cria/upload/digest.hpp"
#include "cria/upload/runtime.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/random.hpp"

// Devices in host memory: upload::runtime as a hard teacher would have it.
//
//   What is queued is done as late as anybody can tell: when a thread waits for it, and not before (or by a thread of
//   its own, in an order that a seed decides). A slot that is filled again too early, or memory that is freed too early,
//   therefore is wrong every time, not sometimes.
//   Everything that is made is known: leaks() names what was not given back.
//   What CUDA would leave undefined is a fault, and faults() tells it: use after free, copies from memory that is not
//   pinned, memory freed or unpinned while a queued copy reads it, the wrong device in use, writes around an arena, reads
//   of a disk that arrive in pinned memory when it was released.
//   Any call can be made to fail, once or from then on.

namespace cria_test {

enum class call : std::uint8_t {
    device_count, use, facts, locate, allocate, release, allocate_pinned, release_pinned, pin_read_only, unpin,
    make_stream, destroy_stream, make_event, destroy_event, record, wait, synchronize_event, synchronize_stream, is_done,
    copy_to_device, copy_to_host, copy_to_peer, connect, fill_with_zeros, prepare_digests, digest, launch,
};
inline constexpr std::size_t n_call_kinds = static_cast<std::size_t>(call::launch) + 1;

/// When queued operations are done.
enum class work_order : std::uint8_t {
    when_waited_for,  ///< only what a waiting thread needs
    random,           ///< and by chance some of what nobody waits for yet
    by_itself,        ///< by a thread, across streams in random order
};

struct fake_options {
    std::uint32_t n_devices = 1;
    std::uint64_t device_bytes = std::uint64_t{1} << 30U;  ///< of each
    std::uint64_t pinned_bytes = (std::numeric_limits<std::uint64_t>::max)();
    bool pins_read_only = true;
    int host_node = -1;
    work_order order = work_order::when_waited_for;
    std::uint64_t seed = 1;
    std::uint64_t delay_us = 0;         ///< of each operation, with by_itself
    bool signals_early = false;         ///< a defect: events are done as soon as they are recorded
    bool is_sparse = false;             ///< memory that nothing but zeros is written to takes no room
};

class fake_runtime {
public:
    struct stream {
        std::uint64_t id = 0;
    };
    struct event {
        std::uint64_t id = 0;
    };

    explicit fake_runtime(const fake_options& options = {}) : options_(options), random_(options.seed), self_(next_self()) {
        if (options_.order == work_order::by_itself) {
            auto started = cria::io::thread::start(&fake_runtime::run_device, this);
            if (started) device_thread_ = *std::move(started);
            else options_.order = work_order::random;
        }
    }
    fake_runtime(const fake_runtime&) = delete;
    auto operator=(const fake_runtime&) -> fake_runtime& = delete;
    ~fake_runtime() {
        {
            const cria::io::locked hold(lock_);
            ends_ = true;
            lock_.notify();
        }
        device_thread_.join();
        for (const auto& each : queues_) each->pending.clear();  // which may wait for one another
        for (const auto& [address, block] : device_) free_device(block);
        for (const auto& [address, size_bytes] : released_) ::operator delete(address, std::align_val_t{page}, std::nothrow);
        for (const auto& [address, block] : pinned_) ::operator delete(reinterpret_cast<void*>(address), std::align_val_t{page}, std::nothrow);
    }

    // upload::runtime

    [[nodiscard]] auto device_count() -> cria::result<std::uint32_t> {
        const entered in(*this, call::device_count);
        if (in.fails) return injected();
        return options_.n_devices;
    }
    [[nodiscard]] auto use(std::uint32_t device) -> cria::result<void> {
        const entered in(*this, call::use);
        if (in.fails) return injected();
        if (device >= options_.n_devices) return fault("use: no such device");
        current() = device;
        return {};
    }
    [[nodiscard]] auto facts(std::uint32_t device) -> cria::result<cria::upload::device_facts> {
        const entered in(*this, call::facts);
        if (in.fails) return injected();
        if (device >= options_.n_devices || device != current()) return fault("facts: of a device that is not in use");
        cria::upload::device_facts found;
        found.total_bytes = options_.device_bytes;
        found.free_bytes = options_.device_bytes - used_on(device);
        found.host_node = options_.host_node;
        found.pins_read_only = options_.pins_read_only;
        return found;
    }
    [[nodiscard]] auto locate(const void* address) -> cria::result<cria::upload::pointer_facts> {
        const entered in(*this, call::locate);
        if (in.fails) return injected();
        const auto found = find(device_, address, 1);
        if (found == device_.end()) return cria::upload::pointer_facts{};
        return cria::upload::pointer_facts{true, found->second.device};
    }

    [[nodiscard]] auto allocate(std::uint64_t size_bytes) -> cria::result<void*> {
        const entered in(*this, call::allocate);
        if (in.fails) return injected();
        if (size_bytes > options_.device_bytes - used_on(current())) return cria::error{cria::errc::out_of_memory, "device memory"};
        device_block made;
        made.device = current();
        made.size_bytes = size_bytes;
        made.raw = take_device(made);
        if (made.raw == nullptr) return cria::error{cria::errc::out_of_memory, "device memory of the fake"};
        std::byte* const first = made.raw + guard;
        device_.emplace(reinterpret_cast<std::uintptr_t>(first), made);
        return static_cast<void*>(first);
    }
    [[nodiscard]] auto release(void* memory) -> cria::result<void> {
        const entered in(*this, call::release);
        const auto found = device_.find(reinterpret_cast<std::uintptr_t>(memory));
        if (found == device_.end()) return fault("release: not allocated, or released before");
        if (!is_dead_ && is_in_flight(memory, found->second.size_bytes)) note("release: of device memory that a queued operation uses");
        check_guards(found->second);
        drop_uses(memory, found->second.size_bytes);
        free_device(found->second);
        device_.erase(found);
        return in.fails ? injected() : cria::result<void>();
    }
    [[nodiscard]] auto allocate_pinned(std::size_t size_bytes) -> cria::result<cria::upload::pinned_memory> {
        const entered in(*this, call::allocate_pinned);
        if (in.fails) return injected();
        if (size_bytes > options_.pinned_bytes - pinned_now_) return cria::error{cria::errc::out_of_memory, "pinned memory"};
        void* const memory = ::operator new(size_bytes, std::align_val_t{page}, std::nothrow);
        if (memory == nullptr) return cria::error{cria::errc::out_of_memory, "pinned memory of the fake"};
        std::memset(memory, 0xEE, size_bytes);  // what was there before
        pinned_.emplace(reinterpret_cast<std::uintptr_t>(memory), host_block{size_bytes});
        add_pinned(size_bytes);
        return cria::upload::pinned_memory{static_cast<std::byte*>(memory), size_bytes, how_pinned};
    }
    [[nodiscard]] auto release_pinned(const cria::upload::pinned_memory& memory) -> cria::result<void> {
        const entered in(*this, call::release_pinned);
        const auto found = pinned_.find(reinterpret_cast<std::uintptr_t>(memory.address));
        if (found == pinned_.end()) return fault("release_pinned: not pinned, or released before");
        if (memory.size_bytes != found->second.size_bytes || memory.how != how_pinned) note("release_pinned: not what allocate_pinned gave");
        if (is_in_flight(memory.address, memory.size_bytes)) note("release_pinned: while a queued copy uses it");
        drop_uses(memory.address, memory.size_bytes);
        pinned_now_ -= found->second.size_bytes;
        std::memset(memory.address, static_cast<int>(forsaken), memory.size_bytes);
        released_.emplace_back(memory.address, memory.size_bytes);
        pinned_.erase(found);
        return in.fails ? injected() : cria::result<void>();
    }
    [[nodiscard]] auto pin_read_only(cria::byte_view mapped) -> cria::result<void> {
        const entered in(*this, call::pin_read_only);
        if (in.fails) return injected();
        const auto first = reinterpret_cast<std::uintptr_t>(mapped.data());
        if (mapped.empty() || first % cria::io::page_bytes() != 0 || mapped.size() % cria::io::page_bytes() != 0) return fault("pin_read_only: not whole pages");
        if (!options_.pins_read_only) return fault("pin_read_only: on a device that cannot");
        const auto next = registered_.lower_bound(first);
        const bool overlaps_next = next != registered_.end() && next->first < first + mapped.size();
        const bool overlaps_last = next != registered_.begin() && std::prev(next)->first + std::prev(next)->second.size_bytes > first;
        if (overlaps_next || overlaps_last) return cria::error{cria::errc::device_error, "pages that are pinned already"}.from_system(712);
        if (mapped.size() > options_.pinned_bytes - pinned_now_) return cria::error{cria::errc::out_of_memory, "pinned memory"};
        registered_.emplace(first, host_block{mapped.size()});
        add_pinned(mapped.size());
        return {};
    }
    [[nodiscard]] auto unpin(const void* first) -> cria::result<void> {
        const entered in(*this, call::unpin);
        const auto found = registered_.find(reinterpret_cast<std::uintptr_t>(first));
        if (found == registered_.end()) return fault("unpin: not pinned, or not by its first byte");
        if (is_in_flight(first, found->second.size_bytes)) note("unpin: while a queued copy reads it");
        drop_uses(first, found->second.size_bytes);
        pinned_now_ -= found->second.size_bytes;
        registered_.erase(found);
        return in.fails ? injected() : cria::result<void>();
    }

    [[nodiscard]] auto make_stream() -> cria::result<stream> {
        const entered in(*this, call::make_stream);
        if (in.fails) return injected();
        auto made = std::make_shared<queue>();
        made->device = current();
        queues_.push_back(made);
        streams_.emplace(++last_id_, std::move(made));
        return stream{last_id_};
    }
    [[nodiscard]] auto destroy(stream gone) -> cria::result<void> {
        const entered in(*this, call::destroy_stream);
        if (streams_.erase(gone.id) == 0) return fault("destroy: not a stream, or destroyed before");
        forget_idle();
        return in.fails ? injected() : cria::result<void>();  // what is queued on it is done all the same
    }
    [[nodiscard]] auto make_event() -> cria::result<event> {
        const entered in(*this, call::make_event);
        if (in.fails) return injected();
        point made;
        made.device = current();
        events_.emplace(++last_id_, made);
        return event{last_id_};
    }
    [[nodiscard]] auto destroy(event gone) -> cria::result<void> {
        const entered in(*this, call::destroy_event);
        if (events_.erase(gone.id) == 0) return fault("destroy: not an event, or destroyed before");
        return in.fails ? injected() : cria::result<void>();
    }
    [[nodiscard]] auto record(event marked, stream in_stream) -> cria::result<void> {
        const entered in(*this, call::record);
        if (in.fails) return injected();
        const auto of = events_.find(marked.id);
        const auto at = streams_.find(in_stream.id);
        if (of == events_.end() || at == streams_.end()) return fault("record: an event or stream that is not there");
        if (of->second.device != at->second->device) return fault("record: an event of another device");
        of->second.of = at->second;
        of->second.number = at->second->n_queued;
        return {};
    }
    [[nodiscard]] auto wait(stream waiting, event marked) -> cria::result<void> {
        const entered in(*this, call::wait);
        if (in.fails) return injected();
        const auto of = events_.find(marked.id);
        const auto at = streams_.find(waiting.id);
        if (of == events_.end() || at == streams_.end()) return fault("wait: an event or stream that is not there");
        if (of->second.of == nullptr || options_.signals_early) return {};
        operation next;
        next.what = operation::waits;
        next.behind = of->second;
        put(*at->second, std::move(next));
        return {};
    }
    [[nodiscard]] auto synchronize(event marked) -> cria::result<void> {
        const entered in(*this, call::synchronize_event);
        if (in.fails) return injected();
        const auto of = events_.find(marked.id);
        if (of == events_.end()) return fault("synchronize: an event that is not there");
        if (options_.signals_early) return {};
        return finish(of->second);
    }
    [[nodiscard]] auto synchronize(stream drained) -> cria::result<void> {
        const entered in(*this, call::synchronize_stream);
        if (in.fails) return injected();
        const auto at = streams_.find(drained.id);
        if (at == streams_.end()) return fault("synchronize: a stream that is not there");
        point end;
        end.of = at->second;
        end.number = at->second->n_queued;
        return finish(end);
    }
    [[nodiscard]] auto is_done(event marked) -> cria::result<bool> {
        const entered in(*this, call::is_done);
        if (in.fails) return injected();
        const auto of = events_.find(marked.id);
        if (of == events_.end()) return fault("is_done: an event that is not there");
        if (options_.signals_early || of->second.is_reached()) return true;
        if (options_.order == work_order::by_itself || random_.below(2) == 0) return false;
        if (auto done = finish(of->second); !done) return done.error();
        return true;
    }

    [[nodiscard]] auto copy_to_device(void* to, const void* from, std::uint64_t size_bytes, stream in_stream) -> cria::result<void> {
        const entered in(*this, call::copy_to_device);
        if (in.fails) return injected();
        operation next;
        next.what = operation::to_device;
        next.to = static_cast<std::byte*>(to);
        next.from = static_cast<const std::byte*>(from);
        next.size_bytes = size_bytes;
        return submit(std::move(next), in_stream, "copy_to_device");
    }
    [[nodiscard]] auto copy_to_host(void* to, const void* from, std::uint64_t size_bytes, stream in_stream) -> cria::result<void> {
        const entered in(*this, call::copy_to_host);
        if (in.fails) return injected();
        operation next;
        next.what = operation::to_host;
        next.to = static_cast<std::byte*>(to);
        next.from = static_cast<const std::byte*>(from);
        next.size_bytes = size_bytes;
        return submit(std::move(next), in_stream, "copy_to_host");
    }
    [[nodiscard]] auto copy_to_peer(void* to, std::uint32_t to_device, const void* from, std::uint32_t from_device, std::uint64_t size_bytes, stream in_stream)
        -> cria::result<void> {
        const entered in(*this, call::copy_to_peer);
        if (in.fails) return injected();
        const auto there = find(device_, to, size_bytes);
        const auto here = find(device_, from, size_bytes);
        if (there == device_.end() || here == device_.end() || there->second.device != to_device || here->second.device != from_device)
            return fault("copy_to_peer: not memory of these devices");
        operation next;
        next.what = operation::to_peer;
        next.to = static_cast<std::byte*>(to);
        next.from = static_cast<const std::byte*>(from);
        next.size_bytes = size_bytes;
        return submit(std::move(next), in_stream, "copy_to_peer");
    }
    [[nodiscard]] auto connect(std::uint32_t device, std::uint32_t peer) -> cria::result<void> {
        const entered in(*this, call::connect);
        if (in.fails) return injected();
        if (device >= options_.n_devices || peer >= options_.n_devices || device == peer) return fault("connect: not two devices");
        return {};
    }
    [[nodiscard]] auto fill_with_zeros(void* to, std::uint64_t size_bytes, stream in_stream) -> cria::result<void> {
        const entered in(*this, call::fill_with_zeros);
        if (in.fails) return injected();
        operation next;
        next.what = operation::fills;
        next.to = static_cast<std::byte*>(to);
        next.size_bytes = size_bytes;
        return submit(std::move(next), in_stream, "fill_with_zeros");
    }

    [[nodiscard]] auto prepare_digests() -> cria::result<void> {
        const entered in(*this, call::prepare_digests);
        if (in.fails) return injected();
        return {};
    }
    /// Of what is there now: nothing that is queued is waited for.
    [[nodiscard]] auto digest(const cria::upload::device_range* ranges, std::size_t n_ranges, std::uint64_t* digests, stream in_stream) -> cria::result<void> {
        const entered in(*this, call::digest);
        if (in.fails) return injected();
        operation next;
        next.what = operation::digests;
        next.to = reinterpret_cast<std::byte*>(digests);
        next.size_bytes = n_ranges * sizeof(std::uint64_t);
        next.from = reinterpret_cast<const std::byte*>(ranges);
        next.from_bytes = n_ranges * sizeof(cria::upload::device_range);
        return submit(std::move(next), in_stream, "digest");
    }

    /// No call of upload::runtime: a kernel of somebody else's, which reads memory of the device in use and writes other memory
    /// of it. `kernel` is called when its turn has come.
    [[nodiscard]] auto launch(const void* from, std::uint64_t from_bytes, void* to, std::uint64_t size_bytes, stream in_stream, std::function<void()> kernel) -> cria::result<void> {
        const entered in(*this, call::launch);
        if (in.fails) return injected();
        operation next;
        next.what = operation::kernel;
        next.to = static_cast<std::byte*>(to);
        next.size_bytes = size_bytes;
        next.from = static_cast<const std::byte*>(from);
        next.from_bytes = from_bytes;
        next.body = std::move(kernel);
        return submit(std::move(next), in_stream, "launch");
    }

    // For tests.

    /// Call number `n`, counted from 1 over all calls of all threads, fails with errc::device_error; with `and_all_later`,
    /// so does every one after it, and nothing that is queued is ever done.
    void fail_call(std::uint64_t n, bool and_all_later = false) {
        const cria::io::locked hold(lock_);
        fail_at_ = n;
        is_sticky_ = and_all_later;
    }
    /// The n-th call of one kind, counted from 1, fails.
    void fail_nth(call kind, std::uint64_t n) {
        const cria::io::locked hold(lock_);
        fail_kind_ = kind;
        fail_nth_ = n;
    }
    /// Is told of every call before it is made, with its number among those of its kind since this was set; it may call what
    /// is for tests. Set it before the upload, on a device that is new.
    std::function<void(call, std::uint64_t)> before_call;

    [[nodiscard]] auto n_calls() -> std::uint64_t {
        const cria::io::locked hold(lock_);
        return n_calls_;
    }
    [[nodiscard]] auto n_calls(call kind) -> std::uint64_t {
        const cria::io::locked hold(lock_);
        return counts_[static_cast<std::size_t>(kind)];
    }
    /// Bytes that arrived on devices from the host.
    [[nodiscard]] auto copied_bytes() -> std::uint64_t {
        const cria::io::locked hold(lock_);
        return copied_bytes_;
    }
    [[nodiscard]] auto pinned_bytes() -> std::uint64_t {
        const cria::io::locked hold(lock_);
        return pinned_now_;
    }
    [[nodiscard]] auto most_pinned_bytes() -> std::uint64_t {
        const cria::io::locked hold(lock_);
        return most_pinned_;
    }
    [[nodiscard]] auto device_bytes_in_use() -> std::uint64_t {
        const cria::io::locked hold(lock_);
        std::uint64_t sum = 0;
        for (const auto& [address, block] : device_) sum += block.size_bytes;
        return sum;
    }
    /// Every one of the device's allocations, in the order of addresses.
    [[nodiscard]] auto device_memory() -> std::vector<std::span<std::byte>> {
        const cria::io::locked hold(lock_);
        std::vector<std::span<std::byte>> all;
        for (const auto& [address, block] : device_) all.push_back({reinterpret_cast<std::byte*>(address), static_cast<std::size_t>(block.size_bytes)});
        return all;
    }
    /// Of one device.
    [[nodiscard]] auto device_memory(std::uint32_t device) -> std::vector<std::span<std::byte>> {
        const cria::io::locked hold(lock_);
        std::vector<std::span<std::byte>> all;
        for (const auto& [address, block] : device_)
            if (block.device == device) all.push_back({reinterpret_cast<std::byte*>(address), static_cast<std::size_t>(block.size_bytes)});
        return all;
    }
    /// Flips a bit of device memory.
    void corrupt(std::byte* address) {
        const cria::io::locked hold(lock_);
        *address ^= std::byte{1};
    }
    /// The same, just before a digest is computed of memory that has it.
    void corrupt_when_digested(std::byte* address) {
        const cria::io::locked hold(lock_);
        corrupted_ = address;
    }
    /// What was done that nobody may do; empty if all was well.
    [[nodiscard]] auto faults() -> std::string {
        const cria::io::locked hold(lock_);
        for (const auto& [address, block] : device_) check_guards(block);
        for (const auto& [address, size_bytes] : released_) {
            if (address[0] != forsaken || std::memcmp(address, address + 1, size_bytes - 1) != 0) note("pinned memory was written after it was released");
        }
        return faults_;
    }
    /// What was made and not given back; empty if all was.
    [[nodiscard]] auto leaks() -> std::string { return leaks(true); }
    /// The same, without pinned memory and pages: what a dead device leaves to nobody.
    [[nodiscard]] auto leaks_besides_pinned() -> std::string { return leaks(false); }

private:
    static constexpr std::size_t page = 4096;
    static constexpr std::size_t guard = 4096;
    static constexpr std::uint64_t how_pinned = 77;
    static constexpr std::byte untouched{0xCD};
    static constexpr std::byte guarded{0xA5};
    static constexpr std::byte forsaken{0xDD};

    struct device_block {
        std::byte* raw = nullptr;  // guards included
        std::uint64_t size_bytes = 0;
        std::uint32_t device = 0;
    };
    struct host_block {
        std::uint64_t size_bytes = 0;
    };
    struct queue;
    /// Behind the first `number` operations of a queue.
    struct point {
        std::shared_ptr<queue> of;
        std::uint64_t number = 0;
        std::uint32_t device = 0;
        [[nodiscard]] auto is_reached() const -> bool;
    };
    struct operation {
        enum kind : std::uint8_t { nothing, waits, to_device, to_host, to_peer, fills, digests, kernel };
        kind what = nothing;
        std::byte* to = nullptr;
        const std::byte* from = nullptr;
        std::uint64_t size_bytes = 0;
        std::uint64_t from_bytes = 0;  // of `from`, where it is another number
        point behind;
        std::function<void()> body;

        [[nodiscard]] auto uses(const void* memory, std::uint64_t n) const -> bool {
            if (what == nothing) return false;
            if (overlaps(to, size_bytes, memory, n) || overlaps(from, from_bytes == 0 ? size_bytes : from_bytes, memory, n)) return true;
            for (const cria::upload::device_range& each : ranges())
                if (overlaps(static_cast<const std::byte*>(each.address), each.size_bytes, memory, n)) return true;
            return false;
        }
        /// Whose digests are wanted.
        [[nodiscard]] auto ranges() const -> std::span<const cria::upload::device_range> {
            if (what != digests) return {};
            return {reinterpret_cast<const cria::upload::device_range*>(from), static_cast<std::size_t>(from_bytes / sizeof(cria::upload::device_range))};
        }
    };
    struct queue {
        std::uint32_t device = 0;
        std::deque<operation> pending;
        std::uint64_t n_queued = 0;
        std::uint64_t n_done = 0;
    };

    /// Holds the lock, and knows whether the call is one that fails.
    struct entered {
        entered(fake_runtime& of, call kind) : of_(of) {
            if (of_.before_call) {
                std::uint64_t number = 0;
                {
                    const cria::io::locked hold(of_.lock_);
                    number = ++of_.announced_[static_cast<std::size_t>(kind)];
                }
                of_.before_call(kind, number);
            }
            of_.lock_.lock();
            ++of_.n_calls_;
            const std::uint64_t nth = ++of_.counts_[static_cast<std::size_t>(kind)];
            fails = of_.is_dead_ || of_.n_calls_ == of_.fail_at_ || (of_.fail_kind_ == kind && of_.fail_nth_ == nth);
            if (of_.n_calls_ == of_.fail_at_ && of_.is_sticky_) {
                of_.is_dead_ = true;
                of_.lock_.notify();
            }
        }
        entered(const entered&) = delete;
        auto operator=(const entered&) -> entered& = delete;
        ~entered() { of_.lock_.unlock(); }
        bool fails = false;

    private:
        fake_runtime& of_;
    };

    [[nodiscard]] static auto injected() -> cria::error { return cria::error{cria::errc::device_error, "fake device"}.because("was told to fail").from_system(700); }
    void note(std::string_view what) {
        if (faults_.size() < 4000) faults_.append(what).append("\n");
    }
    [[nodiscard]] auto fault(std::string_view what) -> cria::error {
        note(what);
        return cria::error{cria::errc::device_error, what}.because("cannot be");
    }

    [[nodiscard]] static auto next_self() -> std::uint64_t {
        static std::atomic<std::uint64_t> last{0};
        return ++last;
    }
    /// The calling thread's device.
    [[nodiscard]] auto current() -> std::uint32_t& {
        struct chosen {
            std::uint64_t self = 0;
            std::uint32_t device = 0;
        };
        thread_local chosen mine;
        if (mine.self != self_) mine = {self_, 0};
        return mine.device;
    }
    [[nodiscard]] auto used_on(std::uint32_t device) const -> std::uint64_t {
        std::uint64_t sum = 0;
        for (const auto& [address, block] : device_) sum += block.device == device ? block.size_bytes : 0;
        return sum;
    }
    void add_pinned(std::uint64_t size_bytes) {
        pinned_now_ += size_bytes;
        if (pinned_now_ > most_pinned_) most_pinned_ = pinned_now_;
    }

    template <class Block>
    [[nodiscard]] static auto find(std::map<std::uintptr_t, Block>& among, const void* address, std::uint64_t size_bytes) -> typename std::map<std::uintptr_t, Block>::iterator {
        const auto at = reinterpret_cast<std::uintptr_t>(address);
        auto next = among.upper_bound(at);
        if (next == among.begin()) return among.end();
        --next;
        const std::uint64_t offset = at - next->first;
        return offset <= next->second.size_bytes && size_bytes <= next->second.size_bytes - offset ? next : among.end();
    }
    [[nodiscard]] auto is_pinned(const void* address, std::uint64_t size_bytes) -> bool {
        return find(pinned_, address, size_bytes) != pinned_.end() || find(registered_, address, size_bytes) != registered_.end();
    }

    [[nodiscard]] auto take_device(const device_block& of) const -> std::byte* {
        const auto whole = static_cast<std::size_t>(of.size_bytes) + 2 * guard;
#if !defined(_WIN32)
        if (options_.is_sparse) {
            void* const memory = ::mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            return memory == MAP_FAILED ? nullptr : static_cast<std::byte*>(memory);
        }
#endif
        auto* const raw = static_cast<std::byte*>(::operator new(whole, std::align_val_t{page}, std::nothrow));
        if (raw == nullptr) return nullptr;
        std::memset(raw, static_cast<int>(guarded), guard);
        std::memset(raw + guard, static_cast<int>(untouched), static_cast<std::size_t>(of.size_bytes));
        std::memset(raw + guard + of.size_bytes, static_cast<int>(guarded), guard);
        return raw;
    }
    void free_device(const device_block& block) const {
#if !defined(_WIN32)
        if (options_.is_sparse) {
            static_cast<void>(::munmap(block.raw, static_cast<std::size_t>(block.size_bytes) + 2 * guard));
            return;
        }
#endif
        ::operator delete(block.raw, std::align_val_t{page}, std::nothrow);
    }
    void check_guards(const device_block& block) {
        if (options_.is_sparse) return;
        for (std::size_t i = 0; i < guard; ++i) {
            if (block.raw[i] == guarded && block.raw[guard + block.size_bytes + i] == guarded) continue;
            note("device memory was written outside an allocation");
            return;
        }
    }

    void put(queue& in, operation next) {
        in.pending.push_back(std::move(next));
        ++in.n_queued;
        if (options_.order == work_order::by_itself) lock_.notify();
    }
    [[nodiscard]] auto submit(operation next, stream in_stream, std::string_view name) -> cria::result<void> {
        const auto at = streams_.find(in_stream.id);
        if (at == streams_.end()) return fault(std::string(name) + ": a stream that is not there");
        if (at->second->device != current()) return fault(std::string(name) + ": a stream of a device that is not in use");
        if (const char* const wrong = what_is_wrong(next); wrong != nullptr) return fault(std::string(name) + ": " + wrong);
        put(*at->second, std::move(next));
        return {};
    }
    [[nodiscard]] auto what_is_wrong(const operation& of) -> const char* {
        if (of.what == operation::digests) {
            const bool are_pinned = find(pinned_, of.from, of.from_bytes) != pinned_.end() && find(pinned_, of.to, of.size_bytes) != pinned_.end();
            return of.size_bytes == 0 ? "of no ranges" : are_pinned ? nullptr : "by way of memory that is not pinned";
        }
        if (of.what == operation::kernel) {
            if (of.size_bytes == 0 || of.from_bytes == 0) return "of no bytes";
            const auto there = find(device_, of.to, of.size_bytes), here = find(device_, of.from, of.from_bytes);
            if (there == device_.end() || here == device_.end()) return "on what is not device memory";
            return there->second.device == current() && here->second.device == current() ? nullptr : "on memory of another device";
        }
        const bool writes_device = of.what != operation::to_host;
        const bool reads_device = of.what == operation::to_host || of.what == operation::to_peer;
        if (of.size_bytes == 0) return "of no bytes";
        if (writes_device && find(device_, of.to, of.size_bytes) == device_.end()) return "to what is not device memory";
        if (reads_device && find(device_, of.from, of.size_bytes) == device_.end()) return "from what is not device memory";
        if (of.what == operation::to_device && !is_pinned(of.from, of.size_bytes)) return "from memory that is not pinned";
        if (of.what == operation::to_host && find(pinned_, of.to, of.size_bytes) == pinned_.end()) return "to memory that is not pinned";
        return nullptr;
    }
    [[nodiscard]] static auto overlaps(const std::byte* a, std::uint64_t a_bytes, const void* b, std::uint64_t b_bytes) -> bool {
        const auto first = reinterpret_cast<std::uintptr_t>(a);
        const auto other = reinterpret_cast<std::uintptr_t>(b);
        return a != nullptr && first < other + b_bytes && other < first + a_bytes;
    }
    [[nodiscard]] auto is_in_flight(const void* memory, std::uint64_t size_bytes) const -> bool {
        for (const auto& each : queues_) {
            for (const operation& one : each->pending)
                if (one.uses(memory, size_bytes)) return true;
        }
        return false;
    }
    /// What would use memory that is going: it was noted, and must not happen in the test's own memory.
    void drop_uses(const void* memory, std::uint64_t size_bytes) {
        for (const auto& each : queues_) {
            for (operation& one : each->pending)
                if (one.uses(memory, size_bytes)) one.what = operation::nothing;
        }
    }

    [[nodiscard]] static auto is_all_zeros(const std::byte* from, std::size_t size) -> bool {
        return size == 0 || (from[0] == std::byte{0} && std::memcmp(from, from + 1, size - 1) == 0);
    }
    void digest_ranges(const operation& now, std::uint32_t device) {
        auto* answer = reinterpret_cast<std::uint64_t*>(now.to);
        for (const cria::upload::device_range& each : now.ranges()) {
            const auto found = find(device_, each.address, each.size_bytes);
            if (found == device_.end() || found->second.device != device) {
                note("digest: not memory of the stream's device");
                ++answer;
                continue;
            }
            if (corrupted_ != nullptr && overlaps(static_cast<const std::byte*>(each.address), each.size_bytes, corrupted_, 1)) {
                *std::exchange(corrupted_, nullptr) ^= std::byte{1};
            }
            *answer++ = cria::upload::digest_of({static_cast<const std::byte*>(each.address), static_cast<std::size_t>(each.size_bytes)});
        }
    }
    /// The first operation of `in`, whose turn it is.
    void do_one(queue& in) {
        const operation now = std::move(in.pending.front());
        in.pending.pop_front();
        ++in.n_done;
        const auto size = static_cast<std::size_t>(now.size_bytes);
        switch (now.what) {
            case operation::nothing:
            case operation::waits: return;
            case operation::fills:
                if (!options_.is_sparse || !is_all_zeros(now.to, size)) std::memset(now.to, 0, size);
                return;
            case operation::digests: digest_ranges(now, in.device); return;
            case operation::kernel: now.body(); return;
            case operation::to_device: copied_bytes_ += size; break;
            case operation::to_host:
            case operation::to_peer: break;
        }
        if (!options_.is_sparse || now.what == operation::to_host) {
            std::memcpy(now.to, now.from, size);
            return;
        }
        constexpr std::size_t step = std::size_t{1} << 20U;
        for (std::size_t at = 0; at < size; at += step) {
            const std::size_t n = size - at < step ? size - at : step;
            if (!is_all_zeros(now.from + at, n) || !is_all_zeros(now.to + at, n)) std::memcpy(now.to + at, now.from + at, n);
        }
    }
    /// Does what lies before `end`, and before what that waits for.
    void reach(const point& end) {
        queue& in = *end.of;
        while (in.n_done < end.number) {
            if (in.pending.front().what == operation::waits) reach(in.pending.front().behind);
            do_one(in);
        }
    }
    /// Does some operation whose turn it is; false where there is none.
    auto do_any() -> bool {
        const std::size_t n = queues_.size();
        const std::size_t first = n == 0 ? 0 : static_cast<std::size_t>(random_.below(n));
        for (std::size_t i = 0; i < n; ++i) {
            queue& in = *queues_[(first + i) % n];
            if (in.pending.empty()) continue;
            if (in.pending.front().what == operation::waits && !in.pending.front().behind.is_reached()) continue;
            do_one(in);
            return true;
        }
        forget_idle();
        return false;
    }
    void forget_idle() {
        std::erase_if(queues_, [](const auto& each) { return each.use_count() == 1 && each->pending.empty(); });
    }
    /// The calling thread returns when `end` is reached. The lock is held.
    [[nodiscard]] auto finish(const point& end) -> cria::result<void> {
        if (end.of == nullptr) return {};
        if (options_.order == work_order::by_itself) {
            while (!end.is_reached() && !is_dead_) lock_.wait();
        } else if (!is_dead_) {
            reach(end);
            if (options_.order == work_order::random) {
                for (std::uint64_t n = random_.below(4); n > 0; --n) do_any();
            }
        }
        if (is_dead_) return injected();
        return {};
    }
    static void run_device(void* raw) {
        fake_runtime& self = *static_cast<fake_runtime*>(raw);
        const cria::io::locked hold(self.lock_);
        while (!self.ends_) {
            if (self.is_dead_ || !self.do_any()) {
                self.lock_.wait();
                continue;
            }
            self.lock_.notify();
            if (self.options_.delay_us > 0) {
                self.lock_.unlock();
                sleep_for(self.options_.delay_us);
                self.lock_.lock();
            }
        }
    }
    static void sleep_for(std::uint64_t microseconds) {
        cria::io::monitor nobody;
        const cria::io::locked hold(nobody);
        nobody.wait_for(microseconds);
    }

    [[nodiscard]] auto leaks(bool counts_pinned) -> std::string {
        const cria::io::locked hold(lock_);
        std::string all;
        const auto say = [&](std::size_t n, const char* what) {
            if (n > 0) all += std::to_string(n) + ' ' + what + '\n';
        };
        say(device_.size(), "device allocations");
        say(streams_.size(), "streams");
        say(events_.size(), "events");
        if (counts_pinned) say(pinned_.size(), "pinned allocations");
        if (counts_pinned) say(registered_.size(), "pinned windows");
        return all;
    }

    fake_options options_;
    random_numbers random_;
    std::uint64_t self_;
    cria::io::monitor lock_;  // guards what follows
    std::map<std::uintptr_t, device_block> device_;
    std::map<std::uintptr_t, host_block> pinned_;
    std::map<std::uintptr_t, host_block> registered_;
    std::vector<std::pair<std::byte*, std::size_t>> released_;  // pinned memory, kept to see whether somebody still writes to it
    std::map<std::uint64_t, std::shared_ptr<queue>> streams_;
    std::map<std::uint64_t, point> events_;
    std::vector<std::shared_ptr<queue>> queues_;  // also of streams that were destroyed and have something to do
    std::uint64_t last_id_ = 0;
    std::uint64_t n_calls_ = 0;
    std::array<std::uint64_t, n_call_kinds> counts_{};
    std::array<std::uint64_t, n_call_kinds> announced_{};  // to before_call
    std::uint64_t fail_at_ = 0;
    call fail_kind_{};
    std::uint64_t fail_nth_ = 0;
    bool is_sticky_ = false;
    bool is_dead_ = false;
    bool ends_ = false;
    std::byte* corrupted_ = nullptr;
    std::uint64_t copied_bytes_ = 0;
    std::uint64_t pinned_now_ = 0;
    std::uint64_t most_pinned_ = 0;
    std::string faults_;
    cria::io::thread device_thread_;
};

inline auto fake_runtime::point::is_reached() const -> bool { return of == nullptr || of->n_done >= number; }

static_assert(cria::upload::runtime<fake_runtime>);

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_FAKE_RUNTIME_HPP
