// SPDX-License-Identifier: MIT
// cria diff: what two models do not have in common. Order is no difference, nor is how a model is cut into files.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "content_hash.hpp"
#include "cria/fmt.hpp"
#include "cria/gguf/compare.hpp"
#include "cria/gguf/shards.hpp"
#include "json.hpp"
#include "progress.hpp"
#include "text.hpp"
#include "value_text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;

/// Under `name`, what the one model has and what the other; nothing in one of them where it lacks the name.
struct key_difference {
    std::string_view name;
    std::optional<gguf::value> a;
    std::optional<gguf::value> b;
};

struct tensor_difference {
    std::string_view name;
    const gguf::tensor* a = nullptr;
    const gguf::tensor* b = nullptr;
    std::string hash_a;  ///< with the other one where only the data differs
    std::string hash_b;
};

struct differences {
    std::vector<key_difference> keys;
    std::vector<tensor_difference> tensors;

    [[nodiscard]] auto none() const -> bool { return keys.empty() && tensors.empty(); }
};

/// Keys that say how a model is cut into files, or that keep room in one: what the model is does not depend on them.
auto is_about_files(std::string_view key) -> bool { return key.starts_with("split.") || key == "cria.padding"; }

auto compare_keys(const gguf::metadata& a, const gguf::metadata& b) -> std::vector<key_difference> {
    std::vector<key_difference> found;
    for (const gguf::metadata_entry entry : a) {
        if (is_about_files(entry.key)) continue;
        const auto other = b.find(entry.key);
        if (!other || !gguf::same_value(entry.value, *other)) found.push_back({entry.key, entry.value, other});
    }
    for (const gguf::metadata_entry entry : b)
        if (!is_about_files(entry.key) && !a.contains(entry.key)) found.push_back({entry.key, std::nullopt, entry.value});
    return found;
}

auto same_info(const gguf::tensor& a, const gguf::tensor& b) -> bool { return a.shape == b.shape && a.type == b.type && a.size_bytes == b.size_bytes; }

/// Tensors that differ in what is said about them or, if `hashed`, in their data.
auto compare_tensors(const gguf::shards& a, const gguf::shards& b, bool hashed) -> cria::result<std::vector<tensor_difference>> {
    std::vector<tensor_difference> found;
    std::uint64_t to_read = 0;
    for (const gguf::tensor& tensor : a.tensors())
        if (const auto* const other = b.tensors().find(tensor.name); other != nullptr && same_info(tensor, *other)) to_read += 2 * tensor.size_bytes;
    progress shown(to_read);
    content_hasher hasher_a(a, shown);
    content_hasher hasher_b(b, shown);
    for (const gguf::tensor& tensor : a.tensors()) {
        const auto* const other = b.tensors().find(tensor.name);
        if (other == nullptr || !same_info(tensor, *other)) {
            found.push_back({tensor.name, &tensor, other, "", ""});
        } else if (hashed) {
            CRIA_TRY(std::string hash_a, hasher_a.hash(tensor));
            CRIA_TRY(std::string hash_b, hasher_b.hash(*other));
            if (hash_a != hash_b) found.push_back({tensor.name, &tensor, other, std::move(hash_a), std::move(hash_b)});
        }
    }
    for (const gguf::tensor& tensor : b.tensors())
        if (a.tensors().find(tensor.name) == nullptr) found.push_back({tensor.name, nullptr, &tensor, "", ""});
    return found;
}

// For people ----------------------------------------------------------------------------------------

/// `-` for what only A has, `+` for what only B has, `~` for what both have and is not the same.
auto mark_of(bool in_a, bool in_b) -> const char* { return in_a && in_b ? "~" : in_a ? "-" : "+"; }

auto text_of(const gguf::value& value) -> std::string { return fmt::format("{} {}", type_text(value), value_text(value, false)); }

auto text_of(const gguf::tensor& tensor, const std::string& hash) -> std::string {
    if (!hash.empty()) return hash;
    return fmt::format("{} {}, {} bytes", tensor.type, tensor.shape, grouped(tensor.size_bytes));
}

void print_row(std::string_view name, const std::optional<std::string>& a, const std::optional<std::string>& b, output& out) {
    out.print("{} {}: {}\n", mark_of(a.has_value(), b.has_value()), printable(name), a && b ? *a + " -> " + *b : a ? *a : *b);
}

void print_text(const differences& found, const gguf::shards& a, bool hashed, output& out) {
    using text = std::optional<std::string>;
    for (const key_difference& each : found.keys) {
        print_row(each.name, each.a ? text(text_of(*each.a)) : text(), each.b ? text(text_of(*each.b)) : text(), out);
        if (out.broken()) return;
    }
    for (const tensor_difference& each : found.tensors) {
        print_row(each.name, each.a != nullptr ? text(text_of(*each.a, each.hash_a)) : text(), each.b != nullptr ? text(text_of(*each.b, each.hash_b)) : text(),
                  out);
        if (out.broken()) return;
    }
    const char* const data = hashed ? "" : "; data is not compared without --hash";
    if (!found.none()) out.print("{} and {} differ{}\n", counted(found.keys.size(), "key"), counted(found.tensors.size(), "tensor"), data);
    else out.print("the same: {} and {}{}{}\n", counted(a.metadata().size(), "key"), counted(a.tensors().size(), "tensor"), hashed ? ", data included" : "", data);
}

// For programs --------------------------------------------------------------------------------------

auto json_of(const gguf::value& value) -> json {
    json out;
    append_value(out, value, false);
    return out;
}

auto json_of(const gguf::tensor& tensor, const std::string& hash) -> json {
    json out;
    out["type"] = fmt::format("{}", tensor.type);
    out["shape"] = json(tensor.shape.dimensions());
    out["bytes"] = tensor.size_bytes;
    if (!hash.empty()) out["hash"] = hash;
    return out;
}

/// `only_a` and `only_b`, lists of names, and `different`, a list of what both sides say.
struct sides {
    json only_a = json::array();
    json only_b = json::array();
    json different = json::array();

    void add(std::string_view name, json a, json b) {
        if (b.is_null()) return only_a.push_back(json_text(name));
        if (a.is_null()) return only_b.push_back(json_text(name));
        json row;
        row["name"] = json_text(name);
        row["a"] = std::move(a);
        row["b"] = std::move(b);
        different.push_back(std::move(row));
    }
    [[nodiscard]] auto document() && -> json {
        json out;
        out["only_a"] = std::move(only_a);
        out["only_b"] = std::move(only_b);
        out["different"] = std::move(different);
        return out;
    }
};

auto json_of(const differences& found, const diff_options& options) -> json {
    sides keys;
    for (const key_difference& each : found.keys) keys.add(each.name, each.a ? json_of(*each.a) : json(), each.b ? json_of(*each.b) : json());
    sides tensors;
    for (const tensor_difference& each : found.tensors)
        tensors.add(each.name, each.a != nullptr ? json_of(*each.a, each.hash_a) : json(), each.b != nullptr ? json_of(*each.b, each.hash_b) : json());
    json out;
    out["a"] = json_text(options.a);
    out["b"] = json_text(options.b);
    out["same"] = found.none();
    out["hash"] = options.hash ? json(content_hash_name) : json();
    out["keys"] = std::move(keys).document();
    out["tensors"] = std::move(tensors).document();
    return out;
}

/// The model at `path`. Of two files, an error has to say which one it is about.
auto open_one_of_two(const std::string& path) -> cria::result<gguf::shards> {
    return gguf::shards::open(path).or_else([&](cria::error why) -> cria::result<gguf::shards> {
        if (!path.ends_with(why.subject.view())) why.subject = std::string_view(fmt::format("{}: {}", file_name_of(path), why.subject.view()));
        return why;
    });
}

}  // namespace

auto run(const diff_options& options, output& out) -> cria::result<status> {
    CRIA_TRY(const auto a, open_one_of_two(options.a));
    CRIA_TRY(const auto b, open_one_of_two(options.b));
    differences found;
    found.keys = compare_keys(a.metadata(), b.metadata());
    CRIA_TRY(found.tensors, compare_tensors(a, b, options.hash));
    if (options.json) out.write(to_text(json_of(found, options)));
    else print_text(found, a, options.hash, out);
    return found.none() ? status_done : status_input;
}

}  // namespace cli
