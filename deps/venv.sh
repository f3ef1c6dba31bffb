#!/usr/bin/env bash
# venv.sh PYTHON FOLDER LOCK: a virtual environment with exactly the packages of LOCK. A second call with the same lock
# does nothing, so that it works without a network.
set -euo pipefail
python=$1
folder=$2
lock=$3
stamp="$folder/.stamp"
sum=$(sha256sum "$lock" | cut -d' ' -f1)
if [[ -f $stamp && $(cat "$stamp") == "$sum" ]]; then
  touch "$stamp"
  exit 0
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "$python cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install -y python3-venv" >&2
  exit 2
fi
echo "Making $folder with the packages of $lock"
rm -rf "$folder"
"$python" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
echo "$sum" >"$stamp"
