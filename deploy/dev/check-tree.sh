#!/usr/bin/env bash
# Refuses what must not be in the tree: a file that gofmt would change, and
# anything at the top that is not one of the agreed rooms.
set -euo pipefail
cd "$(dirname "$0")/../.."
unformatted=$(git ls-files '*.go' | xargs gofmt -l)
if [ -n "$unformatted" ]; then
  echo "check-tree: run gofmt on: $unformatted" >&2
  exit 1
fi
for entry in $(git ls-files | cut -d/ -f1 | sort -u); do
  case "$entry" in
    cmd | connectors | pipeline | feed | deploy | testdata | go.mod | go.sum | Makefile | README.md | .*) ;;
    *) echo "check-tree: '$entry' does not belong at the top of the tree" >&2; exit 1 ;;
  esac
done
