#!/bin/sh
# Installs the browser that the end-to-end tests drive (Debian's Chromium). Run as root; does nothing when it is there.
set -eu
[ -x /usr/bin/chromium ] && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get -o DPkg::Lock::Timeout=300 update -q
apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends chromium fonts-dejavu-core
