// Goal: every request ends in exactly one way, whatever the other end does, and what a peer must not do is told from what may
// happen. Method: two dialogues joined by hand, so that each message can be held back, doubled or exchanged.

#include <gtest/gtest.h>

#include "protocol/dialogue.h"

namespace cudgel::protocol {
namespace {

using Kind = RequestFailure::Kind;

class DialogueTest : public ::testing::Test {
 protected:
  DialogueTest() {
    client_.begin();
    server_.begin();
  }
  Ticket<WhoIsHere> ask(Dialogue::Milliseconds timeout = 1000) { return client_.ask(WhoIsHere{}, timeout, now_); }
  /// What the client has not sent yet arrives; the number of requests.
  int carry() {
    int count = 0;
    for (; const auto request = client_.unsent(); ++count) {
      client_.mark_request_sent();
      EXPECT_TRUE(server_.hear(*request));
    }
    return count;
  }
  /// The answer to the oldest request that the server owes.
  Answer answer(std::uint32_t total = 3) {
    const std::uint32_t id = server_.owed()->id;
    server_.mark_answered();
    return {id, Here{{}, total}};
  }

  Dialogue client_;
  Dialogue server_;
  Dialogue::Milliseconds now_ = 5000;
};

TEST_F(DialogueTest, an_answer_comes_to_who_asked) {
  const auto first = ask();
  const auto second = ask();
  EXPECT_EQ(carry(), 2);
  EXPECT_FALSE(first.over());
  const Answer one = answer(11);
  const Answer two = answer(22);
  ASSERT_TRUE(client_.hear(two));  // in whatever order
  EXPECT_FALSE(first.over());
  ASSERT_NE(second.answer(), nullptr);
  EXPECT_EQ(second.answer()->total, 22U);
  ASSERT_TRUE(client_.hear(one));
  ASSERT_NE(first.answer(), nullptr);
  EXPECT_EQ(first.answer()->total, 11U);
  EXPECT_EQ(first.failure(), nullptr);
  EXPECT_EQ(client_.under_way(), 0U);
  EXPECT_EQ(server_.owed(), nullptr);
}

TEST_F(DialogueTest, a_refusal_comes_with_code_and_words) {
  const auto ticket = ask();
  carry();
  ASSERT_TRUE(client_.hear(Answer{1, Failure{RefusalCode::too_often, "wait a little"}}));
  ASSERT_NE(ticket.failure(), nullptr);
  EXPECT_EQ(ticket.answer(), nullptr);
  EXPECT_EQ(ticket.failure()->kind, Kind::refused);
  EXPECT_EQ(ticket.failure()->code, RefusalCode::too_often);
  EXPECT_EQ(ticket.failure()->words, "wait a little");
}

TEST_F(DialogueTest, time_runs_out_and_the_late_answer_is_counted) {
  const auto ticket = ask(1000);
  carry();
  client_.expire(now_ + 999);
  EXPECT_FALSE(ticket.over());
  client_.expire(now_ + 1000);
  ASSERT_NE(ticket.failure(), nullptr);
  EXPECT_EQ(ticket.failure()->kind, Kind::timeout);
  EXPECT_EQ(client_.under_way(), 1U) << "the server has not answered yet: its place is taken";
  ASSERT_TRUE(client_.hear(answer()));
  EXPECT_EQ(ticket.answer(), nullptr);
  EXPECT_EQ(client_.late_answers(), 1U);
  EXPECT_EQ(client_.under_way(), 0U);
}

TEST_F(DialogueTest, what_was_not_sent_in_time_is_never_sent) {
  const auto gone = ask(100);
  const auto kept = ask(1000);
  client_.expire(now_ + 500);
  EXPECT_EQ(gone.failure()->kind, Kind::timeout);
  EXPECT_EQ(carry(), 1);
  ASSERT_TRUE(client_.hear(answer()));
  EXPECT_NE(kept.answer(), nullptr);
}

TEST_F(DialogueTest, a_second_answer_is_counted_and_ignored) {
  const auto ticket = ask();
  carry();
  ASSERT_TRUE(client_.hear(Answer{1, Here{{}, 1}}));
  ASSERT_TRUE(client_.hear(Answer{1, Here{{}, 2}}));
  EXPECT_EQ(ticket.answer()->total, 1U);
  EXPECT_EQ(client_.late_answers(), 1U);
}

TEST_F(DialogueTest, an_answer_to_nothing_is_a_fault) {
  ask();
  EXPECT_EQ(client_.hear(Answer{1, Here{}}).error(), DialogueFault::never_asked) << "asked, but not sent";
  carry();
  EXPECT_EQ(client_.hear(Answer{2, Here{}}).error(), DialogueFault::never_asked);
}

TEST_F(DialogueTest, an_answer_to_another_question_is_a_fault) {
  const auto ticket = ask();
  carry();
  EXPECT_EQ(client_.hear(Answer{1, HowItIs{}}).error(), DialogueFault::mistyped);
  EXPECT_FALSE(ticket.over());
  client_.end();  // as whoever finds the fault closes
  EXPECT_EQ(ticket.failure()->kind, Kind::disconnected);
}

TEST_F(DialogueTest, eight_are_under_way_and_a_ninth_is_refused_at_once) {
  std::vector<Ticket<WhoIsHere>> tickets;
  for (std::size_t i = 0; i < k_requests_under_way_max; ++i) tickets.push_back(ask());
  EXPECT_FALSE(tickets.back().over());
  const auto ninth = ask();
  ASSERT_NE(ninth.failure(), nullptr);
  EXPECT_EQ(ninth.failure()->kind, Kind::refused);
  EXPECT_EQ(ninth.failure()->code, RefusalCode::busy);
  EXPECT_EQ(carry(), 8);
  ASSERT_TRUE(client_.hear(answer()));
  EXPECT_FALSE(ask().over()) << "there is a place again";
}

TEST_F(DialogueTest, a_peer_that_asks_nine_without_an_answer_is_at_fault) {
  for (std::uint32_t id = 1; id <= 8; ++id) ASSERT_TRUE(server_.hear(Request{id, WhoIsHere{}}));
  EXPECT_EQ(server_.hear(Request{9, WhoIsHere{}}).error(), DialogueFault::too_many);
}

TEST_F(DialogueTest, ids_ascend_without_gaps) {
  EXPECT_EQ(server_.hear(Request{2, WhoIsHere{}}).error(), DialogueFault::out_of_order);
  ASSERT_TRUE(server_.hear(Request{1, WhoIsHere{}}));
  EXPECT_EQ(server_.hear(Request{1, WhoIsHere{}}).error(), DialogueFault::out_of_order);
  EXPECT_EQ(server_.hear(Request{3, WhoIsHere{}}).error(), DialogueFault::out_of_order);
  EXPECT_TRUE(server_.hear(Request{2, WhoIsHere{}}));
}

TEST_F(DialogueTest, everything_under_way_ends_with_the_connection) {
  const auto sent = ask();
  carry();
  const auto waiting = ask();
  client_.begin();  // another connection
  for (const auto& ticket : {sent, waiting}) {
    ASSERT_NE(ticket.failure(), nullptr);
    EXPECT_EQ(ticket.failure()->kind, Kind::disconnected);
  }
  EXPECT_EQ(client_.late_answers(), 0U);
  server_.begin();
  EXPECT_EQ(server_.owed(), nullptr);
  const auto anew = ask();
  EXPECT_EQ(client_.unsent()->id, 1U) << "ids begin again";
  carry();
  ASSERT_TRUE(client_.hear(answer(9)));
  EXPECT_EQ(anew.answer()->total, 9U);
}

TEST_F(DialogueTest, without_a_connection_the_failure_is_immediate) {
  client_.end();
  const auto ticket = ask();
  ASSERT_NE(ticket.failure(), nullptr);
  EXPECT_EQ(ticket.failure()->kind, Kind::disconnected);
  EXPECT_FALSE(client_.unsent());
}

TEST_F(DialogueTest, a_dropped_ticket_leaves_nothing_behind) {
  ask();
  carry();
  ASSERT_TRUE(client_.hear(answer()));
  EXPECT_EQ(client_.under_way(), 0U);
  EXPECT_TRUE(Ticket<WhoIsHere>().empty());
}

// The answer's type follows from the request's, and who may ask it too: a mistake does not compile.
static_assert(std::is_same_v<decltype(std::declval<Ticket<WhoIsHere>>().answer()), const Here*>);
static_assert(std::is_same_v<decltype(std::declval<Ticket<HowIsIt>>().answer()), const HowItIs*>);
static_assert(AskedByClient<WhoIsHere> && !AskedByServer<WhoIsHere>);
static_assert(AskedByServer<HowIsIt> && !AskedByClient<HowIsIt>);

}  // namespace
}  // namespace cudgel::protocol
