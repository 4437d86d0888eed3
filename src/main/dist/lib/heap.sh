# Plans the heap of the JVM for the server's maxmemory, as config/HeapPlan.java does, without
# starting any process: the start of the server waits for it. Sizes here are in megabytes.

# Sets bytes to an amount such as 100mb, 2g or 70% of $memory, or to nothing if it is none.
read_size() {
  digits=${1%%[!0-9]*}
  bytes=
  case $1 in
    [0-9]*) ;;
    *) return 0 ;;
  esac
  case ${1#"$digits"} in
    "" | [bB]) bytes=$digits ;;
    [kK]) bytes=$((digits * 1000)) ;;
    [kK][bB]) bytes=$((digits << 10)) ;;
    [mM]) bytes=$((digits * 1000000)) ;;
    [mM][bB]) bytes=$((digits << 20)) ;;
    [gG]) bytes=$((digits * 1000000000)) ;;
    [gG][bB]) bytes=$((digits << 30)) ;;
    %) bytes=$((memory / 100 * digits)) ;;
  esac
}

# Lowers memory to the limit in file $1, if there is one.
read_limit() {
  [ -r "$1" ] || return 0
  read -r limit < "$1" || return 0
  case $limit in
    *[!0-9]* | "" | ???????????????????*) ;;
    *) [ "$limit" -ge "$memory" ] || memory=$limit ;;
  esac
}

# Lowers memory to the limits of file $3 in the group $2 below $1, and in those around it.
read_group() {
  group=$2
  while [ -n "$group" ] && [ "$group" != / ]; do
    read_limit "$1$group/$3"
    group=${group%/*}
  done
  read_limit "$1/$3"
}

# Sets memory to the bytes that the machine or the container has.
read_memory() {
  memory=$((1 << 40))
  [ -r /proc/meminfo ] || return 0
  while read -r name kilobytes unit; do
    [ "$name" != MemTotal: ] || { memory=$((kilobytes << 10)); break; }
  done < /proc/meminfo
  [ -r /proc/self/cgroup ] || return 0
  while IFS=: read -r number controllers path; do
    case ,$controllers, in
      ,,) read_group /sys/fs/cgroup "$path" memory.max ;;
      *,memory,*) read_group /sys/fs/cgroup/memory "$path" memory.limit_in_bytes ;;
    esac
  done < /proc/self/cgroup
}

# Sets wanted to the maxmemory that a configuration file names, if it does so in a plain way.
read_file() {
  [ -f "$1" ] && [ -r "$1" ] || return 0
  while read -r name value rest || [ -n "$name" ]; do
    case $name in
      [mM][aA][xX][mM][eE][mM][oO][rR][yY]) wanted=$value ;;
      '"maxmemory":') wanted=$value ;;
    esac
  done < "$1"
  wanted=${wanted%,}
  wanted=${wanted#[\"\']}
  wanted=${wanted%[\"\']}
}

# Sets wanted to the maxmemory that the file, the environment and the arguments ask for.
read_wanted() {
  wanted=
  case ${1:-} in
    -*) read_file "${REDISTILL_CONFIG:-}" ;;
    *) read_file "${1:-${REDISTILL_CONFIG:-}}" ;;
  esac
  wanted=${REDIS_MAX_MEMORY:-$wanted}
  wanted=${REDISTILL_MAXMEMORY:-$wanted}
  for argument in "$@"; do
    case $previous in
      --maxmemory) wanted=$argument ;;
    esac
    case $argument in
      --maxmemory=*) wanted=${argument#*=} ;;
      "--maxmemory "*) wanted=${argument#* } ;;
    esac
    previous=$argument
  done
}

# Sets young to what may be young in a heap for $1 megabytes. All that is young and alive is moved at
# once while the clients wait, and in a cache that is most of it: more would save collections, and
# make each of them longer.
plan_young() {
  young=$(($1 / 6))
  [ "$young" -ge 24 ] || young=24
  [ "$young" -le 128 ] || young=128
}

# Sets heap_options for a heap of the size $1, as somebody wants it.
take_heap() {
  read_size "$1"
  plan_young $((${bytes:-0} >> 20))
  heap_options="-Xmx$1 -XX:MaxNewSize=${young}m"
}

# Sets heap_options to the options for the JVM that fit the arguments of the server.
plan_heap() {
  read_memory
  previous=
  read_wanted "$@"
  read_size "${wanted:-50%}"
  # Without a limit, or with one that only the server understands, the heap is as large as may be.
  [ "${bytes:-0}" -gt 0 ] || bytes=$((memory / 2))
  megabytes=$(((bytes >> 20) + 1))
  plan_young "$megabytes"
  heap=$((megabytes / 3 * 4 + 18 + young))
  # The JVM takes memory beside the heap, too. What then does not fit the server says.
  most=$(((memory >> 20) / 8 * 7 - 64))
  [ "$most" -ge 64 ] || most=64
  [ "$heap" -le "$most" ] || heap=$most
  heap_options="-Xmx${heap}m -XX:MaxNewSize=${young}m"
}
