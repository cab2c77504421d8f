#!/usr/bin/env bash
# tests/board/update.sh FOLDER
#
# script/board --hook tests/board/update.sh: an update and the way back, on a board that takes alarms
# meanwhile. Two versions are made of the packages that are installed, one that is good and one whose
# anjud does not run; a repository by script/repository, signed by a key of this run, is served to the
# board; its own unit takes the good one, then the other, and has to be back on the good one by itself.
# Run as root, in script/board's folder; needs dpkg-dev and gpg.
set -euo pipefail
# shellcheck source=script/lib.sh
. "$(dirname "$0")/../../script/lib.sh"
board=$1
packages=${ANJU_BOARD_PACKAGES:?"script/board says where they are"}
arch=$(basename "$board")
patience=${ANJU_BOARD_PATIENCE:-1}
where=$board/update
rm -rf "$where"
mkdir -p "$where/site"

on() { python3 "$root/tests/board/on.py" "$board" "$1"; }
put() { python3 "$root/tests/board/on.py" "$board" --put "$1" "$2"; }

# Versions differ in their name, and in whether anjud runs.
make() {
    local version=$1 file tree=$where/tree
    mkdir -p "$where/$version"
    for file in "$packages"/anju-gateway_*_"$arch".deb "$packages"/anju-common_*_all.deb; do
        rm -rf "$tree"
        dpkg-deb --raw-extract "$file" "$tree"
        sed -i "s/^Version: .*/Version: $version/; s/anju-common (= [^)]*)/anju-common (= $version)/" "$tree/DEBIAN/control"
        if [ "${2:-}" = broken ] && [ -e "$tree/usr/bin/anjud" ]; then
            printf '#!/bin/sh\nexit 1\n' >"$tree/usr/bin/anjud"
        fi
        dpkg-deb --root-owner-group -Zgzip -z1 --build "$tree" "$where/$version" >/dev/null
    done
}
first=$(on "dpkg-query -W -f '\${Version}' anju-gateway")
good=$first+good1 worse=$first+worse2
make "$good"
make "$worse" broken

export GNUPGHOME=$where/gnupg
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key 'board <board@anju.invalid>' \
    ed25519 sign never 2>/dev/null
key=$(gpg --batch --with-colons --list-keys board@anju.invalid | awk -F: '/^fpr/ { print $10; exit }')
gpg --batch --export "$key" >"$where/anju.gpg"
add() { "$root/script/repository" add --into "$where/site" --key "$key" "$@" >/dev/null; }
add "$packages"/anju-gateway_*_"$arch".deb "$packages"/anju-common_*_all.deb
add "$where/$good"/*.deb

# The board sees this machine's loopback as 10.0.2.2.
python3 -u -m http.server --bind 127.0.0.1 --directory "$where/site" 0 >"$where/site.log" 2>&1 &
site=$!
# shellcheck disable=SC2317  # the trap calls it
end() {
    kill "$site" 2>/dev/null || true
    # No agent of gpg outlives its folder.
    gpgconf --kill all 2>/dev/null || true
}
trap end EXIT
for _ in $(seq 50); do
    port=$(grep -o 'port [0-9]*' "$where/site.log" | cut -d ' ' -f 2) && break
    sleep 0.1
done
sed "s|^URIs: .*|URIs: http://10.0.2.2:$port|; s|^Suites: .*|Suites: canary|" "$root/deploy/apt/anju.sources" >"$where/anju.sources"
cat >"$where/update.toml" <<'TOML'
[update]
window = "00:00-24:00"
wait_for_alerts = "0s"
healthy_within = "8min"
steady_for = "30s"
TOML
on 'mkdir -p /etc/apt/keyrings /etc/apt/preferences.d'
put "$where/anju.gpg" /etc/apt/keyrings/anju.gpg
put "$where/anju.sources" /etc/apt/sources.list.d/anju.sources
put "$where/update.toml" /etc/anju/update.toml
put "$root/deploy/apt/anju.pref" /etc/apt/preferences.d/anju
on 'chmod 644 /etc/apt/keyrings/anju.gpg /etc/apt/sources.list.d/anju.sources /etc/apt/preferences.d/anju'

# take UNTIL WHAT SECONDS: the unit runs once; UNTIL is in its record afterwards.
take() {
    local said begin=$SECONDS state
    on 'systemctl start --no-block anju-update.service'
    while :; do
        sleep 5
        state=$(on 'systemctl show -P ActiveState anju-update.service')
        case $state in activating | active) ;; *) break ;; esac
        if [ $((SECONDS - begin)) -gt "$(awk -v p="$patience" 'BEGIN { print int(1200 * p) }')" ]; then
            on 'journalctl -u anju-update -n 40 --no-pager' >&2
            die "the update does not end"
        fi
    done
    said=$(on 'anjuctl --lang en update status --json')
    case $said in
    *"$1"*) say "      $2: $((SECONDS - begin)) s" ;;
    *)
        on 'journalctl -u anju-update -n 40 --no-pager' >&2
        die "$2: $1 is not in $said"
        ;;
    esac
}
installed() { on "dpkg-query -W -f '\${Version} \${db:Status-Abbrev}\n' anju-gateway anju-common" | sort -u; }
is_whole() { [ "$(installed)" = "$1 ii " ] || die "installed is $(installed), not $1"; }
# Asked several times: a board in emulation on a busy machine may be a while in answering.
epoch() {
    local said
    for _ in $(seq 10); do
        if said=$(on 'anjuctl --timeout 120 --json status'); then
            grep -o '"epoch":[0-9]*' <<<"$said" && return 0
        fi
        sleep 10
    done
    die "anjud does not tell its epoch"
}

began=$(epoch)
take '"ending":"updated"' "更新 · a good version is taken"
is_whole "$good"
add "$where/$worse"/*.deb
take '"ended_why":"not_active"' "退回 · a version that does not run is taken back"
is_whole "$good"
[ "$(epoch)" = "$began" ] || die "the store is another one"
on 'systemctl is-active anjud mosquitto' >/dev/null
# As a new board has it: the source is this run's.
on 'rm /etc/apt/sources.list.d/anju.sources'
