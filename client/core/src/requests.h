#pragma once
// What this client asks the server, and what it answers to what it is asked. Lives through connections; what is under way when one
// ends has failed. Sends over the link, but never looks after it.

#include <cstddef>

#include <flatbuffers/flatbuffers.h>

#include "core/experience.h"
#include "core/game_client.h"
#include "link.h"
#include "protocol/dialogue.h"
#include "protocol/server_frame.h"

namespace cudgel::core {

class Requests {
 public:
  /// A Welcome came: from now on both sides may ask. What is left of a connection before has failed.
  void begin(double now_ms);
  void end() { dialogue_.end(); }

  /// For what this side asks.
  [[nodiscard]] protocol::Dialogue& dialogue() { return dialogue_; }
  [[nodiscard]] Experience& experience() { return experience_; }
  /// Why the note must not be, or nullptr.
  const char* hear(const protocol::Note& note);
  /// Sends what waits, as far as the link takes it, and fails whose time is over. Returns the bytes sent.
  std::size_t tend(double now_ms, const ClientStats& stats, Link& link, flatbuffers::FlatBufferBuilder& builder);

 private:
  protocol::Dialogue dialogue_;
  Experience experience_;
};

}  // namespace cudgel::core
