// SPDX-License-Identifier: MIT
// Reads a file as gguf-tools does: every key, every tensor, the first and last byte of each tensor's data. Built by ../gguf_readers.sh.
#include <stdio.h>
#include "gguflib.h"
int main(int argc, char** argv) {
    gguf_ctx* ctx = gguf_open(argv[1]);
    if (!ctx) { puts("R gguf_open"); return 0; }
    gguf_key key;
    while (gguf_get_key(ctx, &key)) gguf_do_with_value(ctx, key.type, key.val, 0, 0, 0, 0);
    gguf_tensor t;
    unsigned long n = 0, sum = 0;
    while (gguf_get_tensor(ctx, &t)) { n++; if (t.bsize) sum += t.weights_data[0] + t.weights_data[t.bsize - 1]; }
    printf(n == ctx->header->tensor_count ? "A\n" : "R stops at tensor %lu\n", n);
    volatile unsigned long sink = sum; (void)sink;
    return 0;
}
