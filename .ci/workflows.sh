#!/bin/sh
# Installs the judges of .github/: actionlint (Go) and zizmor (PyPI) into .journey/tools/, and shellcheck, which actionlint asks about
# every `run:`, from Debian's archive. Pinned; does nothing when they are there. Only shellcheck needs root.
set -eu
actionlint=1.7.12
zizmor=1.32.0

cd "$(dirname "$0")/.."
tools=$PWD/.journey/tools
mkdir -p "$tools/bin"
missing() { echo "$1 is missing: $2" >&2; exit 5; }

if [ "$("$tools/bin/actionlint" -version 2>/dev/null | head -n 1)" != "v$actionlint" ]; then
  command -v go >/dev/null || missing Go 'it builds actionlint. Install it (https://go.dev/dl), then run this again.'
  # Go compares the module with its public list of checksums, and brings a newer toolchain where this one is too old.
  GOBIN=$tools/bin go install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint"
fi

if [ "$("$tools/bin/zizmor" --version 2>/dev/null)" != "zizmor $zizmor" ]; then
  python3 -m pip --version >/dev/null 2>&1 || missing pip 'it brings zizmor. Install python3-pip, then run this again.'
  # A folder of its own (PEP 668 keeps pip out of the system's); a wheel is a program and nothing runs at its install.
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --only-binary=:all: --upgrade --target "$tools/zizmor" "zizmor==$zizmor"
  ln -sf ../zizmor/bin/zizmor "$tools/bin/zizmor"
fi

if ! command -v shellcheck >/dev/null; then
  [ "$(id -u)" = 0 ] || missing shellcheck "not root, so it cannot be installed. Run: sudo apt-get install shellcheck"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=300 update -q
  apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends shellcheck
fi
echo "actionlint $actionlint, zizmor $zizmor and shellcheck are installed"
