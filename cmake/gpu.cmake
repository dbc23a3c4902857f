# SPDX-License-Identifier: MIT
# cria::gpu: the headers under cria/gpu and the CUDA runtime. The target exists when the toolkit is found and
# is never a dependency of cria::cria. This version of the library has no gpu headers, so there is no
# target yet, and the installed package says so to whoever asks for the component (criaConfig.cmake.in).

set(cria_has_gpu OFF)
