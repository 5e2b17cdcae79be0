#pragma once
// All parts of the server put together: what is read at the start, the realm, its store and the network threads. Only the order
// of beginning and ending is decided here.

#include <memory>
#include <string>
#include <vector>

#include "content/content.h"
#include "net/net_thread.h"
#include "ops/options.h"
#include "realm/realm_thread.h"
#include "recorder/recorder.h"
#include "store/store_thread.h"

namespace cudgel::server {

/// Why the server did not begin: what to say and the exit status.
struct StartError {
  int status = ops::k_exit_failed;
  std::string text;
};

class Server {
 public:
  /// Reads files, opens store and port, begins to tick and to serve.
  static base::Result<std::unique_ptr<Server>, StartError> start(const ops::Options& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// "http://127.0.0.1:8080", with the port that was picked.
  [[nodiscard]] const std::string& url() const { return url_; }
  /// Reads the content again: what of it may change while pages hold the old one is so for new spawns from now on. Else the log names file,
  /// field and reason, and everything stays. For one thread at a time.
  void reload_content();
  /// Tells the players, ends the threads, saves the world. False when the last save failed.
  bool stop();

 private:
  explicit Server(const ops::Options& options);
  [[nodiscard]] std::string content_path() const;
  base::Result<void, StartError> load_files();
  base::Result<void, StartError> open_store();
  base::Result<void, StartError> open_recording();
  base::Result<void, StartError> open_port();

  ops::Options options_;
  ops::Metrics metrics_;
  ops::LimitedLog refusal_log_;
  content::Content content_;
  std::unique_ptr<net::Site> site_;
  net::Admission admission_;
  net::HandOver hand_over_;
  realm::Stage stage_;
  std::vector<std::unique_ptr<realm::Inbox>> inboxes_;
  std::vector<std::uint8_t> content_bytes_;  ///< until the recording has begun
  std::unique_ptr<store::StoreThread> store_;
  std::unique_ptr<session::Residents> residents_;
  std::unique_ptr<recorder::Recorder> recorder_;
  std::unique_ptr<realm::Realm> realm_;
  std::vector<std::unique_ptr<net::NetThread>> net_threads_;
  std::unique_ptr<realm::RealmThread> realm_thread_;
  std::string url_;
};

}  // namespace cudgel::server
