#pragma once
// The connection's life: connects, says hello, notices silence, waits and tries again, or gives up for good with words.
// One enum and one transition function; it carries messages but never looks into them.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "core/game_client.h"
#include "core/transport.h"

namespace cudgel::core {

class Link {
 public:
  Link(std::unique_ptr<Transport> transport, std::uint64_t seed) : transport_(std::move(transport)), random_(seed) {}

  /// Connects, and from now on again whenever the connection is lost. What set_hello() was given begins each of them.
  void join(std::string url, double now_ms);
  /// `bye` is sent if there is somebody to hear it.
  void leave(std::span<const std::uint8_t> bye);
  /// Watches the time: begins to connect again, gives up a silent connection. Call after the messages are drained.
  void watch(double now_ms);
  /// The next message, in order, valid until the next call; false when there is none.
  bool next_message(double now_ms, std::span<const std::uint8_t>& message);
  SendResult send(std::span<const std::uint8_t> message);
  /// What the next connection begins with.
  void set_hello(std::vector<std::uint8_t> hello) { hello_ = std::move(hello); }

  /// The server's Welcome was understood.
  void welcomed(double now_ms);
  /// What the server sends cannot be used: drop the connection and try again later.
  void broken(const std::string& why, double now_ms);
  /// No use in trying again.
  void refuse(std::string why);

  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] double retry_in_ms(double now_ms) const;
  [[nodiscard]] std::uint64_t disconnects() const { return disconnects_; }
  [[nodiscard]] double last_heard_ms() const { return last_heard_ms_; }
  [[nodiscard]] const Transport& transport() const { return *transport_; }

 private:
  void enter(Phase phase, double now_ms);
  void on_closed(std::uint16_t code, const std::string& reason, double now_ms);
  void lose(std::string why, double first_delay_ms, double now_ms);

  std::unique_ptr<Transport> transport_;
  base::Random random_;
  Phase phase_ = Phase::idle;
  std::string url_;
  std::vector<std::uint8_t> hello_;
  std::string message_;
  TransportEvent event_;
  std::uint32_t attempts_ = 0;       ///< failed ones in a row
  double retry_at_ms_ = 0;
  double playing_since_ms_ = 0;
  double last_heard_ms_ = 0;
  double last_watch_ms_ = -1;
  std::uint64_t disconnects_ = 0;
};

}  // namespace cudgel::core
