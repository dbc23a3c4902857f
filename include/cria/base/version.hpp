// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_VERSION_HPP
#define CRIA_BASE_VERSION_HPP

// The version of the headers in hand. CMake checks that project(VERSION) says the same.
//
// Every public name lives in an inline namespace named after the series whose sources and layouts are
// compatible (`v0` while the major version is 0), so that two series in one program are two sets of
// types and never one set with two layouts.

#define CRIA_VERSION_MAJOR 0
#define CRIA_VERSION_MINOR 1
#define CRIA_VERSION_PATCH 0

namespace cria::inline v0 {

/// A semantic version (https://semver.org), comparable field by field.
struct version_number {
    int major_number;
    int minor_number;
    int patch_number;

    friend constexpr auto operator==(const version_number&, const version_number&) -> bool = default;
};

/// The version these headers were released as.
inline constexpr version_number version{CRIA_VERSION_MAJOR, CRIA_VERSION_MINOR, CRIA_VERSION_PATCH};

}  // namespace cria::inline v0

#endif  // CRIA_BASE_VERSION_HPP
