#pragma once
// What the HTTP roads need of HTTP: POST requests whose answers are read as they come. The page does it with fetch(), native
// programs with libcurl, tests with a list. Polled, never calls back, single thread; it knows nothing of roads and repeats nothing.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cudgel::net {

/// Answer bytes that may wait for HttpExchange::poll(). For whoever does not fetch them no more is read, or the exchange fails.
inline constexpr std::size_t k_exchange_bytes_max = std::size_t{1} << 20U;

struct PostHeader {
  const char* name = "";  ///< static text
  std::string value;      ///< visible ASCII
};

struct PostRequest {
  std::string url;  ///< http:// or https://
  std::vector<PostHeader> headers;
  /// Sent whole, with Content-Length (0 when empty) and as application/octet-stream, so that a page of another origin has to ask first.
  std::vector<std::uint8_t> body;
};

/// The answer's header fields that somebody reads, as they were sent; empty when they are not there.
struct AnswerHead {
  int status = 0;      ///< 100..999, the final one
  std::string road;    ///< Cudgel-Road
  std::string number;  ///< Cudgel-Number
  std::string close;   ///< Cudgel-Close
};

/// In this order: head once, data any number of times, then done or failed as the last; failed may come at any time.
struct ExchangeEvent {
  enum class Type : std::uint8_t { none, head, data, done, failed };
  Type type = Type::none;
  AnswerHead head;                     ///< of a head
  std::span<const std::uint8_t> data;  ///< of data: the next bytes of the body, at least one; valid until the next poll
  std::string reason;                  ///< of failed: why there is no whole answer, in words for people
};

/// One request and its answer. Destroying it cancels: no answer is read any more, and the server may or may not have read the request.
class HttpExchange {
 public:
  HttpExchange() = default;
  virtual ~HttpExchange() = default;
  HttpExchange(const HttpExchange&) = delete;
  HttpExchange& operator=(const HttpExchange&) = delete;
  /// The next event, in order; false when there is none. A body's bytes come as soon as they have arrived, not when it is whole.
  virtual bool poll(ExchangeEvent& event) = 0;
};

class HttpClient {
 public:
  HttpClient() = default;
  virtual ~HttpClient() = default;
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  /// Begins at once. Connections are kept alive and used again; redirects are not followed; there is no timeout, whoever waits cancels.
  /// Never null: what cannot even begin fails in poll(). The client must outlive its exchanges.
  virtual std::unique_ptr<HttpExchange> post(PostRequest request) = 0;
  /// The same for a last word: nobody waits for the answer, and it is still sent when everything else of us is gone (fetch's
  /// `keepalive`). Given up after a few seconds.
  virtual void post_and_forget(PostRequest request) = 0;
};

}  // namespace cudgel::net
