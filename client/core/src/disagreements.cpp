#include "core/disagreements.h"

#include "sim/fields.h"

namespace cudgel::core {

void Disagreements::predicted(base::Tick tick, const sim::Walker& walker) { predicted_[tick % k_ticks] = {tick, walker}; }

std::string Disagreements::compare(base::Tick tick, const sim::Walker& server) {
  const Predicted& ours = predicted_[tick % k_ticks];
  if (tick == 0 || ours.tick != tick || ours.walker == server) return {};
  ++count_;
  if (told_any_ && tick - told_tick_ < k_quiet_ticks) {
    ++untold_;
    return {};
  }
  std::string text;
  for (const sim::Difference& difference : sim::differences(ours.walker, server, "own character")) {
    text += "tick " + std::to_string(tick) + ": " + sim::to_text(difference, "on the server") + "\n";
  }
  if (untold_ > 0) text += "and " + std::to_string(untold_) + " ticks before it that differed, too\n";
  told_tick_ = tick;
  told_any_ = true;
  untold_ = 0;
  return text;
}

}  // namespace cudgel::core
