// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_ERROR_HPP
#define CRIA_BASE_ERROR_HPP

#include "cria/base/text.hpp"

#include <cstdint>
#include <string>  // message()
#include <string_view>

// What went wrong, where, and with what: one value type for every operation that can fail because of
// the world (a file, its bytes, the kind of model, a device, a number the caller passed on from outside).
//
// An error outlives what it talks about: names taken from a file are copied into it (inline, cut to fit),
// so it may be returned after the mapping is gone. It is trivially copyable and never allocates; only
// message(), which is for people, makes a string. Names from files may hold anything, so message()
// escapes every byte that is not printable text: one error is always one line.
//
// The codes are the stable part, for programs; sentences may be reworded between versions.

namespace cria::inline v0 {

/// What kind of thing went wrong. Stable: a program may switch over it.
enum class errc : std::uint16_t {
    // the caller and the machine
    invalid_argument,   ///< a number or text handed in from outside is not usable
    out_of_memory,      ///< an allocation was refused
    cancelled,          ///< the caller asked for it to end
    output_too_small,   ///< the caller's output cannot hold the result; error::expected says what is needed
    // the file as a thing
    file_not_found,     ///< nothing has this name
    permission_denied,  ///< it exists, and may not be read or written
    is_directory,       ///< the name belongs to a directory
    not_a_file,         ///< a device, pipe or socket: nothing that has a size
    empty_file,         ///< zero bytes
    too_large,          ///< does not fit the address space or the caller's limit
    io_error,           ///< the operating system failed; error::native says how
    file_changed,       ///< the file is not the one that was opened: it shrank, or was written to
    file_exists,        ///< the name is taken, and what has it was not to be replaced
    disk_full,          ///< no space, or no quota, left where the file is written
    not_mapped,         ///< a view was asked for, and this access mode holds none
    // the container's bytes
    bad_magic,            ///< not a GGUF file
    unsupported_version,  ///< a GGUF version this library does not read
    truncated,            ///< the bytes end inside an item (error::offset: where they end), or before what a length or count promises (its offset)
    incomplete,           ///< the prefix in hand ends inside the header; error::expected says how many bytes are needed
    limit_exceeded,       ///< a count or length above what the policy allows
    overflow,             ///< sizes whose product or sum no file can hold
    invalid_value,        ///< bytes that mean nothing the format allows
    duplicate_name,       ///< a key or tensor name that was there before
    misaligned,           ///< an offset or alignment that breaks the format's rule
    data_out_of_bounds,   ///< a tensor's data reaches past the end of the file
    data_overlap,         ///< two tensors claim the same bytes
    unsupported_feature,  ///< legal, and not read by this version of the library
    // several files that are one model
    missing_shard,  ///< a file of the set is not there
    foreign_shard,  ///< a file is there, and is not of this set
    // metadata and tensors asked for
    missing_key,      ///< no such metadata key
    wrong_type,       ///< the value has another type than the one asked for
    out_of_range,     ///< the value does not fit the type or the range asked for
    missing_tensor,   ///< no tensor of this name
    wrong_shape,      ///< a tensor of another shape than its role demands, or whose rows do not fill blocks
    unsupported_type, ///< a tensor type whose layout is not known, or was removed from the format
    // tokenizers
    unsupported_tokenizer,     ///< tokenizer.ggml.model names an algorithm that is not byte-level BPE or SentencePiece BPE
    unsupported_pretokenizer,  ///< tokenizer.ggml.pre names a rule that is not known
    invalid_vocabulary,        ///< tokens, types, scores or merges that contradict one another
    invalid_token,             ///< an id outside the vocabulary
    // models
    unsupported_architecture,  ///< general.architecture is none of the Llama families
    contradictory_keys,        ///< hyper-parameters that cannot all be true
    // devices
    no_device,          ///< no device of this number, or no driver that could reach one
    device_error,       ///< a call of the device's runtime failed; error::native is its number for why
    not_resident,       ///< memory that should be a device's own is not
    checksum_mismatch,  ///< the bytes on the device are not those of the file
};

/// The code's name as it stands in `errc`, for logs and JSON: `"truncated"`.
[[nodiscard]] constexpr auto name_of(errc code) noexcept -> const char*;

/// One side of "expected …, found …": a number, or a short text.
class error_value {
public:
    constexpr error_value() noexcept = default;
    constexpr error_value(std::uint64_t number) noexcept : number_(number), kind_(kind::number) {}  // NOLINT(google-explicit-constructor)
    constexpr error_value(std::string_view text) noexcept : text_(text), kind_(kind::text) {}        // NOLINT(google-explicit-constructor)
    constexpr error_value(const char* text) noexcept : error_value(std::string_view(text)) {}        // NOLINT(google-explicit-constructor)

    [[nodiscard]] constexpr auto has_value() const noexcept -> bool { return kind_ != kind::nothing; }
    [[nodiscard]] constexpr auto is_number() const noexcept -> bool { return kind_ == kind::number; }
    [[nodiscard]] constexpr auto number() const noexcept -> std::uint64_t { return number_; }
    [[nodiscard]] constexpr auto text() const noexcept -> std::string_view { return text_.view(); }

private:
    enum class kind : std::uint8_t { nothing, number, text };
    std::uint64_t number_ = 0;
    detail::inline_text<47> text_;
    kind kind_ = kind::nothing;
};

/// Why an operation failed: a code for programs, the place and the thing for people.
///
///     return error{errc::truncated, at, "tensor count"};       // "tensor count: file ends at byte 24"
///     return error{errc::wrong_shape, name}.because("is a matrix of another size").expecting(64, 32);
///
/// Threads: a plain value.
struct error {
    static constexpr std::uint64_t no_offset = ~std::uint64_t{0};

    errc code{};
    std::uint64_t offset = no_offset;      ///< byte offset in the file or text, or no_offset
    detail::inline_text<111> subject;      ///< key, tensor, path or item the sentence is about; owned, cut to fit
    error_value expected;                  ///< what would have been right, if that can be said
    error_value found;                     ///< what was there
    int native = 0;                        ///< errno, or GetLastError() on Windows, or a device runtime's number; 0 if none was asked
    const char* reason = nullptr;          ///< a sentence (static storage) in place of the code's own

    constexpr error() noexcept = default;
    constexpr error(errc what, std::string_view about) noexcept : code(what), subject(about) {}
    constexpr error(errc what, std::uint64_t at, std::string_view about) noexcept : code(what), offset(at), subject(about) {}

    /// The same error with its own sentence. `sentence` must have static storage.
    [[nodiscard]] constexpr auto because(const char* sentence) const noexcept -> error {
        error copy = *this;
        copy.reason = sentence;
        return copy;
    }
    /// The same error with what was expected and what was found.
    [[nodiscard]] constexpr auto expecting(error_value wanted, error_value got) const noexcept -> error {
        error copy = *this;
        copy.expected = wanted;
        copy.found = got;
        return copy;
    }
    /// The same error with what was found.
    [[nodiscard]] constexpr auto finding(error_value got) const noexcept -> error {
        error copy = *this;
        copy.found = got;
        return copy;
    }
    /// The same error with the operating system's, or the device runtime's, number.
    [[nodiscard]] constexpr auto from_system(int number) const noexcept -> error {
        error copy = *this;
        copy.native = number;
        return copy;
    }

    /// The sentence alone, without the subject: `file ends at byte 24`. One line.
    [[nodiscard]] auto sentence() const -> std::string;
    /// Subject and sentence: `tensor count: file ends at byte 24`. One line, control bytes escaped.
    [[nodiscard]] auto message() const -> std::string;
};

// ---------------------------------------------------------------------------------------------------
// implementation

constexpr auto name_of(errc code) noexcept -> const char* {
    switch (code) {
        case errc::invalid_argument: return "invalid_argument";
        case errc::out_of_memory: return "out_of_memory";
        case errc::cancelled: return "cancelled";
        case errc::output_too_small: return "output_too_small";
        case errc::file_not_found: return "file_not_found";
        case errc::permission_denied: return "permission_denied";
        case errc::is_directory: return "is_directory";
        case errc::not_a_file: return "not_a_file";
        case errc::empty_file: return "empty_file";
        case errc::too_large: return "too_large";
        case errc::io_error: return "io_error";
        case errc::file_changed: return "file_changed";
        case errc::file_exists: return "file_exists";
        case errc::disk_full: return "disk_full";
        case errc::not_mapped: return "not_mapped";
        case errc::bad_magic: return "bad_magic";
        case errc::unsupported_version: return "unsupported_version";
        case errc::truncated: return "truncated";
        case errc::incomplete: return "incomplete";
        case errc::limit_exceeded: return "limit_exceeded";
        case errc::overflow: return "overflow";
        case errc::invalid_value: return "invalid_value";
        case errc::duplicate_name: return "duplicate_name";
        case errc::misaligned: return "misaligned";
        case errc::data_out_of_bounds: return "data_out_of_bounds";
        case errc::data_overlap: return "data_overlap";
        case errc::unsupported_feature: return "unsupported_feature";
        case errc::missing_shard: return "missing_shard";
        case errc::foreign_shard: return "foreign_shard";
        case errc::missing_key: return "missing_key";
        case errc::wrong_type: return "wrong_type";
        case errc::out_of_range: return "out_of_range";
        case errc::missing_tensor: return "missing_tensor";
        case errc::wrong_shape: return "wrong_shape";
        case errc::unsupported_type: return "unsupported_type";
        case errc::unsupported_tokenizer: return "unsupported_tokenizer";
        case errc::unsupported_pretokenizer: return "unsupported_pretokenizer";
        case errc::invalid_vocabulary: return "invalid_vocabulary";
        case errc::invalid_token: return "invalid_token";
        case errc::unsupported_architecture: return "unsupported_architecture";
        case errc::contradictory_keys: return "contradictory_keys";
        case errc::no_device: return "no_device";
        case errc::device_error: return "device_error";
        case errc::not_resident: return "not_resident";
        case errc::checksum_mismatch: return "checksum_mismatch";
    }
    return "unknown";
}

namespace detail {

[[nodiscard]] constexpr auto phrase_of(errc code) noexcept -> const char* {
    switch (code) {
        case errc::invalid_argument: return "is not usable";
        case errc::out_of_memory: return "out of memory";
        case errc::cancelled: return "was cancelled";
        case errc::output_too_small: return "output is too small";
        case errc::file_not_found: return "no such file";
        case errc::permission_denied: return "permission denied";
        case errc::is_directory: return "is a directory";
        case errc::not_a_file: return "is not a regular file";
        case errc::empty_file: return "file is empty";
        case errc::too_large: return "is too large";
        case errc::io_error: return "the operating system reported an error";
        case errc::file_changed: return "file changed while it was in use";
        case errc::file_exists: return "exists already";
        case errc::disk_full: return "no space left on the device";
        case errc::not_mapped: return "is not held in memory in this access mode";
        case errc::bad_magic: return "is not a GGUF file";
        case errc::unsupported_version: return "unsupported GGUF version";
        case errc::truncated: return "file ends";
        case errc::incomplete: return "needs more bytes of the file";
        case errc::limit_exceeded: return "is above the limit";
        case errc::overflow: return "sizes overflow";
        case errc::invalid_value: return "is not valid";
        case errc::duplicate_name: return "appears twice";
        case errc::misaligned: return "is not aligned";
        case errc::data_out_of_bounds: return "data ends past the end of the file";
        case errc::data_overlap: return "data overlaps another tensor's";
        case errc::unsupported_feature: return "is not supported";
        case errc::missing_shard: return "shard is missing";
        case errc::foreign_shard: return "belongs to another set of shards";
        case errc::missing_key: return "no such key";
        case errc::wrong_type: return "has another type";
        case errc::out_of_range: return "is out of range";
        case errc::missing_tensor: return "no such tensor";
        case errc::wrong_shape: return "has another shape";
        case errc::unsupported_type: return "tensor type is not supported";
        case errc::unsupported_tokenizer: return "unsupported tokenizer";
        case errc::unsupported_pretokenizer: return "unsupported pre-tokenizer";
        case errc::invalid_vocabulary: return "vocabulary is not valid";
        case errc::invalid_token: return "token id is outside the vocabulary";
        case errc::unsupported_architecture: return "unsupported architecture";
        case errc::contradictory_keys: return "contradicts another key";
        case errc::no_device: return "there is no such device";
        case errc::device_error: return "the device reported an error";
        case errc::not_resident: return "is not in the device's memory";
        case errc::checksum_mismatch: return "bytes on the device are not those of the file";
    }
    return "unknown error";
}

inline void append_value(std::string& out, const error_value& value) {
    if (value.is_number()) return static_cast<void>(out += decimal(value.number()).view());
    append_printable(out, value.text());
}

}  // namespace detail

inline auto error::sentence() const -> std::string {
    std::string out;
    const bool has_offset = offset != no_offset;
    if (code == errc::truncated && reason == nullptr && has_offset) {  // the offset is the sentence
        out = "file ends at byte ";
        out += detail::decimal(offset).view();
        return out;
    }
    if (code == errc::data_out_of_bounds && reason == nullptr && expected.is_number() && found.is_number()) {
        out = "data ends ";
        const std::uint64_t past = found.number() - expected.number();
        out += detail::decimal(past).view();
        out += past == 1 ? " byte past the end of the file" : " bytes past the end of the file";
        return out;
    }
    out = reason != nullptr ? reason : detail::phrase_of(code);
    if (expected.has_value()) {
        out += ", expected ";
        detail::append_value(out, expected);
    }
    if (found.has_value()) {
        out += expected.has_value() ? ", found " : ": ";
        detail::append_value(out, found);
    }
    if (has_offset) {
        out += " at byte ";
        out += detail::decimal(offset).view();
    }
    if (native != 0) {
        out += code == errc::device_error ? " (device error " : " (system error ";
        out += detail::decimal(native < 0 ? -static_cast<std::uint64_t>(native) : static_cast<std::uint64_t>(native), native < 0).view();
        out += ")";
    }
    return out;
}

inline auto error::message() const -> std::string {
    std::string out;
    detail::append_printable(out, subject.view());
    if (!subject.empty()) out += ": ";
    out += sentence();
    return out;
}

}  // namespace cria::inline v0

#endif  // CRIA_BASE_ERROR_HPP
