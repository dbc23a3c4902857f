// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_HPP
#define CRIA_IO_HPP

// Files: as read-only bytes, as sources of reads at any place, written whole or not at all, patched in place; what the system
// holds of them, reads past that and many at a time; the processors and threads to do it with.

#include "cria/io/byte_source.hpp"
#include "cria/io/clock.hpp"
#include "cria/io/direct_file.hpp"
#include "cria/io/mapped_file.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/output_file.hpp"
#include "cria/io/page_cache.hpp"
#include "cria/io/pages.hpp"
#include "cria/io/patch_file.hpp"
#include "cria/io/processors.hpp"
#include "cria/io/read_queue.hpp"
#include "cria/io/stdio_source.hpp"
#include "cria/io/system.hpp"
#include "cria/io/thread.hpp"

#endif  // CRIA_IO_HPP
