// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_OPTIONS_HPP
#define CRIA_CLI_OPTIONS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cria/base/tensor_type.hpp"
#include "cria/gguf/policy.hpp"
#include "cria/upload/options.hpp"

// What the command line asked for, as plain values: arguments.cpp fills them in and is the only file that
// knows how a command line is taken apart.

namespace cli {

struct info_options {
    std::string model;
    bool json = false;
};

struct metadata_options {
    std::string model;
    std::vector<std::string> keys;  ///< none: all
    std::string prefix;
    bool full = false;
    bool json = false;
};

enum class tensor_order : std::uint8_t { file, name, size, offset, type };

struct tensors_options {
    std::string model;
    tensor_order sort = tensor_order::file;
    std::string filter;  ///< empty: all
    bool hash = false;
    bool json = false;
};

enum class token_format : std::uint8_t { ids, pieces, offsets, count, binary, jsonl };
enum class special_mode : std::uint8_t { none, add };
enum class parse_mode : std::uint8_t { none, user, all };
enum class compat_mode : std::uint8_t { hf, llama_cpp };
enum class nfc_choice : std::uint8_t { automatic, on, off };

struct tokenize_options {
    std::string model;
    std::optional<std::string> text;  ///< nothing: `file`
    std::string file = "-";
    token_format format = token_format::ids;
    special_mode special = special_mode::none;
    parse_mode parse = parse_mode::user;
    compat_mode compat = compat_mode::hf;
    std::string pre;  ///< empty: what the file says
    nfc_choice nfc = nfc_choice::automatic;
    std::uint64_t threads = 0;  ///< 0: one for each processor, for --jsonl 1
    bool json = false;
};

struct detokenize_options {
    std::string model;
    std::vector<std::string> ids;  ///< none: `file`
    std::string file = "-";
    bool binary = false;
    bool jsonl = false;
    bool skip_special = false;
    bool stream = false;
    compat_mode compat = compat_mode::hf;
    bool json = false;
};

/// Rows `first` to `end` − 1, counted from 0.
struct row_range {
    std::uint64_t first = 0;
    std::optional<std::uint64_t> end;  ///< nothing: the last one is the tensor's
};

struct dequantize_options {
    std::string model;
    std::string tensor;
    std::optional<row_range> rows;  ///< nothing: the tensor as it is
    std::string out;                ///< empty: text to standard output
    bool stats = false;
    bool json = false;
};

struct check_options {
    std::string model;
    cria::gguf::profile profile = cria::gguf::profile::standard;
    bool format_only = false;
    bool payload = false;
    bool json = false;
};

struct diff_options {
    std::string a;
    std::string b;
    bool hash = false;
    bool json = false;
};

struct fit_options {
    std::string model;
    std::uint64_t context = 0;  ///< 0: the model's own
    std::uint64_t sequences = 1;
    std::uint64_t batch = 512;
    cria::tensor_type kv_type = cria::tensor_type::f16;
    std::vector<std::uint64_t> memory_bytes;     ///< of each device; none: of those that are here
    std::optional<std::uint64_t> reserve_bytes;  ///< nothing: the library's figure
    bool flash = false;
    bool json = false;
};

struct upload_options {
    std::string model;
    std::vector<std::uint32_t> devices = {0};
    std::uint64_t chunk_bytes = 0;  ///< 0: what the library takes for so many devices
    std::uint64_t workers = 0;      ///< 0: as many as pay
    cria::upload::source_mode source = cria::upload::source_mode::automatic;
    cria::upload::verification verify = cria::upload::verification::automatic;
    bool plan = false;
    bool json = false;
};

/// A text that a model goes on from, and what is to be done to it.
struct prompt_source {
    std::optional<std::string> text;  ///< nothing or "-": `file`
    std::string file = "-";
    special_mode special = special_mode::add;
    parse_mode parse = parse_mode::user;
};

/// What all commands that compute may be told.
struct engine_choices {
    std::uint64_t context = 0;  ///< tokens; 0: the command's own choice
    std::uint64_t threads = 0;  ///< 0: one for each processor
    std::optional<std::uint32_t> device = std::nullopt;       ///< that multiplies; nothing: the CPU
    std::optional<cria::tensor_type> weights = std::nullopt;  ///< as which the device has them: f32, f16 or bf16; nothing: f32
};

struct generate_options {
    std::string model;
    prompt_source prompt;
    engine_choices engine;
    std::optional<std::uint64_t> tokens = 128;  ///< nothing: until the model ends, or the context is full
    double temperature = 0.8;
    std::uint64_t top_k = 40;
    double top_p = 0.95;
    double min_p = 0.05;
    std::optional<std::uint64_t> seed;  ///< nothing: a new one each time
    bool ignore_eos = false;
    bool no_prompt = false;
    std::vector<std::string> stop;
    bool json = false;
};

struct perplexity_options {
    std::string model;
    std::string file;
    engine_choices engine;
    std::uint64_t chunks = 0;  ///< 0: all
    bool json = false;
};

struct logits_options {
    std::string model;
    prompt_source prompt;
    std::optional<std::string> ids;        ///< instead of a text
    std::vector<std::uint64_t> positions;  ///< ascending; none: all
    std::string out;                       ///< empty: text to standard output
    std::uint64_t top = 10;
    engine_choices engine;
    bool json = false;
};

enum class bench_part : std::uint8_t { standard, open, vocabulary, first_token, encode, decode, dequantize, upload, engine };

struct bench_options {
    std::string model;
    bench_part only = bench_part::standard;  ///< standard: all that need no asking
    std::string text;                        ///< empty: nothing is encoded or decoded
    std::uint64_t threads = 0;               ///< 0: one to dequantize, and all to encode with several and for the engine
    std::optional<std::uint32_t> device;     ///< as in engine_choices, with bench_part::engine alone
    std::optional<cria::tensor_type> weights;
    std::uint64_t repeat = 5;
    bool json = false;
};

struct edit_options {
    std::string model;
    std::string out;                  ///< empty with in_place
    std::vector<std::string> remove;  ///< keys
    std::vector<std::string> rename;  ///< OLD=NEW
    std::vector<std::string> set;     ///< KEY=TYPE:VALUE
    bool in_place = false;
    bool json = false;
};

struct split_options {
    std::string model;
    std::string prefix;
    std::uint64_t max_bytes = 0;    ///< 0: no limit
    std::uint64_t max_tensors = 0;  ///< 0: no limit
    bool force = false;
    bool json = false;
};

struct merge_options {
    std::string shard;
    std::string out;
    bool force = false;
    bool json = false;
};

using command = std::variant<info_options, metadata_options, tensors_options, tokenize_options, detokenize_options, dequantize_options, check_options,
                             diff_options, fit_options, upload_options, generate_options, perplexity_options, logits_options, bench_options, edit_options,
                             split_options, merge_options>;

}  // namespace cli

#endif  // CRIA_CLI_OPTIONS_HPP
