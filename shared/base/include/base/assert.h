#pragma once
// A programmer's mistake ends the process with file, line and the broken condition, in every build type.
// Never used for bytes from a wire, a disk or a content file: those give an error result.

namespace cudgel::base {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}

#define CUDGEL_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::cudgel::base::assertion_failed(#condition, __FILE__, __LINE__))
