#!/usr/bin/env bash
# tests/package/update.sh [DIR]
#
# An update as a box has it: a Debian 12 of its own, the packages in DIR (build/package/out by default) as
# the installed version, and versions made of them that are good, that do not run, that nobody could go
# back from; a repository by script/repository, a broker and anjud at work. The updater is killed at
# moments all over an installation. What is not Debian's there is the service manager: a root has none, so
# a script starts, stops and watches anjud in its place. Run by hand; needs root, gpg and Debian's mirror.
# shellcheck disable=SC2016,SC2317  # texts for the shell inside; functions that holds calls
set -euo pipefail
# shellcheck source=script/package-lib.sh
. "$(dirname "$0")/../../script/package-lib.sh"
need_root
out=$(cd "${1:-$work/out}" && pwd)
here=$(dpkg --print-architecture)
box=$work/update
where=$work/update.tmp
moments=${ANJU_KILLS:-12}

bad=0
# holds WHAT COMMAND …
holds() {
    local what=$1 said
    shift
    if said=$("$@" 2>&1); then say "ok    $what"; else
        say "WRONG $what"
        printf '%s\n' "$said" | tail -n 15 | sed 's/^/      /'
        bad=1
    fi
}
within() { inside "$box" "$@"; }
shell() { within bash -euc "$1"; }
end() {
    within sh -c 'for unit in anjud mosquitto; do systemctl stop $unit; done' >/dev/null 2>&1 || true
    rm -rf "$where"
}
trap end EXIT

rm -rf "$box" "$where"
mkdir -p "$where/made"
say "Making a box …"
cp -a "$(base_root)" "$box"
mkdir -p "$box/packages"
cp "$out"/anju-gateway_*_"$here".deb "$out"/anju-common_*_all.deb "$box/packages/"
shell 'apt-get -qq update && apt-get -qqy --no-install-recommends install /packages/*.deb' >"$work/update.log" 2>&1 ||
    die "they do not install: see $work/update.log"
first=$(shell 'dpkg-query -W -f "\${Version}" anju-gateway')

# The service manager's part, as far as dpkg's scripts and the updater ask for it.
rm -f "$box/usr/sbin/policy-rc.d"
mkdir -p "$box/run/systemd/system"
rm -f "$box/usr/bin/systemctl"
cat >"$box/usr/bin/systemctl" <<'SH'
#!/bin/bash
verb='' units=()
for word in "$@"; do
    case $word in -*) ;; *) if [ -z "$verb" ]; then verb=$word; else units+=("${word%.service}"); fi ;; esac
done
runs() { [ -s "/run/$1.pid" ] && kill -0 "$(cat "/run/$1.pid")" 2>/dev/null; }
# As Restart=always: whatever ends is begun again two seconds later, for as long as it is wanted.
keep() {
    # Of two starts the last one counts.
    echo $$ >"/run/$1.wanted"
    while [ "$(cat "/run/$1.wanted" 2>/dev/null)" = $$ ]; do
        "${@:2}" </dev/null >>"/run/$1.log" 2>&1 &
        echo $! >"/run/$1.pid"
        wait $! || true
        sleep 2
    done
}
start() {
    if [ -e "/run/$1.wanted" ]; then return 0; fi
    touch "/run/$1.wanted"
    case $1 in
    anjud) install -d -o anju -g anju /var/lib/anju
        set -- "$1" setpriv --reuid anju --regid anju --clear-groups /usr/bin/anjud --config /etc/anju/anju.toml ;;
    mosquitto) set -- "$1" mosquitto -p 18831 ;;
    esac
    export -f keep
    setsid bash -c 'keep "$@"' keep "$@" </dev/null >/dev/null 2>&1 &
}
stop() {
    rm -f "/run/$1.wanted"
    if runs "$1"; then kill "$(cat "/run/$1.pid")"; fi
    for _ in $(seq 100); do runs "$1" || break; sleep 0.1; done
}
for unit in "${units[@]}"; do
    case $unit in anjud | mosquitto) ;; *) continue ;; esac
    case $verb in
    start) start "$unit" ;;
    stop) stop "$unit" ;;
    restart) stop "$unit" && start "$unit" ;;
    try-restart) if [ -e "/run/$unit.wanted" ] && [ "$unit" = anjud ]; then stop "$unit" && start "$unit"; fi ;;
    is-active) runs "$unit" || exit 3 ;;
    is-enabled) echo enabled ;;
    esac
done
exit 0
SH
chmod 755 "$box/usr/bin/systemctl"
cat >"$box/etc/anju/anju.toml" <<'TOML'
[gateway]
id = "box-0001"
data_dir = "/var/lib/anju"
[home]
uri = "mqtt://127.0.0.1:18831"
TOML
cat >"$box/etc/anju/update.toml" <<'TOML'
[update]
window = "00:00-24:00"
healthy_within = "1min"
steady_for = "10s"
TOML
chgrp -R "$(awk -F: '$1 == "anju" { print $3 }' "$box/etc/group")" "$box/etc/anju"

# make VERSION WHAT: the packages of DIR under another version; good, broken, one_way or script.
make() {
    local file name folder=$where/made/$1
    mkdir -p "$folder"
    for file in "$box"/packages/*.deb; do
        rm -rf "$where/tree"
        dpkg-deb --raw-extract "$file" "$where/tree"
        name=$(dpkg-deb --field "$file" Package)
        sed -i "s/^Version: .*/Version: $1/; s/anju-common (= [^)]*)/anju-common (= $1)/" "$where/tree/DEBIAN/control"
        if [ "$name" = anju-gateway ]; then
            case $2 in
            broken) printf '#!/bin/sh\nexit 1\n' >"$where/tree/usr/bin/anjud" ;;
            script) printf '#!/bin/sh\nexit 1\n' >"$where/tree/DEBIAN/postinst" && chmod 755 "$where/tree/DEBIAN/postinst" ;;
            one_way) sed -i 's/^Anju-Store-Formats: .*/Anju-Store-Formats: journal 99 from 99, console 99 from 99/' \
                "$where/tree/DEBIAN/control" ;;
            esac
        fi
        dpkg-deb --root-owner-group -Zgzip -z1 --build "$where/tree" "$folder" >/dev/null
    done
}
# key NAME: makes one, and prints its fingerprint.
key() {
    gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key "$1 <$1@anju.invalid>" ed25519 sign never
    gpg --batch --with-colons --list-keys "$1@anju.invalid" | awk -F: '/^fpr/ { print $10; exit }'
}
export GNUPGHOME=$where/gnupg
mkdir -m 700 "$GNUPGHOME"
ours=$(key ours 2>/dev/null)
theirs=$(key theirs 2>/dev/null)
repository() { "$root/script/repository" "$1" --into "$box/repository" --key "$ours" "${@:2}" >/dev/null; }
mkdir -p "$box/etc/apt/keyrings"
gpg --batch --export "$ours" >"$box/etc/apt/keyrings/anju.gpg"
sed 's|^URIs: .*|URIs: file:/repository|; s|^Suites: .*|Suites: canary|' deploy/apt/anju.sources \
    >"$box/etc/apt/sources.list.d/anju.sources"
install -m 644 deploy/apt/anju.pref "$box/etc/apt/preferences.d/anju"

installed() { shell 'dpkg-query -W -f "\${Version} \${db:Status-Abbrev}\n" anju-gateway anju-common' | sort -u; }
is_whole() { [ "$(installed)" = "$1 ii " ]; }
update() { within anjuctl --lang en update "$@"; }
says() { update status --json | grep -F -- "$1"; }
epoch() { within anjuctl --json status | grep -o '"epoch":[0-9]*'; }

shell 'systemctl start mosquitto anjud'
for _ in $(seq 60); do within anjuctl status >/dev/null 2>&1 && break; sleep 0.5; done
began=$(epoch)

repository add "$box"/packages/*.deb
holds "the repository is whole, by its key" "$root/script/repository" check --into "$box/repository" --keyring "$box/etc/apt/keyrings/anju.gpg"
rests() { update apply --again | grep -q "nothing newer"; }
holds "nothing newer: nothing is done" rests

good=$first+good1 worse=$first+worse2 scripts=$first+worse2s locked=$first+worse2t later=$first+worse3 last=$first+x4
make "$good" good
repository add --percentage 0 "$where/made/$good"/*.deb
stays() { update run | grep -q "not this box's turn" && is_whole "$first"; }
holds "to no percent of boxes: it is not this one's turn" stays
repository phase --ring canary --version "$good" --percentage 100
holds "a good version is taken" update apply
holds "it is whole" is_whole "$good"
holds "and the record says so" says '"ending":"updated"'
holds "the store is the one of before" test "$(epoch)" = "$began"
holds "the version before is kept, and this one" shell "ls /var/lib/anju-update/packages/$first/SHA256SUMS /var/lib/anju-update/packages/$good/SHA256SUMS"
holds "nothing of what was under way is left" shell '! ls /var/lib/anju-update/anjuctl'

make "$worse" broken
repository add "$where/made/$worse"/*.deb
goes_back() { ! update run && is_whole "$good"; }
holds "a version whose anjud does not run is taken back" goes_back
holds "with its reason" says '"ended_why":"not_active"'
holds "the store is the one of before, and anjud at work" test "$(epoch)" = "$began"
holds "doctor tells of it" sh -c 'case $1 in *"'"$worse"'"*) ;; *) exit 1 ;; esac' sh "$(within anjuctl --lang en doctor || true)"
not_again() { update run | grep -q "was taken back" && is_whole "$good"; }
holds "and it is not tried again" not_again

make "$scripts" script
repository add "$where/made/$scripts"/*.deb
holds "a version whose own scripts fail is taken back" goes_back
holds "with its reason" says '"ended_why":"scripts_failed"'
holds "and it is not tried again" not_again

# apt's lock is somebody else's: no fault of the version.
make "$locked" good
repository add "$where/made/$locked"/*.deb
within perl -MFcntl=:DEFAULT,:seek -e 'open(my $file, "+<", "/var/lib/dpkg/lock-frontend") or die;
    my $lock = pack("s s x![q] q q i", F_WRLCK, SEEK_SET, 0, 0, 0);
    fcntl($file, F_SETLK, $lock) or die; sleep 100' &
waits() { ! update apply && is_whole "$good" && says '"failures":1'; }
holds "while apt is locked nothing is done, and it is said" waits
wait $!
# What lies there under this version is another one, sums and all: it is fetched again.
kept=/var/lib/anju-update/packages/$locked
shell "rm -rf '$kept' && cp -a '/var/lib/anju-update/packages/$good' '$kept'"
is_true() { update apply && is_whole "$locked" && cmp "$box$kept"/anju-common_*.deb "$where/made/$locked"/anju-common_*.deb; }
holds "packages that are not what the signed index names are not installed" is_true
holds "and the version before is kept" shell "ls /var/lib/anju-update/packages/$good/SHA256SUMS"
before=$good good=$locked

make "$later" one_way
repository add "$where/made/$later"/*.deb
no_way() { update apply | grep -q "No update" && is_whole "$good"; }
holds "a version that there is no way back from is not taken" no_way

# Of the source: another key, a line that was changed, a date that is over.
cp -a "$box/repository" "$where/repository"
wrong() { ! update check && is_whole "$good" && says '"trouble":"apt-get'; }
"$root/script/repository" sign --into "$box/repository" --key "$theirs" >/dev/null
holds "signed by another key: nothing is believed" wrong
rm -rf "$box/repository" && cp -a "$where/repository" "$box/repository"
sed -i 's/^Suite: canary/Suite: canarY/' "$box/repository/dists/canary/InRelease"
rm "$box/repository/dists/canary/Release.gpg"
holds "changed after it was signed: nothing is believed" wrong
rm -rf "$box/repository" && cp -a "$where/repository" "$box/repository"
(cd "$box/repository/dists/canary" && rm Release.gpg && sed -i "s/^Valid-Until: .*/Valid-Until: $(date -u -d '-1 day' '+%a, %d %b %Y %H:%M:%S UTC')/" Release &&
    gpg --batch --yes --local-user "$ours" --clearsign --output InRelease Release)
holds "its date is over: nothing is believed" wrong
rm -rf "$box/repository" && cp -a "$where/repository" "$box/repository"
holds "the source as it was is believed again" update check

# Another archive has a newer Anju, and would like to be trusted.
mkdir -p "$box/other"
make "$first+z9" good
cp "$where/made/$first+z9"/*.deb "$box/other/"
(cd "$box/other" && dpkg-scanpackages . >Packages 2>/dev/null && printf 'Origin: Other\n' >Release)
echo 'deb [trusted=yes] file:/other ./' >"$box/etc/apt/sources.list.d/other.list"
shell 'apt-get -qq update' >/dev/null 2>&1
not_from_there() {
    shell 'apt-get -qy upgrade' && is_whole "$good" && update apply | grep -q "No update" && is_whole "$good"
}
holds "Anju comes from nowhere else" not_from_there
rm "$box/etc/apt/sources.list.d/other.list"

back() { update rollback || true; is_whole "$before" && says '"ended_why":"by_hand"'; }
holds "the version before comes back when a person wants it" back

# The power goes: for whatever runs in there, dpkg in a session of its own too. Then the machine starts.
power_cut() {
    local process
    for process in /proc/[0-9]*; do
        if [ "$(readlink "$process/root" 2>/dev/null)" = "$box" ]; then
            kill -KILL "${process#/proc/}" 2>/dev/null || true
        fi
    done
    rm -f "$box"/run/*.wanted "$box"/run/*.pid
    shell 'systemctl start mosquitto anjud'
    for _ in $(seq 120); do within anjuctl status >/dev/null 2>&1 && break; sleep 0.5; done
}
# At moments all over an update; what was on its way goes on at the next start.
make "$last" good
repository add "$where/made/$last"/*.deb
cuts=0
for moment in $(seq "$moments"); do
    within rm -rf /var/lib/anju-update/packages /var/lib/anju-update/record.json
    setsid bash -c '. "$1/script/package-lib.sh"; inside "$2" anjuctl update apply' bash "$root" "$box" >/dev/null 2>&1 &
    child=$!
    sleep "$(awk -v at="$moment" -v all="$moments" 'BEGIN { print 12 * at / all }')"
    if kill -KILL -- "-$child" 2>/dev/null; then cuts=$((cuts + 1)); fi
    wait "$child" 2>/dev/null || true
    power_cut
    holds "cut at moment $moment of $moments: it goes on" update run
    holds "and ends whole, with the store of before" sh -c '[ "$1" = "$2" ] && [ "$3" = "$4" ]' sh \
        "$(installed)" "$last ii " "$(epoch)" "$began"
    update rollback >/dev/null 2>&1 || true
    is_whole "$before" || die "the way back is closed"
done
say "      $cuts of $moments cuts met an update"

# A number with an epoch, which neither the program says nor the names of the files.
epoch=1:$first+e5
make "$epoch" good
repository add "$where/made/$epoch"/*.deb
holds "a version with an epoch is taken" update apply
holds "it is whole" is_whole "$epoch"
back_again() { update rollback || true; is_whole "$before" && says '"ended_why":"by_hand"'; }
holds "and there is a way back from it" back_again
exit "$bad"
