#!/usr/bin/env bash
# lock.sh NAME...: writes deps/python-NAME.lock, the exact packages and their hashes, from deps/python-NAME.in.
# Needs pip-tools and the oldest Python that is supported, 3.11, whose list holds what later ones need. Every package
# must have wheels for CPython 3.11, 3.12 and 3.13 on x86_64 and aarch64.
set -euo pipefail
cd "$(dirname "$0")"
for name in "$@"; do
  CUSTOM_COMPILE_COMMAND="deps/lock.sh $name" pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
    --no-emit-index-url --no-emit-find-links --output-file "python-$name.lock" "python-$name.in"
done
