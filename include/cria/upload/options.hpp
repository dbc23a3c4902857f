// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_OPTIONS_HPP
#define CRIA_UPLOAD_OPTIONS_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/mapped_file.hpp"
#include "cria/io/native_file.hpp"
#include "cria/upload/runtime.hpp"

#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

// What an upload is told besides its plan: where the bytes are, how to fetch them, what to prove, whom to tell.

namespace cria::inline v0::upload {

/// A file of a plan: offsets of the plan count from the first byte here. Borrows.
struct source {
    std::string_view name;                  ///< what errors call it
    byte_view bytes;                        ///< in memory, or a mapping; empty: there is only the file
    const io::native_file* file = nullptr;  ///< null: there is only memory
    std::uint64_t offset_bytes = 0;         ///< in the file, of the first byte here
    bool is_mapping = false;                ///< `bytes` are a shared read-only mapping of the file
};

/// A file that was opened by the library. Borrows.
[[nodiscard]] inline auto source_of(const io::mapped_file& opened) noexcept -> source {
    return {opened.file().path(), opened.bytes(), &opened.file(), opened.offset_bytes(), opened.how() == io::access::mapped};
}
/// A file without any mapping. Borrows.
[[nodiscard]] inline auto source_of(const io::native_file& opened) noexcept -> source { return {opened.path(), {}, &opened, 0, false}; }

/// How the bytes come from the file into memory that a device can read by itself.
enum class source_mode : std::uint8_t {
    automatic,   ///< by what the machine has: see upload/choose.hpp
    mapped,      ///< copied from the mapping into pinned slots by several threads. A file that shrinks is an error where that has
                 ///< happened before a chunk is started, and may be SIGBUS within one
    read,        ///< read into the slots; a file that shrinks is always an error, never a signal
    direct,      ///< read past the page cache: for files that are not in it
    registered,  ///< the mapping is pinned window by window and the device reads it: no copy, one thread. As `mapped` for files that shrink
};

/// What is to be proven before an upload says that it is done.
enum class verification : std::uint8_t {
    automatic,  ///< `checksum` where processors are to spare, else `placement`
    placement,  ///< the arenas are memory of the devices that they should be on
    checksum,   ///< and the device's digest of every range is the host's; takes 24 bytes of pinned memory a copy
    full,       ///< and every byte, read back, is the file's
};

/// Where an upload is.
enum class phase : std::uint8_t { preparing, copying, verifying, done };

struct progress {
    phase at = phase::preparing;
    std::uint64_t done_bytes = 0;  ///< on the devices for certain; never less than it was
    std::uint64_t total_bytes = 0;
    double seconds = 0;            ///< since the upload was started
    /// Of the copies so far.
    [[nodiscard]] auto bytes_per_second() const noexcept -> double { return seconds > 0 ? static_cast<double>(done_bytes) / seconds : 0; }
};

/// A function that is told about progress, by reference: it must outlive the upload. It returns whether to go on. What it throws comes out
/// of the call that told it, and everything is given back.
class progress_callback {
public:
    progress_callback() noexcept = default;
    template <class F>
        requires(!std::is_same_v<F, progress_callback> && std::is_invocable_r_v<bool, F&, const progress&>)  // a copy calls what is called, not the one it is of
    progress_callback(F& f) noexcept  // NOLINT(google-explicit-constructor)
        : call_([](void* context, const progress& now) -> bool { return (*static_cast<F*>(context))(now); }),
          context_(const_cast<void*>(static_cast<const void*>(&f))) {}

    [[nodiscard]] explicit operator bool() const noexcept { return call_ != nullptr; }
    [[nodiscard]] auto operator()(const progress& now) const -> bool { return call_(context_, now); }

private:
    bool (*call_)(void*, const progress&) = nullptr;
    void* context_ = nullptr;
};

/// Memory of a device that the caller has, for an arena.
struct arena_memory {
    void* address = nullptr;  ///< aligned as the plan demands
    std::uint64_t size_bytes = 0;
};

/// Where arenas come from, if not from the runtime: a caller's own allocator. Called on the thread that starts the upload
/// (allocate) or lets its result go (release), with that device in use.
struct memory_resource {
    auto (*allocate)(void* context, std::uint32_t device, std::uint64_t size_bytes, std::uint64_t alignment_bytes) -> result<void*> = nullptr;
    void (*release)(void* context, std::uint32_t device, void* address, std::uint64_t size_bytes) noexcept = nullptr;
    void* context = nullptr;
};

template <runtime R>
class ring;  // upload/lane.hpp

/// How to upload. The defaults choose by what the machine has.
template <runtime R>
struct options {
    source_mode how = source_mode::automatic;
    verification verify = verification::automatic;
    unsigned n_workers = 0;                         ///< threads, of all devices together, as many for each of them, but one at least; 0: as many as pay. At most max_workers
    const std::atomic<bool>* cancel = nullptr;      ///< once it is true the upload ends with errc::cancelled
    progress_callback on_progress = {};             ///< called by finish(), on its thread, some 50 times a second; false cancels
    bool release_page_cache = false;                ///< the file's pages leave the page cache as they are done with
    std::span<const arena_memory> arenas = {};      ///< the caller's, one a device of the plan, none for devices without items; empty: allocated
    const memory_resource* memory = nullptr;        ///< for arenas that are allocated; null: the runtime
    std::span<const typename R::stream> after = {}; ///< a stream a device: nothing is written before what is queued there has been done
    upload::ring<R>* kept = nullptr;                ///< pinned slots and streams that are kept from upload to upload; null: made, and freed
    std::span<const std::uint32_t> devices = {};    ///< the runtime's number of each of the plan's devices; empty: the same numbers
};

inline constexpr unsigned max_workers = 256;

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_OPTIONS_HPP
