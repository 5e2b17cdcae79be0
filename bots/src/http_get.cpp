#include "http_get.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>

namespace cudgel::bots {

namespace {
constexpr std::size_t k_answer_bytes_max = std::size_t{64} << 20U;
constexpr int k_silence_s = 10;

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

/// A connected socket, or why there is none.
base::Result<int, std::string> connect_to(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int unknown = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (unknown != 0) return base::fail(std::string(unknown == EAI_SYSTEM ? std::strerror(errno) : gai_strerror(unknown)));
  int error = 0;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, freeaddrinfo);
  for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
    const int descriptor = ::socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    if (descriptor < 0) {
      error = errno;
      continue;
    }
    timeval limit{k_silence_s, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (::connect(descriptor, address->ai_addr, address->ai_addrlen) == 0) return descriptor;
    error = errno;
    ::close(descriptor);
  }
  return base::fail(std::string(std::strerror(error)));
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c); });
  return result;
}

std::optional<std::size_t> content_length(const std::string& lowered_head) {
  constexpr std::string_view k_field = "\r\ncontent-length:";
  std::size_t at = lowered_head.find(k_field);
  if (at == std::string::npos) return std::nullopt;
  at = lowered_head.find_first_not_of(' ', at + k_field.size());
  if (at == std::string::npos) return std::nullopt;
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(lowered_head.data() + at, lowered_head.data() + lowered_head.size(), value);
  return error == std::errc{} ? std::optional(value) : std::nullopt;
}
}  // namespace

base::Result<std::vector<std::uint8_t>, std::string> http_get(const std::string& host, std::uint16_t port,
                                                              const std::string& path) {
  const std::string name = "http://" + host + ":" + std::to_string(port) + path;
  const auto connected = connect_to(host, port);
  if (!connected) return base::fail(name + ": cannot connect: " + connected.error());
  const Socket socket(*connected);
  const std::string request = "GET " + path + " HTTP/1.1\r\nHost: " + host + ":" + std::to_string(port) +
                              "\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
  if (::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
    return base::fail(name + ": cannot send: " + std::strerror(errno));
  }
  std::string answer;
  std::size_t head_end = std::string::npos;
  std::optional<std::size_t> length;
  std::array<char, 65536> part{};
  for (;;) {
    const ssize_t got = ::recv(socket.get(), part.data(), part.size(), 0);
    if (got < 0) return base::fail(name + ": " + std::strerror(errno));
    if (got == 0) break;
    answer.append(part.data(), static_cast<std::size_t>(got));
    if (answer.size() > k_answer_bytes_max) return base::fail(name + ": larger than 64 MB");
    if (head_end == std::string::npos) {
      head_end = answer.find("\r\n\r\n");
      if (head_end == std::string::npos) continue;
      length = content_length(lower(std::string_view(answer).substr(0, head_end + 2)));
    }
    if (length && answer.size() - head_end - 4 >= *length) break;
  }
  if (head_end == std::string::npos) return base::fail(name + ": no HTTP answer");
  const std::string status = answer.substr(0, answer.find('\r'));
  if (status.find(" 200") == std::string::npos) return base::fail(name + ": " + status);
  if (lower(answer.substr(0, head_end)).find("\r\ntransfer-encoding:") != std::string::npos || !length) {
    return base::fail(name + ": an answer without Content-Length");
  }
  if (answer.size() - head_end - 4 < *length) return base::fail(name + ": the connection ended too early");
  const auto body = answer.begin() + static_cast<std::ptrdiff_t>(head_end + 4);
  return std::vector<std::uint8_t>(body, body + static_cast<std::ptrdiff_t>(*length));
}

}  // namespace cudgel::bots
