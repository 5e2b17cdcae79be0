// Target: net::parse_request, net::check_upgrade and net::read_road_request. Promise: what is complete lies within the bytes and says the same when only its
// own bytes are given; what is refused has a status and a sentence; a valid upgrade becomes a request that is valid again; a road's request
// owns a number for each batch, an id for each road, and its body.

#include "net/http_request.h"
#include "net/road_request.h"
#include "net/upgrade.h"

#include "entry.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_http_request);

namespace {

bool within(std::string_view part, std::string_view whole) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check_complete(const net::ParsedRequest& parsed, std::string_view bytes) {
  const net::HttpRequest& request = parsed.request;
  CUDGEL_ASSERT(parsed.head_bytes <= bytes.size() && parsed.head_bytes <= net::k_request_head_bytes_max);
  const std::string_view head = bytes.substr(0, parsed.head_bytes);
  CUDGEL_ASSERT(within(request.method, head) && within(request.path, head) && within(request.query, head));
  const bool of_road = net::is_road_request(request);
  CUDGEL_ASSERT(of_road ? request.method == "POST" : request.method == "GET" || request.method == "HEAD");
  CUDGEL_ASSERT(request.body_bytes <= (of_road ? net::k_request_body_bytes_max : 0));
  CUDGEL_ASSERT(request.path.starts_with('/') && request.header_count <= net::k_request_headers_max);
  for (std::size_t i = 0; i < request.header_count; ++i) {
    CUDGEL_ASSERT(within(request.headers[i].name, head) && within(request.headers[i].value, head));
  }
  const net::ParsedRequest again = net::parse_request(head);
  CUDGEL_ASSERT(again.state == net::ParseState::complete && again.head_bytes == parsed.head_bytes);
}

void check_refusal(const net::HttpRefusal& refusal) {
  CUDGEL_ASSERT(refusal.status >= 400 && refusal.status < 600 && !refusal.sentence.empty());
}

void check_road(const net::HttpRequest& request, std::string_view body) {
  const auto road = net::read_road_request(request, body, {"https://play.example.org"});
  if (!road) return check_refusal(road.error());
  const bool opens = road->action == net::RoadAction::open;
  CUDGEL_ASSERT(road->id.size() == (opens ? 0 : net::k_road_id_digits));
  CUDGEL_ASSERT(opens || net::road_thread(road->id) < 256);
  CUDGEL_ASSERT(road->body.size() == body.size() && (road->number > 0) == !body.empty());
  CUDGEL_ASSERT(!opens || road->version > 0);
}

}  // namespace

int fuzz_http_request(std::span<const std::uint8_t> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const net::ParsedRequest parsed = net::parse_request(text);
  if (parsed.state == net::ParseState::refused) check_refusal(parsed.refusal);
  if (parsed.state != net::ParseState::complete) return 0;
  check_complete(parsed, text);
  if (net::is_road_request(parsed.request)) {
    const std::string_view body = text.substr(parsed.head_bytes);
    if (body.size() >= parsed.request.body_bytes) check_road(parsed.request, body.substr(0, parsed.request.body_bytes));
    return 0;
  }
  const auto upgrade = net::check_upgrade(parsed.request, {"https://play.example.org"});
  if (!upgrade) {
    check_refusal(upgrade.error());
    return 0;
  }
  const std::string canonical = net::canonical_request(*upgrade);
  const net::ParsedRequest again = net::parse_request(canonical);
  CUDGEL_ASSERT(again.state == net::ParseState::complete && again.head_bytes == canonical.size());
  const auto upgraded = net::check_upgrade(again.request, {});
  CUDGEL_ASSERT(upgraded && upgraded->key == upgrade->key && upgraded->subprotocol == upgrade->subprotocol);
  return 0;
}
