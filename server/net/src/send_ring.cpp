#include "net/send_ring.h"

#include <liburing.h>
#include <sys/socket.h>

#include <cerrno>

#include "base/assert.h"

namespace cudgel::net {
namespace {

/// A full socket answers at once, and a peer that is gone raises no signal.
constexpr int k_flags = MSG_NOSIGNAL | MSG_DONTWAIT;

}  // namespace

SendRing::SendRing(std::size_t message_bytes_max, bool use_io_uring)
    : state_(use_io_uring ? State::unmade : State::none),
      ring_(std::make_unique<io_uring>()),
      message_bytes_max_(message_bytes_max),
      bytes_(k_bytes + message_bytes_max) {}

SendRing::~SendRing() {
  if (state_ == State::ring) io_uring_queue_exit(ring_.get());
}

std::span<std::uint8_t> SendRing::add(int socket, std::uint32_t owner, std::size_t bytes) {
  CUDGEL_ASSERT(!full() && bytes <= message_bytes_max_);
  const std::span<std::uint8_t> place = std::span(bytes_).subspan(used_, bytes);
  entries_[count_++] = {socket, owner, place, 0};
  used_ += bytes;
  return place;
}

std::span<const SendRing::Entry> SendRing::send_all() {
  if (state_ == State::unmade) make_ring();
  if (state_ != State::ring || !send_by_ring()) send_one_by_one();
  const std::span<const Entry> sent(entries_.data(), count_);
  count_ = used_ = 0;
  return sent;
}

void SendRing::make_ring() {
  io_uring_params params{};
  // One error must not keep the sends behind it from being made. Older kernels do not know this: then it is asked again without.
  params.flags = IORING_SETUP_SUBMIT_ALL | IORING_SETUP_COOP_TASKRUN;
  int made = io_uring_queue_init_params(k_sends, ring_.get(), &params);
  if (made == -EINVAL) {
    params = {};
    made = io_uring_queue_init_params(k_sends, ring_.get(), &params);
  }
  if (made != 0) {
    state_ = State::none;
    return;
  }
  state_ = State::ring;
  io_uring_probe* probe = io_uring_get_probe_ring(ring_.get());
  const bool can_send = probe != nullptr && io_uring_opcode_supported(probe, IORING_OP_SEND) != 0;
  if (probe != nullptr) io_uring_free_probe(probe);
  if (!can_send) give_up_ring();
}

void SendRing::give_up_ring() {
  io_uring_queue_exit(ring_.get());
  state_ = State::none;
}

/// False: the ring does not work here after all, and nothing was sent by it.
bool SendRing::send_by_ring() {
  for (std::size_t i = 0; i < count_; ++i) {
    io_uring_sqe* sqe = io_uring_get_sqe(ring_.get());
    CUDGEL_ASSERT(sqe != nullptr);
    io_uring_prep_send(sqe, entries_[i].socket, entries_[i].bytes.data(), entries_[i].bytes.size(), k_flags);
    io_uring_sqe_set_data64(sqe, i);
  }
  std::size_t submitted = 0, done = 0;
  while (done < count_) {
    // No send waits for its socket, so all of them are done when the call returns; the wait is for kernels that see it otherwise.
    const int taken = io_uring_submit_and_wait(ring_.get(), submitted < count_ ? 0 : 1);
    const bool again = taken == -EINTR || taken == -EAGAIN || taken == -EBUSY;
    if (taken < 0 && !again) {
      // Afterwards it could not be told what was sent and what was not.
      CUDGEL_ASSERT(submitted == 0);
      give_up_ring();
      return false;
    }
    if (taken > 0) submitted += static_cast<std::size_t>(taken);
    unsigned head = 0, seen = 0;
    io_uring_cqe* cqe = nullptr;
    io_uring_for_each_cqe(ring_.get(), head, cqe) {
      entries_[io_uring_cqe_get_data64(cqe)].result = cqe->res;
      ++seen;
    }
    io_uring_cq_advance(ring_.get(), seen);
    done += seen;
  }
  return true;
}

void SendRing::send_one_by_one() {
  for (Entry& entry : std::span(entries_).first(count_)) {
    const ssize_t sent = send(entry.socket, entry.bytes.data(), entry.bytes.size(), k_flags);
    entry.result = sent >= 0 ? static_cast<std::int32_t>(sent) : -errno;
  }
}

}  // namespace cudgel::net
