#pragma once
// Where the process's memory comes from.

#include <cstddef>

namespace cudgel::ops {

/// So much of the heap lies in large pages; what a server of many thousand players needs (about 14 kB each). It is address space until it is used.
inline constexpr std::size_t k_large_heap_bytes = std::size_t{256} << 20;

/// Makes the heap one piece for all threads, of large pages (2 MB) where the kernel gives them to those who ask (transparent_hugepage: madvise or
/// always). Call it first in main(), before there is a second thread. What thousands of sessions need in each tick lies scattered over tens of
/// megabytes: with pages of 4 kB finding a page takes longer than reading from it. docs/PERFORMANCE.md has the figures. A hint: where the
/// kernel declines, everything works as before.
void ask_for_large_pages();

}  // namespace cudgel::ops
