#pragma once
// Starts the real cudgel-server on a free port of the loopback and ends it; what it printed is kept for the test to read.

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "common/files.h"

namespace cudgel::test {

/// How a process ended and what it said.
struct Ending {
  int status = -1;  ///< exit status, or 128 + signal
  std::string out;
  std::string err;
};

class ServerProcess {
 public:
  /// Runs cudgel-server with exactly these arguments.
  explicit ServerProcess(const std::vector<std::string>& arguments);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  /// Waits for the ready line; false when the process ended or 10 s went by without it.
  bool wait_until_ready();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  void send_signal(int signal) const;
  /// Waits for the end, at most 15 s; then it is killed and the status says so.
  Ending wait();
  /// SIGTERM, then wait().
  Ending stop();
  /// Memory of the process in kB, without what the kernel holds for its sockets.
  [[nodiscard]] long resident_kb() const;
  /// What it has written so far to standard error.
  [[nodiscard]] std::string log() const;

 private:
  [[nodiscard]] bool has_ended() const;

  TemporaryDirectory directory_;
  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
};

/// Runs the server with arguments that make it end by itself.
Ending run_server(const std::vector<std::string>& arguments);

}  // namespace cudgel::test
