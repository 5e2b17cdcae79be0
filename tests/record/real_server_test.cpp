// Goal: what the real server recorded of real sessions, the real cudgel-replay plays again, to the same end; what it cannot play it
// says with its exit status. Method: both binaries; players who come, act, come back after a restart, and leave.

#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "fixture.h"

namespace cudgel::test {
namespace {

struct Replayed {
  int status = -1;
  std::string out;  ///< standard output and standard error
};

Replayed run(const std::string& command) {
  Replayed replayed;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return replayed;
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) replayed.out += static_cast<char>(c);
  const int status = pclose(pipe);
  if (WIFEXITED(status)) replayed.status = WEXITSTATUS(status);
  return replayed;
}

Replayed replay(const std::string& arguments) { return run(std::string(CUDGEL_REPLAY_BINARY) + " " + arguments); }

class Recorded : public ServerTest {
 protected:
  [[nodiscard]] std::string file(const std::string& name = "session.rec") const { return directory_.path() + "/" + name; }
  /// Two players walk and strike for that many frames; one of them leaves before the end.
  void play(int frames) {
    Player ann(port(), "Ann");
    {
      Player bob(port(), "Bob");
      for (int i = 0; i < frames; ++i) {
        ASSERT_TRUE(ann.frame());
        ASSERT_TRUE(bob.frame());
        if (i % 5 == 0) ann.act(static_cast<std::uint8_t>(1 + i % 64), i % 2 == 0);
        if (i % 7 == 0) bob.act(static_cast<std::uint8_t>(1 + i % 64), true);
      }
    }
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(ann.frame());
  }
  static void same(const std::string& recording) {
    const Replayed replayed = replay(recording);
    EXPECT_EQ(replayed.status, 0) << replayed.out;
    EXPECT_NE(replayed.out.find("same: every tick came out as recorded"), std::string::npos) << replayed.out;
    EXPECT_EQ(replayed.out.find("breaks off"), std::string::npos) << replayed.out;
    EXPECT_EQ(replayed.out.find(" 0 commands"), std::string::npos) << replayed.out;
  }
  TemporaryDirectory directory_;
};

TEST_F(Recorded, a_session_on_the_games_own_map_is_played_again) {
  start({"--record", file(), "--seed", "77"});
  EXPECT_EQ(metric("cudgel_recording"), 1);
  play(45);
  EXPECT_EQ(server().stop().status, 0);
  same(file());
  EXPECT_NE(replay(file()).out.find("seed 77"), std::string::npos);
}

TEST_F(Recorded, an_arena_that_was_restored_is_played_again) {
  const std::vector<std::string> world{"--data", directory_.path(), "--arena", "64", "--monsters", "60", "--tick-hz", "30"};
  start(world);
  play(20);
  EXPECT_EQ(server().stop().status, 0);
  std::vector<std::string> recorded = world;
  recorded.insert(recorded.end(), {"--record", file()});
  start(recorded);
  EXPECT_NE(server().log().find("is back at tick"), std::string::npos) << server().log();
  play(40);
  EXPECT_EQ(server().stop().status, 0);
  same(file());
}

TEST_F(Recorded, bots_put_the_recorded_load_times_three_on_another_server) {
  start({"--record", file()});
  play(20);
  EXPECT_EQ(server().stop().status, 0);
  start({"--record", file("load.rec")});
  const std::string url = "ws://127.0.0.1:" + std::to_string(port());
  const Replayed bots = run(std::string(CUDGEL_BOTS_BINARY) + " --url " + url + " --replay " + file() + " --times 3");
  EXPECT_EQ(bots.status, 0) << bots.out;
  EXPECT_NE(bots.out.find("6 of 6 players"), std::string::npos) << bots.out;
  EXPECT_NE(bots.out.find("0 disconnects"), std::string::npos) << bots.out;
  EXPECT_TRUE(metric_becomes("cudgel_players", 0));
  EXPECT_EQ(server().stop().status, 0);
  same(file("load.rec"));
  const Replayed wrong = run(std::string(CUDGEL_BOTS_BINARY) + " --url " + url + " --content " + web_.path() +
                             "/content.bin --replay " + web_.path() + "/index.html");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.out.find("--replay: " + web_.path() + "/index.html: this is no recording of cudgel-server"), std::string::npos)
      << wrong.out;
}

TEST_F(Recorded, a_server_that_was_killed_leaves_whole_seconds) {
  start({"--record", file()});
  const auto size = std::filesystem::file_size(file());
  {
    Player ann(port());
    for (int i = 0; i < 25; ++i) ASSERT_TRUE(ann.frame());
  }
  EXPECT_TRUE(wait_for(k_counted_within, [&] { return std::filesystem::file_size(file()) > size; }));
  server().send_signal(SIGKILL);
  EXPECT_EQ(server().wait().status, 128 + SIGKILL);
  const Replayed replayed = replay(file());
  EXPECT_EQ(replayed.status, 0) << replayed.out;
  EXPECT_NE(replayed.out.find("the recording breaks off"), std::string::npos) << replayed.out;
}

TEST_F(Recorded, a_file_that_is_there_is_not_overwritten) {
  directory_.write("session.rec", "precious");
  const Ending ending = run_server({"--listen", "127.0.0.1:0", "--web", web_.path(), "--record", file()});
  EXPECT_EQ(ending.status, 3);
  EXPECT_NE(ending.err.find("--record: " + file() + ": is there already"), std::string::npos) << ending.err;
  EXPECT_EQ(read_whole_file(file()), "precious");
  const Ending nowhere = run_server({"--listen", "127.0.0.1:0", "--web", web_.path(), "--record", "/nowhere/at/all"});
  EXPECT_EQ(nowhere.status, 3);
  EXPECT_NE(nowhere.err.find("cannot be made: No such file or directory"), std::string::npos) << nowhere.err;
}

TEST_F(Recorded, a_recording_that_cannot_be_used_has_status_2_and_is_named) {
  start({"--record", file()});
  EXPECT_EQ(server().stop().status, 0);
  const std::string bytes = read_whole_file(file());
  directory_.write("other.bin", "these are not the tables of a game");
  const std::string damaged = [&] {
    std::string copy = bytes;
    copy[100] = static_cast<char>(copy[100] ^ 1);
    return directory_.write("damaged.rec", copy);
  }();
  struct Case {
    std::string arguments;
    const char* message;
  };
  for (const Case& each :
       {Case{"", "which recording?"}, Case{"--loud " + file(), "unknown option \"--loud\""},
        Case{"/nowhere", "/nowhere: cannot be read: No such file"},
        Case{file("other.bin"), "this is no recording of cudgel-server"}, Case{damaged, "its checksum is wrong"},
        Case{directory_.write("short.rec", bytes.substr(0, 60)), "it breaks off before the world stood"},
        Case{"--content " + file("other.bin") + " " + file(), "content.bin"}}) {
    const Replayed replayed = replay(each.arguments);
    EXPECT_EQ(replayed.status, 2) << each.message;
    EXPECT_NE(replayed.out.find(each.message), std::string::npos) << "wanted: " << each.message << "\ngot: " << replayed.out;
  }
  EXPECT_EQ(replay("--content " + web_.path() + "/content.bin " + file()).status, 0);
  EXPECT_EQ(replay("--help").status, 0);
}

}  // namespace
}  // namespace cudgel::test
