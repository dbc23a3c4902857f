// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_RESIDENT_HPP
#define CRIA_UPLOAD_RESIDENT_HPP

#include "cria/base/buffer.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"
#include "cria/upload/report.hpp"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

// What an upload leaves: arenas on devices, which this owns unless the caller brought them.

namespace cria::inline v0::upload {

/// One device's memory of an upload.
struct resident_arena {
    std::byte* address = nullptr;  ///< in the device's memory; null where the plan has nothing for it
    std::uint64_t size_bytes = 0;
    std::uint32_t device = 0;      ///< the runtime's number
    bool is_owned = false;         ///< released with the object
};

/// Weights on devices; move-only. Memory is released by the destructor, on the device that it is of; which one is in use afterwards is not
/// said, here and in release().
///
/// Borrows: the runtime, and the memory resource where arenas came from one.
/// Threads: const, safe to share.
template <runtime R>
class resident {
public:
    resident() noexcept = default;
    resident(resident&& other) noexcept
        : runtime_(std::exchange(other.runtime_, nullptr)), memory_(other.memory_), arenas_(std::move(other.arenas_)), report_(std::move(other.report_)) {}
    auto operator=(resident&& other) noexcept -> resident& {
        if (this != &other) {
            static_cast<void>(release());
            runtime_ = std::exchange(other.runtime_, nullptr);
            memory_ = other.memory_;
            arenas_ = std::move(other.arenas_);
            report_ = std::move(other.report_);
        }
        return *this;
    }
    resident(const resident&) = delete;
    auto operator=(const resident&) -> resident& = delete;
    ~resident() { static_cast<void>(release()); }

    /// One a device of the plan.
    [[nodiscard]] auto arenas() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const resident_arena> { return arenas_.span(); }
    auto arenas() && -> std::span<const resident_arena> = delete;
    /// Where an item is. Precondition: `where` is of the plan that was uploaded.
    [[nodiscard]] auto address(const placement& where) const noexcept -> std::byte* {
        assert(where.device < arenas_.size());
        return arenas_[where.device].address + where.device_offset_bytes;
    }
    /// How it went.
    [[nodiscard]] auto report() const& noexcept CRIA_LIFETIME_BOUND -> const upload::report& { return report_; }
    auto report() && -> const upload::report& = delete;

    /// Releases what is owned, as the destructor does, and says how that went. Fails: the first error; all is gone all the same.
    auto release() -> result<void> {
        result<void> first;
        if (runtime_ != nullptr) {
            for (resident_arena& each : arenas_) {
                if (!std::exchange(each.is_owned, false)) continue;
                auto answer = runtime_->use(each.device);
                if (memory_ != nullptr) {
                    memory_->release(memory_->context, each.device, each.address, each.size_bytes);
                } else if (auto released = runtime_->release(each.address); !released) {
                    answer = released;
                }
                if (!answer && first) first = answer;
            }
        }
        arenas_ = {};
        return first;
    }

private:
    template <runtime>
    friend class transfer;
    R* runtime_ = nullptr;
    const memory_resource* memory_ = nullptr;
    buffer<resident_arena> arenas_;
    upload::report report_;
};

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_RESIDENT_HPP
