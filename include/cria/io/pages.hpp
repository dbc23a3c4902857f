// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_PAGES_HPP
#define CRIA_IO_PAGES_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/system.hpp"

#include <cstdint>

#if !defined(_WIN32)
#include <sys/mman.h>
#endif

// Pages of memory as the system deals in them: what can be told it about those under a mapping, and fresh ones.

namespace cria::inline v0::io {

/// Bytes of a page.
[[nodiscard]] inline auto page_bytes() noexcept -> std::size_t;

/// Gives back the pages that lie wholly inside `mapped`, a read-only mapping of a file: they come again when they are
/// touched. A hint; nothing can be lost.
inline void give_back(byte_view mapped) noexcept;

/// `size_bytes` of memory in pages of its own, each written to once by the calling thread, so that the system has it near
/// that thread's processor; of the large kind where the system gives them. All zeros.
/// Fails: errc::out_of_memory.
[[nodiscard]] inline auto allocate_pages(std::size_t size_bytes) -> result<std::byte*>;
/// Gives them back. Precondition: `first` and `size_bytes` are of allocate_pages.
inline void free_pages(std::byte* first, std::size_t size_bytes) noexcept;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {
/// The least step that touches every page.
inline constexpr std::size_t least_page_bytes = 4096;

inline void touch(std::byte* first, std::size_t size_bytes) noexcept {
    for (std::size_t at = 0; at < size_bytes; at += least_page_bytes) *const_cast<volatile std::byte*>(first + at) = std::byte{0};
}
}  // namespace detail

#if defined(_WIN32)

inline auto page_bytes() noexcept -> std::size_t {
    SYSTEM_INFO about{};
    GetSystemInfo(&about);
    return about.dwPageSize;
}
inline void give_back(byte_view) noexcept {}
inline auto allocate_pages(std::size_t size_bytes) -> result<std::byte*> {
    auto* const first = static_cast<std::byte*>(VirtualAlloc(nullptr, size_bytes, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE));
    if (first == nullptr) return error{errc::out_of_memory, "pages"}.finding(std::uint64_t{size_bytes});
    detail::touch(first, size_bytes);
    return first;
}
inline void free_pages(std::byte* first, std::size_t) noexcept { static_cast<void>(VirtualFree(first, 0, MEM_RELEASE)); }

#else

inline auto page_bytes() noexcept -> std::size_t {
    const long reported = ::sysconf(_SC_PAGESIZE);
    return reported > 0 ? static_cast<std::size_t>(reported) : 4096;
}

inline void give_back(byte_view mapped) noexcept {
    const std::size_t page = page_bytes();
    const std::size_t lead = (page - reinterpret_cast<std::uintptr_t>(mapped.data()) % page) % page;
    if (mapped.size() < lead + page) return;
    const std::size_t whole = (mapped.size() - lead) / page * page;
    static_cast<void>(::madvise(const_cast<std::byte*>(mapped.data()) + lead, whole, MADV_DONTNEED));
}

inline auto allocate_pages(std::size_t size_bytes) -> result<std::byte*> {
    void* const address = ::mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (address == MAP_FAILED) return error{errc::out_of_memory, "pages"}.finding(std::uint64_t{size_bytes}).from_system(errno);
    auto* const first = static_cast<std::byte*>(address);
#if defined(MADV_HUGEPAGE)
    static_cast<void>(::madvise(address, size_bytes, MADV_HUGEPAGE));  // a hint: fewer pages are pinned faster
#endif
    detail::touch(first, size_bytes);
    return first;
}

inline void free_pages(std::byte* first, std::size_t size_bytes) noexcept { static_cast<void>(::munmap(first, size_bytes)); }

#endif

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_PAGES_HPP
