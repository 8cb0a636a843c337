#!/bin/sh
# Puts what run.sh has kept into an empty data folder. Start PostgreSQL on it afterwards: it plays the WAL up to its end, or to the moment that is
# named, and opens. Then, before the services start: `npm run after-restore` and the erasure logs (docs/operations/backup-and-restore.md).
#
#   restore.sh <data folder> [<moment>]      such as 2026-11-23T02:00:00Z; without one: all there is
#   BACKUP_FOLDER=/backup
set -eu
umask 077
data=${1:?restore.sh <data folder> [<moment>]}
moment=${2:-}
root=$(cd "${BACKUP_FOLDER:-/backup}" && pwd)
if [ -d "$data" ] && [ -n "$(ls -A "$data")" ]; then
  echo "$data is not empty: move it away, it may still be needed" >&2
  exit 1
fi

bound=99991231T235959Z
if [ -n "$moment" ]; then bound=$(date -u -d "$moment" +%Y%m%dT%H%M%SZ); fi
# Of all histories the one whose last base backup before the moment is the youngest.
chosen= name=
for base in "$root"/*-*/base/*Z; do
  this=$(basename "$base")
  if [ -d "$base" ] && [ "$this" \< "$bound" ] && [ "$this" \> "$name" ]; then chosen=$base name=$this; fi
done
if [ -z "$chosen" ]; then
  echo "no base backup below $root from before ${moment:-now}" >&2
  exit 1
fi
pg_verifybackup --no-parse-wal --quiet "$chosen"
mkdir -p "$data"
cp -a "$chosen/." "$data/"
chmod 700 "$data"
wal=$(dirname "$(dirname "$chosen")")/wal
# The last piece of WAL was still being written when the server ended. Nobody comes in before all is played: a service would read, and show, the state of
# the base backup.
cat >> "$data/postgresql.auto.conf" << END
restore_command = 'cp "$wal/%f" "%p" 2> /dev/null || cp "$wal/%f.partial" "%p" 2> /dev/null'
recovery_target_timeline = 'latest'
recovery_target_action = 'promote'
hot_standby = off
END
if [ -n "$moment" ]; then
  echo "recovery_target_time = '$(date -u -d "$moment" +'%Y-%m-%d %H:%M:%S.%6N+00')'" >> "$data/postgresql.auto.conf"
fi
touch "$data/recovery.signal"
echo "restored $chosen${moment:+ up to $moment}; start PostgreSQL on $data"
