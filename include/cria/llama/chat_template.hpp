// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_CHAT_TEMPLATE_HPP
#define CRIA_LLAMA_CHAT_TEMPLATE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/metadata.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

// The chat templates that a GGUF file carries, of any architecture: their names, their texts, and which of them a
// request is rendered with. A file has a default one (`tokenizer.chat_template`) and perhaps others by name
// (`tokenizer.chat_template.tool_use`). Their names may also be listed in `tokenizer.chat_templates`, which nobody needs and
// which is not read: what is wrong with that list hides no template.
//
// Templates are programs in Jinja's language, and there is no engine for them here. An engine is given the text, the
// messages, and bos_token and eos_token (tokenizer::bytes of special().bos and eos, empty where there is none); what it
// has rendered is for bpe::encode_rendered (bpe/rendered_text.hpp), which knows what to do about a BOS that stands there.
//
// Writers put `_` for every character of a name that is no ASCII letter or digit, so names are looked for in that form.

namespace cria::inline v0::llama {

/// One template. Borrows, as its parts do.
struct chat_template {
    std::string_view name;  ///< empty: the default one
    std::string_view text;
};

/// All templates of a file, the default one first, then in the order of the file. Move-only.
///
///     CRIA_TRY(const auto templates, llama::chat_templates_from(file.metadata()));
///     const auto text = templates.choose(request.has_tools());       // "tool_use" where there is one
///     auto prompt = text ? render(*text, messages) : render_chatml(messages);
///     CRIA_TRY(const auto ids, bpe::encode_rendered(tokenizer, prompt));
///
/// Borrows: the bytes given to parse(). Threads: const, safe to share.
class chat_templates {
public:
    chat_templates() noexcept = default;

    [[nodiscard]] auto size() const noexcept -> std::size_t { return all_.size(); }
    [[nodiscard]] auto empty() const noexcept -> bool { return all_.empty(); }
    /// Template `i`; its text may be empty. Precondition: i < size().
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> chat_template { return all_[i]; }
    [[nodiscard]] auto begin() const noexcept CRIA_LIFETIME_BOUND -> const chat_template* { return all_.begin(); }
    [[nodiscard]] auto end() const noexcept CRIA_LIFETIME_BOUND -> const chat_template* { return all_.end(); }

    /// The text of the template called `name`, the default one for no name or "default"; nothing where there is none or
    /// it is empty.
    [[nodiscard]] auto find(std::string_view name = {}) const noexcept -> std::optional<std::string_view>;
    /// The same, or why not. Fails: errc::missing_key, errc::invalid_value where it is empty; the subject is the key.
    [[nodiscard]] auto get(std::string_view name = {}) const noexcept -> result<std::string_view>;

    /// The text for a request: `tool_use` if the request has tools, else the default one, else `tool_use` after all; nothing
    /// where a file has none of them (llama.cpp writes ChatML then).
    [[nodiscard]] auto choose(bool has_tools) const noexcept -> std::optional<std::string_view>;

private:
    friend auto chat_templates_from(const gguf::metadata& metadata) -> result<chat_templates>;
    [[nodiscard]] auto entry(std::string_view name) const noexcept -> const chat_template*;

    buffer<chat_template> all_;
};

/// The chat templates in a file's metadata; none is no error.
/// Fails: errc::wrong_type for a template that is no string, with the value's offset in the file; errc::out_of_memory.
/// Cost:  O(keys).
[[nodiscard]] auto chat_templates_from(const gguf::metadata& metadata) -> result<chat_templates>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

inline constexpr std::string_view chat_template_key = "tokenizer.chat_template", named_chat_template_prefix = "tokenizer.chat_template.";

/// Whether writers store a template called `name` under `stored`.
[[nodiscard]] constexpr auto is_stored_as(std::string_view name, std::string_view stored) noexcept -> bool {
    if (name.size() != stored.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool is_kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (stored[i] != (is_kept ? c : '_')) return false;
    }
    return true;
}

/// An error about the template called `name`, whose subject is its key as far as it fits.
[[nodiscard]] inline auto about_chat_template(errc code, std::string_view name) noexcept -> error {
    if (name.empty()) return error{code, chat_template_key};
    char key[96];
    std::size_t size = named_chat_template_prefix.copy(key, sizeof key);
    size += name.substr(0, sizeof key - size).copy(key + size, sizeof key - size);
    return error{code, std::string_view(key, size)};
}

}  // namespace detail

inline auto chat_templates::entry(std::string_view name) const noexcept -> const chat_template* {
    for (const chat_template& each : all_)
        if (each.name == name) return &each;
    for (const chat_template& each : all_)
        if (detail::is_stored_as(name, each.name)) return &each;
    return nullptr;
}

inline auto chat_templates::find(std::string_view name) const noexcept -> std::optional<std::string_view> {
    const auto found = get(name);
    if (!found) return std::nullopt;
    return *found;
}

inline auto chat_templates::get(std::string_view name) const noexcept -> result<std::string_view> {
    const bool is_default = name.empty() || name == "default";
    const chat_template* found = is_default ? entry({}) : entry(name);
    if (is_default && found == nullptr) found = entry("default");  // stored by its name after all
    if (found == nullptr) return detail::about_chat_template(errc::missing_key, is_default ? std::string_view{} : name);
    if (found->text.empty()) return detail::about_chat_template(errc::invalid_value, found->name).because("is empty");
    return found->text;
}

inline auto chat_templates::choose(bool has_tools) const noexcept -> std::optional<std::string_view> {
    constexpr std::string_view with_tools = "tool_use";
    if (const auto text = find(has_tools ? with_tools : std::string_view{})) return text;
    return find(has_tools ? std::string_view{} : with_tools);
}

inline auto chat_templates_from(const gguf::metadata& metadata) -> result<chat_templates> {
    constexpr std::string_view what = "chat templates";
    chat_templates made;
    if (metadata.contains(detail::chat_template_key)) {
        CRIA_TRY(const auto text, metadata.get<std::string_view>(detail::chat_template_key));
        CRIA_TRY_VOID(made.all_.push_back({{}, text}, what));
    }
    constexpr std::string_view prefix = detail::named_chat_template_prefix;
    for (const auto& [key, value, offset_bytes] : metadata) {
        if (key.size() <= prefix.size() || key.substr(0, prefix.size()) != prefix) continue;
        CRIA_TRY(const auto text, value.get<std::string_view>(key));
        CRIA_TRY_VOID(made.all_.push_back({key.substr(prefix.size()), text}, what));
    }
    return made;
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_CHAT_TEMPLATE_HPP
