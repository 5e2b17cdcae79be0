#pragma once
// The players of the kill test: real clients that come back by themselves and remember what they were told. A Fighter fights, loots, rises, drops, takes up and trades with
// other fighters; a Trader trades items and gold both ways with other traders, buys, sells and banks.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "company.h"
#include "core/game_client.h"
#include "net_native/native_network.h"

namespace cudgel::test {

inline double now_ms() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// How much there is of everything, by item; the last is gold.
using Sums = std::vector<std::int64_t>;
void add(Sums& sums, const sim::Belongings& own);
void add(Sums& sums, const Sums& more);

/// Whoever is told something by a server that may be dead the next moment.
class KillPlayer {
 public:
  KillPlayer(net::NativeNetwork& network, std::uint16_t port, const std::string& name,
             const std::optional<protocol::Token>& token, std::uint64_t seed);
  virtual ~KillPlayer() = default;
  KillPlayer(const KillPlayer&) = delete;
  KillPlayer& operator=(const KillPlayer&) = delete;
  /// Whether it waits for the server by itself, or its page is opened anew, and knows nothing but the last token it was told.
  void come_back(bool by_itself);
  /// With the server that runs now, and has heard what it owns: that the last one is dead is noticed a moment later.
  [[nodiscard]] bool is_back() const;
  /// What it was told before the server died is what it has now, or more had been done by then than it had heard of.
  [[nodiscard]] bool was_told_the_truth() const;
  [[nodiscard]] const sim::Belongings& owned() const { return owned_; }
  [[nodiscard]] std::uint64_t disconnects() const { return client_.stats().disconnects; }
  [[nodiscard]] bool sees_monster_of_level(std::uint16_t level) const;
  [[nodiscard]] const std::string& message() const { return client_.message(); }

 protected:
  /// Reads what the server says; whether it is back.
  bool hear();
  /// A client has begun anew: what it wants has to be said to it again.
  virtual void begin() {}
  void forget_server();

  net::NativeNetwork* network_;
  core::JoinOptions options_;
  core::GameClient client_;
  base::Random random_;
  sim::Belongings owned_;  ///< as told last

 private:
  sim::Belongings safe_;                        ///< as told last before the server was killed
  std::optional<sim::Belongings> owned_again_;  ///< as told first by the server that runs now
  std::uint64_t deaths_ = 0;                    ///< of connections that it has to notice before it plays again
};

class Fighter : public KillPlayer {
 public:
  Fighter(net::NativeNetwork& network, std::uint16_t port, std::size_t number);
  void update(bool may_act);
  /// The server is dead.
  void remember();
  /// The level is as told last, and of the experience nothing is missing that was told a second before the end.
  [[nodiscard]] bool rose_for_good() const {
    return came_back_with_ >= safe_worth_ && came_back_with_ / k_level_worth >= safe_level_;
  }
  [[nodiscard]] std::string worth() const;
  [[nodiscard]] std::int64_t safe_level() const { return safe_level_; }
  /// What of everything it saw lying on the ground before the server died, by the thing.
  [[nodiscard]] const std::map<std::uint32_t, std::pair<std::uint8_t, std::uint16_t>>& lying() const { return lying_; }

 private:
  static constexpr std::int64_t k_level_worth = 1000000;
  void begin() override;
  void do_something();

  bots::Company company_;
  double next_deed_ms_ = 0;
  std::vector<std::pair<double, std::int64_t>> told_;  ///< when, and what its level and experience were worth
  std::int64_t safe_worth_ = 0;
  std::int64_t safe_level_ = 0;
  std::int64_t came_back_with_ = 0;
  bool knows_worth_ = false;
  std::map<std::uint32_t, std::pair<std::uint8_t, std::uint16_t>> lying_;
};

class Trader : public KillPlayer {
 public:
  /// Of what lies in these cells it sells, and never offers any.
  static constexpr std::uint8_t k_pelts = 20;
  static constexpr std::uint8_t k_candles = 21;

  Trader(net::NativeNetwork& network, std::uint16_t port, std::size_t number, const protocol::Token& token);
  static std::string name_of(std::size_t number) { return "Trader " + std::to_string(number); }
  void update(bool may_deal);
  void remember();
  /// What the trader and the bank have told it was done since the last call.
  Sums take_done();
  /// What was asked for and not answered when the server died: it was done, or not.
  [[nodiscard]] const std::optional<Sums>& in_flight() const { return in_flight_; }
  [[nodiscard]] int exchanged() const { return exchanged_; }
  [[nodiscard]] int errands() const { return errands_; }

 private:
  void deal();
  void run_errand();
  protocol::Ticket<protocol::Deed> ask(sim::DeedType type, std::uint8_t cell, std::uint8_t item, std::uint16_t count,
                                       std::uint32_t gold, base::EntityId who = {});

  protocol::Ticket<protocol::Deed> dealing_;
  protocol::Ticket<protocol::Deed> errand_;
  Sums change_;  ///< what the errand under way does to the sums, if it is done
  Sums done_;
  std::optional<Sums> in_flight_;
  bool was_open_ = false;
  int exchanged_ = 0;
  int errands_ = 0;
  double next_errand_ms_ = 0;
};

}  // namespace cudgel::test
