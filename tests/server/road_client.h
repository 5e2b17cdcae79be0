#pragma once
// An HTTP road made by hand (docs/TRANSPORTS.md): whole requests as text, so that tests can also do everything wrong, and a client that
// does it right and understands what it is told.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "fixture.h"
#include "raw_socket.h"

namespace cudgel::test {

/// A POST to /road/ACTION with these header lines (each with CR LF), Host and Content-Length.
std::string road_post(const std::string& action, const std::string& header_lines, std::string_view body = {});
std::string batch_of(std::initializer_list<std::string> messages);

struct ServerEvent {
  std::string name;  ///< empty for a message
  std::string data;
};

/// Server-Sent Events as they come down a socket; comments are skipped.
class EventStream {
 public:
  /// Asks for the stream of that road.
  EventStream(std::uint16_t port, const std::string& id, int receive_buffer_bytes = 0);
  [[nodiscard]] const HttpAnswer& answer() const { return answer_; }
  /// What came with the head, before any event was read.
  [[nodiscard]] const std::string& first_bytes() const { return answer_.body; }
  /// Nothing when none came in time, or the stream ended.
  std::optional<ServerEvent> next(Milliseconds time = Milliseconds(20000));
  RawSocket& socket() { return socket_; }

 private:
  RawSocket socket_;
  HttpAnswer answer_;
  std::string received_;
};

/// One road. Every request goes over a connection of its own.
class RoadClient {
 public:
  RoadClient(std::uint16_t port, const std::string& kind, int version = protocol::k_version);
  /// What /road/open was answered.
  [[nodiscard]] const HttpAnswer& opened() const { return opened_; }
  [[nodiscard]] const std::string& id() const { return id_; }
  /// The header lines that name this road.
  [[nodiscard]] std::string lines(const std::string& more = "") const { return "Cudgel-Road: " + id_ + "\r\n" + more; }
  [[nodiscard]] HttpAnswer ask(const std::string& action, const std::string& more_lines = "", std::string_view body = {}) const;
  /// With the next number.
  HttpAnswer send(std::string_view batch) { return send(++up_, batch); }
  [[nodiscard]] HttpAnswer send(std::uint32_t number, std::string_view batch) const;
  /// Acknowledges what has come so far; with a batch: under the next number.
  HttpAnswer receive(std::string_view batch = {});
  [[nodiscard]] HttpAnswer receive_again(std::uint32_t got) const {
    return ask("receive", "Cudgel-Got: " + std::to_string(got) + "\r\n");
  }
  [[nodiscard]] std::uint32_t got() const { return got_; }

 private:
  std::uint16_t port_;
  HttpAnswer opened_;
  std::string id_;
  std::uint32_t up_ = 0;
  std::uint32_t got_ = 0;
};

/// The messages of an answer, applied one behind the other.
class RoadView {
 public:
  /// The one message of an answer's batch.
  void apply_batch(const std::string& batch);
  /// An event's data.
  void apply_event(const std::string& base64);
  [[nodiscard]] const replication::Replica& replica() const { return replica_; }
  [[nodiscard]] const std::optional<protocol::Token>& token() const { return token_; }

 private:
  void apply(std::string_view message);
  protocol::FrameReader reader_;
  replication::Replica replica_;
  std::optional<protocol::Token> token_;
};

}  // namespace cudgel::test
