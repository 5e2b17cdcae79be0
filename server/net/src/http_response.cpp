#include "net/http_response.h"

#include <fmt/format.h>

#include <iterator>

namespace cudgel::net {
namespace {

/// What every answer carries. The page runs its own wasm and talks to its own server (the WebSocket's scheme has to be named
/// for browsers that do not count ws: as 'self'); nothing else may be loaded, and only the page's own site may frame it.
constexpr const char* k_security_headers =
    "Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ws: wss:; "
    "img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; media-src 'self' blob: data:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

}  // namespace

const char* status_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 204:
      return "No Content";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 417:
      return "Expectation Failed";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Error";
  }
}

std::string_view HttpResponse::body() const {
  if (shared_body) return {reinterpret_cast<const char*>(shared_body->data()), shared_body->size()};
  return own_body.empty() ? borrowed_body : std::string_view(own_body);
}

std::string HttpResponse::render_head() const {
  std::string text;
  text.reserve(1024);
  auto out = std::back_inserter(text);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\n", status, status_phrase(status));
  for (const auto& [name, value] : headers) fmt::format_to(out, "{}: {}\r\n", name, value);
  const bool no_length = status == 204 || status == 304 || endless;
  if (!no_length) fmt::format_to(out, "Content-Length: {}\r\n", body().size());
  if (!for_program) text += k_security_headers;
  if (close) {
    text += "Connection: close\r\n";
  } else if (!for_program) {
    text += "Connection: keep-alive\r\n";
  }
  text += "\r\n";
  return text;
}

HttpResponse sentence_response(int status, std::string sentence) {
  HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.own_body = std::move(sentence) + "\n";
  return response;
}

}  // namespace cudgel::net
