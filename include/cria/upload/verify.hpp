// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_VERIFY_HPP
#define CRIA_UPLOAD_VERIFY_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/upload/digest.hpp"
#include "cria/upload/digest_pass.hpp"
#include "cria/upload/job.hpp"
#include "cria/upload/staging.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcmp

// What can be proven of one device, which is in use. Digests are computed beside the copies, each behind its own; a copy that went
// astray is missing where it should be, so it is found wherever it went. Placement and the reading back of all bytes look at
// the device's state at the end.

namespace cria::inline v0::upload::detail {

/// The arena is memory of the device, from its first byte to its last.
template <runtime R>
[[nodiscard]] auto verify_placement(job<R>& shared, const device_job<R>& device) -> result<void> {
    const std::uint64_t ends[] = {0, device.arena_bytes - 1};
    for (const std::uint64_t at : ends) {
        CRIA_TRY(const pointer_facts facts, shared.runtime.locate(device.arena + at));
        if (!facts.is_device_memory) return error{errc::not_resident, at, "arena"};
        if (facts.device != device.number) return error{errc::not_resident, at, "arena"}.because("is on another device").expecting(device.number, facts.device);
    }
    return {};
}

template <runtime R>
[[nodiscard]] auto differs(const job<R>& shared, const copy& part) -> error {
    const source& from = shared.sources[part.file];
    return error{errc::checksum_mismatch, from.offset_bytes + part.file_offset_bytes, from.name};
}

/// A pass over all copies of a device. What it pins counts with the rest.
template <runtime R>
[[nodiscard]] auto open_pass(job<R>& shared, const device_job<R>& device, digest_pass<R>& pass) -> result<void> {
    CRIA_TRY_VOID(pass.open(shared.runtime, device.digests.size()));
    shared.add_pinned(pass.pinned_bytes());
    std::size_t next = 0;
    for (std::uint64_t k = 0; k < device.n_chunks; ++k) {
        const chunk all = shared.plan.chunk(device.index, k);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const copy part = all[i];
            pass.ranges()[next++] = {device.arena + part.device_offset_bytes, part.size_bytes};
        }
    }
    return {};
}

/// Queues the digests of the chunks that are on their way, up to the first that is not, behind their copies.
template <runtime R>
[[nodiscard]] auto advance_pass(job<R>& shared, device_job<R>& device, digest_pass<R>& pass) -> result<void> {
    {
        const io::locked hold(shared.lock);
        while (device.n_prefix < device.n_chunks && device.is_queued[static_cast<std::size_t>(device.n_prefix)] != 0) ++device.n_prefix;
        if (shared.end_of_pieces(device, device.n_prefix) <= pass.n_queued()) return {};
        CRIA_TRY_VOID(follow_lanes(shared, device, pass.stream(), pass.mark()));
    }
    return pass.queue(static_cast<std::size_t>(shared.end_of_pieces(device, device.n_prefix)));
}

/// The device's digests of all copies are the host's. `digest` becomes one number of all of them.
/// Precondition: all chunks are there, and so is the pass over them.
template <runtime R>
[[nodiscard]] auto compare_digests(job<R>& shared, const device_job<R>& device, const digest_pass<R>& pass, std::uint64_t& digest) -> result<void> {
    std::size_t next = 0;
    for (std::uint64_t k = 0; k < device.n_chunks; ++k) {
        const chunk all = shared.plan.chunk(device.index, k);
        for (std::size_t i = 0; i < all.size(); ++i, ++next) {
            const std::uint64_t found = pass.digests()[next];
            if (found != device.digests[next]) return differs(shared, all[i]);
            digest = digest_mix(digest + digest_golden) + found;
        }
    }
    return {};
}

/// Every byte, read back, is the file's.
template <runtime R>
[[nodiscard]] auto verify_bytes(job<R>& shared, device_job<R>& device) -> result<void> {
    if (device.n_chunks == 0) return {};
    const auto chunk_bytes = static_cast<std::size_t>(shared.end_of(device, 0));
    buffer<std::byte> wanted;
    CRIA_TRY_VOID(wanted.resize(chunk_bytes, "upload verification"));
    CRIA_TRY(lane<R>* const mine, take_lane(shared, device, 2, chunk_bytes));
    stager from(shared.sources.span(), shared.chosen.how == source_mode::read ? source_mode::read : source_mode::mapped);
    const auto compare = [&]() -> result<void> {
        std::byte* const back = mine->pieces[0].address;
        for (std::uint64_t k = 0; k < device.n_chunks; ++k) {
            if (shared.is_over()) return error{errc::cancelled, "upload"};
            const std::uint64_t begin = shared.begin_of(k);
            CRIA_TRY_VOID(shared.runtime.copy_to_host(back, device.arena + begin, shared.end_of(device, k) - begin, mine->stream));
            CRIA_TRY_VOID(shared.runtime.synchronize(mine->stream));
            from.begin_chunk();
            const chunk all = shared.plan.chunk(device.index, k);
            for (std::size_t i = 0; i < all.size(); ++i) {
                const copy part = all[i];
                CRIA_TRY_VOID(from.fetch(part, wanted.data(), nullptr));
                if (std::memcmp(wanted.data(), back + (part.device_offset_bytes - begin), static_cast<std::size_t>(part.size_bytes)) != 0)
                    return differs(shared, part);
            }
        }
        return {};
    };
    const auto answer = compare();
    give_lane(shared, device, mine);
    if (answer && shared.has_failed) return shared.failure;  // of giving it back; there are no other threads any more
    return answer;
}

}  // namespace cria::inline v0::upload::detail

#endif  // CRIA_UPLOAD_VERIFY_HPP
