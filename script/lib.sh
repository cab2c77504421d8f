# shellcheck shell=bash
# What the scripts share: where the tree is, how to speak, how to build. Sourced, never run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

# The same object serves every build folder: paths are made relative before they are hashed.
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1

# shellcheck disable=SC2034  # used by the scripts that source this
jobs=$(nproc 2>/dev/null || echo 2)

say() { printf '%s\n' "$*"; }
die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# usage: prints the comment at the head of the calling script (its help text).
usage() { awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$root/script/$(basename "$0")"; }

# configure PRESET [ARGUMENT …]: quiet unless it fails.
configure() {
    local preset=$1 log
    shift
    mkdir -p build
    log=$(mktemp "build/configure.XXXXXX")
    if ! cmake --preset "$preset" "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        die "cmake could not configure the preset '$preset'"
    fi
    rm -f "$log"
}
