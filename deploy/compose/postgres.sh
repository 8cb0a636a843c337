#!/bin/sh
# Starts PostgreSQL; the first time it makes the data folder, with checksums, and lets nobody in without a password.
set -eu
PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  # Beside its place first: what was broken off half-way is begun anew.
  rm -rf "$PGDATA.new"
  initdb --pgdata "$PGDATA.new" --username postgres --pwfile /run/secrets/postgres_password --auth scram-sha-256 --data-checksums --encoding UTF8 --locale C.UTF-8
  cat >> "$PGDATA.new/pg_hba.conf" << 'RULES'
host all all samenet scram-sha-256
host replication okienko_backup samenet scram-sha-256
RULES
  mv "$PGDATA.new" "$PGDATA"
fi
exec postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/run/postgresql -c password_encryption=scram-sha-256 -c max_connections=200 -c jit=off \
  -c synchronous_standby_names="${SYNCHRONOUS_STANDBY_NAMES:-}" -c wal_level=replica -c max_slot_wal_keep_size=10GB
