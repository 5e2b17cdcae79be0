// Target: the three HTTP roads of the client, as they meet a hostile server. The first byte chooses the road; then come steps, each a byte
// for what happens, one for a length n, and n bytes. Promises: opened comes first and once, closed is the last event and has a code that
// may be sent, or 1006, no message is above the limit, and what waits to go up stays bounded.

#include <algorithm>

#include "common/fake_http.h"
#include "entry.h"
#include "net_http/http_road.h"
#include "protocol/batch.h"

using namespace cudgel;
using Bytes = std::vector<std::uint8_t>;

CUDGEL_DECLARE_FUZZ(fuzz_http_road);

namespace {

constexpr int k_statuses[] = {200, 204, 404, 409, 410, 500, 502};
/// Of one step that lets time pass, in ms for each byte of it.
constexpr double k_step_ms = 25;

class Traveller {
 public:
  explicit Traveller(net::HttpRoad kind) : transport_(net::make_http_road(kind, client_, [this] { return now_ms_; })) {
    transport_->open("ws://fuzz/ws");
    client_.calls.back()->answer({200, std::string(34, '0'), "", ""});
    look();
  }

  void step(std::uint8_t what, std::span<const std::uint8_t> bytes) {
    test::FakeHttpClient::Call& call = *client_.calls.back();
    const std::uint8_t first = bytes.empty() ? std::uint8_t{0} : bytes[0];
    const std::string text(bytes.begin() + (bytes.empty() ? 0 : 1), bytes.end());
    switch (what % 8) {
      case 0:
        call.head({k_statuses[first % std::size(k_statuses)], "", text, ""});
        break;
      case 1:
        call.head({410, "", "", text});
        break;
      case 2:
        if (!bytes.empty()) call.data(Bytes(bytes.begin(), bytes.end()));
        break;
      case 3:
        call.done();
        break;
      case 4:
        call.fail(text);
        break;
      case 5:
        now_ms_ += k_step_ms * static_cast<double>(bytes.size());
        break;
      case 6:
        transport_->send(bytes);
        break;
      case 7:
        answer_well(call, bytes);
        break;
    }
    look();
  }

 private:
  /// The answer with the right number, so that what stands behind the numbers is reached, too.
  static void answer_well(test::FakeHttpClient::Call& call, std::span<const std::uint8_t> bytes) {
    const std::string got = call.header("Cudgel-Got");
    Bytes body;
    protocol::append_to_batch(body, bytes);
    call.answer({200, "", std::to_string(got.empty() ? 0 : std::stoull(got) + 1), ""}, body);
  }
  void look() {
    core::TransportEvent event;
    while (transport_->poll(event)) {
      CUDGEL_ASSERT(!closed_);
      if (event.type == core::TransportEvent::Type::opened) {
        CUDGEL_ASSERT(!opened_);
        opened_ = true;
      } else if (event.type == core::TransportEvent::Type::message) {
        CUDGEL_ASSERT(opened_ && event.message.size() <= protocol::k_server_frame_bytes_max);
      } else {
        CUDGEL_ASSERT(event.type == core::TransportEvent::Type::closed);
        CUDGEL_ASSERT(event.close_code >= 1000 && event.close_code <= 4999);
        closed_ = true;
      }
    }
    CUDGEL_ASSERT(transport_->buffered_bytes() <= 2 * protocol::k_batch_up_bytes_max);
    CUDGEL_ASSERT(!closed_ || transport_->send({}) == core::SendResult::closed);
  }

  double now_ms_ = 0;
  test::FakeHttpClient client_;
  std::unique_ptr<net::PumpedTransport> transport_;
  bool opened_ = false;
  bool closed_ = false;
};

}  // namespace

int fuzz_http_road(std::span<const std::uint8_t> bytes) {
  constexpr net::HttpRoad k_roads[] = {net::HttpRoad::sse, net::HttpRoad::longpoll, net::HttpRoad::poll};
  if (bytes.empty()) return 0;
  Traveller traveller(k_roads[bytes[0] % std::size(k_roads)]);
  auto rest = bytes.subspan(1);
  while (rest.size() >= 2) {
    const std::size_t size = std::min<std::size_t>(rest[1], rest.size() - 2);
    traveller.step(rest[0], rest.subspan(2, size));
    rest = rest.subspan(2 + size);
  }
  return 0;
}
