# What the recipes that start a real server share. For scripts that have read scripts/lib/common.sh.
# shellcheck shell=bash

# await_server PID DIRECTORY: waits for the server whose output goes to server.out and server.err there; sets `address`, HOST:PORT. Ends when it does
# not start.
await_server() {
  address=
  for _ in $(seq 200); do
    address=$(sed -n 's|^listening on http://||p' "$2/server.out")
    [ -z "$address" ] || return 0
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  cat "$2/server.err" >&2
  die "the server did not start"
}

# The server's numbers as they are now.
metrics() {
  exec 3<>"/dev/tcp/${address%:*}/${address##*:}"
  printf 'GET /metrics HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$address" >&3
  sed '1,/^\r$/d' <&3
  exec 3>&-
}
