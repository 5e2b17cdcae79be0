#pragma once
// Result<T, E>: a value or an error that says what went wrong; no exceptions across modules.
// A thin name over tl::expected, because std::expected is absent in the compilers we support.

#include <tl/expected.hpp>

namespace cudgel::base {
template <class T, class E>
using Result = tl::expected<T, E>;

template <class E>
auto fail(E error) {
  return tl::unexpected<E>(std::move(error));
}
}  // namespace cudgel::base
