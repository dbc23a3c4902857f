#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A weight of a GGUF file as a torch tensor on a GPU, in the memory that cria has uploaded it to.

    weight.py libcria_torch_weight.so model.gguf blk.0.ffn_down.weight

Quantized weights are rows of bytes. Compares the tensor with the file and exits with 1 where they differ.
"""
import ctypes
import sys

import torch

library, path, name = sys.argv[1:]
load = ctypes.CDLL(library).cria_torch_weight
load.restype = ctypes.c_void_p
# [capsule]
new_capsule = ctypes.pythonapi.PyCapsule_New
new_capsule.restype = ctypes.py_object
new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
# [capsule]
CAPSULE_NAME = b"dltensor"  # Python keeps the pointer: it has to stay

offset, size, why = ctypes.c_uint64(), ctypes.c_uint64(), ctypes.create_string_buffer(512)
managed = load(path.encode(), name.encode(), ctypes.byref(offset), ctypes.byref(size), why, ctypes.c_size_t(len(why)))
if not managed:
    sys.exit(why.value.decode())
# [capsule]
tensor = torch.from_dlpack(new_capsule(managed, CAPSULE_NAME, None))  # torch calls the deleter when the tensor dies
# [capsule]

print(name, tuple(tensor.shape), tensor.dtype, tensor.device, hex(tensor.data_ptr()))
with open(path, "rb") as file:
    file.seek(offset.value)
    expected = file.read(size.value)
if tensor.cpu().contiguous().view(torch.uint8).numpy().tobytes() != expected:
    sys.exit("the tensor is not what the file says")
before = torch.cuda.mem_get_info()[0]
del tensor
print("as in the file;", torch.cuda.mem_get_info()[0] - before, "bytes given back")
