#include "in_process.h"

#include "common/baked_content.h"

namespace cudgel::test {

namespace {
realm::RealmOptions realm_options(const Setup& setup) {
  realm::RealmOptions options;
  options.seed = setup.seed;
  options.arena_side = setup.arena_side;
  options.start_level = setup.start_level;
  options.monsters = setup.monsters;
  return options;
}
}  // namespace

/// One road's end, as a session sees it.
struct InProcessServer::Peer final : session::Connection {
  Peer(InProcessServer& owner, net::MemoryServerEnd end) : server(owner), road(std::move(end)) {}

  [[nodiscard]] bool ready() const override { return !closed && !server.muted_ && road.has_room(k_room_bytes); }
  session::SendResult send(std::span<const std::uint8_t> message) override {
    return road.send(message) == core::SendResult::sent ? session::SendResult::sent : session::SendResult::closed;
  }
  void close(protocol::CloseCode code, std::string_view reason) override {
    road.close(static_cast<std::uint16_t>(code), std::string(reason));
    closed = true;
  }
  [[nodiscard]] const std::string& address() const override { return name; }

  /// More than any frame of these tests takes.
  static constexpr std::size_t k_room_bytes = 16384;
  InProcessServer& server;
  net::MemoryServerEnd road;
  session::ConnectionEvents* events = nullptr;
  bool closed = false;
  std::string name = "memory";
};

InProcessServer::InProcessServer(const content::Content& content, const Setup& setup, net::MemoryNetwork& network)
    : network_(network),
      realm_(content, realm_options(setup), {&inbox_}, stage_, metrics_, setup.store),
      store_(setup.store),
      residents_(setup.store),
      sessions_({content, 20, setup.arena_side, inbox_, residents_, metrics_, log_,
                 [&network] { return static_cast<ops::Nanoseconds>(network.now_ms() * ops::k_ns_per_ms); }}) {}

InProcessServer::~InProcessServer() = default;

void InProcessServer::tick() {
  while (auto road = network_.accept()) {
    Peer& peer = *peers_.emplace_back(std::make_unique<Peer>(*this, *std::move(road)));
    peer.events = &sessions_.opened(peer, {});
  }
  for (const auto& peer : peers_) read(*peer);
  if (store_ != nullptr) store_->flush();
  inbox_.hand_over();
  realm_.tick(0);
  sessions_.show(stage_.newest().picture, static_cast<ops::Nanoseconds>(network_.now_ms() * ops::k_ns_per_ms));
  std::erase_if(peers_, [](const auto& peer) {
    if (peer->closed) peer->events->closed();
    return peer->closed;
  });
  sessions_.sweep();
}

void InProcessServer::read(Peer& peer) {
  core::TransportEvent event;
  while (!peer.closed && peer.road.poll(event)) {
    if (event.type == core::TransportEvent::Type::closed) {
      peer.closed = true;
    } else if (turned_away_) {
      peer.road.close(turned_away_->first, turned_away_->second);
      peer.closed = true;
    } else {
      peer.events->message(event.message);
    }
  }
}

void InProcessServer::close_all(std::uint16_t code, const std::string& reason) {
  for (const auto& peer : peers_) {
    peer->road.close(code, reason);
    peer->events->closed();
  }
  peers_.clear();
  sessions_.sweep();
}

InProcess::InProcess(const Setup& setup) : network(setup.seed), server(baked_content(), setup, network), seed_(setup.seed) {
  network.conditions().delay_ms = setup.delay_ms;
  network.conditions().jitter_ms = setup.jitter_ms;
}

core::GameClient& InProcess::add_client(const std::string& name, std::uint8_t class_index) {
  core::GameClient& client = clients.emplace_back(baked_content(), network.make_transport(), seed_ * 31 + clients.size());
  client.join({"memory", name, class_index}, now_ms());
  return client;
}

void InProcess::run(double ms, const std::function<void()>& on_frame, const std::function<void()>& on_tick) {
  const double end = now_ms() + ms;
  for (;;) {
    const double next_frame = static_cast<double>(frames_ + 1) * k_frame_ms;
    const double next_tick = static_cast<double>(ticks_ + 1) * k_tick_ms;
    if (std::min(next_frame, next_tick) > end) break;
    if (next_tick <= next_frame) {
      ++ticks_;
      network.set_time(next_tick);
      server.tick();
      if (on_tick) on_tick();
    } else {
      ++frames_;
      network.set_time(next_frame);
      for (core::GameClient& client : clients) client.update(next_frame);
      if (on_frame) on_frame();
    }
  }
  network.set_time(end);
}

bool InProcess::run_until(double ms_max, const std::function<bool()>& done) {
  const double end = now_ms() + ms_max;
  while (now_ms() < end) {
    if (done()) return true;
    run(k_frame_ms);
  }
  return done();
}

}  // namespace cudgel::test
