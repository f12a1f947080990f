#!/bin/sh
# Brings OpenSearch 2.19 (Maven Central: its own modules and a runner that starts them in one process) into .journey/tools/opensearch/, for the suite of
# the log source. 53 MB; each file is compared with its checksum. Does nothing when it is there. Only installing Java or Maven needs root.
set -eu
runner=2.19.1.0
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies

cd "$(dirname "$0")/.."
here=$PWD/.ci/opensearch
tools=$PWD/.journey/tools/opensearch
wanted="$runner $(cat "$here/Launcher.java" "$here/jars.sha256" | sha256sum)"
[ "$(cat "$tools/version" 2>/dev/null)" = "$wanted" ] && { echo "OpenSearch $runner is installed"; exit 0; }

if ! command -v mvn >/dev/null || ! command -v javac >/dev/null; then
  [ "$(id -u)" = 0 ] || { echo "Java's compiler or Maven is missing, and cannot be installed: not root. Run: sudo $0" >&2; exit 5; }
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=300 update -q
  apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends maven default-jdk-headless
fi

rm -rf "$tools"
mkdir -p "$tools/classes"
# What Maven itself needs is not kept.
trap 'rm -rf "$tools/maven"' EXIT
mvn -q -B -f "$here/pom.xml" "-Dmaven.repo.local=$tools/maven" "$plugin" "-DoutputDirectory=$tools/lib" -DincludeScope=runtime
(cd "$tools" && sha256sum --quiet --strict -c "$here/jars.sha256")
[ "$(find "$tools/lib" -name '*.jar' | wc -l)" = "$(wc -l <"$here/jars.sha256")" ] || { echo "Maven brought other files than jars.sha256 lists" >&2; exit 1; }
javac -cp "$tools/lib/*" -d "$tools/classes" "$here/Launcher.java"
echo "$wanted" >"$tools/version"
echo "OpenSearch $runner is installed"
