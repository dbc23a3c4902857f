// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_SPLIT_HPP
#define CRIA_GGUF_SPLIT_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/gguf/tensor_data.hpp"
#include "cria/gguf/writer.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/output_file.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

// A model cut into shards, and shards put together again. Which tensor goes where is a plan, which is plain data and
// can be looked at before a byte is written:
//
//     CRIA_TRY(const auto model, gguf::shards::open("model.gguf"));
//     CRIA_TRY(const auto plan, gguf::plan_split(model.tensors(), {.max_bytes = std::uint64_t{4} << 30U}));
//     CRIA_TRY_VOID(gguf::write_split(model, "out/model", plan));          // out/model-00001-of-00003.gguf, …
//
// The first shard has all keys of the model and then the three split keys; the others have the split keys, and
// general.alignment where the model's is not 32. Tensors keep their order, and their bytes are copied as they are, so
// a file that is split and merged again is the file it was, but for gaps between tensors and room kept for edits
// (filler_key), which are not written anew. Keys that only a later shard has are left out, as every reader leaves them.
//
// Each file appears whole or not at all. Not so the set: what was written before an error stays.

namespace cria::inline v0::gguf {

/// How much goes into one shard.
struct split_limits {
    std::uint64_t max_bytes = ~std::uint64_t{0};    ///< of tensor data; header and padding come on top. A larger tensor gets a shard of its own
    std::uint64_t max_tensors = ~std::uint64_t{0};  ///< at least 1
    bool first_without_tensors = false;             ///< the first shard has the metadata alone
};

/// Which tensors go into which shard: consecutive ones, in the order of the table.
struct split_plan {
    struct part {
        std::size_t first = 0;  ///< tensor
        std::size_t count = 0;
        std::uint64_t data_bytes = 0;
    };
    buffer<part> parts;  ///< a shard each
};

/// A plan that fills one shard after the other.
/// Fails: errc::invalid_argument for max_tensors of 0; errc::limit_exceeded where that takes more than 65535 shards; errc::out_of_memory.
[[nodiscard]] inline auto plan_split(const tensor_table& tensors, const split_limits& limits) -> result<split_plan>;

/// What write_split has written.
struct split_report {
    std::uint32_t n_shards = 0;
    std::uint64_t bytes = 0;
    io::copy_report copied;
};

/// Writes the shards of a model to shard_name(prefix, …). Unless `how` says so, no file is replaced, and none is written
/// where one of the names is taken.
/// Fails: errc::file_exists; errc::invalid_argument for a plan that is not one of this model's tensors, and where a file
///        that is read from would be written; as writer::set, add_tensor and write.
[[nodiscard]] inline auto write_split(const shards& from, std::string_view prefix, const split_plan& plan, const io::output_options& how = {.replace = false})
    -> result<split_report>;

/// Writes all of a model into one file. Unless `how` says so, no file is replaced.
/// Fails: errc::file_exists; errc::invalid_argument where a file that is read from would be written; as writer::set, add_tensor and write.
[[nodiscard]] inline auto write_merged(const shards& from, std::string_view path, const io::output_options& how = {.replace = false}) -> result<written>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// Every key of the model but those about its former shards.
[[nodiscard]] inline auto copy_keys(const shards& from, writer& into) -> result<void> {
    for (const metadata_entry& entry : from.metadata())
        if (entry.key != split_number_key && entry.key != split_count_key && entry.key != split_tensors_key && entry.key != filler_key)
            CRIA_TRY_VOID(into.set(entry.key, entry.value));
    return {};
}

[[nodiscard]] inline auto copy_tensors(const shards& from, const split_plan::part& part, writer& into) -> result<void> {
    for (std::size_t i = part.first; i < part.first + part.count; ++i) {
        const tensor& of = from.tensors()[i];
        const file& in = from[of.shard];
        CRIA_TRY_VOID(into.add_tensor(of, tensor_data::from_file(in.native(), in.base_offset_bytes() + of.offset_bytes)));
    }
    return {};
}

/// As the model is written: its last file says what is behind the last tensor.
[[nodiscard]] inline auto options_like(const shards& from) noexcept -> writer_options { return writer::options_of(from[from.size() - 1].contents()); }

/// One shard, ready to be written. Borrows: `from`.
[[nodiscard]] inline auto make_shard(const shards& from, const split_plan& plan, std::size_t number) -> result<writer> {
    const std::size_t count = plan.parts.size();
    writer_options options = options_like(from);
    if (number + 1 < count) options.final_padding = true;
    writer out(options);
    if (number == 0) CRIA_TRY_VOID(copy_keys(from, out));
    CRIA_TRY_VOID(out.set(split_number_key, static_cast<std::uint16_t>(number)));
    CRIA_TRY_VOID(out.set(split_count_key, static_cast<std::uint16_t>(count)));
    CRIA_TRY_VOID(out.set(split_tensors_key, static_cast<std::int32_t>(from.tensors().size())));
    const std::uint64_t alignment = from[0].contents().alignment_bytes();
    if (number > 0 && alignment != 32) CRIA_TRY_VOID(out.set("general.alignment", static_cast<std::uint32_t>(alignment)));
    CRIA_TRY_VOID(copy_tensors(from, plan.parts[number], out));
    return out;
}

/// All of it in one file, ready to be written. Borrows: `from`.
[[nodiscard]] inline auto make_merged(const shards& from) -> result<writer> {
    writer out(options_like(from));
    CRIA_TRY_VOID(copy_keys(from, out));
    CRIA_TRY_VOID(copy_tensors(from, {0, from.tensors().size(), 0}, out));
    return out;
}

[[nodiscard]] inline auto check_plan(const tensor_table& tensors, const split_plan& plan) -> result<void> {
    const error why{errc::invalid_argument, "split plan"};
    if (plan.parts.empty() || plan.parts.size() > shards::max_shards) return why.because("has no shards, or too many").finding(std::uint64_t{plan.parts.size()});
    if (tensors.size() > static_cast<std::size_t>((std::numeric_limits<std::int32_t>::max)()))
        return error{errc::limit_exceeded, split_tensors_key}.finding(std::uint64_t{tensors.size()});
    std::size_t next = 0;
    for (const split_plan::part& part : plan.parts) {
        if (part.first != next || part.count > tensors.size() - next) return why.because("is not made for this model's tensors");
        next += part.count;
    }
    return next == tensors.size() ? result<void>() : result<void>(why.because("leaves tensors out").expecting(std::uint64_t{tensors.size()}, std::uint64_t{next}));
}

/// That what is at `path` may be written: it is none of the files that are read from, by whatever path, and nothing at all
/// unless it may be replaced.
[[nodiscard]] inline auto check_name(const shards& from, std::string_view path, bool replace) -> result<void> {
    const auto there = io::native_file::open(path);
    if (!there && there.error().code == errc::file_not_found) return {};
    const auto subject = io::detail::path_text::end_of(path);
    if (!replace) return error{errc::file_exists, subject.view()};
    if (there)
        for (const file& source : from)
            if (source.native().is_same_file(*there)) return error{errc::invalid_argument, subject.view()}.because("is one of the files that the model is read from");
    return {};
}

/// That no shard's name stands in the way, before the first is written.
[[nodiscard]] inline auto check_names(const shards& from, std::string_view prefix, std::uint32_t count, bool replace) -> result<void> {
    for (std::uint32_t number = 0; number < count; ++number) {
        CRIA_TRY(const auto name, shard_name(prefix, number, count));
        CRIA_TRY_VOID(check_name(from, name.view(), replace));
    }
    return {};
}

}  // namespace detail

inline auto plan_split(const tensor_table& tensors, const split_limits& limits) -> result<split_plan> {
    if (limits.max_tensors == 0) return error{errc::invalid_argument, "max_tensors"}.because("is 0");
    split_plan plan;
    split_plan::part current;
    const auto close = [&]() -> result<void> {
        if (plan.parts.size() == shards::max_shards) return error{errc::limit_exceeded, "shards"}.because("would be more than a set can have").expecting(std::uint64_t{shards::max_shards}, {});
        CRIA_TRY_VOID(plan.parts.push_back(current, "split plan"));
        current = {current.first + current.count, 0, 0};
        return {};
    };
    if (limits.first_without_tensors) CRIA_TRY_VOID(close());
    for (const tensor& of : tensors) {
        const bool fits = current.count < limits.max_tensors && current.data_bytes <= limits.max_bytes && of.size_bytes <= limits.max_bytes - current.data_bytes;
        if (!fits && current.count > 0) CRIA_TRY_VOID(close());
        ++current.count;
        current.data_bytes += of.size_bytes;  // fits: either up to max_bytes, or one tensor alone
    }
    if (current.count > 0 || plan.parts.empty()) CRIA_TRY_VOID(close());
    return plan;
}

inline auto write_split(const shards& from, std::string_view prefix, const split_plan& plan, const io::output_options& how) -> result<split_report> {
    CRIA_TRY_VOID(detail::check_plan(from.tensors(), plan));
    split_report report;
    report.n_shards = static_cast<std::uint32_t>(plan.parts.size());
    CRIA_TRY_VOID(detail::check_names(from, prefix, report.n_shards, how.replace));
    for (std::uint32_t number = 0; number < report.n_shards; ++number) {
        CRIA_TRY(const auto shard, detail::make_shard(from, plan, number));
        CRIA_TRY(const auto name, shard_name(prefix, number, report.n_shards));
        CRIA_TRY(const auto done, shard.write(name.view(), how));
        report.bytes += done.bytes;
        report.copied.in_kernel_bytes += done.copied.in_kernel_bytes;
        report.copied.through_memory_bytes += done.copied.through_memory_bytes;
    }
    return report;
}

inline auto write_merged(const shards& from, std::string_view path, const io::output_options& how) -> result<written> {
    CRIA_TRY_VOID(detail::check_name(from, path, how.replace));
    CRIA_TRY(const auto merged, detail::make_merged(from));
    return merged.write(path, how);
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_SPLIT_HPP
