#pragma once
// libcurl, made ready for this process.

#include <curl/curl.h>

namespace cudgel::net {

/// Once per process, before the first handle and for good; false when libcurl cannot be used.
inline bool initialise_curl() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

}  // namespace cudgel::net
