#pragma once
// Counts every operator new of the program it is linked into.

#include <cstddef>

namespace cudgel::test {

/// Since the program began, on all threads' behalf but without their protection: for programs of one thread.
std::size_t allocations();

}  // namespace cudgel::test
