// Goal: whatever a client may send comes out of decode as it went into encode, and every other sequence of bytes is refused
// with the reason. Method: hostile messages made with the raw FlatBuffers builder, one per rule, and random damage to good ones.

#include <gtest/gtest.h>

#include "base/random.h"
#include "protocol/client_message.h"
#include "protocol/schema/client_generated.h"

namespace cudgel::protocol {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Builder = flatbuffers::FlatBufferBuilder;

Bytes copy_of(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

Hello good_hello() {
  Hello hello;
  hello.name.assign("Grüße 你好");
  hello.class_index = 2;
  hello.content_hash = 0x0123456789abcdefULL;
  return hello;
}

Acts good_acts(std::size_t count) {
  Acts acts;
  acts.count = count;
  acts.frame_tick = 77;
  acts.stamp = 0xfffffffeU;
  for (std::size_t i = 0; i < count; ++i) {
    acts.acts[i] = {static_cast<std::uint32_t>(40 + i),
                    static_cast<base::Tick>(1000 + 3 * i),
                    {static_cast<std::uint16_t>(i), 9},
                    static_cast<std::uint8_t>(64 - i),
                    i % 2 == 0,
                    static_cast<std::uint8_t>(192 - i)};
  }
  return acts;
}

TEST(ClientMessage, hello_comes_out_as_it_went_in) {
  Builder builder;
  const auto decoded = decode_client_message(encode(good_hello(), builder));
  ASSERT_TRUE(decoded) << decoded.error().reason;
  const auto& hello = std::get<Hello>(*decoded);
  EXPECT_EQ(hello.name.view(), "Grüße 你好");
  EXPECT_EQ(hello.class_index, 2);
  EXPECT_EQ(hello.content_hash, 0x0123456789abcdefULL);
}

TEST(ClientMessage, acts_come_out_as_they_went_in) {
  Builder builder;
  for (std::size_t count = 0; count <= k_acts_per_message_max; ++count) {
    const auto decoded = decode_client_message(encode(good_acts(count), builder));
    ASSERT_TRUE(decoded) << decoded.error().reason;
    const auto& acts = std::get<Acts>(*decoded);
    const Acts expected = good_acts(count);
    ASSERT_EQ(acts.count, count);
    EXPECT_EQ(acts.frame_tick, expected.frame_tick);
    EXPECT_EQ(acts.stamp, expected.stamp);
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_EQ(acts.acts[i].sequence, expected.acts[i].sequence);
      EXPECT_EQ(acts.acts[i].tick, expected.acts[i].tick);
      EXPECT_EQ(acts.acts[i].target, expected.acts[i].target);
      EXPECT_EQ(acts.acts[i].heading, expected.acts[i].heading);
      EXPECT_EQ(acts.acts[i].attack, expected.acts[i].attack);
      EXPECT_EQ(acts.acts[i].view_age, expected.acts[i].view_age);
    }
  }
}

TEST(ClientMessage, a_watch_comes_out_and_a_wrong_one_is_refused) {
  Builder builder;
  Watch watch{{}, 0x1122334455667788ULL};
  watch.name.assign("蔡 <b>");
  const auto bytes = encode(watch, builder);
  const auto decoded = decode_client_message(bytes);
  ASSERT_TRUE(decoded) << decoded.error().reason;
  EXPECT_EQ(std::get<Watch>(*decoded).name, watch.name);
  EXPECT_EQ(std::get<Watch>(*decoded).content_hash, watch.content_hash);
  std::vector<std::uint8_t> longer(bytes.begin(), bytes.end());
  longer.insert(longer.end(), 4, 0);
  EXPECT_FALSE(decode_client_message(longer));
  for (const std::string& name : {std::string(), std::string("\x01"), std::string(17, 'x'), std::string("\xff")}) {
    builder.Clear();
    const auto text = builder.CreateString(name);
    builder.Finish(wire::CreateClientMessage(builder, wire::ClientBody::Watch, wire::CreateWatch(builder, text, 1).Union()));
    const auto refused = decode_client_message({builder.GetBufferPointer(), builder.GetSize()});
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(std::string(refused.error().reason).rfind("Watch.name", 0), 0U) << refused.error().reason;
  }
  builder.Clear();
  builder.Finish(wire::CreateClientMessage(builder, wire::ClientBody::Watch, wire::CreateWatch(builder).Union()));
  EXPECT_FALSE(decode_client_message({builder.GetBufferPointer(), builder.GetSize()}));
}

TEST(ClientMessage, bye_comes_out) {
  Builder builder;
  const auto decoded = decode_client_message(encode(Bye{}, builder));
  ASSERT_TRUE(decoded) << decoded.error().reason;
  EXPECT_TRUE(std::holds_alternative<Bye>(*decoded));
}

TEST(ClientMessage, the_bytes_need_no_alignment) {
  Builder builder;
  const Bytes good = copy_of(encode(good_acts(5), builder));
  for (std::size_t shift = 1; shift < 16; ++shift) {
    Bytes shifted(shift, 0);
    shifted.insert(shifted.end(), good.begin(), good.end());
    EXPECT_TRUE(decode_client_message(std::span<const std::uint8_t>(shifted).subspan(shift)));
  }
}

// --- hostile messages -----------------------------------------------------------------------------------------------------

template <class Body>
Bytes message_of(Builder& builder, wire::ClientBody type, flatbuffers::Offset<Body> body) {
  builder.Finish(wire::CreateClientMessage(builder, type, body.Union()));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

Bytes hello_named(std::string_view name) {
  Builder builder;
  return message_of(builder, wire::ClientBody::Hello,
                    wire::CreateHello(builder, builder.CreateString(name.data(), name.size()), 0, 1));
}

Bytes raw_acts(const std::vector<wire::Act>& acts) {
  Builder builder;
  return message_of(builder, wire::ClientBody::Acts, wire::CreateActs(builder, builder.CreateVectorOfStructs(acts), 1, 2));
}

Bytes appended(Bytes bytes, std::size_t count, std::uint8_t value) {
  bytes.insert(bytes.end(), count, value);
  return bytes;
}

std::vector<wire::Act> many_acts(std::uint32_t count) {
  std::vector<wire::Act> acts;
  constexpr std::uint8_t k_none = 0;
  for (std::uint32_t i = 1; i <= count; ++i) {
    acts.emplace_back(i, i, 0U, std::uint16_t{0}, std::uint16_t{0}, k_none, k_none, k_none, k_none);
  }
  return acts;
}

struct Hostile {
  const char* what;
  Bytes bytes;
  DecodeErrorCode code;
  const char* reason_part;  ///< words that must stand in the reason
};

std::vector<Hostile> hostile_structures() {
  using enum DecodeErrorCode;
  Builder builder;
  const Bytes hello = copy_of(encode(good_hello(), builder));
  const Bytes acts = copy_of(encode(good_acts(3), builder));
  const Bytes bye = copy_of(encode(Bye{}, builder));
  std::vector<Hostile> list = {
      {"nothing", {}, malformed, "empty"},
      {"one byte", {0}, malformed, "no ClientMessage"},
      {"zeros", Bytes(64, 0), malformed, "no ClientMessage"},
      {"ones", Bytes(4096, 0xff), malformed, "no ClientMessage"},
      {"4097 bytes", Bytes(4097, 0), too_big, "4096"},
      {"a megabyte", Bytes(1 << 20, 0), too_big, "4096"},
      {"a byte after hello", appended(hello, 1, 0), malformed, "bytes follow"},
      {"four bytes after hello", appended(hello, 4, 0), malformed, "bytes follow"},
      {"kilobytes after acts", appended(acts, 2048, 0xcc), malformed, "bytes follow"},
      {"a byte after bye", appended(bye, 1, 7), malformed, "bytes follow"},
  };
  Builder other;
  other.Finish(wire::CreateClientMessage(other, wire::ClientBody::NONE, 0));
  list.push_back({"no body, no type", copy_of({other.GetBufferPointer(), other.GetSize()}), malformed, "body: is missing"});
  other.Clear();
  other.Finish(wire::CreateClientMessage(other, wire::ClientBody::Acts, 0));
  list.push_back({"a type without a body", copy_of({other.GetBufferPointer(), other.GetSize()}), malformed, "body: is missing"});
  other.Clear();
  list.push_back({"an unknown type", message_of(other, static_cast<wire::ClientBody>(200), wire::CreateBye(other)),
                  unknown_message, "body_type"});
  other.Clear();
  list.push_back(
      {"type NONE with a body", message_of(other, wire::ClientBody::NONE, wire::CreateBye(other)), unknown_message, "body_type"});
  other.Clear();
  list.push_back({"a hello that says it is a bye", message_of(other, wire::ClientBody::Bye, wire::CreateHello(other, 0, 1, 2)),
                  malformed, "does not know"});
  other.Clear();
  const auto start = other.StartTable();
  for (flatbuffers::voffset_t field = 0; field < 8; ++field) {
    other.AddElement<std::uint8_t>(static_cast<flatbuffers::voffset_t>(4 + 2 * field), 1, 0);
  }
  list.push_back({"fields this version does not know",
                  message_of(other, wire::ClientBody::Bye, flatbuffers::Offset<wire::Bye>(other.EndTable(start))), malformed,
                  "does not know"});
  return list;
}

std::vector<Hostile> hostile_values() {
  using enum DecodeErrorCode;
  Builder builder;
  const auto act = [](std::uint32_t sequence, std::uint32_t target, int heading, int attack, int view_age = 0, int skill = 0,
                      int x = 0) {
    return raw_acts(
        {wire::Act(sequence, 1, target, static_cast<std::uint16_t>(x), 0, static_cast<std::uint8_t>(heading),
                   static_cast<std::uint8_t>(attack), static_cast<std::uint8_t>(view_age), static_cast<std::uint8_t>(skill))});
  };
  std::vector<Hostile> list = {
      {"a fifth skill", act(1, 0, 0, 0, 0, 5), out_of_range, "Acts.acts.skill"},
      {"a point without a skill", act(1, 0, 0, 0, 0, 0, 7), out_of_range, "Acts.acts.x"},
      {"17 acts", raw_acts(many_acts(17)), out_of_range, "at most 16"},
      {"200 acts", raw_acts(many_acts(200)), out_of_range, "at most 16"},
      {"heading 65", act(1, 0, 65, 0), out_of_range, "heading"},
      {"heading 255", act(1, 0, 255, 0), out_of_range, "heading"},
      {"attack 2", act(1, 0, 0, 2), out_of_range, "attack"},
      {"a view of more than 200 ms at any rate", act(1, 0, 0, 0, 193), out_of_range, "view_age: must be 0 to 192"},
      {"a view as old as a byte can say", act(1, 0, 0, 0, 255), out_of_range, "view_age"},
      {"sequence 0", act(0, 0, 0, 0), out_of_range, "sequence"},
      {"a target of generation 0", act(1, 0x0000002a, 0, 0), out_of_range, "target"},
      {"a gap", raw_acts({wire::Act(1, 1, 0, 0, 0, 0, 0, 0, 0), wire::Act(3, 1, 0, 0, 0, 0, 0, 0, 0)}), out_of_range, "gaps"},
      {"the same twice", raw_acts({wire::Act(5, 1, 0, 0, 0, 0, 0, 0, 0), wire::Act(5, 1, 0, 0, 0, 0, 0, 0, 0)}), out_of_range,
       "gaps"},
      {"descending", raw_acts({wire::Act(5, 1, 0, 0, 0, 0, 0, 0, 0), wire::Act(4, 1, 0, 0, 0, 0, 0, 0, 0)}), out_of_range,
       "gaps"},
      {"wrapping around", raw_acts({wire::Act(0xffffffffU, 1, 0, 0, 0, 0, 0, 0, 0), wire::Act(0, 1, 0, 0, 0, 0, 0, 0, 0)}),
       out_of_range, "at least 1"},
      {"an empty name", hello_named(""), invalid_text, "1 to 16"},
      {"a blank name", hello_named("   "), invalid_text, "visible"},
      {"17 characters", hello_named("12345678901234567"), invalid_text, "1 to 16"},
      {"a long name", hello_named(std::string(3000, 'x')), invalid_text, "1 to 16"},
      {"half a character", hello_named("gob\xe4\xbd"), invalid_text, "UTF-8"},
      {"an overlong slash", hello_named("a\xc0\xaf"), invalid_text, "UTF-8"},
      {"a surrogate", hello_named("\xed\xa0\x80x"), invalid_text, "UTF-8"},
      {"a NUL inside", hello_named(std::string_view("a\0b", 3)), invalid_text, "visible"},
      {"a line break", hello_named("a\nb"), invalid_text, "visible"},
      {"text turned around",
       hello_named("a\xe2\x80\xae"
                   "b"),
       invalid_text, "visible"},
      {"zero-width",
       hello_named("a\xe2\x80\x8b"
                   "b"),
       invalid_text, "visible"},
  };
  list.push_back({"a hello without a name", message_of(builder, wire::ClientBody::Hello, wire::CreateHello(builder, 0, 1, 2)),
                  malformed, "name: is missing"});
  return list;
}

void expect_refused(const std::vector<Hostile>& list) {
  for (const Hostile& hostile : list) {
    const auto decoded = decode_client_message(hostile.bytes);
    ASSERT_FALSE(decoded) << hostile.what;
    EXPECT_EQ(decoded.error().code, hostile.code) << hostile.what << ": " << decoded.error().reason;
    EXPECT_NE(std::string_view(decoded.error().reason).find(hostile.reason_part), std::string_view::npos)
        << hostile.what << ": " << decoded.error().reason;
  }
}

TEST(ClientMessage, hostile_structure_is_refused_with_the_reason) { expect_refused(hostile_structures()); }
TEST(ClientMessage, hostile_values_are_refused_with_the_reason) { expect_refused(hostile_values()); }

TEST(ClientMessage, every_truncation_is_refused) {
  Builder builder;
  for (const Bytes& good :
       {copy_of(encode(good_hello(), builder)), copy_of(encode(good_acts(4), builder)), copy_of(encode(Bye{}, builder))}) {
    for (std::size_t size = 0; size < good.size(); ++size) {
      EXPECT_FALSE(decode_client_message(std::span<const std::uint8_t>(good).first(size))) << size << " of " << good.size();
    }
  }
}

TEST(ClientMessage, a_message_at_the_size_limit_is_read_without_overrun) {
  // A table whose vtable stands in the very last bytes: whoever reads on reads beyond the buffer.
  Bytes bytes(k_client_message_bytes_max, 0);
  const auto put32 = [&](std::size_t at, std::uint32_t value) { std::memcpy(bytes.data() + at, &value, 4); };
  put32(0, 4);
  put32(4, static_cast<std::uint32_t>(-(4094 - 4)));
  EXPECT_FALSE(decode_client_message(bytes));
}

/// What decode promises of every message it lets through, whatever the bytes were.
void expect_within_limits(const ClientMessage& message) {
  if (const auto* acts = std::get_if<Acts>(&message)) {
    ASSERT_LE(acts->count, k_acts_per_message_max);
    for (std::size_t i = 0; i < acts->count; ++i) {
      ASSERT_LE(acts->acts[i].heading, k_heading_max);
      ASSERT_GE(acts->acts[i].sequence, 1U);
      if (i > 0) {
        ASSERT_EQ(acts->acts[i].sequence, acts->acts[i - 1].sequence + 1);
      }
    }
  }
}

TEST(ClientMessage, random_damage_never_gets_through_out_of_range) {
  Builder builder;
  const std::vector<Bytes> seeds = {copy_of(encode(good_hello(), builder)), copy_of(encode(good_acts(16), builder)),
                                    copy_of(encode(Bye{}, builder))};
  base::Random random(7);
  int accepted = 0;
  for (int round = 0; round < 200'000; ++round) {
    Bytes bytes = seeds[random.below(3)];
    for (std::uint32_t i = 1 + random.below(4); i > 0; --i) {
      bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] = static_cast<std::uint8_t>(random.next());
    }
    if (const auto decoded = decode_client_message(bytes)) {
      expect_within_limits(*decoded);
      ++accepted;
    }
  }
  EXPECT_GT(accepted, 0);  // some damage hits free values only: the loop did reach the far side of the checks
}

}  // namespace
}  // namespace cudgel::protocol
