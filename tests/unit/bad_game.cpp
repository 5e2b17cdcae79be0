#include "bad_game.h"

#include <gtest/gtest.h>

#include "common/baked_content.h"

namespace cudgel::test {

net::NetSpec spec_of(const std::string& text) {
  const auto spec = net::parse_net_spec(text);
  EXPECT_TRUE(spec) << text << ": " << spec.error();
  return spec ? *spec : net::NetSpec();
}

core::GameClient& BadGame::add_player(const std::string& spec, std::uint8_t class_index, const Wrap& near, const Wrap& far) {
  const std::size_t number = game.clients.size();
  const std::uint64_t seed = seed_ * 100 + number;
  std::unique_ptr<core::Transport> transport = game.network.make_transport();
  if (far) transport = far(std::move(transport));
  auto road =
      std::make_unique<net::SimulatedTransport>(std::move(transport), spec_of(spec), seed, [this] { return game.now_ms(); });
  roads_.push_back(road.get());
  transport = std::move(road);
  if (near) transport = near(std::move(transport));
  core::GameClient& client = game.clients.emplace_back(baked_content(), std::move(transport), seed);
  client.join({"memory", "player " + std::to_string(number), class_index}, game.now_ms());
  return client;
}

void BadGame::set_spec(const std::string& spec) {
  for (net::SimulatedTransport* road : roads_) road->set_spec(spec_of(spec));
}

}  // namespace cudgel::test
