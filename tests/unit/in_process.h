#pragma once
// Server and clients in one process on a clock the test moves: the real sessions, realm and viewers on one side, real
// GameClients on the other, a simulated network between. One seed decides everything, so that a failure can be run again.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "content/content.h"
#include "core/game_client.h"
#include "net_memory/memory_network.h"
#include "ops/metrics.h"
#include "realm/inbox.h"
#include "realm/realm.h"
#include "realm/stage.h"
#include "session/sessions.h"
#include "store/store_thread.h"

namespace cudgel::test {

struct Setup {
  std::uint64_t seed = 1;
  double delay_ms = 0;                  ///< one way
  double jitter_ms = 0;                 ///< of each message, +-
  std::uint16_t arena_side = 32;        ///< tiles; 0: the content's map
  std::int32_t monsters = 0;            ///< arena only
  store::StoreThread* store = nullptr;  ///< where characters stay, null: nowhere
  std::int32_t start_level = 1;         ///< of newcomers
};

/// A server without sockets: its real sessions, realm and viewers on connections made of memory.
class InProcessServer {
 public:
  InProcessServer(const content::Content& content, const Setup& setup, net::MemoryNetwork& network);
  ~InProcessServer();

  /// Reads what has come, makes one tick, sends the frames.
  void tick();
  /// Closes every connection with that code from the server's side.
  void close_all(std::uint16_t code, const std::string& reason);
  /// From now on every new connection is closed with that code after its Hello.
  void turn_away(std::uint16_t code, const std::string& reason) { turned_away_ = {code, reason}; }
  /// Sends nothing any more, but keeps reading.
  void mute(bool muted) { muted_ = muted; }

  [[nodiscard]] const sim::World& world() const { return realm_.world(); }
  [[nodiscard]] std::shared_ptr<const replication::Picture> picture() const { return stage_.newest().picture; }
  [[nodiscard]] const ops::Metrics& metrics() const { return metrics_; }
  [[nodiscard]] std::uint64_t acts_late() const { return metrics_.acts_late.value(); }
  [[nodiscard]] std::uint64_t malformed() const {
    return metrics_.refusals[static_cast<std::size_t>(ops::Refusal::malformed)].value();
  }
  [[nodiscard]] session::Residents& residents() { return residents_; }

 private:
  struct Peer;
  void read(Peer& peer);

  net::MemoryNetwork& network_;
  ops::Metrics metrics_;
  ops::LimitedLog log_;
  realm::Inbox inbox_;
  realm::Stage stage_;
  realm::Realm realm_;
  store::StoreThread* store_;  ///< its thread runs on a clock of its own, so each tick waits for it
  session::Residents residents_;
  session::Sessions sessions_;
  std::deque<std::unique_ptr<Peer>> peers_;
  std::optional<std::pair<std::uint16_t, std::string>> turned_away_;
  bool muted_ = false;
};

/// Moves the clock: server ticks every 50 ms, clients update 60 times a second.
class InProcess {
 public:
  explicit InProcess(const Setup& setup);

  core::GameClient& add_client(const std::string& name, std::uint8_t class_index = 0);
  /// Runs for that long. `on_frame` is called after every display frame's updates, `on_tick` after every tick of the server.
  void run(double ms, const std::function<void()>& on_frame = {}, const std::function<void()>& on_tick = {});
  /// Runs until `done` or the time is over; tells which.
  bool run_until(double ms_max, const std::function<bool()>& done);

  [[nodiscard]] double now_ms() const { return network.now_ms(); }
  static constexpr double k_frame_ms = 1000.0 / 60;
  static constexpr double k_tick_ms = 50;

  net::MemoryNetwork network;
  InProcessServer server;
  std::deque<core::GameClient> clients;

 private:
  std::uint64_t seed_;
  std::uint64_t frames_ = 0;
  std::uint64_t ticks_ = 0;
};

}  // namespace cudgel::test
