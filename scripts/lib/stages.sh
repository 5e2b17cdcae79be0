# The stages of scripts/test. Each is a function stage_NAME; it prints what it does and fails by its exit status.
# shellcheck shell=bash

stage_names=(scripts unit size replay e2e asan tsan fuzz bench)

describe_stage() {
  case $1 in
    scripts) echo "shell scripts: syntax and shellcheck" ;;
    unit) echo "unit, layer, contract and server tests (native)" ;;
    size) echo "what a first visit downloads is under 3 MB" ;;
    replay) echo "one scripted game and four scenes, the same hashes from g++ -O0, g++ -O2, clang and WebAssembly" ;;
    e2e) echo "real server, real Chromium" ;;
    asan) echo "the native tests again with AddressSanitizer and UndefinedBehaviorSanitizer" ;;
    tsan) echo "the threaded server under bots with ThreadSanitizer" ;;
    fuzz) echo "hostile bytes at every decoder: the corpora, then $fuzz_seconds s of libFuzzer each" ;;
    bench) echo "every benchmark and the load recipe run" ;;
  esac
}

fuzz_seconds=${CUDGEL_FUZZ_SECONDS:-10}
download_bytes_max=$((3 * 1000 * 1000))
later_bytes_max=$((500 * 1000))

stage_scripts() {
  local files=("$root_dir"/scripts/{build,deps,format,play,setup,test} "$root_dir/scripts/lib/assemble" "$root_dir"/scripts/lib/*.sh
    "$root_dir"/tests/{fuzz,replay,tsan}/run "$root_dir"/bench/{lib,load,progress,transports}.sh)
  local file
  for file in "${files[@]}"; do bash -n "$file"; done
  shellcheck "${files[@]}"
}

# The tests that drive a real server wait for real timeouts, so they run one after the other.
run_ctest() {
  ctest --test-dir "$1" --output-on-failure --no-tests=error --label-exclude server --parallel "$jobs"
  ctest --test-dir "$1" --output-on-failure --no-tests=error --label-regex server
}

# Here the server is killed as often as the realm is meant to bear it; with a sanitizer, where it takes longer, ten times.
stage_unit() {
  CUDGEL_KILLS=${CUDGEL_KILLS:-50} run_ctest "$root_dir/build/native"
}

# The sum over all files of the page as they go over the wire: packed where there is a .gz. Atlas pages that come later (later_*.webp) are
# fetched when their monster is first met, each by itself; they have a limit of their own. content.bin is for the server and the bots; of the
# map a first visit fetches the regions around the village.
stage_size() {
  local total=0 later_most=0 bytes file
  while read -r file; do
    case $file in *.gz) continue ;; esac
    bytes=$(stat -c %s "$root_dir/build/web/$file")
    if [ -f "$root_dir/build/web/$file.gz" ]; then bytes=$(stat -c %s "$root_dir/build/web/$file.gz"); fi
    printf '%9d  %s\n' "$bytes" "$file"
    case $file in
      content.bin) ;;
      map/[345]_[345].bin) total=$((total + bytes)) ;;
      map/*) ;;
      later_*) if [ "$bytes" -gt "$later_most" ]; then later_most=$bytes; fi ;;
      *) total=$((total + bytes)) ;;
    esac
  done < <(cd "$root_dir/build/web" && find . -type f -printf '%P\n' | sort)
  printf '%9d  in all, at most %d\n' "$total" "$download_bytes_max"
  printf '%9d  the largest file that comes later, at most %d\n' "$later_most" "$later_bytes_max"
  [ "$total" -gt 0 ] && [ "$total" -le "$download_bytes_max" ] && [ "$later_most" -le "$later_bytes_max" ]
}

stage_replay() {
  "$root_dir/tests/replay/run"
}

# Playwright's driver from npm, exactly as locked; nothing is fetched when it is there already.
provide_playwright() {
  local e2e=$root_dir/tests/e2e stamp
  stamp=$(hash_of "$e2e/package-lock.json")
  if [ "$(cat "$e2e/node_modules/.cudgel-stamp" 2>/dev/null)" = "$stamp" ]; then return; fi
  (cd "$e2e" && npm ci --no-audit --no-fund --ignore-scripts)
  echo "$stamp" >"$e2e/node_modules/.cudgel-stamp"
}

stage_e2e() {
  provide_playwright
  (cd "$root_dir/tests/e2e" && node run.mjs)
}

stage_asan() {
  "$root_dir/scripts/build" --preset asan
  ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1 run_ctest "$root_dir/build/asan"
}

stage_tsan() {
  "$root_dir/tests/tsan/run"
}

stage_fuzz() {
  "$root_dir/tests/fuzz/run" "$fuzz_seconds"
}

stage_bench() {
  local program found=0
  for program in "$root_dir"/build/native/bin/*_bench; do
    [ -x "$program" ] || continue
    found=1
    "$program" --benchmark_min_time=0.01
  done
  [ "$found" -eq 1 ] || die "no benchmarks were built"
  "$root_dir/bench/load.sh" --players 50 --monsters 100 --seconds 5 --bin "$root_dir/build/native/bin"
  "$root_dir/bench/progress.sh" --players 3 --minutes 2 --factor 5 --bin "$root_dir/build/native/bin"
  "$root_dir/bench/transports.sh" --players 20 --monsters 40 --seconds 3 --bin "$root_dir/build/native/bin"
}
