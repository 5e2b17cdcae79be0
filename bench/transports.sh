#!/bin/bash
# What each of the four roads costs: the load recipe once per road, one after the other, and a table (Markdown) of the four.
#
#   bench/transports.sh [--json FILE] [OPTION OF bench/load.sh]...
#
# 100 players of bench/load.sh unless --players says otherwise. docs/TRANSPORTS.md holds a table made so.
. "$(dirname "$0")/../scripts/lib/common.sh"

json=
options=(--players 100 --monsters 200 --no-floor)
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage "$0" && exit 0 ;;
    --json) json=${2:?--json needs a file} && shift 2 ;;
    --transport) die "--transport: every road is measured" ;;
    *) options+=("$1") && shift ;;
  esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for transport in ws sse longpoll poll; do
  "$root_dir/bench/load.sh" "${options[@]}" --transport "$transport" --json "$work/$transport.json" >"$work/$transport.txt"
done
node "$root_dir/bench/transports_report.mjs" "$work" "$json"
