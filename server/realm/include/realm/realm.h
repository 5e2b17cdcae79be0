#pragma once
// The world with its players: takes the inputs of all network threads, steps the sim, shows the result. One tick is one call,
// so that tests run it on a clock of their own; RealmThread calls it by the real one. Never waits for network or disk.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "content/content.h"
#include "ops/metrics.h"
#include "realm/command_schedule.h"
#include "realm/crier.h"
#include "realm/inbox.h"
#include "realm/stage.h"
#include "recorder/recorder.h"
#include "replication/publisher.h"
#include "sim/world.h"
#include "store/store_thread.h"

namespace cudgel::realm {

/// A character whose connection was lost stays for this long: time to find another network, not to be a statue.
inline constexpr std::int32_t k_away_s = 60;
/// How often a character's place and health are written down; what it gains is at once.
inline constexpr std::int32_t k_keep_interval_s = 5;

struct RealmOptions {
  std::int32_t tick_hz = 20;
  std::uint64_t seed = 1;
  std::uint16_t arena_side = 0;           ///< tiles; 0: the content's map
  bool free_fights = false;               ///< arena only: players fight each other on all of it
  std::int32_t start_level = 1;           ///< of newcomers; held to what there is
  std::optional<base::Vec2> start_at;     ///< units: where newcomers come in, a free place on the content's map; else its starts
  std::vector<std::uint8_t> start_items;  ///< indices of the content; in the bag of each newcomer, at most sim::k_bag_cells
  std::int32_t monsters = 0;              ///< arena only
  std::vector<std::uint8_t> monster_kinds;  ///< arena only: which, in turn; none: those that visit players
  std::int32_t players_max = 2000;
  std::int32_t save_interval_s = 10;
};

class Realm {
 public:
  /// `content`, `inboxes`, `stage` and `metrics` must outlive the realm. `store` may be null: nothing is kept.
  Realm(const content::Content& content, const RealmOptions& options, std::vector<Inbox*> inboxes, Stage& stage,
        ops::Metrics& metrics, store::StoreThread* store);

  [[nodiscard]] store::WorldKey key() const;
  /// Takes a saved world over; its players are sent away at the first tick, for their connections are gone. On error the realm is fresh.
  base::Result<void, sim::RestoreError> restore(std::span<const std::uint8_t> bytes);

  /// What a recording of this realm has to begin with; the content's bytes are the caller's to add.
  [[nodiscard]] record::Start recording_start() const;
  /// From the next tick on everything is recorded. `recorder` must outlive the last tick; null: no more.
  void record_to(recorder::Recorder* recorder) { recorder_ = recorder; }

  /// From the next tick on `crier` hears what everybody is to be told. It must outlive the last tick; null: nobody is told.
  void announce_to(Crier* crier) { crier_ = crier; }

  /// From the next tick on new spawns are as `next` has them (sim::World::exchange). On any thread.
  void exchange(std::shared_ptr<const content::Content> next);

  /// One tick. `next_tick_ns` is told to the network threads: when the following tick begins. `late_ns`: how long after it was due it
  /// begins; players are told.
  void tick(ops::Nanoseconds next_tick_ns, ops::Nanoseconds late_ns = 0);
  /// Hands the world to the store thread now.
  void save();
  /// Hands it all characters that are written down there.
  void keep_everybody();

  [[nodiscard]] const sim::World& world() const { return *world_; }
  [[nodiscard]] std::size_t players() const { return players_.size(); }

 private:
  struct Player {
    base::EntityId entity;
    std::shared_ptr<PlayerLink> link;
    CommandSchedule schedule;
    base::Tick away_since = 0;  ///< 0: somebody speaks for it
    bool owed = false;          ///< has earned what the store could not be told yet
  };
  struct Joining {
    std::uint64_t ticket = 0;
    std::shared_ptr<PlayerLink> link;
  };

  void make_world();
  void take_exchange();
  void populate_arena();
  void take_inputs();
  void schedule_act(const PlayerAct& input);
  void command_joins();
  void command_leaves();
  void command_leave(base::EntityId who);
  /// Out of the world for good, not to be claimed again.
  void dismiss(std::size_t position);
  /// Sends the one away who has been away for longest; false when nobody is.
  bool make_room();
  /// Keeps who is away safe; true when it has been away for too long.
  bool shelter(Player& player);
  void command_acts();
  void command_deeds();
  /// The player of an id that a session gave, or nullptr.
  Player* player_of(base::EntityId who);
  /// What of what players own has changed, and what became of their deeds: to the store and to the ledgers.
  void post_belongings();
  void settle_joins();
  void add_player(base::EntityId entity, std::shared_ptr<PlayerLink> link);
  void remove_player(std::size_t position);
  static void turn_away(PlayerLink& link);
  /// A character's state is to be handed to the store, if it is written down there.
  void keep(Player& player);
  /// Hands over what was kept since the last time, all at once.
  void hand_over();
  /// Whether a bargain may be closed now: what came of it could be kept for both of them or for neither.
  bool may_agree(base::EntityId who);
  /// What of bargains and parties has changed: to the ledgers.
  void post_together();
  void keep_gains();
  void count_duels();
  void keep_in_turn();
  void save_if_due();

  const content::Content& content_;
  RealmOptions options_;
  content::MapSpec own_map_;  ///< the arena, or the content's map with another start; else empty
  std::vector<Inbox*> inboxes_;
  Stage& stage_;
  ops::Metrics& metrics_;
  store::StoreThread* store_;
  recorder::Recorder* recorder_ = nullptr;
  Crier* crier_ = nullptr;

  std::mutex exchange_mutex_;
  std::shared_ptr<const content::Content> next_content_;  ///< under exchange_mutex_, until the next tick
  std::atomic<bool> exchange_waits_{false};               ///< spares a look at each tick
  std::shared_ptr<const content::Content> exchanged_;     ///< what the world plays with, once something was exchanged
  std::unique_ptr<sim::World> world_;
  replication::Publisher publisher_;
  std::vector<Player> players_;
  std::vector<std::int32_t> player_of_slot_;  ///< position in players_ by entity index, -1 for none
  std::vector<Joining> joining_;
  std::vector<base::EntityId> strangers_;  ///< restored players without a connection
  std::uint64_t next_ticket_ = 1;
  base::Tick saved_at_ = 0;
  InputBatch batch_;
  std::vector<PlayerDeed> held_deeds_;  ///< for the next tick; a session has one under way
  std::vector<store::StoreThread::Keeping> keeping_;
  std::vector<sim::Command> commands_;
  sim::Events events_;
};

}  // namespace cudgel::realm
