#!/bin/bash
# A disk that is really full: a tmpfs of 64 kB. To be run by hand, because mounting needs root:
#   sudo tests/broken/tmpfs.sh [program]
# Ends with 0 if the program ends with 2, says so in one message, and leaves nothing on the full disk.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "${1:-$root/build/release/splinternet}")
disk=$(mktemp -d)
trap 'umount "$disk"; rmdir "$disk"' EXIT
mount -t tmpfs -o size=64k tmpfs "$disk"

code=0
message=$("$program" run "$root/scenarios/classroom-12.toml" -o "$disk/out/result.h5" 2>&1 >"/dev/null") || code=$?
echo "$message"
echo "exit code $code"
left=$(find "$disk" -mindepth 1)
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
[ "$code" -eq 2 ] || { echo "the exit code must be 2"; exit 1; }
[[ "$message" == "splinternet: $disk/out/result.h5: cannot be written: No space left on device"* ]] || exit 1
[ "$(wc -l <<<"$message")" -eq 1 ] || { echo "more than one message"; exit 1; }
echo "good"
