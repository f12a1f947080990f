#!/bin/sh
# Installs the real Redis, RabbitMQ and Prometheus that the adapters' suites start themselves, amtool and promtool, and strace, which watches what a hostile
# proposal would start and write, from Debian's archive.
# Leaves no service running: the suites use their own data folders and loopback ports.
set -eu

missing=''
command -v redis-server >/dev/null || missing="$missing redis-server"
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing="$missing rabbitmq-server"
command -v promtool >/dev/null || missing="$missing prometheus"
command -v amtool >/dev/null || missing="$missing prometheus-alertmanager"
command -v strace >/dev/null || missing="$missing strace"
[ -n "$missing" ] || { echo "redis-server, rabbitmq-server, promtool, amtool and strace are installed"; exit 0; }

if [ "$(id -u)" != 0 ]; then
  echo "Cannot install$missing: not root. Run: sudo $0" >&2
  exit 5
fi

# Debian starts what it installs unless this file forbids it (exit 101, Debian Policy "invoke-rc.d").
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# shellcheck disable=SC2086 # a list of package names
apt-get install -q -y --no-install-recommends $missing
# Installing creates a node identity and may start Erlang's port mapper on every interface; we use neither.
if command -v systemctl >/dev/null && [ -d /run/systemd/system ]; then
  systemctl disable --now redis-server rabbitmq-server prometheus prometheus-node-exporter prometheus-alertmanager epmd.socket epmd.service || true
fi
