// Goal: every wrong option is named together with what would be right, on the command line and in a config file, with exit status 2;
// what cannot be used or listened on has statuses of its own. Method: the real binary.

#include "fixture.h"

namespace cudgel::test {
namespace {

class Options : public ServerTest {
 protected:
  /// The message and status of a start that must fail.
  Ending fails(std::vector<std::string> arguments) {
    if (std::find(arguments.begin(), arguments.end(), "--web") == arguments.end()) {
      arguments.insert(arguments.end(), {"--web", web_.path()});
    }
    return run_server(arguments);
  }
  /// The same with one line in a config file.
  Ending fails_by_config(const std::string& text) { return fails({"--config", web_.write("cudgel.conf", text)}); }
};

TEST_F(Options, wrong_ones_are_named_with_what_would_be_right) {
  struct Case {
    std::vector<std::string> arguments;
    const char* message;
  };
  const std::vector<Case> cases{
      {{"--tick-hz", "0"}, "--tick-hz: must be a whole number in 5..60, is 0"},
      {{"--tick-hz", "fast"}, "--tick-hz: must be a whole number in 5..60, is fast"},
      {{"--tick-hz", "20.5"}, "--tick-hz: must be a whole number in 5..60, is 20.5"},
      {{"--net-threads", "-1"}, "--net-threads: must be a whole number in 1..64, is -1"},
      {{"--seed", "-5"}, "--seed: must be a whole number in 0..18446744073709551615, is -5"},
      {{"--arena", "10"}, "--arena: must be a whole number in 16..1024, is 10"},
      {{"--arena", "64", "--monsters", "99999"}, "--monsters: must be a whole number in 0..15000, is 99999"},
      {{"--start-at", "12"}, "--start-at: must be X,Y in tiles, for example 100,200, is \"12\""},
      {{"--start-at", "1,2", "--arena", "64"}, "--start-at: not together with --arena"},
      {{"--start-at", "0,0"}, "--start-at: nobody can stand there"},
      {{"--monsters", "5"}, "--monsters: only together with --arena"},
      {{"--arena", "64", "--monster", "goblin_clubber"}, "--monster: only together with --monsters"},
      {{"--arena", "64", "--monsters", "5", "--monster", "gobln"},
       "--monster: there is no monster called gobln; there are goblin_clubber"},
      {{"--players-max", "0"}, "--players-max: must be a whole number in 1..10000, is 0"},
      {{"--connections-max", "10"}, "--players-max: must be at most --connections-max (10), is 2000"},
      {{"--connections-per-address", "x"}, "--connections-per-address: must be a whole number in 0..65536, is x"},
      {{"--save-interval", "0"}, "--save-interval: must be a whole number in 1..3600, is 0"},
      {{"--log-level", "loud"}, "--log-level: must be trace, debug, info, warn, error or off, is \"loud\""},
      {{"--listen", "8080"}, "--listen: must be HOST:PORT, for example 0.0.0.0:8080 or [::1]:8080, is \"8080\""},
      {{"--listen", "127.0.0.1:99999"}, "--listen: must end in a port of 0..65535 (0 picks a free one), is \"127.0.0.1:99999\""},
      {{"--listen", "::1:8080"}, "--listen: must have an IPv6 address in brackets, for example [::1]:8080, is \"::1:8080\""},
      {{"--allow-origin", "play.example.org"}, "--allow-origin: must be * or a page's scheme and host"},
      {{"--allow-origin", "https://play.example.org/game"}, "--allow-origin: must be * or a page's scheme and host"},
      {{"--web", "/nowhere/at/all"}, "--web: must be a directory that exists, is \"/nowhere/at/all\""},
      {{"--content", "/nowhere"}, "--content: must be a file that exists, is \"/nowhere\""},
      {{"--data", "/dev/null/data"}, "--data: must be a directory that exists or can be made, is \"/dev/null/data\""},
      {{"--config", "/nowhere"}, "--config: must be a file that exists, is \"/nowhere\""},
      {{"--time-factor", "0", "--diagnostics"}, "--time-factor: must be a whole number in 1..100, is 0"},
      {{"--time-factor", "101", "--diagnostics"}, "--time-factor: must be a whole number in 1..100, is 101"},
      {{"--time-factor", "2.5", "--diagnostics"}, "--time-factor: must be a whole number in 1..100, is 2.5"},
      {{"--time-factor", "20"}, "--time-factor: only together with --diagnostics"},
      {{"--tick-hz", "20", "--tick-hz", "30"}, "--tick-hz: must be given once"},
      {{"--tick-hertz", "20"}, "did you mean tick-hz?"},
      {{"--tick-hz"}, "--tick-hz: needs a value"},
  };
  for (const Case& each : cases) {
    const Ending ending = fails(each.arguments);
    EXPECT_EQ(ending.status, 2) << each.message;
    EXPECT_NE(ending.err.find(each.message), std::string::npos) << "wanted: " << each.message << "\ngot: " << ending.err;
    EXPECT_TRUE(ending.out.empty()) << ending.out;
  }
}

TEST_F(Options, a_config_files_mistakes_are_named_with_file_and_key) {
  struct Case {
    const char* text;
    const char* message;
  };
  for (const Case& each : {Case{"tick-hz = 0\n", "cudgel.conf: tick-hz: must be a whole number in 5..60, is 0"},
                           Case{"tick_hz = 20\n", "cudgel.conf: tick_hz: there is no such option; did you mean tick-hz?"},
                           Case{"colour = red\n", "cudgel.conf: colour: there is no such option"},
                           Case{"config = other.conf\n", "cudgel.conf: config: there is no such option"},
                           Case{"just words\n", "cudgel.conf: just words: there is no such option"},
                           Case{"[server]\ntick-hz = 20\n", "cudgel.conf: [server]"},
                           Case{"tick-hz = [20, 30]\n", "cudgel.conf: tick-hz: must have exactly one value"},
                           Case{"log-level = \"loud\"\n", "cudgel.conf: log-level: must be trace, debug"}}) {
    const Ending ending = fails_by_config(each.text);
    EXPECT_EQ(ending.status, 2) << each.text;
    EXPECT_NE(ending.err.find(each.message), std::string::npos) << "wanted: " << each.message << "\ngot: " << ending.err;
  }
}

TEST_F(Options, a_config_file_works_and_the_command_line_goes_before_it) {
  const std::string file = web_.write("cudgel.conf",
                                      "# a comment\n"
                                      "tick-hz = 10\n"
                                      "arena = 64\n"
                                      "allow-origin = [\"https://a.example\", \"https://b.example\"]\n"
                                      "log-level = \"debug\"\n");
  start({"--config", file, "--tick-hz", "30"});
  WsRequest request;
  request.origin = "https://b.example";
  Player player(port(), "Ann", request);
  ASSERT_TRUE(player.frame());
  const auto* welcome = player.last()->notes()->Get(0)->body_as_Welcome();
  EXPECT_EQ(welcome->tick_hz(), 30);
  EXPECT_EQ(welcome->arena_side(), 64);
}

TEST_F(Options, a_place_to_find_the_content_is_needed) {
  const Ending ending = run_server({});
  EXPECT_EQ(ending.status, 2);
  EXPECT_NE(ending.err.find("--web or --content: one must be given"), std::string::npos) << ending.err;
}

TEST_F(Options, help_explains_every_option_and_version_says_who_it_is) {
  const Ending help = run_server({"--help"});
  EXPECT_EQ(help.status, 0);
  for (const char* option : {"--listen", "--web", "--content", "--data", "--tick-hz", "--seed", "--net-threads", "--config",
                             "--allow-origin", "--log-level", "--arena", "--monsters", "--players-max", "--connections-max",
                             "--connections-per-address", "--save-interval", "--version"}) {
    EXPECT_NE(help.out.find(option), std::string::npos) << option;
  }
  EXPECT_NE(help.out.find("5..60. Default 20"), std::string::npos);
  const Ending version = run_server({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_TRUE(version.out.starts_with("cudgel-server "));
}

TEST_F(Options, files_that_cannot_be_used_are_status_3) {
  const TemporaryDirectory empty;
  Ending ending = run_server({"--web", empty.path()});
  EXPECT_EQ(ending.status, 3);
  EXPECT_NE(ending.err.find("content.bin: cannot be read"), std::string::npos) << ending.err;
  ending = fails({"--content", empty.write("content.bin", "nonsense")});
  EXPECT_EQ(ending.status, 3);
  EXPECT_NE(ending.err.find("content.bin: not a content file of this game"), std::string::npos) << ending.err;
}

TEST_F(Options, a_taken_port_is_status_4) {
  start();
  const std::string taken = "127.0.0.1:" + std::to_string(port());
  for (const char* threads : {"1", "2"}) {
    const Ending ending = fails({"--listen", taken, "--net-threads", threads});
    EXPECT_EQ(ending.status, 4) << threads;
    EXPECT_NE(ending.err.find("somebody listens there already"), std::string::npos) << ending.err;
  }
  const Ending foreign = fails({"--listen", "192.0.2.1:0"});
  EXPECT_EQ(foreign.status, 4);
  EXPECT_NE(foreign.err.find("no address of this machine"), std::string::npos) << foreign.err;
}

}  // namespace
}  // namespace cudgel::test
