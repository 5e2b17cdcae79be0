// Goal: what players say reaches those it is for and nobody else, in order and once, whatever happens to connections; who says too much
// is told so; complaints are answered.
// Method: the real sessions, realm and clients in one process on a clock the test moves.

#include <gtest/gtest.h>

#include "common/baked_content.h"
#include "in_process.h"

namespace cudgel::test {
namespace {

using core::GameClient;
using core::Phase;
using protocol::Channel;
using protocol::RefusalCode;
using protocol::Speak;
using Ticket = protocol::Ticket<Speak>;

Speak line(Channel channel, const std::string& words, const std::string& to = "") {
  Speak speak{channel, {}, words};
  EXPECT_TRUE(speak.to.assign(to));
  return speak;
}

std::vector<std::string> words_heard(GameClient& client) {
  std::vector<std::string> words;
  for (const core::SpokenLine& spoken : client.take_lines()) words.push_back(spoken.from + ": " + spoken.words);
  return words;
}

using Words = std::vector<std::string>;

class Chat : public ::testing::Test {
 protected:
  GameClient& come(const std::string& name) {
    GameClient& client = game_.add_client(name);
    EXPECT_TRUE(game_.run_until(3000, [&] { return client.phase() == Phase::playing && client.predicted() != nullptr; }));
    return client;
  }
  Ticket say(GameClient& client, const Speak& speak) { return client.ask(speak, 5000, game_.now_ms()); }
  /// How many heard it, or -1.
  int heard_by(GameClient& client, const Speak& speak) {
    const Ticket ticket = say(client, speak);
    EXPECT_TRUE(game_.run_until(3000, [&] { return ticket.over(); }));
    game_.run(300);
    return ticket.answer() == nullptr ? -1 : static_cast<int>(ticket.answer()->by);
  }
  RefusalCode refused(GameClient& client, const Speak& speak) {
    const Ticket ticket = say(client, speak);
    EXPECT_TRUE(game_.run_until(3000, [&] { return ticket.over(); }));
    EXPECT_NE(ticket.failure(), nullptr);
    return ticket.failure() == nullptr ? RefusalCode::busy : ticket.failure()->code;
  }

  InProcess game_{{7, 20, 10, 16}};
};

TEST_F(Chat, whoever_is_near_hears_it_with_the_name_and_body_of_the_speaker) {
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  EXPECT_EQ(heard_by(ann, line(Channel::say, "你好 <b>Bob</b>")), 1);
  const auto lines = bob.take_lines();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].channel, Channel::say);
  EXPECT_EQ(lines[0].from, "Ann");
  EXPECT_EQ(lines[0].words, "你好 <b>Bob</b>");
  EXPECT_EQ(lines[0].entity, ann.replica().own().id);
  EXPECT_TRUE(ann.take_lines().empty()) << "one knows what one has said";
  EXPECT_EQ(heard_by(bob, line(Channel::emote, "wave")), 1);
  EXPECT_EQ(words_heard(ann), Words{"Bob: wave"});
}

TEST_F(Chat, a_whisper_is_for_one) {
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  GameClient& cai = come("蔡");
  EXPECT_EQ(heard_by(ann, line(Channel::whisper, "only you", "蔡")), 1);
  EXPECT_EQ(words_heard(cai), Words{"Ann: only you"});
  EXPECT_TRUE(bob.take_lines().empty());
  EXPECT_EQ(refused(ann, line(Channel::whisper, "hello?", "Zoe")), RefusalCode::nobody);
  come("Bob");
  EXPECT_EQ(refused(ann, line(Channel::whisper, "which?", "Bob")), RefusalCode::several);
  EXPECT_TRUE(bob.take_lines().empty());
}

TEST_F(Chat, everybody_hears_a_call_and_it_may_come_once_in_five_seconds) {
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  GameClient& cai = come("Cai");
  EXPECT_EQ(heard_by(ann, line(Channel::everybody, "who fights?")), 2);
  EXPECT_EQ(refused(ann, line(Channel::everybody, "again")), RefusalCode::too_often);
  game_.run(5000);
  EXPECT_EQ(heard_by(ann, line(Channel::everybody, "later")), 2);
  EXPECT_EQ(words_heard(bob), (Words{"Ann: who fights?", "Ann: later"}));
  EXPECT_EQ(words_heard(cai), (Words{"Ann: who fights?", "Ann: later"}));
}

TEST_F(Chat, without_zones_all_the_world_is_one) {
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  GameClient& cai = come("Cai");
  const Ticket ticket = say(ann, line(Channel::zone, "去井边"));
  ASSERT_TRUE(game_.run_until(3000, [&] { return ticket.over(); }));
  ASSERT_NE(ticket.answer(), nullptr);
  EXPECT_EQ(*ticket.answer(), (protocol::Heard{2, 0}));
  game_.run(300);
  const auto lines = bob.take_lines();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].channel, Channel::zone);
  EXPECT_EQ(lines[0].zone, 0);
  EXPECT_EQ(words_heard(cai), Words{"Ann: 去井边"});
}

TEST_F(Chat, a_line_to_the_zone_may_come_once_in_three_seconds_and_leaves_other_talk_alone) {
  GameClient& ann = come("Ann");
  come("Bob");
  EXPECT_EQ(heard_by(ann, line(Channel::zone, "one")), 1);
  EXPECT_EQ(refused(ann, line(Channel::zone, "two")), RefusalCode::too_often);
  EXPECT_EQ(heard_by(ann, line(Channel::everybody, "everybody")), 1);
  EXPECT_EQ(heard_by(ann, line(Channel::say, "near")), 1);
  game_.run(3000);
  EXPECT_EQ(heard_by(ann, line(Channel::zone, "three")), 1);
}

TEST(ZoneChat, whoever_stands_in_the_same_zone_hears_it_however_far_and_nobody_else) {
  InProcess game({7, 20, 10, 0});
  const content::MapSpec& map = baked_content().map();
  const auto come = [&](const char* name) -> GameClient& {
    GameClient& client = game.add_client(name);
    EXPECT_TRUE(game.run_until(5000, [&] { return client.predicted() != nullptr; }));
    return client;
  };
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  GameClient& cai = come("Cai");
  const auto put = [&](GameClient& client, base::Vec2 place) {
    const_cast<sim::World&>(game.server.world()).find(client.replica().own().id)->walker.position = place;
    game.run(200);
  };
  const auto said = [&](const char* words) {
    const Ticket ticket = ann.ask(line(Channel::zone, words), 5000, game.now_ms());
    EXPECT_TRUE(game.run_until(3000, [&] { return ticket.over(); }));
    EXPECT_NE(ticket.answer(), nullptr);
    game.run(300);
    return ticket.answer() == nullptr ? protocol::Heard{} : *ticket.answer();
  };
  const base::Vec2 meadow = base::tile_centre(258, 250);
  const base::Vec2 meadow_far = base::tile_centre(356, 236);
  const base::Vec2 village = base::tile_centre(288, 288);
  ASSERT_EQ(map.zone_at(meadow), map.zone_at(meadow_far));
  ASSERT_NE(map.zone_at(meadow), map.zone_at(village));
  put(ann, meadow);
  put(bob, meadow_far);
  put(cai, village);
  const auto zone_number = static_cast<std::uint8_t>(map.zone_at(meadow) + 1);
  EXPECT_EQ(said("who hunts here?"), (protocol::Heard{1, zone_number}));
  const auto lines = bob.take_lines();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].words, "who hunts here?");
  EXPECT_EQ(lines[0].zone, zone_number);
  EXPECT_TRUE(cai.take_lines().empty()) << "another zone";
  game.run(3000);
  put(ann, village);
  EXPECT_EQ(said("and here?").by, 1U);
  EXPECT_TRUE(bob.take_lines().empty());
  EXPECT_EQ(words_heard(cai), Words{"Ann: and here?"});
}

TEST_F(Chat, five_lines_at_once_then_one_a_second_and_a_new_connection_does_not_help) {
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(heard_by(ann, line(Channel::say, std::to_string(i))), 1);
  // The five took time in which more were granted: those are used up, too.
  int granted = 0;
  while (heard_by(ann, line(Channel::say, "more")) == 1 && granted < 20) ++granted;
  EXPECT_LT(granted, 10);
  game_.network.cut_all();
  ASSERT_TRUE(game_.run_until(5000, [&] { return ann.phase() == Phase::playing && bob.phase() == Phase::playing; }));
  game_.run(200);
  std::size_t refusals = 0;
  for (int i = 0; i < 6; ++i) refusals += heard_by(ann, line(Channel::say, "more")) == 1 ? 0 : 1;
  EXPECT_GT(refusals, 0U);
}

TEST_F(Chat, who_is_away_hears_whispers_later_in_order_and_once_and_the_crowd_s_talk_not_at_all) {
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  const auto bobs = bob.token();
  bob = GameClient(baked_content(), game_.network.make_transport(), 5);  // the page is closed: no goodbye
  ASSERT_TRUE(game_.run_until(3000, [&] { return game_.server.metrics().players_away.value() == 1; }));
  EXPECT_EQ(heard_by(ann, line(Channel::say, "anybody?")), 0);
  for (const char* words : {"one", "two", "three"}) EXPECT_EQ(heard_by(ann, line(Channel::whisper, words, "Bob")), 1);
  bob.join({"memory", "Bob", 0, true, bobs}, game_.now_ms());
  ASSERT_TRUE(game_.run_until(5000, [&] { return bob.phase() == Phase::playing; }));
  game_.run(500);
  EXPECT_EQ(words_heard(bob), (Words{"Ann: one", "Ann: two", "Ann: three"}));
  game_.network.cut_all();
  ASSERT_TRUE(game_.run_until(5000, [&] { return bob.phase() == Phase::playing && ann.phase() == Phase::playing; }));
  game_.run(1000);
  EXPECT_TRUE(bob.take_lines().empty());
}

TEST_F(Chat, nothing_is_said_twice_when_the_connection_is_cut_at_any_moment) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    InProcess game({seed, 30, 20, 16});
    GameClient& ann = game.add_client("Ann");
    GameClient& bob = game.add_client("Bob");
    ASSERT_TRUE(game.run_until(3000, [&] { return ann.predicted() != nullptr && bob.predicted() != nullptr; }));
    game.run(500);
    const Ticket ticket = ann.ask(line(Channel::say, "once"), 5000, game.now_ms());
    game.run(10.0 * static_cast<double>(seed));
    game.network.cut_all();
    ASSERT_TRUE(game.run_until(6000, [&] { return ticket.over(); }));
    game.run(4000);
    const Words heard = words_heard(bob);
    EXPECT_LE(heard.size(), 1U);
    EXPECT_TRUE(ticket.answer() == nullptr || heard == Words{"Ann: once"}) << "what was confirmed was heard";
  }
}

TEST_F(Chat, a_reader_who_takes_nothing_does_not_fill_up_with_talk) {
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  bob = GameClient(baked_content(), game_.network.make_transport(), 5);
  ASSERT_TRUE(game_.run_until(3000, [&] { return game_.server.metrics().players_away.value() == 1; }));
  const auto away = game_.server.residents().named([] {
    base::PlayerName name;
    name.assign("Bob");
    return name;
  }());
  ASSERT_EQ(away.size(), 1U);
  replication::Speaker speaker{Channel::whisper, {}, ann.replica().own().id};
  speaker.name.assign("Ann");
  std::size_t taken = 0;
  while (away[0]->outbox.push(speaker, "word") && taken < 1000) ++taken;
  EXPECT_EQ(taken, session::Outbox::k_waiting_max - session::Outbox::k_kept_from_speech);
  EXPECT_EQ(heard_by(ann, line(Channel::whisper, "full", "Bob")), 0);
  EXPECT_TRUE(away[0]->outbox.push("What the server has to say has room.")) << "the rest of the places are its own";
}

TEST_F(Chat, complaints_are_taken_now_and_then_and_about_somebody) {
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  EXPECT_EQ(heard_by(bob, line(Channel::say, "something rude")), 1);
  const auto complain = [&](const std::string& name) {
    protocol::Report report;
    EXPECT_TRUE(report.name.assign(name));
    const auto ticket = ann.ask(report, 5000, game_.now_ms());
    EXPECT_TRUE(game_.run_until(3000, [&] { return ticket.over(); }));
    return ticket.answer() != nullptr ? std::nullopt : std::optional(ticket.failure()->code);
  };
  EXPECT_EQ(complain("Bob"), std::nullopt);
  EXPECT_EQ(complain("Bob"), RefusalCode::too_often);
  game_.run(10000);
  EXPECT_EQ(complain("Nobody"), RefusalCode::nobody);
}

}  // namespace
}  // namespace cudgel::test
