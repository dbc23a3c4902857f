// SPDX-License-Identifier: MIT
// cria check: everything the reader can say about a model, from the first byte to the roles of its tensors.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/gguf/check.hpp"
#include "cria/gguf/policy.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/weights.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "failure.hpp"
#include "json.hpp"
#include "payload.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;
namespace llama = cria::llama;

enum class severity : std::uint8_t { note, warning, error };

auto name_of(severity how_bad) -> const char* {
    return how_bad == severity::error ? "error" : how_bad == severity::warning ? "warning" : "note";
}

struct finding {
    severity how_bad;
    std::string code;  ///< of a cria::errc or a gguf::situation, or our own
    std::optional<std::uint64_t> offset;
    std::string subject;
    std::string message;  ///< subject, sentence and place
    std::optional<std::size_t> shard;
};

/// Whether ggml would take the file.
struct ggml_verdict {
    bool accepts = false;
    std::string reason;
};

/// What is known once everything has been looked at.
struct report {
    std::vector<finding> findings;
    std::optional<gguf::shards> model;  ///< nothing where it does not open
    ggml_verdict ggml;

    [[nodiscard]] auto count(severity how_bad) const -> std::size_t {
        return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), [&](const finding& each) { return each.how_bad == how_bad; }));
    }
};

/// The rules of `profile`, but what they reject is a warning: a file has more to say than the first thing that is wrong with it.
auto patient(gguf::profile profile) -> gguf::policy {
    gguf::policy rules = gguf::policy::of(profile);
    for (std::size_t i = 0; i < gguf::n_situations; ++i) {
        gguf::verdict& verdict = rules.on[static_cast<gguf::situation>(i)];
        if (verdict == gguf::verdict::reject) verdict = gguf::verdict::warn;
    }
    rules.max_warnings = 1U << 16U;
    return rules;
}

class checker {
public:
    checker(const std::string& path, gguf::profile profile) : path_(path), profile_(profile), options_{.rules = patient(profile)} {}

    // What fails here is the machine: no memory, no more files. What is wrong with the model is a finding.

    auto check_container() -> cria::result<void> {
        CRIA_TRY(const auto problems, gguf::inspect_shards(path_, options_));
        for (const cria::error& why : problems) CRIA_TRY_VOID(add(severity::error, why));
        if (problems.empty()) {
            CRIA_TRY(out_.model, gguf::shards::open(path_, options_));
            for (std::size_t i = 0; i < out_.model->size(); ++i) CRIA_TRY_VOID(check_file((*out_.model)[i], i));
        } else if (const auto alone = gguf::file::open(path_, options_)) {
            CRIA_TRY_VOID(check_file(*alone, std::nullopt));  // of a set that is not whole, at least this one
        }
        if (!is_listed_whole_ && out_.count(severity::error) == 0) {  // one of those that are not listed may be what the profile rejects
            const auto judged = gguf::shards::open(path_, {.rules = gguf::policy::of(profile_)});
            if (!judged) CRIA_TRY_VOID(add(severity::error, judged.error()));
        }
        return ask_ggml();
    }

    /// Precondition: the container opened.
    auto check_model() -> cria::result<void> {
        CRIA_TRY_VOID(check_tokenizer(out_.model->metadata()));
        return check_weights(*out_.model);
    }

    /// Precondition: the container opened.
    auto check_data() -> cria::result<void> {
        const payload_report found = check_payload(*out_.model);
        for (const unread_payload& each : found.unread) {
            cria::error why = each.why;
            why.subject = each.tensor->name;
            const bool is_beyond_us = why.code == cria::errc::unsupported_type || why.code == cria::errc::unsupported_feature;
            CRIA_TRY_VOID(add(is_beyond_us ? severity::note : severity::error, why));
        }
        for (const bad_payload& each : found.bad) {
            const gguf::tensor& tensor = *each.tensor;
            const std::uint64_t offset = tensor.offset_bytes + each.fault.offset_bytes;
            const std::string message = fmt::format("{}: {} in row {} at byte {}", printable(tensor.name), each.fault.reason, each.fault.row, offset);
            out_.findings.push_back({severity::error, "payload", offset, printable(tensor.name), where(tensor.shard) + message, shard_of(tensor)});
        }
        return {};
    }

    [[nodiscard]] auto result() && -> report { return std::move(out_); }
    [[nodiscard]] auto opened() const -> bool { return out_.model.has_value(); }

private:
    auto add(severity how_bad, const char* code, std::string_view subject, std::string_view sentence) -> cria::result<void> {
        out_.findings.push_back({how_bad, code, std::nullopt, printable(subject), fmt::format("{}: {}", printable(subject), sentence), std::nullopt});
        return {};
    }

    auto add(severity how_bad, const cria::error& why) -> cria::result<void> {
        const failure shown = failure_of(why);
        if (shown.status == status_environment) return why;
        out_.findings.push_back({how_bad, shown.code, shown.offset, shown.subject, shown.message, std::nullopt});
        return {};
    }

    void add(const gguf::warning& odd, std::optional<std::size_t> shard, const std::string& where) {
        const bool is_rejected = gguf::policy::of(profile_).on[odd.what] == gguf::verdict::reject;
        out_.findings.push_back({is_rejected ? severity::error : severity::warning, gguf::name_of(odd.what), odd.offset_bytes, printable(odd.subject),
                                 where + odd.message(), shard});
    }

    /// Of a set, which file a tensor is in, for people and for programs.
    [[nodiscard]] auto where(std::uint32_t shard) const -> std::string {
        return out_.model->size() > 1 ? file_name_of((*out_.model)[shard].native().path()) + ": " : "";
    }
    [[nodiscard]] auto shard_of(const gguf::tensor& tensor) const -> std::optional<std::size_t> {
        return out_.model->size() > 1 ? std::optional<std::size_t>(tensor.shard) : std::nullopt;
    }

    auto check_file(const gguf::file& file, std::optional<std::size_t> shard) -> cria::result<void> {
        const bool is_one_of_several = !out_.model || out_.model->size() > 1;
        const std::string where = is_one_of_several ? file_name_of(file.native().path()) + ": " : "";
        if (!is_one_of_several) shard.reset();
        const gguf::contents& contents = file.contents();
        for (const gguf::warning& odd : contents.warnings()) add(odd, shard, where);
        if (const std::uint64_t more = contents.n_warnings() - contents.warnings().size(); more > 0) {
            CRIA_TRY_VOID(add(severity::warning, "more_warnings", file_name_of(file.native().path()), fmt::format("{} more oddities that are not listed", grouped(more))));
            is_listed_whole_ = false;
        }
        const auto data = gguf::check_data(file, options_.rules);
        if (!data) return add(severity::error, data.error());
        for (const gguf::warning& odd : *data)
            if (!is_known(odd, contents)) add(odd, shard, where);
        return {};
    }

    /// Padding behind the header is looked at twice.
    static auto is_known(const gguf::warning& odd, const gguf::contents& contents) -> bool {
        return std::any_of(contents.warnings().begin(), contents.warnings().end(),
                           [&](const gguf::warning& known) { return known.what == odd.what && known.offset_bytes == odd.offset_bytes; });
    }

    auto ask_ggml() -> cria::result<void> {
        const auto taken = gguf::shards::open(path_, {.rules = gguf::policy::of(gguf::profile::strict_ggml)});
        if (!taken && status_of(taken.error().code) == status_environment) return taken.error();
        out_.ggml = taken ? ggml_verdict{true, ""} : ggml_verdict{false, taken.error().message()};
        return {};
    }

    auto check_tokenizer(const gguf::metadata& metadata) -> cria::result<void> {
        constexpr std::string_view kind = "tokenizer.ggml.model";
        const auto tokenizer = cria::tokenizer_from(metadata);
        if (tokenizer) {
            for (const cria::bpe::note& note : tokenizer->notes()) CRIA_TRY_VOID(add(severity::warning, "tokenizer", "tokenizer", note.message()));
            return {};
        }
        if (!metadata.contains(kind)) return add(severity::note, "no_tokenizer", kind, "no such key: there is no tokenizer");
        const cria::errc code = tokenizer.error().code;
        const bool is_beyond_us = code == cria::errc::unsupported_tokenizer || code == cria::errc::unsupported_pretokenizer;
        return add(is_beyond_us ? severity::note : severity::error, tokenizer.error());
    }

    auto check_weights(const gguf::shards& model) -> cria::result<void> {
        const gguf::metadata& metadata = model.metadata();
        const auto type = metadata.get<std::string_view>("general.type");
        if (type && *type != "model")
            return add(severity::note, "not_a_model", "general.type", fmt::format("{}: only the container and the tokenizer are checked", printable(*type)));
        if (model.tensors().empty()) return add(severity::note, "no_tensors", "tensors", "there are none: a vocabulary, not a model");
        const auto numbers = llama::hyperparameters_from(metadata);
        if (!numbers) return add(severity_of_numbers(numbers.error()), numbers.error());
        CRIA_TRY(const auto problems, llama::inspect_weights(model.tensors(), *numbers));
        for (const cria::error& why : problems) CRIA_TRY_VOID(add(severity::error, why));
        if (!problems.empty()) return {};
        CRIA_TRY(const auto weights, llama::weights_from(model.tensors(), *numbers));
        for (const gguf::tensor* const unused : weights.unused())
            CRIA_TRY_VOID(add(severity::note, "unused_tensor", unused->name, fmt::format("no role in a {} model", printable(numbers->architecture))));
        return {};
    }

    static auto severity_of_numbers(const cria::error& why) -> severity {
        if (why.code == cria::errc::unsupported_architecture) return severity::note;
        return why.code == cria::errc::missing_key && why.subject.view() == "general.architecture" ? severity::warning : severity::error;
    }

    const std::string& path_;
    gguf::profile profile_;
    gguf::file_options options_;
    report out_;
    bool is_listed_whole_ = true;
};

/// `2 errors, 1 warning`, or `fine`.
auto tally_of(const report& found) -> std::string {
    std::string out;
    for (const severity how_bad : {severity::error, severity::warning})
        if (const std::size_t n = found.count(how_bad); n > 0) out += (out.empty() ? "" : ", ") + counted(n, name_of(how_bad));
    return out.empty() ? "fine" : out;
}

/// The last line: what the file is, how it did, and whether ggml would agree.
auto verdict_of(const report& found, const check_options& options) -> std::string {
    const char* const rules = gguf::name_of(options.profile);
    if (!found.model) return fmt::format("not readable under {}: {}", rules, tally_of(found));
    const gguf::shards& model = *found.model;
    std::string out = fmt::format("GGUF {}, ", model.version());
    if (model.size() > 1) out += counted(model.size(), "shard") + ", ";
    out += fmt::format("{}, {}: {} under {}", counted(model.tensors().size(), "tensor"), counted(model.metadata().size(), "key"), tally_of(found), rules);
    if (options.payload) out += ", data included";
    if (options.profile == gguf::profile::strict_ggml) return out;
    return out + (found.ggml.accepts ? "; ggml takes it" : "; ggml refuses it: " + found.ggml.reason);
}

void print_text(const report& found, const check_options& options, output& out) {
    constexpr std::size_t most_alike = 10;  // a thousand tensors without a role are one thing to know
    std::map<std::pair<severity, std::string>, std::size_t> alike;
    for (const finding& each : found.findings) {
        const std::size_t before = alike[{each.how_bad, each.code}]++;
        if (before < most_alike) out.print("{}  {}\n", out.bold(padded(name_of(each.how_bad), 7)), each.message);
        if (out.broken()) return;
    }
    for (const auto& [kind, n] : alike)
        if (n > most_alike) out.print("{}  … {} more such ({}); --json has all\n", padded(name_of(kind.first), 7), grouped(n - most_alike), kind.second);
    out.print("{}\n", verdict_of(found, options));
}

auto json_of(const finding& each) -> json {
    json row;
    row["severity"] = name_of(each.how_bad);
    row["code"] = each.code;
    row["offset"] = each.offset ? json(*each.offset) : json();
    row["subject"] = json_text(each.subject);
    row["message"] = json_text(each.message);
    row["shard"] = each.shard ? json(*each.shard) : json();
    return row;
}

auto json_of(const report& found, const check_options& options) -> json {
    json out;
    out["model"] = json_text(options.model);
    out["profile"] = gguf::name_of(options.profile);
    out["payload"] = options.payload;
    json& list = out["findings"] = json::array();
    for (const finding& each : found.findings) list.push_back(json_of(each));
    out["errors"] = found.count(severity::error);
    out["warnings"] = found.count(severity::warning);
    out["notes"] = found.count(severity::note);
    out["opens"] = found.model.has_value();
    out["version"] = found.model ? json(found.model->version()) : json();
    out["shards"] = found.model ? json(found.model->size()) : json();
    out["keys"] = found.model ? json(found.model->metadata().size()) : json();
    out["tensors"] = found.model ? json(found.model->tensors().size()) : json();
    json& ggml = out["ggml"];
    ggml["accepts"] = found.ggml.accepts;
    ggml["reason"] = found.ggml.accepts ? json() : json(json_text(found.ggml.reason));
    return out;
}

}  // namespace

auto run(const check_options& options, output& out) -> cria::result<status> {
    checker check(options.model, options.profile);
    CRIA_TRY_VOID(check.check_container());
    if (check.opened() && !options.format_only) CRIA_TRY_VOID(check.check_model());
    if (check.opened() && options.payload) CRIA_TRY_VOID(check.check_data());
    const report found = std::move(check).result();
    if (options.json) out.write(to_text(json_of(found, options)));
    else print_text(found, options, out);
    return found.count(severity::error) > 0 ? status_input : status_done;
}

}  // namespace cli
