#include "server.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "content/exchange.h"
#include "net/listener.h"
#include "protocol/sentences.h"
#include "realm/restore.h"
#include "sim/tile_map.h"
#include "store/sqlite_store.h"

namespace cudgel::server {
namespace {

constexpr const char* k_world_file = "world.sqlite";
/// Descriptors beside the players': files, events, listening sockets, people being turned away.
constexpr rlim_t k_spare_descriptors = 192;

base::Result<std::vector<std::uint8_t>, std::string> read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return base::fail(path + ": cannot be read");
  return std::vector<std::uint8_t>((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
}

/// Their indices, or a sentence about the first that the content does not have.
base::Result<std::vector<std::uint8_t>, std::string> find_monsters(const content::Content& content,
                                                                   const std::vector<std::string>& names) {
  std::vector<std::uint8_t> found;
  for (const std::string& name : names) {
    const int index = content.find_monster(name);
    if (index >= 0) {
      found.push_back(static_cast<std::uint8_t>(index));
      continue;
    }
    std::string known;
    for (const content::MonsterSpec& spec : content.monsters()) known += (known.empty() ? "" : ", ") + spec.body.name;
    return base::fail("--monster: there is no monster called " + name + "; there are " + known);
  }
  return found;
}

/// The same of items.
base::Result<std::vector<std::uint8_t>, std::string> find_items(const content::Content& content,
                                                                const std::vector<std::string>& names) {
  std::vector<std::uint8_t> found;
  for (const std::string& name : names) {
    const auto& items = content.items();
    const auto item = std::find_if(items.begin(), items.end(), [&](const content::ItemSpec& spec) { return spec.name == name; });
    if (item == items.end() || item->kind == content::ItemKind::gold)
      return base::fail("--start-item: there is no item called " + name);
    found.push_back(static_cast<std::uint8_t>(item - items.begin()));
  }
  return found;
}

/// Room for the connections, no more: libwebsockets makes its tables as large as the limit allows.
void set_descriptor_limit(const ops::Options& options) {
  const rlim_t wanted =
      static_cast<rlim_t>(options.connections_max) + k_spare_descriptors + static_cast<rlim_t>(options.net_threads) * 8;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted) {
    spdlog::warn("only {} file descriptors are allowed, {} are wanted for --connections-max {}: raise ulimit -n", limit.rlim_cur,
                 wanted, options.connections_max);
  }
}

}  // namespace

Server::Server(const ops::Options& options)
    : options_(options),
      admission_(options.connections_max, options.connections_per_address.value_or(ops::k_connections_per_address),
                 !options.connections_per_address.has_value()),
      hand_over_(static_cast<std::size_t>(options.net_threads)) {}

base::Result<std::unique_ptr<Server>, StartError> Server::start(const ops::Options& options) {
  std::unique_ptr<Server> server(new Server(options));
  set_descriptor_limit(options);
  if (auto loaded = server->load_files(); !loaded) return base::fail(loaded.error());
  for (std::int32_t i = 0; i < options.net_threads; ++i) server->inboxes_.push_back(std::make_unique<realm::Inbox>());
  if (auto opened = server->open_store(); !opened) return base::fail(opened.error());
  if (auto opened = server->open_recording(); !opened) return base::fail(opened.error());
  if (auto opened = server->open_port(); !opened) return base::fail(opened.error());
  for (const auto& thread : server->net_threads_) {
    server->stage_.add_bell(thread->bell());
    thread->start();
  }
  server->realm_thread_ = std::make_unique<realm::RealmThread>(*server->realm_, options.tick_hz, server->metrics_);
  return server;
}

Server::~Server() { stop(); }

base::Result<void, StartError> Server::load_files() {
  net::WebFiles files;
  if (!options_.web_dir.empty()) {
    auto loaded = net::WebFiles::load(options_.web_dir);
    if (!loaded) return base::fail(StartError{ops::k_exit_files, "--web: " + loaded.error()});
    files = std::move(*loaded);
    spdlog::info("{} files of the page from {}", files.size(), options_.web_dir);
  }
  site_ = std::make_unique<net::Site>(std::move(files), metrics_);
  const std::string path = content_path();
  auto bytes = read_file(path);
  if (!bytes) return base::fail(StartError{ops::k_exit_files, "--content: " + bytes.error()});
  auto content = content::Content::load(*bytes);
  if (!content) return base::fail(StartError{ops::k_exit_files, "--content " + path + ": " + content.error().text});
  content_ = std::move(*content);
  if (!options_.record_file.empty()) content_bytes_ = std::move(*bytes);
  spdlog::info("content {:016x} from {}", content_.hash(), path);
  return {};
}

std::string Server::content_path() const {
  return options_.content_file.empty() ? options_.web_dir + "/content.bin" : options_.content_file;
}

void Server::reload_content() {
  const std::string path = content_path();
  const auto refuse = [&](const std::string& why) {
    metrics_.content_refusals.add();
    spdlog::error("SIGHUP: the content stays as it was: {}", why);
  };
  if (!options_.record_file.empty()) return refuse("--record writes down a world of one content");
  auto bytes = read_file(path);
  if (!bytes) return refuse(bytes.error());
  auto loaded = content::Content::load(*bytes);
  if (!loaded) return refuse(path + ": " + loaded.error().text);
  auto next = std::make_shared<const content::Content>(std::move(*loaded));
  // Against what pages hold, not against what was exchanged last.
  if (const std::string why = content::hinders_exchange(content_, *next); !why.empty()) return refuse(path + ": " + why);
  const std::uint64_t hash = next->hash();
  realm_->exchange(std::move(next));
  spdlog::info("SIGHUP: content {:016x} from {} for new spawns; pages go on with {:016x}", hash, path, content_.hash());
}

base::Result<void, StartError> Server::open_store() {
  std::unique_ptr<store::Store> store;
  if (!options_.data_dir.empty()) {
    auto opened = store::SqliteStore::open(options_.data_dir + "/" + k_world_file);
    if (!opened) return base::fail(StartError{ops::k_exit_files, "--data: " + opened.error().text});
    store = std::move(*opened);
  }
  store::Store* const raw = store.get();
  if (store) store_ = std::make_unique<store::StoreThread>(std::move(store), metrics_);
  residents_ = std::make_unique<session::Residents>(store_.get());

  residents_->limit_watchers(
      {static_cast<std::uint16_t>(options_.watchers_per_player), static_cast<std::uint16_t>(options_.watchers_max)});

  realm::RealmOptions realm_options;
  realm_options.tick_hz = options_.tick_hz;
  realm_options.seed = options_.seed;
  realm_options.start_level = options_.start_level;
  if (options_.start_at_x >= 0) {
    const base::Vec2 place = base::tile_centre(options_.start_at_x, options_.start_at_y);
    if (!sim::TileMap(content_.map()).fits(place, base::k_units_per_tile / 2)) {
      return base::fail(StartError{ops::k_exit_usage, "--start-at: nobody can stand there"});
    }
    realm_options.start_at = place;
  }
  realm_options.arena_side = static_cast<std::uint16_t>(options_.arena_side);
  realm_options.free_fights = options_.free_fights;
  realm_options.monsters = options_.monsters;
  realm_options.players_max = options_.players_max;
  realm_options.save_interval_s = options_.save_interval_s;
  auto kinds = find_monsters(content_, options_.monster_kinds);
  if (!kinds) return base::fail(StartError{ops::k_exit_usage, kinds.error()});
  realm_options.monster_kinds = std::move(*kinds);
  auto items = find_items(content_, options_.start_items);
  if (!items) return base::fail(StartError{ops::k_exit_usage, items.error()});
  realm_options.start_items = std::move(*items);
  std::vector<realm::Inbox*> inboxes;
  for (const auto& inbox : inboxes_) inboxes.push_back(inbox.get());
  realm_ = std::make_unique<realm::Realm>(content_, realm_options, std::move(inboxes), stage_, metrics_, store_.get());
  realm_->announce_to(residents_.get());
  if (raw == nullptr) return {};
  // The store thread sleeps until the first save, so the store may still be used from here.
  auto restored = realm::restore_newest(*realm_, *raw);
  if (!restored) return base::fail(StartError{ops::k_exit_files, "--data: " + restored.error().text});
  return {};
}

base::Result<void, StartError> Server::open_recording() {
  if (options_.record_file.empty()) return {};
  auto file = recorder::RecordingFile::create(options_.record_file);
  if (!file) return base::fail(StartError{ops::k_exit_files, "--record: " + file.error()});
  record::Start start = realm_->recording_start();
  start.program = "cudgel-server " CUDGEL_VERSION " (" CUDGEL_REVISION ")";
  start.content = std::exchange(content_bytes_, {});
  auto recorder = recorder::Recorder::begin(std::move(*file), start, metrics_);
  if (!recorder) return base::fail(StartError{ops::k_exit_files, "--record: " + recorder.error()});
  recorder_ = std::move(*recorder);
  realm_->record_to(recorder_.get());
  spdlog::info("every tick is recorded in {} from tick {} on", options_.record_file, realm_->world().tick() + 1);
  return {};
}

base::Result<void, StartError> Server::open_port() {
  auto listeners = net::open_listeners(options_.listen_host, options_.listen_port, options_.net_threads);
  if (!listeners) return base::fail(StartError{ops::k_exit_listen, listeners.error()});
  net::silence_library_log();
  for (std::size_t i = 0; i < listeners->sockets.size(); ++i) {
    auto thread = net::NetThread::create(
        listeners->sockets[i], {content_, *site_, options_.allow_origins, admission_, stage_, *inboxes_[i], *residents_, metrics_,
                                refusal_log_, hand_over_, i, static_cast<std::uint8_t>(options_.tick_hz),
                                static_cast<std::uint16_t>(options_.arena_side), options_.diagnostics, options_.free_fights});
    if (!thread) return base::fail(StartError{ops::k_exit_failed, thread.error()});
    net_threads_.push_back(std::move(*thread));
  }
  const bool ipv6 = options_.listen_host.find(':') != std::string::npos;
  url_ = fmt::format("http://{}{}{}:{}", ipv6 ? "[" : "", options_.listen_host, ipv6 ? "]" : "", listeners->port);
  return {};
}

bool Server::stop() {
  for (const auto& thread : net_threads_) thread->begin_farewell(std::string(protocol::words_of(protocol::Sentence::restarting)));
  for (const auto& thread : net_threads_) thread->join();
  if (!realm_thread_) return true;
  realm_thread_->stop();
  realm_thread_.reset();
  if (recorder_) recorder_->finish(realm_->world());
  if (!store_) return true;
  realm_->keep_everybody();
  realm_->save();
  const bool saved = store_->flush();
  if (saved) spdlog::info("the world is saved at tick {}", realm_->world().tick());
  return saved;
}

}  // namespace cudgel::server
