#pragma once
// Everybody else, drawn a little in the past: a render clock that runs behind the server by a delay fitted to the network's
// jitter, and for each body the few last things told of it, so that at any drawn moment the newest motion that had begun by
// then is shown. Small differences between motions fade instead of jumping. Changes nothing it is told; reads no clock.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "content/content.h"
#include "core/drawn_point.h"
#include "core/game_client.h"
#include "replication/replica.h"

namespace cudgel::core {

class Interpolation {
 public:
  explicit Interpolation(std::int32_t tick_hz) : tick_ms_(1000.0 / tick_hz) {}

  /// The replica has applied a frame.
  void on_frame(const replication::Replica& replica);
  /// Moves the render clock. `server_tick` is ServerClock::tick_at(now), `newest` the last frame's tick.
  void update(double now_ms, double server_tick, double lateness_ms, base::Tick newest);

  [[nodiscard]] double render_tick() const { return render_tick_; }
  [[nodiscard]] double delay_ticks() const { return server_tick_ - render_tick_; }
  /// Bodies to draw at the render clock; the buffer is valid until the next call. Costs only when called.
  std::span<const BodyView> draw(const content::Content& content);
  /// What was last told of somebody, also of one that has just left; null when unknown.
  [[nodiscard]] const replication::Sight* last_seen(base::EntityId id) const;

 private:
  static constexpr std::size_t k_history = 6; ///< things told of one body that may still be ahead of the render clock
  struct Told {
    base::Tick tick = 0;             ///< frame that told it
    replication::Sight sight;
  };
  struct Body {
    std::array<Told, k_history> told{};  ///< oldest first
    std::size_t count = 0;
    std::string name;
    base::Tick arrived = 0;
    base::Tick gone = 0;             ///< frame that took it away; 0 while in view
    // as drawn
    bool drawn = false;
    replication::Track track;        ///< the motion last drawn
    double error_x = 0;              ///< tiles, drawn minus track; fades
    double error_y = 0;
    DrawnPoint at;                   ///< where it was drawn last, tiles
    bool was_dead = false;
  };
  void tell(Body& body, const replication::ReplicaEntity& entity, base::Tick tick);
  void mark_gone(const replication::Replica& replica);
  void forget_gone();
  void follow(Body& body, double elapsed_ms);
  [[nodiscard]] BodyView view_of(const Body& body, const content::Content& content) const;

  double tick_ms_;
  double server_tick_ = 0;
  double render_tick_ = 0;
  bool running_ = false;
  bool leapt_ = false;               ///< the render clock was set since the last draw()
  double updated_ms_ = 0;
  double drawn_ms_ = 0;
  std::size_t in_view_ = 0;          ///< bodies with gone == 0
  std::unordered_map<std::uint32_t, Body> bodies_;
  std::vector<BodyView> views_;
};

}  // namespace cudgel::core
