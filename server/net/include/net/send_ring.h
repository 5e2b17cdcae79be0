#pragma once
// Messages that one network thread hands to the kernel many at a time: io_uring carries out up to 128 sends for one system call. What a send
// costs in the TCP stack stays; entering and leaving the kernel for each does not. Where io_uring is not to be had (old kernels, containers
// that forbid it, a host that says so) the same sends are made one by one. It knows sockets and bytes, neither WebSockets nor the library.
// Allocates nothing after it was made; one thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

struct io_uring;

namespace cudgel::net {

class SendRing {
 public:
  /// Sends in one go. More would keep the first ones waiting and leave the processor's nearest cache.
  static constexpr std::size_t k_sends = 128;
  /// It is full when it holds this much, whatever the number.
  static constexpr std::size_t k_bytes = std::size_t{96} * 1024;

  /// `message_bytes_max`: longest message that will ever be added.
  SendRing(std::size_t message_bytes_max, bool use_io_uring);
  ~SendRing();
  SendRing(const SendRing&) = delete;
  SendRing& operator=(const SendRing&) = delete;

  struct Entry {
    int socket = -1;
    std::uint32_t owner = 0;  ///< the caller's own number for it
    std::span<const std::uint8_t> bytes;
    std::int32_t result = 0;  ///< after send_all(): bytes taken by the kernel, or -errno; -EAGAIN: the socket is full
  };

  [[nodiscard]] bool full() const { return count_ == k_sends || used_ >= k_bytes; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  /// Room for one more message, to be written before the next call. Not when full.
  [[nodiscard]] std::span<std::uint8_t> add(int socket, std::uint32_t owner, std::size_t bytes);
  /// Makes all sends, in the order they were added, and forgets them. The entries are valid until the next add().
  std::span<const Entry> send_all();
  /// True when io_uring carries the sends; known after the first of them.
  [[nodiscard]] bool uses_io_uring() const { return state_ == State::ring; }

 private:
  /// A ring belongs to the thread that sends with it, so it is made at the first send.
  enum class State : std::uint8_t { unmade, ring, none };

  void make_ring();
  void give_up_ring();
  bool send_by_ring();
  void send_one_by_one();

  State state_;
  std::unique_ptr<io_uring> ring_;
  std::array<Entry, k_sends> entries_;
  std::size_t count_ = 0;
  std::size_t used_ = 0;
  std::size_t message_bytes_max_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace cudgel::net
