#pragma once
// An HttpClient for tests: keeps what was asked, and answers what the test says, when it says it. Knows nothing of roads. Whoever
// includes it links net_http.

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "net_http/http_client.h"

namespace cudgel::test {

class FakeHttpClient final : public net::HttpClient {
 public:
  using Bytes = std::vector<std::uint8_t>;
  using PostRequest = net::PostRequest;
  using AnswerHead = net::AnswerHead;
  using Type = net::ExchangeEvent::Type;

  /// One request, and what has been answered so far.
  class Call {
   public:
    explicit Call(PostRequest asked) : request(std::move(asked)) {}

    [[nodiscard]] std::string header(const std::string& name) const {
      for (const net::PostHeader& each : request.headers) {
        if (name == each.name) return each.value;
      }
      return {};
    }
    void head(AnswerHead head) {
      Answer& answer = answers.emplace_back();
      answer.type = Type::head;
      answer.head = std::move(head);
    }
    void data(Bytes bytes) {
      Answer& answer = answers.emplace_back();
      answer.type = Type::data;
      answer.bytes = std::move(bytes);
    }
    void data(const std::string& text) { data(Bytes(text.begin(), text.end())); }
    void done() { answers.emplace_back().type = Type::done; }
    void fail(const std::string& reason) {
      Answer& answer = answers.emplace_back();
      answer.type = Type::failed;
      answer.reason = reason;
    }
    /// All of it at once.
    void answer(AnswerHead with, const Bytes& body = {}) {
      head(std::move(with));
      if (!body.empty()) data(body);
      done();
    }

    PostRequest request;
    bool cancelled = false;  ///< the exchange is gone; after its end that means nothing
    struct Answer {
      Type type = Type::none;
      AnswerHead head;
      Bytes bytes;
      std::string reason;
    };
    std::deque<Answer> answers;
  };

  std::unique_ptr<net::HttpExchange> post(PostRequest request) override {
    calls.push_back(std::make_shared<Call>(std::move(request)));
    return std::make_unique<Exchange>(calls.back());
  }
  void post_and_forget(PostRequest request) override { forgotten.push_back(std::move(request)); }

  /// The newest request to an address that ends so; null when there is none.
  std::shared_ptr<Call> last(const std::string& end) const {
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
      if ((*call)->request.url.ends_with(end)) return *call;
    }
    return nullptr;
  }
  /// Requests to addresses that end so.
  std::size_t count(const std::string& end) const {
    std::size_t found = 0;
    for (const auto& call : calls) found += call->request.url.ends_with(end) ? 1 : 0;
    return found;
  }

  std::vector<std::shared_ptr<Call>> calls;  ///< of post()
  std::vector<PostRequest> forgotten;        ///< of post_and_forget()

 private:
  class Exchange final : public net::HttpExchange {
   public:
    explicit Exchange(std::shared_ptr<Call> call) : call_(std::move(call)) {}
    ~Exchange() override { call_->cancelled = true; }
    bool poll(net::ExchangeEvent& event) override {
      if (call_->answers.empty()) return false;
      Call::Answer answer = std::move(call_->answers.front());
      call_->answers.pop_front();
      given_ = std::move(answer.bytes);
      event.type = answer.type;
      event.head = std::move(answer.head);
      event.data = given_;
      event.reason = std::move(answer.reason);
      return true;
    }

   private:
    std::shared_ptr<Call> call_;
    Bytes given_;
  };
};

}  // namespace cudgel::test
