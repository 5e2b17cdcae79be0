// Goal: an event stream is understood however it is cut, and whatever in it is not ours is its end, with words. Method: streams as text,
// whole and in pieces; what was found is written down as text and compared.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "net_http/base64.h"
#include "net_http/event_stream.h"
#include "net_http/road_close.h"
#include "protocol/limits.h"

namespace cudgel::net {
namespace {

using Found = EventStreamReader::Found;

/// What a reader finds in the stream when it comes in pieces of so many bytes.
std::vector<std::string> found_in(const std::string& stream, std::size_t piece) {
  EventStreamReader reader;
  std::vector<std::string> found;
  for (std::size_t from = 0; from < stream.size(); from += piece) {
    const std::string part = stream.substr(from, piece);
    const std::vector<std::uint8_t> bytes(part.begin(), part.end());
    std::span<const std::uint8_t> rest = bytes;
    for (Found next = reader.next(rest); next != Found::nothing; next = reader.next(rest)) {
      if (next == Found::malformed) {
        found.push_back(std::string("malformed: ") + reader.fault());
        return found;
      }
      if (next == Found::comment) found.emplace_back("comment");
      if (next == Found::close) found.push_back("close " + std::to_string(reader.close_code()) + " " + reader.close_reason());
      if (next != Found::message) continue;
      const auto message = reader.take_message();
      found.push_back("message " + std::string(message.begin(), message.end()));
    }
    EXPECT_TRUE(rest.empty());
  }
  return found;
}

std::vector<std::string> found_in(const std::string& stream) { return found_in(stream, stream.size() + 1); }

TEST(EventStream, is_read_the_same_wherever_it_is_cut) {
  const std::string stream =
      ": cudgel\n\n"
      "data: YWJj\n\n"
      "data:ZA==\r\n\r\n"
      ":\n"
      "data: \n\n"
      "event: close\ndata: 4008 somewhere else\n\n";
  const std::vector<std::string> expected{"comment", "message abc", "message d",
                                          "comment", "message ",    "close 4008 somewhere else"};
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) EXPECT_EQ(found_in(stream, piece), expected) << piece;
}

TEST(EventStream, an_event_waits_for_its_empty_line) {
  EXPECT_TRUE(found_in("data: YWJj\n").empty());
  EXPECT_EQ(found_in("data: YWJj\n:\n\n"), (std::vector<std::string>{"comment", "message abc"}));
}

TEST(EventStream, a_close_may_come_in_any_order_and_without_words) {
  EXPECT_EQ(found_in("data: 1001\nevent: close\n\n"), std::vector<std::string>{"close 1001 "});
  EXPECT_EQ(found_in("event: close\ndata: 4000 \n\n"), std::vector<std::string>{"close 4000 "});
}

TEST(EventStream, what_is_not_ours_is_its_end) {
  const struct {
    const char* stream;
    const char* fault;
  } cases[] = {
      {"hello\n", "a line of the stream has no colon"},
      {"id: 7\n", "a field of the stream is not known"},
      {"retry: 7\n", "a field of the stream is not known"},
      {"data: YQ==\ndata: YQ==\n", "an event of the stream has two values"},
      {"event: open\n", "an event of the stream is of no known kind"},
      {"event: close\nevent: close\n", "an event of the stream is of no known kind"},
      {"event: close\n\n", "a close without a code"},
      {"event: close\ndata: 999 no\n\n", "a close without a code that may be sent"},
      {"event: close\ndata: 5000 no\n\n", "a close without a code that may be sent"},
      {"event: close\ndata: 01001 no\n\n", "a close without a code that may be sent"},
      {"event: close\ndata: -1 no\n\n", "a close without a code that may be sent"},
      {"event: close\ndata: 4000 \xFF\n\n", "a close without a code that may be sent"},
      {"data: YQ=\n\n", "a message of the stream is not Base64"},
      {"data: Y Q==\n\n", "a message of the stream is not Base64"},
      {"data: YWJj\rdata: YWJj\n\n", "a line of the stream holds a carriage return"},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(found_in(each.stream), std::vector<std::string>{std::string("malformed: ") + each.fault}) << each.stream;
  }
}

TEST(EventStream, once_malformed_it_stays_so) {
  EventStreamReader reader;
  const std::vector<std::uint8_t> bytes{'?', '\n', ':', '\n'};
  std::span<const std::uint8_t> rest = bytes;
  EXPECT_EQ(reader.next(rest), Found::malformed);
  EXPECT_EQ(reader.next(rest), Found::malformed);
  rest = {};
  EXPECT_EQ(reader.next(rest), Found::malformed);
}

TEST(EventStream, the_largest_frame_is_taken_and_one_byte_more_is_not) {
  const std::size_t largest = protocol::k_server_frame_bytes_max;
  ASSERT_EQ(largest % 3, 1U) << "so that the largest frame is padded";
  const std::string groups(largest / 3 * 4, 'A');
  EXPECT_EQ(found_in("data: " + groups + "AA==\r\n\r\n"), std::vector<std::string>{"message " + std::string(largest, '\0')});
  EXPECT_EQ(found_in("data: " + groups + "AAA=\n\n"),
            std::vector<std::string>{"malformed: a message of the stream is larger than a frame may be"});
  // Whoever never ends a line is not waited for.
  EXPECT_EQ(found_in("data: " + groups + "AAAAAAAAAAAA", 4096),
            std::vector<std::string>{"malformed: a line of the stream is too long"});
}

TEST(Base64, is_taken_in_its_one_form_only) {
  const auto text_of = [](std::string_view text) {
    const auto bytes = decode_base64(text);
    return bytes ? std::string(bytes->begin(), bytes->end()) : "(nothing)";
  };
  EXPECT_EQ(text_of(""), "");
  EXPECT_EQ(text_of("Zg=="), "f");
  EXPECT_EQ(text_of("Zm8="), "fo");
  EXPECT_EQ(text_of("Zm9v"), "foo");
  EXPECT_EQ(text_of("Zm9vYmFy"), "foobar");
  EXPECT_EQ(text_of("+/+/"), "\xFB\xFF\xBF");
  for (const char* wrong : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "=Zg=", "Z===", "====", "Zm9v\n", "Zm-_", "Zg==Zg==", "Zm 9v"}) {
    EXPECT_EQ(text_of(wrong), "(nothing)") << wrong;
  }
}

TEST(RoadClose, numbers_are_digits_without_ornament) {
  EXPECT_EQ(read_number("0", 9), 0U);
  EXPECT_EQ(read_number("18446744073709551615", ~std::uint64_t{0}), ~std::uint64_t{0});
  for (const char* wrong : {"", " 1", "1 ", "+1", "-1", "01", "1a", "0x1", "10", "18446744073709551616"}) {
    EXPECT_FALSE(read_number(wrong, 9)) << wrong;
  }
}

TEST(RoadClose, words_are_at_most_123_bytes_of_utf8) {
  EXPECT_EQ(read_close("4000", std::string(123, 'x'))->reason.size(), 123U);
  EXPECT_FALSE(read_close("4000", std::string(124, 'x')));
  EXPECT_FALSE(read_close("4000", "\xC3"));
}

}  // namespace
}  // namespace cudgel::net
