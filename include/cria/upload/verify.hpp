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

/// What a device has from another is what that one has, by the digests of both in pieces of a chunk; that this is the file's has been
/// proven there.
template <runtime R>
[[nodiscard]] auto verify_broadcasts(job<R>& shared, std::uint64_t& digest) -> result<void> {
    const std::uint64_t step = shared.plan.options().chunk_bytes;
    for (device_job<R>& device : shared.devices) {
        const arena& own = shared.plan.arenas()[device.index];
        const auto all = shared.plan.broadcasts().subspan(own.first_broadcast, own.n_broadcasts);
        for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {  // those from one device
            std::size_t n = 0;
            for (; end < all.size() && all[end].from_device == all[begin].from_device; ++end) n += static_cast<std::size_t>((all[end].to.size_bytes - 1) / step + 1);
            const device_job<R>& other = shared.devices[all[begin].from_device];
            digest_pass<R> here, there;
            const auto compute = [&](digest_pass<R>& pass, const device_job<R>& of) -> result<void> {
                CRIA_TRY_VOID(shared.runtime.use(of.number));
                CRIA_TRY_VOID(pass.open(shared.runtime, n));
                std::size_t next = 0;
                for (const broadcast& each : all.subspan(begin, end - begin)) {
                    const std::byte* const bytes = of.arena + (&of == &other ? each.from_offset_bytes : each.to.device_offset_bytes);
                    for (std::uint64_t at = 0; at < each.to.size_bytes; at += step) pass.ranges()[next++] = {bytes + at, each.to.size_bytes - at < step ? each.to.size_bytes - at : step};
                }
                return pass.queue(n);
            };
            const auto compare = [&]() -> result<void> {
                CRIA_TRY_VOID(compute(there, other));
                CRIA_TRY_VOID(compute(here, device));
                CRIA_TRY_VOID(here.synchronize());
                CRIA_TRY_VOID(shared.runtime.use(other.number));
                CRIA_TRY_VOID(there.synchronize());
                std::size_t next = 0;
                for (const broadcast& each : all.subspan(begin, end - begin)) {
                    for (std::uint64_t at = 0; at < each.to.size_bytes; at += step, ++next) {
                        if (here.digests()[next] != there.digests()[next]) return differs(shared, {each.to.file, each.to.device, each.to.file_offset_bytes + at, 0, 0});
                        digest = digest_mix(digest + digest_golden) + here.digests()[next];
                    }
                }
                return {};
            };
            const auto answer = compare();
            static_cast<void>(shared.runtime.use(other.number));
            const auto there_closed = there.close();
            CRIA_TRY_VOID(shared.runtime.use(device.number));
            const auto here_closed = here.close();
            if (!answer) return answer;
            if (!there_closed) return there_closed;
            if (!here_closed) return here_closed;
        }
    }
    return {};
}

/// Bytes of the device, read back, are the file's.
template <runtime R>
[[nodiscard]] auto verify_copy(job<R>& shared, device_job<R>& device, lane<R>& mine, stager& from, std::byte* wanted, const copy& part) -> result<void> {
    std::byte* const back = mine.pieces[0].address;
    CRIA_TRY_VOID(shared.runtime.copy_to_host(back, device.arena + part.device_offset_bytes, part.size_bytes, mine.stream));
    CRIA_TRY_VOID(shared.runtime.synchronize(mine.stream));
    CRIA_TRY_VOID(from.fetch(part, wanted, nullptr));
    return std::memcmp(wanted, back, static_cast<std::size_t>(part.size_bytes)) == 0 ? result<void>() : differs(shared, part);
}

/// Every byte, read back, is the file's.
template <runtime R>
[[nodiscard]] auto verify_bytes(job<R>& shared, device_job<R>& device) -> result<void> {
    const arena& own = shared.plan.arenas()[device.index];
    const auto broadcasts = shared.plan.broadcasts().subspan(own.first_broadcast, own.n_broadcasts);
    std::uint64_t most_bytes = device.n_chunks == 0 ? 0 : shared.end_of(device, 0);
    for (const broadcast& each : broadcasts) most_bytes = each.to.size_bytes > most_bytes ? each.to.size_bytes : most_bytes;
    if (most_bytes > shared.plan.options().chunk_bytes) most_bytes = shared.plan.options().chunk_bytes;
    if (most_bytes == 0) return {};
    const auto piece_bytes = static_cast<std::size_t>(most_bytes);
    buffer<std::byte> wanted;
    CRIA_TRY_VOID(wanted.resize(piece_bytes, "upload verification"));
    CRIA_TRY(lane<R>* const mine, take_lane(shared, device, 2, piece_bytes));
    stager from(shared.sources.span(), shared.chosen.how == source_mode::read ? source_mode::read : source_mode::mapped);
    const auto compare = [&]() -> result<void> {
        for (std::uint64_t k = 0; k < device.n_chunks; ++k) {
            if (shared.is_over()) return error{errc::cancelled, "upload"};
            from.begin_chunk();
            const chunk all = shared.plan.chunk(device.index, k);
            for (std::size_t i = 0; i < all.size(); ++i) CRIA_TRY_VOID(verify_copy(shared, device, *mine, from, wanted.data(), all[i]));
        }
        for (const broadcast& each : broadcasts) {
            for (std::uint64_t at = 0; at < each.to.size_bytes; at += most_bytes) {
                if (shared.is_over()) return error{errc::cancelled, "upload"};
                from.begin_chunk();
                copy part = each.to;
                part.file_offset_bytes += at;
                part.device_offset_bytes += at;
                part.size_bytes = part.size_bytes - at < most_bytes ? part.size_bytes - at : most_bytes;
                CRIA_TRY_VOID(verify_copy(shared, device, *mine, from, wanted.data(), part));
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
