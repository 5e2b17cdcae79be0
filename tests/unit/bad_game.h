#pragma once
// An in-process game whose clients all sit behind simulated networks, each with its own seed: what one player sees of the others
// on a bad road. It only puts them there; what they do is the test's business.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "in_process.h"
#include "net_simulated/net_spec.h"
#include "net_simulated/simulated_transport.h"

namespace cudgel::test {

/// A wrong spec fails the test.
net::NetSpec spec_of(const std::string& text);

class BadGame {
 public:
  explicit BadGame(const Setup& setup) : game(setup), seed_(setup.seed) {}

  using Wrap = std::function<std::unique_ptr<core::Transport>(std::unique_ptr<core::Transport>)>;
  /// `near` is put between the client and its bad road, `far` between the road and the server.
  core::GameClient& add_player(const std::string& spec, std::uint8_t class_index = 0, const Wrap& near = {},
                               const Wrap& far = {});

  core::GameClient& client(std::size_t index = 0) { return game.clients[index]; }
  net::SimulatedTransport& road(std::size_t index = 0) { return *roads_[index]; }
  /// For everybody, from now on.
  void set_spec(const std::string& spec);

  InProcess game;

 private:
  std::uint64_t seed_;
  std::vector<net::SimulatedTransport*> roads_;
};

}  // namespace cudgel::test
