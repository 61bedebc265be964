# Read by the other scripts: how they speak, and how they install a Debian package.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 1
}

# Install Debian packages; return 1, having said why, where that cannot be done here.
apt_install() {
  local as_root=() log
  if ! command -v apt-get >/dev/null; then
    say "There is no apt-get here to install: $*"
    return 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "Neither root nor sudo is at hand to install: $*"
      return 1
    fi
    as_root=(sudo)
    [ -t 0 ] || as_root+=(-n)
  fi
  say "Installing with apt-get: $* …"
  log=$(mktemp)
  local get=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
  # The package lists may be missing or old: try, and only then bring them up to date.
  if ! "${as_root[@]}" "${get[@]}" install -y --no-install-recommends "$@" >"$log" 2>&1 </dev/null; then
    if ! { "${as_root[@]}" "${get[@]}" update &&
      "${as_root[@]}" "${get[@]}" install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
      tail -n 5 "$log" >&2
      rm -f "$log"
      say "apt-get could not install: $*"
      return 1
    fi
  fi
  rm -f "$log"
}
