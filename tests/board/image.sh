#!/usr/bin/env bash
# tests/board/image.sh ARCH PACKAGES WORK
#
# A Debian 12 as it comes to a board, with the packages anju-gateway and anju-common of PACKAGES in
# it and nobody's configuration: WORK/image-ARCH/disk.img (ext4), and kernel and initrd beside it.
# Debian itself, with what the packages depend on, is made once (WORK/base-ARCH) for each state of
# that list; the packages are put into a copy. Root's work; no loop device: mke2fs fills the file
# system itself. Programs of another architecture that an installation runs are emulated
# (qemu-user, binfmt_misc).
set -euo pipefail
arch=$1 packages=$(cd "$2" && pwd)
mkdir -p "$3"
work=$(cd "$3" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
mirror=${ANJU_DEBIAN_MIRROR:-http://deb.debian.org/debian}
security=${ANJU_DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security}
size=${ANJU_BOARD_SIZE:-2G}
base=$work/base-$arch image=$work/image-$arch

die() {
    printf 'image.sh: %s\n' "$*" >&2
    exit 1
}

shopt -s nullglob
chosen=("$packages"/anju-gateway_*_"$arch".deb "$packages"/anju-common_*_all.deb)
[ "${#chosen[@]}" -eq 2 ] ||
    die "$packages has not one anju-gateway of $arch and one anju-common: script/package $arch"

bound=false
finish() {
    if "$bound"; then echo -1 >"/proc/sys/fs/binfmt_misc/$format" || true; fi
    rm -rf "$work/making-$arch"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# Where no service manager has told the kernel how to run the board's programs: as long as this runs.
if [ "$arch" != "$(dpkg --print-architecture)" ]; then
    case $arch in
    arm64) format=qemu-aarch64 ;;
    amd64) format=qemu-x86_64 ;;
    *) die "boards are arm64 or amd64, not $arch" ;;
    esac
    mountpoint -q /proc/sys/fs/binfmt_misc || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
    if [ ! -e "/proc/sys/fs/binfmt_misc/$format" ]; then
        cat "/usr/lib/binfmt.d/$format.conf" >/proc/sys/fs/binfmt_misc/register ||
            die "this kernel does not run programs of $arch (binfmt_misc)"
        bound=true
    fi
fi

# depends: what the chosen packages need of Debian, the first of each alternative.
depends() {
    local file
    for file in "${chosen[@]}"; do
        dpkg-deb --field "$file" Pre-Depends Depends
    done | sed 's/^[A-Za-z-]*: //; s/([^)]*)//g; s/|[^,]*//g' | tr -s ', ' '\n' |
        grep -v '^\(anju-.*\)\?$' | sort -u
}
needed=$(depends)
include=(qemu-guest-agent sqlite3 systemd-sysv systemd-timesyncd udev dbus iproute2 kmod
    initramfs-tools zstd ca-certificates "linux-image-cloud-$arch")
# shellcheck disable=SC2206  # words
include+=($needed)
stamp=$( (printf '%s\n' "${include[@]}" "$mirror" "$security" && cat "$here/fit-out.sh") | sha256sum | cut -c 1-16)

if [ "$(cat "$base.stamp" 2>/dev/null)" != "$stamp" ]; then
    echo "Making a Debian 12 for $arch …"
    rm -rf "$base" "$base.stamp"
    sources=("deb $mirror bookworm main" "deb $mirror bookworm-updates main")
    if [ "$security" != none ]; then sources+=("deb $security bookworm-security main"); fi
    # The initrd holds what this board needs and no more: it is read in emulation at each start. FSTYPE brings
    # fsck into it, which Debian's installer does by itself: a commit block of ext4 that is half written is
    # an error to the kernel, and a board without fsck stays where it is.
    # shellcheck disable=SC2016  # $1 is mmdebstrap's, the root
    mmdebstrap --quiet --mode=root --variant=minbase --format=directory --architectures="$arch" \
        --include="$(IFS=, && echo "${include[*]}")" --dpkgopt=force-unsafe-io \
        --aptopt='Apt::Install-Recommends "false"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --setup-hook='cd "$1" && mkdir -p etc/initramfs-tools/conf.d && printf "%s\n" MODULES=list FSTYPE=ext4 >etc/initramfs-tools/conf.d/board' \
        --setup-hook='printf "%s\n" virtio_pci virtio_blk ext4 crc32c_generic >"$1/etc/initramfs-tools/modules"' \
        --customize-hook="'$here/fit-out.sh' \"\$1\"" \
        bookworm "$base" "${sources[@]}"
    printf '%s\n' "$stamp" >"$base.stamp"
fi

root=$work/making-$arch
rm -rf "$root" "$image"
cp -a "$base" "$root"
# As on a machine that is being made: nothing is started.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mkdir "$root/packages"
cp "${chosen[@]}" "$root/packages/"
# shellcheck disable=SC2016  # for the shell inside
chroot "$root" /bin/sh -ec 'export LC_ALL=C DEBIAN_FRONTEND=noninteractive
    dpkg --force-unsafe-io -i /packages/*.deb && dpkg --audit' >"$work/image-$arch.log" 2>&1 ||
    die "the packages cannot be installed: see $work/image-$arch.log"
rm -r "$root/packages" "$root/usr/sbin/policy-rc.d"

mkdir "$image"
cp "$root"/boot/vmlinuz-* "$image/vmlinuz"
cp "$root"/boot/initrd.img-* "$image/initrd.img"
truncate -s "$size" "$image/disk.img"
mke2fs -q -t ext4 -L board -E lazy_itable_init=0 -d "$root" "$image/disk.img"
