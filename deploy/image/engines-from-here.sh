#!/bin/sh
# Makes images of PostgreSQL and NATS from this Debian machine's own, where no registry is: the programs, what they are linked with, a shell.
#   sh deploy/image/engines-from-here.sh [path of nats-server]      then: POSTGRES_IMAGE=okienko-postgres:<version> NATS_IMAGE=okienko-nats:<version>
set -eu
nats=${1:-$(command -v nats-server || echo .okienko/bin/nats-server)}
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
major=$(basename "$(dirname "$bin")")
engine=${ENGINE:-docker}

# Files and folders, each at its own place, with the libraries that any of them is linked with.
copy() {
  to=$1
  shift
  find -L "$@" -type f -exec ldd {} + 2> /dev/null | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^\t\(\/[^ ]*\) .*/\1/p' | sort -u > "$to.libraries"
  tar -ch --ignore-failed-read --exclude='llvmjit*' --exclude='*/bitcode/*' -f - "$@" $(cat "$to.libraries") 2> /dev/null | tar -x -C "$to"
}
tools() { for tool in "$@"; do command -v "$tool" || :; done; }
image() {
  mkdir -p "$1/tmp" "$1/etc"
  chmod 1777 "$1/tmp"
  printf 'root:x:0:0::/:/bin/sh\npostgres:x:999:999::/:/bin/sh\nnonroot:x:65532:65532::/:/bin/sh\n' > "$1/etc/passwd"
  echo 'hosts: files dns' > "$1/etc/nsswitch.conf"
  tar -C "$1" -c . | "$engine" import --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin' - "$2"
}

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/postgres" "$root/nats"
lib=/usr/lib/$(uname -m)-linux-gnu
every='sh cat ls sed grep printf'
copy "$root/postgres" "$bin" "/usr/lib/postgresql/$major/lib" "/usr/share/postgresql/$major" /usr/share/zoneinfo /usr/lib/locale/C.utf8 "$lib/libnss_dns.so.2" "$lib/libnss_files.so.2" \
  $(tools $every chown chmod mkdir mv rm cp find date sleep basename dirname cut sort head tail tail tr id pkill)
ln -s usr/bin "$root/postgres/bin" 2> /dev/null || :
# psql is Debian's own wrapper there, in Perl.
mkdir -p "$root/postgres/usr/local/bin"
for program in "$root/postgres$bin"/*; do ln -sf "$bin/$(basename "$program")" "$root/postgres/usr/local/bin/"; done
copy "$root/nats" "$lib/libnss_dns.so.2" "$lib/libnss_files.so.2" $(tools $every wget)
ln -s usr/bin "$root/nats/bin" 2> /dev/null || :
mkdir -p "$root/served/usr/local/bin"
cp -L "$nats" "$root/served/usr/local/bin/nats-server"
copy "$root/nats" "$root/served/usr/local/bin/nats-server"
rm -rf "$root/nats$root"
mkdir -p "$root/nats/usr/local/bin"
cp "$root/served/usr/local/bin/nats-server" "$root/nats/usr/local/bin/"
image "$root/postgres" "okienko-postgres:$("$bin/postgres" --version | sed 's/[^0-9]*\([0-9.]*\).*/\1/')"
image "$root/nats" "okienko-nats:$("$nats" --version | sed 's/.*v\([0-9.]*\).*/\1/')"
