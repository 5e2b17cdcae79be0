#pragma once
// The session's side of the contract: writes down what a connection tells, and gives it messages by the rules of session::Connection,
// never to one that is not ready.

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "session/connection.h"

namespace cudgel::test {

class RecordingSession final : public session::ConnectionEvents {
 public:
  RecordingSession(session::Connection& connection, const session::Offer& offer) : offer_(offer), connection_(&connection) {}

  void message(std::span<const std::uint8_t> bytes) override {
    heard_after_closed_ = heard_after_closed_ || is_closed();
    heard_.emplace_back(bytes.begin(), bytes.end());
  }
  void text_message() override { heard_.emplace_back("(text)"); }
  void oversized_message() override { heard_.emplace_back("(oversized)"); }
  void pull() override { push(); }
  void closed() override { connection_ = nullptr; }

  /// Goes out, behind the ones before it, as soon as the connection is ready.
  void tell(std::string message) { waiting_.push_back(std::move(message)); }
  /// The same, instead of those that are still waiting.
  void tell_newest(std::string message) {
    waiting_.clear();
    tell(std::move(message));
  }
  void push() {
    while (!waiting_.empty() && ready()) {
      const std::string& message = waiting_.front();
      if (connection_->send({reinterpret_cast<const std::uint8_t*>(message.data()), message.size()}) != session::SendResult::sent)
        return;
      waiting_.pop_front();
    }
  }
  void close(protocol::CloseCode code, std::string_view reason) {
    if (connection_ != nullptr) connection_->close(code, reason);
  }

  [[nodiscard]] bool ready() const { return connection_ != nullptr && connection_->ready(); }
  [[nodiscard]] bool is_closed() const { return connection_ == nullptr; }
  [[nodiscard]] session::SendResult send_now(std::span<const std::uint8_t> message) {
    return connection_ == nullptr ? session::SendResult::closed : connection_->send(message);
  }
  [[nodiscard]] std::string address() const { return connection_ == nullptr ? "" : connection_->address(); }
  [[nodiscard]] const session::Offer& offer() const { return offer_; }
  [[nodiscard]] const std::vector<std::string>& heard() const { return heard_; }
  [[nodiscard]] bool heard_after_closed() const { return heard_after_closed_; }
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

 private:
  session::Offer offer_;
  session::Connection* connection_;  ///< until closed
  std::deque<std::string> waiting_;
  std::vector<std::string> heard_;
  bool heard_after_closed_ = false;
};

class RecordingHost final : public session::ConnectionHost {
 public:
  session::ConnectionEvents& opened(session::Connection& connection, const session::Offer& offer) override {
    return *sessions.emplace_back(std::make_unique<RecordingSession>(connection, offer));
  }

  std::vector<std::unique_ptr<RecordingSession>> sessions;  ///< oldest first, ended ones too
};

}  // namespace cudgel::test
