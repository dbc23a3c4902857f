// SPDX-License-Identifier: MIT
// Times llama.cpp's loading of a GGUF file to the first CUDA device, for bench/peers/upload_peers.py.
//
// A request is a line "WAY VERIFY PATH": the load mode mmap, none or dio; 1 to compare what is there with the file; the
// model. The answer is a line of JSON. The CUDA context is there before the first request is read, and "seconds" are those
// of llama_model_load_from_file and a cudaDeviceSynchronize; "copy_seconds" end with its last call of the progress
// callback and begin with its first. With CRIA_PEER_NO_CUDA it loads to host memory, to be tested without a device.
#include "ggml-backend.h"
#include "ggml.h"
#include "gguf.h"
#include "llama.h"
#ifndef CRIA_PEER_NO_CUDA
#include <cuda_runtime_api.h>
#endif

#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>

// Not in any header that it installs.
const std::vector<std::pair<std::string, ggml_tensor*>>& llama_internal_get_tensor_map(const llama_model* model);

namespace {

auto now() -> double { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
auto cpu_seconds() -> double {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1e-6 * static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}
void synchronize() {
#ifndef CRIA_PEER_NO_CUDA
    cudaDeviceSynchronize();
#endif
}

std::string notes;  // what it says of where layers went
void listen(ggml_log_level level, const char* text, void*) {
    if (level == GGML_LOG_LEVEL_ERROR) std::fputs(text, stderr);
    if (std::strstr(text, "offloaded") == nullptr && std::strstr(text, "async uploads") == nullptr && std::strstr(text, "load_mode") == nullptr) return;
    for (const char* at = text; *at != '\0'; ++at)
        if (*at != '"' && *at != '\\' && *at >= ' ') notes += *at;
    notes += "; ";
}

struct span_of_progress {
    double first = 0, last = 0;
};
auto progressed(float, void* context) -> bool {
    auto& seen = *static_cast<span_of_progress*>(context);
    seen.last = now();
    if (seen.first == 0) seen.first = seen.last;
    return true;
}

/// Every tensor, read back, beside the file's bytes.
auto compare(const llama_model* model, const std::string& path) -> std::string {
    gguf_context* const file = gguf_init_from_file(path.c_str(), {true, nullptr});
    if (file == nullptr) return "cannot open the file again";
    std::ifstream in(path, std::ios::binary);
    std::vector<char> there, here;
    std::string wrong;
    for (const auto& [name, tensor] : llama_internal_get_tensor_map(model)) {
        const auto id = gguf_find_tensor(file, name.c_str());
        const std::size_t n = ggml_nbytes(tensor);
        there.resize(n);
        here.resize(n);
        ggml_backend_tensor_get(tensor, there.data(), 0, n);
        in.seekg(static_cast<std::streamoff>(gguf_get_data_offset(file) + gguf_get_tensor_offset(file, id)));
        in.read(here.data(), static_cast<std::streamsize>(n));
        if (std::memcmp(there.data(), here.data(), n) != 0) wrong = name + " differs";
    }
    gguf_free(file);
    return wrong;
}

auto load(const std::string& way, bool verify, const std::string& path) -> std::string {
    llama_model_params params = llama_model_default_params();
    params.n_gpu_layers = 999;
    params.load_mode = llama_load_mode_from_str(way.c_str());
    span_of_progress seen;
    params.progress_callback = progressed;
    params.progress_callback_user_data = &seen;
    notes.clear();
    const double cpu = cpu_seconds(), began = now();
    llama_model* const model = llama_model_load_from_file(path.c_str(), params);
    synchronize();
    const double ended = now(), used = cpu_seconds() - cpu;
    if (model == nullptr) return R"({"error": "it does not load"})";
    std::size_t on_device = 0, on_host = 0;
    std::string error;
    for (const auto& [name, tensor] : llama_internal_get_tensor_map(model)) {
        const bool host = ggml_backend_buffer_is_host(tensor->buffer);
        (host ? on_host : on_device) += ggml_nbytes(tensor);
#ifndef CRIA_PEER_NO_CUDA
        if (host && name != "token_embd.weight") error = name + " is in host memory";
#endif
    }
    if (verify && error.empty()) error = compare(model, path);
    llama_model_free(model);
    if (!error.empty()) return "{\"error\": \"" + error + "\"}";
    char line[512];
    std::snprintf(line, sizeof line, R"({"seconds": %.6f, "copy_seconds": %.6f, "cpu_seconds": %.3f, "bytes": %zu, "host_bytes": %zu, "verified": %s, "notes": ")", ended - began,
                  seen.last - seen.first, used, on_device + on_host, on_host, verify ? "true" : "false");
    return line + notes + "\"}";
}

}  // namespace

int main() {
    llama_log_set(listen, nullptr);
    ggml_log_set(listen, nullptr);
#ifndef CRIA_PEER_NO_CUDA
    if (cudaFree(nullptr) != cudaSuccess) return std::puts(R"({"error": "no CUDA device"})"), 1;
#endif
    llama_backend_init();
    std::puts("{}");  // ready
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string way, path;
        int verify = 0;
        words >> way >> verify >> path;
        std::puts(load(way, verify != 0, path).c_str());
        std::fflush(stdout);
    }
    llama_backend_free();
}
