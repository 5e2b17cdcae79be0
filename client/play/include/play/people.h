#pragma once
// The list of who is in the world: asks the server for it and tells as JSON what came of it. Keeps the last list while a newer one is
// under way; never asks by itself.

#include <string>

#include "content/content.h"
#include "core/game_client.h"

namespace cudgel::game {

/// A server that takes longer has other worries.
inline constexpr double k_people_within_ms = 5000;

class People {
 public:
  /// Asks, unless a question is under way.
  void ask(core::GameClient& client, double now_ms);
  /// Asks who is strongest, unless that is under way.
  void ask_strongest(core::GameClient& client, double now_ms);
  /// {"asking", "known", "trouble", "total", "players": [{"name", "class", "level", "away"}],
  /// "strongest": [{"name", "class", "level", "experience", "wins"}]} in the server's order. `trouble` says
  /// why the last question was not answered (failure_key), empty when it was; `class` is empty for one that the content does not have.
  std::string json(const content::Content& content);

 private:
  void take();

  protocol::Ticket<protocol::WhoIsHere> ticket_;
  protocol::Ticket<protocol::WhoIsStrongest> ladder_ticket_;
  protocol::Strongest strongest_;
  protocol::Here here_;
  bool known_ = false;
  std::string trouble_;
};

}  // namespace cudgel::game
