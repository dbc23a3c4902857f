// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_BROADCASTING_HPP
#define CRIA_UPLOAD_BROADCASTING_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/upload/job.hpp"
#include "cria/upload/plan.hpp"

#include <cstddef>
#include <cstdint>

// What devices have from others: copied from memory to memory as soon as the chunks that hold it are on their way to the
// first, behind them, on the receiving device's own stream.

namespace cria::inline v0::upload::detail {

/// The broadcasts of an upload, each sent once, by whichever thread needs it first.
template <runtime R>
class broadcasting {
public:
    /// Fails: out_of_memory; as the runtime.
    [[nodiscard]] auto prepare(job<R>& shared) -> result<void> {
        const auto all = shared.plan.broadcasts();
        CRIA_TRY_VOID(is_sent_.resize(all.size(), "upload"));
        for (std::size_t i = 0; i < all.size(); ++i) {
            bool is_known = i > 0 && same_pair(all[i], all[i - 1]);
            for (std::size_t j = 0; j < i && !is_known; ++j) is_known = same_pair(all[i], all[j]);
            if (!is_known) CRIA_TRY_VOID(shared.runtime.connect(shared.devices[all[i].to.device].number, shared.devices[all[i].from_device].number));
        }
        return {};
    }

    /// Sends those whose bytes are on their way. Fails: as the runtime.
    [[nodiscard]] auto advance(job<R>& shared) -> result<void> {
        const auto all = shared.plan.broadcasts();
        const broadcast* before = nullptr;
        const io::locked hold(shared.lock);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (is_sent_[i] != 0 || !is_ready(shared, all[i])) continue;
            CRIA_TRY_VOID(send(shared, i, before));
            before = &all[i];
        }
        return {};
    }

    /// Returns when what a device gets within these bytes of its arena is queued on its stream; with the lock held, which it gives up while it waits.
    /// Fails: as the upload, where that has ended before; as the runtime, and then it is still to be sent.
    [[nodiscard]] auto wait_for(job<R>& shared, const device_job<R>& device, std::uint64_t offset_bytes, std::uint64_t size_bytes, bool& any) -> result<void> {
        const auto all = shared.plan.broadcasts();
        const arena& own = shared.plan.arenas()[device.index];
        for (std::size_t i = own.first_broadcast; i < own.first_broadcast + own.n_broadcasts; ++i) {
            const copy& to = all[i].to;
            if (to.device_offset_bytes >= offset_bytes + size_bytes || to.device_offset_bytes + to.size_bytes <= offset_bytes) continue;
            any = true;
            while (!is_ready(shared, all[i]) && !shared.has_failed && shared.n_running > 0) shared.lock.wait();
            if (!is_ready(shared, all[i])) {
                const device_job<R>& from = shared.devices[all[i].from_device];
                const bool has_all = shared.are_queued(from, all[i].from_offset_bytes, to.size_bytes);
                return shared.has_failed ? shared.failure : shared.is_over() ? error{errc::cancelled, "upload"} : has_all ? device.lane_failure : from.lane_failure;
            }
            if (is_sent_[i] == 0) CRIA_TRY_VOID(send(shared, i, nullptr));
        }
        return {};
    }

private:
    [[nodiscard]] static auto same_pair(const broadcast& a, const broadcast& b) noexcept -> bool { return a.to.device == b.to.device && a.from_device == b.from_device; }

    /// The bytes are on their way to the first device, and so is the receiver's last chunk, whose padding may lie over them.
    [[nodiscard]] auto is_ready(const job<R>& shared, const broadcast& one) const noexcept -> bool {
        const device_job<R>& to = shared.devices[one.to.device];
        return shared.are_queued(shared.devices[one.from_device], one.from_offset_bytes, one.to.size_bytes) && (to.n_chunks == 0 || to.is_queued[to.is_queued.size() - 1] != 0);
    }
    /// One that is ready. The lock is held: lanes stay where they are, so what follows them for `before` follows them for one
    /// between the same devices.
    [[nodiscard]] auto send(job<R>& shared, std::size_t i, const broadcast* before) -> result<void> {
        const broadcast& one = shared.plan.broadcasts()[i];
        const device_job<R>& from = shared.devices[one.from_device];
        const device_job<R>& to = shared.devices[one.to.device];
        if (before == nullptr || !same_pair(one, *before)) {
            CRIA_TRY_VOID(follow(shared, from, to.first));
            CRIA_TRY_VOID(follow(shared, to, to.first));
        }
        CRIA_TRY_VOID(shared.runtime.use(to.number));
        CRIA_TRY_VOID(shared.runtime.copy_to_peer(to.arena + one.to.device_offset_bytes, to.number, from.arena + one.from_offset_bytes, from.number, one.to.size_bytes, to.first));
        is_sent_[i] = 1;  // not before: what fails for who waits for it is still owed by the upload
        return {};
    }
    [[nodiscard]] static auto follow(job<R>& shared, const device_job<R>& device, typename R::stream stream) -> result<void> {
        if (device.lanes == nullptr) return {};
        CRIA_TRY_VOID(shared.runtime.use(device.number));
        CRIA_TRY(const typename R::event mark, shared.runtime.make_event());
        auto answer = follow_lanes(shared, device, stream, mark);
        const auto destroyed = shared.runtime.destroy(mark);
        return answer ? destroyed : answer;
    }

    buffer<std::uint8_t> is_sent_;  // guarded by the job's lock
};

}  // namespace cria::inline v0::upload::detail

#endif  // CRIA_UPLOAD_BROADCASTING_HPP
