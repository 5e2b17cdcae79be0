// Goal: cudgel-bots tells by its exit status whether a real server answered players and strangers as documented, also through a
// bad network. Method: the real server and the real bots, a few seconds each; the report is read as people see it.

#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "fixture.h"

namespace cudgel::test {
namespace {

struct Outcome {
  int status = -1;
  std::string words;  ///< standard error
};

class Bots : public ServerTest {
 protected:
  void SetUp() override { start({"--arena", "48", "--monsters", "10"}); }

  Outcome run(const std::string& options) const {
    const std::string command =
        std::string(CUDGEL_BOTS_BINARY) + " --url ws://127.0.0.1:" + std::to_string(port()) + " " + options + " 2>&1";
    Outcome outcome;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return outcome;
    char text[512];
    while (const std::size_t size = std::fread(text, 1, sizeof text, pipe)) outcome.words.append(text, size);
    const int status = pclose(pipe);
    if (WIFEXITED(status)) outcome.status = WEXITSTATUS(status);
    return outcome;
  }
  /// The same over each HTTP road, at the same time.
  std::map<std::string, Outcome> over_http(const std::string& options) const {
    std::map<std::string, Outcome> outcomes{{"sse", {}}, {"longpoll", {}}, {"poll", {}}};
    std::vector<std::thread> runs;
    for (auto& each : outcomes) {
      runs.emplace_back([&] { each.second = run(options + " --transport " + each.first); });
    }
    for (std::thread& each : runs) each.join();
    return outcomes;
  }
};

TEST_F(Bots, every_behaviour_is_answered_as_documented) {
  for (const std::string options :
       {"--behaviour wander --seconds 2", "--behaviour stall --seconds 7", "--behaviour churn --seconds 4",
        "--behaviour flood --seconds 4", "--behaviour garbage --seconds 2"}) {
    const Outcome outcome = run("--players 4 " + options);
    EXPECT_EQ(outcome.status, 0) << options << "\n" << outcome.words;
    EXPECT_NE(outcome.words.find("4 of 4 players"), std::string::npos) << outcome.words;
  }
  EXPECT_GE(metric("cudgel_refusals_total{reason=\"too_often\"}"), 4);
  EXPECT_GE(metric("cudgel_refusals_total{reason=\"malformed\"}"), 4);
}

TEST_F(Bots, every_transport_is_answered_as_documented) {
  for (const std::string options :
       {"--behaviour fight --seconds 2", "--behaviour stall --seconds 4", "--behaviour flood --seconds 2",
        "--behaviour garbage --seconds 2", "--seconds 2 --net delay=40,jitter=40,stall=300/1s"}) {
    const auto outcomes = over_http("--players 4 --json - " + options);
    for (const auto& [transport, outcome] : outcomes) {
      EXPECT_EQ(outcome.status, 0) << transport << " " << options << "\n" << outcome.words;
      EXPECT_NE(outcome.words.find("\"transport\": \"" + transport + "\""), std::string::npos) << outcome.words;
    }
  }
}

TEST_F(Bots, a_lost_road_is_found_again_over_every_transport) {
  for (const auto& [transport, outcome] : over_http("--players 4 --seconds 5 --net delay=20,jitter=10,cut=2s")) {
    EXPECT_EQ(outcome.status, 0) << transport << "\n" << outcome.words;
    EXPECT_EQ(outcome.words.find(" 0 disconnects"), std::string::npos) << transport << "\n" << outcome.words;
  }
}

TEST_F(Bots, a_wrong_transport_is_named_with_the_right_ones) {
  const Outcome outcome = run("--transport carrier");
  EXPECT_EQ(outcome.status, 2);
  for (const char* word : {"--transport: carrier", "ws", "sse", "longpoll", "poll"}) {
    EXPECT_NE(outcome.words.find(word), std::string::npos) << outcome.words;
  }
}

TEST_F(Bots, a_bad_network_is_stood) {
  const Outcome stalled = run("--players 4 --seconds 6 --net delay=100,jitter=80,stall=2s/4s");
  EXPECT_EQ(stalled.status, 0) << stalled.words;
  EXPECT_NE(stalled.words.find(" 0 disconnects"), std::string::npos) << stalled.words;
  const Outcome cut = run("--players 4 --seconds 6 --net delay=20,jitter=10,cut=2s");
  EXPECT_EQ(cut.status, 0) << cut.words;
  EXPECT_EQ(cut.words.find(" 0 disconnects"), std::string::npos) << cut.words;
}

TEST_F(Bots, a_server_that_goes_away_is_not_what_players_were_promised) {
  Outcome outcome;
  std::thread bots([&] { outcome = run("--players 2 --seconds 4"); });
  EXPECT_TRUE(metric_becomes("cudgel_players", 2));
  server().stop();
  bots.join();
  EXPECT_EQ(outcome.status, 1) << outcome.words;
  EXPECT_NE(outcome.words.find("the server is restarting"), std::string::npos) << outcome.words;
}

TEST_F(Bots, a_wrong_time_factor_is_named) {
  for (const std::string factor : {"0", "101", "-3", "fast"}) {
    const Outcome outcome = run("--time-factor " + factor);
    EXPECT_EQ(outcome.status, 2) << factor;
    EXPECT_NE(outcome.words.find("--time-factor"), std::string::npos) << outcome.words;
  }
  const Outcome http = run("--time-factor 20 --transport poll");
  EXPECT_EQ(http.status, 2);
  EXPECT_NE(http.words.find("--time-factor: only together with --transport ws"), std::string::npos) << http.words;
}

/// In the Vale, where there are zones, and in faster time.
class Adventures : public Bots {
 protected:
  void SetUp() override { start({"--diagnostics", "--time-factor", "20"}); }
};

TEST_F(Adventures, everybody_earns_experience_and_somebody_rises) {
  const std::string file = web_.path() + "/diaries.json";
  const Outcome outcome = run("--players 3 --behaviour adventure --time-factor 20 --seconds 400 --json " + file);
  // The status is not looked at: in this time a machine that stops for a quarter of a second costs everybody his connection. They come back.
  std::ifstream text(file);
  const nlohmann::json report = nlohmann::json::parse(text, nullptr, false);
  ASSERT_TRUE(report.is_object() && report.contains("diaries")) << outcome.words;
  ASSERT_EQ(report["diaries"].size(), 3U);
  std::set<std::string> classes;
  int highest = 1;
  for (const auto& diary : report["diaries"]) {
    classes.insert(diary["class"].get<std::string>());
    EXPECT_GT(diary["experience"].get<int>(), 0) << diary.dump(2);
    EXPECT_GT(diary["minutes"].get<double>(), 4) << diary.dump(2);
    highest = std::max(highest, diary["level"].get<int>());
  }
  EXPECT_EQ(classes.size(), 3U) << "the classes come in turn";
  EXPECT_GE(highest, 2) << report["diaries"].dump(2);
}

TEST_F(Bots, a_wrong_network_is_named) {
  const Outcome outcome = run("--net delay=50,jitter=80");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.words.find("--net: jitter: must be at most the delay"), std::string::npos) << outcome.words;
}

}  // namespace
}  // namespace cudgel::test
