#pragma once
// Adaptive detail: which of those who have something untold are told in a frame, so that frames stay small however many are in
// view. Own fights first and at once; then whoever has to be told now so that nobody waits longer than a second; then the nearest.
// Knows neither world nor wire; whoever is left out stays pending and is asked about again with the next frame.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/ids.h"

namespace cudgel::replication {

/// A change is told with one of the frames of so many ticks, counted from the first that could have told it. Larger: smaller frames in
/// a crowd, and far bodies walk on longer after they have turned.
inline constexpr base::Tick k_told_within_ticks = 20;
/// Who sees no more others than this is told of every motion at once.
inline constexpr std::size_t k_uncut_in_view = 24;
/// In a larger crowd a tick's motions are not cut up to so many: 192 bytes. Measured with 500 who turn every second and a half (17 in a
/// tick): 12 make 5.4 kB/s and an error of 0.3 tiles beyond 4 tiles from the receiver, 16 make 6.1 kB/s and 0.05 tiles; 8 save nothing.
inline constexpr std::size_t k_moved_usual = 12;
/// The same for arrivals, whoever is in view: 1.5 kB and names. 500 are there after 8 frames, nearest first.
inline constexpr std::size_t k_arrived_usual = 64;
/// Beside those whose time has come at least so many of the nearest are told: with 500 in view who turn every second and a half, all
/// within about 4 tiles. With 4 instead of 8 these would be told a third of a second late for 0.5 kB/s less.
inline constexpr std::size_t k_nearest_min = 8;
/// Own fights are told at once, the nearest so many of them; whoever is hunted by more is told of the others like of anybody.
inline constexpr std::size_t k_fights_max = 32;
/// Who has exchanged blows with the receiver stays in its fight for so long (3 s).
inline constexpr std::uint8_t k_fight_ticks = 60;
/// Of what happens in a tick so much is told, own fights first, then the nearest; the rest is not told later either, for a blow that one
/// hears of a second late is worse than none. What it did to a body is told with the body.
inline constexpr std::size_t k_happened_usual = 24;

/// Somebody in view of whom the client has not been told everything.
struct Pending {
  base::EntityId id;
  std::uint32_t place = 0;    ///< in the list of all in view, which ascends by slot
  std::int32_t distance = 0;  ///< units
  std::uint8_t waited = 0;    ///< ticks since the first frame that could have told it
  bool fight = false;         ///< has to do with the receiver's own fights
};

/// How much one frame may tell of one kind.
struct Allowance {
  std::size_t usual = 0;  ///< up to here nobody is left out
  std::size_t most = 0;   ///< there is no room for more, whoever waits
  base::Tick gap = 1;     ///< ticks since the frame before: a frame that stands for several tells as much as they would
};

/// Leaves in `pending` (ascending by place) those who are told in this frame, in the same order.
/// While `most` is not reached nobody waits for longer than k_told_within_ticks, and with frames at a steady gap at most
/// max(usual, k_fights_max + k_nearest_min + gap * ceil(n / k_told_within_ticks)) are told, n being the largest number pending since
/// then. When the gap grows, whoever would be too late with the next frame comes at once, beyond that number.
void choose(std::vector<Pending>& pending, const Allowance& allowance);

}  // namespace cudgel::replication
