#pragma once
// A recorded session given to bots to play again: which bot plays whom, when it comes, what it wants when, and when it leaves.

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "content/content.h"
#include "record/sessions.h"

namespace cudgel::bots {

class Cast {
 public:
  /// Nobody plays anybody: bots decide for themselves.
  Cast() = default;
  /// Every recorded player is played by `times` bots, who come a little after each other. Errors name the file.
  static base::Result<Cast, std::string> load(const std::string& file, const content::Content& content, int times);

  [[nodiscard]] bool empty() const { return list_.players.empty(); }
  [[nodiscard]] int players() const { return static_cast<int>(list_.players.size()) * times_; }
  /// As long as the recording, and time for the last who come to be let in.
  [[nodiscard]] double seconds() const;

  /// `bot` is 0..players() - 1. Times in ms after the first bot came.
  [[nodiscard]] const record::PlayerSession& part(int bot) const;
  [[nodiscard]] double comes_ms(int bot) const;
  [[nodiscard]] double leaves_ms(int bot) const { return comes_ms(bot) + ms(part(bot).length); }
  [[nodiscard]] double ms(base::Tick ticks) const { return static_cast<double>(ticks) * 1000 / list_.tick_hz; }

 private:
  record::SessionList list_;
  int times_ = 1;
};

/// One bot's way through its part.
class Actor {
 public:
  Actor(const Cast& cast, int bot) : cast_(&cast), part_(&cast.part(bot)) {}
  /// What it wants from now on; false when nothing changed. `since_join_ms` only grows.
  bool next(double since_join_ms, sim::Intent& intent);

 private:
  const Cast* cast_;
  const record::PlayerSession* part_;
  std::size_t played_ = 0;
};

}  // namespace cudgel::bots
