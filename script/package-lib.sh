# shellcheck shell=bash
# What script/package, script/package-check and script/package-engine share: the roots of Debian 12
# that they work in, so that nothing of this machine gets into a package. Sourced, never run.
# shellcheck source=script/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
shopt -s inherit_errexit # a root that could not be made must not be used

# Roots, caches and builds; ANJU_PACKAGE_DIR moves them to another disk.
work=${ANJU_PACKAGE_DIR:-$root/build/package}
release=bookworm
mirror=${ANJU_DEBIAN_MIRROR:-http://deb.debian.org/debian}
# "none" for roots without security updates: where a mirror has them for one architecture and not yet
# for another, libraries of both cannot be installed together.
security=${ANJU_DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security}
if [ "$security" = none ]; then kind=-plain; else kind=''; fi
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

need_root() {
    [ "$(id -u)" = 0 ] || die "needs root: it works in roots of Debian 12 (chroot)"
    command -v mmdebstrap >/dev/null || die "mmdebstrap is not there: script/bootstrap --package"
}

# inside ROOT COMMAND …: in the root, with /proc, /dev and the caches; what is mounted goes with the
# process. The network is this machine's, its certificate authorities included.
inside() {
    local where=$1
    shift
    mkdir -p "$work/cache" "$where/cache"
    cp -L /etc/resolv.conf "$where/etc/resolv.conf"
    if [ -d "$where/etc/ssl/certs" ]; then
        cp -L /etc/ssl/certs/ca-certificates.crt "$where/etc/ssl/certs/ca-certificates.crt"
    fi
    # shellcheck disable=SC2016  # for the inner shell
    unshare --mount --propagation private -- bash -c '
        where=$1 cache=$2; shift 2
        mount --bind "$cache" "$where/cache"
        mount -t proc proc "$where/proc"
        mount --rbind /dev "$where/dev"
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
            DEBIAN_FRONTEND=noninteractive CCACHE_DIR=/cache/ccache npm_config_cache=/cache/npm \
            NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
            npm_config_cafile=/etc/ssl/certs/ca-certificates.crt \
            ${CCACHE_DISABLE:+CCACHE_DISABLE=1} chroot "$where" "$@"' \
        inside "$where" "$work/cache" "$@"
}

# base_root: a plain Debian 12 for this machine's architecture, made once.
base_root() {
    local base=$work/base$kind
    local -a sources=("deb $mirror $release main" "deb $mirror $release-updates main")
    if [ -z "$kind" ]; then sources+=("deb $security $release-security main"); fi
    if [ ! -d "$base" ]; then
        say "Making a Debian 12 …" >&2
        mkdir -p "$work"
        rm -rf "$base.new"
        mmdebstrap --quiet --mode=root --variant=buildd --format=directory "$release" "$base.new" \
            "${sources[@]}" >&2
        # Whatever is installed here starts no service.
        printf '#!/bin/sh\nexit 101\n' >"$base.new/usr/sbin/policy-rc.d"
        chmod 755 "$base.new/usr/sbin/policy-rc.d"
        # A root can be made again; no need to wait for the disk with each file.
        echo force-unsafe-io >"$base.new/etc/dpkg/dpkg.cfg.d/anju"
        mv "$base.new" "$base"
    fi
    printf '%s\n' "$base"
}

# build_root ARCH: the same with what debian/control asks for, the host architecture's libraries
# among it and its cross compiler. Made once for each state of debian/control.
build_root() {
    local arch=$1 base where here stamp
    where=$work/root-$arch$kind
    stamp=$(sha256sum debian/control | cut -c 1-16)
    here=$(dpkg --print-architecture)
    if [ "$(cat "$where/control.stamp" 2>/dev/null)" != "$stamp" ]; then
        say "Making the root that builds for $arch …" >&2
        if [ ! -d "$where" ]; then
            base=$(base_root)
            cp -a "$base" "$where.new"
            mv "$where.new" "$where"
        fi
        mkdir -p "$where/build/wanted/debian"
        cp debian/control debian/changelog "$where/build/wanted/debian/"
        local -a ask=(build-dep -qqy --no-install-recommends)
        local -a extra=(ccache lintian)
        if [ "$arch" != "$here" ]; then
            inside "$where" dpkg --add-architecture "$arch"
            ask+=("--host-architecture=$arch" --arch-only)
            extra=(ccache "crossbuild-essential-$arch")
            # For script/package-engine, which runs tests of this architecture.
            extra+=("libgtest-dev:$arch" "libgmock-dev:$arch")
        else
            extra+=(libgtest-dev libgmock-dev)
        fi
        {
            inside "$where" apt-get -qq update &&
                inside "$where" apt-get -qqy --no-install-recommends install "${extra[@]}" &&
                inside "$where" apt-get "${ask[@]}" /build/wanted
        } >"$work/root-$arch.log" 2>&1 || die "no root for $arch: see $work/root-$arch.log"
        printf '%s\n' "$stamp" >"$where/control.stamp"
    fi
    printf '%s\n' "$where"
}

# What is packaged is one commit, also where several builds take an hour and somebody commits meanwhile.
export ANJU_PACKAGE_COMMIT=${ANJU_PACKAGE_COMMIT:-$(git rev-parse HEAD)}

# put_sources ROOT FOLDER: what is committed, into that folder of the root. What is not committed is
# not packaged. The root is this process's from here to its end.
put_sources() {
    local hold
    exec {hold}>"$1.lock"
    flock -n "$hold" || die "something is being built in $1 already"
    rm -rf "${1:?}${2:?}"
    mkdir -p "$1$2"
    git archive --format=tar "$ANJU_PACKAGE_COMMIT" | tar -x -C "$1$2"
}
