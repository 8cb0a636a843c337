#!/bin/sh
# Starts a node with the passwords of its users in its environment, where services.conf reads them and `docker inspect` does not.
set -eu
set -a
. /run/secrets/nats_passwords
ROUTES="[$(for node in nats-1 nats-2 nats-3; do printf '"nats-route://node:%s@%s:6222",' "$CLUSTER_PASSWORD" "$node"; done)]"
exec nats-server --config /etc/okienko/nats.conf
