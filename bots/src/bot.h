#pragma once
// One headless player: a GameClient and a mind. Wakes only when something arrived for it, never by a display's clock.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "adventure/adventurer.h"
#include "base/random.h"
#include "behaviour.h"
#include "cast.h"
#include "core/game_client.h"
#include "net_native/native_network.h"
#include "net_simulated/simulated_transport.h"
#include "visitor.h"

namespace cudgel::bots {

class Bot final : public Visitor {
 public:
  /// `now_ms` is the clock of the bad network, if options ask for one.
  Bot(const content::Content& content, net::NativeNetwork& network, std::shared_ptr<core::PlayMaps> maps,
      std::shared_ptr<Lands> lands, const Options& options, int number, double (*now_ms)(), const Cast& cast);

  void join(double now_ms) override;
  void leave() override;
  void tend(double now_ms, Report& report) override {
    if (road_ != nullptr && road_->pump()) stirred_ = true;
    if (stirred_ || now_ms >= wake_ms_) work(now_ms, report);
  }
  void begin_measuring(double now_ms) override;
  void add_totals(Report& report) const override;
  [[nodiscard]] std::string progress() const override;
  [[nodiscard]] bool connected() const override { return client_.phase() == core::Phase::playing; }
  [[nodiscard]] bool settled() const override;
  [[nodiscard]] bool answered(double now_ms) const override;

 private:
  [[nodiscard]] std::string name() const;
  std::unique_ptr<core::Transport> make_road(net::NativeNetwork& network, double (*now_ms)());
  void work(double now_ms, Report& report);
  void on_frames(double now_ms, Report& report, std::uint64_t frames);
  void note_correction(Report& report) const;
  [[nodiscard]] bool somebody_near() const;
  void note_phase(double now_ms, Report& report);
  void churn(double now_ms);

  // What tend() looks at, of every bot many times a second, stands together.
  bool stirred_ = false;  ///< something waits for the client
  double wake_ms_ = 0;
  net::SimulatedTransport* road_ = nullptr;  ///< the client's, if the network is a bad one
  const content::Content& content_;
  const Options& options_;
  int number_;
  std::uint8_t class_index_;
  core::GameClient client_;
  Mind mind_;
  std::optional<Actor> actor_;            ///< plays a recorded player, instead of the mind
  std::optional<Adventurer> adventurer_;  ///< plays the game, instead of the mind
  double playing_since_ms_ = 0;
  bool left_ = false;
  core::Phase phase_ = core::Phase::idle;
  bool was_connected_ = false;
  double phase_since_ms_ = 0;
  std::uint64_t joins_ = 0;
  base::Random random_;
  double stays_until_ms_ = 0;  ///< churn only
  double last_frame_ms_ = -1;
  std::uint64_t frames_ = 0;
  std::uint64_t round_trips_ = 0;
  core::ClientStats before_;  ///< when measuring began
};

}  // namespace cudgel::bots
