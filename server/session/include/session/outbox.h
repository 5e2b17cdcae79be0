#pragma once
// What a character must hear, in order and exactly once, whatever happens to its connections: kept until the client acknowledges it,
// said again on the next connection. Bounded; knows no socket.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "replication/viewer.h"

namespace cudgel::session {

class Outbox {
 public:
  /// More than this unacknowledged: nobody listens.
  static constexpr std::size_t k_waiting_max = 128;
  /// So many places of these are not for what players say: a crowd's talk must not push out what the server has to say.
  static constexpr std::size_t k_kept_from_speech = 32;

  /// `text` as protocol's Notice wants it. False when the outbox is full; nothing is kept then.
  bool push(std::string text);
  /// What a player says, as protocol::is_speech() wants it. False when there is no room for talk; nothing is kept then.
  bool push(const replication::Speaker& speaker, std::string words);
  /// What has not been sent on this connection yet, at most `count_max`, oldest first; mark_sent() after it went out.
  [[nodiscard]] std::span<const replication::Notice> unsent(std::size_t count_max) const;
  void mark_sent(std::size_t count) { sent_ += count; }
  /// The client has everything up to `sequence`. Numbers that were never sent are ignored.
  void acknowledge(std::uint32_t sequence);
  /// Another connection: whatever is not acknowledged is unsent.
  void begin_again() { sent_ = 0; }
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

 private:
  std::vector<replication::Notice> waiting_;  ///< ascending sequence, not acknowledged
  std::size_t sent_ = 0;                      ///< of them, on this connection
  std::uint32_t next_sequence_ = 1;
};

}  // namespace cudgel::session
