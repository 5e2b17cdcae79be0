// Goal: the port speaks WebSocket as RFC 6455 says, frame by frame, right and wrong, with one outcome for each case; and whatever
// one client does there, the others play on. Method: the real server with --diagnostics, frames written by hand to /echo.

#include "net/echo.h"
#include "fixture.h"

namespace cudgel::test {
namespace {

/// For an answer that comes soon; it only matters when a test fails.
constexpr Milliseconds k_answer_within{20000};

WsRequest echo_request() {
  WsRequest request;
  request.path = "/echo";
  request.protocols.clear();
  return request;
}

std::string close_payload(int code, const std::string& reason = "") {
  return std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)} + reason;
}

/// A masked frame whose first two bytes and length are what they are told to be, whether that is right or not.
std::string header(int first, int second, const std::string& length = "") {
  return std::string{static_cast<char>(first), static_cast<char>(second)} + length +
         ((second & 0x80) != 0 ? "\x12\x34\x56\x78" : "");
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

/// Bytes that show every change of place.
std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7 + i / 251);
  return bytes;
}

class Echo : public ServerTest {
 protected:
  void SetUp() override { start({"--diagnostics"}); }

  /// The first `count` things that come back, or all until the end of the stream: "text:hello", "binary:...", "pong:...", "close:1000", "close:", "end".
  static std::vector<std::string> answers(WsClient& client, std::size_t count) {
    std::vector<std::string> list;
    std::string message;
    std::string kind;
    while (list.size() < count) {
      const auto frame = client.receive(k_answer_within);
      if (!frame) {
        list.emplace_back("end");
        return list;
      }
      if (frame->opcode == k_opcode_pong) {
        list.push_back("pong:" + frame->payload);
      } else if (frame->opcode == k_opcode_close) {
        const std::string& payload = frame->payload;
        list.push_back(payload.size() < 2 ? "close:"
                                          : "close:" + std::to_string(static_cast<unsigned char>(payload[0]) << 8 |
                                                                      static_cast<unsigned char>(payload[1])));
      } else {
        if (frame->opcode != k_opcode_continuation) {
          message.clear();
          kind = frame->opcode == k_opcode_text ? "text:" : "binary:";
        }
        message += frame->payload;
        if (frame->final) list.push_back(kind + message);
      }
    }
    return list;
  }

  /// On a connection of its own: sends these bytes, and exactly that is answered.
  void expect_answers(const std::string& what, const std::string& bytes, const std::vector<std::string>& expected) {
    WsClient client(port(), echo_request());
    ASSERT_TRUE(client.open()) << what;
    // Beside it, for a server that has no room for our answer stops reading.
    std::thread sender([&] { client.send_raw(bytes); });
    const auto got = answers(client, expected.size());
    sender.join();
    EXPECT_TRUE(got == expected) << what << ": got " << shown(got) << ", wanted " << shown(expected);
    if (expected.back().starts_with("close:")) {
      client.send_frame(k_opcode_close, "");
      EXPECT_TRUE(client.socket().ends_within(k_answer_within)) << what;
    }
  }

  /// Somebody else comes in and gets frames.
  void expect_serves() {
    Player& player = joined();
    EXPECT_TRUE(player.frame());
    players_.clear();
  }

 private:
  /// Without the bulk of large messages.
  static std::string shown(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& each : list) text += "[" + std::to_string(each.size()) + " " + each.substr(0, 40) + "] ";
    return text;
  }
};

TEST_F(Echo, messages_of_every_length_come_back) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{125}, std::size_t{126}, std::size_t{127},
                                 std::size_t{65535}, std::size_t{65536}, std::size_t{1} << 20U, net::k_echo_message_bytes_max}) {
    const std::string binary = pattern(size);
    expect_answers("binary of " + std::to_string(size), ws_frame(k_opcode_binary, binary), {"binary:" + binary});
    const std::string text(size, 'x');
    expect_answers("text of " + std::to_string(size), ws_frame(k_opcode_text, text), {"text:" + text});
  }
  expect_serves();
}

TEST_F(Echo, a_length_may_be_written_longer_than_needed) {
  expect_answers("16 bits", header(0x82, 0xFE, std::string("\x00\x01", 2)) + std::string("\x13", 1), {"binary:\x01"});
  expect_answers("64 bits", header(0x82, 0xFF, std::string("\x00\x00\x00\x00\x00\x00\x00\x01", 8)) + "\x13", {"binary:\x01"});
}

TEST_F(Echo, too_long_is_1009_when_it_is_announced) {
  expect_answers("limit + 1", header(0x82, 0xFF, std::string("\x00\x00\x00\x00\x01\x00\x00\x01", 8)) + "x", {"close:1009"});
  expect_answers("2^62", header(0x82, 0xFF, std::string("\x40\x00\x00\x00\x00\x00\x00\x00", 8)) + "x", {"close:1009"});
  expect_answers("2^63", header(0x82, 0xFF, std::string("\x80\x00\x00\x00\x00\x00\x00\x00", 8)) + "x", {"close:1002"});
  expect_serves();
}

TEST_F(Echo, too_long_in_fragments_is_1009) {
  WsClient client(port(), echo_request());
  client.send_frame(k_opcode_binary, "x", false);
  client.send_raw(header(0x80, 0xFF, std::string("\x00\x00\x00\x00\x01\x00\x00\x00", 8)) + "x");
  const auto close = client.wait_close(k_answer_within);
  ASSERT_TRUE(close);
  EXPECT_EQ(close->code, 1009);
  EXPECT_TRUE(metric_becomes("cudgel_refusals_total{reason=\"too_big\"}", 1));
  expect_serves();
}

TEST_F(Echo, fragments_are_one_message_and_pings_between_them_are_answered_first) {
  const std::string bytes = ws_frame(k_opcode_text, "one ", false) + ws_frame(k_opcode_ping, "a") +
                            ws_frame(k_opcode_continuation, "", false) + ws_frame(k_opcode_ping, "b") +
                            ws_frame(k_opcode_continuation, "two", true) + ws_frame(k_opcode_binary, "next");
  const std::vector<std::string> expected{"pong:a", "pong:b", "text:one two", "binary:next"};
  expect_answers("at once", bytes, expected);
  // A byte at a time: every place where a read may end.
  WsClient slow(port(), echo_request());
  for (const char byte : bytes) slow.send_raw({&byte, 1});
  EXPECT_EQ(answers(slow, 4), expected);
}

TEST_F(Echo, many_small_fragments_and_many_small_messages_come_back_in_order) {
  const std::string piece = pattern(64);
  std::string bytes = ws_frame(k_opcode_binary, piece, false);
  for (int i = 1; i < 8000; ++i) bytes += ws_frame(k_opcode_continuation, piece, i == 7999);
  expect_answers("fragments", bytes, {"binary:" + repeated(piece, 8000)});
  bytes.clear();
  std::vector<std::string> expected;
  for (int i = 0; i < 2000; ++i) {
    bytes += ws_frame(k_opcode_text, std::to_string(i));
    expected.push_back("text:" + std::to_string(i));
  }
  expect_answers("messages", bytes, expected);
}

TEST_F(Echo, every_ping_is_answered_with_its_bytes_and_pongs_are_not) {
  std::string bytes = ws_frame(k_opcode_pong, "nobody asked") + ws_frame(k_opcode_pong, "");
  std::vector<std::string> expected;
  for (int i = 0; i < 10; ++i) {
    bytes += ws_frame(k_opcode_ping, "ping " + std::to_string(i));
    expected.push_back("pong:ping " + std::to_string(i));
  }
  bytes += ws_frame(k_opcode_ping, "") + ws_frame(k_opcode_ping, pattern(125));
  expected.insert(expected.end(), {"pong:", "pong:" + pattern(125)});
  expect_answers("pings", bytes, expected);
}

TEST_F(Echo, broken_frames_are_1002_and_what_came_before_is_answered) {
  std::vector<std::pair<std::string, std::string>> cases;
  for (const int opcode : {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF}) {
    cases.emplace_back("reserved opcode " + std::to_string(opcode), header(0x80 | opcode, 0x80));
  }
  for (const int bits : {0x40, 0x20, 0x10, 0x70}) {
    for (const int opcode : {k_opcode_text, k_opcode_binary, k_opcode_ping, k_opcode_pong, k_opcode_close}) {
      cases.emplace_back("reserved bits " + std::to_string(bits) + " on " + std::to_string(opcode),
                         header(0x80 | bits | opcode, 0x80));
    }
  }
  cases.insert(
      cases.end(),
      {
          {"continuation of nothing", ws_frame(k_opcode_continuation, "x")},
          {"continuation of nothing, not the last", ws_frame(k_opcode_continuation, "x", false)},
          {"reserved bit on a continuation", ws_frame(k_opcode_text, "x", false) + header(0xC0, 0x80)},
          {"text inside a message", ws_frame(k_opcode_binary, "x", false) + ws_frame(k_opcode_text, "y")},
          {"binary inside a message", ws_frame(k_opcode_binary, "x", false) + ws_frame(k_opcode_binary, "y", false)},
          {"fragment of a ping", ws_frame(k_opcode_ping, "x", false)},
          {"fragment of a pong", ws_frame(k_opcode_pong, "x", false)},
          {"fragment of a close", ws_frame(k_opcode_close, "", false)},
          {"ping of 126 bytes", ws_frame(k_opcode_ping, std::string(126, 'x'))},
          {"pong of 126 bytes", ws_frame(k_opcode_pong, std::string(126, 'x'))},
          {"close of 126 bytes", ws_frame(k_opcode_close, close_payload(1000, std::string(124, 'x')))},
          {"ping of 65536 bytes", header(0x89, 0xFF, std::string("\x00\x00\x00\x00\x00\x01\x00\x00", 8))},
          {"unmasked text", ws_frame(k_opcode_text, "x", true, false)},
          {"unmasked binary", ws_frame(k_opcode_binary, "", true, false)},
          {"unmasked ping", ws_frame(k_opcode_ping, "", true, false)},
          {"unmasked continuation", ws_frame(k_opcode_text, "x", false) + ws_frame(k_opcode_continuation, "y", true, false)},
          {"unmasked close", ws_frame(k_opcode_close, close_payload(1000), true, false)},
      });
  for (const auto& [what, bytes] : cases) {
    std::vector<std::string> expected{"text:before", "close:1002"};
    // The library has answered it before the connection ends.
    if (what == "unmasked ping" || what == "reserved bits 64 on 9") expected.insert(expected.begin() + 1, "pong:");
    expect_answers(what, ws_frame(k_opcode_text, "before") + bytes, expected);
  }
  expect_serves();
}

TEST_F(Echo, text_is_utf8_also_over_fragments) {
  const std::string right =
      "\xCE\xBA\xE1\xBD\xB9\xCF\x83 \xF0\x9F\x98\x80 \xEF\xBF\xBF \xED\x9F\xBF \xEE\x80\x80 \xF4\x8F\xBF\xBF \xC2\x80";
  for (std::size_t cut = 0; cut <= right.size(); ++cut) {
    expect_answers("cut at " + std::to_string(cut),
                   ws_frame(k_opcode_text, right.substr(0, cut), false) + ws_frame(k_opcode_continuation, right.substr(cut)),
                   {"text:" + right});
  }
  expect_answers("any bytes are right in a binary message", ws_frame(k_opcode_binary, "\xFF\xFE"), {"binary:\xFF\xFE"});
}

TEST_F(Echo, text_that_is_not_utf8_is_1007) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"a continuation alone", "\x80"},       {"a byte that never is", "\xFF"},    {"overlong 2", "\xC0\xAF"},
      {"overlong 3", "\xE0\x80\xAF"},         {"overlong 4", "\xF0\x80\x80\xAF"},  {"a surrogate", "\xED\xA0\x80"},
      {"above U+10FFFF", "\xF4\x90\x80\x80"}, {"5 bytes", "\xF8\x88\x80\x80\x80"}, {"too short", "\xE2\x82x"},
  };
  for (const auto& [what, bytes] : wrong) {
    expect_answers(what + " alone", ws_frame(k_opcode_text, bytes), {"close:1007"});
    expect_answers(what + " at the end", ws_frame(k_opcode_text, "abc" + bytes), {"close:1007"});
    expect_answers(what + " in the middle", ws_frame(k_opcode_text, "\xC3\xA9" + bytes + "abc"), {"close:1007"});
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
      expect_answers(what + " cut at " + std::to_string(cut),
                     ws_frame(k_opcode_text, bytes.substr(0, cut), false) + ws_frame(k_opcode_continuation, bytes.substr(cut)),
                     {"close:1007"});
    }
  }
  for (const std::string part : {"\xC3", "\xE2\x82", "\xF0\x9F\x98"}) {
    expect_answers("unfinished", ws_frame(k_opcode_text, part), {"close:1007"});
    expect_answers("unfinished and an empty end", ws_frame(k_opcode_text, part, false) + ws_frame(k_opcode_continuation, ""),
                   {"close:1007"});
  }
  // The first wrong byte is enough: nobody waits for the end of the message.
  WsClient client(port(), echo_request());
  client.send_frame(k_opcode_text, "abc\xFF", false);
  const auto close = client.wait_close(k_answer_within);
  ASSERT_TRUE(close);
  EXPECT_EQ(close->code, 1007);
  expect_serves();
}

TEST_F(Echo, a_close_is_answered_with_its_code) {
  for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}) {
    expect_answers(std::to_string(code), ws_frame(k_opcode_close, close_payload(code)), {"close:" + std::to_string(code), "end"});
    expect_answers(std::to_string(code) + " in words", ws_frame(k_opcode_close, close_payload(code, "goodbye \xF0\x9F\x98\x80")),
                   {"close:" + std::to_string(code), "end"});
  }
  expect_answers("the longest reason", ws_frame(k_opcode_close, close_payload(1000, std::string(123, 'x'))), {"close:1000"});
  expect_answers("without a code", ws_frame(k_opcode_close, ""), {"close:", "end"});
  expect_answers("after a message", ws_frame(k_opcode_text, "last words") + ws_frame(k_opcode_close, close_payload(1000)),
                 {"text:last words", "close:1000"});
  const std::string large = pattern(1U << 20U);
  expect_answers("after a large message", ws_frame(k_opcode_binary, large) + ws_frame(k_opcode_close, close_payload(1000)),
                 {"binary:" + large, "close:1000"});
  expect_answers("what follows is not read", ws_frame(k_opcode_close, close_payload(1000)) + ws_frame(k_opcode_text, "late"),
                 {"close:1000", "end"});
  expect_serves();
}

TEST_F(Echo, a_close_that_must_not_be_is_1002_or_1007) {
  // 1012, 1013 and 1014 were registered after RFC 6455; the library does not know them.
  for (const int code : {0, 999, 1004, 1005, 1006, 1012, 1013, 1014, 1015, 1016, 1100, 2000, 2999, 5000, 65535}) {
    expect_answers(std::to_string(code), ws_frame(k_opcode_close, close_payload(code)), {"close:1002", "end"});
  }
  expect_answers("one byte", ws_frame(k_opcode_close, "x"), {"close:1002", "end"});
  expect_answers("a reason that is not UTF-8", ws_frame(k_opcode_close, close_payload(1000, "abc\xFF")), {"close:1007", "end"});
  expect_answers("a reason that is cut off", ws_frame(k_opcode_close, close_payload(1000, "abc\xE2\x82")), {"close:1007", "end"});
  expect_serves();
}

TEST_F(Echo, a_reader_that_does_not_read_is_cut_and_disturbs_nobody) {
  WsRequest request = echo_request();
  request.receive_buffer_bytes = 4096;
  WsClient stalled(port(), request);
  // Until the server ends it: what is waiting there is bounded, so it stops reading, and this send waits with it.
  const std::string message = ws_frame(k_opcode_binary, pattern(1U << 20U));
  Player& player = joined();
  for (int i = 0; i < 64 && stalled.send_raw(message); ++i) {}
  EXPECT_TRUE(metric_becomes("cudgel_refusals_total{reason=\"unresponsive\"}", 1));
  EXPECT_TRUE(player.frame());
}

TEST_F(Echo, its_end_is_told) {
  WsClient client(port(), echo_request());
  ASSERT_TRUE(client.open());
  EXPECT_TRUE(client.answer().header("sec-websocket-protocol").empty());
  server().send_signal(SIGTERM);
  const auto close = client.wait_close(k_answer_within);
  ASSERT_TRUE(close);
  EXPECT_EQ(close->code, 1001);
}

TEST_F(Echo, the_handshake_is_checked_like_the_games) {
  WsRequest foreign = echo_request();
  foreign.origin = "https://elsewhere.example.org";
  EXPECT_EQ(WsClient(port(), foreign).answer().status, 403);
  WsRequest old = echo_request();
  old.version = "8";
  EXPECT_EQ(WsClient(port(), old).answer().status, 426);
  EXPECT_EQ(http(port(), "GET", "/echo").status, 426);
  WsRequest game = echo_request();
  game.path = "/ws";
  EXPECT_EQ(WsClient(port(), game).answer().status, 400) << "the game has a subprotocol";
}

class NoEcho : public ServerTest {};

TEST_F(NoEcho, without_diagnostics_there_is_none) {
  start();
  EXPECT_EQ(WsClient(port(), echo_request()).answer().status, 404);
  EXPECT_EQ(http(port(), "GET", "/echo").status, 404);
}

TEST_F(NoEcho, a_config_file_may_ask_for_it) {
  const Ending ending = run_server({"--web", web_.path(), "--config", web_.write("wrong.conf", "diagnostics = 1\n")});
  EXPECT_EQ(ending.status, 2);
  EXPECT_NE(ending.err.find("wrong.conf: diagnostics: must be true or false, is \"1\""), std::string::npos) << ending.err;
  start({"--config", web_.write("cudgel.conf", "diagnostics = true\n")});
  EXPECT_EQ(WsClient(port(), echo_request()).answer().status, 101);
}

TEST_F(NoEcho, the_game_wants_masks_too) {
  Player& witness = joined();
  for (const int opcode : {k_opcode_binary, k_opcode_text, k_opcode_ping, k_opcode_close}) {
    WsClient client(port());
    client.send_frame(opcode, opcode == k_opcode_binary ? hello_bytes() : "", true, false);
    const auto close = client.wait_close(k_answer_within);
    ASSERT_TRUE(close) << opcode;
    EXPECT_EQ(close->code, 1002) << opcode;
    EXPECT_EQ(close->reason, "a client's frames must be masked") << opcode;
    EXPECT_TRUE(witness.frame());
  }
  // Nor is one taken that was sent before the handshake was answered.
  WsRequest early;
  early.behind = ws_frame(k_opcode_binary, hello_bytes(), true, false);
  WsClient client(port(), early);
  const auto close = client.wait_close(k_answer_within);
  ASSERT_TRUE(close);
  EXPECT_EQ(close->code, 1002);
  EXPECT_TRUE(metric_becomes("cudgel_refusals_total{reason=\"malformed\"}", 5));
  EXPECT_TRUE(metric_becomes("cudgel_players", 1));
}

}  // namespace
}  // namespace cudgel::test
