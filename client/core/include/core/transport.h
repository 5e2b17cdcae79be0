#pragma once
// One road between a client and a server, as the client core sees it: opened, carries whole messages both ways, closes with
// a reason. Implementations: browser WebSocket, libwebsockets (bots), in memory (tests). Polled, never calls back, single thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cudgel::core {

enum class SendResult : std::uint8_t { sent, backpressure, closed };  ///< backpressure: not taken, try with newer data later

struct TransportEvent {
  enum class Type : std::uint8_t { none, opened, message, closed };
  Type type = Type::none;
  std::span<const std::uint8_t> message;  ///< valid until the next poll
  std::uint16_t close_code = 0;           ///< 1006 when the connection was lost without a close frame
  std::string close_reason;               ///< may be empty
};

class Transport {
 public:
  virtual ~Transport() = default;
  /// Begins to connect; an earlier connection is dropped without events.
  virtual void open(const std::string& url) = 0;
  virtual SendResult send(std::span<const std::uint8_t> message) = 0;
  virtual void close(std::uint16_t code, const std::string& reason) = 0;
  /// The next event, in order; false when there is none.
  virtual bool poll(TransportEvent& event) = 0;
  /// Bytes accepted by send() that have not left yet.
  [[nodiscard]] virtual std::size_t buffered_bytes() const = 0;
  /// "ws", "memory": for people.
  [[nodiscard]] virtual const char* name() const = 0;
};

}  // namespace cudgel::core
