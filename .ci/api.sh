# Has schemathesis ask the API whatever its description allows and forbids, with a token and without. Sourced by .ci/run.

# It comes from PyPI into a folder of its own. Where it can't be had, the last line says so.
api() {
    local folder="${CARGO_TARGET_DIR:-target}/schemathesis" wanted="schemathesis==4.32.5"
    if ! "$folder/bin/pip" freeze 2>/dev/null | grep -qx "$wanted"; then
        if ! python3 -m venv "$folder" || ! "$folder/bin/pip" install --quiet "$wanted"; then
            not_run+=("schemathesis (it could not be installed)")
            return 0
        fi
    fi
    folder="$(realpath "$folder")"
    local guidepost here="$scratch/api" config="$PWD/.ci/schemathesis.toml" code=0
    # The one that `cargo test` has just built, as in the smoke test.
    guidepost="$(realpath -e "${CARGO_TARGET_DIR:-target}/debug/guidepost")"
    mkdir "$here"
    (
        cd "$here"
        export GUIDEPOST_SIGN_IN_COMPROMISED="" GUIDEPOST_CASES_COOLDOWN_S=0 GUIDEPOST_CASES_MOST_ACTIVE=1000
        export GUIDEPOST_WEB_API_PER_MINUTE=0
        GUIDEPOST_WEB_LISTEN="127.0.0.1:$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
        export GUIDEPOST_WEB_LISTEN
        "$guidepost" demo >/dev/null || exit 1
        local token
        token="$("$guidepost" token add api --for ada@example.org \
            --scope chat,cases-read,cases-write,accounts-read,metrics 2>/dev/null)" || exit 1
        "$guidepost" serve </dev/null >log 2>&1 &
        local desk=$! met=0
        trap 'kill "$desk"; wait "$desk" || true' EXIT
        # With a token everything is answered; without, it is held against what needs one.
        asked --header "Authorization: Bearer $token" || met=$?
        asked || met=$?
        if grep -q "could not be answered" log; then
            grep "could not be answered" log >&2
            met=1
        fi
        exit "$met"
    ) || code=$?
    return "$code"
}

# asked OPTION…: one run of all checks, a minute at most, the same each time.
asked() {
    "$folder/bin/st" --config-file "$config" run "http://$GUIDEPOST_WEB_LISTEN/api/v1/openapi.json" --wait-for-schema 60 --checks all \
        --max-time 50 --max-examples 30 --seed 42 --generation-database none --no-color "$@"
}
