// SPDX-License-Identifier: MIT
// cria dequantize: a tensor's values as text or as a NumPy array, or what they are like.
#include <algorithm>
#include <array>
#include <bit>  // endian
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "cria/fmt.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/io/output_file.hpp"
#include "cria/quant/dequantize.hpp"
#include "cria/quant/statistics.hpp"
#include "json.hpp"
#include "npy.hpp"
#include "parallel.hpp"
#include "text.hpp"
#include "watched_write.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;
namespace quant = cria::quant;

/// Rows of a tensor, which are a range of its elements.
struct selection {
    const gguf::tensor* tensor;
    cria::byte_view data;  // of the whole tensor
    std::uint64_t per_row = 0;
    std::uint64_t first_row = 0, n_rows = 0;
    bool is_cut = false;  // by --rows

    [[nodiscard]] auto first() const -> std::uint64_t { return first_row * per_row; }
    [[nodiscard]] auto n_elements() const -> std::uint64_t { return n_rows * per_row; }

    /// As arrays have it, outermost dimension first: the tensor's own, or rows of one that was cut.
    [[nodiscard]] auto array_shape() const -> std::vector<std::uint64_t> {
        if (is_cut) return {n_rows, per_row};
        const auto extents = tensor->shape.dimensions();
        return {extents.rbegin(), extents.rend()};
    }
};

auto select(const gguf::shards& model, const dequantize_options& options) -> cria::result<selection> {
    const gguf::tensor* const tensor = model.tensors().find(options.tensor);
    if (tensor == nullptr) return cria::error{cria::errc::missing_tensor, options.tensor};
    const auto about_tensor = [&](cria::error why) {
        why.subject = tensor->name;
        return why;
    };
    CRIA_TRY(const auto data, model.bytes(*tensor));
    if (model.byte_order() != std::endian::little)
        return cria::error{cria::errc::unsupported_feature, tensor->name}.because("big-endian data is not decoded");
    if (const auto readable = quant::dequantize_range<float>(tensor->type, data, 0, {}); !readable) return about_tensor(readable.error());

    selection made{.tensor = tensor, .data = data, .per_row = tensor->shape[0], .is_cut = options.rows.has_value()};
    const std::uint64_t n_rows = made.per_row == 0 ? 0 : tensor->shape.elements() / made.per_row;
    made.n_rows = n_rows;
    if (options.rows) {
        const std::uint64_t end = options.rows->end.value_or(std::max(n_rows, options.rows->first + 1));
        if (end > n_rows) return cria::error{cria::errc::out_of_range, tensor->name}.because("has fewer rows").expecting(n_rows, end);
        made.first_row = options.rows->first;
        made.n_rows = end - made.first_row;
    }
    return made;
}

/// Calls use(values) for a MiB of them at a time, in order.
template <class Use>
auto for_each_step(const selection& of, Use use) -> cria::result<void> {
    constexpr std::uint64_t step = std::uint64_t{1} << 18U;
    std::vector<float> values(std::min(step, of.n_elements()));
    for (std::uint64_t done = 0; done < of.n_elements(); done += values.size()) {
        values.resize(std::min(step, of.n_elements() - done));
        CRIA_TRY_VOID(quant::dequantize_range<float>(of.tensor->type, of.data, of.first() + done, values));
        CRIA_TRY_VOID(use(std::span<const float>(values)));
    }
    return {};
}

// Values as text ------------------------------------------------------------------------------------

/// The shortest decimal that reads back as `value`; what is no number in quotes, if they are wanted.
void append_number(std::string& out, float value, bool is_json) {
    if (std::isfinite(value)) return static_cast<void>(fmt::format_to(std::back_inserter(out), "{}", value));
    if (is_json) out += json_number(value).dump();
    else out += std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/// Rows with something between values, between rows, and around each.
struct row_style {
    std::string_view begin, between, end, between_rows;
    bool is_json;
};
constexpr row_style text_style{"", " ", "\n", "", false}, json_style{"[", ",", "]", ",", true};

auto print_rows(const selection& of, const row_style& style, output& out) -> cria::result<void> {
    std::uint64_t column = 0;
    bool is_first_row = true;
    std::string text;
    return for_each_step(of, [&](std::span<const float> values) -> cria::result<void> {
        for (const float value : values) {
            if (column == 0) {
                if (!is_first_row) text += style.between_rows;
                text += style.begin;
                is_first_row = false;
            } else {
                text += style.between;
            }
            append_number(text, value, style.is_json);
            if (++column == of.per_row) {
                text += style.end;
                column = 0;
            }
            if (text.size() >= (std::size_t{1} << 16U)) {
                out.write(text);
                text.clear();
                if (out.broken()) return cria::error{cria::errc::io_error, "standard output"};  // output::finish() says why
            }
        }
        out.write(text);
        text.clear();
        return {};
    });
}

/// Nobody reads on: not an error of this command.
auto print_values(const selection& of, const row_style& style, output& out) -> cria::result<void> {
    const auto printed = print_rows(of, style, out);
    return printed || out.broken() ? cria::result<void>() : printed;
}

// Values as a file ----------------------------------------------------------------------------------

/// The bytes of the file.
auto write_npy(const selection& of, const std::string& path) -> cria::result<std::uint64_t> {
    watched_write watched(of.n_elements() * sizeof(float));
    const auto write = [&]() -> cria::result<std::uint64_t> {
        CRIA_TRY(auto file, cria::io::output_file::create(path, watched.options(true)));
        const std::string header = npy_header(of.array_shape());
        CRIA_TRY_VOID(file.append(std::as_bytes(std::span(header))));
        CRIA_TRY_VOID(for_each_step(of, [&](std::span<const float> values) { return file.append(std::as_bytes(values)); }));
        const std::uint64_t bytes = file.size_bytes();
        CRIA_TRY_VOID(file.commit());
        return bytes;
    };
    const auto written = write();
    if (!written) return about_output(written.error());
    return *written;
}

// What values are like ------------------------------------------------------------------------------

auto statistics_of(const selection& of) -> quant::statistics {
    constexpr std::uint64_t step = std::uint64_t{1} << 20U;
    const std::uint64_t n = of.n_elements();
    std::vector<quant::statistics> found(useful_workers());
    shared_progress shown(n * sizeof(float));
    for_each_index((n + step - 1) / step, found.size(), [&](std::size_t worker, std::size_t i) {
        const std::uint64_t count = std::min(step, n - i * step);
        // select() has checked all that can be wrong.
        if (const auto part = quant::statistics_of(of.tensor->type, of.data, of.first() + i * step, count)) found[worker].add(*part);
        shown.advance(worker, count * sizeof(float));
    });
    for (std::size_t i = 1; i < found.size(); ++i) found[0].add(found[i]);
    return found[0];
}

/// The bins between the first and the last that has something.
struct bin_range {
    std::size_t first = 0, end = 0;
};
auto used_bins(const std::array<std::uint64_t, quant::statistics::n_bins>& bins) -> bin_range {
    bin_range used{bins.size(), 0};
    for (std::size_t i = 0; i < bins.size(); ++i) {
        if (bins[i] == 0) continue;
        used.first = std::min(used.first, i);
        used.end = i + 1;
    }
    return used;
}

auto share_of(std::uint64_t part, std::uint64_t whole) -> double { return static_cast<double>(part) / static_cast<double>(whole); }

void print_text(const selection& from, const quant::statistics& of, output& out) {
    const auto line = [&](const char* name, const std::string& value) { out.print("{}  {}\n", padded(name, 10), value); };
    const std::string rows = from.is_cut ? fmt::format(", rows {}:{}", from.first_row, from.first_row + from.n_rows) : "";
    line("tensor", fmt::format("{}, {} {}{}", printable(from.tensor->name), from.tensor->type, from.tensor->shape, rows));
    line("values", grouped(of.count()));
    line("min", fmt::format("{}", of.min()));
    line("max", fmt::format("{}", of.max()));
    line("mean", fmt::format("{:.6g}", of.mean()));
    line("rms", fmt::format("{:.6g}", of.rms()));
    line("zeros", grouped(of.zeros()));
    line("NaN", grouped(of.nans()));
    line("infinite", grouped(of.infinities()));
    const auto bins = of.histogram();
    const auto [first, end] = used_bins(bins);
    constexpr double widest_bar = 40;
    const std::uint64_t most = *std::max_element(bins.begin(), bins.end());
    for (std::size_t i = first; i < end; ++i) {
        const std::string begin = i == 0 ? "above 0" : fmt::format("from 2^{}", static_cast<int>(i) - 24);
        const auto bar = static_cast<std::size_t>(std::ceil(share_of(bins[i], most) * widest_bar));
        out.print("{}  {:>5.1f} %{}{}\n", padded(begin, 10), 100 * share_of(bins[i], of.count()), bar > 0 ? "  " : "", std::string(bar, '#'));
    }
}

auto json_of(const quant::statistics& of) -> json {
    json out;
    out["count"] = of.count();
    out["min"] = json_number(of.min());
    out["max"] = json_number(of.max());
    out["mean"] = json_number(of.mean());
    out["rms"] = json_number(of.rms());
    out["zeros"] = of.zeros();
    out["nans"] = of.nans();
    out["infinities"] = of.infinities();
    json& list = out["histogram"] = json::array();
    const auto bins = of.histogram();
    const auto [first, end] = used_bins(bins);
    for (std::size_t i = first; i < end; ++i) {
        json bin;
        bin["from"] = json_number(double{quant::statistics::bin_begin(i)});
        bin["to"] = i + 1 < bins.size() ? json_number(double{quant::statistics::bin_begin(i + 1)}) : json();
        bin["count"] = bins[i];
        list.push_back(std::move(bin));
    }
    return out;
}

auto json_of(const selection& of) -> json {
    json out;
    out["tensor"] = json_text(of.tensor->name);
    out["type"] = fmt::format("{}", of.tensor->type);
    out["shape"] = json(of.tensor->shape.dimensions());
    out["rows"] = {of.first_row, of.first_row + of.n_rows};
    return out;
}

}  // namespace

auto run(const dequantize_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const auto model, gguf::shards::open(options.model));
    CRIA_TRY(const selection chosen, select(model, options));
    json document = json_of(chosen);
    if (!options.out.empty()) {
        CRIA_TRY_VOID(check_is_apart(model, options.out));
        CRIA_TRY(const std::uint64_t bytes, write_npy(chosen, options.out));
        document["path"] = json_text(options.out);
        document["bytes"] = bytes;
        if (!options.json)
            out.print("{}: float32 ({}), {}\n", printable(options.out), fmt::join(chosen.array_shape(), ", "), human_bytes(bytes));
    }
    if (options.stats) {
        const quant::statistics found = statistics_of(chosen);
        if (options.json) document["stats"] = json_of(found);
        else print_text(chosen, found, out);
    }
    if (!options.out.empty() || options.stats) {
        if (options.json) out.write(to_text(document));
        return {};
    }
    if (!options.json) return print_values(chosen, text_style, out);
    // The values are written as they come: the document may be larger than memory.
    std::string head = to_text(document);
    head.resize(head.rfind('}'));
    out.write(head + ",\"values\":[");
    CRIA_TRY_VOID(print_values(chosen, json_style, out));
    out.write("]}\n");
    return {};
}

}  // namespace cli
