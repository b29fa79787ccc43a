# Makes a mail server available to the tests and exports the Python that has it as GUIDEPOST_TEST_MAIL. Sourced by .ci/run.

# The one that is named; else any Python here that has aiosmtpd; else Debian's package; else a folder of its own, from PyPI.
mail() {
    local python own="${CARGO_TARGET_DIR:-target}/mail-server"
    for python in "${GUIDEPOST_TEST_MAIL:-}" python3 /usr/bin/python3 "$own/bin/python"; do
        uses_mail "$python" && return 0
        # What is named has to be it.
        [[ -n "$python" && "$python" == "${GUIDEPOST_TEST_MAIL:-}" ]] && break
    done
    if [[ -z "${GUIDEPOST_TEST_MAIL:-}" ]]; then
        if command -v apt-get >/dev/null && as_root apt-get -qq update &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends python3-aiosmtpd &&
            uses_mail /usr/bin/python3; then
            return 0
        fi
        if python3 -m venv "$own" && "$own/bin/pip" install --quiet 'aiosmtpd==1.4.6' && uses_mail "$own/bin/python"; then
            return 0
        fi
    fi
    echo "There is no mail server for the tests: no Python here has aiosmtpd, and it could not be installed." >&2
    echo "Set GUIDEPOST_TEST_MAIL to the path of a Python that has it." >&2
    return 1
}

# uses_mail PYTHON: whether it has the library; then it is the one.
uses_mail() {
    [[ -n "$1" ]] && "$1" -c 'import aiosmtpd' 2>/dev/null || return 1
    GUIDEPOST_TEST_MAIL="$(realpath -s "$(command -v "$1")")"
    export GUIDEPOST_TEST_MAIL
    echo "using aiosmtpd of $GUIDEPOST_TEST_MAIL"
}
