#include "fixture.h"

#include <stdexcept>

namespace cudgel::test {

ServerTest::ServerTest() {
  web_.write("index.html", "<!doctype html><title>Cudgel</title>\n");
  web_.write("content.bin", baked_content_bytes());
}

void ServerTest::start(const std::vector<std::string>& arguments) {
  std::vector<std::string> all{"--listen", "127.0.0.1:0", "--web", web_.path()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  server_ = std::make_unique<ServerProcess>(all);
  ASSERT_TRUE(server_->wait_until_ready()) << server_->log();
}

Player& ServerTest::joined(const std::vector<std::string>& arguments) {
  if (server_ == nullptr) start(arguments);
  Player& player = players_.emplace_back(port());
  // An exception, which GoogleTest reports: the test must not go on with a player who knows nothing.
  if (!player.frame()) throw std::runtime_error("the player was not let in");
  return player;
}

double ServerTest::metric(const std::string& name) const {
  const std::string text = "\n" + http(port(), "GET", "/metrics").body;
  const std::size_t at = text.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

::testing::AssertionResult ServerTest::metric_becomes(const std::string& name, double value) const {
  double last = -1;
  const bool became = wait_for(k_counted_within, [&] { return (last = metric(name)) == value; });
  return became ? ::testing::AssertionSuccess() : ::testing::AssertionFailure() << name << " is " << last << ", not " << value;
}

std::string hello_bytes(const std::string& name, std::uint8_t class_index, std::uint64_t hash) {
  protocol::Hello hello;
  EXPECT_TRUE(hello.name.assign(name));
  hello.class_index = class_index;
  hello.content_hash = hash;
  flatbuffers::FlatBufferBuilder builder;
  return std::string(WsClient::as_text(protocol::encode(hello, builder)));
}

std::string acts_bytes(const protocol::Acts& acts) {
  flatbuffers::FlatBufferBuilder builder;
  return std::string(WsClient::as_text(protocol::encode(acts, builder)));
}

Player::Player(std::uint16_t port, const std::string& name, const WsRequest& request) : socket_(port, request) {
  if (socket_.open()) socket_.send(WsClient::as_bytes(hello_bytes(name)));
}

bool Player::frame(Milliseconds time) {
  const auto message = socket_.message(time);
  if (!message) return false;
  const auto read = reader_.read(WsClient::as_bytes(*message));
  EXPECT_TRUE(read) << read.error().reason;
  if (!read) return false;
  last_ = *read;
  const auto applied = replica_.apply(*last_);
  EXPECT_TRUE(applied) << applied.error().reason;
  return applied.has_value();
}

bool Player::act(std::uint8_t heading, bool attack) {
  protocol::Acts acts;
  acts.count = 1;
  acts.acts[0].sequence = ++sequence_;
  acts.acts[0].tick = replica_.tick() + 1;
  acts.acts[0].heading = heading;
  acts.acts[0].attack = attack;
  acts.frame_tick = replica_.tick();
  acts.stamp = 1000 + sequence_;
  return socket_.send(WsClient::as_bytes(acts_bytes(acts)));
}

}  // namespace cudgel::test
