#pragma once
// One HTTP answer, ready to be written: its head as text and a body that is either its own or borrowed from memory that lives
// as long as the server.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cudgel::net {

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string own_body;
  std::string_view borrowed_body;  ///< used when own_body is empty
  bool head_only = false;          ///< answer to HEAD: the length is told, the body stays
  bool close = false;              ///< the connection ends after it

  [[nodiscard]] std::string_view body() const { return own_body.empty() ? borrowed_body : std::string_view(own_body); }
  /// Status line, the given headers, those every answer has, and the empty line.
  [[nodiscard]] std::string render_head() const;
};

/// "Not Found" for 404.
const char* status_phrase(int status);
/// A plain answer with one sentence for people.
HttpResponse sentence_response(int status, std::string sentence);

}  // namespace cudgel::net
