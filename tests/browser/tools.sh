#!/bin/sh
# What the tests need from the system: a browser, Node, Java, a Chinese font and nginx.
# Silent when all is there; installs what is missing where that is allowed, else says what to install.
set -eu
PATH=$PATH:/usr/sbin

any() {
    for name in "$@"; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

chinese_font() {
    for file in /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc /usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc; do
        [ -f "$file" ] && return 0
    done
    any fc-list && [ -n "$(fc-list :lang=zh-hk family)" ]
}

# The names of Debian's packages.
missing() {
    packages=
    any chromium chromium-browser google-chrome || packages="$packages chromium"
    chinese_font || packages="$packages fonts-noto-cjk"
    any java || packages="$packages default-jre-headless"
    any node || packages="$packages nodejs"
    any npm || packages="$packages npm"
    any nginx || packages="$packages nginx"
}

# Debian starts a server as soon as it is installed; the tests start their own.
without_servers() {
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
    fi
    "$@"
}

missing
[ -n "$packages" ] || exit 0
if [ "$(id -u)" = 0 ] && any apt-get; then
    echo "installing what the tests need:$packages"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    without_servers apt-get install -qq -y --no-install-recommends $packages
    missing
    [ -n "$packages" ] || exit 0
fi
echo "the tests need more of this system; install as root:" >&2
echo "    apt-get install$packages" >&2
exit 1
