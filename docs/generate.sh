#!/usr/bin/env bash
# generate.sh PROGRAM: rewrites the documents that are made from the program's own tables.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1
{
  printf '# Parameters\n\nMade by `make docs` from the parameter table of the program; do not edit.\n'
  printf 'Marks: [C] computed, [S] read in a source, [M] from memory, [J] judgement, [D] definition.\n\n'
  "$program" params --markdown
} >docs/PARAMETERS.md
{
  printf '# Recorded arrays\n\nMade by `make docs` from the output table of the program; do not edit. See FORMAT.md.\n\n'
  "$program" params --outputs --markdown
} >docs/OUTPUTS.md
