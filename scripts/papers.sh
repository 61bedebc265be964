#!/usr/bin/env bash
# Sees to what the tests read proof sheets and signatures with: PDF text, scanned codes, ssh-keygen.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

wanted=()
command -v pdftotext >/dev/null || wanted+=(poppler-utils)
command -v zbarimg >/dev/null || wanted+=(zbar-tools)
command -v ssh-keygen >/dev/null || wanted+=(openssh-client)
[ ${#wanted[@]} -eq 0 ] && exit 0

if command -v apt-get >/dev/null; then
  apt_install "${wanted[@]}" || true
fi
for command in pdftotext zbarimg ssh-keygen; do
  command -v "$command" >/dev/null || fail "make test needs $command: apt-get install ${wanted[*]}" \
    "Install it as root or with sudo, then run make test again."
done
