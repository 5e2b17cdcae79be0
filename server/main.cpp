// cudgel-server: options in, signals in, exit status out. Everything else is in server.cpp and below.

#include <csignal>
#include <cstdio>

#include "ops/clock.h"
#include "ops/heap.h"
#include "ops/log.h"
#include "ops/options.h"
#include "server.h"

namespace {

/// Waits for the signal that ends the server; SIGHUP has the content read again.
int wait_for_end(const sigset_t& signals, cudgel::server::Server& server) {
  for (;;) {
    int signal = 0;
    if (sigwait(&signals, &signal) != 0) continue;
    if (signal != SIGHUP) return signal;
    server.reload_content();
  }
}

}  // namespace

int main(int argc, char** argv) {
  cudgel::ops::ask_for_large_pages();
  const auto options = cudgel::ops::parse_options(argc, argv, "cudgel-server " CUDGEL_VERSION " (" CUDGEL_REVISION ")");
  if (!options) {
    std::fprintf(options.error().status == 0 ? stdout : stderr, "%s\n", options.error().text.c_str());
    return options.error().status;
  }
  // Blocked before the first thread begins, so that all of them inherit it and only wait_for_end hears signals.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  cudgel::ops::start_log(options->log_level);
  cudgel::ops::run_time_faster(options->time_factor);
  if (options->time_factor > 1)
    spdlog::warn("time runs {} times as fast: this world is for tests, not for people", options->time_factor);
  auto server = cudgel::server::Server::start(*options);
  if (!server) {
    std::fprintf(stderr, "cudgel-server: %s\n", server.error().text.c_str());
    return server.error().status;
  }
  std::printf("listening on %s\n", (*server)->url().c_str());
  std::fflush(stdout);

  const int signal = wait_for_end(signals, **server);
  spdlog::info("{}: the server ends", signal == SIGINT ? "SIGINT" : "SIGTERM");
  return (*server)->stop() ? 0 : cudgel::ops::k_exit_failed;
}
