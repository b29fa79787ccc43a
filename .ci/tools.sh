# Installs the small tools that tests use where they are there, from Debian's packages. Sourced by .ci/run.

# strace records what the program writes and syncs, and makes syncs fail. Where it can't be had or may not trace, the tests say that
# they were skipped, and so does the last line.
tools() {
    if ! command -v strace >/dev/null; then
        as_root apt-get -qq update && as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get -qq install -y --no-install-recommends strace || true
    fi
    if strace -f -o "$scratch/strace" true; then
        strace --version | head -1
    else
        not_run+=("power cuts and failing syncs (strace can't trace here)")
    fi
}
