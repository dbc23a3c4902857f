// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/gguf/compare.hpp"
#include "cria/gguf/editor.hpp"
#include "cria/gguf/file.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/shared_data.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"

#if !defined(_WIN32)
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace cria::inline v0::gguf {

/// What the editor shows to nobody else: a save in place, step by step.
struct editor_access {
    /// Calls compared() when the file was found unchanged, backed_up() when the backup is there.
    template <class Compared, class BackedUp>
    static auto save_in_place(editor& edit, Compared&& compared, BackedUp&& backed_up) -> result<void> {
        return edit.save_in_place_with([&](editor::step at) {
            if (at == editor::step::compared) compared();
            else backed_up();
        });
    }
};

}  // namespace cria::inline v0::gguf

namespace gguf = cria::gguf;
namespace io = cria::io;
using cria::errc;

namespace {

constexpr io::output_options scratch{.replace = true, .sync = false};

auto names_in(const std::string& folder) -> std::vector<std::string> {
    std::vector<std::string> names;
    for (const auto& each : std::filesystem::directory_iterator(folder)) names.push_back(each.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

auto data_of(std::size_t size, unsigned seed) -> cria_test::file_bytes {
    cria_test::file_bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 11 + seed);
    return bytes;
}

/// A small model with a text that edits change.
auto small_model(std::uint32_t alignment = 0) -> cria_test::gguf_builder {
    cria_test::gguf_builder builder;
    builder.key("general.architecture", "llama").key("general.name", "a name of middling length");
    if (alignment != 0) builder.key("general.alignment", alignment);
    builder.key("llama.block_count", std::uint32_t{2}).array("some.numbers", std::vector<float>{1, 2, 3});
    builder.tensor("a", {16}, cria::tensor_type::f32, data_of(64, 1)).tensor("b", {64}, cria::tensor_type::f32, data_of(256, 2));
    return builder;
}

/// Whether the file at `path` holds the tensors of `before` at the same places, with the same bytes, and opens without a warning.
void check_data_stayed(const std::string& path, const cria_test::file_bytes& before) {
    const auto after = cria_test::read_whole(path);
    REQUIRE(after);
    CHECK(after->size() == before.size());
    const auto old = gguf::parse(before);
    const auto fresh = gguf::parse(*after);
    REQUIRE(old);
    REQUIRE(fresh);
    CHECK(fresh->data_offset_bytes() == old->data_offset_bytes());
    CHECK(fresh->n_warnings() == old->n_warnings());
    REQUIRE(fresh->tensors().size() == old->tensors().size());
    for (std::size_t i = 0; i < old->tensors().size(); ++i) CHECK(fresh->tensors()[i].offset_bytes == old->tensors()[i].offset_bytes);
    const auto data_at = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(old->data_offset_bytes(), before.size()));
    CHECK(std::equal(before.begin() + data_at, before.end(), after->begin() + data_at, after->end()));
}

auto text_at(const std::string& path, std::string_view key) -> std::string {
    const auto opened = gguf::file::open(path);
    if (!opened) return opened.error().message();
    const auto text = opened->metadata().get<std::string_view>(key);
    return text ? std::string(*text) : text.error().message();
}

/// The slack that the file at `path` keeps, in bytes of its filler's text; -1 where it has none.
auto filler_in(const std::string& path) -> long long {
    const auto opened = gguf::file::open(path);
    REQUIRE(opened);
    const auto found = opened->metadata().find(gguf::filler_key);
    return found ? static_cast<long long>(found->bytes().size()) : -1;
}

/// A model of one tensor of `bytes` bytes that nobody ever wrote. False where the file system has no holes.
auto make_sparse_model(const std::string& path, std::uint64_t bytes, std::uint64_t reserve) -> bool {
    gguf::writer out({.reserve_bytes = reserve});
    gguf::shape extents;
    extents.n_dimensions = 1;
    extents.extents[0] = bytes;
    REQUIRE(out.set("general.architecture", "llama"));
    REQUIRE(out.set("general.name", "sparse"));
    REQUIRE(out.add_tensor("huge", extents, cria::tensor_type::i8, {}));
    const auto plan = out.plan();
    REQUIRE(plan);
    // The header alone, by a twin with an empty tensor; then the extent and the hole.
    gguf::writer head({.reserve_bytes = reserve});
    REQUIRE(head.set("general.architecture", "llama"));
    REQUIRE(head.set("general.name", "sparse"));
    gguf::shape none = extents;
    none.extents[0] = 0;
    REQUIRE(head.add_tensor("huge", none, cria::tensor_type::i8, {}));
    auto header = head.bytes();
    REQUIRE(header);
    const std::size_t extent_at = static_cast<std::size_t>(plan->header_bytes) - 8 - 4 - 8;  // before type and offset
    for (std::size_t i = 0; i < 8; ++i) (*header)[extent_at + i] = static_cast<std::byte>(bytes >> (8 * i));
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    REQUIRE(file != nullptr);
    REQUIRE(std::fwrite(header->data(), 1, header->size(), file) == header->size());
    std::fclose(file);
    std::error_code failed;
    std::filesystem::resize_file(path, plan->file_bytes, failed);
    if (failed) return false;
#if !defined(_WIN32)
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && static_cast<std::uint64_t>(status.st_blocks) * 512 < 1'000'000;
#else
    return false;
#endif
}

}  // namespace

TEST_CASE("an edit in place of the same length changes only that") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    auto edit = gguf::editor::open(path);
    REQUIRE(edit);
    CHECK(edit->set("general.name", "A NAME OF MIDDLING LENGTH"));
    CHECK(edit->room()->fits);
    REQUIRE(edit->save_in_place());
    check_data_stayed(path, before);
    CHECK(text_at(path, "general.name") == "A NAME OF MIDDLING LENGTH");
    CHECK(filler_in(path) == -1);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});
}

TEST_CASE("a filler grows, shrinks and disappears with the edits it makes room for") {
    const auto before = small_model().build();
    const cria_test::temp_file file(before);
    auto edit = gguf::editor::open(file.path());
    REQUIRE(edit);

    CHECK(edit->remove("some.numbers"));
    CHECK(edit->set("general.name", ""));
    REQUIRE(edit->save_in_place());
    check_data_stayed(file.path(), before);
    const auto first = filler_in(file.path());
    CHECK(first >= 0);

    CHECK(edit->remove("llama.block_count"));
    REQUIRE(edit->save_in_place());
    check_data_stayed(file.path(), before);
    CHECK(filler_in(file.path()) > first);

    // A new editor finds the same room, and does not list the filler among the keys.
    auto again = gguf::editor::open(file.path());
    REQUIRE(again);
    CHECK_FALSE(again->contains(gguf::filler_key));
    const auto room = again->room();
    REQUIRE(room);
    CHECK(room->fits);
    CHECK(room->left_bytes() > 60);
    CHECK(again->set("general.name", std::string(static_cast<std::size_t>(room->left_bytes()), 'x')));
    CHECK(again->room()->left_bytes() == 0);
    REQUIRE(again->save_in_place());
    check_data_stayed(file.path(), before);
    CHECK(filler_in(file.path()) == -1);
    CHECK(text_at(file.path(), "general.name") == std::string(static_cast<std::size_t>(room->left_bytes()), 'x'));
}

TEST_CASE("with the usual alignment every header that is short enough fits") {
    const auto before = small_model().build();
    const cria_test::temp_file file(before);
    auto edit = gguf::editor::open(file.path());
    REQUIRE(edit);
    REQUIRE(edit->remove("some.numbers"));
    for (std::size_t length = 0; length < 200; ++length) {
        CAPTURE(length);
        REQUIRE(edit->set("general.name", std::string(length, 'n')));
        const auto room = edit->room();
        REQUIRE(room);
        CHECK(room->fits == (room->header_bytes <= room->room_bytes));
        CHECK((room->missing_bytes() == 0) == room->fits);
        const auto saved = edit->save_in_place();
        CHECK(saved.has_value() == room->fits);
        if (!saved) CHECK(saved.error().code == errc::output_too_small);
        check_data_stayed(file.path(), before);
    }
}

TEST_CASE("with a narrow alignment a gap may be too small for a filler, which is an error and no damage") {
    for (const std::uint32_t alignment : {1U, 2U, 8U, 16U}) {
        const auto before = small_model(alignment).build();
        const cria_test::temp_file file(before);
        bool refused = false;
        bool single_byte = false;
        for (std::size_t length = 0; length <= 25; ++length) {
            CAPTURE(alignment, length);
            auto edit = gguf::editor::open(file.path());
            REQUIRE(edit);
            REQUIRE(edit->set("general.name", std::string(length, 'n')));
            REQUIRE(edit->remove("no such key") == false);
            const auto saved = edit->save_in_place();
            refused = refused || !saved;
            if (!saved) CHECK(saved.error().code == errc::output_too_small);
            check_data_stayed(file.path(), before);
            single_byte = single_byte || filler_in(file.path()) == 1;
        }
        CHECK(refused);
        if (alignment == 1) CHECK(single_byte);
    }
}

TEST_CASE("what does not fit is refused, and says how much there is") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    auto edit = gguf::editor::open(path);
    REQUIRE(edit);
    CHECK(edit->set("general.name", std::string(1000, 'n')));
    const auto room = edit->room();
    REQUIRE(room);
    CHECK_FALSE(room->fits);
    CHECK(room->missing_bytes() > 900);
    const auto saved = edit->save_in_place();
    REQUIRE_FALSE(saved);
    CHECK(saved.error().code == errc::output_too_small);
    CHECK(saved.error().expected.number() == room->header_bytes);
    CHECK(saved.error().found.number() == room->room_bytes);
    CHECK(saved.error().message().find("header does not fit before the data; write a copy") != std::string::npos);
    CHECK(*cria_test::read_whole(path) == before);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});

    const auto copied = edit->save_as(folder.path("copy.gguf"), scratch);
    REQUIRE(copied);
    CHECK(text_at(folder.path("copy.gguf"), "general.name") == std::string(1000, 'n'));
}

TEST_CASE("data out of order and with gaps stays where it is") {
    cria_test::gguf_builder builder;
    builder.key("general.name", "scattered");
    builder.tensor({.name = "a", .extents = {4}, .data = data_of(16, 1), .offset = 128}).tensor({.name = "b", .extents = {2}, .data = data_of(8, 2), .offset = 0});
    const auto before = builder.build();
    const cria_test::temp_file file(before);
    auto edit = gguf::editor::open(file.path());
    REQUIRE(edit);
    CHECK(edit->set("general.name", "SCATTERED"));
    REQUIRE(edit->save_in_place());
    check_data_stayed(file.path(), before);
    CHECK(text_at(file.path(), "general.name") == "SCATTERED");
}

TEST_CASE("general.alignment changes in place only where no data has to move") {
    const auto before = small_model(32).build();  // tensors of 64 and 256 bytes: also aligned to 64, if the section is
    const auto parsed = gguf::parse(before);
    REQUIRE(parsed);
    const cria_test::temp_file file(before);
    auto edit = gguf::editor::open(file.path());
    REQUIRE(edit);
    CHECK(edit->set("general.alignment", std::uint32_t{4096}));
    CHECK(edit->save_in_place().error().code == errc::misaligned);
    CHECK(edit->room().error().code == errc::misaligned);
    CHECK(*cria_test::read_whole(file.path()) == before);

    CHECK(edit->set("general.alignment", std::uint32_t{16}));
    const auto saved = edit->save_in_place();
    if (saved) check_data_stayed(file.path(), before);
    else CHECK(saved.error().code == errc::output_too_small);  // the header ends too far before the data
    CHECK(edit->set("general.alignment", std::uint64_t{32}));
    CHECK(edit->save_in_place().error().code == errc::wrong_type);
}

TEST_CASE("big-endian files and files of version 2 are edited as what they are") {
    for (const std::endian order : {std::endian::little, std::endian::big}) {
        cria_test::gguf_builder builder(2, order);
        builder.key("general.name", "the old name").tensor("a", {16}, cria::tensor_type::f32, data_of(64, 1));
        const auto before = builder.build();
        const cria_test::temp_file file(before);
        auto edit = gguf::editor::open(file.path());
        REQUIRE(edit);
        CHECK(edit->set("general.name", "the new name"));
        REQUIRE(edit->save_in_place());
        check_data_stayed(file.path(), before);
        const auto opened = gguf::file::open(file.path());
        REQUIRE(opened);
        CHECK(opened->contents().version() == 2);
        CHECK(opened->contents().byte_order() == order);
        CHECK(text_at(file.path(), "general.name") == "the new name");
    }
}

TEST_CASE("a file without tensors, or without its data, is edited within its own length") {
    cria_test::gguf_builder builder;
    builder.key("general.name", "some name of a vocabulary file").key("a", 1);
    const auto before = builder.build();
    const cria_test::temp_file file(before);
    auto edit = gguf::editor::open(file.path());
    REQUIRE(edit);
    CHECK(edit->set("general.name", "SOME NAME OF A VOCABULARY FILE"));
    REQUIRE(edit->save_in_place());
    CHECK(cria_test::read_whole(file.path())->size() == before.size());
    CHECK(text_at(file.path(), "general.name") == "SOME NAME OF A VOCABULARY FILE");
    CHECK(edit->set("general.name", "SOME NAME OF A VOCABULARY FILE, WHICH IS LONGER NOW"));
    CHECK(edit->save_in_place().error().code == errc::output_too_small);

    const auto whole = small_model().build();
    const auto parsed = gguf::parse(whole);
    REQUIRE(parsed);
    const cria_test::temp_file header(cria::byte_view(whole).first(static_cast<std::size_t>(parsed->data_offset_bytes())));
    gguf::policy rules;
    rules.on[gguf::situation::missing_data] = gguf::verdict::warn;
    auto header_edit = gguf::editor::open(header.path(), rules);
    REQUIRE(header_edit);
    CHECK(header_edit->remove("some.numbers"));
    REQUIRE(header_edit->save_in_place());
    CHECK(header_edit->original().metadata().contains(gguf::filler_key));
    CHECK(header_edit->save_as(header.path() + ".copy", scratch).error().code == errc::data_out_of_bounds);
}

TEST_CASE("a file that somebody else wrote to is not edited in place") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    auto first = gguf::editor::open(path);
    auto second = gguf::editor::open(path);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->set("general.name", "the first editor's name xx"));
    CHECK(second->set("general.name", "second editor's name"));
    SECTION("its header") {
        REQUIRE(first->remove("some.numbers"));
        REQUIRE(first->save_in_place());
    }
    SECTION("its length") { folder.write("model.gguf", cria::byte_view(cria_test::file_bytes(before.size() + 32))); }
    SECTION("all of it") { folder.write("model.gguf", cria::byte_view(cria_test::file_bytes(before.size()))); }
    const auto after = *cria_test::read_whole(path);
    CHECK(second->save_in_place().error().code == errc::file_changed);
    CHECK(*cria_test::read_whole(path) == after);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});
}

TEST_CASE("the backup of an interrupted edit stops the next one, and restores the header") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    const auto parsed = gguf::parse(before);
    REQUIRE(parsed);
    const auto header = cria::byte_view(before).first(static_cast<std::size_t>(parsed->data_offset_bytes()));
    folder.write("model.gguf.cria-header-backup", header);

    auto edit = gguf::editor::open(path);
    REQUIRE(edit);
    CHECK(edit->set("general.name", "another"));
    CHECK(edit->save_in_place().error().code == errc::file_exists);
    CHECK(*cria_test::read_whole(path) == before);

    auto torn = before;
    std::fill(torn.begin(), torn.begin() + 40, std::byte{0xEE});
    folder.write("model.gguf", cria::byte_view(torn));
    CHECK_FALSE(gguf::editor::open(path));
    REQUIRE(gguf::editor::restore_header(path));
    CHECK(*cria_test::read_whole(path) == before);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});
    CHECK(gguf::editor::restore_header(path).error().code == errc::file_not_found);

    // What is no header of this file is not written into it.
    folder.write("model.gguf.cria-header-backup", "not a header");
    CHECK(gguf::editor::restore_header(path).error().code == errc::bad_magic);
    CHECK(*cria_test::read_whole(path) == before);
}

TEST_CASE("a header that cannot be written is put back") {
    // A file in memory whose writes fail after some bytes, as many times as asked.
    struct failing_file {
        std::vector<std::byte> bytes;
        int failing_writes;
        int failing_syncs;
        auto write(std::uint64_t at, cria::byte_view from) -> cria::result<void> {
            const bool fails = failing_writes-- > 0;
            std::copy_n(from.begin(), fails ? from.size() / 2 : from.size(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
            if (fails) return cria::error{errc::io_error, "device"};
            return {};
        }
        auto sync() -> cria::result<void> {
            if (failing_syncs-- > 0) return cria::error{errc::disk_full, "device"};
            return {};
        }
    };
    const auto old = data_of(100, 1);
    const auto fresh = data_of(100, 77);
    bool torn = false;

    failing_file whole{old, 0, 0};
    CHECK(gguf::detail::replace_header(whole, fresh, old, torn));
    CHECK(whole.bytes == fresh);

    failing_file once{old, 1, 0};
    CHECK(gguf::detail::replace_header(once, fresh, old, torn).error().code == errc::io_error);
    CHECK(once.bytes == old);
    CHECK_FALSE(torn);

    failing_file unsynced{old, 0, 1};
    CHECK(gguf::detail::replace_header(unsynced, fresh, old, torn).error().code == errc::disk_full);
    CHECK(unsynced.bytes == old);
    CHECK_FALSE(torn);

    failing_file twice{old, 2, 0};
    const auto lost = gguf::detail::replace_header(twice, fresh, old, torn);
    CHECK(lost.error().code == errc::io_error);
    CHECK(lost.error().message().find(".cria-header-backup") != std::string::npos);
    CHECK(torn);
}

#if !defined(_WIN32)
TEST_CASE("a device that takes no more leaves a file that was to be edited whole, and no backup") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    auto edit = gguf::editor::open(path);
    REQUIRE(edit);
    REQUIRE(edit->set("general.name", "another"));
    const ::pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const ::rlimit limit{50, 50};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto saved = edit->save_in_place();
        const bool told = !saved && saved.error().code == errc::too_large;
        const auto copied = edit->save_as(path, scratch);
        ::_exit(told && !copied && copied.error().code == errc::too_large ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(*cria_test::read_whole(path) == before);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});
}

TEST_CASE("a file that may not be written is left alone") {
    if (::geteuid() == 0) return cria_test::skip("root may write to everything");
    const auto before = small_model().build();
    const cria_test::temp_file file(before);
    std::filesystem::permissions(file.path(), std::filesystem::perms::owner_read);
    auto edit = gguf::editor::open(file.path());
    REQUIRE(edit);
    CHECK(edit->set("general.name", "another"));
    CHECK(edit->save_in_place().error().code == errc::permission_denied);
}
#endif

TEST_CASE("a copy has the new metadata and the old data, and room only where it is asked for") {
    const auto before = cria_test::tiny_llama().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    auto edit = gguf::editor::open(path);
    REQUIRE(edit);
    CHECK(edit->rename("general.architecture", "general.was_architecture"));
    CHECK(edit->set("general.architecture", std::string(300, 'a')));
    const std::string copy = folder.path("copy.gguf");
    const auto done = edit->save_as(copy, scratch, 4096);
    REQUIRE(done);
    CHECK(filler_in(copy) == 4096 - 32);
    CHECK(*cria_test::read_whole(path) == before);

    const auto old = gguf::file::open(path);
    const auto fresh = gguf::file::open(copy);
    REQUIRE(old);
    REQUIRE(fresh);
    CHECK(fresh->size_bytes() == done->bytes);
    CHECK(fresh->contents().data_offset_bytes() == done->data_offset_bytes);
    for (const auto& tensor : old->tensors()) {
        const auto* const twin = fresh->tensors().find(tensor.name);
        REQUIRE(twin != nullptr);
        CHECK(std::ranges::equal(*old->bytes(tensor), *fresh->bytes(*twin)));
    }

    // That room is used up by edits in place, and a copy of the copy has none.
    auto next = gguf::editor::open(copy);
    REQUIRE(next);
    CHECK(next->set("added.later", std::string(2000, 'z')));
    REQUIRE(next->save_in_place());
    CHECK(filler_in(copy) < 4096 - 32 - 2000);
    CHECK(text_at(copy, "added.later").size() == 2000);
    REQUIRE(next->save_as(folder.path("third.gguf"), scratch));
    CHECK(filler_in(folder.path("third.gguf")) == -1);
}

TEST_CASE("an edited file may be saved over itself, and is then another file") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    auto edit = gguf::editor::open(path);
    REQUIRE(edit);
    CHECK(edit->set("general.name", std::string(500, 'n')));
    const auto saved = edit->save_as(path, scratch);
#if defined(_WIN32)
    if (!saved) return cria_test::skip("an open file cannot be replaced here");
#endif
    REQUIRE(saved);
    CHECK(text_at(path, "general.name").size() == 500);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});
    CHECK(edit->set("general.name", "short"));
    CHECK(edit->save_in_place().error().code == errc::file_changed);
}

TEST_CASE("an editor that was moved still copies the data") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    auto opened = gguf::editor::open(folder.write("model.gguf", before));
    REQUIRE(opened);
    gguf::editor edit = *std::move(opened);
    CHECK(edit.set("a.new.key", 1));
    REQUIRE(edit.save_as(folder.path("copy.gguf"), scratch));
    const auto fresh = gguf::file::open(folder.path("copy.gguf"));
    REQUIRE(fresh);
    CHECK(std::ranges::equal(*fresh->bytes(*fresh->tensors().find("b")), data_of(256, 2)));
}

TEST_CASE("an edit in place of ten gigabytes touches the header alone") {
    const cria_test::temp_folder folder;
    const std::string path = folder.path("huge.gguf");
    if (!make_sparse_model(path, std::uint64_t{10} << 30U, 256)) return cria_test::skip("no files with holes here");
    const auto start = std::chrono::steady_clock::now();
    auto edit = gguf::editor::open(path);
    REQUIRE(edit);
    CHECK(edit->set("general.name", "a longer name than before"));
    CHECK(edit->set("added", std::vector<std::int32_t>{1, 2, 3}));
    REQUIRE(edit->save_in_place());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    CHECK(seconds < 2);  // a hundredth of reading it
    CHECK(text_at(path, "general.name") == "a longer name than before");
#if !defined(_WIN32)
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK(static_cast<std::uint64_t>(status.st_blocks) * 512 < 1'000'000);  // the hole is still one
#endif
}

TEST_CASE("a copy of a gigabyte does not pass through this program's memory whole", "[slow]") {
    const cria_test::temp_folder folder;
    const std::string path = folder.path("large.gguf");
    if (!make_sparse_model(path, std::uint64_t{1} << 30U, 0)) return cria_test::skip("no files with holes here");
    auto edit = gguf::editor::open(path);
    REQUIRE(edit);
    CHECK(edit->set("general.name", std::string(1000, 'n')));
    const auto start = std::chrono::steady_clock::now();
    const auto done = edit->save_as(folder.path("copy.gguf"), scratch);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    REQUIRE(done);
    std::printf("1 GiB copied in %.2f s, %.0f MiB of it by the system\n", seconds, static_cast<double>(done->copied.in_kernel_bytes) / (1 << 20));
    CHECK(done->copied.in_kernel_bytes + done->copied.through_memory_bytes == std::uint64_t{1} << 30U);
    const auto fresh = gguf::file::open(folder.path("copy.gguf"));
    REQUIRE(fresh);
    CHECK(fresh->tensors()[0].size_bytes == std::uint64_t{1} << 30U);
}

namespace {
template <class E, class T>
concept settable = requires(E& edit, const T& value) { edit.set("key", value); };
struct nothing_of_the_kind {};
}  // namespace

TEST_CASE("an editor takes the values that a writer takes, and says so") {
    static_assert(settable<gguf::editor, int> && settable<gguf::editor, std::string> && settable<gguf::editor, char[4]> && settable<gguf::editor, std::vector<float>>);
    static_assert(settable<gguf::editor, gguf::encoded_value> && settable<gguf::editor, gguf::value>);
    static_assert(!settable<gguf::editor, nothing_of_the_kind> && !settable<gguf::editor, std::vector<nothing_of_the_kind>> && !settable<gguf::editor, void*>);
    const cria_test::temp_file file(small_model().build());
    auto edit = gguf::editor::open(file.path());
    REQUIRE(edit);
    const auto value = gguf::encoded_value::of(std::uint32_t{7});
    REQUIRE(value);
    CHECK(edit->set("a", *value));
    CHECK(edit->set("b", *value));
    CHECK(edit->set("c", *edit->original().metadata().find("general.name")));
    CHECK(*edit->find("b")->get<std::uint32_t>() == 7);
    CHECK(*edit->find("c")->get<std::string_view>() == "a name of middling length");
}

TEST_CASE("a backup of another file's header is not put back") {
    const auto before = small_model().build();
    cria_test::gguf_builder other;
    other.key("general.name", "another model, whose header is as long or longer").tensor("z", {80}, cria::tensor_type::f32, data_of(320, 3));
    const auto foreign = other.build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    const std::string backup = folder.write("model.gguf.cria-header-backup", cria::byte_view(foreign).first(static_cast<std::size_t>(gguf::parse(foreign)->data_offset_bytes())));
    CHECK(gguf::editor::restore_header(path).error().code == errc::file_changed);
    CHECK(*cria_test::read_whole(path) == before);
    CHECK(std::filesystem::exists(backup));
}

TEST_CASE("a backup that is longer than its file is refused before it is read") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    const std::string backup = folder.write("model.gguf.cria-header-backup", "GGUF");
    std::error_code failed;
    std::filesystem::resize_file(backup, std::uintmax_t{1} << 40U, failed);
    if (failed) return cria_test::skip("no files with holes of this size here");
    CHECK(gguf::editor::restore_header(path).error().code == errc::invalid_argument);
    CHECK(*cria_test::read_whole(path) == before);
}

TEST_CASE("an edit that was done while the backup was made is not overwritten") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    auto edit = gguf::editor::open(path);
    auto rival = gguf::editor::open(path);
    REQUIRE(edit);
    REQUIRE(rival);
    REQUIRE(edit->set("general.name", "the first one's new name!"));
    REQUIRE(rival->set("general.name", "A NAME OF MIDDLING LENGTH"));
    const auto saved = gguf::editor_access::save_in_place(*edit, [&] { REQUIRE(rival->save_in_place()); }, [] {});
    REQUIRE_FALSE(saved);
    CHECK(saved.error().code == errc::file_changed);
    CHECK(text_at(path, "general.name") == "A NAME OF MIDDLING LENGTH");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});

    // Once the backup is there, it keeps the rival out.
    auto again = gguf::editor::open(path);
    REQUIRE(again);
    REQUIRE(again->set("general.name", "the first one's new name!"));
    REQUIRE(rival->set("general.name", "a rival that comes late!!"));
    const auto done = gguf::editor_access::save_in_place(*again, [] {}, [&] { CHECK(rival->save_in_place().error().code == errc::file_exists); });
    CHECK(done);
    CHECK(text_at(path, "general.name") == "the first one's new name!");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});
}

TEST_CASE("a file of version 1 is one of version 3 after an edit in place") {
    cria_test::gguf_builder builder(1);
    builder.key("general.name", "old").key("long", std::string(200, 'x')).tensor("a", {16}, cria::tensor_type::f32, data_of(64, 1));
    const auto before = builder.build();
    const cria_test::temp_file file(before);
    auto edit = gguf::editor::open(file.path());
    REQUIRE(edit);
    CHECK(edit->remove("long"));
    REQUIRE(edit->save_in_place());
    const auto opened = gguf::file::open(file.path());
    REQUIRE(opened);
    CHECK(opened->contents().version() == 3);
    CHECK(std::ranges::equal(*opened->bytes(opened->tensors()[0]), data_of(64, 1)));
}

#if !defined(_WIN32)
TEST_CASE("a save that succeeded says so, whatever has become of the file that was opened") {
    const auto before = small_model().build();
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", before);
    auto edit = gguf::editor::open(path);
    REQUIRE(edit);
    // The same file under the same name, and the one that the editor has open is gone.
    std::filesystem::rename(path, folder.path("old"));
    folder.write("model.gguf", before);
    std::filesystem::resize_file(folder.path("old"), 0);
    REQUIRE(edit->set("general.name", "A NAME OF MIDDLING LENGTH"));
    const auto saved = edit->save_in_place();
    INFO((saved ? std::string() : saved.error().message()));
    CHECK(saved);
    CHECK(text_at(path, "general.name") == "A NAME OF MIDDLING LENGTH");
    CHECK(edit->original().metadata().get<std::string_view>("general.name").value() == "A NAME OF MIDDLING LENGTH");
}

TEST_CASE("the backup is its owner's alone to read, and the model keeps its permissions") {
    const cria_test::temp_folder folder;
    const std::string path = folder.write("model.gguf", small_model().build());
    for (const ::mode_t mode : {::mode_t{0600}, ::mode_t{0644}}) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        auto edit = gguf::editor::open(path);
        REQUIRE(edit);
        REQUIRE(edit->set("llama.block_count", std::uint32_t{mode}));
        const auto mode_of = [](const std::string& of) {
            struct stat status {};
            return ::stat(of.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
        };
        CHECK(gguf::editor_access::save_in_place(*edit, [] {}, [&] { CHECK(mode_of(path + ".cria-header-backup") == 0600); }));
        CHECK(mode_of(path) == mode);
    }
}

TEST_CASE("links are followed once, and the backup lies beside the file they lead to") {
    const auto before = small_model().build();
    const cria_test::temp_folder real;
    const cria_test::temp_folder links;
    const std::string path = real.write("model.gguf", before);
    const std::string other = real.write("other.gguf", before);
    const std::string link = links.path("link.gguf");
    std::filesystem::create_symlink(path, link);
    const std::string hard = links.path("hard.gguf");
    std::error_code refused;
    std::filesystem::create_hard_link(path, hard, refused);

    auto edit = gguf::editor::open(link);
    REQUIRE(edit);
    REQUIRE(edit->set("general.name", "A NAME OF MIDDLING LENGTH"));
    std::filesystem::remove(link);
    std::filesystem::create_symlink(other, link);
    const auto saved = gguf::editor_access::save_in_place(*edit, [] {}, [&] {
        CHECK(std::filesystem::exists(path + ".cria-header-backup"));
        CHECK_FALSE(std::filesystem::exists(link + ".cria-header-backup"));
    });
    CHECK(saved);
    CHECK(text_at(path, "general.name") == "A NAME OF MIDDLING LENGTH");
    CHECK(*cria_test::read_whole(other) == before);
    if (!refused) CHECK(text_at(hard, "general.name") == "A NAME OF MIDDLING LENGTH");  // an edit in place is one of every hard link

    // By a link or by its own name, it is the same backup that restores the header.
    real.write("other.gguf.cria-header-backup", cria::byte_view(before).first(static_cast<std::size_t>(gguf::parse(before)->data_offset_bytes())));
    CHECK(gguf::editor::restore_header(link));
    CHECK(names_in(real.path()) == std::vector<std::string>{"model.gguf", "other.gguf"});
}
#endif
