#!/bin/sh
# The database, its schemas and roles, each role with the password that stands in its URL.
set -eu
secret() { cat "/run/secrets/$1"; }
PGPASSWORD=$(secret postgres_password)
export PGPASSWORD
sql() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@" > /dev/null; }

[ -n "$(psql --no-psqlrc --tuples-only --no-align --command "select 1 from pg_database where datname = 'okienko'")" ] || sql --command 'create database okienko template template0'
sql --dbname okienko --file /okienko/roles.sql

password() { printf 'alter role :"role" login password :%spassword%s;\n' "'" "'" | sql --dbname okienko --set role="$1" --set password="$2"; }
for service in catalogue cases providers notifications; do
  for url in "${service}_database_url" "${service}_migration_url"; do
    login=$(secret "$url" | sed 's|^postgresql://\([^@]*\)@.*|\1|')
    password "${login%%:*}" "${login#*:}"
  done
done
printf "select 'create role okienko_backup replication' where not exists (select from pg_roles where rolname = 'okienko_backup') \\\\gexec\n" | sql
password okienko_backup "$(secret backup_password)"
echo 'Schemas and roles are as they should be.'
