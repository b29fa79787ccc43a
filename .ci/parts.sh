# Runs a script's parts one after another; when it ends, well or not, prints how long each took and one clear last line.
# Sourced by .ci/run and .ci/full.

export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
scratch="$(mktemp -d)"
names=() seconds=() not_run=()
running=""

# part NAME COMMAND…: the first part that fails ends the script.
part() {
    running=$1
    shift
    local began=$SECONDS
    printf '\n=== %s\n' "$running"
    names+=("$running") seconds+=("failed")
    "$@"
    seconds[-1]=$((SECONDS - began))
    printf -- '--- %s: %s s\n' "$running" "${seconds[-1]}"
    running=""
}

finish() {
    local code=$? i
    # A part that did not end is a failure, also when a signal ended the script.
    if ((code == 0)) && [[ -n "$running" ]]; then code=1; fi
    rm -rf "$scratch"
    printf '\n%-24s %8s\n' "part of $0" "seconds"
    for i in "${!names[@]}"; do printf '%-24s %8s\n' "${names[i]}" "${seconds[i]}"; done
    printf '%-24s %8s\n\n' "all" "$SECONDS"
    if ((code != 0)); then
        echo "$0 FAILED: ${running:-the script itself} (exit code $code)"
    elif ((${#not_run[@]} > 0)); then
        local all
        all="$(printf '%s; ' "${not_run[@]}")"
        echo "$0 passed; not run: ${all%; }"
    else
        echo "$0 passed"
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
