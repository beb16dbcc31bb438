# The parts of the tests. Each sets up what it needs and runs pytest.

TESTS=$ROOT/.test/$SERIES
REPORTS=$TESTS/reports
export THROWAWAY=yes # services whose data may be lost: faster

# run_pytest PART ENVIRONMENT ARGUMENT...
run_pytest() {
    local part=$1 environment=$2
    shift 2
    (cd "$ROOT" && "$environment/bin/python" -m pytest --junitxml="$REPORTS/$part.xml" \
        --durations=5 --durations-min=3 "$@")
}

test_core() {
    need_packages python
    core_environment
    if "$VENV_CORE/bin/python" -c 'import ckan' 2>/dev/null; then
        fail "CKAN is installed in $VENV_CORE, so these tests would prove nothing." "delete $VENV_CORE."
    fi
    run_pytest core "$VENV_CORE" tests/core "$@"
}

test_fuzz() {
    need_packages python
    core_environment
    run_pytest fuzz "$VENV_CORE" tests/fuzz "$@"
}

test_oracle() {
    need_packages python
    oracle_environment
    run_pytest oracle "$VENV_ORACLE" tests/oracle "$@"
}

test_ckan() {
    test_services ckan_test
    make_tables ckan_test
    rm -rf "$STATE/storage"
    run_pytest ckan "$VENV" --ckan-ini="$STATE/ckan_test.ini" \
        --ignore=tests/ckan/neighbours tests/ckan "$@"
}

# A server that speaks S3, in an environment of its own: it has no say in CKAN's packages.
test_bucket() {
    test_services ckan_test
    make_tables ckan_test
    environment "$ROOT/.venv-s3" 'moto[server,s3]'
    quietly "$STATE/logs/python.log" "$VENV/bin/uv" pip install --python "$VENV/bin/python" boto3
    port S3_PORT 5555
    start s3 "$ROOT/.venv-s3/bin/moto_server" --host 127.0.0.1 --port "$(setting S3_PORT)"
    wait_for s3 60 answers "http://127.0.0.1:$(setting S3_PORT)/moto-api/"
    RGPD_S3=http://127.0.0.1:$(setting S3_PORT) run_pytest bucket "$VENV" \
        --ckan-ini="$STATE/ckan_test.ini" tests/ckan/test_bucket.py "$@"
}

# What portals load beside us. Installed after CKAN, as an administrator does: the pins of XLoader
# move some of CKAN's own, hence an environment apart.
NEIGHBOURS='ckanext-scheming ckanext-dcat ckanext-harvest ckanext-xloader>=2.6 ckanext-validation>=2.2
    frictionless[excel,json]>=5.18,<6 tableschema'
THEIR_PLUGINS='scheming_datasets dcat dcat_json_interface structured_data croissant harvest
    ckan_harvester dcat_rdf_harvester xloader rgpd_mended_validation validation'

# The same stories twice: our plugin before all of theirs, then after.
test_neighbours() {
    local order failed=0
    VENV=$VENV-neighbours
    test_services ckan_neighbours
    # shellcheck disable=SC2086  # a list of requirements
    quietly "$STATE/logs/python.log" "$VENV/bin/uv" pip install \
        --python "$VENV/bin/python" $NEIGHBOURS
    make_tables ckan_neighbours
    for order in first last; do
        say "Our plugin comes $order"
        neighbours_configuration "$order" >"$STATE/ckan_neighbours.ini"
        rm -rf "$STATE/storage"
        run_pytest "neighbours-$order" "$VENV" --ckan-ini="$STATE/ckan_neighbours.ini" \
            "$ROOT"/tests/ckan/test_{doors,fields,gate,headers,links,matrix,story,tables}.py \
            "$ROOT/tests/ckan/neighbours" "$@" || failed=1
    done
    return $failed
}

# neighbours_configuration first|last: where our plugin stands in the list.
neighbours_configuration() {
    local plugins
    plugins="activity datastore datatables_view $(xargs <<<"$THEIR_PLUGINS")"
    if [ "$1" = first ]; then plugins="rgpd $plugins"; else plugins="$plugins rgpd"; fi
    test_configuration ckan_neighbours | sed -e "s|^ckan.plugins = .*|ckan.plugins = $plugins|" \
        -e "/^ckan.plugins/r $ROOT/tests/ckan/neighbours/options.ini"
}

# CKAN's own tests of what we stand before, from its package; what they need beside is CKAN's.
CKAN_TESTS='ckan/tests/logic/action/test_create.py ckan/tests/logic/action/test_update.py
    ckan/tests/logic/action/test_patch.py ckan/tests/lib/test_uploader.py
    ckan/tests/lib/test_datapreview.py ckan/tests/model/test_resource.py
    ckan/tests/model/test_resource_view.py ckan/tests/controllers/test_resource.py
    ckanext/datastore/tests ckanext/datatablesview/tests ckanext/imageview/tests
    ckanext/resourceproxy/tests ckanext/textview/tests ckanext/webpageview/tests'

# Twice, without our plugin and with it: what differs stands in tests/host/differences.yaml.
# Each run has a database of its own, as CKAN's tests drop all tables.
test_host() {
    local database packages run
    for run in without with; do
        database=ckan_host_$run
        test_services "$database"
        make_tables "$database"
        quietly "$STATE/logs/python.log" "$VENV/bin/uv" pip install --python "$VENV/bin/python" \
            beautifulsoup4 freezegun responses
        packages=$(compgen -G "$VENV/lib/python3*/site-packages")
        say "CKAN's own tests $run our plugin"
        host_configuration "$run" >"$STATE/$database.ini"
        rm -rf "$STATE/storage"
        # shellcheck disable=SC2046,SC2086  # a list of paths
        run_pytest "host-$run" "$VENV" -p tests.host.beside --rootdir="$packages" \
            --ckan-ini="$STATE/$database.ini" -o addopts=--import-mode=importlib -q \
            --continue-on-collection-errors $(printf "$packages/%s " $CKAN_TESTS) "$@" || true
    done
    "$VENV/bin/python" "$ROOT/dev/compare.py" "$REPORTS/host-without.xml" \
        "$REPORTS/host-with.xml" "$ROOT/tests/host/differences.yaml"
}

# host_configuration with|without: what CKAN's tests take for granted, and our plugin or none.
host_configuration() {
    local plugins=
    [ "$1" = without ] || plugins=rgpd
    test_configuration "ckan_host_$1" | sed -e "s|^ckan.plugins = .*|ckan.plugins = $plugins|" \
        -e '/^ckan\.\(site_\|locale\)/d' \
        -e "/^ckan.plugins/r $ROOT/tests/host/options.ini"
}

test_browser() {
    need_packages python service browser
    remove_state "$TESTS/portal"
    start_portal "$TESTS/portal" 5100
    CHROMIUM=$(command -v chromium) RGPD_PORTAL_ENV=$STATE/env \
        run_pytest browser "$VENV" -p no:ckan -p no:ckan_fixtures tests/browser "$@"
}

test_package() {
    local wheel
    test_services ckan_package
    build_wheel
    wheel=$(compgen -G "$TESTS/dist/*.whl")
    RGPD_WHEEL=$wheel RGPD_WHEEL_PYTHON=$TESTS/package/bin/python RGPD_WHEEL_INI=$STATE/ckan_package.ini \
        run_pytest package "$VENV" -p no:ckan -p no:ckan_fixtures tests/package "$@"
}

# The wheel is made from the source distribution, so both are proved whole.
build_wheel() {
    local log=$TESTS/package.log
    say "Wheel, installed beside CKAN $CKAN_VERSION"
    rm -rf "$TESTS/dist" "$TESTS/package"
    quietly "$log" "$VENV/bin/uv" build --quiet --out-dir "$TESTS/dist" "$ROOT"
    quietly "$log" "$VENV/bin/uv" venv --quiet --python "$VENV/bin/python" "$TESTS/package"
    quietly "$log" "$VENV/bin/uv" pip install --python "$TESTS/package/bin/python" \
        "ckan[requirements]==$CKAN_VERSION" "$(compgen -G "$TESTS/dist/*.whl")"
}

# test_services DATABASE: running, with a configuration file of the database's name.
test_services() {
    need_packages python service
    portal_environment
    open_state "$TESTS/services"
    start_services
    databases "$1" datastore_test
    test_configuration "$1" >"$STATE/$1.ini"
    if [ -z "$(setting PERMISSIONS)" ]; then
        datastore_permissions "$STATE/$1.ini"
        setting PERMISSIONS echo set >/dev/null
    fi
}

# make_tables DATABASE: before pytest starts a portal, as one without our tables does not start.
make_tables() {
    quietly "$STATE/logs/setup.log" "$VENV/bin/ckan" --config "$STATE/$1.ini" db upgrade
}

# A copy of test.ini with other addresses (CKAN 2.11 reads no chain of files without their logging).
test_configuration() {
    echo '# Written by dev/test at each run from test.ini.'
    sed -e "s|^\(sqlalchemy.url\) =.*|\1 = $(database_url "$1")|" \
        -e "s|^\(ckan.datastore.write_url\) =.*|\1 = $(database_url datastore_test)|" \
        -e "s|^\(ckan.datastore.read_url\) =.*|\1 = $(reader_url datastore_test)|" \
        -e "s|^\(ckan.redis.url\) =.*|\1 = $(redis_url)|" \
        -e "s|^\(solr_url\) =.*|\1 = $(solr_url)|" \
        -e "s|^\(ckan.storage_path\) =.*|\1 = $STATE/storage|" "$ROOT/test.ini"
}

stop_everything() {
    stop_portal "$TESTS/portal"
    [ -d "$TESTS/services" ] || return 0
    open_state "$TESTS/services"
    stop_services
}
