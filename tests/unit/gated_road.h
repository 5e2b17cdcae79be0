#pragma once
// A road with somebody on the way: a memory transport behind a gate that a test opens and shuts. It refuses, swallows, or holds messages
// back and hands them on in lumps, as proxies do. Gate and network outlive their roads.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/transport.h"
#include "net_memory/memory_network.h"

namespace cudgel::test {

enum class Way : std::uint8_t {
  open,
  refusing,    ///< new connections are refused at once; one that stands goes on
  swallowing,  ///< new connections never open; one that stands goes on
  mute,        ///< nothing comes down any more, neither messages nor an end; connections do open, and everything goes up
};

struct Gate {
  Way way = Way::open;
  bool lazy = false;              ///< what is sent leaves with the next poll, and the close behind it, as on an HTTP road
  double hold_ms = 0;             ///< messages come together, once in so many ms; 0: as they come
  std::vector<double> opened_ms;  ///< when the client tried it
  bool cut = false;               ///< the connection that stands is lost at the next poll
};

class GatedRoad final : public core::Transport {
 public:
  GatedRoad(const char* name, Gate& gate, net::MemoryNetwork& network)
      : name_(name), gate_(gate), network_(network), inner_(network.make_transport()) {}

  void open(const std::string& url) override {
    gate_.opened_ms.push_back(network_.now_ms());
    gate_.cut = false;
    waiting_.clear();
    inner_->close(k_lost_code, "");
    state_ = gate_.way == Way::refusing ? State::refused : gate_.way == Way::swallowing ? State::swallowed : State::passed;
    if (state_ == State::passed) inner_->open(url);
  }
  core::SendResult send(std::span<const std::uint8_t> message) override {
    if (state_ != State::passed) return core::SendResult::closed;
    if (!gate_.lazy) return inner_->send(message);
    waiting_.emplace_back(message.begin(), message.end());
    return core::SendResult::sent;
  }
  void close(std::uint16_t code, const std::string& reason) override {
    if (state_ == State::passed && waiting_.empty()) inner_->close(code, reason);
    state_ = State::none;
  }
  bool poll(core::TransportEvent& event) override {
    if (!waiting_.empty()) {
      for (const auto& message : std::exchange(waiting_, {})) inner_->send(message);
      if (state_ == State::none) inner_->close(k_lost_code, "");
    }
    if (gate_.cut && state_ == State::passed) inner_->close(k_lost_code, "");
    if (state_ == State::refused || (gate_.cut && state_ == State::passed)) {
      state_ = State::none;
      event.type = core::TransportEvent::Type::closed;
      event.close_code = k_lost_code;
      event.close_reason.clear();
      return true;
    }
    return state_ == State::passed && network_.now_ms() >= release_ms_ && poll_inner(event);
  }
  [[nodiscard]] std::size_t buffered_bytes() const override { return inner_->buffered_bytes(); }
  [[nodiscard]] const char* name() const override { return name_; }

 private:
  enum class State : std::uint8_t { none, refused, swallowed, passed };
  static constexpr std::uint16_t k_lost_code = 1006;

  bool poll_inner(core::TransportEvent& event) {
    while (inner_->poll(event)) {
      if (gate_.way != Way::mute || event.type == core::TransportEvent::Type::opened) return true;
    }
    if (gate_.hold_ms > 0) release_ms_ = network_.now_ms() + gate_.hold_ms;
    return false;
  }

  const char* name_;
  Gate& gate_;
  net::MemoryNetwork& network_;
  std::unique_ptr<core::Transport> inner_;
  State state_ = State::none;
  std::vector<std::vector<std::uint8_t>> waiting_;  ///< if lazy
  double release_ms_ = 0;
};

}  // namespace cudgel::test
