#include "net_web/fetch_client.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

/// Implemented by fetch_library.js, where each is described.
extern "C" {
int cudgel_fetch_start(const char* url, const char* headers, const std::uint8_t* body, std::size_t body_bytes,
                       std::size_t waiting_bytes_max);
void cudgel_fetch_forget(const char* url, const char* headers, const std::uint8_t* body, std::size_t body_bytes);
int cudgel_fetch_next(int id);
std::size_t cudgel_fetch_next_bytes(int id);
void cudgel_fetch_take(int id, std::uint8_t* bytes);
void cudgel_fetch_cancel(int id);
}

namespace cudgel::net {

namespace {

/// As fetch_library.js counts them.
enum class Next : int { nothing = 0, head = 1, data = 2, done = 3, failed = 4 };

std::string header_lines(const PostRequest& request) {
  std::string lines;
  for (const PostHeader& header : request.headers) lines += std::string(header.name) + ":" + header.value + "\n";
  return lines;
}

/// Four lines: the status and the three fields.
AnswerHead read_head(std::string_view text) {
  std::array<std::string_view, 4> lines;
  for (std::string_view& line : lines) {
    line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  AnswerHead head;
  std::from_chars(lines[0].data(), lines[0].data() + lines[0].size(), head.status);
  head.road = lines[1];
  head.number = lines[2];
  head.close = lines[3];
  return head;
}

class FetchExchange final : public HttpExchange {
 public:
  explicit FetchExchange(const PostRequest& request)
      : id_(cudgel_fetch_start(request.url.c_str(), header_lines(request).c_str(), request.body.data(), request.body.size(),
                               k_exchange_bytes_max)) {}
  ~FetchExchange() override { cudgel_fetch_cancel(id_); }

  bool poll(ExchangeEvent& event) override {
    const auto next = static_cast<Next>(cudgel_fetch_next(id_));
    if (next == Next::nothing) return false;
    given_.resize(cudgel_fetch_next_bytes(id_));
    cudgel_fetch_take(id_, given_.data());
    const std::string_view text(reinterpret_cast<const char*>(given_.data()), given_.size());
    switch (next) {
      case Next::head:
        event.type = ExchangeEvent::Type::head;
        event.head = read_head(text);
        break;
      case Next::data:
        event.type = ExchangeEvent::Type::data;
        event.data = given_;
        break;
      case Next::done:
        event.type = ExchangeEvent::Type::done;
        break;
      case Next::failed:
      case Next::nothing:
        event.type = ExchangeEvent::Type::failed;
        event.reason = text;
        break;
    }
    return true;
  }

 private:
  int id_;
  std::vector<std::uint8_t> given_;  ///< what the newest event points to
};

class FetchClient final : public HttpClient {
 public:
  std::unique_ptr<HttpExchange> post(PostRequest request) override { return std::make_unique<FetchExchange>(request); }
  void post_and_forget(PostRequest request) override {
    cudgel_fetch_forget(request.url.c_str(), header_lines(request).c_str(), request.body.data(), request.body.size());
  }
};

}  // namespace

std::unique_ptr<HttpClient> make_fetch_client() { return std::make_unique<FetchClient>(); }

}  // namespace cudgel::net
