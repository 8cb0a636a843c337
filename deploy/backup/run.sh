#!/bin/sh
# Backs up one PostgreSQL so that any moment of the last days can be gone back to: base backups, each verified, and the WAL of every commit.
# Runs for ever, in any image or on any machine with PostgreSQL's own programs of the server's version.
#
#   PGHOST, PGPORT, PGUSER, PGPASSWORD (or PGPASSFILE)   a role with REPLICATION; PGSSLMODE
#   BACKUP_FOLDER=/backup   a volume that does not die with the server
#   BACKUP_DAYS=14          older moments are forgotten; docs/security/backups-and-erasure.md says why not longer than 35
#   BACKUP_EVERY=86400      seconds between base backups
#   BACKUP_NAME=okienko_backup   of the slot, and for synchronous_standby_names
#   BACKUP_METRICS=/backup/okienko_backup.prom   how old the backup is, for the textfile collector of Prometheus' node_exporter
#
# With `synchronous_standby_names = 'okienko_backup'` and `synchronous_commit = on` the server acknowledges no commit that is not in the
# archive: a restore then loses nothing that anybody was told. The server waits while this does not run.
set -eu
umask 077
root=${BACKUP_FOLDER:-/backup}
days=${BACKUP_DAYS:-14}
every=${BACKUP_EVERY:-86400}
name=${BACKUP_NAME:-okienko_backup}
metrics=${BACKUP_METRICS:-$root/okienko_backup.prom}

ask() {
  psql --no-password --no-psqlrc --tuples-only --no-align --field-separator - 'dbname=postgres replication=1' --command "$1"
}

# A restored server begins a history of its own, in a folder of its own: <system>-<timeline>.
lineage() {
  ask IDENTIFY_SYSTEM | cut -d - -f 1,2
}

receive() {
  while :; do
    if now=$(lineage) && [ -n "$now" ]; then
      mkdir -p "$root/$now/base" "$root/$now/wal"
      # The slot keeps on the server what has not come here yet: after an outage it goes on where it ended.
      pg_receivewal --slot "$name" --create-slot --if-not-exists --no-password &&
        PGAPPNAME=$name pg_receivewal --directory "$root/$now/wal" --slot "$name" --synchronous --no-loop --no-password || :
    fi
    sleep 1
  done
}

# Named for its end: it leads to no earlier moment. (One chain: within an `if` the shell does not end at what fails.)
take() {
  rm -rf "$1"/base/*.new &&
    pg_basebackup --pgdata "$1/base/taken.new" --wal-method none --checkpoint fast --no-password --label "$name" &&
    pg_verifybackup --no-parse-wal --quiet "$1/base/taken.new" &&
    made="$1/base/$(date -u +%Y%m%dT%H%M%SZ)" &&
    mv "$1/base/taken.new" "$made" &&
    echo "okienko backup: $made verified"
}

# Of a history the newest base backup from before the bound stays: without it the days after it could not be reached.
forget() {
  bound=$(date -u -d "@$(($(date +%s) - days * 86400))" +%Y%m%dT%H%M%SZ)
  for history in "$root"/*-*; do
    keep=
    for base in "$history"/base/*Z; do
      if [ -d "$base" ] && [ "$(basename "$base")" \< "$bound" ]; then keep=$base; fi
    done
    [ -n "$keep" ] || continue
    if [ "$history" != "$1" ] && [ -z "$(find "$history/wal" -mtime "-$days" -print -quit)" ]; then
      rm -rf "$history"
      continue
    fi
    for base in "$history"/base/*Z; do
      if [ "$base" \< "$keep" ]; then rm -rf "$base"; fi
    done
    pg_archivecleanup "$history/wal" "$(sed -n 's/^START WAL LOCATION: .* (file \(.*\))$/\1/p' "$keep/backup_label")"
  done
}

# A place in the WAL, such as 16/B374D848, as a number.
place() {
  echo $(((0x${1%/*} << 32) + 0x${1#*/}))
}

# In the text format of Prometheus. (The name of a base backup is its moment.)
told() {
  newest=$(find "$root" -mindepth 3 -maxdepth 3 -path '*/base/*Z' -printf '%f\n' | sort | tail -n 1 | sed 's/^\(....\)\(..\)\(..\)T\(..\)\(..\)\(..\)Z$/\1-\2-\3T\4:\5:\6Z/')
  cat << END
# HELP okienko_backup_base_timestamp_seconds When the newest verified base backup was taken; 0: there is none.
# TYPE okienko_backup_base_timestamp_seconds gauge
okienko_backup_base_timestamp_seconds $([ -z "$newest" ] && echo 0 || date -u -d "$newest" +%s)
# HELP okienko_backup_wal_timestamp_seconds When the archive last had all that the server had written; 0: not since this runs.
# TYPE okienko_backup_wal_timestamp_seconds gauge
okienko_backup_wal_timestamp_seconds $received
END
}

# What the server had written a turn ago has to be here by now: that is so, and can be seen, however quiet the server is.
watch() {
  received=0 written=
  while :; do
    # Asked before the server's end, else what is written in between would be missing here.
    kept=$(ask "READ_REPLICATION_SLOT $name" 2> /dev/null | cut -d - -f 2) || :
    if [ -n "$kept" ] && [ -n "$written" ] && [ "$(place "$kept")" -ge "$(place "$written")" ]; then received=$(date +%s); fi
    written=$(ask IDENTIFY_SYSTEM 2> /dev/null | cut -d - -f 3) || :
    # A full disk is what the file is there to tell of: it grows old, and is told again when there is room.
    { told > "$metrics.new" && chmod 644 "$metrics.new" && mv "$metrics.new" "$metrics"; } || :
    sleep 5
  done
}

receive &
receiver=$!
watch &
watcher=$!
trap 'trap - TERM INT; kill "$receiver" "$watcher" || :; pkill -P "$receiver" || :; exit 0' TERM INT
while :; do
  if now=$(lineage) && [ -n "$now" ] && [ -d "$root/$now/wal" ] && [ -n "$(ls "$root/$now/wal")" ]; then
    newest=$(find "$root/$now/base" -name '*Z' -newermt "@$(($(date +%s) - every))" -print -quit)
    if [ -z "$newest" ]; then
      if take "$root/$now" && forget "$root/$now"; then :; else echo 'okienko backup: FAILED, tried again' >&2; fi
    fi
  fi
  sleep 2 &
  wait $!
done
