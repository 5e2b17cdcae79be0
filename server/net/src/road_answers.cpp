#include "road_answers.h"

#include <fmt/format.h>
#include <sodium.h>

namespace cudgel::net {
namespace {

HttpResponse plain(int status) {
  HttpResponse response;
  response.status = status;
  response.for_program = true;
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

}  // namespace

HttpResponse opened_answer(const std::string& id) {
  HttpResponse response = plain(200);
  response.headers.emplace_back("Cudgel-Road", id);
  return response;
}

HttpResponse nothing_answer() { return plain(204); }

HttpResponse batch_answer(std::uint32_t number, std::shared_ptr<const std::vector<std::uint8_t>> batch) {
  HttpResponse response = plain(200);
  response.headers.emplace_back("Content-Type", "application/octet-stream");
  response.headers.emplace_back("Cudgel-Number", std::to_string(number));
  response.shared_body = std::move(batch);
  return response;
}

HttpResponse ended_answer(const RoadEnd& end) {
  HttpResponse response = plain(410);
  response.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
  response.headers.emplace_back("Cudgel-Close", std::to_string(static_cast<int>(end.code)));
  response.own_body = end.reason;
  return response;
}

HttpResponse stream_answer() {
  HttpResponse response;
  response.for_program = true;
  response.endless = true;
  response.close = true;
  // no-transform and X-Accel-Buffering ask proxies to pass on what comes as it comes.
  response.headers = {
      {"Cache-Control", "no-store, no-transform"}, {"X-Accel-Buffering", "no"}, {"Content-Type", "text/event-stream"}};
  response.borrowed_body = k_event_comment;
  return response;
}

void write_event(std::string& text, std::span<const std::uint8_t> message) {
  constexpr std::string_view k_field = "data: ";
  constexpr int k_variant = sodium_base64_VARIANT_ORIGINAL;
  const std::size_t size = sodium_base64_encoded_len(message.size(), k_variant);  // with the end of a C string
  text.assign(k_field);
  text.resize(k_field.size() + size);
  sodium_bin2base64(text.data() + k_field.size(), size, message.data(), message.size(), k_variant);
  text.pop_back();
  text += "\n\n";
}

std::string end_event(const RoadEnd& end) {
  return fmt::format("event: close\ndata: {} {}\n\n", static_cast<int>(end.code), end.reason);
}

}  // namespace cudgel::net
