#pragma once
// HttpClient over libcurl's multi interface: any number of exchanges, connections kept and shared among them, driven by one epoll set from
// service(). Takes no proxy from the environment: it goes the way the WebSocket goes. Never waits, never calls back.

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <curl/curl.h>

#include "net_http/http_client.h"

namespace cudgel::net {

class CurlExchange;

class CurlClient final : public HttpClient {
 public:
  /// `connections_max`: kept open for later requests.
  explicit CurlClient(std::size_t connections_max);
  ~CurlClient() override;

  std::unique_ptr<HttpExchange> post(PostRequest request) override;
  void post_and_forget(PostRequest request) override;
  /// Reads and writes everything that is ready.
  void service();

 private:
  friend class CurlExchange;
  std::unique_ptr<CurlExchange> begin(PostRequest request, long timeout_ms);
  void act(curl_socket_t socket, int what);
  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* known);
  static int on_timer(CURLM* multi, long timeout_ms, void* self);

  CURLM* multi_ = nullptr;
  int epoll_ = -1;
  std::optional<double> timer_ms_;                        ///< when libcurl wants its turn; of the steady clock
  std::vector<std::unique_ptr<CurlExchange>> forgotten_;  ///< of post_and_forget(), until they end
};

}  // namespace cudgel::net
