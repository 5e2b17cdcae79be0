#pragma once
// One headless player: a GameClient and a mind. Wakes only when something arrived for it, never by a display's clock.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "behaviour.h"
#include "cast.h"
#include "core/game_client.h"
#include "net_native/native_network.h"
#include "report.h"

namespace cudgel::bots {

class Bot {
 public:
  Bot(const content::Content& content, net::NativeNetwork& network, std::shared_ptr<core::PlayMaps> maps, const Options& options,
      int number, const Cast& cast);
  Bot(const Bot&) = delete;
  Bot& operator=(const Bot&) = delete;

  void join(double now_ms);
  void leave();
  /// Cheap when there is nothing to do.
  void tend(double now_ms, Report& report) {
    if (*stirred_ || now_ms >= wake_ms_) work(now_ms, report);
  }
  /// From here on it counts.
  void begin_measuring();
  void add_totals(Report& report) const;

  [[nodiscard]] bool was_connected() const { return was_connected_; }
  [[nodiscard]] bool connected() const { return client_.phase() == core::Phase::playing; }
  [[nodiscard]] bool settled() const { return connected() || client_.phase() == core::Phase::refused; }
  /// Never lost its connection since it was first welcomed, until it left by itself.
  [[nodiscard]] bool stayed() const { return was_connected_ && (connected() || left_) && client_.stats().disconnects == 0; }

 private:
  void work(double now_ms, Report& report);
  void on_frames(double now_ms, Report& report, std::uint64_t frames);
  void note_phase(double now_ms, Report& report);

  const content::Content& content_;
  const Options& options_;
  int number_;
  std::uint8_t class_index_;
  std::unique_ptr<bool> stirred_;
  core::GameClient client_;
  Mind mind_;
  std::optional<Actor> actor_;       ///< plays a recorded player, instead of the mind
  double playing_since_ms_ = 0;
  bool left_ = false;
  core::Phase phase_ = core::Phase::idle;
  bool was_connected_ = false;
  double wake_ms_ = 0;
  double last_frame_ms_ = -1;
  std::uint64_t frames_ = 0;
  std::uint64_t round_trips_ = 0;
  core::ClientStats before_;         ///< when measuring began
};

}  // namespace cudgel::bots
