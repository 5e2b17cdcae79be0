// Goal: who may open a WebSocket, and what everybody else is told. Method: the real server, handshakes written by hand.

#include "fixture.h"

namespace cudgel::test {
namespace {

class Handshake : public ServerTest {};

TEST_F(Handshake, a_right_one_opens_and_the_first_frame_welcomes) {
  Player& player = joined();
  EXPECT_EQ(player.socket().answer().header("sec-websocket-protocol"), "cudgel.6");
  // The key and answer of RFC 6455, section 1.3.
  EXPECT_EQ(player.socket().answer().header("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  ASSERT_NE(player.last()->notes(), nullptr);
  ASSERT_EQ(player.last()->notes()->size(), 1U);
  const auto* welcome = player.last()->notes()->Get(0)->body_as_Welcome();
  ASSERT_NE(welcome, nullptr);
  EXPECT_EQ(welcome->tick_hz(), 20);
  EXPECT_EQ(welcome->content_hash(), baked_content().hash());
  ASSERT_TRUE(player.replica().has_own());
  EXPECT_EQ(player.replica().own().id.packed(), welcome->self());
}

TEST_F(Handshake, a_hello_sent_behind_the_request_is_not_lost) {
  start();
  WsRequest request;
  request.behind = ws_frame(k_opcode_binary, hello_bytes());
  WsClient client(port(), request);
  ASSERT_TRUE(client.open());
  EXPECT_TRUE(client.message().has_value());
}

TEST_F(Handshake, another_version_is_told_to_reload) {
  start();
  WsRequest request;
  request.protocols = "cudgel.7, cudgel";
  WsClient client(port(), request);
  ASSERT_TRUE(client.open());
  EXPECT_EQ(client.answer().header("sec-websocket-protocol"), "cudgel");
  const auto close = client.wait_close();
  ASSERT_TRUE(close);
  EXPECT_EQ(close->code, 4001);
  EXPECT_EQ(close->reason, "this page speaks protocol 7, the realm speaks 6: reload the page");
  EXPECT_TRUE(metric_becomes("cudgel_refusals_total{reason=\"wrong_version\"}", 1));
}

TEST_F(Handshake, wrong_requests_get_a_status_and_a_sentence) {
  start();
  struct Case {
    const char* what;
    WsRequest request;
    int status;
    const char* words;
  };
  std::vector<Case> cases;
  const auto add = [&](const char* what, int status, const char* words) -> WsRequest& {
    cases.push_back({what, {}, status, words});
    return cases.back().request;
  };
  add("no subprotocol of ours", 400, "cudgel.6").protocols = "chat, superchat";
  add("no subprotocol at all", 400, "cudgel.6").protocols = "";
  add("foreign page", 403, "not allowed").origin = "https://evil.example";
  add("our host as a prefix", 403, "not allowed").origin = "http://127.0.0.1:" + std::to_string(port()) + ".evil.example";
  add("opaque origin", 403, "not allowed").origin = "null";
  add("other path", 404, "/ws").path = "/chat";
  add("old version", 426, "13").version = "8";
  add("no version", 426, "13").version = "";
  add("no key", 400, "sec-websocket-key").key = "";
  add("short key", 400, "sec-websocket-key").key = "c2hvcnQ=";
  add("key twice", 400, "twice").extra = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  add("origin twice", 400, "twice").extra = "Origin: http://a\r\nOrigin: http://b\r\n";
  add("with a body", 413, "body").extra = "Content-Length: 5\r\n";
  add("chunked", 400, "body").extra = "Transfer-Encoding: chunked\r\n";
  for (const Case& each : cases) {
    const WsClient client(port(), each.request);
    EXPECT_EQ(client.answer().status, each.status) << each.what;
    EXPECT_NE(client.answer().body.find(each.words), std::string::npos) << each.what << ": " << client.answer().body;
  }
}

TEST_F(Handshake, the_servers_own_page_and_named_ones_may_connect) {
  start({"--allow-origin", "https://play.example.org"});
  WsRequest own;
  own.origin = "http://127.0.0.1:" + std::to_string(port());
  EXPECT_TRUE(WsClient(port(), own).open());
  WsRequest named;
  named.origin = "https://play.example.org";
  EXPECT_TRUE(WsClient(port(), named).open());
  WsRequest other;
  other.origin = "http://play.example.org";
  EXPECT_EQ(WsClient(port(), other).answer().status, 403);
}

TEST_F(Handshake, a_star_allows_every_page) {
  start({"--allow-origin", "*"});
  WsRequest request;
  request.origin = "https://anywhere.example";
  EXPECT_TRUE(WsClient(port(), request).open());
}

TEST_F(Handshake, half_a_request_is_answered_and_dropped_after_five_seconds) {
  start();
  const RawSocket half(port());
  ASSERT_TRUE(half.send("GET /ws HTTP/1.1\r\nHost: x\r\nUpgra"));
  const RawSocket silent(port());
  const HttpAnswer answer = read_answer(half);
  EXPECT_EQ(answer.status, 408);
  EXPECT_TRUE(half.ends_within(Milliseconds(3000)));
  EXPECT_TRUE(silent.ends_within(Milliseconds(5000)));
  EXPECT_TRUE(metric_becomes("cudgel_refusals_total{reason=\"http_timeout\"}", 2));
}

TEST_F(Handshake, connections_above_the_limit_of_an_address_are_told_so) {
  start({"--connections-per-address", "3"});
  const RawSocket first(port());
  const RawSocket second(port());
  const RawSocket third(port());
  // The three are counted when they are accepted; the fourth comes after them.
  const RawSocket fourth(port());
  const HttpAnswer answer = read_answer(fourth);
  EXPECT_EQ(answer.status, 429);
  EXPECT_NE(answer.body.find("at most 3"), std::string::npos);
}

TEST_F(Handshake, connections_above_the_limit_of_the_server_are_told_so) {
  start({"--connections-max", "2", "--players-max", "2"});
  const RawSocket first(port());
  const RawSocket second(port());
  const RawSocket third(port());
  EXPECT_EQ(read_answer(third).status, 503);
}

TEST_F(Handshake, a_full_realm_says_try_again_later) {
  Player& first = joined({"--players-max", "1"});
  Player second(port(), "Second");
  const auto close = second.socket().wait_close();
  ASSERT_TRUE(close);
  EXPECT_EQ(close->code, 1013);
  EXPECT_EQ(close->reason, "the realm is full: try again later");
  first.socket().socket().close();
  // Lost without a goodbye it may come back, but whoever is here goes first.
  ASSERT_TRUE(metric_becomes("cudgel_players_away", 1));
  Player third(port(), "Third");
  EXPECT_TRUE(third.frame());
}

TEST_F(Handshake, several_network_threads_share_the_port) {
  start({"--net-threads", "3"});
  std::vector<std::unique_ptr<Player>> players;
  for (int i = 0; i < 12; ++i) players.push_back(std::make_unique<Player>(port(), "P" + std::to_string(i)));
  for (const auto& player : players) EXPECT_TRUE(player->frame());
  EXPECT_TRUE(metric_becomes("cudgel_players", 12));
}

}  // namespace
}  // namespace cudgel::test
