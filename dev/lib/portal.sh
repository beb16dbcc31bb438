# A whole CKAN portal in $STATE: services, configuration, database, processes, accounts.

PLUGINS='rgpd activity datastore datatables_view'
PROCESSES='web worker jobs'

ckan() { "$VENV/bin/ckan" --config "$STATE/ckan.ini" "$@"; }

portal_url() { echo "http://127.0.0.1:$(setting WEB_PORT)"; }

# start_portal FOLDER FIRST-PORT: up and answering, with accounts and demonstration datasets.
start_portal() {
    need_packages python service
    portal_environment
    open_state "$1"
    same_version
    start_services
    databases ckan datastore
    running web || port WEB_PORT "$2"
    write_configuration
    migrate
    start_processes
    accounts_and_demonstration
}

# A database of one CKAN version is not opened by another.
same_version() {
    local made_with
    made_with=$(setting CKAN echo "$CKAN_VERSION")
    [ "$made_with" = "$CKAN_VERSION" ] || fail \
        "$STATE holds a portal of CKAN $made_with, and CKAN $CKAN_VERSION was asked for." \
        "CKAN_VERSION=$made_with dev/portal up, or dev/portal reset first."
}

stop_portal() {
    local process
    [ -d "$1" ] || return 0
    open_state "$1"
    for process in $PROCESSES; do stop "$process"; done
    stop_services
}

# remove_state FOLDER: stops what runs in it and deletes it, the database included.
remove_state() {
    local cluster
    [ -d "$1" ] || return 0
    stop_portal "$1"
    cluster=$(setting PG_CLUSTER)
    rm -rf "$1"
    case $cluster in /var/tmp/ckanext-rgpd-*) rm -rf "$cluster" ;; esac
}

write_configuration() {
    say "Configuration: $STATE/ckan.ini"
    mkdir -p -m 700 "$STATE/storage"
    (umask 077 && configuration >"$STATE/ckan.ini")
}

configuration() {
    cat <<INI
# Written by dev/portal at each start: what is changed here by hand is lost.
[app:main]
use = egg:ckan
debug = false
SECRET_KEY = $(setting SECRET_KEY random_secret)

ckan.site_id = portail
ckan.site_title = Portail de démonstration
ckan.site_url = $(portal_url)
ckan.locale_default = fr
ckan.locales_offered = fr en

sqlalchemy.url = $(database_url ckan)
ckan.datastore.write_url = $(database_url datastore)
ckan.datastore.read_url = $(reader_url datastore)
ckan.datastore.sqlsearch.enabled = true
ckan.redis.url = $(redis_url)
solr_url = $(solr_url)
ckan.storage_path = $STATE/storage

ckan.plugins = $PLUGINS
ckan.views.default_views = datatables_view
ckan.gravatar_default = disabled
ckan.auth.create_user_via_web = false
ckan.auth.create_unowned_dataset = false
ckanext.rgpd.reviewers = dpo
ckanext.rgpd.dpo_contact = dpo@exemple.fr

[loggers]
keys = root, ckan, ckanext

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console

[logger_ckan]
level = INFO
qualname = ckan
handlers =

[logger_ckanext]
level = INFO
qualname = ckanext
handlers =

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(asctime)s %(levelname)-5.5s [%(name)s] %(message)s
INI
}

# Done again when a migration was added or CKAN changed.
migrate() {
    local stamp
    stamp=$(echo "$PLUGINS"; find "$ROOT/ckanext/rgpd/migration" -name '*.py' -exec cat {} + | sha256sum)
    [ "$(cat "$STATE/migrated" 2>/dev/null)" = "$stamp" ] && return
    say "Database: tables of CKAN and of its plugins"
    quietly "$STATE/logs/setup.log" ckan db upgrade
    datastore_permissions "$STATE/ckan.ini"
    echo "$stamp" >"$STATE/migrated"
}

# datastore_permissions INI: what the reading role may see.
datastore_permissions() {
    local log=$STATE/logs/setup.log statements=$STATE/datastore.sql
    "$VENV/bin/ckan" --config "$1" datastore set-permissions >"$statements" 2>>"$log" || fail \
        "CKAN does not load with $1." "read the end of $log."
    quietly "$log" sql --file "$statements"
}

start_processes() {
    say "Processes: web server, scan worker, CKAN's own worker"
    launch_processes
    wait_for web 120 answers "$(portal_url)/api/3/action/status_show"
    wait_for worker 120 worker_listens
}

# Those that do not run are started; nobody waits until they answer.
launch_processes() {
    running web || start web "$VENV/bin/python" "$ROOT/dev/serve.py" "$STATE/ckan.ini" "$(setting WEB_PORT)"
    running worker || start worker "$VENV/bin/ckan" --config "$STATE/ckan.ini" rgpd worker
    running jobs || start jobs "$VENV/bin/ckan" --config "$STATE/ckan.ini" jobs worker
}

# The worker loads the language model first, then names itself in Redis.
worker_listens() {
    [ "$(redis-cli -h 127.0.0.1 -p "$(setting REDIS_PORT)" exists rq:workers:ckan:portail:rgpd)" = 1 ]
}

accounts_and_demonstration() {
    say "Accounts and demonstration datasets"
    quietly "$STATE/logs/setup.log" "$VENV/bin/python" "$ROOT/dev/accounts.py" \
        "$STATE/ckan.ini" "$STATE/env" "$(portal_url)"
    "$VENV/bin/python" "$ROOT/dev/demo.py" "$STATE/env" || fail \
        'the demonstration datasets could not be uploaded; the error is above.' \
        "read $STATE/logs/web.log, then run the same command again."
}

# Waits until one of the processes ends.
watch_portal() {
    local process
    while sleep 2; do
        for process in $PROCESSES redis solr; do
            running "$process" && continue
            tail -n 15 "$STATE/logs/$process.log" >&2
            note "'$process' has ended (its last lines are above, the rest in $STATE/logs)"
            return 1
        done
    done
}
