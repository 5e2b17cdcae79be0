#!/bin/bash
# The load recipe: a real server on one core, real headless players on the others, and what each player cost.
#
#   bench/load.sh [--players N] [--monsters N] [--arena SIDE] [--seconds S] [--behaviour wander|fight|idle] [--transport ws|sse|longpoll|poll]
#                 [--json FILE] [--bin DIR] [--content FILE] [--server-cpus LIST] [--bots-cpus LIST] [--server-option OPTION]... [--no-floor]
#
# Without --bin it builds what is missing (scripts/build). The arena's side is chosen so that each player sees about 20 others:
# they are spread evenly, and a player sees a square of 33 x 33 tiles. Processor time is read from /proc between two points
# after everybody has connected and warmed up, so it holds steady play only: no start, no connecting.
#
# Right after it the floor is measured on the same cores: plain epoll that sends as many frames of the same mean size to as many connections
# and gets as many messages, with no game at all (bench/floor). The table gives our cost as a ratio to it.
. "$(dirname "$0")/../scripts/lib/common.sh"
. "$(dirname "$0")/lib.sh"

players=500
monsters=1000
arena=
seconds=30
warmup_seconds=5
behaviour=wander
transport=ws
json=
bin=$root_dir/build/native/bin
content=$root_dir/build/native/assets/content.bin
server_options=()
bin_given=
floor=1

# The CPUs this process may run on, one a line: in a container they need not begin at 0.
allowed_cpus() {
  local range
  for range in $(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status | tr , ' '); do seq "${range%-*}" "${range#*-}"; done
}
mapfile -t cpus < <(allowed_cpus)
server_cpus=${cpus[0]}
bots_cpus=$(IFS=, && echo "${cpus[*]:1}")
if [ -z "$bots_cpus" ]; then bots_cpus=$server_cpus; fi

while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage "$0" && exit 0 ;;
    --players | --monsters | --arena | --seconds | --behaviour | --transport | --json | --content)
      [ $# -ge 2 ] || die "$1 needs a value"
      printf -v "${1#--}" '%s' "$2"
      ;;
    --no-floor)
      floor=
      shift
      continue
      ;;
    --bin) bin=${2:?--bin needs a directory} bin_given=1 ;;
    --server-cpus) server_cpus=${2:?--server-cpus needs a list} ;;
    --bots-cpus) bots_cpus=${2:?--bots-cpus needs a list} ;;
    --server-option) server_options+=("${2:?--server-option needs an option}") ;;
    *) die "there is no option '$1'; $0 --help names them" ;;
  esac
  shift 2
done
if [ -z "$arena" ]; then
  arena=$(awk -v bodies=$((players + monsters)) 'BEGIN { side = int(sqrt(bodies * 33 * 33 / 20) + 0.5); print (side < 16 ? 16 : (side > 1024 ? 1024 : side)) }')
fi
if [ -z "$bin_given" ] && { [ ! -x "$bin/cudgel-server" ] || [ ! -x "$bin/cudgel-bots" ]; }; then "$root_dir/scripts/build"; fi
# A socket for each player on both sides, and some for everything else.
sockets=$((players + 200))
ulimit -Sn "$sockets" 2>/dev/null || [ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge "$sockets" ] ||
  die "$players players need $sockets open files in one process, this shell may have $(ulimit -Hn): raise its limit (ulimit -Hn, or LimitNOFILE= of the service) or ask for fewer players"
read -r first_port last_port </proc/sys/net/ipv4/ip_local_port_range
[ $((last_port - first_port)) -ge "$sockets" ] ||
  die "$players players need as many local ports, this machine has $((last_port - first_port)): widen net.ipv4.ip_local_port_range"
for file in "$bin/cudgel-server" "$bin/cudgel-bots" "$content"; do [ -e "$file" ] || die "missing: $file"; done

work=$(mktemp -d)
server_pid=
bots_pid=
floor_pid=
visit_pid=
# shellcheck disable=SC2317 # called by the trap
finish() {
  for pid in $visit_pid $floor_pid $bots_pid $server_pid; do kill -TERM "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

taskset -c "$server_cpus" "$bin/cudgel-server" --listen 127.0.0.1:0 --arena "$arena" --monsters "$monsters" \
  --content "$content" --data "$work/data" --log-level warn --players-max "$players" --connections-max "$sockets" "${server_options[@]}" >"$work/server.out" 2>"$work/server.err" &
server_pid=$!
await_server "$server_pid" "$work"

metric() { metrics | awk -v name="$1" '$1 == name { print $2 }'; }
# Processor time of the server in clock ticks, user and kernel. Its name holds no blanks, so fields can be counted.
cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
resident_kb() { awk '$1 == "VmRSS:" { print $2 }' "/proc/$server_pid/status"; }
thread_times() {
  local task
  for task in /proc/"$server_pid"/task/*; do awk '{ print $2, $14 + $15 }' "$task/stat"; done
}

rss_before_kb=$(resident_kb)
# Everybody is there after at most ten seconds, but no faster than a small crowd comes.
connect_per_second=$((players / 10 > 200 ? players / 10 : 200))
# Large pages for the bots' memory: thousands of clients in one process are what is measured, not how long that process looks for its pages.
GLIBC_TUNABLES=glibc.malloc.hugetlb=1 taskset -c "$bots_cpus" "$bin/cudgel-bots" --url "ws://$address" --players "$players" --behaviour "$behaviour" \
  --transport "$transport" --connect-per-second "$connect_per_second" --seconds $((warmup_seconds + seconds + 2)) --content "$content" --json "$work/bots.json" >&2 &
bots_pid=$!
printf 'arena of %d tiles, %d monsters, %d players (%s, %s): connecting ... ' "$arena" "$monsters" "$players" "$behaviour" "$transport" >&2
for _ in $(seq 600); do
  [ "$(metric cudgel_players)" != "$players" ] || break
  kill -0 "$bots_pid" 2>/dev/null || die "the players gave up"
  sleep 0.1
done
[ "$(metric cudgel_players)" = "$players" ] || die "not everybody got in"
printf 'warming up ... ' >&2
sleep "$warmup_seconds"

printf 'measuring for %d s\n' "$seconds" >&2
metrics >"$work/metrics.before"
thread_times >"$work/threads.before"
from_ns=$(date +%s%N) cpu_from=$(cpu_ticks "$server_pid")
sleep "$seconds"
cpu_to=$(cpu_ticks "$server_pid") to_ns=$(date +%s%N)
thread_times >"$work/threads.after"
metrics >"$work/metrics.after"
rss_after_kb=$(resident_kb)

status=0
wait "$bots_pid" || status=$?
bots_pid=

# Between two readings of the metrics, per something else that grew.
gained() { awk -v name="$1" '$1 == name { print FILENAME == ARGV[1] ? -$2 : $2 }' "$work/metrics.before" "$work/metrics.after" | awk '{ sum += $1 } END { print sum }'; }
floor_ns=0 floor_ticks=0
if [ -n "$floor" ]; then
  kill -TERM "$server_pid"
  wait "$server_pid" || true
  server_pid=
  frames=$(gained cudgel_frames_sent_total)
  frame_bytes=$(($(gained cudgel_bytes_sent_total) / frames))
  messages=$(gained cudgel_messages_received_total)
  message_bytes=$(($(gained cudgel_bytes_received_total) / messages + 6))
  rate=$(awk -v n="$messages" -v players="$players" -v ns=$((to_ns - from_ns)) 'BEGIN { print n * 1e9 / ns / players }')
  hz=$(awk -v n="$frames" -v players="$players" -v ns=$((to_ns - from_ns)) 'BEGIN { print int(n * 1e9 / ns / players + 0.5) }')
  printf 'the floor: %d frames/s of %d bytes, %s messages/s of %d bytes ... ' "$hz" "$frame_bytes" "$rate" "$message_bytes" >&2
  taskset -c "$server_cpus" "$bin/cudgel-floor" serve "$hz" "$frame_bytes" >"$work/floor.out" &
  floor_pid=$!
  for _ in $(seq 50); do
    [ ! -s "$work/floor.out" ] || break
    sleep 0.1
  done
  taskset -c "$bots_cpus" "$bin/cudgel-floor" visit "$(sed 's/.*://' "$work/floor.out")" "$players" $((seconds + 3)) "$rate" "$message_bytes" >"$work/visit.out" &
  visit_pid=$!
  for _ in $(seq 300); do
    [ ! -s "$work/visit.out" ] || break
    sleep 0.1
  done
  sleep 1
  floor_from_ns=$(date +%s%N) floor_from=$(cpu_ticks "$floor_pid")
  sleep "$seconds"
  floor_ticks=$(($(cpu_ticks "$floor_pid") - floor_from)) floor_ns=$(($(date +%s%N) - floor_from_ns))
  wait "$visit_pid" || die "the floor's visitors were sent away"
  visit_pid=
  printf 'done\n' >&2
fi
measured=$(
  cat <<END
{"players": $players, "monsters": $monsters, "arena": $arena, "behaviour": "$behaviour", "transport": "$transport",
 "elapsed_ns": $((to_ns - from_ns)), "cpu_ticks": $((cpu_to - cpu_from)), "ticks_per_second": $(getconf CLK_TCK),
 "rss_before_kb": $rss_before_kb, "rss_after_kb": $rss_after_kb,
 "floor_ns": $floor_ns, "floor_ticks": $floor_ticks}
END
)
node "$root_dir/bench/load_report.mjs" "$work" "$json" "$measured"
exit "$status"
