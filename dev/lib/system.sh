# What a Debian machine needs, found by what is missing rather than by package name.

has() { command -v "$1" >/dev/null 2>&1; }

has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || has initdb; }

has_libmagic() { compgen -G '/usr/lib/*/libmagic.so.1' >/dev/null || ldconfig -p | grep -q libmagic; }

# /usr/bin/python3 comes first: it is the one whose headers and venv module apt can add.
find_python() {
    local candidate
    for candidate in /usr/bin/python3 python3 python3.12 python3.11 python3.10; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

python_lacks() { ! "$(find_python)" -c "$1" >/dev/null 2>&1; }

missing_python_packages() {
    find_python >/dev/null || { echo python3 python3-venv python3-dev; return; }
    python_lacks 'import ensurepip, venv' && echo python3-venv
    python_lacks 'import os, sysconfig as s
os.stat(os.path.join(s.get_path("include"), "Python.h"))' && echo python3-dev
    return 0
}

# The PostgreSQL driver of CKAN is compiled on the spot, hence the compiler and the headers.
missing_service_packages() {
    has_postgresql || echo postgresql
    has redis-server || echo redis-server
    has javac || echo default-jdk-headless
    has mvn || echo maven
    has gcc || echo gcc libc6-dev
    has pg_config || echo libpq-dev
    has_libmagic || echo libmagic1
}

missing_browser_packages() {
    has chromium || echo chromium
}

# need_packages python|service|browser...: installs what is missing for these.
need_packages() {
    local kind missing
    missing=$(for kind in "$@"; do "missing_${kind}_packages"; done | xargs)
    [ -n "$missing" ] || return 0
    say "Install system packages: $missing"
    if [ "$(id -u)" != 0 ] || ! has apt-get; then
        fail "these system packages are missing: $missing" \
            "as root, on Debian or a relative of it: apt-get install $missing"
    fi
    # shellcheck disable=SC2086  # a list of names
    apt_install $missing
}

# The machine keeps its services as they are: what apt brings is neither started nor set up.
apt_install() (
    local policy=/usr/sbin/policy-rc.d
    local cluster=/etc/postgresql-common/createcluster.d/ckanext-rgpd.conf
    local log=/var/log/ckanext-rgpd-apt.log made=("$cluster")
    [ -e "$policy" ] || made+=("$policy")
    trap 'rm -f "${made[@]}"' EXIT
    mkdir -p "$(dirname "$cluster")"
    echo 'create_main_cluster = false' >"$cluster"
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update >>"$log" 2>&1 || note "apt-get update complained (see $log); going on"
    quietly "$log" apt-get install -y --no-install-recommends "$@"
    if [[ " $* " == *' redis-server '* ]] && has systemctl; then
        systemctl disable redis-server >>"$log" 2>&1 || true
    fi
)
