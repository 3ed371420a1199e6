#!/bin/sh
# Writes what a release has beside the program to deploy/generated: manual pages and
# completions.
set -eu
cd "$(dirname "$0")/.."
out=deploy/generated
rm -rf "$out"
mkdir -p "$out/man" "$out/completions"
go build -buildvcs=auto -tags manual -o "$out/refine" ./cmd/refine
"$out/refine" manual "$out/man"
gzip -9 -n "$out"/man/*.1
for shell in bash zsh fish powershell; do
  "$out/refine" completion "$shell" >"$out/completions/refine.$shell"
done
rm "$out/refine"
