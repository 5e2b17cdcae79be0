#include "curl_exchange.h"

#include <utility>

namespace cudgel::net {

CurlExchange::CurlExchange(CURLM* multi, PostRequest request, long timeout_ms)
    : multi_(multi), easy_(curl_easy_init()), request_(std::move(request)) {
  if (easy_ == nullptr) {
    fail("libcurl gives no handle");
    return;
  }
  configure(timeout_ms);
  if (curl_multi_add_handle(multi_, easy_) != CURLM_OK) fail("libcurl does not take the request");
}

CurlExchange::~CurlExchange() {
  if (easy_ != nullptr) {
    curl_multi_remove_handle(multi_, easy_);
    curl_easy_cleanup(easy_);
  }
  curl_slist_free_all(headers_);
}

void CurlExchange::configure(long timeout_ms) {
  headers_ = curl_slist_append(headers_, "Content-Type: application/octet-stream");
  // Without this libcurl asks before it sends a larger body.
  headers_ = curl_slist_append(headers_, "Expect:");
  for (const PostHeader& header : request_.headers) {
    headers_ = curl_slist_append(headers_, (std::string(header.name) + ": " + header.value).c_str());
  }
  curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy_, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy_, CURLOPT_PROXY, "");
  curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_, CURLOPT_POST, 1L);
  // Without a pointer libcurl would ask a callback for the body.
  curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, request_.body.empty() ? static_cast<const void*>("") : request_.body.data());
  curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_);
  curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, on_data);
  curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, error_);
  curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, timeout_ms);
}

void CurlExchange::fail(const char* why) {
  finished_ = true;
  fault_ = why;
}

AnswerHead CurlExchange::read_head() const {
  const auto value = [this](const char* name) {
    curl_header* header = nullptr;
    const bool found = curl_easy_header(easy_, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK;
    return std::string(found ? header->value : "");
  };
  long status = 0;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  return {static_cast<int>(status), value("Cudgel-Road"), value("Cudgel-Number"), value("Cudgel-Close")};
}

std::size_t CurlExchange::on_data(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& self = *static_cast<CurlExchange*>(user);
  const std::size_t more = size * count;
  if (!std::exchange(self.has_head_, true)) self.head_ = self.read_head();
  // libcurl keeps this piece and reads no further: whoever writes faster than we fetch is held up by the network.
  self.paused_ = self.received_.size() + more > k_exchange_bytes_max;
  if (self.paused_) return CURL_WRITEFUNC_PAUSE;
  self.received_.insert(self.received_.end(), bytes, bytes + more);
  return more;
}

void CurlExchange::finish(CURLcode result) {
  if (result == CURLE_OK) {
    finished_ = true;
    if (!std::exchange(has_head_, true)) head_ = read_head();
  } else {
    fail(error_[0] != '\0' ? error_ : curl_easy_strerror(result));
  }
}

bool CurlExchange::poll(ExchangeEvent& event) {
  if (has_head_ && !std::exchange(head_given_, true)) {
    event.type = ExchangeEvent::Type::head;
    event.head = std::move(head_);
    return true;
  }
  if (!received_.empty()) {
    given_.swap(received_);
    received_.clear();
    event.type = ExchangeEvent::Type::data;
    event.data = given_;
    if (std::exchange(paused_, false)) curl_easy_pause(easy_, CURLPAUSE_CONT);
    return true;
  }
  if (!finished_ || std::exchange(end_given_, true)) return false;
  event.type = fault_.empty() ? ExchangeEvent::Type::done : ExchangeEvent::Type::failed;
  event.reason = fault_;
  return true;
}

}  // namespace cudgel::net
