#pragma once
// Who is connected from where: counts open connections in all and per address across all network threads, and turns away what
// is too many. A Seat is one counted connection; letting go of it frees the place.

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

struct sockaddr;

namespace cudgel::net {

/// The numeric address without port; IPv4 behind IPv6 (::ffff:1.2.3.4) as plain IPv4. "unknown" when it cannot be said.
std::string address_text(const sockaddr* address, std::uint32_t length);
bool is_loopback(const std::string& address);

class Admission;

class Seat {
 public:
  Seat() = default;
  Seat(Admission* admission, std::string address) : admission_(admission), address_(std::move(address)) {}
  ~Seat() { release(); }
  Seat(Seat&& other) noexcept : admission_(other.admission_), address_(std::move(other.address_)) { other.admission_ = nullptr; }
  Seat& operator=(Seat&& other) noexcept;
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  void release();
  Admission* admission_ = nullptr;
  std::string address_;
};

class Admission {
 public:
  enum class Verdict : std::uint8_t { admitted, too_many, too_many_from_address };

  /// `per_address` 0: without limit. `exempt_loopback`: this machine's own connections count only towards the total.
  Admission(std::int32_t connections_max, std::int32_t per_address, bool exempt_loopback)
      : connections_max_(connections_max), per_address_(per_address), exempt_loopback_(exempt_loopback) {}

  /// A seat when admitted; it must not outlive this object.
  Verdict admit(const std::string& address, std::optional<Seat>& seat);
  [[nodiscard]] std::int32_t connections_max() const { return connections_max_; }
  [[nodiscard]] std::int32_t per_address() const { return per_address_; }

 private:
  friend class Seat;
  void release(const std::string& address);

  const std::int32_t connections_max_;
  const std::int32_t per_address_;
  const bool exempt_loopback_;
  std::mutex mutex_;
  std::int32_t total_ = 0;
  std::unordered_map<std::string, std::int32_t> by_address_;
};

}  // namespace cudgel::net
