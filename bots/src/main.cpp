// cudgel-bots: N headless players in one process, and a report of what they saw.

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "clock.h"
#include "content/content.h"
#include "net_native/file_download.h"
#include "options.h"
#include "report.h"
#include "swarm.h"

namespace {

std::atomic<bool> stop_requested{false};  // a signal handler can reach nothing else

void on_signal(int /*number*/) { stop_requested = true; }

bool read_file(const std::string& path, std::vector<std::uint8_t>& bytes) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  bytes.assign(std::istreambuf_iterator<char>(file), {});
  return true;
}

bool get_content(const cudgel::bots::Options& options, std::vector<std::uint8_t>& bytes) {
  if (!options.content.empty()) {
    if (read_file(options.content, bytes)) return true;
    std::fprintf(stderr, "--content: cannot read %s\n", options.content.c_str());
    return false;
  }
  auto fetched = cudgel::net::download_file(options.content_url);
  if (!fetched) {
    std::fprintf(stderr, "%s\n(a server without --web has no content to give: name the file with --content)\n",
                 fetched.error().c_str());
    return false;
  }
  bytes = std::move(*fetched);
  return true;
}

bool write_report(const cudgel::bots::Report& report, const std::string& path) {
  const std::string text = to_json(report);
  if (path.empty()) return true;
  if (path == "-") return std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  std::ofstream file(path);
  file << text;
  file.close();
  if (file) return true;
  std::fprintf(stderr, "--json: cannot write %s\n", path.c_str());
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  cudgel::bots::Options options;
  switch (cudgel::bots::parse_options(argc, argv, options)) {
    case cudgel::bots::Parsed::done:
      return 0;
    case cudgel::bots::Parsed::wrong:
      return 2;
    case cudgel::bots::Parsed::run:
      break;
  }
  std::vector<std::uint8_t> bytes;
  if (!get_content(options, bytes)) return 2;
  const auto content = cudgel::content::Content::load(bytes);
  if (!content) {
    std::fprintf(stderr, "%s\n", content.error().text.c_str());
    return 2;
  }
  cudgel::bots::Cast cast;
  if (!options.replay.empty()) {
    auto loaded = cudgel::bots::Cast::load(options.replay, *content, options.times);
    if (!loaded) {
      std::fprintf(stderr, "--replay: %s\n", loaded.error().c_str());
      return 2;
    }
    cast = std::move(*loaded);
    options.players = cast.players();
    options.seconds = cast.seconds();
  }
  cudgel::bots::run_time_faster(options.time_factor);
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);

  const cudgel::bots::Report report = cudgel::bots::run_swarm(*content, options, cast, stop_requested);
  std::fprintf(stderr, "%s\n", to_line(report).c_str());
  for (const auto& [reason, count] : report.errors) {
    std::fprintf(stderr, "%llu times: %s\n", static_cast<unsigned long long>(count), reason.c_str());
  }
  if (!write_report(report, options.json)) return 2;
  return report.stayed_connected ? 0 : 1;
}
