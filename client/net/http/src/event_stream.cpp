#include "net_http/event_stream.h"

#include <algorithm>

#include "net_http/base64.h"
#include "net_http/road_close.h"
#include "protocol/limits.h"

namespace cudgel::net {

namespace {
/// The longest line is a message: its field name and the Base64 of the largest frame.
constexpr std::size_t k_line_bytes_max = sizeof("data: ") + (protocol::k_server_frame_bytes_max + 2) / 3 * 4;
}  // namespace

EventStreamReader::Found EventStreamReader::fail(const char* fault) {
  fault_ = fault;
  return Found::malformed;
}

EventStreamReader::Found EventStreamReader::next(std::span<const std::uint8_t>& rest) {
  while (fault_ == nullptr && !rest.empty()) {
    const auto end = std::find(rest.begin(), rest.end(), static_cast<std::uint8_t>('\n'));
    if (line_.size() + static_cast<std::size_t>(end - rest.begin()) > k_line_bytes_max)
      return fail("a line of the stream is too long");
    line_.append(rest.begin(), end);
    if (end == rest.end()) {
      rest = {};
      return Found::nothing;
    }
    rest = rest.subspan(static_cast<std::size_t>(end - rest.begin()) + 1);
    if (line_.ends_with('\r')) line_.pop_back();
    const Found found = read_line(line_);
    line_.clear();
    if (found != Found::nothing) return found;
  }
  return fault_ == nullptr ? Found::nothing : Found::malformed;
}

EventStreamReader::Found EventStreamReader::read_line(std::string_view line) {
  if (line.empty()) return finish_event();
  if (line.find('\r') != std::string_view::npos) return fail("a line of the stream holds a carriage return");
  const std::size_t colon = line.find(':');
  if (colon == 0) return Found::comment;
  if (colon == std::string_view::npos) return fail("a line of the stream has no colon");
  std::string_view value = line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  return read_field(line.substr(0, colon), value);
}

EventStreamReader::Found EventStreamReader::read_field(std::string_view name, std::string_view value) {
  if (name == "event") {
    if (value != "close" || has_name_) return fail("an event of the stream is of no known kind");
    has_name_ = true;
  } else if (name == "data") {
    if (has_data_) return fail("an event of the stream has two values");
    has_data_ = true;
    data_ = value;
  } else {
    return fail("a field of the stream is not known");
  }
  return Found::nothing;
}

EventStreamReader::Found EventStreamReader::finish_event() {
  const bool is_close = std::exchange(has_name_, false);
  if (!std::exchange(has_data_, false)) return is_close ? fail("a close without a code") : Found::nothing;
  if (is_close) {
    const std::string_view value = data_;
    const std::size_t space = std::min(value.find(' '), value.size());
    auto end = read_close(value.substr(0, space), value.substr(std::min(space + 1, value.size())));
    if (!end) return fail("a close without a code that may be sent");
    close_code_ = end->code;
    close_reason_ = std::move(end->reason);
    return Found::close;
  }
  auto message = decode_base64(data_);
  if (!message) return fail("a message of the stream is not Base64");
  if (message->size() > protocol::k_server_frame_bytes_max) return fail("a message of the stream is larger than a frame may be");
  message_ = std::move(*message);
  return Found::message;
}

}  // namespace cudgel::net
