#!/usr/bin/env bash
# tests/package/units.sh [FOLDER]
#
# The units of a box: systemd reads them without a complaint, and what they are exposed to stays
# below the bound (1.5 of 10, as systemd-analyze counts). FOLDER holds the units, deploy/systemd by
# default. Exit 77, which ctest takes for skipped, where there is no systemd-analyze.
set -euo pipefail
units=${1:-$(cd "$(dirname "$0")/../.." && pwd)/deploy/systemd}
bound=15 # tenths

command -v systemd-analyze >/dev/null || {
    echo "systemd-analyze is not there (package systemd)"
    exit 77
}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# What Debian 12 ships as mosquitto.service; a drop-in is nothing without it. Paths that need not be
# on this machine give way to some that are.
cat >"$tmp/mosquitto.service" <<'UNIT'
[Unit]
Description=Mosquitto MQTT Broker
After=network.target
Wants=network.target

[Service]
Type=notify
NotifyAccess=main
ExecStart=/bin/true -c /etc/mosquitto/mosquitto.conf
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
ExecStartPre=/bin/mkdir -m 740 -p /var/log/mosquitto
ExecStartPre=/bin/chown mosquitto /var/log/mosquitto

[Install]
WantedBy=multi-user.target
UNIT
# Read after Debian's unit, a drop-in says what the same lines at its end would say.
sed 's/^\(User\|Group\)=.*/\1=daemon/' "$units/mosquitto.service.d/anju.conf" >>"$tmp/mosquitto.service"
sed 's|^ExecStart=[^ ]*|ExecStart=/bin/true|; s/^\(User\|Group\)=.*/\1=daemon/' \
    "$units/anjud.service" >"$tmp/anjud.service"
sed 's|^ExecStart=[^ ]*|ExecStart=/bin/true|; s/^\(User\|Group\)=.*/\1=daemon/' \
    "$units/anju-backup.service" >"$tmp/anju-backup.service"
sed 's|^ExecStart=.*|ExecStart=/bin/true|; /^ExecStart=/,/done/{/^  if/d}' \
    "$units/anju-update.service" >"$tmp/anju-update.service"
# Root's own: only what it starts gives way.
sed -E 's#^(ExecStart|ExecStartPost)=([+]?)[^ ]*#\1=\2/bin/true#' \
    "$units/anju-renew.service" >"$tmp/anju-renew.service"

sed 's|^ExecStart=[^ ]*|ExecStart=/bin/true|; s/^\(User\|Group\)=.*/\1=daemon/' \
    "$units/anju-aloud-check.service" >"$tmp/anju-aloud-check.service"

cp "$units"/anju-*.path "$units"/anju-*.target "$units/anju-aloud-check.timer" "$tmp"
cp "$units/anju-lamp@.service" "$tmp/anju-lamp@ACT.service"

bad=0
for unit in anju-protected anju-not-protected anju-aloud anju-quiet; do
    said=$(SYSTEMD_UNIT_PATH="$tmp:" systemd-analyze verify --man=no "$tmp/$unit.path" \
        "$tmp/$unit.target" 2>&1) || bad=1
    if grep -q "$tmp\|$unit" <<<"$said"; then bad=1; fi
    if [ -n "$said" ]; then printf '%s\n' "$said"; fi
    # anjud writes what the unit waits for.
    grep -q "^PathExists=/run/anju/${unit#anju-}$" "$units/$unit.path" || {
        echo "$unit.path waits for something else"
        bad=1
    }
done
# What the district sends is waited for as a change: waited for as a file, one that is refused would
# start the unit again and again.
said=$(SYSTEMD_UNIT_PATH="$tmp:" systemd-analyze verify --man=no "$tmp/anju-renew.path" 2>&1) || bad=1
if [ -n "$said" ]; then printf '%s\n' "$said"; fi
issued=$(grep -o '"/run/anju/[a-z.]*"' "$(dirname "$0")/../../gateway/provision/places.hpp" | tr -d '"')
grep -q "^PathChanged=$issued$" "$units/anju-renew.path" || {
    echo "anju-renew.path waits for something else than $issued"
    bad=1
}
# A target that nothing ends is reached once: the buzzer would sound on the first day alone.
grep -q '^Conflicts=.*anju-aloud.target' "$units/anju-quiet.target" || {
    echo "anju-quiet.target does not end anju-aloud.target"
    bad=1
}
# Nor would it ever where anjud ends again and again: nothing that comes with each end may silence it.
if grep '^ExecStop' "$units/anjud.service" | grep -E 'aloud|quiet'; then
    echo "each end of anjud silences the box"
    bad=1
fi
grep -q '^WantedBy=anju-not-protected.target' "$units/anju-aloud-check.timer" || {
    echo "nothing counts while anjud is away"
    bad=1
}
said=$(SYSTEMD_UNIT_PATH="$tmp:" systemd-analyze verify --man=no "$tmp/anju-aloud-check.timer" 2>&1) || bad=1
if grep -q "$tmp" <<<"$said"; then bad=1; fi
if [ -n "$said" ]; then printf '%s\n' "$said"; fi
for unit in anjud mosquitto anju-backup anju-renew anju-lamp@ACT anju-update anju-aloud-check; do
    # What installs packages is root by its nature: a bound of its own.
    limit=$bound
    if [ "$unit" = anju-update ]; then limit=55; fi
    # Their folder is all they know of each other.
    said=$(SYSTEMD_UNIT_PATH="$tmp:" systemd-analyze verify --man=no "$tmp/$unit.service" 2>&1) || bad=1
    if grep -q "$tmp" <<<"$said"; then bad=1; fi
    if [ -n "$said" ]; then printf '%s\n' "$said"; fi
    systemd-analyze security --offline=true --no-pager --threshold="$limit" "$tmp/$unit.service" \
        >"$tmp/$unit.said" 2>&1 || {
        grep '^✗' "$tmp/$unit.said" || true
        bad=1
    }
    tail -n 1 "$tmp/$unit.said"
done

# A key that systemd does not know is only a warning in its log, so it would hide there for years.
# No unit may wait for a network: a box without internet keeps watching.
if grep -nE '^(After|Wants|Requires)=.*network-online' "$tmp"/*.service; then
    echo "a unit waits for the network"
    bad=1
fi
for key in WatchdogSec MemoryMax TasksMax StateDirectory RuntimeDirectory RuntimeDirectoryPreserve ExecStopPost \
    CacheDirectory ConditionPathExists; do
    grep -q "^$key=." "$tmp/anjud.service" || {
        echo "anjud.service has no $key"
        bad=1
    }
done
for key in MemoryMax TasksMax StateDirectory Restart; do
    grep -q "^$key=." "$units/mosquitto.service.d/anju.conf" || {
        echo "the broker's drop-in has no $key"
        bad=1
    }
done
exit "$bad"
