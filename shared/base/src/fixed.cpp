#include "base/fixed.h"

#include <array>
#include <cmath>

#include "base/assert.h"

namespace cudgel::base {
namespace {

/// cos(i * 2 pi / 64) * 4096 for the first quarter and its end, rounded. The other quarters follow by symmetry.
constexpr std::array<std::int32_t, 17> k_quarter_cosine = {4096, 4076, 4017, 3920, 3784, 3612, 3406, 3166, 2896,
                                                           2598, 2276, 1931, 1567, 1189, 799,  401,  0};
constexpr std::int32_t k_cosine_one = 4096;

/// The largest number whose square has 63 bits.
constexpr std::int64_t k_root_max = 3037000499;

constexpr std::int32_t cosine(int heading) {
  const int turn = heading & (k_headings - 1);
  if (turn <= 16) return k_quarter_cosine[static_cast<std::size_t>(turn)];
  if (turn <= 32) return -k_quarter_cosine[static_cast<std::size_t>(32 - turn)];
  if (turn <= 48) return -k_quarter_cosine[static_cast<std::size_t>(turn - 32)];
  return k_quarter_cosine[static_cast<std::size_t>(64 - turn)];
}
constexpr std::int32_t sine(int heading) { return cosine(heading - 16); }

}  // namespace

std::int32_t isqrt(std::int64_t value) {
  CUDGEL_ASSERT(value >= 0);
  // The machine's root is right to 53 bits, which is one off at most; whatever it says, the result is exact, and so the same everywhere.
  auto root = static_cast<std::int64_t>(std::sqrt(static_cast<double>(value)));
  while (root > k_root_max || root * root > value) --root;
  while (root < k_root_max && (root + 1) * (root + 1) <= value) ++root;
  return static_cast<std::int32_t>(root);
}

std::int32_t length(Vec2 v) { return isqrt(length_squared(v)); }

Vec2 along(int heading, std::int32_t distance) {
  return {distance * cosine(heading) / k_cosine_one, distance * sine(heading) / k_cosine_one};
}

int heading_of(Vec2 v) {
  if (v == Vec2{}) return 0;
  // The heading whose unit vector has the largest dot product with v: sixteen candidates of one quarter.
  const bool left = v.x < 0;
  const bool up = v.y < 0;
  const std::int64_t ax = left ? -static_cast<std::int64_t>(v.x) : v.x;
  const std::int64_t ay = up ? -static_cast<std::int64_t>(v.y) : v.y;
  int best = 0;
  std::int64_t best_dot = -1;
  for (int i = 0; i <= 16; ++i) {
    const std::int64_t dot = ax * cosine(i) + ay * sine(i);
    if (dot > best_dot) {
      best_dot = dot;
      best = i;
    }
  }
  if (left) best = 32 - best;
  if (up) best = 64 - best;
  return best & (k_headings - 1);
}

}  // namespace cudgel::base
