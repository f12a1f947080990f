#!/bin/sh
# Installs the browser that the end-to-end tests drive (Debian's Chromium). Run as root; does nothing when it is there.
set -eu
[ -x /usr/bin/chromium ] && exit 0
# Ubuntu's package is a snap; GitHub's machines have Chrome, which is driven in the same way.
if [ -x /usr/bin/google-chrome ]; then
  ln -s google-chrome /usr/bin/chromium
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -o DPkg::Lock::Timeout=300 update -q
apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends chromium fonts-dejavu-core
