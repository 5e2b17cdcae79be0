#!/bin/bash
# The progress curve: bots play the Vale as beginners do, in faster time, and the table says when they reached which level.
#
#   bench/progress.sh [--players N] [--factor N] [--minutes M] [--seed N] [--json FILE] [--bin DIR] [--content FILE]
#
# 12 players of the three classes in turn, 70 minutes of play, time 20 times as fast: about four minutes. Server and bots run with
# --time-factor; the world does the same steps as in an hour of people. Where the machine cannot keep up, ticks come late; how many is
# told, and above one in a hundred the curve is not to be trusted: take a smaller --factor. docs/BALANCE.md says how to read it.
. "$(dirname "$0")/../scripts/lib/common.sh"
. "$(dirname "$0")/lib.sh"

players=12
factor=20
minutes=70
seed=1
json=
bin=$root_dir/build/native/bin
content=$root_dir/build/native/assets/content.bin

while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage "$0" && exit 0 ;;
    --players | --factor | --minutes | --seed | --json | --bin | --content)
      [ $# -ge 2 ] || die "$1 needs a value"
      printf -v "${1#--}" '%s' "$2"
      ;;
    *) die "there is no option '$1'; $0 --help names them" ;;
  esac
  shift 2
done
for number in "$players" "$factor" "$minutes"; do
  [[ $number =~ ^[1-9][0-9]{0,4}$ ]] || die "--players, --factor and --minutes are whole numbers above 0, not '$number'"
done
if [ ! -x "$bin/cudgel-server" ] || [ ! -x "$bin/cudgel-bots" ]; then "$root_dir/scripts/build"; fi
for file in "$bin/cudgel-server" "$bin/cudgel-bots" "$content"; do [ -e "$file" ] || die "missing: $file"; done

work=$(mktemp -d)
server_pid=
bots_pid=
# shellcheck disable=SC2317 # called by the trap
finish() {
  for pid in $bots_pid $server_pid; do kill -TERM "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

"$bin/cudgel-server" --listen 127.0.0.1:0 --content "$content" --data "$work/data" --save-interval 3600 --log-level error --seed "$seed" \
  --diagnostics --time-factor "$factor" >"$work/server.out" 2>"$work/server.err" &
server_pid=$!
await_server "$server_pid" "$work"
printf '%d players, %d minutes at %d times the speed: about %d s\n' "$players" "$minutes" "$factor" $((minutes * 60 / factor)) >&2
metrics >"$work/metrics.before"
"$bin/cudgel-bots" --url "ws://$address" --players "$players" --behaviour adventure --seconds $((minutes * 60)) --time-factor "$factor" \
  --seed "$seed" --content "$content" --json "$work/bots.json" >&2 &
bots_pid=$!
status=0
wait "$bots_pid" || status=$?
bots_pid=
metrics >"$work/metrics.after"
[ -s "$work/bots.json" ] || die "the bots left no report"
node "$root_dir/bench/progress_report.mjs" "$work" "$json" "$factor"
exit "$status"
