#include "record/sessions.h"

#include <map>

#include "record/replay.h"

namespace cudgel::record {
namespace {

class Collector {
 public:
  explicit Collector(base::Tick began) : began_(began) {}

  void on_tick(base::Tick now, const Tick& tick, const sim::Events& events) {
    list_.ticks = now - began_;
    for (const sim::Command& command : tick.commands) {
      if (command.type == sim::Command::Type::act) act(command);
      if (command.type == sim::Command::Type::leave) playing_.erase(command.who);
    }
    for (const sim::Event& event : events) {
      if (event.type == sim::EventType::joined && event.target.valid()) join(tick, event);
    }
    for (const auto& [who, number] : playing_) list_.players[number].length = list_.ticks - list_.players[number].joined;
  }
  SessionList take() { return std::move(list_); }

 private:
  void act(const sim::Command& command) {
    const auto found = playing_.find(command.who);
    if (found == playing_.end()) return;  // was there when the recording began and is sent away
    PlayerSession& player = list_.players[found->second];
    player.acts.push_back({list_.ticks - player.joined, command.intent.heading, command.intent.attack});
  }
  void join(const Tick& tick, const sim::Event& event) {
    PlayerSession player;
    player.joined = list_.ticks;
    for (const sim::Command& command : tick.commands) {
      if (command.type == sim::Command::Type::join && command.ticket == event.ticket) player.class_index = command.class_index;
    }
    playing_[event.target] = list_.players.size();
    list_.players.push_back(player);
  }

  base::Tick began_;
  SessionList list_;
  std::map<base::EntityId, std::size_t> playing_;  ///< who is who in list_.players
};

}  // namespace

base::Result<SessionList, ReadError> collect_sessions(std::span<const std::uint8_t> recording, const content::Content& content) {
  Reader reader(recording);
  std::unique_ptr<Replay> replay;
  std::optional<Collector> collector;
  std::int32_t tick_hz = 0;
  for (;;) {
    const auto chunk = reader.next();
    if (!chunk) return base::fail(chunk.error());
    if (!*chunk) break;
    if (const auto* start = std::get_if<Start>(&**chunk)) {
      auto begun = Replay::begin(content, *start);
      if (!begun) return base::fail(begun.error());
      replay = std::move(*begun);
      collector.emplace(replay->world().tick());
      tick_hz = start->options.tick_hz;
    } else if (const auto* second = std::get_if<Second>(&**chunk)) {
      replay->play_on(*second, [&](const Tick& tick, const sim::Events& events) {
        collector->on_tick(replay->world().tick(), tick, events);
      });
    }
  }
  if (!collector) return base::fail(ReadError{"it breaks off before the world stood"});
  SessionList list = collector->take();
  list.tick_hz = tick_hz;
  return list;
}

}  // namespace cudgel::record
