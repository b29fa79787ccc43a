# Makes a PostgreSQL server available to the tests and exports its URL as GUIDEPOST_TEST_POSTGRES. Sourced by .ci/run.

# The one that is named; else one on this machine's usual port; else Debian's own, installed and started.
postgres() {
    local url
    if [[ -n "${GUIDEPOST_TEST_POSTGRES:-}" ]]; then
        if command -v psql >/dev/null && ! may_use "$GUIDEPOST_TEST_POSTGRES"; then
            echo "GUIDEPOST_TEST_POSTGRES names a database that can't be reached, or where no schema can be made." >&2
            return 1
        fi
        export GUIDEPOST_TEST_POSTGRES
        echo "using the database of GUIDEPOST_TEST_POSTGRES"
        return 0
    fi
    for url in postgres://root@127.0.0.1:5432/{test,root} postgres://postgres@127.0.0.1:5432/{test,postgres}; do
        if may_use "$url"; then
            export GUIDEPOST_TEST_POSTGRES="$url"
            echo "using $url"
            return 0
        fi
    done
    install_postgres || {
        echo "There is no PostgreSQL for the tests: none answers at 127.0.0.1:5432, and none could be installed and started." >&2
        echo "Set GUIDEPOST_TEST_POSTGRES to the URL of a database where schemas may be made." >&2
        return 1
    }
}

# may_use URL: whether the tests can make their schemas there.
may_use() {
    [[ "$(PGCONNECT_TIMEOUT=5 psql -wXAtq "$1" \
        -c "SELECT has_database_privilege(current_database(), 'CREATE')" 2>/dev/null)" == t ]]
}

# Debian's package, with a role and a database of the tests' own.
install_postgres() {
    local version name port status password database=guidepost_test
    if ! command -v pg_ctlcluster >/dev/null; then
        command -v apt-get >/dev/null || return 1
        as_root apt-get -qq update || return 1
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends postgresql || return 1
    fi
    read -r version name port status _ < <(pg_lsclusters --no-header) || return 1
    if [[ "$status" != online* ]]; then
        as_root pg_ctlcluster "$version" "$name" start || return 1
    fi
    password="$(tr -d - </proc/sys/kernel/random/uuid)"
    # Both are made where they are missing; the password is a new one each time.
    as_root runuser -u postgres -- psql -wXq -v ON_ERROR_STOP=1 -p "$port" -d postgres <<SQL || return 1
SELECT 'CREATE ROLE $database LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$database') \gexec
ALTER ROLE $database PASSWORD '$password';
SELECT 'CREATE DATABASE $database OWNER $database'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$database') \gexec
SQL
    export GUIDEPOST_TEST_POSTGRES="postgres://$database:$password@127.0.0.1:$port/$database"
    may_use "$GUIDEPOST_TEST_POSTGRES" || return 1
    echo "using PostgreSQL $version at 127.0.0.1:$port"
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        echo "Installing and starting what the tests need wants root or sudo." >&2
        return 1
    fi
}
