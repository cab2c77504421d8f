#!/bin/sh
# tests/board/fit-out.sh ROOT
#
# What a board's image says beside its packages: its disk, its network, its name. Nothing of Anju:
# that is what the packages and anjuctl setup are to bring.
set -eu
root=$1
cat >"$root/etc/fstab" <<'FSTAB'
/dev/vda / ext4 noatime,errors=remount-ro 0 1
FSTAB
echo anju >"$root/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 anju\n' >"$root/etc/hosts"
cat >"$root/etc/systemd/network/board.network" <<'NETWORK'
[Match]
Type=ether
[Network]
DHCP=yes
NETWORK
chroot "$root" systemctl enable -q systemd-networkd.service
# Nobody logs in: the emulator's agent is the hand. A console would only cost time at each start.
chroot "$root" systemctl mask -q getty@.service serial-getty@.service systemd-networkd-wait-online.service
# An id of its own at the first start, as each board has to have.
: >"$root/etc/machine-id"
# No package list is needed any more, and none of the copies.
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/archives/*.deb "$root"/etc/apt/sources.list.d/*
