#include "net/http_request.h"

#include <algorithm>
#include <charconv>

namespace cudgel::net {
namespace {

constexpr std::size_t k_method_bytes_max = 16;
/// Headers that mean something to us: given twice they could mean two things.
constexpr std::array<std::string_view, 14> k_single_headers{"host",
                                                            "content-length",
                                                            "transfer-encoding",
                                                            "origin",
                                                            "upgrade",
                                                            "sec-websocket-key",
                                                            "sec-websocket-version",
                                                            "expect",
                                                            "sec-websocket-protocol",
                                                            "cudgel-road",
                                                            "cudgel-kind",
                                                            "cudgel-number",
                                                            "cudgel-got",
                                                            "cudgel-version"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// RFC 9110 "token".
bool is_token(std::string_view text) {
  if (text.empty()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

ParsedRequest refuse(HttpRefusal refusal) {
  ParsedRequest parsed;
  parsed.state = ParseState::refused;
  parsed.refusal = std::move(refusal);
  return parsed;
}

/// Empty when fine.
HttpRefusal read_request_line(std::string_view line, HttpRequest& request, int& minor_version) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return {400, "the request line must be METHOD TARGET HTTP/1.1"};
  request.method = line.substr(0, first);
  std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(request.method) || request.method.size() > k_method_bytes_max) return {400, "the method is not a word"};
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    if (version.starts_with("HTTP/")) return {505, "only HTTP/1.1 and HTTP/1.0 are spoken here"};
    return {400, "the request line must end in HTTP/1.1"};
  }
  minor_version = version.back() - '0';
  if (target.size() > k_request_target_bytes_max) return {414, "the target is too long"};
  if (target.empty() || target.front() != '/') return {400, "the target must begin with a slash"};
  if (!std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7F; })) {
    return {400, "the target holds a character that must be escaped"};
  }
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  request.query = question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
  return {0, {}};
}

HttpRefusal read_header_line(std::string_view line, HttpRequest& request) {
  if (request.header_count == k_request_headers_max) return {431, "too many headers"};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return {400, "a header line must be NAME: VALUE"};
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && byte != '\t') || byte == 0x7F) return {400, "a header value holds a control character"};
  }
  request.headers[request.header_count++] = {line.substr(0, colon), value};
  return {0, {}};
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// How a request without a body says so.
HttpRefusal check_no_body(const HttpRequest& request) {
  if (request.method != "GET" && request.method != "HEAD") return {405, "only GET and HEAD are answered here"};
  if (request.has("transfer-encoding")) return {400, "requests with a body are not taken"};
  if (request.has("content-length")) {
    const std::string_view length = request.header("content-length");
    if (!all_digits(length)) return {400, "content-length must be a number"};
    if (length.find_first_not_of('0') != std::string_view::npos) return {413, "requests with a body are not taken"};
  }
  if (request.has("expect")) return {417, "requests with a body are not taken"};
  return {0, {}};
}

/// How one that may have a body says how long it is: in one way only, so that nobody on the way can read it otherwise.
HttpRefusal check_body(HttpRequest& request) {
  if (request.method != "POST") return {405, "the roads take POST only", "POST"};
  if (request.has("transfer-encoding")) {
    if (request.has("content-length")) return {400, "content-length and transfer-encoding exclude each other"};
    return {411, "the body must come with a content-length, not in chunks"};
  }
  if (!request.has("content-length")) return {411, "content-length is missing; 0 for no body"};
  const std::string_view length = request.header("content-length");
  if (!all_digits(length)) return {400, "content-length must be a number"};
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), request.body_bytes);
  if (error != std::errc() || request.body_bytes > k_request_body_bytes_max) {
    return {413, "a body has at most " + std::to_string(k_request_body_bytes_max) + " bytes"};
  }
  if (request.has("expect")) return {417, "the body is to be sent without asking"};
  return {0, {}};
}

HttpRefusal check_headers(HttpRequest& request, int minor_version) {
  for (const std::string_view name : k_single_headers) {
    const auto count =
        std::count_if(request.headers.begin(), request.headers.begin() + static_cast<std::ptrdiff_t>(request.header_count),
                      [&](const HttpHeader& header) { return equal_ignoring_case(header.name, name); });
    if (count > 1) return {400, "the header " + std::string(name) + " is given twice"};
  }
  if (minor_version == 1 && request.header("host").empty()) return {400, "the header host is missing"};
  HttpRefusal wrong = request.path.starts_with(k_road_prefix) ? check_body(request) : check_no_body(request);
  if (wrong.status != 0) return wrong;
  request.keep_alive = minor_version == 1 ? !request.lists("connection", "close") : request.lists("connection", "keep-alive");
  return {0, {}};
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view HttpRequest::header(std::string_view name) const {
  for (std::size_t i = 0; i < header_count; ++i) {
    if (equal_ignoring_case(headers[i].name, name)) return headers[i].value;
  }
  return {};
}

bool HttpRequest::has(std::string_view name) const {
  for (std::size_t i = 0; i < header_count; ++i) {
    if (equal_ignoring_case(headers[i].name, name)) return true;
  }
  return false;
}

bool HttpRequest::lists(std::string_view name, std::string_view token) const {
  bool found = false;
  for (std::size_t i = 0; i < header_count; ++i) {
    if (!equal_ignoring_case(headers[i].name, name)) continue;
    for_each_token(headers[i].value, [&](std::string_view entry) { found = found || equal_ignoring_case(entry, token); });
  }
  return found;
}

ParsedRequest parse_request(std::string_view bytes) {
  ParsedRequest parsed;
  const std::string_view window = bytes.substr(0, k_request_head_bytes_max);
  int minor_version = 1;
  std::size_t at = 0;
  for (bool first_line = true;; first_line = false) {
    const std::size_t end = window.find('\n', at);
    if (end == std::string_view::npos) {
      if (bytes.size() >= k_request_head_bytes_max) return refuse({431, "the head of the request is too large"});
      return parsed;
    }
    if (end == at || window[end - 1] != '\r') return refuse({400, "lines must end in CR LF"});
    const std::string_view line = window.substr(at, end - 1 - at);
    at = end + 1;
    HttpRefusal wrong{0, {}};
    if (first_line) {
      wrong = read_request_line(line, parsed.request, minor_version);
    } else if (line.empty()) {
      wrong = check_headers(parsed.request, minor_version);
      if (wrong.status == 0) {
        parsed.state = ParseState::complete;
        parsed.head_bytes = at;
        return parsed;
      }
    } else {
      wrong = read_header_line(line, parsed.request);
    }
    if (wrong.status != 0) return refuse(std::move(wrong));
  }
}

}  // namespace cudgel::net
