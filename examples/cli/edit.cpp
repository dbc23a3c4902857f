// SPDX-License-Identifier: MIT
// cria edit: a model with other metadata, as a new file or, where the new header has the room, in place.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "cria/gguf/editor.hpp"
#include "json.hpp"
#include "text.hpp"
#include "typed_value.hpp"
#include "watched_write.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;
using cria::errc;
using cria::error;

/// What the command line asks for, understood before any file is opened.
struct changes {
    struct renaming {
        std::string_view from;
        std::string_view to;
    };
    struct setting {
        std::string_view key;
        gguf::encoded_value value;
    };
    std::vector<renaming> renamed;
    std::vector<setting> set;
};

auto changes_of(const edit_options& options) -> cria::result<changes> {
    changes all;
    for (const std::string_view text : options.rename) {
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos) return error{errc::invalid_argument, "--rename"}.because("takes OLD=NEW").finding(text);
        all.renamed.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    for (const std::string& text : options.set) {
        CRIA_TRY(const assignment stated, parse_assignment(text));
        CRIA_TRY(auto value, encode(stated));
        all.set.push_back({stated.key, std::move(value)});
    }
    return all;
}

/// The keys of a set are those of its first shard: what is changed in another one changes nothing.
auto check_is_first(const gguf::metadata& metadata, const std::string& path) -> cria::result<void> {
    const auto number = metadata.as<std::uint16_t>("split.no");
    const auto count = metadata.as<std::uint16_t>("split.count");
    if (!number || !count || *count < 2 || *number == 0) return {};
    return error{errc::invalid_argument, file_name_of(path)}
        .because("is a later shard of a set, whose keys are those of the first one: edit that")
        .finding(std::string_view(fmt::format("shard {} of {}", *number + 1, *count)));
}

auto apply(const edit_options& options, changes&& all, gguf::editor& edit) -> cria::result<void> {
    for (const std::string& key : options.remove)
        if (!edit.remove(key)) return error{errc::missing_key, key};
    for (const auto& [from, to] : all.renamed) CRIA_TRY_VOID(edit.rename(from, to));
    for (auto& [key, value] : all.set) CRIA_TRY_VOID(edit.set(key, std::move(value)));
    return {};
}

auto does_not_fit(const gguf::in_place_room& room, const std::string& path) -> error {
    const error why{errc::output_too_small, file_name_of(path)};
    if (room.missing_bytes() == 0) return why.because("the new header leaves a gap before the data that is too narrow to be filled; write a copy");
    return why.because("the new header is too long to be changed in place; write a copy. Bytes missing").finding(room.missing_bytes());
}

/// What was written, for both readers.
struct outcome {
    std::string path;
    std::uint64_t keys = 0;
    std::uint64_t bytes = 0;
    std::uint64_t room_bytes = 0;  ///< that further edits in place may take
};

auto save(const edit_options& options, gguf::editor& edit) -> cria::result<outcome> {
    const std::uint64_t keys = edit.edited().size();
    if (options.in_place) {
        CRIA_TRY(const auto room, edit.room());
        if (!room.fits) return does_not_fit(room, options.model);
        if (const auto saved = edit.save_in_place(); !saved) return about_output(saved.error());
        return outcome{options.model, keys, edit.original().file_bytes(), room.left_bytes()};
    }
    CRIA_TRY(const auto layout, edit.edited().plan());  // what fails here is not the output
    watched_write watched(layout.file_bytes);
    const auto saved = edit.save_as(options.out, watched.options(true));
    if (!saved) return about_output(saved.error());
    return outcome{options.out, keys, saved->bytes, 0};
}

void print(const edit_options& options, const outcome& done, output& out) {
    if (!options.json) {
        out.print("{}: {}, {}", printable(done.path), counted(done.keys, "key"), human_bytes(done.bytes));
        out.print("{}\n", options.in_place ? fmt::format(", {} left for more edits in place", counted(done.room_bytes, "byte")) : "");
        return;
    }
    json document;
    document["path"] = json_text(done.path);
    document["in_place"] = options.in_place;
    document["keys"] = done.keys;
    document["bytes"] = done.bytes;
    document["room_bytes"] = options.in_place ? json(done.room_bytes) : json();
    out.write(to_text(document));
}

}  // namespace

auto run(const edit_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(auto all, changes_of(options));
    CRIA_TRY(auto edit, gguf::editor::open(options.model));
    CRIA_TRY_VOID(check_is_first(edit.original().metadata(), options.model));
    CRIA_TRY_VOID(apply(options, std::move(all), edit));
    CRIA_TRY(const outcome done, save(options, edit));
    print(options, done, out);
    return {};
}

}  // namespace cli
