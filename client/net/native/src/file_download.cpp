#include "net_native/file_download.h"

#include <memory>

#include <curl/curl.h>

#include "curl_library.h"

namespace cudgel::net {

namespace {
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t k_file_bytes_max = std::size_t{64} << 20U;
constexpr long k_silence_s = 10;

std::size_t on_data(char* part, std::size_t size, std::size_t count, void* user) {
  auto& bytes = *static_cast<Bytes*>(user);
  const std::size_t more = size * count;
  // Anything but `more` ends the transfer with CURLE_WRITE_ERROR.
  if (bytes.size() + more > k_file_bytes_max) return more + 1;
  bytes.insert(bytes.end(), part, part + more);
  return more;
}
}  // namespace

base::Result<Bytes, std::string> download_file(const std::string& url) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(initialise_curl() ? curl_easy_init() : nullptr,
                                                                 curl_easy_cleanup);
  if (easy == nullptr) return base::fail(url + ": libcurl cannot be used");
  Bytes bytes;
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT, k_silence_s);
  curl_easy_setopt(easy.get(), CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_LOW_SPEED_TIME, k_silence_s);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, on_data);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &bytes);
  curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, error);
  const CURLcode result = curl_easy_perform(easy.get());
  if (result == CURLE_WRITE_ERROR) return base::fail(url + ": larger than 64 MB");
  if (result != CURLE_OK) return base::fail(url + ": " + (error[0] != '\0' ? error : curl_easy_strerror(result)));
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) return base::fail(url + ": the server answers " + std::to_string(status));
  return bytes;
}

}  // namespace cudgel::net
