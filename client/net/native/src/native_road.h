#pragma once
// An HTTP road of a NativeNetwork: pumped at every turn of the network, so that its owner need only look when something has come.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "net_http/http_road.h"

namespace cudgel::net {

class NativeRoad;

/// Who pumps the roads; outlives them.
class RoadKeeper {
 public:
  virtual ~RoadKeeper() = default;
  virtual void add(NativeRoad& road) = 0;
  virtual void remove(NativeRoad& road) = 0;
};

class NativeRoad final : public core::Transport {
 public:
  NativeRoad(RoadKeeper& keeper, std::unique_ptr<PumpedTransport> inner, bool* stirred)
      : keeper_(keeper), inner_(std::move(inner)), stirred_(stirred) {
    keeper_.add(*this);
  }
  ~NativeRoad() override { keeper_.remove(*this); }
  NativeRoad(const NativeRoad&) = delete;
  NativeRoad& operator=(const NativeRoad&) = delete;

  void open(const std::string& url) override { inner_->open(url); }
  core::SendResult send(std::span<const std::uint8_t> message) override { return inner_->send(message); }
  void close(std::uint16_t code, const std::string& reason) override { inner_->close(code, reason); }
  bool poll(core::TransportEvent& event) override { return inner_->poll(event); }
  [[nodiscard]] std::size_t buffered_bytes() const override { return inner_->buffered_bytes(); }
  [[nodiscard]] const char* name() const override { return inner_->name(); }

  void pump() {
    if (inner_->pump() && stirred_ != nullptr) *stirred_ = true;
  }

 private:
  RoadKeeper& keeper_;
  std::unique_ptr<PumpedTransport> inner_;
  bool* stirred_;
};

}  // namespace cudgel::net
