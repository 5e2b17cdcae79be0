#include "net/address.h"

#include <netdb.h>
#include <sys/socket.h>

#include <array>

namespace cudgel::net {

std::string address_text(const sockaddr* address, std::uint32_t length) {
  std::array<char, NI_MAXHOST> host{};
  if (getnameinfo(address, length, host.data(), static_cast<socklen_t>(host.size()), nullptr, 0, NI_NUMERICHOST) != 0)
    return "unknown";
  std::string text = host.data();
  const std::string mapped = "::ffff:";
  if (text.starts_with(mapped) && text.find('.') != std::string::npos) return text.substr(mapped.size());
  return text;
}

bool is_loopback(const std::string& address) { return address == "::1" || address.starts_with("127."); }

Seat& Seat::operator=(Seat&& other) noexcept {
  if (this != &other) {
    release();
    admission_ = other.admission_;
    address_ = std::move(other.address_);
    other.admission_ = nullptr;
  }
  return *this;
}

void Seat::release() {
  if (admission_ != nullptr) admission_->release(address_);
  admission_ = nullptr;
}

Admission::Verdict Admission::admit(const std::string& address, std::optional<Seat>& seat) {
  const std::lock_guard lock(mutex_);
  if (total_ >= connections_max_) return Verdict::too_many;
  std::int32_t& count = by_address_[address];
  const bool limited = per_address_ > 0 && !(exempt_loopback_ && is_loopback(address));
  if (limited && count >= per_address_) return Verdict::too_many_from_address;
  ++count;
  ++total_;
  seat.emplace(this, address);
  return Verdict::admitted;
}

void Admission::release(const std::string& address) {
  const std::lock_guard lock(mutex_);
  --total_;
  const auto found = by_address_.find(address);
  if (found != by_address_.end() && --found->second == 0) by_address_.erase(found);
}

}  // namespace cudgel::net
