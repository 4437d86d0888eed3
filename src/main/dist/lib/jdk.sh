# Finds a JDK for the scripts that include this file. It reads the `release` file that every JDK
# has, because starting a JVM only to ask for its version would cost more than the rest of a start.

# Where JDKs are looked for, after JAVA_HOME; patterns, one per line.
jdk_places="/usr/lib/jvm/*
/opt/*
/Library/Java/JavaVirtualMachines/*/Contents/Home
$HOME/.sdkman/candidates/java/*
$HOME/.jdks/*"

# Sets jdk_major to the version of the JDK in directory $1, or to 0 if it has no program $2.
read_jdk_major() {
  jdk_major=0
  if [ -x "$1/bin/$2" ] && [ -r "$1/release" ]; then
    while IFS='"' read -r key value rest || [ -n "$key" ]; do
      case $key in
        JAVA_VERSION=) jdk_major=${value%%[!0-9]*} ;;
      esac
    done < "$1/release"
  fi
  jdk_major=${jdk_major:-0}
}

# Prints the home directory of the program $1 on the PATH, behind all symbolic links.
home_on_path() {
  program=$(command -v "$1") || return 0
  program=$(readlink -f "$program") || return 0
  echo "${program%/bin/*}"
}

# Sets jdk_home and jdk_major to the JDK that fits best and has the program $1: the runtime that the
# distribution brings, JAVA_HOME if it is 21 or newer, else a 25, else the newest. If there is none,
# says so in one line and returns 1.
find_jdk() {
  for candidate in "${home:-}/runtime" "${JAVA_HOME:-}"; do
    read_jdk_major "$candidate" "$1"
    if [ "$jdk_major" -ge 21 ]; then
      jdk_home=$candidate
      return 0
    fi
  done
  jdk_home=
  best=0
  saved_ifs=$IFS
  IFS='
'
  for candidate in $jdk_places $(home_on_path "$1"); do
    read_jdk_major "$candidate" "$1"
    if [ "$best" -ne 25 ] && { [ "$jdk_major" -gt "$best" ] || [ "$jdk_major" -eq 25 ]; }; then
      best=$jdk_major
      jdk_home=$candidate
    fi
  done
  IFS=$saved_ifs
  jdk_major=$best
  if [ "$best" -lt 21 ]; then
    found="found none"
    [ "$best" -eq 0 ] || found="found only $best in $jdk_home"
    echo "redistill needs a JDK 21 or newer (best: 25), $found; install one or set JAVA_HOME" >&2
    return 1
  fi
}
