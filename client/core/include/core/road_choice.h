#pragma once
// Which road next: remembers how the roads have served and says in what order to try them and when to look for a better one again.
// Roads are numbers, 0 the best. It opens nothing and knows no transport; Link does what it says.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/random.h"

namespace cudgel::core {

class RoadChoice {
 public:
  using Order = std::vector<std::size_t>;

  RoadChoice(std::size_t roads, std::uint64_t seed) : roads_(roads), random_(seed) {}

  /// Nothing is remembered; from now on all roads, or `only` that one.
  void begin(std::optional<std::size_t> only);
  [[nodiscard]] bool one_road() const { return only_ || roads_.size() == 1; }

  /// The whole round, best first; those that brought lumps of late come last.
  [[nodiscard]] Order from_best(double now_ms) const;
  /// What else there is when `road` fails: those below it, then those above, lumps last.
  [[nodiscard]] Order after(std::size_t road, double now_ms) const;
  /// Better ones worth a climb, best first.
  [[nodiscard]] Order above(std::size_t road, double now_ms) const;
  [[nodiscard]] Order below(std::size_t road) const;

  /// A Welcome came over `road`.
  void began(std::size_t road, bool climbed, double now_ms);
  /// It was lost or given up. True when it deserves to be tried again first: it was not lost within the last minute.
  bool lost(std::size_t road, double now_ms);
  /// It brings its frames in lumps.
  void lumpy(std::size_t road, double now_ms);
  [[nodiscard]] bool was_lumpy(std::size_t road, double now_ms) const { return now_ms < roads_[road].lumpy_until_ms; }
  /// Time to look whether a better road works again.
  [[nodiscard]] bool climb_due(std::size_t road, double now_ms) const;
  void climb_failed(double now_ms);

 private:
  struct Memory {
    double lost_ms = -1e12;
    double lumpy_until_ms = -1e12;
  };
  void plan_climb(double now_ms);
  void lengthen_pause();
  [[nodiscard]] Order lumps_last(Order order, double now_ms) const;

  std::vector<Memory> roads_;
  base::Random random_;
  std::optional<std::size_t> only_;
  std::optional<std::size_t> climbed_to_;  ///< played on since a climb
  double began_ms_ = 0;
  double climb_pause_ms_ = 0;
  double climb_at_ms_ = 0;
};

}  // namespace cudgel::core
