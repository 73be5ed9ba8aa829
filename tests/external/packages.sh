# shellcheck shell=bash
# shellcheck disable=SC2154 # tmp is the folder of whoever sources this
# What the scripts here share, to be sourced: what they say, and how they get a package of the system. Needs $tmp, a folder.

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

say() {
  printf '* %s\n' "$*"
}

as_root=()                              # as_root=() or (sudo -n): put it before what needs the rights of root
[ "$(id -u)" = 0 ] || as_root=(sudo -n)
updated=no
need() {                                # need PACKAGE COMMAND…: installs the package unless the command succeeds
  local package=$1
  shift
  "$@" > "$tmp/ignored" 2>&1 && return
  say "installing $package"
  if ! "${as_root[@]}" true > "$tmp/ignored" 2>&1 || ! command -v apt-get > "$tmp/ignored"; then
    fail "\`$*\` does not work: install the package $package"
  fi
  [ "$updated" = yes ] || "${as_root[@]}" apt-get update -qq
  updated=yes
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" > "$tmp/apt" 2>&1 || {
    cat "$tmp/apt" >&2
    fail "$package cannot be installed"
  }
  "$@" > "$tmp/ignored" 2>&1 || fail "\`$*\` does not work, though $package is installed"
}
