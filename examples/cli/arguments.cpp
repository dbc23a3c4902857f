// SPDX-License-Identifier: MIT
// The only file that includes CLI11: it takes seconds to compile, and a command has no need to know it.
#include "arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>  // find
#include <charconv>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "cria/base/version.hpp"
#include "cria/bpe/pre_rules.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"
#include "text.hpp"
#include "usage.hpp"

namespace cli {
namespace {

/// A word of the command line and what it means.
template <class Value>
struct choice {
    const char* word;
    Value value;
};

auto count_in(const std::string& word) -> std::optional<std::uint64_t> {
    std::uint64_t number = 0;
    const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
    return failed == std::errc() && end == word.data() + word.size() ? std::optional(number) : std::nullopt;
}

auto threads_in(const std::string& word) -> std::optional<std::uint64_t> {
    const auto count = count_in(word);
    return count && *count <= 1024 ? count : std::nullopt;
}

/// A number of tokens or texts, as the library counts them.
auto count32_in(const std::string& word) -> std::optional<std::uint64_t> {
    const auto count = count_in(word);
    return count && *count <= 0xFFFFFFFF ? count : std::nullopt;
}

/// A number of tokens; -1: as many as there is room for.
auto tokens_in(const std::string& word) -> std::optional<std::optional<std::uint64_t>> {
    if (word == "-1") return std::optional<std::uint64_t>();
    const auto count = count32_in(word);
    if (!count) return std::nullopt;
    return count;
}

auto seed_in(const std::string& word) -> std::optional<std::optional<std::uint64_t>> {
    const auto seed = count_in(word);
    if (!seed) return std::nullopt;
    return seed;
}

/// A decimal from `least` to `most`.
auto real_in(const std::string& word, double least, double most) -> std::optional<double> {
    double number = 0;
    const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool is_number = failed == std::errc() && end == word.data() + word.size();
    return is_number && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

/// What `parse` makes of each piece between commas, and `takes` lets stand beside those before it.
template <class Number, class Parse, class Takes>
auto list_in(const std::string& word, Parse parse, Takes takes) -> std::optional<std::vector<Number>> {
    std::vector<Number> list;
    for (std::size_t at = 0;;) {
        const std::size_t comma = word.find(',', at);
        const std::optional<std::uint64_t> next = parse(word.substr(at, comma == std::string::npos ? comma : comma - at));
        if (!next || !takes(*next, list)) return std::nullopt;
        list.push_back(static_cast<Number>(*next));
        if (comma == std::string::npos) return list;
        at = comma + 1;
    }
}

/// `0,7,31`: each larger than the one before.
auto positions_in(const std::string& word) -> std::optional<std::vector<std::uint64_t>> {
    return list_in<std::uint64_t>(word, count_in, [](std::uint64_t next, const auto& before) { return before.empty() || next > before.back(); });
}

/// `24GiB,8GiB`: sizes above 0 with commas between them.
auto sizes_in(const std::string& word) -> std::optional<std::vector<std::uint64_t>> {
    return list_in<std::uint64_t>(word, bytes_in, [](std::uint64_t next, const auto&) { return next != 0; });
}

/// `1,0`: each once.
auto devices_in(const std::string& word) -> std::optional<std::vector<std::uint32_t>> {
    return list_in<std::uint32_t>(word, count_in, [](std::uint64_t next, const auto& before) {
        return next < cria::upload::max_devices && std::find(before.begin(), before.end(), next) == before.end();
    });
}

/// `1`
auto device_in(const std::string& word) -> std::optional<std::uint32_t> {
    const auto number = count_in(word);
    if (!number || *number >= cria::upload::max_devices) return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

constexpr std::uint64_t least_chunk_bytes = std::uint64_t{4} << 10U, most_chunk_bytes = std::uint64_t{1} << 30U;

/// Bytes of one transfer: below a page one costs more than it brings, and every worker pins two.
auto chunk_in(const std::string& word) -> std::optional<std::uint64_t> {
    const auto size = bytes_in(word);
    return size && *size >= least_chunk_bytes && *size <= most_chunk_bytes ? size : std::nullopt;
}

auto workers_in(const std::string& word) -> std::optional<std::uint64_t> {
    const auto count = count_in(word);
    return count && *count <= cria::upload::max_workers ? count : std::nullopt;
}

/// `A:B`, `A:` or `:B`, where A is below B.
auto rows_in(const std::string& word) -> std::optional<row_range> {
    const std::size_t colon = word.find(':');
    if (colon == std::string::npos || word.size() == 1) return std::nullopt;
    row_range range;
    if (colon > 0) {
        const auto first = count_in(word.substr(0, colon));
        if (!first) return std::nullopt;
        range.first = *first;
    }
    if (colon + 1 < word.size()) {
        range.end = count_in(word.substr(colon + 1));
        if (!range.end || *range.end <= range.first) return std::nullopt;
    }
    return range;
}

/// Declares a command to the parser and to the help pages, in one breath.
class command_builder {
public:
    command_builder(CLI::App& root, std::vector<command_usage>& all, std::string name, std::string summary)
        : app_(root.add_subcommand(name, summary)), usage_(all.emplace_back()) {
        usage_.name = std::move(name);
        usage_.summary = std::move(summary);
        app_->set_help_flag("-h,--help", "");
    }

    void model(std::string& field) { path("MODEL", field, "path of a GGUF file; of a set, any shard"); }
    /// A path that has to be there.
    void path(const std::string& name, std::string& field, std::string help) {
        app_->add_option(name, field, "")->required();
        usage_.arguments.push_back({name, std::move(help), true});
    }
    template <class Field>
    auto argument(const std::string& name, std::string shown, Field& field, std::string help, bool is_file = false) -> CLI::Option* {
        CLI::Option* const added = app_->add_option(name, field, "");
        usage_.arguments.push_back({std::move(shown), std::move(help), is_file});
        return added;
    }
    auto flag(std::string name, bool& field, std::string help) -> CLI::Option* {
        CLI::Option* const added = app_->add_flag(name, field, "");
        usage_.options.push_back({std::move(name), "", "", std::move(help), {}, false});
        return added;
    }
    template <class Field>
    auto option(std::string name, std::string value, Field& field, std::string help, bool is_file = false) -> CLI::Option* {
        CLI::Option* const added = app_->add_option(name, field, "");
        usage_.options.push_back({std::move(name), "", std::move(value), std::move(help), {}, is_file});
        return added;
    }
    /// Where a command writes its file.
    void out(std::string value, std::string& field, std::string help) {
        app_->add_option("-o,--out", field, "");
        usage_.options.push_back({"--out", "-o", std::move(value), std::move(help), {}, true});
    }
    /// An option that may be given any number of times, with one value each time.
    void repeated(std::string name, std::string value, std::vector<std::string>& field, std::string help) {
        app_->add_option(name, field, "")->allow_extra_args(false)->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        usage_.options.push_back({std::move(name), "", std::move(value), std::move(help), {}, false});
    }
    /// What `parse` makes of a word; `takes` says what would have been right.
    template <class Field, class Parse>
    void parsed(std::string name, std::string value, Field& field, std::string help, Parse parse, const char* takes, std::string letter = "") {
        app_->add_option_function<std::string>(
            letter.empty() ? name : letter + "," + name,
            [&field, name, parse, takes](const std::string& word) {
                const auto read = parse(word);
                if (!read) throw CLI::ValidationError(name, fmt::format("takes {}; found {}", takes, word));
                field = *read;
            },
            "");
        usage_.options.push_back({std::move(name), std::move(letter), std::move(value), std::move(help), {}, false});
    }
    /// A number above 0, read by `parse`.
    template <class Parse>
    void number(std::string name, std::string value, std::uint64_t& field, std::string help, Parse parse, const char* takes) {
        const auto above_zero = [parse](const std::string& word) {
            const std::optional<std::uint64_t> number = parse(word);
            return number && *number != 0 ? number : std::nullopt;
        };
        parsed(std::move(name), std::move(value), field, std::move(help), above_zero, takes);
    }
    template <class Field, class Value, std::size_t N>
    void choose(std::string name, std::string value, Field& field, const choice<Value> (&choices)[N], std::string help) {
        std::vector<std::string> words;
        for (const auto& each : choices) words.emplace_back(each.word);
        const std::string known = joined(words, ", ");
        app_->add_option_function<std::string>(
            name,
            [&field, &choices, name, known](const std::string& word) {
                for (const auto& each : choices)
                    if (word == each.word) return void(field = each.value);
                throw CLI::ValidationError(name, fmt::format("takes {}; found {}", known, word));
            },
            "");
        usage_.options.push_back({std::move(name), "", std::move(value), std::move(help), std::move(words), false});
    }
    void json(bool& field) { json_ = flag("--json", field, "one JSON document instead of text"); }
    [[nodiscard]] auto json_flag() const -> CLI::Option* { return json_; }
    void last_option_takes(std::vector<std::string> words) { usage_.options.back().choices = std::move(words); }
    void notes(std::string text) { usage_.notes = std::move(text); }
    void example(std::string lines) { usage_.example = std::move(lines); }

private:
    CLI::App* app_;
    command_usage& usage_;
    CLI::Option* json_ = nullptr;
};

/// Of these flags, at most one may be given.
void exclude_each_other(std::span<CLI::Option* const> flags) {
    for (std::size_t i = 0; i < flags.size(); ++i)
        for (std::size_t j = i + 1; j < flags.size(); ++j) flags[i]->excludes(flags[j]);
}

constexpr char above_zero_32[] = "a number from 1 to 4294967295";
constexpr choice<special_mode> special_choices[] = {{"add", special_mode::add}, {"none", special_mode::none}};
constexpr choice<parse_mode> parse_choices[] = {{"none", parse_mode::none}, {"user", parse_mode::user}, {"all", parse_mode::all}};
constexpr choice<compat_mode> compat_choices[] = {{"hf", compat_mode::hf}, {"llama_cpp", compat_mode::llama_cpp}};
constexpr char compat_help[] = "hf: as the model was trained (default); llama_cpp: as llama.cpp does it";

void declare_info(CLI::App& root, std::vector<command_usage>& all, info_options& options) {
    command_builder is(root, all, "info", "what a person would want to know about a model");
    is.model(options.model);
    is.json(options.json);
    is.example("cria info model.gguf");
}

void declare_metadata(CLI::App& root, std::vector<command_usage>& all, metadata_options& options) {
    command_builder is(root, all, "metadata", "keys with types and values, in the file's order");
    is.model(options.model);
    is.argument("KEY", "[KEY…]", options.keys, "keys to show; all if none is named");
    is.option("--prefix", "P", options.prefix, "keys that start with P");
    is.flag("--full", options.full, "long arrays and strings whole");
    is.json(options.json);
    is.example("cria metadata model.gguf general.name --prefix llama.");
}

void declare_tensors(CLI::App& root, std::vector<command_usage>& all, tensors_options& options) {
    static constexpr choice<tensor_order> orders[] = {{"name", tensor_order::name},
                                                      {"size", tensor_order::size},
                                                      {"offset", tensor_order::offset},
                                                      {"type", tensor_order::type}};
    command_builder is(root, all, "tensors", "names, types, shapes, bytes, offsets and roles");
    is.model(options.model);
    is.choose("--sort", "ORDER", options.sort, orders, "by name, size (largest first), offset or type; default: the file's order");
    is.option("--filter", "GLOB", options.filter, "only names that match: * any text, ? one byte, [a-z] one of");
    is.flag("--hash", options.hash, "with the XXH3 hash (128 bits) of each tensor's data: the model's manifest");
    is.json(options.json);
    is.example("cria tensors model.gguf --filter 'blk.0.*' --sort size");
}

void declare_check(CLI::App& root, std::vector<command_usage>& all, check_options& options) {
    using cria::gguf::profile;
    static constexpr choice<profile> profiles[] = {{"lenient", profile::lenient}, {"standard", profile::standard}, {"strict-ggml", profile::strict_ggml}};
    command_builder is(root, all, "check", "whether anything is wrong with a model");
    is.model(options.model);
    is.choose("--profile", "RULES", options.profile, profiles, "whose rules: lenient, standard (the specification; default), strict-ggml");
    is.flag("--format-only", options.format_only, "the container alone: no tokenizer, no architecture");
    is.flag("--payload", options.payload, "reads all data: NaNs, infinities and scales or codes that no quantizer writes");
    is.json(options.json);
    is.notes("A line for each error, warning and note, and one with the verdict. Status 1 if there is an error.");
    is.example("cria check model.gguf");
}

void declare_diff(CLI::App& root, std::vector<command_usage>& all, diff_options& options) {
    command_builder is(root, all, "diff", "what two models do not have in common");
    is.path("A", options.a, "path of a GGUF file; of a set, any shard");
    is.path("B", options.b, "another");
    is.flag("--hash", options.hash, "reads the tensors' data as well, and compares it by XXH3 hashes (128 bits)");
    is.json(options.json);
    is.notes("- is only in A, + only in B, ~ in both and not the same. Status 0 if there is no difference, 1 if there is one.");
    is.example("cria diff model.gguf model.gguf --hash");
}

/// What tokenize's flags come to once the parser is done.
struct token_flags {
    bool ids = false, pieces = false, offsets = false, count = false, binary = false, jsonl = false;

    [[nodiscard]] auto format() const -> token_format {
        if (pieces) return token_format::pieces;
        if (offsets) return token_format::offsets;
        if (count) return token_format::count;
        if (binary) return token_format::binary;
        return jsonl ? token_format::jsonl : token_format::ids;
    }
};

void declare_tokenize(CLI::App& root, std::vector<command_usage>& all, tokenize_options& options, token_flags& flags) {
    static constexpr choice<nfc_choice> nfc_choices[] = {{"auto", nfc_choice::automatic}, {"on", nfc_choice::on}, {"off", nfc_choice::off}};
    command_builder is(root, all, "tokenize", "the token ids of a text");
    is.model(options.model);
    CLI::Option* const text = is.argument("TEXT", "[TEXT]", options.text, "the text; without it (or as `-`) standard input, byte for byte");
    is.option("--file", "F", options.file, "the text is in this file", true)->excludes(text);
    CLI::Option* const ids = is.flag("--ids", flags.ids, "ids separated by spaces (default)");
    CLI::Option* const pieces = is.flag("--pieces", flags.pieces, "a line a token: id and text");
    CLI::Option* const offsets = is.flag("--offsets", flags.offsets, "a line a token: id, first byte, end byte");
    CLI::Option* const count = is.flag("--count", flags.count, "how many");
    CLI::Option* const binary = is.flag("--binary", flags.binary, "int32, little-endian");
    CLI::Option* const jsonl = is.flag("--jsonl", flags.jsonl, "each input line a JSON string, each output line its ids as a JSON array");
    is.choose("--special", "MODE", options.special, special_choices, "add: BOS and EOS as the model asks; none (default)");
    is.choose("--parse", "MODE", options.parse, parse_choices, "special tokens written in the text: none, user (defined; default), all");
    is.choose("--compat", "MODE", options.compat, compat_choices, compat_help);
    is.option("--pre", "NAME", options.pre, "cut text by this rule, whatever the file says");
    std::vector<std::string> rules;
    for (const cria::bpe::pre_rule& rule : cria::bpe::pre_rules()) rules.emplace_back(rule.name);
    is.last_option_takes(rules);
    is.choose("--nfc", "MODE", options.nfc, nfc_choices, "Normalization Form C first: on, off, or auto, as the model was trained (default)");
    is.number("--threads", "N", options.threads, "work on so many parts of a long text at a time, default one for each processor; with --jsonl on so many lines, default 1", threads_in, "a number from 1 to 1024");
    is.json(options.json);
    CLI::Option* const formats[] = {ids, pieces, offsets, count, binary, jsonl};
    exclude_each_other(formats);
    is.json_flag()->excludes(binary)->excludes(jsonl);
    is.notes("Rules for --pre: " + joined(rules, ", ") + ".");
    is.example("cria tokenize model.gguf \"Once upon a time\" --pieces");
}

void declare_detokenize(CLI::App& root, std::vector<command_usage>& all, detokenize_options& options) {
    command_builder is(root, all, "detokenize", "the text of token ids");
    is.model(options.model);
    CLI::Option* const ids = is.argument("IDS", "[IDS…]", options.ids, "token ids; without them (or as `-`) from standard input");
    is.option("--file", "F", options.file, "the ids are in this file", true)->excludes(ids);
    CLI::Option* const binary = is.flag("--binary", options.binary, "ids are int32, little-endian");
    CLI::Option* const jsonl =
        is.flag("--jsonl", options.jsonl, "each input line a JSON array of ids, each output line a JSON string")->excludes(binary);
    is.flag("--skip-special", options.skip_special, "control and unknown tokens print nothing");
    CLI::Option* const stream = is.flag("--stream", options.stream, "id by id as they arrive, always valid UTF-8")->excludes(jsonl);
    is.choose("--compat", "MODE", options.compat, compat_choices, compat_help);
    is.json(options.json);
    is.json_flag()->excludes(jsonl)->excludes(stream);
    is.notes("The output is exactly the tokens' bytes; no newline is added.");
    is.example("cria tokenize model.gguf \"Once upon a time\" | cria detokenize model.gguf");
}

void declare_dequantize(CLI::App& root, std::vector<command_usage>& all, dequantize_options& options) {
    command_builder is(root, all, "dequantize", "the values of a tensor, or what they are like");
    is.model(options.model);
    is.path("TENSOR", options.tensor, "its name; `cria tensors MODEL` lists them");
    is.parsed("--rows", "A:B", options.rows, "rows A to B - 1, counted from 0; without A from the first, without B to the last", rows_in,
              "A:B, A: or :B with A below B");
    is.out("FILE.npy", options.out, "writes a NumPy array of float32 instead of text");
    is.flag("--stats", options.stats, "count, min, max, mean, rms, zeros, NaNs, infinities and a histogram instead of values");
    is.json(options.json);
    is.notes("A line a row: the first dimension. Each value is the shortest decimal that reads back as the same float.");
    is.example("cria dequantize model.gguf blk.0.attn_norm.weight --stats");
}

void declare_fit(CLI::App& root, std::vector<command_usage>& all, fit_options& options) {
    using cria::tensor_type;
    static constexpr choice<tensor_type> types[] = {
        {"f32", tensor_type::f32}, {"f16", tensor_type::f16}, {"bf16", tensor_type::bf16}, {"q8_0", tensor_type::q8_0}, {"q4_0", tensor_type::q4_0}};
    command_builder is(root, all, "fit", "whether weights, KV cache and scratch fit into memory");
    is.model(options.model);
    is.number("--context", "N", options.context, "tokens of each sequence; default: the model's own context", count32_in, above_zero_32);
    is.number("--sequences", "S", options.sequences, "texts that are continued side by side; default 1", count32_in, above_zero_32);
    is.choose("--kv-type", "TYPE", options.kv_type, types, "of cached keys and values: f32, f16 (default), bf16, q8_0, q4_0");
    is.number("--batch", "N", options.batch, "most tokens that are evaluated at once; default 512", count32_in, above_zero_32);
    is.parsed("--memory", "SIZES", options.memory_bytes, "of the devices, with commas between them: 24GiB,24GiB; default: what is free on those that are here", sizes_in, "sizes such as 24GiB,24GiB");
    is.parsed("--reserve", "SIZE", options.reserve_bytes, "of each device, left for its driver; default 1GiB", bytes_in, "a size such as 512MiB or 0");
    is.flag("--flash", options.flash, "attention keeps no matrix of scores");
    is.json(options.json);
    is.notes("Layers go to the devices whole and in order, the rest stays on the host. Status 1 if something has to. Without --memory and without devices: what a device would need.");
    is.example("cria fit model.gguf --memory 24GiB --context 4096");
}

void declare_upload(CLI::App& root, std::vector<command_usage>& all, upload_options& options) {
    using cria::upload::source_mode;
    using cria::upload::verification;
    static constexpr choice<source_mode> sources[] = {{"auto", source_mode::automatic},
                                                      {"mmap", source_mode::mapped},
                                                      {"read", source_mode::read},
                                                      {"direct", source_mode::direct},
                                                      {"registered", source_mode::registered}};
    static constexpr choice<verification> levels[] = {{"auto", verification::automatic},
                                                      {"placement", verification::placement},
                                                      {"checksum", verification::checksum},
                                                      {"full", verification::full}};
    command_builder is(root, all, "upload", "weights onto devices: how fast, and what is proven");
    is.model(options.model);
    is.parsed("--devices", "LIST", options.devices, "their numbers: 0,1; default: 0 alone. Of several each gets about the same bytes, in whole layers if these are known", devices_in,
              "different numbers below 1024 with commas between them, such as 0,1");
    is.parsed("--chunk", "SIZE", options.chunk_bytes, "bytes of one transfer; default 4MiB, less on several", chunk_in, "a size from 4KiB to 1GiB");
    is.number("--workers", "N", options.workers, "threads, of all devices together; default: as many as pay", workers_in, "a number from 1 to 256");
    is.choose("--source", "WAY", options.source, sources, "auto: by what the machine has (default); mmap and read: by threads through pinned memory; direct: past the page cache; registered: the device reads the mapping");
    is.choose("--verify", "LEVEL", options.verify, levels, "auto (default); placement: it is the device's memory; checksum: and its digests are the host's; full: and every byte, read back, is the file's");
    is.flag("--plan", options.plan, "what would go where, and no more; needs no device");
    is.json(options.json);
    is.notes("Measures the link first, since only beside it a speed means anything. Gives all memory back. Without a device, status 3.");
    is.example("cria upload model.gguf --plan");
}

/// A text for the engine: gives its argument, which other sources exclude.
auto declare_prompt(command_builder& is, const std::string& name, prompt_source& prompt) -> CLI::Option* {
    CLI::Option* const text = is.argument(name, "[" + name + "]", prompt.text, "the text; without it (or as `-`) standard input, byte for byte");
    is.option("--file", "F", prompt.file, "the text is in this file", true)->excludes(text);
    return text;
}

void declare_prompt_rules(command_builder& is, prompt_source& prompt) {
    is.choose("--special", "MODE", prompt.special, special_choices, "add: BOS in front where the model adds one (default); none");
    is.choose("--parse", "MODE", prompt.parse, parse_choices, "special tokens written in the text: none, user (defined; default), all");
}

constexpr choice<cria::tensor_type> weight_types[] = {{"f32", cria::tensor_type::f32}, {"f16", cria::tensor_type::f16}, {"bf16", cria::tensor_type::bf16}};

void declare_device(command_builder& is, std::optional<std::uint32_t>& device, std::optional<cria::tensor_type>& weights, std::string device_help) {
    is.parsed("--device", "N", device, std::move(device_help), device_in, "a number from 0 to 1023");
    is.choose("--weights", "TYPE", weights, weight_types, "with --device, of weights there and of what they are multiplied with: f32 (default), f16, bf16");
}

void declare_engine(command_builder& is, engine_choices& choices, std::string context_help) {
    is.number("--context", "N", choices.context, std::move(context_help), count32_in, above_zero_32);
    is.number("--threads", "N", choices.threads, "default: one for each processor", threads_in, "a number from 1 to 1024");
    declare_device(is, choices.device, choices.weights, "weights are kept on this device and multiplied there, by cuBLAS; all else stays on the processors");
}

constexpr char usual_context_help[] = "most tokens in all; default: the model's own context, but at most 4096";

void declare_generate(CLI::App& root, std::vector<command_usage>& all, generate_options& options) {
    const auto share = [](const std::string& word) { return real_in(word, 0, 1); };
    const auto share_above_zero = [](const std::string& word) { return real_in(word, std::numeric_limits<double>::denorm_min(), 1); };
    command_builder is(root, all, "generate", "a text, continued by the model");
    is.model(options.model);
    declare_prompt(is, "PROMPT", options.prompt);
    is.parsed("--tokens", "N", options.tokens, "most tokens to add; default 128; -1: until the model ends or the context is full", tokens_in,
              "a number from 0 to 4294967295, or -1", "-n");
    is.parsed("--temperature", "T", options.temperature, "0: always the most probable token; default 0.8", [](const std::string& word) { return real_in(word, 0, 1e6); },
              "a number from 0 to 1000000");
    is.parsed("--top-k", "K", options.top_k, "of the K most probable tokens only; 0: of all; default 40", count32_in, "a number from 0 to 4294967295");
    is.parsed("--top-p", "P", options.top_p, "of the most probable ones that have P together; default 0.95", share_above_zero, "a number above 0 and at most 1");
    is.parsed("--min-p", "P", options.min_p, "of those at least P times as probable as the first; default 0.05", share, "a number from 0 to 1");
    is.parsed("--seed", "N", options.seed, "the same seed gives the same text; default: a new one, which is noted", seed_in, "a number below 2^64");
    is.repeated("--stop", "TEXT", options.stop, "ends before this text; as often as you like");
    is.flag("--ignore-eos", options.ignore_eos, "goes on behind tokens that end a text");
    is.flag("--no-prompt", options.no_prompt, "prints what is added alone");
    declare_prompt_rules(is, options.prompt);
    declare_engine(is, options.engine, usual_context_help);
    is.json(options.json);
    is.example("cria generate model.gguf \"Once upon a time\" --seed 1 -n 64");
}

void declare_perplexity(CLI::App& root, std::vector<command_usage>& all, perplexity_options& options) {
    command_builder is(root, all, "perplexity", "how well a model predicts a text");
    is.model(options.model);
    is.argument("FILE", "FILE", options.file, "the text; `-`: standard input", true)->required();
    declare_engine(is, options.engine, "tokens of a window; default 512, or the model's own context if that is shorter");
    is.number("--chunks", "N", options.chunks, "the first N windows only", count32_in, above_zero_32);
    is.json(options.json);
    is.notes("As llama.cpp: windows that do not overlap, the second half of each is scored. A rest that fills no window is left out.");
    is.example("cria perplexity model.gguf text.txt --context 32");
}

void declare_logits(CLI::App& root, std::vector<command_usage>& all, logits_options& options) {
    command_builder is(root, all, "logits", "a model's logits after each token of a text");
    is.model(options.model);
    CLI::Option* const text = declare_prompt(is, "TEXT", options.prompt);
    is.option("--ids", "IDS", options.ids, "these token ids instead of a text, and nothing added: \"1 2 3\"")->excludes(text);
    is.parsed("--positions", "LIST", options.positions, "after these tokens only, counted from 0: 0,7,31", positions_in, "ascending numbers such as 0,7,31");
    is.out("FILE.npy", options.out, "writes a NumPy array of float32, positions x vocabulary, instead of text");
    is.number("--top", "K", options.top, "so many tokens, the most probable first; default 10", count32_in, above_zero_32);
    declare_prompt_rules(is, options.prompt);
    declare_engine(is, options.engine, std::string(usual_context_help) + ". LongRoPE chooses its factors by it");
    is.json(options.json);
    is.example("cria logits model.gguf \"Once upon a\" --positions 3 --top 5");
}

void declare_bench(CLI::App& root, std::vector<command_usage>& all, bench_options& options) {
    static constexpr choice<bench_part> parts[] = {{"open", bench_part::open},         {"vocabulary", bench_part::vocabulary}, {"first_token", bench_part::first_token},
                                                   {"encode", bench_part::encode},     {"decode", bench_part::decode},         {"dequantize", bench_part::dequantize},
                                                   {"upload", bench_part::upload},     {"engine", bench_part::engine}};
    command_builder is(root, all, "bench", "how fast a model opens, tokenizes and uploads");
    is.model(options.model);
    is.option("--text", "FILE", options.text, "encodes and decodes this text as well", true);
    is.choose("--only", "WHAT", options.only, parts, "one of open, vocabulary, first_token, encode, decode, dequantize, upload, engine");
    is.number("--repeat", "N", options.repeat, "the median of so many times; default 5", count32_in, above_zero_32);
    is.number("--threads", "N", options.threads, "to dequantize from memory (default 1), to encode with several, or for the engine (default all)", threads_in, "a number from 1 to 1024");
    declare_device(is, options.device, options.weights, "with --only engine: weights are kept on this device and multiplied there, by cuBLAS");
    is.json(options.json);
    is.notes("Files are in the system's cache. The reference engine is timed with --only engine alone. MB is 10^6 bytes.");
    is.example("cria bench model.gguf --repeat 3");
}

void declare_edit(CLI::App& root, std::vector<command_usage>& all, edit_options& options) {
    command_builder is(root, all, "edit", "a copy of a model with other metadata");
    is.path("MODEL", options.model, "path of a GGUF file; of a set, its first shard");
    is.argument("OUT", "[OUT]", options.out, "the file to write; it may be MODEL itself", true);
    is.repeated("--set", "KEY=TYPE:VALUE", options.set,
                "the key has this value from now on: u8 to u64, i8 to i64, f32, f64, bool or string; TYPE[] takes a JSON array. As often as you like");
    is.repeated("--remove", "KEY", options.remove, "without this key; as often as you like");
    is.repeated("--rename", "OLD=NEW", options.rename, "the key has another name; as often as you like");
    is.flag("--in-place", options.in_place, "changes MODEL itself, if the new header fits before its data; takes no OUT");
    is.json(options.json);
    is.notes("Keys are removed first, then renamed, then set. A file that exists is replaced in one step, once the new one is whole.");
    is.example("cria edit model.gguf new.gguf --set general.name=string:Tiny");
}

void declare_split(CLI::App& root, std::vector<command_usage>& all, split_options& options) {
    command_builder is(root, all, "split", "a model as a set of smaller files");
    is.model(options.model);
    is.path("PREFIX", options.prefix, "what the files are called: PREFIX-00001-of-00003.gguf");
    is.number("--max-size", "SIZE", options.max_bytes, "so much data in a file at most: 2GiB, 500MB, bytes", bytes_in, "a size such as 2GiB, 500MB or 1000000");
    is.number("--max-tensors", "N", options.max_tensors, "so many tensors in a file at most", count_in, "a number above 0");
    is.flag("--force", options.force, "replaces files that exist");
    is.json(options.json);
    is.notes("A tensor is never cut: one that is larger than SIZE has a file of its own.");
    is.example("cria split model.gguf part --max-size 1MiB");
}

void declare_merge(CLI::App& root, std::vector<command_usage>& all, merge_options& options) {
    command_builder is(root, all, "merge", "a set of files as one");
    is.path("SHARD", options.shard, "path of any shard of the set");
    is.path("OUT", options.out, "the file to write");
    is.flag("--force", options.force, "replaces a file that exists");
    is.json(options.json);
    is.example("cria merge part-00001-of-00003.gguf whole.gguf");
}

// CLI11 ends a subcommand at the word "++", which is also a text one may want to tokenize. A zero byte, which no
// command line can hold, keeps the word from it.
const std::string plus_plus = "++";
const std::string plus_plus_for_parser("+\0+", 3);

/// The words of the command line in the order that CLI11 wants: last first.
auto words_for_parser(int argc, char** argv) -> std::vector<std::string> {
    std::vector<std::string> words;
    for (int i = argc; i-- > 1;) words.emplace_back(argv[i] == plus_plus ? plus_plus_for_parser : argv[i]);
    return words;
}

/// A parser's complaint in our words where its own are clumsy.
auto complaint(const CLI::ParseError& wrong, const std::string& where, const std::string& help) -> failure {
    const std::string what = wrong.what();
    if (dynamic_cast<const CLI::ExtrasError*>(&wrong) != nullptr) {
        const std::size_t colon = what.find(": ");
        const std::string word = colon == std::string::npos ? what : what.substr(colon + 2);
        return usage_failure(where, fmt::format("{} is not expected here; see {}", word, help));
    }
    if (dynamic_cast<const CLI::ValidationError*>(&wrong) != nullptr) {
        const std::size_t colon = what.find(": ");
        if (colon != std::string::npos) return usage_failure(what.substr(0, colon), what.substr(colon + 2));
    }
    return usage_failure(where, fmt::format("{}; see {}", what, help));
}

}  // namespace

auto parse_arguments(int argc, char** argv) -> arguments {
    info_options info;
    metadata_options metadata;
    tensors_options tensors;
    tokenize_options tokenize;
    detokenize_options detokenize;
    dequantize_options dequantize;
    check_options check;
    diff_options diff;
    fit_options fit;
    upload_options upload;
    generate_options generate;
    perplexity_options perplexity;
    logits_options logits;
    bench_options bench;
    edit_options edit;
    split_options split;
    merge_options merge;
    token_flags flags;
    std::string shell;

    CLI::App root("", "cria");
    root.set_help_flag("-h,--help", "");
    root.set_version_flag("--version", "", "");
    root.require_subcommand(0, 1);
    root.add_option("--completions", shell, "");

    std::vector<command_usage> commands;
    commands.reserve(32);  // builders keep references into it while they work
    declare_info(root, commands, info);
    declare_metadata(root, commands, metadata);
    declare_tensors(root, commands, tensors);
    declare_tokenize(root, commands, tokenize, flags);
    declare_detokenize(root, commands, detokenize);
    declare_dequantize(root, commands, dequantize);
    declare_check(root, commands, check);
    declare_diff(root, commands, diff);
    declare_fit(root, commands, fit);
    declare_upload(root, commands, upload);
    declare_generate(root, commands, generate);
    declare_perplexity(root, commands, perplexity);
    declare_logits(root, commands, logits);
    declare_bench(root, commands, bench);
    declare_edit(root, commands, edit);
    declare_split(root, commands, split);
    declare_merge(root, commands, merge);

    const auto chosen = [&]() -> std::string {
        const auto parsed = root.get_subcommands();
        return parsed.empty() ? "" : parsed.front()->get_name();
    };
    try {
        root.parse(words_for_parser(argc, argv));
    } catch (const CLI::CallForHelp&) {
        for (const command_usage& each : commands)
            if (each.name == chosen()) return help_page(each);
        return help_page(commands);
    } catch (const CLI::CallForVersion&) {
        return fmt::format("cria {}.{}.{}\n", cria::version.major_number, cria::version.minor_number, cria::version.patch_number);
    } catch (const CLI::ParseError& wrong) {
        const std::string where = chosen();
        return complaint(wrong, where.empty() ? "command line" : where, where.empty() ? "cria --help" : "cria " + where + " --help");
    }

    if (!shell.empty()) {
        std::string script = completion_script(shell, commands);
        if (!script.empty()) return script;
        return usage_failure("--completions", fmt::format("takes bash, zsh, fish; found {}", shell));
    }
    if (!tokenize.pre.empty() && cria::bpe::find_pre(tokenize.pre) == nullptr)
        return usage_failure("--pre", fmt::format("{} is no rule that cria knows; `cria tokenize --help` lists them", tokenize.pre));
    tokenize.format = flags.format();
    for (std::optional<std::string>* const text : {&tokenize.text, &generate.prompt.text, &logits.prompt.text})
        if (*text == plus_plus_for_parser) *text = plus_plus;
    for (std::string& stop : generate.stop)
        if (stop == plus_plus_for_parser) stop = plus_plus;
    if (tokenize.format == token_format::jsonl && tokenize.text && *tokenize.text != "-")
        return usage_failure("--jsonl", "reads texts from a file or standard input, not from TEXT");
    const bool has_ids = !detokenize.ids.empty() && detokenize.ids != std::vector<std::string>{"-"};
    if (has_ids && (detokenize.binary || detokenize.jsonl))
        return usage_failure(detokenize.binary ? "--binary" : "--jsonl", "reads ids from a file or standard input, not from IDS");
    if (!has_ids) detokenize.ids.clear();
    const std::string name = chosen();
    if (name == "edit" && edit.in_place != edit.out.empty())
        return usage_failure("edit", edit.in_place ? "--in-place takes no OUT" : "OUT is missing, or --in-place");
    if (name == "edit" && edit.set.empty() && edit.remove.empty() && edit.rename.empty())
        return usage_failure("edit", "nothing to change: --set, --remove or --rename is missing");
    if (name == "split" && split.max_bytes == 0 && split.max_tensors == 0) return usage_failure("split", "--max-size or --max-tensors is missing");
    if (name == "upload" && upload.source == cria::upload::source_mode::registered && upload.devices.size() > 1)
        return usage_failure("--source", "registered is for one device: two would pin the same pages");
    const bool has_device = generate.engine.device || perplexity.engine.device || logits.engine.device || bench.device;  // of one command, as all of these
    const bool has_weights = generate.engine.weights || perplexity.engine.weights || logits.engine.weights || bench.weights;
    if (has_weights && !has_device) return usage_failure("--weights", "needs --device: only a device has weights of another type than the file");
    if (name == "perplexity" && perplexity.engine.context != 0 && perplexity.engine.context < 4)
        return usage_failure("--context", "takes a number from 4 on: a window has a second half that is scored");
    if (name == "bench" && bench.text.empty() && (bench.only == bench_part::encode || bench.only == bench_part::decode))
        return usage_failure("bench", "--text FILE is missing: there is nothing to encode or decode");
    if (name == "bench" && bench.device && bench.only != bench_part::engine) return usage_failure("--device", "is for --only engine: uploads go to device 0, and nothing else uses one");
    if (name == "info") return command(info);
    if (name == "metadata") return command(metadata);
    if (name == "tensors") return command(tensors);
    if (name == "generate") return command(generate);
    if (name == "perplexity") return command(perplexity);
    if (name == "logits") return command(logits);
    if (name == "bench") return command(bench);
    if (name == "tokenize") return command(tokenize);
    if (name == "detokenize") return command(detokenize);
    if (name == "dequantize") return command(dequantize);
    if (name == "check") return command(check);
    if (name == "diff") return command(diff);
    if (name == "fit") return command(fit);
    if (name == "upload") return command(upload);
    if (name == "edit") return command(edit);
    if (name == "split") return command(split);
    if (name == "merge") return command(merge);
    return usage_failure("command line", "no command is given; see cria --help");
}

}  // namespace cli
