// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_THREAD_HPP
#define CRIA_IO_THREAD_HPP

#include "cria/base/result.hpp"
#include "cria/io/system.hpp"

#include <cstdint>
#include <cstdlib>  // malloc
#include <utility>

#if !defined(_WIN32)
#include <pthread.h>
#include <time.h>  // clock_gettime, for a deadline
#endif

// A thread and a monitor over the system's own: what the standard's report by exceptions (no thread to be had) is a
// value here, and a tenth of the standard's headers is paid for.

namespace cria::inline v0::io {

/// A thread that runs one function; move-only. Join before it is destroyed: the destructor waits.
class thread {
public:
    thread() noexcept = default;
    /// Calls `run(context)` on a new thread. `run` must not let an exception out.
    /// Fails: errc::out_of_memory where the system has no thread to give.
    [[nodiscard]] static auto start(void (*run)(void*), void* context) -> result<thread>;

    thread(thread&& other) noexcept : native_(other.native_), runs_(std::exchange(other.runs_, false)) {}
    auto operator=(thread&& other) noexcept -> thread& {
        if (this != &other) {
            join();
            native_ = other.native_;
            runs_ = std::exchange(other.runs_, false);
        }
        return *this;
    }
    thread(const thread&) = delete;
    auto operator=(const thread&) -> thread& = delete;
    ~thread() { join(); }

    /// Returns when the function has. Harmless where no thread was started, or it was joined before.
    void join() noexcept;

private:
#if defined(_WIN32)
    struct call {
        void (*run)(void*);
        void* context;
    };
    static auto WINAPI entry(void* raw) -> DWORD {
        const call what = *static_cast<call*>(raw);
        std::free(raw);
        what.run(what.context);
        return 0;
    }
    HANDLE native_ = nullptr;
#else
    struct call {
        void (*run)(void*);
        void* context;
    };
    static auto entry(void* raw) -> void* {
        const call what = *static_cast<call*>(raw);
        std::free(raw);
        what.run(what.context);
        return nullptr;
    }
    pthread_t native_{};
#endif
    bool runs_ = false;
};

/// A lock with one condition. State that it guards is changed between lock() and unlock(); who changed it notifies.
class monitor {
public:
    monitor() noexcept = default;
    monitor(const monitor&) = delete;
    auto operator=(const monitor&) -> monitor& = delete;
    ~monitor();

    void lock() noexcept;
    void unlock() noexcept;
    /// Wakes all who wait.
    void notify() noexcept;
    /// Gives the lock up, waits for notify(), and takes it again. May return without cause: ask in a loop.
    void wait() noexcept;
    /// The same, for `microseconds` at the most.
    void wait_for(std::uint64_t microseconds) noexcept;

private:
#if defined(_WIN32)
    SRWLOCK lock_ = SRWLOCK_INIT;
    CONDITION_VARIABLE changed_ = CONDITION_VARIABLE_INIT;
#else
    pthread_mutex_t lock_ = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t changed_ = PTHREAD_COND_INITIALIZER;
#endif
};

/// Holds a monitor as long as it lives.
class locked {
public:
    explicit locked(monitor& held) noexcept : held_(held) { held_.lock(); }
    locked(const locked&) = delete;
    auto operator=(const locked&) -> locked& = delete;
    ~locked() { held_.unlock(); }

private:
    monitor& held_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto thread::start(void (*run)(void*), void* context) -> result<thread> {
    const error none = error{errc::out_of_memory, "thread"}.because("the system has no thread to give");
    auto* const what = static_cast<call*>(std::malloc(sizeof(call)));
    if (what == nullptr) return none;
    *what = {run, context};
    thread made;
#if defined(_WIN32)
    made.native_ = CreateThread(nullptr, 0, &entry, what, 0, nullptr);
    const int number = made.native_ == nullptr ? static_cast<int>(GetLastError()) : 0;
#else
    const int number = ::pthread_create(&made.native_, nullptr, &entry, what);
#endif
    if (number != 0) {
        std::free(what);
        return none.from_system(number);
    }
    made.runs_ = true;
    return made;
}

#if defined(_WIN32)

inline void thread::join() noexcept {
    if (!std::exchange(runs_, false)) return;
    WaitForSingleObject(native_, INFINITE);
    CloseHandle(native_);
}

inline monitor::~monitor() = default;
inline void monitor::lock() noexcept { AcquireSRWLockExclusive(&lock_); }
inline void monitor::unlock() noexcept { ReleaseSRWLockExclusive(&lock_); }
inline void monitor::notify() noexcept { WakeAllConditionVariable(&changed_); }
inline void monitor::wait() noexcept { SleepConditionVariableSRW(&changed_, &lock_, INFINITE, 0); }
inline void monitor::wait_for(std::uint64_t microseconds) noexcept {
    SleepConditionVariableSRW(&changed_, &lock_, static_cast<DWORD>((microseconds + 999) / 1000), 0);
}

#else

inline void thread::join() noexcept {
    if (std::exchange(runs_, false)) static_cast<void>(::pthread_join(native_, nullptr));
}

inline monitor::~monitor() {
    static_cast<void>(::pthread_cond_destroy(&changed_));
    static_cast<void>(::pthread_mutex_destroy(&lock_));
}
inline void monitor::lock() noexcept { static_cast<void>(::pthread_mutex_lock(&lock_)); }
inline void monitor::unlock() noexcept { static_cast<void>(::pthread_mutex_unlock(&lock_)); }
inline void monitor::notify() noexcept { static_cast<void>(::pthread_cond_broadcast(&changed_)); }
inline void monitor::wait() noexcept { static_cast<void>(::pthread_cond_wait(&changed_, &lock_)); }
inline void monitor::wait_for(std::uint64_t microseconds) noexcept {
    timespec until{};
    static_cast<void>(::clock_gettime(CLOCK_REALTIME, &until));  // the clock that pthread_cond_timedwait counts by
    constexpr std::uint64_t second = 1'000'000'000;
    const std::uint64_t nanoseconds = static_cast<std::uint64_t>(until.tv_nsec) + (microseconds % 1'000'000) * 1000;
    until.tv_sec += static_cast<time_t>(microseconds / 1'000'000 + nanoseconds / second);
    until.tv_nsec = static_cast<long>(nanoseconds % second);
    static_cast<void>(::pthread_cond_timedwait(&changed_, &lock_, &until));
}

#endif

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_THREAD_HPP
