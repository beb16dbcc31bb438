# A state folder ($STATE) holds one set of running things: settings, processes, logs.

# open_state FOLDER
open_state() {
    STATE=$1
    mkdir -p "$STATE" "$STATE/run"
    mkdir -p -m 700 "$STATE/logs"
    (umask 077 && touch "$STATE/settings")
}

# setting KEY [COMMAND...]: the value kept under KEY; made by COMMAND the first time.
setting() {
    local key=$1 value
    shift
    value=$(sed -n "s/^$key=//p" "$STATE/settings")
    if [ -z "$value" ] && [ $# -gt 0 ]; then
        value=$("$@")
        echo "$key=$value" >>"$STATE/settings"
    fi
    echo "$value"
}

random_secret() { "$(find_python)" -c 'import secrets; print(secrets.token_hex(24))'; }

# free_port FIRST: the first port from FIRST on that nobody listens to.
free_port() {
    "$(find_python)" - "$1" <<'PYTHON'
import socket, sys
for port in range(int(sys.argv[1]), 65535):
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            continue
        print(port)
        break
PYTHON
}

# The start time of a process; nothing when it has ended, be it not yet reaped.
started_at() { sed -n '/) Z /!s/.*) //p' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# running NAME: the process we started under NAME still lives (the number alone could be another's).
running() {
    local pid start
    read -r pid start 2>/dev/null <"$STATE/run/$1" || return 1
    [ -n "$start" ] && [ "$(started_at "$pid")" = "$start" ]
}

# start NAME COMMAND...: in a session of its own, so that Ctrl-C reaches us and not it.
start() {
    local name=$1
    shift
    setsid "$@" >>"$STATE/logs/$name.log" 2>&1 </dev/null 9>&- & # 9: the lock of dev/test
    echo "$! $(started_at $!)" >"$STATE/run/$name"
}

stop() {
    local name=$1 pid tries
    if running "$name"; then
        read -r pid _ <"$STATE/run/$name"
        kill -TERM -- "-$pid" 2>/dev/null || true
        for ((tries = 0; tries < 75; tries++)); do
            running "$name" || break
            sleep 0.2
        done
        if running "$name"; then kill -KILL -- "-$pid" 2>/dev/null || true; fi
    fi
    rm -f "$STATE/run/$name"
}

# wait_for NAME SECONDS TEST...: until TEST succeeds; fails early when the process has ended.
wait_for() {
    local name=$1 end=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        if ! running "$name" || [ $SECONDS -ge $end ]; then
            tail -n 25 "$STATE/logs/$name.log" >&2
            fail "'$name' does not answer; the last lines of its log are above." \
                "read $STATE/logs/$name.log, then run the same command again."
        fi
        sleep 0.3
    done
}

# answers URL: true for any answer below 400.
answers() {
    "$VENV/bin/python" -c 'import sys, urllib.request as r; r.urlopen(sys.argv[1], timeout=20)' "$1"
}
