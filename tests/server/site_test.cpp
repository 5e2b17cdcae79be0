// Goal: /healthz tells a world that does not tick from one that does. Method: the answering part alone, with a clock that is an argument.

#include "net/site.h"

#include <gtest/gtest.h>

namespace cudgel::net {
namespace {

constexpr ops::Nanoseconds k_now_ns = 100 * ops::k_ns_per_s;

HttpResponse health(ops::Nanoseconds ticked_at_ns) {
  ops::Metrics metrics;
  metrics.ticked_at_ns = ticked_at_ns;
  HttpRequest request;
  request.method = "GET";
  request.path = "/healthz";
  return Site(WebFiles{}, metrics).answer(request, k_now_ns);
}

TEST(Site, health_is_503_before_the_first_tick) {
  const HttpResponse response = health(0);
  EXPECT_EQ(response.status, 503);
  EXPECT_TRUE(response.body().starts_with("{\"status\":\"starting\",")) << response.body();
}

TEST(Site, health_is_200_while_it_ticks) {
  const HttpResponse response = health(k_now_ns - ops::k_ns_per_s);
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(response.body().starts_with("{\"status\":\"ok\",")) << response.body();
}

TEST(Site, health_is_503_when_the_last_tick_was_three_seconds_ago) {
  const HttpResponse response = health(k_now_ns - 3 * ops::k_ns_per_s);
  EXPECT_EQ(response.status, 503);
  EXPECT_TRUE(response.body().starts_with("{\"status\":\"stuck\",")) << response.body();
}

}  // namespace
}  // namespace cudgel::net
