# Sourced by every script: where things stand, how progress is shown, how failures are told.
# Needs nothing but bash and coreutils, because it also runs on a machine that has nothing else yet.
# shellcheck shell=bash
set -euo pipefail

root_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache_dir=${CUDGEL_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/cudgel}
log_dir=$root_dir/build/log
jobs=$(nproc)
export LC_ALL=C.UTF-8
# What one clone has compiled, another one takes from ccache, wherever it stands.
export CCACHE_BASEDIR=$root_dir CCACHE_NOHASHDIR=1
# Debian's emcc finds its JS optimiser's parser here; an npm copy ahead of it makes the linker hang.
if [ -d /usr/share/nodejs/acorn ]; then export NODE_PATH=/usr/share/nodejs; fi

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# A run with sudo leaves files below build/ that a later one without cannot replace. Looked at where the scripts themselves write.
check_build_dir() {
  local foreign
  [ -d "$root_dir/build" ] || return 0
  foreign=$(find "$root_dir/build" -maxdepth 2 ! -type l ! -writable -print -quit)
  [ -z "$foreign" ] || die "$foreign belongs to $(stat -c %U "$foreign"), and this runs as $(id -un).
Give the build directory back and start again: sudo chown -R $(id -un) $root_dir/build"
}

# Numbered steps. Set steps_total first, then: step "title" command args...
# The command's output goes to a log; on a terminal the last line of it is shown while it runs. A failure prints the end of the log.
steps_total=0
step_number=0

step() {
  local title=$1
  shift
  step_number=$((step_number + 1))
  run_shown "[$step_number/$steps_total] $title" "$@"
}

run_shown() {
  local label=$1 started=$SECONDS log status=0
  local pid
  shift
  mkdir -p "$log_dir"
  log=${label#*] }
  log=$log_dir/$(tr -cs 'a-zA-Z0-9.\n' '_' <<<"${log%%:*}").log
  printf '%s ... ' "$label"
  # With job control the command has a process group of its own, so that Ctrl-C can end all of it.
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  set +m
  trap 'printf "interrupted\n"; kill -TERM -- "-$pid" 2>/dev/null; exit 130' INT TERM HUP
  watch_step "$pid" "$label" "$log" "$started"
  wait "$pid" || status=$?
  trap - INT TERM HUP
  if [ "$status" -eq 0 ]; then
    printf '%d s\n' $((SECONDS - started))
    return 0
  fi
  printf 'FAILED after %d s\n' $((SECONDS - started))
  printf -- '--- the last lines of %s\n' "$log"
  tail -n 60 "$log"
  printf -- '---\n'
  return "$status"
}

watch_step() {
  local pid=$1 label=$2 log=$3 started=$4 told=0 elapsed
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    elapsed=$((SECONDS - started))
    if [ -t 1 ]; then
      [ "$elapsed" -gt "$told" ] || continue
      told=$elapsed
      printf '\r\033[K%s ... %d s  %s' "$label" "$elapsed" "$(last_line "$log" 60)"
    elif [ $((elapsed - told)) -ge 30 ]; then
      told=$elapsed
      printf '\n    %d s: %s ... ' "$elapsed" "$(last_line "$log" 90)"
    fi
  done
  if [ -t 1 ]; then printf '\r\033[K%s ... ' "$label"; fi
}

last_line() {
  tail -n 1 "$1" 2>/dev/null | tr -d '\r\033' | cut -c "1-$2"
}

# hash_of FILES-OR-TEXT... : 12 hex digits that change when a named file's content or a text changes.
hash_of() {
  local part
  for part in "$@"; do
    if [ -f "$part" ]; then cat "$part"; else printf '%s\n' "$part"; fi
  done | sha256sum | cut -c 1-12
}

# usage SCRIPT : prints the comment at its head.
usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$1"
}
