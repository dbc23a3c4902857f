#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles the device's kernels to PTX and writes it as headers, for programs that no CUDA compiler sees.

    python3 -m venv build/nvrtc && build/nvrtc/bin/pip install nvidia-cuda-nvrtc-cu12==12.0.140
    build/nvrtc/bin/python tools/gpu/make_ptx.py            # rewrite include/cria/gpu/kernels/*_ptx.hpp
    build/nvrtc/bin/python tools/gpu/make_ptx.py --check    # exit 1 if one of them is not what would be written

The compiler is an old one on purpose: a driver reads PTX up to its own version, and this one's is read by every driver
that a CUDA 12 runtime works with. The architecture is the oldest that it knows well: the driver compiles for the device
at hand. NVRTC is looked for at $CRIA_NVRTC (libnvrtc.so.12), then in the package named above.

Each header says which sources it was made from, by their SHA-256, so that a test sees without a compiler that it is fresh.
"""

import argparse
import collections
import ctypes
import hashlib
import importlib.util
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KERNELS = ROOT / "include/cria/gpu/kernels"
VERSION = (12, 0)
OPTIONS = ["--gpu-architecture=compute_70", "--std=c++20", "--fmad=false", "--device-as-default-execution-space", f"--include-path={ROOT / 'include'}"]

# What the sources need of the standard library while compiling; NVRTC has none.
STANDARD_HEADERS = {
    "cstddef": "namespace std { using size_t = decltype(sizeof 0); }",
    "cstdint": """
        namespace std {
        using int8_t = signed char; using int16_t = short; using int32_t = int; using int64_t = long long;
        using uint8_t = unsigned char; using uint16_t = unsigned short; using uint32_t = unsigned; using uint64_t = unsigned long long;
        }""",
    "bit": "namespace std { enum class endian { little, big, native = little }; }",
    "array": """
        #include <cstddef>
        namespace std {
        template <class T, size_t N>
        struct array {
            T elements[N];
            constexpr T& operator[](size_t i) { return elements[i]; }
            constexpr const T& operator[](size_t i) const { return elements[i]; }
        };
        }""",
}


class Nvrtc:
    """The compiler, as a library."""

    def __init__(self):
        path = os.environ.get("CRIA_NVRTC")
        if not path:
            try:
                package = importlib.util.find_spec("nvidia.cuda_nvrtc")
            except ModuleNotFoundError:
                package = None
            if package is None:
                raise FileNotFoundError("no NVRTC: neither $CRIA_NVRTC nor the package nvidia-cuda-nvrtc-cu12")
            path = next(pathlib.Path(next(iter(package.submodule_search_locations))).glob("lib/libnvrtc.so.*"))
        self.library = ctypes.CDLL(str(path))
        major, minor = ctypes.c_int(), ctypes.c_int()
        self.call("nvrtcVersion", ctypes.byref(major), ctypes.byref(minor))
        if (major.value, minor.value) != VERSION:
            raise FileNotFoundError(f"NVRTC is {major.value}.{minor.value}, not {VERSION[0]}.{VERSION[1]}")

    def call(self, name, *arguments):
        function = getattr(self.library, name)
        answer = function(*arguments)
        if answer != 0:
            describe = self.library.nvrtcGetErrorString
            describe.restype = ctypes.c_char_p
            raise RuntimeError(f"{name}: {describe(answer).decode()}")

    def text(self, size_of, get, program):
        size = ctypes.c_size_t()
        self.call(size_of, program, ctypes.byref(size))
        text = ctypes.create_string_buffer(size.value)
        self.call(get, program, text)
        return text.value.decode()

    def compile(self, path, options):
        def strings(of):
            return (ctypes.c_char_p * len(of))(*[each.encode() for each in of])

        program = ctypes.c_void_p()
        self.call("nvrtcCreateProgram", ctypes.byref(program), path.read_bytes(), path.name.encode(), len(STANDARD_HEADERS),
                  strings(STANDARD_HEADERS.values()), strings(STANDARD_HEADERS.keys()))
        options = OPTIONS + options
        try:
            self.call("nvrtcCompileProgram", program, len(options), strings(options))
        except RuntimeError:
            sys.exit(self.text("nvrtcGetProgramLogSize", "nvrtcGetProgramLog", program))
        ptx = self.text("nvrtcGetPTXSize", "nvrtcGetPTX", program)
        self.call("nvrtcDestroyProgram", ctypes.byref(program))
        return ptx


def smaller(ptx):
    """Without comments, indentation, empty lines, and variables that nothing reads."""
    ptx = re.sub(r"_INTERNAL_[0-9a-f]+_\d+_\w+_cuh_[0-9a-f]{8}_?", "_", ptx)  # a number of its own for each run
    lines = (re.sub(r"\s+", " ", line.split("//")[0]).strip() for line in ptx.splitlines())
    lines = [re.sub(r", (?=[%\d])", ",", line) for line in lines if line]
    words = collections.Counter(word for line in lines for word in re.findall(r"\w+", line))
    variable = re.compile(r"(?:\.(?:weak|visible) )?\.global .*?(\w+)(?:\[\d+\])?(?: = .*)?;")
    unread = [line for line in lines if (found := variable.fullmatch(line)) and words[found[1]] == 1]
    return "\n".join(line for line in lines if line not in unread) + "\n"


def sources_of(path, seen):
    """The file, and what it includes of the project when NVRTC compiles it."""
    if path not in seen:
        seen.append(path)
        text = re.sub(r"^#if !defined\(__CUDACC_RTC__\)\n.*?^#endif", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
        for included in re.findall(r'^#include "([^"]+)"', text, flags=re.M):
            sources_of(ROOT / "include" / included, seen)
    return seen


def literal(ptx):
    assert ')ptx"' not in ptx
    return f'R"ptx({ptx})ptx"'


def digest(nvrtc, path):
    """One text."""
    ptx = smaller(nvrtc.compile(path, []))
    return f"inline constexpr char digest_ptx[] = {literal(ptx)};\n", ""


def dequantize(nvrtc, path):
    """A text for each type, since a model has few of them and the driver compiles a text as a whole."""
    listed = re.search(r"#define CRIA_DETAIL_GPU_FORMATS\(X\)(.*?[^\\])\n", (KERNELS / "octets.cuh").read_text(encoding="utf-8"), flags=re.S)[1]
    body = "struct dequantize_program {\n    tensor_type type;\n    const char* ptx;\n};\n/// The entry is cria_dequantize_, and the type's name.\n"
    body += "inline constexpr dequantize_program dequantize_ptx[] = {\n"
    for name in re.findall(r"X\((\w+)\)", listed):
        ptx = smaller(nvrtc.compile(path, [f"--define-macro=CRIA_GPU_ENTRY={name}"]))
        body += f"{{tensor_type::{name}, {literal(ptx)}}},\n"
    return body + "};\n", '#include "cria/base/tensor_type.hpp"\n\n'


PROGRAMS = [("digest.cuh", "digest_ptx.hpp", digest), ("dequantize.cuh", "dequantize_ptx.hpp", dequantize)]


def header(nvrtc, source, name, make):
    body, includes = make(nvrtc, KERNELS / source)
    guard = f"CRIA_GPU_KERNELS_{name.upper().replace('.', '_')}"
    sources = "".join(f"//   {hashlib.sha256(path.read_bytes()).hexdigest()} {path.relative_to(ROOT)}\n"
                      for path in sources_of(KERNELS / source, []) + [pathlib.Path(__file__).resolve()])
    return f"""// SPDX-License-Identifier: MIT
#ifndef {guard}
#define {guard}

{includes}// PTX of {source}. Written by tools/gpu/make_ptx.py with NVRTC {VERSION[0]}.{VERSION[1]} from
{sources}
namespace cria::inline v0::gpu::kernels {{

// clang-format off
{body}// clang-format on

}}  // namespace cria::inline v0::gpu::kernels

#endif  // {guard}
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("headers", nargs="*", help="digest_ptx.hpp, dequantize_ptx.hpp; default: all")
    given = arguments.parse_args()
    try:
        nvrtc = Nvrtc()
    except (FileNotFoundError, OSError, StopIteration) as missing:
        print(f"SKIPPED: {missing}")
        return 0 if given.check else 2
    stale = False
    for source, name, make in PROGRAMS:
        if given.headers and name not in given.headers:
            continue
        text = header(nvrtc, source, name, make)
        path = KERNELS / name
        if given.check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"{path.relative_to(ROOT)} is not what {source} compiles to")
                stale = True
        else:
            path.write_text(text, encoding="utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
