#pragma once
// A road that hands everything on to another one. Tests override what they want to see or change.

#include <memory>
#include <string>
#include <utility>

#include "core/transport.h"

namespace cudgel::test {

class ForwardingTransport : public core::Transport {
 public:
  explicit ForwardingTransport(std::unique_ptr<core::Transport> inner) : inner_(std::move(inner)) {}
  void open(const std::string& url) override { inner_->open(url); }
  core::SendResult send(std::span<const std::uint8_t> message) override { return inner_->send(message); }
  void close(std::uint16_t code, const std::string& reason) override { inner_->close(code, reason); }
  bool poll(core::TransportEvent& event) override { return inner_->poll(event); }
  [[nodiscard]] std::size_t buffered_bytes() const override { return inner_->buffered_bytes(); }
  [[nodiscard]] const char* name() const override { return inner_->name(); }

 private:
  std::unique_ptr<core::Transport> inner_;
};

}  // namespace cudgel::test
