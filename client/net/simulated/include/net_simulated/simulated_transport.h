#pragma once
// A bad network in front of any road: a core::Transport that wraps another one and lets its messages through late, unevenly,
// in bursts after a stall, or not at all any more once it cuts the connection. Like a reliable stream it never reorders and
// never loses anything but the connection. All chance comes from one seed, all time from the caller's clock; single thread.
//
//   send() ──> [ waits until due ] ──> inner.send()      due = max(due of the one before, now + delay +- jitter),
//   poll() <── [ waits until due ] <── inner.poll()            moved to the end of the stall it falls into
//
// What is due moves on when somebody calls poll(), send() or pump(): the times are as fine as those calls are frequent.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "core/transport.h"
#include "net_simulated/net_spec.h"

namespace cudgel::net {

class SimulatedTransport final : public core::Transport {
 public:
  using Clock = std::function<double()>;  ///< milliseconds of any steady origin; never backwards

  SimulatedTransport(std::unique_ptr<core::Transport> inner, const NetSpec& spec, std::uint64_t seed, Clock now_ms);

  void open(const std::string& url) override;
  core::SendResult send(std::span<const std::uint8_t> message) override;
  /// What was sent before goes out at once, because the road behind will not wait for it.
  void close(std::uint16_t code, const std::string& reason) override;
  bool poll(core::TransportEvent& event) override;
  [[nodiscard]] std::size_t buffered_bytes() const override;
  [[nodiscard]] const char* name() const override { return inner_->name(); }

  /// Moves on what is due without taking anything; true when poll() has something.
  bool pump();
  /// How the network is from now on; what is on its way already keeps its time.
  void set_spec(const NetSpec& spec);
  /// Connections cut so far.
  [[nodiscard]] std::uint64_t cuts() const { return cuts_; }

 private:
  struct Parcel {
    double due_ms = 0;
    core::TransportEvent::Type type = core::TransportEvent::Type::message;
    std::vector<std::uint8_t> bytes;
    std::uint16_t close_code = 0;
    std::string close_reason;
  };
  struct Lane {
    std::deque<Parcel> parcels;
    std::size_t bytes = 0;
    double last_due_ms = 0;
    void clear();
    Parcel take();
  };
  void put(Lane& lane, Parcel parcel);
  [[nodiscard]] double after_stall(double due_ms) const;
  void plan_cut();
  void cut();
  void push_out(double until_ms);
  void fetch();

  std::unique_ptr<core::Transport> inner_;
  NetSpec spec_;
  base::Random random_;
  Clock now_ms_;
  Lane outgoing_;
  Lane incoming_;
  double first_stall_ms_ = 0;        ///< begin of the first stall under this spec
  double cut_at_ms_ = 0;             ///< of this connection; means nothing without cut_every_ms
  bool open_ = false;                ///< from open() until closed by either side
  std::vector<std::uint8_t> given_;  ///< the message poll() handed out
  std::uint64_t cuts_ = 0;
};

}  // namespace cudgel::net
