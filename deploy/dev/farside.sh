#!/bin/sh
# Installs the far sides of the wire that tests talk to: for each
# connectors/<technology>/testdata/farside, the packages of its lock file into
# $FILDEFER_DEV/farside/<technology> (default: .dev at the root, which git
# ignores). A second run with the same lock file does nothing.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
dev=${FILDEFER_DEV:-$root/.dev}

for source in "$root"/connectors/*/testdata/farside; do
	technology=$(basename "$(dirname "$(dirname "$source")")")
	target=$dev/farside/$technology
	if cmp -s "$source/package-lock.json" "$target/installed"; then
		continue
	fi
	mkdir -p "$target"
	cp "$source/package.json" "$source/package-lock.json" "$target/"
	# The machine's own Node may be older than the packages ask for: they run
	# under the Node that the lock file brings along.
	(cd "$target" && npm ci --ignore-scripts --no-audit --no-fund --engine-strict=false --loglevel=error)
	cp "$source/package-lock.json" "$target/installed"
done
