#pragma once
// Everybody else, drawn a little in the past: a render clock that runs behind the server by a delay fitted to the network's
// jitter, and for each body the few last things told of it, so that at any drawn moment the newest motion that had begun by
// then is shown. Small differences between motions fade instead of jumping. Changes nothing it is told; reads no clock.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
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

/// Where the own character strikes. Monsters within `near_tiles` of it are drawn at `tick` if the render clock is further behind, those
/// beyond `far_tiles` at the render clock, and those between in between: what is struck at must not be drawn further back than the
/// server looks back, and what is far away shall move smoothly. Method: P. Sharkey, M. Ryan, D. Roberts, "A Local Perception Filter
/// for Distributed Virtual Environments", 1998.
struct Striking {
  DrawnPoint at;  ///< the own character, tiles
  double near_tiles = 0;
  double far_tiles = 0;  ///< above near_tiles
  double tick = 0;
};

class Interpolation {
 public:
  explicit Interpolation(std::int32_t tick_hz) : tick_ms_(1000.0 / tick_hz) {}

  /// The replica has applied a frame.
  void on_frame(const replication::Replica& replica);
  /// Moves the render clock. `server_tick` is ServerClock::tick_at(now), `newest` the last frame's tick.
  void update(double now_ms, double server_tick, double lateness_ms, base::Tick newest);

  /// From the next draw() on; nothing: everybody is drawn at the render clock.
  void keep_up_near(const std::optional<Striking>& striking) { striking_ = striking; }

  [[nodiscard]] double render_tick() const { return render_tick_; }
  /// What those are drawn at that are struck at, at least render_tick().
  [[nodiscard]] double near_tick() const;
  [[nodiscard]] double delay_ticks() const { return server_tick_ - render_tick_; }
  /// Bodies to draw now; the buffer is valid until the next call. Costs only when called.
  std::span<BodyView> draw(const content::Content& content);
  /// What was last told of somebody, also of one that has just left; null when unknown.
  [[nodiscard]] const replication::Sight* last_seen(base::EntityId id) const;

 private:
  static constexpr std::size_t k_history = 6;  ///< things told of one body that may still be ahead of the render clock
  struct Told {
    base::Tick tick = 0;  ///< frame that told it
    replication::Sight sight;
  };
  struct Body {
    std::array<Told, k_history> told{};  ///< oldest first
    std::size_t count = 0;
    std::string name;
    base::Tick arrived = 0;
    base::Tick gone = 0;  ///< frame that took it away; 0 while in view
    // as drawn
    bool drawn = false;
    double ahead_ticks = 0;    ///< of the render clock, at least 0
    replication::Track track;  ///< the motion last drawn
    double error_x = 0;        ///< tiles, drawn minus track; fades
    double error_y = 0;
    DrawnPoint at;  ///< where it was drawn last, tiles
    bool was_dead = false;
  };
  void tell(Body& body, const replication::ReplicaEntity& entity, base::Tick tick);
  void mark_gone(const replication::Replica& replica);
  void forget_gone();
  void keep_up(Body& body, double elapsed_ms) const;
  void follow(Body& body, double elapsed_ms);
  [[nodiscard]] double tick_of(const Body& body) const { return render_tick_ + body.ahead_ticks; }
  [[nodiscard]] BodyView view_of(const Body& body, const content::Content& content) const;

  double tick_ms_;
  double server_tick_ = 0;
  double render_tick_ = 0;
  double newest_tick_ = 0;  ///< of the last frame
  std::optional<Striking> striking_;
  bool running_ = false;
  bool leapt_ = false;  ///< the render clock was set since the last draw()
  double updated_ms_ = 0;
  double drawn_ms_ = 0;
  std::size_t in_view_ = 0;  ///< bodies with gone == 0
  std::unordered_map<std::uint32_t, Body> bodies_;
  std::vector<BodyView> views_;
};

}  // namespace cudgel::core
