// Goal: what a client asks ends in exactly one way, whatever becomes of the connection, and a server that breaks the rules of asking and
// answering is left. Method: real clients against the real sessions in one process; for what no real server does, one made by hand.

#include <gtest/gtest.h>

#include "common/baked_content.h"
#include "core/experience.h"
#include "in_process.h"
#include "protocol/server_frame.h"

namespace cudgel::test {
namespace {

using core::Phase;
using Kind = protocol::RequestFailure::Kind;
using WhoTicket = protocol::Ticket<protocol::WhoIsHere>;

WhoTicket ask_who(core::GameClient& client, const InProcess& game, double timeout_ms = 2000) {
  return client.ask(protocol::WhoIsHere{}, timeout_ms, game.now_ms());
}

class CoreRequests : public ::testing::Test {
 protected:
  core::GameClient& joined(const std::string& name, std::uint8_t class_index = 0) {
    core::GameClient& client = game_.add_client(name, class_index);
    EXPECT_TRUE(game_.run_until(3000, [&] { return client.phase() == Phase::playing && client.predicted() != nullptr; }));
    return client;
  }
  const ops::Counter& refused(ops::Refusal refusal) { return game_.server.metrics().refusals[static_cast<std::size_t>(refusal)]; }

  InProcess game_{{7, 40, 10}};
};

TEST_F(CoreRequests, who_is_here_is_answered_with_everybody_in_order) {
  core::GameClient& first = joined("Ann", 2);
  joined("<b>\"阿木\"</b>", 1);
  joined("Zoe");
  const WhoTicket ticket = ask_who(first, game_);
  ASSERT_TRUE(game_.run_until(1000, [&] { return ticket.over(); }));
  ASSERT_NE(ticket.answer(), nullptr);
  const protocol::Here& here = *ticket.answer();
  EXPECT_EQ(here.total, 3U);
  ASSERT_EQ(here.players.size(), 3U);
  EXPECT_EQ(here.players[0].name.view(), "Ann") << "equal levels: who came first";
  EXPECT_EQ(here.players[0].class_index, 2);
  EXPECT_EQ(here.players[0].level, 1);
  EXPECT_EQ(here.players[1].name.view(), "<b>\"阿木\"</b>") << "as it is: whoever shows it escapes it";
  EXPECT_FALSE(here.players[2].away);
}

TEST_F(CoreRequests, who_has_lost_the_connection_is_listed_as_away) {
  core::GameClient& first = joined("Ann");
  joined("Zoe");
  game_.clients.pop_back();  // without a goodbye
  game_.run(1500);
  const WhoTicket ticket = ask_who(first, game_);
  ASSERT_TRUE(game_.run_until(1000, [&] { return ticket.over(); }));
  ASSERT_NE(ticket.answer(), nullptr);
  ASSERT_EQ(ticket.answer()->players.size(), 2U);
  EXPECT_FALSE(ticket.answer()->players[0].away);
  EXPECT_TRUE(ticket.answer()->players[1].away);
}

TEST_F(CoreRequests, who_asks_too_often_is_refused_with_words_and_stays) {
  core::GameClient& client = joined("curious");
  std::vector<WhoTicket> tickets;
  for (int i = 0; i < 6; ++i) tickets.push_back(ask_who(client, game_));
  ASSERT_TRUE(game_.run_until(2000, [&] { return tickets.back().over(); }));
  for (int i = 0; i < 4; ++i) EXPECT_NE(tickets[i].answer(), nullptr) << i;
  for (int i = 4; i < 6; ++i) {
    ASSERT_NE(tickets[i].failure(), nullptr) << i;
    EXPECT_EQ(tickets[i].failure()->kind, Kind::refused);
    EXPECT_EQ(tickets[i].failure()->code, protocol::RefusalCode::too_often);
    EXPECT_FALSE(tickets[i].failure()->words.empty());
  }
  game_.run(2000);
  const WhoTicket later = ask_who(client, game_);
  ASSERT_TRUE(game_.run_until(1000, [&] { return later.over(); }));
  EXPECT_NE(later.answer(), nullptr);
  EXPECT_EQ(client.phase(), Phase::playing);
  EXPECT_EQ(game_.server.metrics().requests_answered.value(), 5U);
  EXPECT_EQ(game_.server.metrics().requests_refused.value(), 2U);
}

TEST_F(CoreRequests, a_late_answer_is_counted_and_ignored) {
  core::GameClient& client = joined("patient");
  game_.server.mute(true);
  const WhoTicket ticket = ask_who(client, game_, 500);
  game_.run(480);
  EXPECT_FALSE(ticket.over());
  game_.run(50);
  ASSERT_NE(ticket.failure(), nullptr);
  EXPECT_EQ(ticket.failure()->kind, Kind::timeout);
  game_.server.mute(false);
  game_.run(500);
  EXPECT_EQ(ticket.answer(), nullptr);
  EXPECT_EQ(client.stats().answers_late, 1U);
  EXPECT_EQ(client.phase(), Phase::playing);
}

TEST_F(CoreRequests, the_ninth_has_failed_at_once) {
  core::GameClient& client = joined("eager");
  std::vector<WhoTicket> tickets;
  for (std::size_t i = 0; i < protocol::k_requests_under_way_max; ++i) tickets.push_back(ask_who(client, game_));
  const WhoTicket ninth = ask_who(client, game_);
  ASSERT_NE(ninth.failure(), nullptr);
  EXPECT_EQ(ninth.failure()->code, protocol::RefusalCode::busy);
  ASSERT_TRUE(game_.run_until(2000, [&] { return tickets.back().over(); })) << "the eight are answered one after the other";
  for (const WhoTicket& ticket : tickets) EXPECT_TRUE(ticket.over());
  EXPECT_EQ(client.phase(), Phase::playing);
}

TEST_F(CoreRequests, a_lost_connection_fails_them_at_once_and_a_resumed_one_begins_anew) {
  core::GameClient& client = joined("traveller");
  for (int round = 1; round <= 3; ++round) {
    SCOPED_TRACE(round);
    const WhoTicket sent = ask_who(client, game_, 60000);
    game_.run(30);
    const WhoTicket waiting = ask_who(client, game_, 60000);
    game_.network.cut_all();
    ASSERT_TRUE(game_.run_until(1000, [&] { return client.phase() != Phase::playing; }));
    for (const WhoTicket& ticket : {sent, waiting, ask_who(client, game_)}) {
      ASSERT_NE(ticket.failure(), nullptr);
      EXPECT_EQ(ticket.failure()->kind, Kind::disconnected);
    }
    ASSERT_TRUE(game_.run_until(20000, [&] { return client.phase() == Phase::playing; }));
    EXPECT_EQ(client.stats().resumed, static_cast<std::uint64_t>(round));
    const WhoTicket anew = ask_who(client, game_);
    ASSERT_TRUE(game_.run_until(1000, [&] { return anew.over(); }));
    EXPECT_NE(anew.answer(), nullptr) << (anew.failure() != nullptr ? anew.failure()->words : "");
    EXPECT_EQ(client.stats().answers_late, 0U);
  }
}

TEST_F(CoreRequests, who_is_taken_over_or_leaves_or_never_came_is_disconnected) {
  core::GameClient& first = joined("twice");
  game_.run(300);
  game_.network.conditions().buffer_bytes_max = 0;  // nothing is sent any more
  const WhoTicket replaced = ask_who(first, game_, 60000);
  game_.run(100);
  EXPECT_FALSE(replaced.over());
  game_.network.conditions().buffer_bytes_max = 65536;
  game_.server.mute(true);
  core::GameClient& second = game_.clients.emplace_back(baked_content(), game_.network.make_transport(), 99);
  const WhoTicket never_came = ask_who(second, game_);
  ASSERT_NE(never_came.failure(), nullptr);
  EXPECT_EQ(never_came.failure()->kind, Kind::disconnected);
  second.join({"memory", "twice", 0, true, first.token()}, game_.now_ms());
  ASSERT_TRUE(game_.run_until(2000, [&] { return first.phase() == Phase::refused; }));
  ASSERT_NE(replaced.failure(), nullptr);
  EXPECT_EQ(replaced.failure()->kind, Kind::disconnected);
  game_.server.mute(false);
  ASSERT_TRUE(game_.run_until(2000, [&] { return second.phase() == Phase::playing; }));
  const WhoTicket left = ask_who(second, game_, 60000);
  second.leave();
  ASSERT_NE(left.failure(), nullptr);
  EXPECT_EQ(left.failure()->kind, Kind::disconnected);
}

TEST_F(CoreRequests, every_client_tells_the_server_how_it_is) {
  for (int i = 0; i < 5; ++i) joined("player " + std::to_string(i));
  game_.run(90000, [&] {
    for (core::GameClient& client : game_.clients) client.shown();
  });
  const ops::PlayerMetrics& players = game_.server.metrics().player;
  const std::uint64_t answered = players.outcomes[0].value();
  EXPECT_GE(answered, 15U) << "after 3 to 5 s, then every 25 to 35 s";
  EXPECT_LE(answered, 20U);
  std::string text;
  players.render(text);
  EXPECT_NE(text.find("cudgel_player_round_trip_seconds_count{transport=\"other\"} " + std::to_string(answered)),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("cudgel_player_frames_per_second_bucket{le=\"45\"} 0"), std::string::npos) << text;
  EXPECT_NE(text.find("cudgel_player_frames_per_second_bucket{le=\"65\"} " + std::to_string(answered)), std::string::npos)
      << text;
  EXPECT_EQ(players.outcomes[1].value() + players.outcomes[2].value() + players.outcomes[3].value(), 0U);
}

TEST_F(CoreRequests, a_stall_is_told_once) {
  joined("stalled");
  game_.run(6000);  // the first question is over
  game_.server.mute(true);
  game_.run(1000);
  game_.server.mute(false);
  game_.run(70000);
  EXPECT_EQ(game_.server.metrics().player.stalls[0].value(), 1U);
}

// --- what is told -----------------------------------------------------------------------------------------------------------

TEST(Experience, tells_what_was_measured_within_what_the_protocol_takes) {
  core::Experience experience;
  experience.begin(1000);
  core::ClientStats stats;
  EXPECT_EQ(std::get<protocol::Failure>(experience.tell(stats, "ws", 2000)).code, protocol::RefusalCode::not_now);
  stats.round_trips = 1;
  stats.round_trip_ms = 123.4;
  stats.interpolation_delay_ms = 80.6;
  for (int i = 0; i < 119; ++i) experience.on_shown();
  EXPECT_EQ(std::get<protocol::HowItIs>(experience.tell(stats, "sse", 3000)),
            (protocol::HowItIs{123, 81, 60, 0, protocol::Road::sse}));
  stats.round_trip_ms = 1e12;
  stats.interpolation_delay_ms = -5;
  experience.told(3000);
  for (int i = 0; i < 5000; ++i) experience.on_shown();
  const auto how = std::get<protocol::HowItIs>(experience.tell(stats, "carrier pigeon", 3000));
  EXPECT_EQ(how, (protocol::HowItIs{60000, 0, 1000, 0, protocol::Road::other}));
}

TEST(Experience, a_gap_is_a_stall_unless_nobody_looked) {
  core::Experience experience;
  core::ClientStats stats;
  stats.round_trips = 1;
  const auto stalls = [&] { return std::get<protocol::HowItIs>(experience.tell(stats, "ws", 9000)).stalls; };
  experience.begin(1000);
  experience.on_frames(1250, false);
  EXPECT_EQ(stalls(), 0);
  experience.on_frames(1501, false);
  EXPECT_EQ(stalls(), 1);
  experience.on_frames(4000, true);
  experience.on_frames(4050, false);
  EXPECT_EQ(stalls(), 1);
  experience.told(5000);
  EXPECT_EQ(stalls(), 0);
}

// --- a server that breaks the rules -----------------------------------------------------------------------------------------

/// Welcomes whoever comes and then says whatever the test wants.
class Liar : public ::testing::Test {
 protected:
  Liar() {
    client_.join({"memory", "honest"}, 0);
    wait();
    end_ = network_.accept();
    flatbuffers::FlatBufferBuilder builder;
    const std::vector<std::uint8_t> token(protocol::k_token_bytes, 1);
    const auto welcome =
        protocol::CreateWelcome(builder, 0x00010001, 20, 32, baked_content().hash(), builder.CreateVector(token));
    say(builder, protocol::CreateNote(builder, protocol::NoteBody::Welcome, welcome.Union()));
    EXPECT_EQ(client_.phase(), Phase::playing) << client_.message();
  }
  void wait() {
    now_ms_ += 50;
    network_.set_time(now_ms_);
    client_.update(now_ms_);
  }
  /// A frame with that note; does not wait until it is read.
  void send(flatbuffers::FlatBufferBuilder& builder, flatbuffers::Offset<protocol::Note> note) {
    const protocol::Head head(tick_++, 0, 0, -128, 0, 0);
    const protocol::Own own(0x00010001, 4096, 4096, 0, 0, 990, 0, 0, 40, 50, 1, 2, 0, 0, 0);
    const auto notes = builder.CreateVector(&note, 1);
    builder.Finish(protocol::CreateFrame(builder, &head, &own, 0, 0, 0, 0, 0, notes));
    ASSERT_EQ(end_->send({builder.GetBufferPointer(), builder.GetSize()}), core::SendResult::sent);
  }
  void say(flatbuffers::FlatBufferBuilder& builder, flatbuffers::Offset<protocol::Note> note) {
    send(builder, note);
    wait();
  }
  void answer(const protocol::Answer& answer) {
    flatbuffers::FlatBufferBuilder builder;
    say(builder, protocol::CreateNote(builder, protocol::NoteBody::Answer, protocol::write(answer, builder).Union()));
  }
  void ask(std::uint32_t id) {
    flatbuffers::FlatBufferBuilder builder;
    const auto request = protocol::write(protocol::Request{id, protocol::HowIsIt{}}, builder);
    send(builder, protocol::CreateNote(builder, protocol::NoteBody::Request, request.Union()));
  }
  void expect_left(std::string_view why) {
    EXPECT_EQ(client_.phase(), Phase::switching) << "no other road is there: the same one again";
    EXPECT_NE(client_.message().find(why), std::string::npos) << client_.message();
  }

  net::MemoryNetwork network_{1};
  core::GameClient client_{baked_content(), network_.make_transport(), 1};
  std::optional<net::MemoryServerEnd> end_;
  double now_ms_ = 0;
  base::Tick tick_ = 1000;
};

TEST_F(Liar, an_answer_is_taken_once) {
  const auto ticket = client_.ask(protocol::WhoIsHere{}, 5000, now_ms_);
  wait();
  answer({1, protocol::Here{{}, 7}});
  answer({1, protocol::Here{{}, 8}});
  ASSERT_NE(ticket.answer(), nullptr);
  EXPECT_EQ(ticket.answer()->total, 7U);
  EXPECT_EQ(client_.stats().answers_late, 1U);
  EXPECT_EQ(client_.phase(), Phase::playing);
}

TEST_F(Liar, an_answer_to_what_was_never_asked_ends_the_connection) {
  const auto ticket = client_.ask(protocol::WhoIsHere{}, 5000, now_ms_);
  wait();
  answer({2, protocol::Here{}});
  expect_left("Answer.id: was never asked");
  ASSERT_NE(ticket.failure(), nullptr);
  EXPECT_EQ(ticket.failure()->kind, Kind::disconnected);
}

TEST_F(Liar, questions_are_numbered_without_gaps) {
  ask(1);
  wait();
  EXPECT_EQ(client_.phase(), Phase::playing);
  ask(3);
  wait();
  expect_left("Request.id");
}

TEST_F(Liar, more_than_eight_questions_at_once_end_the_connection) {
  for (std::uint32_t id = 1; id <= 8; ++id) ask(id);
  wait();
  EXPECT_EQ(client_.phase(), Phase::playing) << client_.message();
  for (std::uint32_t id = 9; id <= 17; ++id) ask(id);
  wait();
  expect_left("more than 8");
}

}  // namespace
}  // namespace cudgel::test
