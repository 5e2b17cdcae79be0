#pragma once
// A connection that breaks the rules on purpose and wants to be closed for it with the documented code, again and again:
// flood sends far above the rate limit, garbage sends random bytes. It never understands what the server says.

#include <cstdint>
#include <memory>
#include <vector>

#include <flatbuffers/flatbuffers.h>

#include "base/random.h"
#include "core/transport.h"
#include "options.h"
#include "visitor.h"

namespace cudgel::bots {

class Stranger final : public Visitor {
 public:
  /// `hello` is a valid one; `options` must outlive the stranger.
  Stranger(std::unique_ptr<core::Transport> transport, std::vector<std::uint8_t> hello, const Options& options, int number);

  void join(double now_ms) override;
  void leave() override;
  void tend(double now_ms, Report& report) override;
  void begin_measuring(double now_ms) override;
  void add_totals(Report& report) const override;
  [[nodiscard]] bool connected() const override { return open_; }
  [[nodiscard]] bool settled() const override { return opened_; }
  [[nodiscard]] bool answered(double now_ms) const override;

 private:
  void on_closed(std::uint16_t code, const std::string& reason, double now_ms, Report& report);
  void misbehave(double now_ms);
  void flood(double now_ms);
  void send_garbage();
  void send(std::span<const std::uint8_t> bytes);

  std::unique_ptr<core::Transport> transport_;
  std::vector<std::uint8_t> hello_;
  const Options& options_;
  base::Random random_;
  flatbuffers::FlatBufferBuilder builder_;
  bool wanted_ = false;      ///< joined and has not left
  bool connecting_ = false;  ///< or connected
  bool opened_ = false;      ///< at least once
  bool open_ = false;
  double reopen_ms_ = 0;
  double misbehaves_since_ms_ = -1;  ///< on the open connection; negative: not yet
  std::uint32_t sent_ = 0;           ///< bad messages on the open connection
  // counted from begin_measuring()
  double measured_since_ms_ = 0;
  std::uint64_t connections_ = 0;
  std::uint64_t closed_rightly_ = 0;
  std::uint64_t closed_otherwise_ = 0;
  std::uint64_t bytes_sent_ = 0;
};

}  // namespace cudgel::bots
