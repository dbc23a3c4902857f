// SPDX-License-Identifier: MIT
// expects: use of deleted function|call to deleted function
#include <cstddef>
#include <cstdint>
#include <utility>

#include "cria/llama/device_model.hpp"

// What is on devices is found by the tensors of the model: one that is gone has none.

struct some_runtime {
    struct stream {};
    struct event {};
    auto device_count() -> cria::result<std::uint32_t>;
    auto use(std::uint32_t device) -> cria::result<void>;
    auto facts(std::uint32_t device) -> cria::result<cria::upload::device_facts>;
    auto locate(const void* address) -> cria::result<cria::upload::pointer_facts>;
    auto allocate(std::uint64_t size_bytes) -> cria::result<void*>;
    auto release(void* memory) -> cria::result<void>;
    auto allocate_pinned(std::size_t size_bytes) -> cria::result<cria::upload::pinned_memory>;
    auto release_pinned(const cria::upload::pinned_memory& memory) -> cria::result<void>;
    auto pin_read_only(cria::byte_view mapped) -> cria::result<void>;
    auto unpin(const void* first) -> cria::result<void>;
    auto make_stream() -> cria::result<stream>;
    auto destroy(stream gone) -> cria::result<void>;
    auto make_event() -> cria::result<event>;
    auto destroy(event gone) -> cria::result<void>;
    auto record(event point, stream in) -> cria::result<void>;
    auto wait(stream waiting, event point) -> cria::result<void>;
    auto synchronize(event point) -> cria::result<void>;
    auto synchronize(stream queue) -> cria::result<void>;
    auto is_done(event point) -> cria::result<bool>;
    auto copy_to_device(void* to, const void* from, std::uint64_t size_bytes, stream in) -> cria::result<void>;
    auto copy_to_host(void* to, const void* from, std::uint64_t size_bytes, stream in) -> cria::result<void>;
    auto copy_to_peer(void* to, std::uint32_t to_device, const void* from, std::uint32_t from_device, std::uint64_t size_bytes, stream in) -> cria::result<void>;
    auto connect(std::uint32_t device, std::uint32_t peer) -> cria::result<void>;
    auto fill_with_zeros(void* to, std::uint64_t size_bytes, stream in) -> cria::result<void>;
    auto prepare_digests() -> cria::result<void>;
    auto digest(const cria::upload::device_range* ranges, std::size_t n_ranges, std::uint64_t* digests, stream in) -> cria::result<void>;
};

auto bring(some_runtime& runtime, cria::result<cria::llama::model>&& opened) -> bool {
#ifdef CRIA_MUST_NOT_COMPILE
    return cria::llama::upload_model(*std::move(opened), runtime, {.scratch_bytes = 4096}).has_value();
#else
    return cria::llama::upload_model(*opened, runtime, {.scratch_bytes = 4096}).has_value();
#endif
}
