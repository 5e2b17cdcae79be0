#pragma once
// One request of a road until its whole answer is there. When the answer is lost (a broken connection, silence, a middlebox's 502) the same
// request is asked again, unchanged, a few times: the server knows it by its number. Gives up with words; never looks into an answer.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "net_http/http_client.h"

namespace cudgel::net {

struct PostPatience {
  double answer_ms = 3000;  ///< silence for so long is a lost answer
  int repeats_max = 4;      ///< 0: asked once
};

class RepeatedPost {
 public:
  enum class Outcome : std::uint8_t { none, answered, given_up };

  /// An earlier one is cancelled.
  void start(HttpClient& client, PostRequest request, PostPatience patience, double now_ms);
  /// Moves on. Answered and given_up are told once; then nothing is under way any more.
  Outcome pump(double now_ms);
  void cancel();

  [[nodiscard]] bool busy() const { return client_ != nullptr; }
  /// Of the request that is under way.
  [[nodiscard]] std::size_t body_bytes() const { return busy() ? request_.body.size() : 0; }
  /// After answered.
  [[nodiscard]] const AnswerHead& head() const { return head_; }
  [[nodiscard]] const std::vector<std::uint8_t>& body() const { return body_; }
  /// After given_up: why, in words.
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  void ask(double now_ms);
  Outcome read(double now_ms);
  Outcome lose(std::string why, double now_ms);

  HttpClient* client_ = nullptr;  ///< while busy
  PostRequest request_;
  PostPatience patience_;
  std::unique_ptr<HttpExchange> exchange_;  ///< none while it waits to ask again
  int repeats_ = 0;
  double asked_ms_ = 0;
  double again_ms_ = 0;
  double first_lost_ms_ = 0;
  AnswerHead head_;
  std::vector<std::uint8_t> body_;
  std::string fault_;
};

}  // namespace cudgel::net
