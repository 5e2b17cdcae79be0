// Goal: the page's files and the server's own pages come as browsers need them; nothing outside the page's directory ever does.
// Method: the real server, requests written by hand.

#include "fixture.h"

namespace cudgel::test {
namespace {

class Http : public ServerTest {
 protected:
  void SetUp() override {
    web_.write("client.js", std::string(10000, 'j'));
    web_.write("client.js.gz", "pretend this is gzip");
    web_.write("client.wasm", std::string("\0asm", 4));
    web_.write("atlas.5f3a9c01.webp", "RIFF");
    web_.write("style.css", "body{}");
    web_.write("assets/big.bin", std::string(3'000'000, 'b'));
    web_.write(".secret", "not for you");
    start();
  }
};

TEST_F(Http, files_come_with_type_tag_and_caching) {
  struct Case {
    const char* target;
    const char* type;
    const char* cache;
  };
  for (const Case& each :
       {Case{"/", "text/html; charset=utf-8", "no-cache"}, Case{"/index.html?name=Ann", "text/html; charset=utf-8", "no-cache"},
        Case{"/index?name=Ann", "text/html; charset=utf-8", "no-cache"},
        Case{"/client.js", "text/javascript; charset=utf-8", "no-cache"}, Case{"/client.wasm", "application/wasm", "no-cache"},
        Case{"/style.css", "text/css; charset=utf-8", "no-cache"}, Case{"/content.bin", "application/octet-stream", "no-cache"},
        Case{"/atlas.5f3a9c01.webp", "image/webp", "public, max-age=31536000, immutable"}}) {
    const HttpAnswer answer = http(port(), "GET", each.target);
    EXPECT_EQ(answer.status, 200) << each.target;
    EXPECT_EQ(answer.header("content-type"), each.type) << each.target;
    EXPECT_EQ(answer.header("cache-control"), each.cache) << each.target;
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_NE(answer.header("content-security-policy").find("'wasm-unsafe-eval'"), std::string::npos);
    const HttpAnswer again = http(port(), "GET", each.target, "If-None-Match: " + answer.header("etag") + "\r\n");
    EXPECT_EQ(again.status, 304) << each.target;
    EXPECT_TRUE(again.body.empty());
  }
  EXPECT_EQ(http(port(), "GET", "/content.bin").body, baked_content_bytes());
}

TEST_F(Http, a_compressed_sibling_is_sent_to_those_who_take_it) {
  const HttpAnswer plain = http(port(), "GET", "/client.js");
  EXPECT_EQ(plain.body.size(), 10000U);
  EXPECT_EQ(plain.header("vary"), "Accept-Encoding");
  const HttpAnswer small = http(port(), "GET", "/client.js", "Accept-Encoding: br, gzip\r\n");
  EXPECT_EQ(small.header("content-encoding"), "gzip");
  EXPECT_EQ(small.header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(small.body, "pretend this is gzip");
  EXPECT_NE(small.header("etag"), plain.header("etag"));
  EXPECT_EQ(http(port(), "GET", "/client.js.gz").status, 404);
}

TEST_F(Http, head_tells_the_length_and_sends_no_body) {
  const RawSocket socket(port());
  socket.send("HEAD /client.js HTTP/1.1\r\nHost: x\r\n\r\nGET /style.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string all = socket.receive_all(Milliseconds(3000));
  EXPECT_NE(all.find("Content-Length: 10000\r\n"), std::string::npos);
  EXPECT_EQ(all.find("jjjj"), std::string::npos);
  EXPECT_TRUE(all.ends_with("\r\n\r\nbody{}"));
}

TEST_F(Http, one_connection_serves_many_requests_and_large_files) {
  const RawSocket socket(port());
  for (int i = 0; i < 20; ++i) {
    socket.send("GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(read_answer(socket).body, "body{}");
  }
  socket.send("GET /assets/big.bin HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(read_answer(socket).body.size(), 3'000'000U);
  EXPECT_EQ(http_raw(port(), "GET /style.css HTTP/1.0\r\n\r\n").body, "body{}");
}

TEST_F(Http, many_requests_at_once_are_all_answered) {
  const RawSocket socket(port());
  std::string requests;
  for (int i = 0; i < 40; ++i) requests += "GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n";
  requests += "GET /style.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  socket.send(requests);
  const std::string all = socket.receive_all(Milliseconds(5000));
  std::size_t count = 0;
  for (std::size_t at = all.find("body{}"); at != std::string::npos; at = all.find("body{}", at + 1)) ++count;
  EXPECT_EQ(count, 41U);
}

TEST_F(Http, nothing_outside_the_table_exists) {
  for (const char* target :
       {"/nothing", "/.secret", "/../etc/passwd", "/assets/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd", "//etc/passwd", "/assets", "/assets/", "/index.html/", "/client.js%00.html"}) {
    const HttpAnswer answer = http(port(), "GET", target);
    EXPECT_EQ(answer.status, 404) << target;
    EXPECT_FALSE(answer.body.empty()) << target;
  }
}

TEST_F(Http, what_is_malformed_gets_a_status_and_a_sentence) {
  struct Case {
    const char* what;
    std::string request;
    int status;
  };
  const std::string host = "Host: x\r\n";
  for (const Case& each : {
           Case{"garbage", "\x16\x03\x01\x02\r\n\r\n", 400},
           Case{"no version", "GET /\r\n\r\n", 400},
           Case{"HTTP/2", "GET / HTTP/2.0\r\n\r\n", 505},
           Case{"no host", "GET / HTTP/1.1\r\n\r\n", 400},
           Case{"host twice", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
           Case{"bare line feed", "GET / HTTP/1.1\nHost: x\n\n", 400},
           Case{"folded header", "GET / HTTP/1.1\r\n" + host + " more\r\n\r\n", 400},
           Case{"absolute target", "GET http://x/ HTTP/1.1\r\n" + host + "\r\n", 400},
           Case{"POST", "POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc", 405},
           Case{"CONNECT", "CONNECT x:80 HTTP/1.1\r\n" + host + "\r\n", 400},
           Case{"DELETE", "DELETE /index.html HTTP/1.1\r\n" + host + "\r\n", 405},
           Case{"body", "GET / HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc", 413},
           Case{"negative length", "GET / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400},
           Case{"length twice", "GET / HTTP/1.1\r\n" + host + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n", 400},
           Case{"chunked", "GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
           Case{"long target", "GET /" + std::string(3000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 414},
           Case{"large head", "GET / HTTP/1.1\r\n" + host + "X: " + std::string(9000, 'a') + "\r\n\r\n", 431},
           Case{"h2c",
                "GET / HTTP/1.1\r\n" + host +
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
                404},
       }) {
    const HttpAnswer answer = http_raw(port(), each.request);
    EXPECT_EQ(answer.status, each.status) << each.what;
    EXPECT_GT(answer.body.size(), 10U) << each.what;
  }
  EXPECT_EQ(http(port(), "GET", "/").status, 200);
}

TEST_F(Http, healthz_answers_once_ticking) {
  HttpAnswer answer;
  EXPECT_TRUE(wait_for(k_counted_within, [&] {
    answer = http(port(), "GET", "/healthz");
    return answer.status == 200;
  })) << answer.body;
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_TRUE(answer.body.starts_with("{\"status\":\"ok\",\"tick\":")) << answer.body;
}

TEST_F(Http, metrics_are_prometheus_text) {
  const HttpAnswer answer = http(port(), "GET", "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.header("content-type").starts_with("text/plain; version=0.0.4"));
  EXPECT_GE(metric("cudgel_ticks_total"), 0);
  EXPECT_GE(metric("cudgel_tick_duration_seconds_bucket{le=\"+Inf\"}"), 0);
  EXPECT_EQ(metric("cudgel_players"), 0);
  for (const char* name : {"cudgel_late_ticks_total", "cudgel_inputs_dropped_total", "cudgel_frames_sent_total",
                           "cudgel_refusals_total{reason=\"too_often\"}"}) {
    EXPECT_EQ(metric(name), 0) << name;
  }
}

}  // namespace
}  // namespace cudgel::test
