# Makes a browser available to the tests, and axe, which reads the pages: exports the path of chromedriver as
# GUIDEPOST_TEST_CHROMEDRIVER and that of axe's script as GUIDEPOST_TEST_AXE. Sourced by .ci/run.

browser() {
    a_chromedriver && axe
}

# The one that is named; else the one that is here; else Debian's package.
a_chromedriver() {
    local named="${GUIDEPOST_TEST_CHROMEDRIVER:-}"
    drives "${named:-chromedriver}" && return 0
    if [[ -z "$named" ]] && command -v apt-get >/dev/null && as_root apt-get -qq update &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium chromium-driver &&
        drives /usr/bin/chromedriver; then
        return 0
    fi
    echo "There is no browser for the tests: no chromedriver is here, and it could not be installed." >&2
    echo "Set GUIDEPOST_TEST_CHROMEDRIVER to the path of a chromedriver whose chromium is installed, too." >&2
    return 1
}

# drives CHROMEDRIVER: whether it can be run, and there is a chromium; then it is the one.
drives() {
    local version
    version="$("$1" --version 2>/dev/null)" && command -v chromium >/dev/null || return 1
    GUIDEPOST_TEST_CHROMEDRIVER="$(realpath -s "$(command -v "$1")")"
    export GUIDEPOST_TEST_CHROMEDRIVER
    echo "using $GUIDEPOST_TEST_CHROMEDRIVER (${version%% (*})"
}

# The one that is named; else this version from npm's registry, which is only taken where its digest is the one here.
axe() {
    local version=4.14.1 own="${CARGO_TARGET_DIR:-target}/axe"
    local digest=1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5
    if [[ -z "${GUIDEPOST_TEST_AXE:-}" ]]; then
        npm_there || return 1
        mkdir -p "$own"
        if ! npm pack --silent --pack-destination "$own" "axe-core@$version" >/dev/null ||
            ! sha512sum --check --status <<<"$digest  $own/axe-core-$version.tgz" ||
            ! tar --extract --gzip --file "$own/axe-core-$version.tgz" --directory "$own" package/axe.min.js; then
            echo "axe-core $version could not be fetched with npm, or is another one. Set GUIDEPOST_TEST_AXE to the path of its axe.min.js." >&2
            return 1
        fi
        GUIDEPOST_TEST_AXE="$(realpath "$own/package/axe.min.js")"
    fi
    [[ -f "$GUIDEPOST_TEST_AXE" ]] || { echo "GUIDEPOST_TEST_AXE names no file: $GUIDEPOST_TEST_AXE" >&2; return 1; }
    export GUIDEPOST_TEST_AXE
    echo "using axe of $GUIDEPOST_TEST_AXE"
}

npm_there() {
    command -v npm >/dev/null && return 0
    if command -v apt-get >/dev/null && as_root apt-get -qq update &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends npm; then
        return 0
    fi
    echo "There is no npm to fetch axe with, and it could not be installed. Set GUIDEPOST_TEST_AXE to the path of axe's axe.min.js." >&2
    return 1
}
