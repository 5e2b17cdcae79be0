#pragma once
// A running server with a small page and the real content, and a player who has joined it.

#include <gtest/gtest.h>

#include <deque>
#include <memory>

#include "common/baked_content.h"
#include "common/wait_for.h"
#include "process.h"
#include "protocol/client_message.h"
#include "protocol/server_frame.h"
#include "replication/replica.h"
#include "ws_client.h"

namespace cudgel::test {

std::string hello_bytes(const std::string& name = "Ann", std::uint8_t class_index = 0,
                        std::uint64_t hash = baked_content().hash());
std::string acts_bytes(const protocol::Acts& acts);

/// A client that understands what it is told.
class Player {
 public:
  explicit Player(std::uint16_t port, const std::string& name = "Ann", const WsRequest& request = {});
  /// Applies the next frame; false when none came.
  bool frame(Milliseconds time = Milliseconds(3000));
  /// Wants something from the newest tick on.
  bool act(std::uint8_t heading, bool attack = false);
  WsClient& socket() { return socket_; }
  [[nodiscard]] const replication::Replica& replica() const { return replica_; }
  [[nodiscard]] const protocol::Frame* last() const { return last_; }

 private:
  WsClient socket_;
  protocol::FrameReader reader_;
  replication::Replica replica_;
  const protocol::Frame* last_ = nullptr;
  std::uint32_t sequence_ = 0;
};

/// For what another thread of the server does soon; it only matters when a test fails.
inline constexpr std::chrono::seconds k_counted_within{20};

class ServerTest : public ::testing::Test {
 protected:
  ServerTest();
  /// Starts the server with --listen 127.0.0.1:0 --web and these.
  void start(const std::vector<std::string>& arguments = {});
  /// A player who has had the first frame, of the server started with these arguments, or of the one that runs already.
  Player& joined(const std::vector<std::string>& arguments = {});
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] ServerProcess& server() { return *server_; }
  /// Reads /metrics; the value of the line that begins with `name` and a space, or -1.
  [[nodiscard]] double metric(const std::string& name) const;
  /// Waits until it has that value: the server's threads count a little after, or before, a client sees why.
  [[nodiscard]] ::testing::AssertionResult metric_becomes(const std::string& name, double value) const;

  TemporaryDirectory web_;
  std::unique_ptr<ServerProcess> server_;
  std::deque<Player> players_;
};

}  // namespace cudgel::test
