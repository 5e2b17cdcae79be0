# Builds SDL2 for WebAssembly from the source package of the machine's own Debian release, which fits that release's Emscripten.
# SDL ships a ready configuration for Emscripten (SDL_config_emscripten.h), so no configure step is run: with emcc it takes minutes.
# shellcheck shell=bash

# Subsystems the game does not use; without them the download is smaller.
sdl2_dropped=(SDL_AUDIO_DRIVER_DISK SDL_SENSOR_DUMMY SDL_POWER_EMSCRIPTEN)
sdl2_disabled=(SDL_SENSOR_DISABLED SDL_POWER_DISABLED)
# Directories below src/ that make the library on Emscripten; what is specific to other systems stays out.
sdl2_source_dirs=(
  . atomic audio audio/dummy audio/emscripten cpuinfo dynapi events file filesystem/emscripten haptic haptic/dummy hidapi
  joystick joystick/emscripten joystick/virtual libm loadso/dlopen locale locale/emscripten misc misc/emscripten power
  render render/opengles2 render/software sensor stdlib thread thread/generic timer timer/unix
  video video/emscripten video/yuv2rgb
)

emscripten_version() {
  local emcc text
  emcc=$(readlink -f "$(command -v emcc)") || die "emcc is not installed; run scripts/setup"
  text=$(dirname "$emcc")/emscripten-version.txt
  if [ -f "$text" ]; then tr -d '"\n' <"$text"; else emcc -dumpversion; fi
}

# Both change together with the Debian release; a host with its own emsdk uses SDL2 2.26.5 with it all the same.
sdl2_upstream() {
  case $(debian_codename) in
    bookworm) echo 2.26.5 ;;
    trixie) echo 2.32.4 ;;
    *) die "SDL2 for WebAssembly: only Debian 12 (bookworm) and 13 (trixie) are known, this is '$(debian_codename)'" ;;
  esac
}

sdl2_prefix() {
  local upstream version key
  upstream=$(sdl2_upstream) || exit
  version=$(emscripten_version) || exit
  key=$(hash_of "$root_dir/scripts/lib/sdl2.sh" "$version")
  echo "$cache_dir/sdl2-$upstream-wasm-$key"
}

sdl2_source() {
  local tree=$1 work=$2 revision
  prepare_private_apt "$work" "$(debian_codename)"
  revision=$(newest_source_version "$work" libsdl2 "$(sdl2_upstream)")
  fetch_source "$work" libsdl2 "$revision" "$tree"
  echo "$revision" >"$tree/.revision"
}

# build_sdl2 WORK PREFIX
build_sdl2() {
  local work=$1 prefix=$2 tree=$1/source name config
  shared_source "sdl2-$(sdl2_upstream)" "$tree" sdl2_source
  config=$tree/include/SDL_config_emscripten.h
  for name in "${sdl2_dropped[@]}"; do sed -i "/^#define $name /d" "$config"; done
  for name in "${sdl2_disabled[@]}"; do sed -i "s/^#endif .*_SDL_config_emscripten_h_.*/#define $name 1\n&/" "$config"; done
  mkdir -p "$work/objects" "$prefix/lib" "$prefix/include/SDL2"
  (
    cd "$tree/src" || exit
    for name in "${sdl2_source_dirs[@]}"; do
      [ ! -d "$name" ] || find "$name" -maxdepth 1 -name '*.c'
    done
  ) | sed 's,^\./,,' >"$work/sources"
  # shellcheck disable=SC2016
  xargs -a "$work/sources" -P "$jobs" -I{} sh -c '
    object="$2/$(printf %s "$3" | tr / _).o"
    echo "$3" && exec emcc -c -Os -w -fno-strict-aliasing -I"$1/include" "$1/src/$3" -o "$object"' \
    sh "$tree" "$work/objects" {}
  emar rcs "$prefix/lib/libSDL2.a" "$work/objects/"*.o
  cp "$tree/include/"*.h "$prefix/include/SDL2/"
  cp "$tree/.revision" "$prefix/revision"
  cp "$tree/LICENSE.txt" "$prefix/LICENSE"
}
