# PostgreSQL, Redis and Solr of our own, on ports of their own, with their data under $STATE.

SOLR_VERSION=9.10.1
SOLR_JARS=${XDG_CACHE_HOME:-$HOME/.cache}/ckanext-rgpd/solr-$SOLR_VERSION

start_services() {
    say "Services: PostgreSQL, Redis and Solr of our own"
    start_postgresql
    start_redis
    start_solr
}

stop_services() {
    stop s3
    stop solr
    stop redis
    stop_postgresql
}

# port NAME FIRST: kept from one run to the next; another is taken when a stranger sits on it.
port() {
    local key=$1
    setting "$key" free_port "$2" >/dev/null
    if [ "$(free_port "$(setting "$key")")" != "$(setting "$key")" ]; then
        sed -i "/^$key=/d" "$STATE/settings"
        setting "$key" free_port "$2" >/dev/null
    fi
}

# --- PostgreSQL refuses to run as root, so root lends it to the user of Debian's package.

postgresql_command() {
    local name=$1 folder
    shift
    folder=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) || true
    local command=("${folder:+$folder/}$name" "$@")
    [ "$(id -u)" != 0 ] || command=(runuser -u postgres -- "${command[@]}")
    (cd / && "${command[@]}")
}

# Beside the rest, unless the user postgres cannot reach it there (a checkout below /root).
choose_cluster() {
    local folder=$STATE/postgresql
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ] && ! runuser -u postgres -- test -x "$folder"; then
        rmdir "$folder"
        folder=/var/tmp/ckanext-rgpd-$(sha256sum <<<"$STATE" | cut -c 1-12)
        mkdir -p "$folder"
    fi
    echo "$folder"
}

create_cluster() {
    local cluster=$1 secret
    secret=$(mktemp)
    setting PG_PASSWORD random_secret >"$secret"
    chmod 700 "$cluster"
    if [ "$(id -u)" = 0 ]; then chown postgres "$cluster" "$secret"; fi
    quietly "$STATE/logs/postgresql-setup.log" postgresql_command initdb --pgdata="$cluster" \
        --username=postgres --pwfile="$secret" --auth=scram-sha-256 --encoding=UTF8 --no-locale
    rm -f "$secret"
}

start_postgresql() {
    local cluster options
    cluster=$(setting PG_CLUSTER choose_cluster)
    [ -f "$cluster/PG_VERSION" ] || create_cluster "$cluster"
    postgresql_command pg_ctl --pgdata="$cluster" status >/dev/null 2>&1 && return
    port PG_PORT 5442
    options="-c port=$(setting PG_PORT) -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
    [ -z "${THROWAWAY:-}" ] || options+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    quietly "$STATE/logs/postgresql-setup.log" postgresql_command pg_ctl --pgdata="$cluster" \
        --log="$cluster/server.log" --wait --options="$options" start 9>&-
}

stop_postgresql() {
    local cluster
    cluster=$(setting PG_CLUSTER)
    [ -n "$cluster" ] && [ -d "$cluster" ] || return 0
    postgresql_command pg_ctl --pgdata="$cluster" --mode=fast stop >/dev/null 2>&1 || true
}

sql() {
    PGPASSWORD=$(setting PG_PASSWORD) psql --host=127.0.0.1 --port="$(setting PG_PORT)" \
        --username=postgres --no-psqlrc --quiet --tuples-only --no-align -v ON_ERROR_STOP=1 "$@"
}

# role NAME PASSWORD
role() {
    [ -n "$(sql -c "SELECT 1 FROM pg_roles WHERE rolname = '$1'")" ] ||
        sql -c "CREATE ROLE $1 LOGIN PASSWORD '$2'"
}

# database NAME: owned by the role ckan.
database() {
    [ -n "$(sql -c "SELECT 1 FROM pg_database WHERE datname = '$1'")" ] ||
        sql -c "CREATE DATABASE $1 OWNER ckan TEMPLATE template0 ENCODING 'UTF8'"
}

# databases NAME...
databases() {
    local name
    role ckan "$(setting CKAN_PASSWORD random_secret)"
    role datastore_reader "$(setting READER_PASSWORD random_secret)"
    for name in "$@"; do database "$name"; done
}

database_url() { echo "postgresql://ckan:$(setting CKAN_PASSWORD)@127.0.0.1:$(setting PG_PORT)/$1"; }

reader_url() {
    echo "postgresql://datastore_reader:$(setting READER_PASSWORD)@127.0.0.1:$(setting PG_PORT)/$1"
}

# --- Redis

redis_answers() { redis-cli -h 127.0.0.1 -p "$(setting REDIS_PORT)" ping | grep -q PONG; }

start_redis() {
    local save='60 1'
    running redis && return
    port REDIS_PORT 6389
    mkdir -p "$STATE/redis"
    [ -z "${THROWAWAY:-}" ] || save=''
    start redis redis-server --bind 127.0.0.1 --port "$(setting REDIS_PORT)" \
        --dir "$STATE/redis" --save "$save"
    wait_for redis 20 redis_answers
}

redis_url() { echo "redis://127.0.0.1:$(setting REDIS_PORT)/0"; }

# --- Solr, from its own jars

solr_jars() {
    local partial=$SOLR_JARS.$$
    [ -d "$SOLR_JARS" ] && return
    say "Solr $SOLR_VERSION (70 MB, once)"
    quietly "$STATE/logs/solr-setup.log" mvn --batch-mode --file "$ROOT/dev/solr/pom.xml" \
        org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
        -DoutputDirectory="$partial"
    mv -T "$partial" "$SOLR_JARS"
}

solr_home() {
    local core=$STATE/solr/ckan schema
    schema=$(compgen -G "$VENV/lib/python3*/site-packages/ckan/config/solr/schema.xml")
    mkdir -p "$core/conf"
    echo '<solr/>' >"$STATE/solr/solr.xml"
    echo 'name=ckan' >"$core/core.properties"
    cp "$ROOT/dev/solr/solrconfig.xml" "$schema" "$core/conf/"
    touch "$core"/conf/{protwords,synonyms,stopwords}.txt
}

start_solr() {
    running solr && return
    solr_jars
    solr_home
    port SOLR_PORT 8993
    start solr java -Xmx512m -Dsolr.log.dir="$STATE/logs" -Dlog4j2.level=WARN \
        -cp "$SOLR_JARS/*" "$ROOT/dev/solr/Solr.java" "$STATE/solr" "$(setting SOLR_PORT)"
    wait_for solr 60 answers "$(solr_url)/admin/ping"
}

solr_url() { echo "http://127.0.0.1:$(setting SOLR_PORT)/solr/ckan"; }
