#pragma once
// What is said in words: carries own lines and complaints to the server, collects what others say, and tells both as JSON. What to show of
// it, and what not (muted players, rude words), is the page's business.

#include <deque>
#include <string>

#include "core/game_client.h"

namespace cudgel::game {

/// A server that takes longer has not heard it.
inline constexpr double k_talk_within_ms = 8000;

class Talk {
 public:
  /// `channel` "say", "everybody", "whisper", "emote", "party" or "zone"; `to` a name, for a whisper. False, and nothing is sent, when it is none of these or
  /// cannot be said (protocol::is_speech).
  bool speak(core::GameClient& client, std::string_view channel, std::string_view to, std::string_view words, double now_ms);
  /// False when that cannot be a name.
  bool report(core::GameClient& client, std::string_view name, double now_ms);
  /// {"lines": [{"channel", "from", "entity", "words", "zone"}], "outcomes": [{"report": bool, "channel", "to", "words", "heard", "zone", "trouble"}]}:
  /// what others said since the last call, and what became of what was sent, oldest first. `heard`: how many others hear it; `trouble`
  /// is empty when it was said, else "too_often", "nobody", "several", "no_party" or "lost". `zone` is where it was said, of that channel only.
  std::string json(core::GameClient& client);

 private:
  template <class Body>
  struct Sent {
    Body body;
    protocol::Ticket<Body> ticket;
  };

  std::deque<Sent<protocol::Speak>> spoken_;
  std::deque<Sent<protocol::Report>> reports_;
};

}  // namespace cudgel::game
