# Configures and compiles with the presets of CMakePresets.json.
# shellcheck shell=bash

# preset_dir PRESET : its build directory.
preset_dir() {
  case $1 in
    release) echo "$root_dir/build/native" ;;
    web) echo "$root_dir/build/wasm" ;;
    *) echo "$root_dir/build/$1" ;;
  esac
}

build_lws_of() {
  case $1 in
    asan) "$root_dir/scripts/deps" lws asan cc ;;
    fuzz) "$root_dir/scripts/deps" lws asan clang ;;
    tsan) "$root_dir/scripts/deps" lws tsan cc ;;
    *) "$root_dir/scripts/deps" lws release cc ;;
  esac
}

launchers() {
  if command -v ccache >/dev/null; then
    echo "-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache"
  fi
}

configure_native() {
  # shellcheck disable=SC2046
  (cd "$root_dir" && cmake --preset "$1" $(launchers))
}

configure_web() {
  # shellcheck disable=SC2046
  (cd "$root_dir" && emcmake cmake --preset web $(launchers))
}

configure_both() {
  configure_native release
  configure_web
}

# compile PRESET TARGET...
compile() {
  local preset=$1 target arguments=()
  shift
  for target in "$@"; do arguments+=(--target "$target"); done
  cmake --build "$(preset_dir "$preset")" --parallel "$jobs" "${arguments[@]}"
}
