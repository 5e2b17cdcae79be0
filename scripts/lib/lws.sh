# Builds libwebsockets as a static library from Debian's newest 4.3.5 source, with Debian's security patches.
# Why not the packaged binary: its HTTP/2 and compression are compiled in, and both were found unsafe to show to strangers.
# shellcheck shell=bash

lws_upstream=4.3.5
# The oldest Debian revision with all the security fixes we know of; anything older is refused.
lws_revision_min=4.3.5-1+deb13u3
lws_options=(
  -DLWS_WITH_SHARED=OFF -DLWS_WITHOUT_TESTAPPS=ON -DLWS_WITH_MINIMAL_EXAMPLES=OFF -DLWS_WITH_EXPORT_LWSTARGETS=OFF
  -DLWS_WITH_HTTP2=OFF -DLWS_WITHOUT_EXTENSIONS=ON -DLWS_WITH_ZLIB=OFF -DLWS_WITH_HTTP_STREAM_COMPRESSION=OFF
  -DLWS_WITH_PEER_LIMITS=ON -DLWS_IPV6=ON -DLWS_UNIX_SOCK=OFF -DLWS_WITH_SSL=OFF
  # One poll loop per context; no event library, no plug-ins, nothing that starts by itself.
  -DLWS_WITH_LIBUV=OFF -DLWS_WITH_EVLIB_PLUGINS=OFF -DLWS_WITH_NETLINK=OFF -DLWS_WITH_SYS_SMD=OFF -DLWS_WITH_UDP=OFF
  -DLWS_WITH_SECURE_STREAMS=OFF -DLWS_WITH_CACHE_NSCOOKIEJAR=OFF -DLWS_WITH_LEJP_CONF=OFF -DLWS_ROLE_RAW_FILE=OFF
  # Its chatter is never shown, but each line of it costs a call per frame.
  -DLWS_WITH_NO_LOGS=ON
  # What happens to be installed on the building machine must not change the library.
  -DLWS_HAVE_LIBCAP=OFF -DLWS_HAVE_SYS_CAPABILITY_H=OFF
)

# lws_flags VARIANT : compiler flags of release, asan or tsan.
lws_flags() {
  case $1 in
    release) echo "-O2 -g" ;;
    asan) echo "-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined" ;;
    tsan) echo "-O1 -g -fno-omit-frame-pointer -fsanitize=thread" ;;
    *) die "libwebsockets: unknown variant '$1' (release, asan or tsan)" ;;
  esac
}

# lws_prefix VARIANT CC : where the finished library stands.
lws_prefix() {
  local key compiler
  compiler=$("$2" --version | head -n 1)
  # Without the program's name: cc, gcc and /usr/bin/cc are one compiler.
  key=$(hash_of "$root_dir/scripts/lib/lws.sh" "$1" "${compiler#* }" "$("$2" -dumpmachine)")
  echo "$cache_dir/libwebsockets-$lws_upstream-$1-$key"
}

lws_source() {
  local tree=$1 work=$2 revision
  prepare_private_apt "$work" trixie trixie-security
  revision=$(newest_source_version "$work" libwebsockets "$lws_upstream")
  dpkg --compare-versions "$revision" ge "$lws_revision_min" ||
    die "this machine's Debian archives only have libwebsockets $revision; $lws_revision_min or newer is needed for its security fixes"
  fetch_source "$work" libwebsockets "$revision" "$tree"
  echo "$revision" >"$tree/.revision"
}

# build_lws VARIANT CC WORK PREFIX
build_lws() {
  local variant=$1 cc=$2 work=$3 prefix=$4 flags
  flags=$(lws_flags "$variant")
  shared_source "libwebsockets-$lws_upstream" "$work/source" lws_source
  # The library's own warnings are not ours to fix, and newer compilers have more of them.
  cmake -G Ninja -S "$work/source" -B "$work/build" -DCMAKE_BUILD_TYPE=None -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_C_FLAGS="$flags -w" -DDISABLE_WERROR=ON -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
    "${lws_options[@]}"
  cmake --build "$work/build" --parallel "$jobs"
  mkdir -p "$prefix/lib" "$prefix/include"
  cp "$work/build/lib/libwebsockets.a" "$prefix/lib/"
  cp -r "$work/build/include/." "$prefix/include/"
  cp "$work/source/.revision" "$prefix/revision"
  cp "$work/source/LICENSE" "$prefix/LICENSE"
}
