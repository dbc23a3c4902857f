// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_HPP
#define CRIA_GPU_HPP

// CUDA devices, by the runtime's C API: any C++20 compiler will do. Needs the CUDA Toolkit, 12.8 or newer.

#include "cria/gpu/buffer.hpp"
#include "cria/gpu/check.hpp"
#include "cria/gpu/cuda_runtime.hpp"
#include "cria/gpu/current_device.hpp"
#include "cria/gpu/dequantize.hpp"
#include "cria/gpu/ipc.hpp"
#include "cria/gpu/kernels/dequantize_launch.hpp"
#include "cria/gpu/kernels/dequantize_ptx.hpp"
#include "cria/gpu/kernels/digest_ptx.hpp"
#include "cria/gpu/library.hpp"
#include "cria/gpu/stream.hpp"

#endif  // CRIA_GPU_HPP
