#include "road_client.h"

#include <sodium.h>

#include "protocol/batch.h"

namespace cudgel::test {
namespace {

std::string decode_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                                       nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL);
  EXPECT_TRUE(failed == 0 && end == text.data() + text.size()) << text;
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string road_post(const std::string& action, const std::string& header_lines, std::string_view body) {
  return "POST /road/" + action + " HTTP/1.1\r\nHost: x\r\n" + header_lines + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

std::string batch_of(std::initializer_list<std::string> messages) {
  std::vector<std::uint8_t> batch;
  for (const std::string& message : messages) protocol::append_to_batch(batch, WsClient::as_bytes(message));
  return std::string(WsClient::as_text(batch));
}

EventStream::EventStream(std::uint16_t port, const std::string& id, int receive_buffer_bytes)
    : socket_(port, receive_buffer_bytes) {
  socket_.send(road_post("stream", "Cudgel-Road: " + id + "\r\n"));
  answer_ = read_answer(socket_);
  received_ = answer_.body;
}

std::optional<ServerEvent> EventStream::next(Milliseconds time) {
  for (;;) {
    while (received_.find("\n\n") == std::string::npos) {
      if (!socket_.receive(received_, time)) return std::nullopt;
    }
    const std::string block = received_.substr(0, received_.find("\n\n") + 1);
    received_.erase(0, block.size() + 1);
    ServerEvent event;
    for (std::size_t at = 0; at < block.size();) {
      const std::size_t end = block.find('\n', at);
      const std::string line = block.substr(at, end - at);
      at = end + 1;
      if (line.starts_with("event: ")) event.name = line.substr(7);
      if (line.starts_with("data: ")) event.data = line.substr(6);
    }
    if (!event.data.empty()) return event;
  }
}

RoadClient::RoadClient(std::uint16_t port, const std::string& kind, int version) : port_(port) {
  opened_ = http_raw(port, road_post("open", "Cudgel-Kind: " + kind + "\r\nCudgel-Version: " + std::to_string(version) + "\r\n"));
  id_ = opened_.header("cudgel-road");
}

HttpAnswer RoadClient::ask(const std::string& action, const std::string& more_lines, std::string_view body) const {
  return http_raw(port_, road_post(action, lines(more_lines), body));
}

HttpAnswer RoadClient::send(std::uint32_t number, std::string_view batch) const {
  return ask("send", "Cudgel-Number: " + std::to_string(number) + "\r\n", batch);
}

HttpAnswer RoadClient::receive(std::string_view batch) {
  std::string more = "Cudgel-Got: " + std::to_string(got_) + "\r\n";
  if (!batch.empty()) more += "Cudgel-Number: " + std::to_string(++up_) + "\r\n";
  HttpAnswer answer = ask("receive", more, batch);
  if (answer.status == 200) {
    EXPECT_EQ(answer.header("cudgel-number"), std::to_string(got_ + 1));
    ++got_;
  }
  return answer;
}

void RoadView::apply_batch(const std::string& batch) {
  auto reader = protocol::BatchReader::open(WsClient::as_bytes(batch), 1);
  ASSERT_TRUE(reader) << reader.error().reason;
  const auto message = reader->next();
  ASSERT_TRUE(message);
  apply(WsClient::as_text(*message));
}

void RoadView::apply_event(const std::string& base64) { apply(decode_base64(base64)); }

void RoadView::apply(std::string_view message) {
  const auto frame = reader_.read({reinterpret_cast<const std::uint8_t*>(message.data()), message.size()});
  ASSERT_TRUE(frame) << frame.error().reason;
  const auto applied = replica_.apply(**frame);
  EXPECT_TRUE(applied) << applied.error().reason;
  if ((*frame)->notes() == nullptr) return;
  for (const protocol::Note* note : *(*frame)->notes()) {
    const protocol::Welcome* welcome = note->body_as_Welcome();
    if (welcome == nullptr) continue;
    token_.emplace();
    std::copy(welcome->token()->begin(), welcome->token()->end(), token_->begin());
  }
}

}  // namespace cudgel::test
