// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_BUILD_HOSTILE_MACROS_HPP
#define CRIA_TESTS_BUILD_HOSTILE_MACROS_HPP

// What the headers of other people define, collected: whoever includes those first must still be able to
// include ours. (Not here: check(), verify(), require() of old Apple headers, which have to be asked for,
// and `check` is a public name.)

// windows.h, windef.h, rpcndr.h, wingdi.h, winerror.h
#undef min
#undef max
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define near
#define far
#define small char
#define hyper long long
#define interface struct
#define pascal
#define cdecl
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void
#define DELETE 0x00010000L
#define ERROR 0
#define NO_ERROR 0L
#define STRICT 1
#define TRANSPARENT 1
#define ABSOLUTE 1
#define RELATIVE 2
#define GetMessage GetMessageW
#define GetObject GetObjectW
#define CreateFile CreateFileW
#define CreateEvent CreateEventW
#define LoadString LoadStringW
#define SendMessage SendMessageW
#define Yield()

// C libraries: NULL as C has it, <sys/sysmacros.h>, <sys/param.h>, <linux/fs.h>, <complex.h>, gnu++ mode
#undef NULL
#define NULL ((void*)0)
#undef major
#undef minor
#undef makedev
#define major(dev) ((dev) >> 8)
#define minor(dev) ((dev) & 255)
#define makedev(a, b) (((a) << 8) | (b))
#undef MIN
#undef MAX
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define howmany(x, y) (((x) + ((y)-1)) / (y))
#define roundup(x, y) ((((x) + ((y)-1)) / (y)) * (y))
#define powerof2(x) ((((x)-1) & (x)) == 0)
#undef BLOCK_SIZE
#define BLOCK_SIZE 1024
#undef PAGE_SIZE
#define PAGE_SIZE 4096
#define I _Complex_I
#undef linux
#undef unix
#define linux 1
#define unix 1
#define likely(x) (x)
#define unlikely(x) (x)

// X11, Qt, and everybody
#define None 0L
#define Bool int
#define Status int
#define Success 0
#define Always 2
#define True 1
#define False 0
#define signals public
#define slots
#define emit
#define foreach(a, b) for (a : b)
#define forever for (;;)
#define TRUE 1
#define FALSE 0
#define CHECK(x) ((void)(x))
#define ASSERT(x) ((void)(x))
#define LOG(x) ((void)(x))
#define DEBUG 1
#define ALIGN(x) (x)
#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
#define UNUSED(x) ((void)(x))

#endif  // CRIA_TESTS_BUILD_HOSTILE_MACROS_HPP
