#pragma once
// Whoever the swarm sends to the server: a player who plays by the rules (bot.h) or a stranger who breaks them (stranger.h).

#include <string>

#include "report.h"

namespace cudgel::bots {

class Visitor {
 public:
  Visitor() = default;
  virtual ~Visitor() = default;
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;

  virtual void join(double now_ms) = 0;
  virtual void leave() = 0;
  /// Cheap when there is nothing to do.
  virtual void tend(double now_ms, Report& report) = 0;
  /// From here on it counts.
  virtual void begin_measuring(double now_ms) = 0;
  virtual void add_totals(Report& report) const = 0;

  /// A word for people on how far it has come; empty: there is nothing to tell.
  [[nodiscard]] virtual std::string progress() const { return {}; }

  /// In the game, or as near to it as such a visitor comes.
  [[nodiscard]] virtual bool connected() const = 0;
  /// Nothing more to wait for before measuring begins.
  [[nodiscard]] virtual bool settled() const = 0;
  /// Since then the server has done what it should do with such a visitor, all the time.
  [[nodiscard]] virtual bool answered(double now_ms) const = 0;
};

}  // namespace cudgel::bots
