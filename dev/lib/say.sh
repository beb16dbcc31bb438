# Sourced first by every command in dev/: where things are, and how to speak.

shopt -s inherit_errexit
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CKAN_VERSION=${CKAN_VERSION:-2.12.0}
SERIES=${CKAN_VERSION%.*}
export LC_ALL=C.UTF-8

say() { printf '==> %s\n' "$*"; }

note() { printf '    %s\n' "$*"; }

# fail WHAT HOW-TO-MEND-IT
fail() {
    printf '\nERROR: %s\n' "$1" >&2
    printf 'To mend it: %s\n' "$2" >&2
    exit 1
}

# quietly LOG COMMAND...: the output goes to LOG, and is shown only when the command fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    printf '\n--- %s\n' "$*" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null && return
    tail -n 25 "$log" >&2
    fail "'$*' did not work; its last lines are above." \
        "read the whole of $log, then run the same command again: it goes on where it stopped."
}

# A developer's CKAN settings in the environment would win over the files written here.
for variable in "${!CKAN_@}"; do
    [ "$variable" = CKAN_VERSION ] || unset "$variable"
done
unset variable
export -n CKAN_VERSION
