#pragma once
// A wire that can be cut: carries bytes between clients and one server on the loopback, in pieces that are no message's, until it
// does not. One thread; never waits.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cudgel::test {

class Relay {
 public:
  explicit Relay(std::uint16_t server_port);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  void turn();
  /// All connections end here and now, and nobody answers any more.
  void cut();

 private:
  struct Lane {
    int from = -1;
    int to = -1;
    std::string under_way;
    bool ended = false;  ///< nothing more comes
  };
  struct Pair {
    Lane up;
    Lane down;
  };
  void accept_all();
  static bool carry(Lane& lane);

  std::uint16_t server_port_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::vector<Pair> pairs_;
};

}  // namespace cudgel::test
