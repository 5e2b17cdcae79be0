// Goal: native programs' HTTP is as the roads ask for it: whole requests with a length, answers as they come, connections used again, failures
// in words. Method: a stub server whose every byte the test writes.

#include <gtest/gtest.h>

#include <thread>

#include "common/wait_for.h"
#include "net_native/file_download.h"
#include "net_native/native_network.h"
#include "stub_http.h"

namespace cudgel::net {
namespace {

using core::TransportEvent;
using test::StubHttp;

constexpr std::chrono::seconds k_patience{10};
const std::string k_id(34, 'a');

class NativeHttp : public ::testing::Test {
 protected:
  explicit NativeHttp(HttpRoad road = HttpRoad::sse) : transport(network.make_http_transport(road, &stirred)) {}

  void begin() { transport->open("ws://" + stub.authority() + "/ws"); }
  StubHttp::Request request() {
    std::optional<StubHttp::Request> request;
    EXPECT_TRUE(test::wait_for(k_patience, [&] {
      network.service(0);
      request = stub.next();
      return request.has_value();
    }));
    return request.value_or(StubHttp::Request{});
  }
  /// The next event, once the network has said that there is one.
  TransportEvent event() {
    TransportEvent event;
    EXPECT_TRUE(test::wait_for(k_patience, [&] {
      network.service(0);
      return stirred;
    }));
    EXPECT_TRUE(transport->poll(event));
    stirred = false;
    return event;
  }
  void answer(const StubHttp::Request& request, const std::string& status, const std::string& fields = "",
              const std::string& body = "") {
    const std::string length = status == "204 No Content" ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n";
    stub.say(request.connection, "HTTP/1.1 " + status + "\r\n" + fields + length + "\r\n" + body);
  }

  StubHttp stub;
  NativeNetwork network{{}};
  bool stirred = false;
  std::unique_ptr<core::Transport> transport;
};

TEST_F(NativeHttp, requests_are_whole_and_a_stream_flows_as_it_comes) {
  begin();
  const auto open = request();
  EXPECT_EQ(open.head.find("POST /road/open HTTP/1.1\r\n"), 0U) << open.head;
  for (const char* field :
       {"Content-Length: 0\r\n", "Cudgel-Version: 6\r\n", "Cudgel-Kind: sse\r\n", "Content-Type: application/octet-stream\r\n"}) {
    EXPECT_NE(open.head.find(field), std::string::npos) << field << "\n" << open.head;
  }
  answer(open, "200 OK", "cudgel-road: " + k_id + "\r\n");
  const auto stream = request();
  EXPECT_EQ(stream.connection, open.connection) << "kept alive";
  EXPECT_EQ(stream.head.find("POST /road/stream HTTP/1.1\r\n"), 0U);
  EXPECT_NE(stream.head.find("Cudgel-Road: " + k_id + "\r\n"), std::string::npos);
  stub.say(stream.connection, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: cudgel\n\n");
  EXPECT_EQ(event().type, TransportEvent::Type::opened);
  stub.say(stream.connection, "data: YWJj\n\n");
  const TransportEvent message = event();
  EXPECT_EQ(std::string(message.message.begin(), message.message.end()), "abc");

  EXPECT_EQ(transport->send(std::vector<std::uint8_t>(2000, 'x')), core::SendResult::sent);
  const auto sent = request();
  EXPECT_NE(sent.connection, stream.connection);
  EXPECT_EQ(sent.head.find("POST /road/send HTTP/1.1\r\n"), 0U);
  EXPECT_NE(sent.head.find("Cudgel-Number: 1\r\n"), std::string::npos);
  EXPECT_EQ(sent.head.find("Expect"), std::string::npos) << "a larger body goes without asking";
  EXPECT_EQ(sent.body.size(), 2004U);
  answer(sent, "204 No Content");
  EXPECT_TRUE(test::wait_for(k_patience, [&] {
    network.service(0);
    return transport->buffered_bytes() == 0;
  }));

  transport->close(1000, "left");
  const auto close = request();
  EXPECT_EQ(close.head.find("POST /road/close HTTP/1.1\r\n"), 0U);
  EXPECT_EQ(close.connection, sent.connection) << "kept alive";
  EXPECT_TRUE(test::wait_for(k_patience, [&] {
    network.service(0);
    return stub.left(stream.connection);
  })) << "a cancelled stream lets its connection go";
}

TEST_F(NativeHttp, a_close_comes_with_code_and_words) {
  begin();
  answer(request(), "410 Gone", "Cudgel-Close: 4001\r\n", "reload the page");
  const TransportEvent closed = event();
  EXPECT_EQ(closed.type, TransportEvent::Type::closed);
  EXPECT_EQ(closed.close_code, 4001);
  EXPECT_EQ(closed.close_reason, "reload the page");
}

TEST_F(NativeHttp, a_redirect_is_not_followed) {
  begin();
  answer(request(), "302 Found", "Location: http://" + stub.authority() + "/elsewhere\r\n");
  EXPECT_EQ(event().close_reason, "the server answered 302");
  EXPECT_FALSE(stub.next());
}

TEST_F(NativeHttp, failures_are_told_in_words) {
  begin();
  stub.end(request().connection);
  const TransportEvent broken = event();
  EXPECT_EQ(broken.close_code, 1006);
  EXPECT_FALSE(broken.close_reason.empty());
  transport->open("ws://127.0.0.1:1/ws");
  const TransportEvent refused = event();
  EXPECT_EQ(refused.close_code, 1006);
  EXPECT_NE(refused.close_reason.find("127.0.0.1"), std::string::npos) << refused.close_reason;
}

TEST(FileDownload, gives_the_file_or_says_why_not) {
  const struct {
    const char* answer;
    const char* told;
  } cases[] = {
      {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"},
      {"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone", "the server answers 404"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", "closed"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "closed"},
  };
  for (const auto& each : cases) {
    StubHttp stub;
    std::string told;
    bool given = false;
    std::thread download([&] {
      const auto file = download_file("http://" + stub.authority() + "/content.bin");
      given = file.has_value();
      told = file ? std::string(file->begin(), file->end()) : file.error();
    });
    std::optional<StubHttp::Request> request;
    EXPECT_TRUE(test::wait_for(k_patience, [&] { return (request = stub.next()).has_value(); }));
    if (request) {
      EXPECT_EQ(request->head.find("GET /content.bin HTTP/1.1\r\n"), 0U);
      stub.say(request->connection, each.answer);
      stub.end(request->connection);
    }
    download.join();
    EXPECT_NE(told.find(each.told), std::string::npos) << told;
    EXPECT_EQ(told.find("http://") == 0, !given);
  }
}

}  // namespace
}  // namespace cudgel::net
