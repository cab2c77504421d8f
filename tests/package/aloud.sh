#!/usr/bin/env bash
# tests/package/aloud.sh
#
# A box without its gateway is heard after half an hour, by day alone, whatever the restarts: the script
# that decides it, and what anjud.service does at each end, on a folder, an uptime, a time of day and a
# clock of this test's own. What anjud itself decides: tests/unit/runtime/protection_flags_test.cpp.
set -euo pipefail
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/bin" "$tmp/run"
printf '#!/bin/sh\ncat "%s/now"\n' "$tmp" >"$tmp/bin/date"
printf '#!/bin/sh\ncat "%s/ntp"\n' "$tmp" >"$tmp/bin/timedatectl"
chmod 755 "$tmp/bin/date" "$tmp/bin/timedatectl"
echo yes >"$tmp/ntp"
touch "$tmp/anju.toml"

bad=0
up=1000       # seconds since the machine's start
clock=0       # seconds of UTC
at() { clock=$(($1 * 3600)); }
step() { up=$((up + $1)) clock=$((clock + $1)); }
check() {
    echo "$up.25 99.00" >"$tmp/uptime"
    echo "$clock" >"$tmp/now"
    PATH=$tmp/bin:$PATH sh deploy/systemd/anju-aloud-check "$tmp/run" "$tmp/anju.toml" "$tmp/uptime" "$tmp/none"
}
# As systemd runs it after each end of anjud, by whatever.
ends() {
    local line
    line=$(sed -n "s|^ExecStopPost=-/bin/sh -c '\(.*\)'$|\1|p" deploy/systemd/anjud.service)
    [ -n "$line" ] || exit 1
    sh -c "${line//\/run\/anju/$tmp/run}"
}
# As anjud says when it begins to open its store; tests/component/control holds it to that.
starts() { echo starting >"$tmp/run/not-protected" && rm -f "$tmp/run/protected"; }
is() {
    local what=$1 not=quiet
    if [ "$what" = quiet ]; then not=aloud; fi
    if [ -e "$tmp/run/$what" ] && [ ! -e "$tmp/run/$not" ]; then return; fi
    echo "WRONG: $2: not $what at uptime $up"
    bad=1
}
fresh() { rm -rf "$tmp/run" && mkdir "$tmp/run"; }

check # nothing there yet
[ -z "$(ls -A "$tmp/run")" ] || { echo "WRONG: a box that was never set up gets files" && bad=1; }

# 10 o'clock in the flat. anjud ends every fifteen seconds and never comes further than its start.
at 2
ends
for ((i = 0; i < 29; ++i)); do
    check
    is quiet "somebody may be on it already"
    for ((j = 0; j < 4; ++j)); do
        starts
        ends
        step 15
    done
done
step 60
check
is aloud "ends again and again"
starts
is aloud "a start silences nothing"
ends
is aloud "an end silences nothing"
check
is aloud "and it goes on"
at 12 # 20:00
check
is quiet "the evening"
at 23 # 7:00
check
is quiet "the night"
at 24 # 8:00 of the next day
check
is aloud "the next morning"
echo no >"$tmp/ntp"
check
is quiet "nobody knows whether it is day"
touch "$tmp/none"
check
is aloud "systemd's own client knows"
rm "$tmp/none"
echo yes >"$tmp/ntp"
echo 'utc_offset = "-03:30" # elsewhere' >"$tmp/anju.toml"
at 11 # 7:30 there
check
is quiet "it is night there"
step 1800
check
is aloud "it is day there"
echo "  utc_offset = '-05:00'" >"$tmp/anju.toml" # a string of TOML, too
at 11
check
is quiet "it is night there, in other quotes"
echo 'utc_offset = "west"' >"$tmp/anju.toml"
at 6
check
is quiet "nobody knows where it is"
: >"$tmp/anju.toml"
check
is aloud "China's, where nothing is said"

# anjud has looked at its home: it decides, whatever the time.
at 20
echo home_broker >"$tmp/run/not-protected"
check
is aloud "anjud decides by itself"
mv "$tmp/run/not-protected" "$tmp/run/protected"
check
is aloud "anjud decides by itself"

# What was protected until it was stopped counts from then.
fresh
at 3
: >"$tmp/run/protected" && : >"$tmp/run/quiet"
ends
check
step 1799
check
is quiet "not yet"
step 1
check
is aloud "stopped for half an hour"

# What another start of the machine has left, and what nobody can read.
for since in 999999999 -5 nothing ''; do
    fresh
    ends
    echo "$since" >"$tmp/run/unprotected-since"
    check
    is quiet "since '$since'"
    [ "$(cat "$tmp/run/unprotected-since")" = "$up" ] || { echo "WRONG: since '$since' is believed" && bad=1; }
done
exit "$bad"
