#!/bin/sh
# Makes the base of the images from this Debian machine, where no registry is: the C library, libstdc++, CA certificates, no shell, one account.
#   sh deploy/image/base-from-here.sh [name]      then: npm run images -- --base okienko-base
set -eu
name=${1:-okienko-base}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
for file in ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libnss_dns.so.2 libnss_files.so.2 libgcc_s.so.1 libstdc++.so.6; do
  path=$(ldconfig -p | sed -n "s|^\t$file (.*) => ||p" | head -1)
  [ -n "$path" ] || continue
  mkdir -p "$root$(dirname "$path")"
  cp -L "$path" "$root$path"
done
for loader in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1; do
  [ -e "$loader" ] || continue
  mkdir -p "$root$(dirname $loader)"
  cp -L "$loader" "$root$loader"
done
mkdir -p "$root/etc/ssl/certs" "$root/tmp" "$root/home/nonroot"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
chmod 1777 "$root/tmp"
echo 'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin' > "$root/etc/passwd"
echo 'nonroot:x:65532:' > "$root/etc/group"
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
tar -C "$root" -c . | "${ENGINE:-docker}" import - "$name"
