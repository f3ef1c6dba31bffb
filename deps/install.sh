#!/usr/bin/env bash
# install.sh LIST: installs the packages of LIST that are missing, by apt, and says so; does nothing if all are there.
set -euo pipefail
list=$1
mapfile -t packages < <(grep -vE '^(#|$)' "$list")

if ! command -v dpkg-query >/dev/null; then
  echo "No apt here. These libraries are needed (Debian's names); CMake will say which it cannot find:"
  printf '  %s\n' "${packages[@]}"
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  [[ $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) == "install ok installed" ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

echo "Installing ${#missing[@]} packages: ${missing[*]}"
as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if sudo -n true 2>/dev/null || { [[ -t 0 ]] && command -v sudo >/dev/null; }; then
    as_root=(sudo)
  else
    echo "They need an administrator. Paste this, then run make again:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 2
  fi
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
