#!/bin/sh
# What PDF documents need from the system: Pango, a font with Hong Kong glyphs, and one for the signs that it lacks.
# Silent when all is there; installs what is missing where that is allowed, else names it. Never stops a build.
set -eu

library() {
    for folder in /usr/lib /usr/lib64 /usr/lib/*-linux-gnu /usr/local/lib /opt/homebrew/lib; do
        for file in "$folder/lib$1".*; do
            [ -e "$file" ] && return 0
        done
    done
    return 1
}

font() {
    for file in /usr/share/fonts/*/"$1" /usr/share/fonts/*/*/"$1"; do
        [ -e "$file" ] && return 0
    done
    return 1
}

# The names of Debian's packages.
missing() {
    packages=
    library pango-1.0 || packages="$packages libpango-1.0-0"
    library pangoft2-1.0 || packages="$packages libpangoft2-1.0-0"
    library harfbuzz-subset || packages="$packages libharfbuzz-subset0"
    font 'NotoSansCJK-Regular.ttc' || packages="$packages fonts-noto-cjk"
    font 'DejaVuSans.ttf' || packages="$packages fonts-dejavu-core"
}

[ "$(uname -s)" = Linux ] || exit 0 # elsewhere the build itself says what is missing
missing
[ -n "$packages" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing what PDF documents need:$packages"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends $packages; } || true
    missing
    [ -n "$packages" ] || exit 0
fi
echo "PDF documents need more of this system; install as root: apt-get install$packages" >&2
