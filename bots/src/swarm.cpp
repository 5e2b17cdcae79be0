#include "swarm.h"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot.h"
#include "clock.h"
#include "protocol/client_message.h"
#include "road.h"
#include "stranger.h"

namespace cudgel::bots {

namespace {
/// How long the loop sleeps: a longer sleep gathers more work per wake-up, but frames are noticed this much later. Each
/// wake-up asks the kernel about every socket, so a large swarm sleeps longer.
constexpr double k_sleep_ms = 2;
constexpr double k_sleep_large_ms = 5;
constexpr int k_large = 1500;
/// For connecting, beside the time the pace takes.
constexpr double k_connect_patience_ms = 10000;
/// The swarm itself sets the pace, so that a bot's patience does not begin before its turn.
constexpr double k_no_pace = 1e9;
/// Of those who have a tale.
constexpr double k_tell_every_ms = 5 * 60000.0;
/// Frames still on their way when the players leave.
constexpr double k_farewell_ms = 300;
/// Behaviour stall: so long nothing is read and sent, once in every so long. Shorter than the server's patience (OPERATING.md).
constexpr double k_stall_ms = 3000;
constexpr double k_stall_every_ms = 8000;

double cpu_ms() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto ms = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return ms(usage.ru_utime) + ms(usage.ru_stime);
}

/// A socket each, or one for each direction, and some.
void allow_descriptors(const Options& options) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = static_cast<rlim_t>(options.players) * (options.http_road ? 2 : 1) + 128;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
}

class Swarm {
 public:
  Swarm(const content::Content& content, const Options& options, const Cast& cast)
      : cast_(cast),
        network_({static_cast<std::size_t>(options.players), k_no_pace}),
        pause_ms_(options.players < k_large ? k_sleep_ms : k_sleep_large_ms),
        places_(static_cast<std::size_t>(options.players), Place::before) {
    const auto maps = std::make_shared<core::PlayMaps>();
    const auto lands = std::make_shared<Lands>();
    // Held by the lands, so that all clients get this one.
    if (options.behaviour == Behaviour::adventure) lands->prepare(content, maps->get(content, 0));
    for (int i = 1; i <= options.players; ++i) {
      if (misbehaves(options.behaviour)) {
        visitors_.push_back(std::make_unique<Stranger>(make_road(options, i), hello_of(content, i), options, i));
      } else {
        visitors_.push_back(std::make_unique<Bot>(content, network_, maps, lands, options, i, now_ms, cast));
      }
    }
    stalls_ = options.behaviour == Behaviour::stall;
  }

  /// Lets those come whose turn it is, `elapsed_ms` after the first.
  void join(double elapsed_ms, double per_second) {
    const auto due = static_cast<std::size_t>(elapsed_ms / 1000 * per_second) + 1;
    for (; joined_ < std::min(due, visitors_.size()); ++joined_) visitors_[joined_]->join(now_ms());
  }
  /// Lets those come and go whose recorded time it is, `elapsed_ms` after the first.
  void follow_cast(double elapsed_ms) {
    for (std::size_t i = 0; i < visitors_.size(); ++i) {
      const auto bot = static_cast<int>(i);
      if (places_[i] == Place::before && elapsed_ms >= cast_.comes_ms(bot)) {
        visitors_[i]->join(now_ms());
        places_[i] = Place::there;
      } else if (places_[i] == Place::there && elapsed_ms >= cast_.leaves_ms(bot) && visitors_[i]->connected()) {
        visitors_[i]->leave();
        places_[i] = Place::gone;
      }
    }
  }
  void turn(Report& report) {
    rest();
    const double now = now_ms();
    for (const auto& visitor : visitors_) visitor->tend(now, report);
  }
  /// turn(), but those who stall do nothing at all for a part of the time: what the server sends stays in the sockets.
  void measured_turn(Report& report, double elapsed_ms) {
    if (stalls_ && std::fmod(elapsed_ms, k_stall_every_ms) < k_stall_ms) return sleep_ms(pause_ms_);
    turn(report);
  }
  void leave() {
    for (const auto& visitor : visitors_) visitor->leave();
    const double end = now_ms() + k_farewell_ms;
    while (now_ms() < end) rest();
  }
  /// Tells people how far everybody has come, once in k_tell_every_ms; nothing when there is nothing to tell.
  void tell_progress(double elapsed_ms, double all_ms) {
    if (elapsed_ms < tell_at_ms_) return;
    tell_at_ms_ += k_tell_every_ms;
    std::map<std::string, int> counts;
    for (const auto& visitor : visitors_) {
      if (const std::string word = visitor->progress(); !word.empty()) ++counts[word];
    }
    if (counts.empty()) return;
    std::string line;
    for (const auto& [word, count] : counts) line += ", " + word + (count > 1 ? " x " + std::to_string(count) : "");
    std::fprintf(stderr, "minute %.0f of %.0f%s\n", elapsed_ms / 60000, all_ms / 60000, line.c_str());
  }
  const std::vector<std::unique_ptr<Visitor>>& visitors() const { return visitors_; }

 private:
  enum class Place : std::uint8_t { before, there, gone };

  std::unique_ptr<core::Transport> make_road(const Options& options, int number) {
    auto road = begin_road(network_, options, nullptr);
    if (!options.net) return road;
    return std::make_unique<net::SimulatedTransport>(std::move(road), *options.net,
                                                     options.seed + static_cast<std::uint64_t>(number), now_ms);
  }
  static std::vector<std::uint8_t> hello_of(const content::Content& content, int number) {
    protocol::Hello hello;
    hello.name.assign("stranger " + std::to_string(number));
    hello.content_hash = content.hash();
    flatbuffers::FlatBufferBuilder builder;
    const auto bytes = protocol::encode(hello, builder);
    return {bytes.begin(), bytes.end()};
  }
  void rest() {
    sleep_ms(pause_ms_);
    network_.service(now_ms());
  }

  const Cast& cast_;
  net::NativeNetwork network_;
  double pause_ms_;
  std::vector<std::unique_ptr<Visitor>> visitors_;
  std::vector<Place> places_;  ///< of the cast
  double tell_at_ms_ = k_tell_every_ms;
  bool stalls_ = false;
  std::size_t joined_ = 0;
};
}  // namespace

Report run_swarm(const content::Content& content, const Options& options, const Cast& cast, const std::atomic<bool>& stop) {
  allow_descriptors(options);
  Swarm swarm(content, options, cast);
  Report report;
  report.players = options.players;
  report.transport = options.transport;

  const double began = now_ms();
  const double patience = k_connect_patience_ms + 1000.0 * options.players / options.connects_per_second;
  const auto all_settled = [&] {
    return std::all_of(swarm.visitors().begin(), swarm.visitors().end(), [](const auto& visitor) { return visitor->settled(); });
  };
  while (cast.empty() && !stop && !all_settled() && now_ms() - began < patience) {
    swarm.join(now_ms() - began, options.connects_per_second);
    swarm.turn(report);
  }
  report.connect_seconds = (now_ms() - began) / 1000;

  for (const auto& visitor : swarm.visitors()) visitor->begin_measuring(now_ms());
  for (Histogram* each : {&report.frame_interval, &report.latency, &report.correction, &report.correction_free}) each->clear();
  report.entities_seen = report.hits_given = report.hits_taken = 0;
  report.frames_received = report.bytes_received = 0;
  report.closes.clear();
  const double from = now_ms();
  const double cpu_from = cpu_ms();
  while (!stop && now_ms() - from < options.seconds * 1000) {
    if (!cast.empty()) swarm.follow_cast(now_ms() - from);
    swarm.measured_turn(report, now_ms() - from);
    swarm.tell_progress(now_ms() - from, options.seconds * 1000);
  }
  report.seconds = (now_ms() - from) / 1000;
  report.cpu_ms = cpu_ms() - cpu_from;
  for (const auto& visitor : swarm.visitors()) visitor->add_totals(report);
  const double end = now_ms();
  report.stayed_connected = !stop && std::all_of(swarm.visitors().begin(), swarm.visitors().end(),
                                                 [end](const auto& visitor) { return visitor->answered(end); });
  swarm.leave();
  return report;
}

}  // namespace cudgel::bots
