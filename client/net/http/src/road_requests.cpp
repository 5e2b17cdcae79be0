#include "road_requests.h"

#include <algorithm>

#include "base/utf8.h"
#include "protocol/limits.h"

namespace cudgel::net {

namespace {
constexpr std::size_t k_road_id_digits = 34;
/// Of a refusal's sentence, for people.
constexpr std::size_t k_sentence_bytes_max = 200;

bool is_hex(char character) { return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f'); }
}  // namespace

std::optional<RoadRequests> RoadRequests::from_ws_url(std::string_view url) {
  constexpr std::string_view k_plain = "ws://";
  constexpr std::string_view k_secure = "wss://";
  const bool secure = url.starts_with(k_secure);
  if (!secure && !url.starts_with(k_plain)) return std::nullopt;
  url.remove_prefix(secure ? k_secure.size() : k_plain.size());
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t host_end = std::min(url.find('/'), url.size());
  if (host_end == 0) return std::nullopt;
  const std::size_t last_slash = url.rfind('/');
  RoadRequests requests;
  requests.base_ = secure ? "https://" : "http://";
  requests.base_ += last_slash == std::string_view::npos ? url : url.substr(0, last_slash);
  requests.base_ += "/road/";
  return requests;
}

PostRequest RoadRequests::open(HttpRoad road) const {
  return {base_ + "open", {{"Cudgel-Version", std::to_string(protocol::k_version)}, {"Cudgel-Kind", name_of(road)}}, {}};
}

PostRequest RoadRequests::on_road(const char* name) const { return {base_ + name, {{"Cudgel-Road", id_}}, {}}; }

bool RoadRequests::set_id(const std::string& id) {
  if (id.size() != k_road_id_digits || !std::all_of(id.begin(), id.end(), is_hex)) return false;
  id_ = id;
  return true;
}

RoadClose end_told_by(const AnswerHead& head, std::span<const std::uint8_t> body) {
  constexpr int k_status_not_found = 404;
  constexpr int k_status_gone = 410;
  const std::string_view words(reinterpret_cast<const char*>(body.data()), body.size());
  if (head.status == k_status_gone) {
    if (auto end = read_close(head.close, words)) return *end;
    return {k_lost_code, "the server closed the road without a code that may be sent"};
  }
  if (head.status == k_status_not_found) return {k_lost_code, "the server does not know this road"};
  std::string sentence = "the server answered " + std::to_string(head.status);
  if (!words.empty() && words.size() <= k_sentence_bytes_max && base::utf8_length(words)) sentence.append(": ").append(words);
  return {k_lost_code, std::move(sentence)};
}

}  // namespace cudgel::net
