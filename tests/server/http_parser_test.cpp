// Goal: the request parser and the upgrade check decide the same however the bytes arrive. Method: direct calls.

#include <gtest/gtest.h>

#include "net/http_request.h"
#include "net/upgrade.h"
#include "net/web_files.h"

namespace cudgel::net {
namespace {

const std::string k_request =
    "GET /a/b?c=d HTTP/1.1\r\nHost: example.org\r\nConnection: keep-alive, Upgrade\r\nX-Empty:\r\naccept-ENCODING: br , "
    "gzip\r\n\r\n";

TEST(HttpParser, reads_a_request) {
  const std::string bytes = k_request + "rest";  // the request points into it
  const ParsedRequest parsed = parse_request(bytes);
  ASSERT_EQ(parsed.state, ParseState::complete);
  EXPECT_EQ(parsed.head_bytes, k_request.size());
  EXPECT_EQ(parsed.request.method, "GET");
  EXPECT_EQ(parsed.request.path, "/a/b");
  EXPECT_EQ(parsed.request.query, "c=d");
  EXPECT_TRUE(parsed.request.keep_alive);
  EXPECT_TRUE(parsed.request.has("x-empty"));
  EXPECT_EQ(parsed.request.header("HOST"), "example.org");
  EXPECT_TRUE(parsed.request.lists("connection", "upgrade"));
  EXPECT_TRUE(parsed.request.lists("Accept-Encoding", "gzip"));
  EXPECT_FALSE(parsed.request.lists("Accept-Encoding", "gz"));
}

TEST(HttpParser, every_prefix_is_incomplete) {
  for (std::size_t size = 0; size < k_request.size(); ++size) {
    EXPECT_EQ(parse_request(k_request.substr(0, size)).state, ParseState::incomplete) << size;
  }
}

TEST(HttpParser, a_zero_length_body_is_no_body) {
  EXPECT_EQ(parse_request("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").state, ParseState::complete);
}

TEST(HttpParser, a_road_takes_a_body_by_its_length_only) {
  const std::string head = "POST /road/send HTTP/1.1\r\nHost: x\r\n";
  const ParsedRequest parsed = parse_request(head + "Content-Length: 16384\r\n\r\nabc");
  ASSERT_EQ(parsed.state, ParseState::complete);
  EXPECT_EQ(parsed.request.body_bytes, 16384U);
  EXPECT_EQ(parse_request(head + "Content-Length: 16385\r\n\r\n").refusal.status, 413);
  EXPECT_EQ(parse_request(head + "\r\n").refusal.status, 411);
  EXPECT_EQ(parse_request("POST /roads HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n").refusal.status, 405);
}

TEST(HttpParser, http_1_0_closes_unless_asked) {
  EXPECT_FALSE(parse_request("GET / HTTP/1.0\r\n\r\n").request.keep_alive);
  EXPECT_TRUE(parse_request("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").request.keep_alive);
  EXPECT_FALSE(parse_request("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").request.keep_alive);
}

TEST(HttpParser, too_many_headers_are_431) {
  std::string request = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 64; ++i) request += "X: y\r\n";
  EXPECT_EQ(parse_request(request + "\r\n").refusal.status, 431);
}

TEST(Upgrade, what_the_library_reads_holds_only_what_was_checked) {
  const std::string bytes =
      "GET /ws?x=1 HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: cudgel, cudgel.6\r\nCookie: secret\r\n"
      "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
  const ParsedRequest parsed = parse_request(bytes);
  ASSERT_EQ(parsed.state, ParseState::complete);
  const auto upgrade = check_upgrade(parsed.request, {});
  ASSERT_TRUE(upgrade) << upgrade.error().sentence;
  EXPECT_TRUE(upgrade->offer.our_version);
  const std::string canonical = canonical_request(*upgrade);
  EXPECT_EQ(canonical.find("secret"), std::string::npos);
  EXPECT_EQ(canonical.find("deflate"), std::string::npos);
  const ParsedRequest again = parse_request(canonical);
  ASSERT_EQ(again.state, ParseState::complete);
  EXPECT_TRUE(check_upgrade(again.request, {}));
}

TEST(WebFiles, names_with_a_fingerprint_may_be_kept) {
  EXPECT_TRUE(has_fingerprint("/client.5f3a9c01.js"));
  EXPECT_TRUE(has_fingerprint("/a/b.0123456789abcdef.wasm"));
  for (const char* path :
       {"/client.js", "/content.bin", "/client.5f3a.js", "/5f3a9c01/client.js", "/client.5f3a9c01", "/x.5F3A9C01.js"}) {
    EXPECT_FALSE(has_fingerprint(path)) << path;
  }
}

}  // namespace
}  // namespace cudgel::net
