// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_RESULT_HPP
#define CRIA_BASE_RESULT_HPP

#include "cria/base/error.hpp"

#include <cassert>
#include <new>  // placement
#include <type_traits>
#include <utility>

// result<T>: a T, or the error that says why there is none. The vocabulary is std::expected's, so there is
// nothing to learn; the type is our own, because an alias would mean two layouts under one name when a
// C++20 and a C++23 unit are linked together.
//
// It never throws. Reading the value of a failed result is a mistake in the calling code and asserts.
// Cost: as large as an error (a few hundred bytes, on the stack); success writes only the value and a flag.

namespace cria::inline v0 {

template <class T = void>
class result;

namespace detail {
template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<result<T>> = true;

// Asked wherever something is returned, so cheap questions come first, and those about constructors go to the compiler
// itself (g++, clang and MSVC call them the same) rather than through <type_traits>.
template <class T, class... From>
inline constexpr bool is_made_from = __is_constructible(T, From...);
template <class T, class... From>
inline constexpr bool is_safely_made_from = __is_nothrow_constructible(T, From...);
template <class U, class T>
concept value_for = !std::is_same_v<std::remove_cvref_t<U>, cria::error> && !is_result<std::remove_cvref_t<U>> && is_made_from<T, U&&>;
template <class U, class T>
concept implicit_for = std::is_same_v<std::remove_cvref_t<U>, T> || std::is_convertible_v<U&&, T>;

// std::addressof and std::construct_at, whose header would cost more than all of base: <memory> means smart pointers.
template <class T>
[[nodiscard]] constexpr auto address_of(T& object) noexcept -> T* {
    return __builtin_addressof(object);
}
template <class T>
[[nodiscard]] auto storage_of(T& object) noexcept -> void* {
    return const_cast<void*>(static_cast<const volatile void*>(address_of(object)));
}
}  // namespace detail

/// A value of type T, or an error.
///
///     auto model = llama::open(path);
///     if (!model) return model.error();
///     use(model->tokenizer());
///
/// Threads: as T.
template <class T>
class [[nodiscard]] result {
    static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_same_v<std::remove_cv_t<T>, cria::error>);

public:
    using value_type = T;
    using error_type = cria::error;

    /// Success. Implicit, so that functions may `return value;`.
    template <class U = T>
        requires(detail::value_for<U, T>)
    explicit(!detail::implicit_for<U, T>) result(U&& value) noexcept(detail::is_safely_made_from<T, U&&>)  // NOLINT(google-explicit-constructor)
        : value_(std::forward<U>(value)), has_value_(true) {}
    /// Failure. Implicit, so that functions may `return error{…};`.
    result(const cria::error& why) noexcept : error_(why), has_value_(false) {}  // NOLINT(google-explicit-constructor)

    result(const result& other) noexcept(detail::is_safely_made_from<T, const T&>)
        requires detail::is_made_from<T, const T&>
        : has_value_(other.has_value_) {
        if (has_value_) ::new (detail::storage_of(value_)) T(other.value_);
        else ::new (detail::storage_of(error_)) cria::error(other.error_);
    }
    result(result&& other) noexcept(detail::is_safely_made_from<T, T&&>) : has_value_(other.has_value_) {
        if (has_value_) ::new (detail::storage_of(value_)) T(std::move(other.value_));
        else ::new (detail::storage_of(error_)) cria::error(other.error_);
    }
    auto operator=(const result& other) -> result&
        requires detail::is_made_from<T, const T&>
    {
        if (this != detail::address_of(other)) {
            result copy(other);  // first, so that a throwing copy leaves *this as it was
            destroy();
            take(std::move(copy));
        }
        return *this;
    }
    auto operator=(result&& other) noexcept(detail::is_safely_made_from<T, T&&>) -> result& {
        if (this != detail::address_of(other)) {
            destroy();
            take(std::move(other));
        }
        return *this;
    }
    ~result() { destroy(); }

    [[nodiscard]] auto has_value() const noexcept -> bool { return has_value_; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value_; }

    /// The value. Precondition: has_value().
    [[nodiscard]] auto value() & noexcept -> T& { return assert(has_value_), value_; }
    [[nodiscard]] auto value() const& noexcept -> const T& { return assert(has_value_), value_; }
    // By value, unlike std::expected's: `for (auto token : *metadata.get<string_array>(key))` must not dangle.
    [[nodiscard]] auto value() && noexcept(detail::is_safely_made_from<T, T&&>) -> T { return assert(has_value_), std::move(value_); }
    [[nodiscard]] auto operator*() & noexcept -> T& { return value(); }
    [[nodiscard]] auto operator*() const& noexcept -> const T& { return value(); }
    [[nodiscard]] auto operator*() && noexcept(detail::is_safely_made_from<T, T&&>) -> T { return std::move(*this).value(); }
    [[nodiscard]] auto operator->() noexcept -> T* { return detail::address_of(value()); }
    [[nodiscard]] auto operator->() const noexcept -> const T* { return detail::address_of(value()); }

    /// The error. Precondition: !has_value().
    [[nodiscard]] auto error() const noexcept -> const cria::error& { return assert(!has_value_), error_; }

    /// The value, or `other` where there is none.
    template <class U>
    [[nodiscard]] auto value_or(U&& other) const& -> T {
        return has_value_ ? value_ : static_cast<T>(std::forward<U>(other));
    }
    template <class U>
    [[nodiscard]] auto value_or(U&& other) && -> T {
        return has_value_ ? std::move(value_) : static_cast<T>(std::forward<U>(other));
    }

    /// f(value), a result itself; or this error.
    template <class F>
    auto and_then(F&& f) & { return chain(*this, std::forward<F>(f)); }
    template <class F>
    auto and_then(F&& f) const& { return chain(*this, std::forward<F>(f)); }
    template <class F>
    auto and_then(F&& f) && { return chain(std::move(*this), std::forward<F>(f)); }

    /// f(value), wrapped into a result; or this error.
    template <class F>
    auto transform(F&& f) & { return wrap(*this, std::forward<F>(f)); }
    template <class F>
    auto transform(F&& f) const& { return wrap(*this, std::forward<F>(f)); }
    template <class F>
    auto transform(F&& f) && { return wrap(std::move(*this), std::forward<F>(f)); }

    /// This value; or f(error), a result of the same type: another try, or a better error.
    template <class F>
    auto or_else(F&& f) && -> result {
        if (has_value_) return std::move(*this);
        return std::forward<F>(f)(error_);
    }

private:
    template <class Self, class F>
    static auto chain(Self&& self, F&& f) {
        using next = std::remove_cvref_t<decltype(std::forward<F>(f)(*std::forward<Self>(self)))>;
        static_assert(detail::is_result<next>, "and_then: the function must return a result; use transform for plain values");
        if (!self.has_value_) return next(self.error_);
        return std::forward<F>(f)(*std::forward<Self>(self));
    }
    template <class Self, class F>
    static auto wrap(Self&& self, F&& f) {
        using plain = std::remove_cvref_t<decltype(std::forward<F>(f)(*std::forward<Self>(self)))>;
        if (!self.has_value_) return result<plain>(self.error_);
        if constexpr (std::is_void_v<plain>) {
            std::forward<F>(f)(*std::forward<Self>(self));
            return result<plain>();
        } else {
            return result<plain>(std::forward<F>(f)(*std::forward<Self>(self)));
        }
    }
    void destroy() noexcept {
        if (has_value_) value_.~T();
    }
    void take(result&& other) noexcept(detail::is_safely_made_from<T, T&&>) {
        has_value_ = other.has_value_;
        if (has_value_) ::new (detail::storage_of(value_)) T(std::move(other.value_));
        else ::new (detail::storage_of(error_)) cria::error(other.error_);
    }

    union {
        T value_;
        cria::error error_;  // trivially destructible
    };
    bool has_value_;
};

/// Success, or an error: what an operation returns that has nothing else to say.
template <>
class [[nodiscard]] result<void> {
public:
    using value_type = void;
    using error_type = cria::error;

    result() noexcept : nothing_{}, has_value_(true) {}  // the error's bytes stay unwritten: success must cost nothing
    result(const cria::error& why) noexcept : error_(why), has_value_(false) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] auto has_value() const noexcept -> bool { return has_value_; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value_; }
    void value() const noexcept { assert(has_value_); }
    void operator*() const noexcept { value(); }
    [[nodiscard]] auto error() const noexcept -> const cria::error& { return assert(!has_value_), error_; }

    template <class F>
    auto and_then(F&& f) const {
        using next = std::remove_cvref_t<decltype(std::forward<F>(f)())>;
        static_assert(detail::is_result<next>, "and_then: the function must return a result; use transform for plain values");
        if (!has_value_) return next(error_);
        return std::forward<F>(f)();
    }
    template <class F>
    auto transform(F&& f) const {
        using plain = std::remove_cvref_t<decltype(std::forward<F>(f)())>;
        if (!has_value_) return result<plain>(error_);
        if constexpr (std::is_void_v<plain>) {
            std::forward<F>(f)();
            return result<plain>();
        } else {
            return result<plain>(std::forward<F>(f)());
        }
    }

private:
    union {
        char nothing_;
        cria::error error_;
    };
    bool has_value_;
};

}  // namespace cria::inline v0

#define CRIA_DETAIL_JOIN_2(a, b) a##b
#define CRIA_DETAIL_JOIN(a, b) CRIA_DETAIL_JOIN_2(a, b)

/// Evaluates an expression of type result<T>; on failure returns its error from the enclosing function, on
/// success binds its value. A statement of its own on a line of its own, never the body of an `if` without braces. The declaration may
/// not hold a comma (`auto [a, b]`), which would end the macro's argument.
///
///     CRIA_TRY(auto header, read_header(bytes));
#define CRIA_TRY(declaration, ...) CRIA_DETAIL_TRY(CRIA_DETAIL_JOIN(cria_tried_, __LINE__), declaration, __VA_ARGS__)

#define CRIA_DETAIL_TRY(tried, declaration, ...) \
    auto tried = (__VA_ARGS__);                  \
    if (!tried) return tried.error();            \
    declaration = *std::move(tried)

/// The same for expressions whose value is of no interest: CRIA_TRY_VOID(check(header));
#define CRIA_TRY_VOID(...)                                                                   \
    do {                                                                                     \
        if (auto cria_tried = (__VA_ARGS__); !cria_tried) return cria_tried.error();         \
    } while (false)

#endif  // CRIA_BASE_RESULT_HPP
