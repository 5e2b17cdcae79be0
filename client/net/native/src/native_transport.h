#pragma once
// One connection of a NativeNetwork: queues between libwebsockets' callbacks and the client core that polls.

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <libwebsockets.h>

#include "core/incoming_queue.h"
#include "core/transport.h"
#include "net_native/url.h"

namespace cudgel::net {

class NativeTransport;

/// What may wait for poll(): a program that does not poll is disconnected.
inline constexpr std::size_t k_incoming_bytes_max = std::size_t{4} << 20U;

/// What a transport asks of its network.
class Connector {
 public:
  virtual ~Connector() = default;
  virtual void request(NativeTransport& transport) = 0;
  virtual void withdraw(NativeTransport& transport) = 0;
  /// Established.
  virtual void connected(int socket) = 0;
  virtual void failed() = 0;
  /// Something is to be written as soon as the socket takes it.
  virtual void wants_turn() = 0;
  /// Where an outgoing message is put behind the library's headroom.
  virtual std::vector<std::uint8_t>& scratch() = 0;
};

class NativeTransport final : public core::Transport {
 public:
  NativeTransport(Connector& connector, bool* stirred) : connector_(connector), stirred_(stirred) {}
  ~NativeTransport() override { drop(); }
  NativeTransport(const NativeTransport&) = delete;
  NativeTransport& operator=(const NativeTransport&) = delete;

  void open(const std::string& url) override;
  core::SendResult send(std::span<const std::uint8_t> message) override;
  void close(std::uint16_t code, const std::string& reason) override;
  bool poll(core::TransportEvent& event) override { return incoming_.take(event); }
  [[nodiscard]] std::size_t buffered_bytes() const override { return outgoing_bytes_; }
  [[nodiscard]] const char* name() const override { return "ws"; }

  /// The network's turn: begins the connection asked for by open().
  void connect(lws_context* context);
  /// libwebsockets' callback for every connection of the context.
  static int callback(lws* wsi, lws_callback_reasons reason, void* user, void* in, std::size_t size);

 private:
  enum class State : std::uint8_t { none, requested, connecting, open };

  void drop();
  void stir();
  void ask_to_write();
  bool write(std::span<const std::uint8_t> message);
  void on_established();
  int on_receive(std::span<const std::uint8_t> part, bool first, bool last);
  int on_writeable();
  void on_peer_close(std::span<const std::uint8_t> payload);
  void on_end(std::uint16_t code, std::string_view reason);

  Connector& connector_;
  bool* stirred_;
  State state_ = State::none;
  lws* wsi_ = nullptr;
  WsUrl url_;
  core::IncomingQueue incoming_{k_incoming_bytes_max};
  std::deque<std::vector<std::uint8_t>> outgoing_;  ///< did not fit into the socket yet
  std::size_t outgoing_bytes_ = 0;
  std::vector<std::uint8_t> partial_;
  std::uint16_t close_code_ = 0;  ///< what the peer said
  std::string close_reason_;
};

}  // namespace cudgel::net
