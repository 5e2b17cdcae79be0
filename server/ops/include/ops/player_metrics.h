#pragma once
// The players' side of the game, as their clients tell it when they are asked (HowIsIt): what a host cannot see from the server.
// Numbers only, nothing about single players.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "ops/counters.h"
#include "ops/histogram.h"

namespace cudgel::ops {

struct PlayerMetrics {
  /// In the order of protocol::Road.
  static constexpr std::array<const char*, 5> k_roads{"other", "ws", "sse", "longpoll", "poll"};
  enum class Outcome : std::uint8_t { answered, refused, timeout, disconnected };
  static constexpr std::array<const char*, 4> k_outcomes{"answered", "refused", "timeout", "disconnected"};

  std::array<Histogram, k_roads.size()> round_trip{Histogram(Histogram::k_network_scale), Histogram(Histogram::k_network_scale),
                                                   Histogram(Histogram::k_network_scale), Histogram(Histogram::k_network_scale),
                                                   Histogram(Histogram::k_network_scale)};
  std::array<Counter, k_roads.size()> stalls;
  Histogram interpolation_delay{Histogram::k_network_scale};
  Histogram frames_per_s{Histogram::k_frames_scale};  ///< of those who look
  std::array<Counter, k_outcomes.size()> outcomes;    ///< of the questions

  Counter& outcome(Outcome outcome) { return outcomes[static_cast<std::size_t>(outcome)]; }
  void render(std::string& text) const;
};

}  // namespace cudgel::ops
