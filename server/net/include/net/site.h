#pragma once
// What HTTP answers: the page's files, /healthz, /metrics, and a sentence for everything else. Pure: a request in, an answer
// out; shared by all network threads and never changed after the start.

#include <cstdint>

#include "net/http_request.h"
#include "net/http_response.h"
#include "net/web_files.h"
#include "ops/metrics.h"

namespace cudgel::net {

/// Without a tick for this long the world is stuck and /healthz says so.
inline constexpr ops::Nanoseconds k_stuck_ns = 2 * ops::k_ns_per_s;

class Site {
 public:
  Site(WebFiles files, ops::Metrics& metrics) : files_(std::move(files)), metrics_(metrics) {}

  [[nodiscard]] HttpResponse answer(const HttpRequest& request, ops::Nanoseconds now_ns) const;

 private:
  [[nodiscard]] HttpResponse file(const WebFile& file, const HttpRequest& request) const;
  [[nodiscard]] HttpResponse health(ops::Nanoseconds now_ns) const;

  WebFiles files_;
  ops::Metrics& metrics_;
};

}  // namespace cudgel::net
