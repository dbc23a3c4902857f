// SPDX-License-Identifier: MIT
// GGUF files written and read without the library, and held against the library: docs/gguf-research.md shows what this prints.
#include <algorithm>  // equal
#include <bit>        // bit_cast, endian
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>  // memcpy, memcmp
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "cria/cria.hpp"

namespace {

using bytes = std::vector<unsigned char>;

// [write]
struct by_hand {
    bytes out;
    std::uint32_t version = 3;
    bool big_endian = false;

    void number(std::uint64_t value, int n_bytes) {
        for (int i = 0; i < n_bytes; ++i) out.push_back(static_cast<unsigned char>(value >> 8 * (big_endian ? n_bytes - 1 - i : i)));
    }
    void u32(std::uint32_t value) { number(value, 4); }
    void f32(float value) { number(std::bit_cast<std::uint32_t>(value), 4); }
    void count(std::uint64_t value) { number(value, version == 1 ? 4 : 8); }  // also of lengths and extents
    void text(std::string_view value) { count(value.size()), out.insert(out.end(), value.begin(), value.end()); }
    void header(std::uint64_t n_tensors, std::uint64_t n_keys) {
        out = {'G', 'G', 'U', 'F'};  // in either byte order
        u32(version), count(n_tensors), count(n_keys);
    }
    void pad(std::size_t alignment = 32) {
        while (out.size() % alignment != 0) out.push_back(0);
    }
};

auto one_tensor(std::uint32_t version, bool big_endian) -> bytes {
    by_hand file{.out = {}, .version = version, .big_endian = big_endian};
    file.header(1, 1);
    file.text("general.architecture"), file.u32(8), file.text("llama");       // key, value type, value
    file.text("w"), file.u32(1), file.count(2), file.u32(0), file.number(0, 8);  // name, dimensions, extents, F32, offset
    file.pad();
    file.f32(1), file.f32(-2);
    file.pad();
    return file.out;
}
// [write]

auto nothing() -> bytes {
    by_hand file;
    file.header(0, 0);
    return file.out;
}

auto one_key() -> bytes {
    by_hand file;
    file.header(0, 1);
    file.text("general.type"), file.u32(8), file.text("adapter");
    return file.out;
}

// [read]
struct reader {
    const bytes& file;
    bool say;  // print each field
    std::size_t at = 0;
    bool big_endian = false;
    std::uint32_t version = 3;
    bool good = true;

    auto number(std::size_t n_bytes, const char* what) -> std::uint64_t {
        if (!good || n_bytes > file.size() - at) return good = false, 0;  // never at + n_bytes > size(): that sum can wrap
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < n_bytes; ++i) value = value << 8 | file[at + (big_endian ? i : n_bytes - 1 - i)];
        if (say) std::printf("%04zx  %2zu  %-17s %llu\n", at, n_bytes, what, static_cast<unsigned long long>(value));
        at += n_bytes;
        return value;
    }
    auto count(const char* what) -> std::uint64_t { return number(version == 1 ? 4 : 8, what); }
    auto text(const char* what) -> std::string {
        const std::uint64_t length = count("  its length");
        if (!good || length > file.size() - at) return good = false, "";
        std::string value(file.begin() + static_cast<std::ptrdiff_t>(at), file.begin() + static_cast<std::ptrdiff_t>(at + length));
        if (say) std::printf("%04zx  %2zu  %-17s \"%s\"\n", at, value.size(), what, value.c_str());
        at += length;
        return value;
    }
    void value(std::uint32_t type, int depth) {
        constexpr std::size_t sizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
        if (type > 12 || depth > 8) good = false;
        else if (type == 8) text("value");
        else if (type == 9) {
            const auto element_type = static_cast<std::uint32_t>(number(4, "element type"));
            const std::uint64_t n = count("elements");
            for (std::uint64_t i = 0; good && i < n; ++i) value(element_type, depth + 1);  // ends with the file, whatever n says
        } else number(sizes[type], "value");
    }
    auto all() -> bool {
        if (file.size() < 8 || std::memcmp(file.data(), "GGUF", 4) != 0) return false;
        if (say) std::printf("0000   4  magic             GGUF\n");
        at = 4;
        big_endian = file[4] == 0 && file[5] == 0;  // versions are small: the byte that is not 0 is the last one or the first
        version = static_cast<std::uint32_t>(number(4, "version"));
        if (version < 1 || version > 3 || (version == 1 && big_endian)) return false;
        const std::uint64_t n_tensors = count("tensors"), n_keys = count("keys");
        for (std::uint64_t i = 0; good && i < n_keys; ++i) {
            text("key");
            value(static_cast<std::uint32_t>(number(4, "value type")), 0);
        }
        for (std::uint64_t i = 0; good && i < n_tensors; ++i) {
            text("tensor");
            const std::uint64_t n_dimensions = number(4, "dimensions");
            for (std::uint64_t d = 0; good && d < n_dimensions; ++d) count("  extent");
            number(4, "tensor type"), number(8, "offset");
        }
        return good;
    }
};
// [read]

void dump(const bytes& file) {
    for (std::size_t row = 0; row < file.size(); row += 16) {
        std::printf("%04zx ", row);
        for (std::size_t i = row; i < row + 16; ++i) {
            if (i % 8 == 0 && i % 16 != 0) std::printf(" ");
            i < file.size() ? std::printf(" %02x", file[i]) : std::printf("   ");
        }
        std::printf("  ");
        for (std::size_t i = row; i < row + 16 && i < file.size(); ++i) std::printf("%c", file[i] >= 32 && file[i] < 127 ? file[i] : '.');
        std::printf("\n");
    }
}

auto view(const bytes& file) -> cria::byte_view { return std::as_bytes(std::span(file)); }

/// The same file by the library's writer, and what its reader makes of ours.
auto is_the_library_s(const bytes& file) -> cria::result<bool> {
    const float values[] = {1, -2};
    cria::gguf::writer writer;
    CRIA_TRY_VOID(writer.set("general.architecture", "llama"));
    cria::gguf::shape shape;
    shape.extents[0] = 2, shape.n_dimensions = 1;
    CRIA_TRY_VOID(writer.add_tensor("w", shape, cria::tensor_type::f32, cria::gguf::tensor_data::from_memory(std::as_bytes(std::span(values)))));
    CRIA_TRY(const auto written, writer.bytes());
    CRIA_TRY(const auto read, cria::gguf::parse(view(file)));
    return std::equal(written.begin(), written.end(), view(file).begin(), view(file).end()) && read.tensors()[0].offset_bytes == 128;
}

// [sizes]
/// What the last tensor's end, rounded up, has to be: the whole file's size, as every writer makes it.
auto expected_size(const cria::gguf::contents& of) -> std::uint64_t {
    const auto round = [&](std::uint64_t n) { return (n + of.alignment_bytes() - 1) / of.alignment_bytes() * of.alignment_bytes(); };
    std::uint64_t size = round(of.header_bytes());
    for (const auto& tensor : of.tensors()) {
        const auto layout = cria::geometry_of(tensor.type);
        size += round(tensor.shape.elements() / layout->elements_per_block * layout->bytes_per_block);
    }
    return size;
}
// [sizes]

}  // namespace

auto main(int argc, char** argv) -> int {
    const auto show = [](const char* name, const bytes& file) { std::printf("# [%s]\n", name), dump(file), std::printf("# [%s]\n", name); };
    const bytes file = one_tensor(3, false), old = one_tensor(1, false), big = one_tensor(3, true);
    show("nothing", nothing());
    show("one key", one_key());
    show("one tensor", file);
    show("version 1", old);
    show("big-endian", big);
    std::printf("# [fields]\n");
    if (!reader{.file = file, .say = true}.all()) return 1;
    std::printf("# [fields]\n");
    for (const bytes& each : {nothing(), one_key(), file, old, big})
        if (!reader{.file = each, .say = false}.all() || !cria::gguf::parse(view(each))) return std::puts("a file that does not open"), 1;
    for (std::size_t n = 0; n < 0x66; ++n) {  // cut anywhere in the header, no reader takes it
        const bytes cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(n));
        if (reader{.file = cut, .say = false}.all() || cria::gguf::parse(view(cut))) return std::puts("a cut file that opens"), 1;
    }
    const auto same = is_the_library_s(file);
    if (!same || !*same) return std::puts("the library writes something else"), 1;

    const auto model = cria::gguf::file::open(argc > 1 ? argv[1] : "model.gguf");
    if (!model) return std::puts(model.error().message().c_str()), 1;
    std::printf("# [sample]\nheader       %llu bytes, data section at %llu\n", static_cast<unsigned long long>(model->contents().header_bytes()),
                static_cast<unsigned long long>(model->contents().data_offset_bytes()));
    std::printf("the sums say %llu, the file has %llu bytes\n# [sample]\n", static_cast<unsigned long long>(expected_size(model->contents())),
                static_cast<unsigned long long>(model->size_bytes()));
    return expected_size(model->contents()) == model->size_bytes() ? 0 : 1;
}
