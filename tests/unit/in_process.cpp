#include "in_process.h"

#include <variant>

#include "common/baked_content.h"
#include "protocol/client_message.h"

namespace cudgel::test {

namespace {
realm::RealmOptions realm_options(const Setup& setup) {
  realm::RealmOptions options;
  options.seed = setup.seed;
  options.arena_side = setup.arena_side;
  options.monsters = setup.monsters;
  return options;
}
}  // namespace

InProcessServer::InProcessServer(const content::Content& content, const Setup& setup, net::MemoryNetwork& network)
    : content_(content),
      setup_(setup),
      network_(network),
      realm_(content, realm_options(setup), {&inbox_}, stage_, metrics_, nullptr) {}

void InProcessServer::tick() {
  while (auto road = network_.accept()) peers_.push_back({.road = *std::move(road), .link = {}, .viewer = {}});
  for (Peer& peer : peers_) read(peer);
  inbox_.hand_over();
  realm_.tick(0);
  const auto picture = stage_.newest().picture;
  for (Peer& peer : peers_) show(peer, *picture);
  std::erase_if(peers_, [](const Peer& peer) { return peer.closed; });
}

void InProcessServer::read(Peer& peer) {
  core::TransportEvent event;
  while (!peer.closed && peer.road.poll(event)) {
    if (event.type == core::TransportEvent::Type::message) {
      on_message(peer, event.message);
    } else if (event.type == core::TransportEvent::Type::closed) {
      peer.closed = true;
      if (peer.link) peer.link->gone = true;
    }
  }
}

void InProcessServer::on_message(Peer& peer, std::span<const std::uint8_t> bytes) {
  const auto message = protocol::decode_client_message(bytes);
  if (!message) {
    ++malformed_;
    return;
  }
  if (const auto* hello = std::get_if<protocol::Hello>(&*message)) {
    if (turned_away_) {
      peer.road.close(turned_away_->first, turned_away_->second);
      peer.closed = true;
      return;
    }
    peer.link = std::make_shared<realm::PlayerLink>();
    inbox_.add(realm::JoinRequest{peer.link, hello->name, hello->class_index});
  } else if (const auto* acts = std::get_if<protocol::Acts>(&*message)) {
    peer.stamp = acts->stamp;
    if (!peer.viewer) return;
    for (std::size_t i = 0; i < acts->count; ++i) inbox_.add(realm::PlayerAct{peer.viewer->self(), acts->acts[i]});
  } else if (peer.link) {
    peer.link->gone = true;
  }
}

void InProcessServer::show(Peer& peer, const replication::Picture& picture) {
  if (peer.closed || !peer.link || muted_) return;
  if (!peer.viewer) {
    if (peer.link->verdict != realm::PlayerLink::Verdict::joined) return;
    peer.viewer.emplace(base::EntityId::unpack(peer.link->entity));
  }
  if (picture.player(peer.viewer->self()) == nullptr) return;
  replication::FrameExtras extras;
  extras.echo = peer.stamp;
  extras.slack_ticks = peer.link->slack_ticks.exchange(realm::k_slack_none);
  if (!peer.welcomed) extras.welcome = {20, setup_.arena_side, content_.hash()};
  peer.welcomed = true;
  peer.road.send(peer.viewer->encode(picture, extras, builder_));
}

void InProcessServer::close_all(std::uint16_t code, const std::string& reason) {
  for (Peer& peer : peers_) {
    peer.road.close(code, reason);
    if (peer.link) peer.link->gone = true;
  }
  peers_.clear();
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
