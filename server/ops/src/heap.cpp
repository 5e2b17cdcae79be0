#include "ops/heap.h"

#include <climits>
#include <cstdint>
#include <cstdlib>

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace cudgel::ops {

namespace {
std::uintptr_t heap_end() { return reinterpret_cast<std::uintptr_t>(sbrk(0)); }
}  // namespace

void ask_for_large_pages() {
  const std::uintptr_t page_bytes = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  // Threads would get heaps of their own, which grow a few pages at a time, and large blocks mappings of their own.
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_TOP_PAD, static_cast<int>(k_large_heap_bytes));
  const std::uintptr_t from = (heap_end() + page_bytes - 1) / page_bytes * page_bytes;
  // More than is left at the end of the heap, so that it grows. volatile: the compiler must not leave the pair out.
  void* volatile grown = std::malloc(k_large_heap_bytes / 64);
  std::free(grown);
  mallopt(M_TOP_PAD, 1 << 20);
  const std::uintptr_t to = heap_end();
  if (to > from) madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
}

}  // namespace cudgel::ops
