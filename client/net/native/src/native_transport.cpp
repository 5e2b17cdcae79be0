#include "native_transport.h"

#include <algorithm>
#include <utility>

#include "protocol/limits.h"

namespace cudgel::net {

using core::SendResult;

namespace {
constexpr std::size_t k_outgoing_bytes_max = 16384;
constexpr std::uint16_t k_lost_code = 1006;

/// A connection whose transport has gone or closed: only the closing handshake is left, remembered here until the next callback.
struct Farewell {
  std::uint16_t code = 1000;
  std::string reason;
};

std::span<const std::uint8_t> bytes_of(const void* in, std::size_t size) {
  return {static_cast<const std::uint8_t*>(in), in == nullptr ? 0 : size};
}
}  // namespace

void NativeTransport::open(const std::string& url) {
  drop();
  incoming_.clear();
  const auto parts = parse_ws_url(url);
  if (!parts) {
    incoming_.closed(k_lost_code, "not an address of the form ws://HOST:PORT/PATH: " + url);
    return stir();
  }
  url_ = *parts;
  state_ = State::requested;
  connector_.request(*this);
}

void NativeTransport::connect(lws_context* context) {
  static const std::string protocols = std::string(protocol::k_subprotocol) + "," + protocol::k_subprotocol_any;
  const std::string host = url_.host + ":" + std::to_string(url_.port);
  state_ = State::connecting;
  lws_client_connect_info info{};
  info.context = context;
  info.address = url_.host.c_str();
  info.port = url_.port;
  info.path = url_.path.c_str();
  info.host = host.c_str();
  info.protocol = protocols.c_str();
  info.local_protocol_name = protocol::k_subprotocol;
  info.opaque_user_data = this;
  info.pwsi = &wsi_;
  // On failure the callback has usually been called already and has said why.
  if (lws_client_connect_via_info(&info) == nullptr && state_ == State::connecting)
    on_end(k_lost_code, "cannot connect to " + host);
}

SendResult NativeTransport::send(std::span<const std::uint8_t> message) {
  if (state_ != State::open) return SendResult::closed;
  // At once, if nothing is before it: to be called back first costs another turn for each message. Never while the library still
  // holds a part of the one before.
  if (outgoing_.empty() && lws_partial_buffered(wsi_) == 0) {
    if (write(message)) return SendResult::sent;
    lws_set_timeout(wsi_, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC);
    return SendResult::closed;
  }
  if (outgoing_bytes_ + message.size() > k_outgoing_bytes_max) return SendResult::backpressure;
  outgoing_bytes_ += message.size();
  outgoing_.emplace_back(message.begin(), message.end());
  ask_to_write();
  return SendResult::sent;
}

/// False when the connection is lost.
bool NativeTransport::write(std::span<const std::uint8_t> message) {
  std::vector<std::uint8_t>& scratch = connector_.scratch();
  scratch.resize(std::max(scratch.size(), LWS_PRE + message.size()));
  std::copy(message.begin(), message.end(), scratch.begin() + LWS_PRE);
  if (lws_write(wsi_, scratch.data() + LWS_PRE, message.size(), LWS_WRITE_BINARY) < 0) return false;
  if (lws_partial_buffered(wsi_) != 0) connector_.wants_turn();
  return true;
}

void NativeTransport::ask_to_write() {
  lws_callback_on_writable(wsi_);
  connector_.wants_turn();
}

void NativeTransport::close(std::uint16_t code, const std::string& reason) {
  if (state_ == State::requested) {
    connector_.withdraw(*this);
  } else if (state_ != State::none && wsi_ != nullptr) {
    if (state_ == State::connecting) connector_.failed();
    // libwebsockets closes from within its callbacks only: leave it a note and let go.
    lws_set_opaque_user_data(wsi_, nullptr);
    lws_set_wsi_user(wsi_, new Farewell{code, reason});
    if (state_ == State::open) {
      while (!outgoing_.empty() && on_writeable() == 0) {}
      ask_to_write();
    }
    lws_set_timeout(wsi_, PENDING_TIMEOUT_CLOSE_SEND, 2);
  }
  wsi_ = nullptr;
  state_ = State::none;
  outgoing_.clear();
  outgoing_bytes_ = 0;
  partial_.clear();
}

void NativeTransport::stir() {
  if (stirred_ != nullptr) *stirred_ = true;
}

void NativeTransport::drop() { close(static_cast<std::uint16_t>(protocol::CloseCode::normal), ""); }

void NativeTransport::on_established() {
  state_ = State::open;
  close_code_ = k_lost_code;
  close_reason_.clear();
  connector_.connected(lws_get_socket_fd(wsi_));
  incoming_.opened();
  stir();
}

int NativeTransport::on_receive(std::span<const std::uint8_t> part, bool first, bool last) {
  if (first) partial_.clear();
  if (partial_.size() + part.size() > protocol::k_server_frame_bytes_max) {
    close_reason_ = "the server sent a message larger than a frame may be";
    return -1;
  }
  if (!incoming_.has_room(part.size())) {
    close_reason_ = "messages were not fetched for too long";
    return -1;
  }
  if (first && last) {
    incoming_.message(part);
  } else {
    partial_.insert(partial_.end(), part.begin(), part.end());
    if (!last) return 0;
    incoming_.message(std::exchange(partial_, {}));
  }
  stir();
  return 0;
}

int NativeTransport::on_writeable() {
  if (outgoing_.empty()) return 0;
  const std::vector<std::uint8_t> message = std::move(outgoing_.front());
  outgoing_.pop_front();
  outgoing_bytes_ -= message.size();
  if (!write(message)) return -1;
  if (!outgoing_.empty()) ask_to_write();
  return 0;
}

void NativeTransport::on_peer_close(std::span<const std::uint8_t> payload) {
  constexpr std::uint16_t k_no_status = 1005;
  close_code_ = k_no_status;
  if (payload.size() < 2) return;
  close_code_ = static_cast<std::uint16_t>(payload[0] << 8U | payload[1]);
  close_reason_.assign(payload.begin() + 2, payload.end());
}

void NativeTransport::on_end(std::uint16_t code, std::string_view reason) {
  if (state_ == State::connecting) connector_.failed();
  state_ = State::none;
  wsi_ = nullptr;
  outgoing_.clear();
  outgoing_bytes_ = 0;
  incoming_.closed(code, reason);
  stir();
}

int NativeTransport::callback(lws* wsi, lws_callback_reasons reason, void* user, void* in, std::size_t size) {
  auto* self = wsi == nullptr ? nullptr : static_cast<NativeTransport*>(lws_get_opaque_user_data(wsi));
  if (self == nullptr) {
    auto* farewell = static_cast<Farewell*>(user);
    switch (reason) {
      case LWS_CALLBACK_CLIENT_ESTABLISHED:
      case LWS_CALLBACK_CLIENT_WRITEABLE:
      case LWS_CALLBACK_CLIENT_RECEIVE: {
        if (farewell == nullptr) return -1;
        auto* words = reinterpret_cast<unsigned char*>(farewell->reason.data());
        lws_close_reason(wsi, static_cast<lws_close_status>(farewell->code), words, farewell->reason.size());
        return -1;
      }
      case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
      case LWS_CALLBACK_CLIENT_CLOSED:
        delete farewell;
        if (wsi != nullptr) lws_set_wsi_user(wsi, nullptr);
        return 0;
      default:
        return 0;
    }
  }
  switch (reason) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
      self->wsi_ = wsi;
      self->on_established();
      return 0;
    case LWS_CALLBACK_CLIENT_RECEIVE:
      return self->on_receive(bytes_of(in, size), lws_is_first_fragment(wsi) != 0,
                              lws_is_final_fragment(wsi) != 0 && lws_remaining_packet_payload(wsi) == 0);
    case LWS_CALLBACK_CLIENT_WRITEABLE:
      return self->on_writeable();
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
      self->on_peer_close(bytes_of(in, size));
      return 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
      self->on_end(k_lost_code, in == nullptr ? "cannot connect" : std::string_view(static_cast<const char*>(in), size));
      return 0;
    case LWS_CALLBACK_CLIENT_CLOSED:
      self->on_end(self->close_code_, self->close_reason_);
      return 0;
    default:
      return 0;
  }
}

}  // namespace cudgel::net
