#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own, whose address it finds in
# $DATABASE, and takes the server away afterwards:
#
#   deploy/dev/with-postgres.sh sh -c 'psql "$DATABASE"'
set -euo pipefail
bin=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/postgres "$(command -v postgres || true)" 2>/dev/null | tail -n 1)")
dir=$(mktemp -d /tmp/fildefer-postgres-XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  chown postgres "$dir"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
cd "$dir"
"${as[@]}" "$bin/initdb" --auth=trust --username=postgres --encoding=UTF8 data >init.log
# As a server would be that has a quarter of a small machine for itself.
"${as[@]}" "$bin/postgres" -D data -k "$dir" -c listen_addresses= -c shared_buffers=512MB -c max_wal_size=4GB >log 2>&1 &
server=$!
trap 'kill -INT $server; wait $server || true; rm -rf "$dir"' EXIT
for _ in $(seq 300); do
  grep -q 'ready to accept connections' log && break
  sleep 0.1
done
cd "$OLDPWD"
DATABASE="postgres:///postgres?host=$dir&user=postgres&sslmode=disable" "$@"
