#!/usr/bin/env bash
# Sees to PostgreSQL's programs, which the tests of the stores start themselves; no server of the system's.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

# Debian keeps initdb off the PATH.
find_initdb() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

find_initdb && exit 0

# Debian's package makes a cluster of its own and starts it, unless it is told not to.
unasked=/etc/postgresql-common/createcluster.d/daylight-tests.conf
if command -v apt-get >/dev/null && as_root mkdir -p "$(dirname "$unasked")"; then
  trap 'as_root rm -f "$unasked"' EXIT
  echo "create_main_cluster = off" | as_root tee "$unasked" >/dev/null
  apt_install postgresql || true
fi

if ! find_initdb; then
  say ""
  say "make test needs what this machine lacks and could not install by itself:"
  say "  PostgreSQL's server programs    apt-get install postgresql"
  fail "Install it as root or with sudo, then run make test again." \
    "The other tests run without: .venv/bin/pytest --ignore tests/sources --ignore tests/cli/test_stores.py"
fi
