// Goal: what an open client may say, when and how often; every mistake has its close code and its words, and harms nobody else.
// Method: the real server, frames written by hand.

#include "fixture.h"

namespace cudgel::test {
namespace {

class Messages : public ServerTest {
 protected:
  /// Expects the close with this code, a reason with these words, and one more refusal of that kind.
  void expect_close(WsClient& client, int code, const std::string& words, const std::string& refusal,
                    Milliseconds time = Milliseconds(3000)) {
    const auto close = client.wait_close(time);
    ASSERT_TRUE(close) << "no close frame came";
    EXPECT_EQ(close->code, code);
    EXPECT_NE(close->reason.find(words), std::string::npos) << close->reason;
    EXPECT_TRUE(metric_becomes("cudgel_refusals_total{reason=\"" + refusal + "\"}", 1));
    // The server goes on for everybody else.
    joined();
  }
  /// Expects that for this as the first message.
  void refuses(const std::string& message, int code, const std::string& words, const std::string& refusal) {
    start();
    WsClient client(port());
    client.send_frame(k_opcode_binary, message);
    expect_close(client, code, words, refusal);
  }
};

TEST_F(Messages, frames_come_every_tick_and_echo_the_stamp) {
  Player& player = joined();
  const base::Tick first = player.replica().tick();
  ASSERT_TRUE(player.act(1));
  bool echoed = false;
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(player.frame());
    echoed = echoed || player.last()->head()->echo() == 1001;
  }
  EXPECT_TRUE(echoed);
  // Usually exactly 20; a machine that stalls makes ticks up, and then only the newest is shown.
  EXPECT_GE(player.replica().tick(), first + 20);
  EXPECT_EQ(player.replica().acknowledged(), 1U);
}

TEST_F(Messages, walking_moves_the_own_body) {
  Player& player = joined({"--arena", "64"});
  const base::Vec2 before = player.replica().own().walker.position;
  ASSERT_TRUE(player.act(1));
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(player.frame());
  EXPECT_GT(player.replica().own().walker.position.x, before.x);
  EXPECT_EQ(player.replica().own().walker.position.y, before.y);
}

TEST_F(Messages, acts_far_ahead_wait_a_second_and_tell_their_slack) {
  Player& player = joined({"--arena", "64"});
  protocol::Acts acts;
  acts.count = 1;
  acts.acts[0] = {1, player.replica().tick() + 1000000, {}, 1, false};
  const base::Tick asked = player.replica().tick();
  player.socket().send(WsClient::as_bytes(acts_bytes(acts)));
  int slack = -128;
  for (int frames = 0; player.replica().acknowledged() == 0 && frames < 200; ++frames) {
    ASSERT_TRUE(player.frame());
    if (player.last()->head()->slack_ticks() != -128) slack = player.last()->head()->slack_ticks();
  }
  EXPECT_EQ(slack, 127);
  EXPECT_EQ(player.replica().acknowledged(), 1U);
  // In ticks, not frames: a machine that stalls makes ticks up and shows only the newest.
  EXPECT_GE(player.replica().tick() - asked, 20U);
}

TEST_F(Messages, a_text_message_is_1003) {
  start();
  WsClient client(port());
  client.send_frame(k_opcode_text, "hello");
  expect_close(client, 1003, "binary", "text_message");
}

TEST_F(Messages, one_large_message_is_1009_before_it_is_whole) {
  start();
  WsClient client(port());
  // Only the header and a little: the announced size is enough to refuse it.
  std::string header("\x82\xff\x00\x00\x00\x00\x7f\xff\xff\xff\x01\x02\x03\x04", 14);
  client.send_raw(header + std::string(5000, 'x'));
  expect_close(client, 1009, "4096", "too_big");
}

TEST_F(Messages, many_fragments_that_add_up_are_1009) {
  start();
  WsClient client(port());
  client.send_frame(k_opcode_binary, std::string(1500, 'x'), false);
  client.send_frame(k_opcode_continuation, std::string(1500, 'x'), false);
  client.send_frame(k_opcode_continuation, std::string(1500, 'x'), false);
  expect_close(client, 1009, "4096", "too_big");
}

TEST_F(Messages, a_hello_in_fragments_is_a_hello) {
  start();
  WsClient client(port());
  const std::string hello = hello_bytes();
  for (std::size_t i = 0; i + 1 < hello.size(); ++i) {
    client.send_frame(i == 0 ? k_opcode_binary : k_opcode_continuation, hello.substr(i, 1), false);
  }
  client.send_frame(k_opcode_ping, "between");
  client.send_frame(k_opcode_continuation, hello.substr(hello.size() - 1), true);
  bool pong = false;
  bool welcomed = false;
  // A busy server shows several ticks at once before it reads and answers: how many frames come before the pong says nothing.
  for (int i = 0; i < 200 && !(pong && welcomed); ++i) {
    const auto frame = client.receive();
    ASSERT_TRUE(frame);
    pong = pong || (frame->opcode == k_opcode_pong && frame->payload == "between");
    welcomed = welcomed || frame->opcode == k_opcode_binary;
  }
  EXPECT_TRUE(pong);
  EXPECT_TRUE(welcomed);
}

TEST_F(Messages, garbage_is_4002) { refuses("this is no FlatBuffer", 4002, "no message of ours", "malformed"); }

TEST_F(Messages, an_empty_message_is_4002) { refuses("", 4002, "no message of ours", "malformed"); }

TEST_F(Messages, a_name_that_cannot_be_shown_is_4002) {
  std::string hello = hello_bytes("Ann");
  hello.replace(hello.find("Ann"), 3, "   ");
  refuses(hello, 4002, "name", "malformed");
}

TEST_F(Messages, acts_before_hello_are_4003) { refuses(acts_bytes({}), 4003, "before Hello", "too_early"); }

TEST_F(Messages, a_second_hello_is_4003) {
  start();
  WsClient client(port());
  client.send(WsClient::as_bytes(hello_bytes()));
  client.send(WsClient::as_bytes(hello_bytes()));
  expect_close(client, 4003, "already", "too_early");
}

TEST_F(Messages, other_content_is_4006) {
  refuses(hello_bytes("Ann", 0, baked_content().hash() + 1), 4006, "reload", "wrong_content");
}

TEST_F(Messages, a_class_that_is_none_is_4002) { refuses(hello_bytes("Ann", 200), 4002, "class_index", "wrong_class"); }

TEST_F(Messages, silence_after_the_handshake_is_4005) {
  start();
  WsClient client(port());
  // How long it may last is session_test's, whose clock the test moves.
  expect_close(client, 4005, "5 seconds", "hello_timeout", Milliseconds(20000));
}

TEST_F(Messages, a_flood_is_4004) {
  Player& player = joined();
  const std::string empty = acts_bytes({});
  for (int i = 0; i < 2000; ++i) {
    if (!player.socket().send(WsClient::as_bytes(empty))) break;
  }
  expect_close(player.socket(), 4004, "too many messages", "too_often", Milliseconds(8000));
}

TEST_F(Messages, a_short_burst_is_no_flood) {
  Player& player = joined();
  const std::string empty = acts_bytes({});
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(player.socket().send(WsClient::as_bytes(empty)));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(player.frame());
}

TEST_F(Messages, broken_frames_end_the_connection_and_nobody_elses) {
  Player& witness = joined();
  const std::vector<std::string> broken{
      std::string("\x83\x80\x00\x00\x00\x00", 6),                                   // reserved opcode
      std::string("\xc2\x80\x00\x00\x00\x00", 6),                                   // reserved bit
      std::string("\x80\x80\x00\x00\x00\x00", 6),                                   // continuation of nothing
      std::string("\x09\x80\x00\x00\x00\x00", 6),                                   // fragmented ping
      std::string("\x89\xfe\x01\x00\x00\x00\x00\x00", 8),                           // large ping
      std::string("\x82\xff\x80\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00", 14),  // length of 63 bits and more
      std::string("\x02\x80\x00\x00\x00\x00\x82\x80\x00\x00\x00\x00", 12),          // a new message inside another
  };
  for (const std::string& bytes : broken) {
    WsClient client(port());
    ASSERT_TRUE(client.open());
    client.send_raw(bytes);
    const auto close = client.wait_close();
    ASSERT_TRUE(close);
    EXPECT_EQ(close->code, 1002);
    EXPECT_TRUE(client.socket().ends_within(Milliseconds(3000)));
    EXPECT_TRUE(witness.frame());
  }
  EXPECT_TRUE(metric_becomes("cudgel_sessions", 1));
  EXPECT_TRUE(metric_becomes("cudgel_connections_lost_total", 0));
  EXPECT_TRUE(metric_becomes("cudgel_refusals_total{reason=\"malformed\"}", static_cast<double>(broken.size())));
}

TEST_F(Messages, bye_ends_with_goodbye_and_the_body_leaves) {
  Player& player = joined();
  flatbuffers::FlatBufferBuilder builder;
  player.socket().send(protocol::encode(protocol::Bye{}, builder));
  const auto close = player.socket().wait_close();
  ASSERT_TRUE(close);
  EXPECT_EQ(close->code, 1000);
  EXPECT_TRUE(metric_becomes("cudgel_players", 0));
}

TEST_F(Messages, players_see_each_other_come_and_go) {
  Player& ann = joined({"--arena", "16"});  // no larger than what they see
  Player bob(port(), "Bob");
  ASSERT_TRUE(bob.frame());
  const std::uint32_t bob_id = bob.replica().own().id.packed();
  const auto sees_bob = [&] { return ann.replica().entities().contains(bob_id); };
  for (int i = 0; i < 20 && !sees_bob(); ++i) ASSERT_TRUE(ann.frame());
  ASSERT_TRUE(sees_bob());
  EXPECT_EQ(ann.replica().entities().at(bob_id).name, "Bob");
  // Only who says so leaves at once; the body of one whose line breaks waits for him.
  flatbuffers::FlatBufferBuilder builder;
  bob.socket().send(protocol::encode(protocol::Bye{}, builder));
  for (int i = 0; i < 40 && sees_bob(); ++i) ASSERT_TRUE(ann.frame());
  EXPECT_FALSE(sees_bob());
}

}  // namespace
}  // namespace cudgel::test
