#!/bin/sh
# What the image runs, by the rules of the official Redis image: options alone, or a file of settings,
# are for the server; root gives up its rights; files are readable by nobody else.
set -eu

case ${1:-} in
  -* | *.conf) set -- redis-server "$@" ;;
esac

case ${1:-} in
  redis-server | redistill)
    if [ "$(id -u)" = 0 ]; then
      find . \! -user redis -exec chown redis {} +
      exec setpriv --reuid=redis --regid=redis --init-groups "$0" "$@"
    fi
    [ "$(umask)" != 0022 ] || umask 0077
    ;;
esac

exec "$@"
