// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_DIRECT_HPP
#define CRIA_UPLOAD_DIRECT_HPP

#include "cria/base/result.hpp"
#include "cria/io/direct_file.hpp"
#include "cria/io/read_queue.hpp"
#include "cria/upload/job.hpp"
#include "cria/upload/staging.hpp"
#include "cria/upload/workers.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

// Chunks read past the page cache, for files that are not in it: the disk writes into the slots by itself, so all that
// matters is that many reads are in flight. One thread keeps them so through a queue of the system; where there is none
// (an old kernel, a container that forbids it), several threads wait for one read each.
//
// Such reads start and end on the disk's sectors. A copy is therefore read with what is around it, and sent from where
// it lies in the slot: one transfer a copy, not one a chunk. Chunks of many small copies are staged in the ordinary way.

namespace cria::inline v0::upload::detail {

/// More copies than this in one chunk are not worth a read each.
inline constexpr std::size_t most_direct_copies = 8;
/// Of one chunk: its copies, and where they are cut.
inline constexpr std::size_t most_direct_reads = 2 * most_direct_copies;
/// Disks like many reads of this much better than few larger ones.
inline constexpr std::size_t direct_read_bytes = std::size_t{1} << 20U;

/// Room for a chunk of `chunk_bytes` whose copies are read with what is around them.
[[nodiscard]] constexpr auto direct_slot_bytes(std::uint64_t chunk_bytes, std::size_t alignment_bytes) noexcept -> std::size_t {
    const std::uint64_t most = chunk_bytes + std::uint64_t{2} * most_direct_copies * alignment_bytes;
    return static_cast<std::size_t>((most + alignment_bytes - 1) / alignment_bytes * alignment_bytes);
}

/// Some sectors, and where they are read to.
struct direct_read {
    std::uint32_t file = 0;
    std::uint64_t offset_bytes = 0;  // in the file
    std::size_t size_bytes = 0;      // whole sectors
    std::size_t slot_offset = 0;
    std::size_t needed_bytes = 0;    // what must have been read: the file may end within the last sector
    std::size_t n_read = 0;
};

/// All reads of one chunk, and the copies that are then sent from where they lie.
struct direct_chunk {
    std::uint64_t k = 0;
    std::size_t n_copies = 0;
    std::size_t n_reads = 0;
    std::size_t n_missing = 0;
    std::array<copy, most_direct_copies> copies;
    std::array<std::size_t, most_direct_copies> slot_offsets;  // of the copies' first bytes
    std::array<direct_read, most_direct_reads> reads;
};

/// The reads for chunk `k`; false for one of too many copies.
template <runtime R>
[[nodiscard]] auto lay_out_reads(const job<R>& shared, const device_job<R>& device, std::uint64_t k, direct_chunk& out) -> bool {
    const chunk all = shared.plan.chunk(device.index, k);
    if (all.size() > most_direct_copies) return false;
    out.k = k;
    out.n_copies = all.size();
    out.n_reads = 0;
    // Chunks of the usual size are cut into a few reads, larger ones into as many as there is room for.
    const std::uint64_t an_eighth = shared.plan.options().chunk_bytes / most_direct_copies + 1;
    std::size_t slot_offset = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const copy part = all[i];
        const std::size_t step = shared.direct_alignment;
        const std::uint64_t begin = shared.sources[part.file].offset_bytes + part.file_offset_bytes;
        const std::uint64_t end = begin + part.size_bytes;
        const std::uint64_t first = begin - begin % step;
        out.copies[i] = part;
        out.slot_offsets[i] = slot_offset + static_cast<std::size_t>(begin - first);
        const std::uint64_t most = direct_read_bytes > an_eighth ? direct_read_bytes : an_eighth;
        const std::uint64_t stride = (most + step - 1) / step * step;
        for (std::uint64_t at = first; at < end; at += stride) {
            direct_read& one = out.reads[out.n_reads++];
            one.file = part.file;
            one.offset_bytes = at;
            one.needed_bytes = static_cast<std::size_t>(end - at < stride ? end - at : stride);
            one.size_bytes = (one.needed_bytes + step - 1) / step * step;
            one.slot_offset = slot_offset;
            one.n_read = 0;
            slot_offset += one.size_bytes;
        }
    }
    out.n_missing = out.n_reads;
    return true;
}

/// A chunk whose reads are done, on its way.
template <runtime R>
[[nodiscard]] auto send_direct(job<R>& shared, device_job<R>& device, lane<R>& mine, slot<R>& one, const direct_chunk& chunk) -> result<void> {
    one.payload_bytes = shared.end_of(device, chunk.k) - shared.begin_of(chunk.k);
    for (std::size_t i = 0; i < chunk.n_copies; ++i) {
        const copy& part = chunk.copies[i];
        const std::byte* const bytes = one.address + chunk.slot_offsets[i];
        if (std::uint64_t* const digest = shared.digest_place(device, chunk.k, i); digest != nullptr) {
            *digest = digest_of({bytes, static_cast<std::size_t>(part.size_bytes)});
        }
        CRIA_TRY_VOID(shared.runtime.copy_to_device(device.arena + part.device_offset_bytes, bytes, part.size_bytes, mine.stream));
        one.is_sending = true;
        if (shared.options.release_page_cache) forget(shared.sources[part.file], part);
    }
    one.is_sending = true;
    CRIA_TRY_VOID(shared.runtime.record(one.sent, mine.stream));
    shared.announce(device, chunk.k);
    return {};
}

template <runtime R>
[[nodiscard]] auto ended_early(const job<R>& shared, const direct_read& read) -> error {
    return io::detail::ends_too_soon(read.offset_bytes + read.n_read, shared.sources[read.file].name);
}

/// One read at a time, for several threads.
template <runtime R>
[[nodiscard]] auto run_direct(job<R>& shared, device_job<R>& device, lane<R>& mine) -> result<void> {
    stager from(shared.sources.span(), source_mode::read);
    direct_chunk chunk;
    for (std::size_t turn = 0; !shared.is_over(); ++turn) {
        const std::uint64_t k = device.next_chunk.fetch_add(1, std::memory_order_relaxed);
        if (k >= device.n_chunks) break;
        slot<R>& one = mine.pieces[turn % mine.pieces.size()];
        CRIA_TRY_VOID(finish_sending(shared, one));
        if (!lay_out_reads(shared, device, k, chunk)) {
            CRIA_TRY_VOID(fill_slot(shared, device, from, k, one.address));
            CRIA_TRY_VOID(send_slot(shared, device, mine, one, k));
            continue;
        }
        for (std::size_t i = 0; i < chunk.n_reads; ++i) {
            direct_read& read = chunk.reads[i];
            CRIA_TRY(read.n_read, shared.direct_files[read.file].read(read.offset_bytes, {one.address + read.slot_offset, read.size_bytes}));
            if (read.n_read < read.needed_bytes) return ended_early(shared, read);
        }
        CRIA_TRY_VOID(send_direct(shared, device, mine, one, chunk));
    }
    for (slot<R>& one : mine.pieces) CRIA_TRY_VOID(finish_sending(shared, one));
    return {};
}

/// Many reads at a time, by one thread: slots of the lane are filled, sent and filled again, in whatever order the disk
/// and the device finish.
template <runtime R>
class queued_reader {
public:
    queued_reader(job<R>& shared, device_job<R>& device, lane<R>& mine, io::read_queue& queue) noexcept
        : shared_(shared), device_(device), mine_(mine), queue_(queue), from_(shared.sources.span(), source_mode::read) {}

    [[nodiscard]] auto run() -> result<void> {
        CRIA_TRY_VOID(chunks_.resize(mine_.pieces.size(), "direct reads"));
        CRIA_TRY_VOID(is_reading_.resize(mine_.pieces.size(), "direct reads"));
        const auto answer = loop();
        // Whatever happened: no slot may be given back while the disk writes into it.
        while (queue_.in_flight() > 0) {
            if (const auto done = queue_.wait(); !done) return done.error();
        }
        return answer;
    }

private:
    [[nodiscard]] auto loop() -> result<void> {
        bool has_more = true;
        while (true) {
            if (shared_.is_over()) return {};
            for (std::size_t i = 0; has_more && i < mine_.pieces.size(); ++i) {
                if (is_reading_[i] != 0) continue;
                CRIA_TRY(const bool is_free, is_sent(mine_.pieces[i]));
                if (!is_free) continue;
                CRIA_TRY(has_more, start(i));
            }
            if (queue_.in_flight() > 0) {
                CRIA_TRY(const auto done, queue_.wait());
                CRIA_TRY_VOID(take(done));
                continue;
            }
            if (!has_more) break;
            CRIA_TRY_VOID(finish_sending(shared_, mine_.pieces[next_to_wait_]));  // all slots are on their way
            next_to_wait_ = (next_to_wait_ + 1) % mine_.pieces.size();
        }
        for (slot<R>& one : mine_.pieces) CRIA_TRY_VOID(finish_sending(shared_, one));
        return {};
    }

    [[nodiscard]] auto is_sent(slot<R>& one) -> result<bool> {
        if (!one.is_sending) return true;
        CRIA_TRY(const bool is_done, shared_.runtime.is_done(one.sent));
        if (is_done) CRIA_TRY_VOID(finish_sending(shared_, one));
        return is_done;
    }

    /// The next chunk into slot i; false where there is none.
    [[nodiscard]] auto start(std::size_t i) -> result<bool> {
        const std::uint64_t k = device_.next_chunk.fetch_add(1, std::memory_order_relaxed);
        if (k >= device_.n_chunks) return false;
        slot<R>& one = mine_.pieces[i];
        direct_chunk& chunk = chunks_[i];
        if (!lay_out_reads(shared_, device_, k, chunk)) {
            CRIA_TRY_VOID(fill_slot(shared_, device_, from_, k, one.address));
            CRIA_TRY_VOID(send_slot(shared_, device_, mine_, one, k));
            return true;
        }
        if (chunk.n_reads == 0) {  // padding alone, which is zeros already
            CRIA_TRY_VOID(send_direct(shared_, device_, mine_, one, chunk));
            return true;
        }
        for (std::size_t j = 0; j < chunk.n_reads; ++j) CRIA_TRY_VOID(submit(i, j));
        is_reading_[i] = 1;
        return true;
    }

    [[nodiscard]] auto submit(std::size_t i, std::size_t j) -> result<void> {
        const direct_read& read = chunks_[i].reads[j];
        const io::direct_file& file = shared_.direct_files[read.file];
        std::byte* const to = mine_.pieces[i].address + read.slot_offset + read.n_read;
        return queue_.submit(file.native_handle(), read.offset_bytes + read.n_read, {to, read.size_bytes - read.n_read}, i * most_direct_reads + j);
    }

    [[nodiscard]] auto take(const io::read_queue::completion& done) -> result<void> {
        const auto i = static_cast<std::size_t>(done.tag) / most_direct_reads;
        const auto j = static_cast<std::size_t>(done.tag) % most_direct_reads;
        direct_chunk& chunk = chunks_[i];
        direct_read& read = chunk.reads[j];
        if (done.result < 0) return io::detail::system_error(static_cast<int>(-done.result), shared_.sources[read.file].name);
        read.n_read += static_cast<std::size_t>(done.result);
        if (read.n_read < read.needed_bytes) {
            // Short: at the file's end, or since the system felt like it; what does not end on a sector is the end.
            const std::size_t step = shared_.direct_files[read.file].alignment_bytes();
            if (done.result == 0 || read.n_read % step != 0) return ended_early(shared_, read);
            return submit(i, j);
        }
        if (--chunk.n_missing > 0) return {};
        is_reading_[i] = 0;
        return send_direct(shared_, device_, mine_, mine_.pieces[i], chunk);
    }

    job<R>& shared_;
    device_job<R>& device_;
    lane<R>& mine_;
    io::read_queue& queue_;
    stager from_;
    buffer<direct_chunk> chunks_;           // a slot
    buffer<std::uint8_t> is_reading_;       // a slot
    std::size_t next_to_wait_ = 0;
};

}  // namespace cria::inline v0::upload::detail

#endif  // CRIA_UPLOAD_DIRECT_HPP
