#include "net/site.h"

#include <fmt/format.h>

#include <algorithm>

namespace cudgel::net {
namespace {

constexpr std::string_view k_watch_prefix = "/watch/";
/// 64 bytes of a name, each as %XX.
constexpr std::size_t k_watched_bytes_max = 3 * 64;

/// /watch/NAME, the name as a browser writes it into an address: nothing in it that could end the header it becomes part of.
bool is_watch_link(std::string_view path) {
  if (!path.starts_with(k_watch_prefix)) return false;
  const std::string_view name = path.substr(k_watch_prefix.size());
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '%' || c == '-' || c == '_' ||
           c == '.' || c == '~' || c == '!' || c == '\'' || c == '(' || c == ')' || c == '*';
  };
  return !name.empty() && name.size() <= k_watched_bytes_max && std::all_of(name.begin(), name.end(), plain);
}

}  // namespace

HttpResponse Site::answer(const HttpRequest& request, ops::Nanoseconds now_ns) const {
  metrics_.http_requests.add();
  HttpResponse response;
  const WebFile* found = files_.find(request.path);
  if (request.path == "/healthz") {
    response = health(now_ns);
  } else if (request.path == "/metrics") {
    response.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}, {"Cache-Control", "no-store"}};
    response.own_body = metrics_.render();
  } else if (is_watch_link(request.path)) {
    // The page stands at one address only; relative, so that it also holds behind a proxy with a path of its own.
    response.status = 302;
    response.headers = {{"Location", "../?watch=" + std::string(request.path.substr(k_watch_prefix.size()))},
                        {"Cache-Control", "no-cache"}};
  } else if (found != nullptr) {
    response = file(*found, request);
  } else {
    metrics_.refuse(ops::Refusal::http_not_found);
    response = sentence_response(404, "there is nothing here by that name");
  }
  response.head_only = request.method == "HEAD";
  response.close = !request.keep_alive;
  return response;
}

HttpResponse Site::file(const WebFile& file, const HttpRequest& request) const {
  HttpResponse response;
  const bool gzip = !file.gzip_bytes.empty() && request.lists("accept-encoding", "gzip");
  // Each encoding is a representation of its own and has its own tag.
  const std::string etag = gzip ? file.etag.substr(0, file.etag.size() - 1) + "-gz\"" : file.etag;
  response.headers = {{"ETag", etag}, {"Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (!file.gzip_bytes.empty()) response.headers.emplace_back("Vary", "Accept-Encoding");
  bool unchanged = false;
  for_each_token(request.header("if-none-match"), [&](std::string_view known) {
    if (known.starts_with("W/")) known.remove_prefix(2);
    unchanged = unchanged || known == "*" || known == etag;
  });
  if (unchanged) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("Content-Type", file.content_type);
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  response.borrowed_body = gzip ? file.gzip_bytes : file.bytes;
  return response;
}

HttpResponse Site::health(ops::Nanoseconds now_ns) const {
  const ops::Nanoseconds ticked_at_ns = metrics_.ticked_at_ns.load(std::memory_order_relaxed);
  const char* status = "ok";
  if (ticked_at_ns == 0)
    status = "starting";
  else if (now_ns - ticked_at_ns > k_stuck_ns)
    status = "stuck";
  HttpResponse response;
  response.status = std::string_view(status) == "ok" ? 200 : 503;
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  response.own_body =
      fmt::format("{{\"status\":\"{}\",\"tick\":{},\"players\":{},\"entities\":{}}}\n", status,
                  metrics_.tick.load(std::memory_order_relaxed), metrics_.players.value(), metrics_.entities.value());
  return response;
}

}  // namespace cudgel::net
