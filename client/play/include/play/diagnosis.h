#pragma once
// Why the game did not run smoothly just now, in plain words: the network, the server, or this page. Learns from what each update
// saw (core::UpdateReport) and from when updates ran; time is an argument. It changes nothing and draws nothing.
//
// News from the server is overdue when more than a tick passes without any. Of that time the part in which the page itself did not
// run is the page's, the part that the server says its tick was late is the server's (Head.late_ms), and the rest is the network's.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "core/update_report.h"
#include "play/words.h"

namespace cudgel::game {

enum class Cause : std::uint8_t { none, network, server, page };
/// "network", "server", "page", "none".
const char* cause_key(Cause cause);

enum class Trouble : std::uint8_t {
  stalled,    ///< network: nothing arrived
  held_back,  ///< network: what we sent came late
  lost,       ///< network: the connection
  tick_late,  ///< server
  slow,       ///< page: it did not run
};
Cause cause_of(Trouble trouble);

struct Disturbance {
  Trouble trouble = Trouble::stalled;
  double began_ms = 0;
  double ended_ms = 0;
  double worst_ms = 0;  ///< the longest single one
  int times = 1;        ///< soon after each other: they count as one disturbance
};
/// "Your network stalled for 400 ms", in the language of `words`.
std::string words_of(const Disturbance& disturbance, const Words& words);

struct Verdict {
  Cause cause = Cause::none;
  std::string words;   ///< a sentence without a full stop
  double age_ms = -1;  ///< since it was over; negative: it is how things are now
  bool well = false;   ///< nothing is wrong
};

class Diagnosis {
 public:
  /// After each GameClient::update(). `hidden`: nobody looks and the browser lets the page run now and then only; what happens
  /// meanwhile, and until the update after, is nobody's fault.
  void on_update(const core::UpdateReport& report, bool hidden);

  /// What to say now: what goes on, else the newest disturbance of the last seconds, else how things are in general.
  [[nodiscard]] Verdict verdict(double now_ms, const Words& words) const;
  /// The last disturbances, oldest first, at most k_recent_max, none longer ago than k_recent_ms.
  [[nodiscard]] const std::deque<Disturbance>& recent() const { return recent_; }

  static constexpr std::size_t k_recent_max = 16;
  static constexpr double k_recent_ms = 60000;

 private:
  void begin_anew();
  void watch_connection(const core::UpdateReport& report);
  void watch_page(const core::UpdateReport& report);
  void watch_arrivals(const core::UpdateReport& report);
  void watch_acts(const core::UpdateReport& report);
  void note(Trouble trouble, double began_ms, double ended_ms, double lasted_ms);
  [[nodiscard]] Verdict in_general(const Words& words) const;

  std::deque<Disturbance> recent_;
  core::Phase phase_ = core::Phase::idle;
  bool was_hidden_ = false;
  double playing_since_ms_ = 0;
  double lost_ms_ = -1;               ///< when the connection was lost; negative: it is not
  double updated_ms_ = -1;            ///< negative: the time before says nothing
  double arrived_ms_ = -1;            ///< last news; the same
  double page_pause_ms_ = 0;          ///< longest time without an update since then
  double disturbed_ms_ = -1e9;        ///< when the last disturbance ended
  double interval_ms_ = 1000.0 / 60;  ///< between updates, smoothed
  double round_trip_ms_ = 0;          ///< smoothed
  double usual_lateness_ms_ = 0;
  double tick_ms_ = 50;
  double stuck_since_ms_ = -1;  ///< since when bytes have waited to be sent; negative: none do
};

}  // namespace cudgel::game
