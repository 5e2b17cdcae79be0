// Goal: the server ends cleanly, tells the players, keeps the world, and finds it again; what it cannot use it keeps and names.
// Method: the real binary, signals, a --data directory, and bytes broken by hand.

#include <signal.h>

#include "fixture.h"

namespace cudgel::test {
namespace {

class Life : public ServerTest {
 protected:
  [[nodiscard]] std::string world_file() const { return data_.path() + "/world.sqlite"; }
  TemporaryDirectory data_;
};

TEST_F(Life, sigterm_tells_the_players_and_ends_with_0) {
  Player& player = joined();
  const RawSocket idle(port());
  server().send_signal(SIGTERM);
  const auto close = player.socket().wait_close();
  ASSERT_TRUE(close);
  EXPECT_EQ(close->code, 1001);
  EXPECT_EQ(close->reason, "the server is restarting: you will be taken back in");
  const Ending ending = server().wait();
  EXPECT_EQ(ending.status, 0) << ending.err;
  EXPECT_EQ(ending.out.find('\n'), ending.out.size() - 1) << "one line, no more: " << ending.out;
}

TEST_F(Life, sigint_ends_with_0_even_when_a_player_does_not_listen) {
  start();
  WsClient deaf(port());
  deaf.send(WsClient::as_bytes(hello_bytes()));
  ASSERT_TRUE(deaf.message().has_value());
  server().send_signal(SIGHUP);
  EXPECT_TRUE(deaf.message().has_value()) << "SIGHUP ends nobody's stay";
  server().send_signal(SIGINT);
  // wait() kills who does not end.
  EXPECT_EQ(server().wait().status, 0);
}

TEST_F(Life, the_world_is_back_after_a_restart_without_its_players) {
  const std::vector<std::string> arguments{"--data", data_.path(), "--arena", "64", "--monsters", "40"};
  start(arguments);
  base::Tick before = 0;  // as the player was told it: the metric follows a moment later
  {
    Player player(port());
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(player.frame());
    before = player.replica().tick();
  }
  EXPECT_GE(before, 30U);
  EXPECT_EQ(server().stop().status, 0);

  start(arguments);
  EXPECT_NE(server().log().find("is back at tick"), std::string::npos) << server().log();
  Player player(port(), "Again");
  ASSERT_TRUE(player.frame());
  EXPECT_GE(player.replica().tick(), before);
  EXPECT_TRUE(metric_becomes("cudgel_players", 1));
  EXPECT_TRUE(metric_becomes("cudgel_entities", 41));
  EXPECT_EQ(server().stop().status, 0);
}

TEST_F(Life, a_world_of_another_map_is_kept_and_named) {
  start({"--data", data_.path(), "--arena", "64", "--monsters", "3"});
  EXPECT_EQ(server().stop().status, 0);
  start({"--data", data_.path(), "--arena", "80", "--monsters", "3"});
  EXPECT_NE(server().log().find("1 saved world(s) belong to other content"), std::string::npos) << server().log();
  EXPECT_EQ(server().stop().status, 0);
  start({"--data", data_.path(), "--arena", "64", "--monsters", "3"});
  EXPECT_NE(server().log().find("is back at tick"), std::string::npos) << server().log();
}

TEST_F(Life, the_world_is_saved_while_it_runs) {
  start({"--data", data_.path(), "--save-interval", "1"});
  double saves = 0;
  ASSERT_TRUE(wait_for(k_counted_within, [&] { return (saves = metric("cudgel_saves_total")) >= 2; })) << saves;
  // As after a power cut.
  server().send_signal(SIGKILL);
  EXPECT_EQ(server().wait().status, 128 + SIGKILL);
  start({"--data", data_.path()});
  const std::string log = server().log();
  const std::string words = "is back at tick ";
  const std::size_t at = log.find(words);
  ASSERT_NE(at, std::string::npos) << log;
  // The n-th save was asked for after n seconds of 20 ticks.
  EXPECT_GE(std::stod(log.substr(at + words.size())), 20 * saves);
}

TEST_F(Life, a_file_that_is_no_database_is_left_alone_and_named) {
  data_.write("world.sqlite", "these are somebody's notes, and not a database at all, as everybody can see who reads them");
  const std::string before = read_whole_file(world_file());
  const Ending ending = run_server({"--listen", "127.0.0.1:0", "--web", web_.path(), "--data", data_.path()});
  EXPECT_EQ(ending.status, 3);
  EXPECT_NE(ending.err.find("world.sqlite"), std::string::npos) << ending.err;
  EXPECT_NE(ending.err.find("move it away"), std::string::npos) << ending.err;
  EXPECT_EQ(read_whole_file(world_file()), before);
}

TEST_F(Life, two_servers_cannot_share_a_data_directory) {
  start({"--data", data_.path()});
  const Ending ending = run_server({"--listen", "127.0.0.1:0", "--web", web_.path(), "--data", data_.path()});
  EXPECT_EQ(ending.status, 3);
  EXPECT_NE(ending.err.find("another server uses this --data directory"), std::string::npos) << ending.err;
}

}  // namespace
}  // namespace cudgel::test
