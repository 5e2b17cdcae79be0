#include "process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "common/wait_for.h"

extern char** environ;

namespace cudgel::test {

ServerProcess::ServerProcess(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{CUDGEL_SERVER_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string out = directory_.path() + "/out";
  const std::string err = directory_.path() + "/err";
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ) != 0) pid_ = -1;
  posix_spawn_file_actions_destroy(&actions);
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
}

bool ServerProcess::wait_until_ready() {
  const std::string start = "listening on http://";
  std::string out;
  wait_for(std::chrono::seconds(10), [&] {
    // Asked first: what it wrote before it ended is read, too.
    const bool ended = has_ended();
    out = read_whole_file(directory_.path() + "/out");
    return ended || out.find('\n') != std::string::npos;
  });
  const auto colon = out.rfind(':');
  if (!out.starts_with(start) || colon == std::string::npos || out.back() != '\n') return false;
  port_ = static_cast<std::uint16_t>(std::stoi(out.substr(colon + 1)));
  return true;
}

bool ServerProcess::has_ended() const {
  siginfo_t about{};  // stays all zero while it runs
  return waitid(P_PID, static_cast<id_t>(pid_), &about, WEXITED | WNOHANG | WNOWAIT) != 0 || about.si_pid == pid_;
}

void ServerProcess::send_signal(int signal) const {
  if (pid_ > 0) kill(pid_, signal);
}

Ending ServerProcess::wait() {
  Ending ending;
  int status = 0;
  const bool ended = wait_for(std::chrono::seconds(15), [&] { return waitpid(pid_, &status, WNOHANG) == pid_; });
  if (!ended) {
    kill(pid_, SIGKILL);
    waitpid(pid_, &status, 0);
  }
  pid_ = -1;
  ending.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ending.out = read_whole_file(directory_.path() + "/out");
  ending.err = log();
  return ending;
}

Ending ServerProcess::stop() {
  send_signal(SIGTERM);
  return wait();
}

long ServerProcess::resident_kb() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    long kb = 0;
    if (word == "VmRSS:" && status >> kb) return kb;
  }
  return -1;
}

std::string ServerProcess::log() const { return read_whole_file(directory_.path() + "/err"); }

Ending run_server(const std::vector<std::string>& arguments) { return ServerProcess(arguments).wait(); }

}  // namespace cudgel::test
