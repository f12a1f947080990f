#!/bin/sh
# Brings the OpenTelemetry SDK for Python (PyPI) into .journey/tools/: a foreign program whose OTLP must be understood. Pinned; does nothing
# when it is there. Needs no root.
set -eu
version=1.45.2

cd "$(dirname "$0")/.."
tools=$PWD/.journey/tools
mkdir -p "$tools"
[ "$(cat "$tools/otel/version" 2>/dev/null)" = "$version" ] && { echo "OpenTelemetry for Python $version is installed"; exit 0; }
python3 -m pip --version >/dev/null 2>&1 || { echo "pip is missing: it brings OpenTelemetry's SDK. Install python3-pip, then run this again." >&2; exit 5; }
# A folder of its own (PEP 668 keeps pip out of the system's); wheels only, so that nothing runs at their install.
python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --only-binary=:all: --upgrade --target "$tools/otel" \
  "opentelemetry-sdk==$version" "opentelemetry-exporter-otlp-proto-http==$version"
echo "$version" >"$tools/otel/version"
echo "OpenTelemetry for Python $version is installed"
