#!/usr/bin/env bash
# Installs what the tests meet on the other side of the wire: Debian's
# Mosquitto, PostgreSQL and Chromium, and the test tools from npm. What is
# already there is left alone. Without the right to install, it names what is
# missing and stops.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
command -v mosquitto >/dev/null || [ -x /usr/sbin/mosquitto ] || missing+=(mosquitto)
command -v mosquitto_pub >/dev/null || missing+=(mosquitto-clients)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v chromium >/dev/null || missing+=(chromium)
command -v column >/dev/null || missing+=(bsdextrautils)
if ((${#missing[@]})); then
  sudo=()
  if [ "$(id -u)" != 0 ]; then sudo=(sudo -n); fi
  if ! command -v apt-get >/dev/null || ! "${sudo[@]}" true 2>/dev/null; then
    echo "setup: please install these Debian packages, then run again: ${missing[*]}" >&2
    exit 1
  fi
  echo "setup: installing ${missing[*]}"
  "${sudo[@]}" apt-get update -qq
  # The packages' own servers must not start: the tests start theirs.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee $policy >/dev/null
    "${sudo[@]}" chmod +x $policy
    trap '"${sudo[@]}" rm -f $policy' EXIT
  fi
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if [ ! -d feed/web/node_modules/playwright-core ] || [ feed/web/package-lock.json -nt feed/web/node_modules/.package-lock.json ]; then
  echo "setup: test tools of the screens"
  (cd feed/web && npm ci --no-audit --no-fund --loglevel=error)
  touch feed/web/node_modules/.package-lock.json
fi
deploy/dev/farside.sh
