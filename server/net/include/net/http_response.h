#pragma once
// One HTTP answer, ready to be written: its head as text and a body that is its own, shared with others, or borrowed from memory that
// lives as long as the server.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cudgel::net {

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string own_body;
  std::string_view borrowed_body;                                ///< used when own_body is empty
  std::shared_ptr<const std::vector<std::uint8_t>> shared_body;  ///< used instead of both, unless null
  bool head_only = false;                                        ///< answer to HEAD: the length is told, the body stays
  bool close = false;                                            ///< the connection ends after it
  bool endless = false;                                          ///< more follows the body, until the connection ends
  bool for_program = false;  ///< nothing that a browser shows: spared the headers that protect pages

  [[nodiscard]] std::string_view body() const;
  /// Status line, the given headers, those such answers have, and the empty line.
  [[nodiscard]] std::string render_head() const;
};

/// "Not Found" for 404.
const char* status_phrase(int status);
/// A plain answer with one sentence for people.
HttpResponse sentence_response(int status, std::string sentence);

}  // namespace cudgel::net
