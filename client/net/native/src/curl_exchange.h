#pragma once
// One request of a CurlClient: what libcurl's callbacks bring waits here until it is polled.

#include <cstdint>
#include <string>
#include <vector>

#include <curl/curl.h>

#include "net_http/http_client.h"

namespace cudgel::net {

class CurlExchange final : public HttpExchange {
 public:
  /// Adds itself to `multi`, which must outlive it. `timeout_ms`: for all of it; 0 is none.
  CurlExchange(CURLM* multi, PostRequest request, long timeout_ms);
  ~CurlExchange() override;
  bool poll(ExchangeEvent& event) override;

  /// libcurl's word that it is over.
  void finish(CURLcode result);
  [[nodiscard]] bool finished() const { return finished_; }

 private:
  void configure(long timeout_ms);
  void fail(const char* why);
  AnswerHead read_head() const;
  static std::size_t on_data(char* bytes, std::size_t size, std::size_t count, void* self);

  CURLM* multi_;
  CURL* easy_;
  curl_slist* headers_ = nullptr;
  PostRequest request_;
  char error_[CURL_ERROR_SIZE] = "";
  bool has_head_ = false;
  bool head_given_ = false;
  AnswerHead head_;
  std::vector<std::uint8_t> received_;
  std::vector<std::uint8_t> given_;
  bool paused_ = false;
  bool finished_ = false;
  bool end_given_ = false;
  std::string fault_;  ///< empty when all went well
};

}  // namespace cudgel::net
