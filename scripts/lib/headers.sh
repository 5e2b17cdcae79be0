# A private include directory with only the header-only libraries that the WebAssembly build shares with the native one.
# /usr/include itself must never be on emcc's include path: it holds the C library of this machine.
# shellcheck shell=bash

headers_wanted=(flatbuffers tl xxhash.h xxh3.h)

headers_prefix() {
  local versions
  versions=$(dpkg-query -W -f='${Package}=${Version}\n' libflatbuffers-dev libexpected-dev libxxhash-dev 2>/dev/null) ||
    die "libflatbuffers-dev, libexpected-dev or libxxhash-dev is not installed; run scripts/setup"
  echo "$cache_dir/headers-$(hash_of "$root_dir/scripts/lib/headers.sh" "$versions")"
}

# build_headers WORK PREFIX
build_headers() {
  local name
  mkdir -p "$2/include"
  for name in "${headers_wanted[@]}"; do
    cp -rL "/usr/include/$name" "$2/include/"
  done
}
