#!/usr/bin/env bash
# tests/package/depends.sh
#
# What script/packages.txt needs for a build, debian/control asks for: a package is built where nobody
# installed anything by hand, and a library that is named in one place only fails there, after an hour.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Of tests and measurements alone; a package is built without them.
only_tests=' libgtest-dev libgmock-dev libbenchmark-dev coinor-libcbc-dev '
bad=0
while read -r line; do
    # Alternatives: the first is the one of the release that packages are built for.
    name=${line%%|*}
    case $only_tests in *" $name "*) continue ;; esac
    grep -qE "^ $name( |,|$)" debian/control || {
        echo "script/packages.txt has $name, debian/control has not"
        bad=1
    }
done < <(awk '/^\[/ { build = $0 == "[build]" } build && /^(lib.*-dev|protobuf-compiler|espeak-ng|nodejs|cmake|ninja-build)/ { print $1 }' \
    script/packages.txt)
exit "$bad"
