#pragma once
// Plays a recording: steps a world of its own with the recorded commands and compares after every step. Reads no file and no clock.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "record/recording.h"

namespace cudgel::record {

/// Where the replay went another way than the record.
struct Mismatch {
  base::Tick tick = 0;                       ///< the first that differs
  std::vector<sim::Difference> differences;  ///< here: the replay, there: the record. At most k_differences_max
  std::string note;                          ///< what else there is to say, or empty
};
inline constexpr std::size_t k_differences_max = 40;

class Replay {
 public:
  /// `content` must outlive the replay. Errors: other content, a world that cannot be restored.
  static base::Result<std::unique_ptr<Replay>, ReadError> begin(const content::Content& content, const Start& start);
  /// Steps through all ticks of it, up to the first that differs.
  std::optional<Mismatch> play(const Second& second);
  /// Told of every step that play_on makes.
  using Listener = std::function<void(const Tick& tick, const sim::Events& events)>;
  /// Steps through those ticks of it that were not made yet and compares nothing: after a mismatch, or when only the events matter.
  void play_on(const Second& second, const Listener& listener = {});
  /// Differences from the whole world that stands in `second`, if one does. At most k_differences_max.
  [[nodiscard]] std::vector<sim::Difference> against_whole_world(const Second& second) const;

  [[nodiscard]] const sim::World& world() const { return world_; }

 private:
  Replay(const content::Content& content, const content::MapSpec& map, const sim::WorldOptions& options)
      : world_(content, map, options) {}
  std::optional<Mismatch> compare(const Tick& tick) const;
  std::optional<Mismatch> compare_end(const Second& second) const;

  sim::World world_;
  sim::Events events_;
};

}  // namespace cudgel::record
