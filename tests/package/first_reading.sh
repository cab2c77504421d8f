#!/usr/bin/env bash
# tests/package/first_reading.sh [DIR]
#
# How long is it from a Debian 12 that has never seen Anju to the first reading on its disk? With the
# packages in DIR (build/package/out by default) of this machine's architecture, and the commands of
# docs/operations/install.md: apt, anjuctl setup from a file, a home, a sensor with a label, and an alarm of
# it that is acknowledged over TLS. Prints the seconds of each. Without a service manager: broker and
# gateway are started as their units start them. Run by hand; needs root and Debian's mirror.
# shellcheck disable=SC2016  # texts for the shell inside
set -euo pipefail
# shellcheck source=script/package-lib.sh
. "$(dirname "$0")/../../script/package-lib.sh"
case ${1:-} in -h | --help) usage && exit 0 ;; esac
need_root
out=$(cd "${1:-$work/out}" && pwd)
here=$(dpkg --print-architecture)
box=$work/first-reading
shell() { inside "$box" bash -euc "$1"; }
# shellcheck disable=SC2317  # the trap calls it
end() {
    local file
    for file in "$box"/answers/*.pid; do
        if [ -s "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
    done
    wait
    rm -rf "$box"
}
trap end EXIT

base=$(base_root)
rm -rf "$box"
cp -a "$base" "$box"
mkdir "$box/packages"
cp "$out"/anju-{gateway,tools}_*_"$here".deb "$out"/anju-common_*_all.deb "$box/packages/"

echo '127.0.0.1 localhost' >"$box/etc/hosts"
began=$EPOCHREALTIME last=$EPOCHREALTIME
# took WHAT
took() {
    local now=$EPOCHREALTIME
    awk -v what="$1" -v a="$last" -v b="$now" -v c="$began" 'BEGIN { printf "%7.1f s  %7.1f s  %s\n", b - a, b - c, what }'
    last=$now
}
shell 'apt-get -qq update && apt-get -qqy --no-install-recommends install /packages/*.deb' >"$work/first-reading.log" 2>&1 ||
    die "they do not install: see $work/first-reading.log"
took "apt install, what they depend on among it"
shell 'mkdir -m 700 /answers && cat >/answers/setup.toml && anjuctl --lang en setup --from /answers/setup.toml' \
    >>"$work/first-reading.log" <<'TOML' || die "it cannot be set up: see $work/first-reading.log"
[box]
id = "box-0001"
host = "localhost"
utc_offset = "+08:00"
[sensors]
network = true
port = 18841
tls_port = 18842
[console]
enabled = false
TOML
took "anjuctl setup"
inside "$box" sh -c 'install -d -o mosquitto /run/mosquitto /var/log/mosquitto &&
    echo $$ >/answers/mosquitto.pid && exec mosquitto -c /etc/mosquitto/mosquitto.conf' >>"$work/first-reading.log" 2>&1 &
for _ in $(seq 100); do
    if (: </dev/tcp/127.0.0.1/18841) 2>/dev/null; then break; fi
    sleep 0.1
done
inside "$box" sh -c 'install -d -m 750 -o anju -g anju /var/lib/anju /run/anju &&
    echo $$ >/answers/anjud.pid && exec setpriv --reuid anju --regid anju --init-groups /usr/bin/anjud --config /etc/anju/anju.toml' >>"$work/first-reading.log" 2>&1 &
for _ in $(seq 100); do
    if shell 'anjuctl status' >/dev/null 2>&1; then break; fi
    sleep 0.1
done
took "broker and gateway run"
shell 'cd /answers && anju-sim directory --load --devices 1 --devices-per-home 1 >homes.toml &&
    anjuctl residents import homes.toml && anjuctl --json devices add load-000000 >label.json &&
    grep -o "\"password\":\"[^\"]*\"" label.json | cut -d "\"" -f 4 >password && chmod 600 password
    kill -HUP "$(cat /answers/mosquitto.pid)"' >>"$work/first-reading.log" ||
    die "no home, or no sensor: see $work/first-reading.log"
took "a home and a sensor of it"
shell 'SSL_CERT_FILE=/etc/anju/tls/ca.crt anju-sim load --broker mqtts://localhost:18842 --user load-000000 \
    --credentials /answers/password --devices 1 --devices-per-home 1 --connections 1 --rate 0 --alarm-rate 1 --seconds 1.5 \
    --drain 30 --json' >"$work/first-reading.json" || die "nothing is acknowledged: see $work/first-reading.log"
grep -q '"alarm":{"count":1,' "$work/first-reading.json" || die "one alarm was to be acknowledged: $work/first-reading.json"
took "first reading on the disk, and acknowledged"
