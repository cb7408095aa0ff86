# Finds a JDK 25 for the launcher and for the build, or fetches one. To be sourced by bash; `find_jdk` sets `java_home`
# and `java_version`. What it needs to say, it says on standard error.
#
#   JAVA_HOME              the JDK to use, when it is 25 or later
#   CARAVAN_JDK=never      do not fetch a JDK
#   CARAVAN_JDK_URL        where to ask for one instead of https://api.adoptium.net
#   CARAVAN_JVM_FOLDERS    folders that hold JDKs, separated by colons

say() { printf 'caravan: %s\n' "$*" >&2; }
fail() { say "${*:2}"; exit "$1"; }

# Sets `java_home` and `java_version` when the folder holds a JDK of the wanted age; reads its release file, which is
# much quicker than asking the JVM.
accept_jdk() {
    local home=$1 line version=
    [[ -x $home/bin/java && -x $home/bin/javac && -r $home/release ]] || return 1
    while IFS= read -r line; do
        [[ $line == JAVA_VERSION=* ]] && version=${line#*=} && version=${version//\"/}
    done <"$home/release"
    [[ ${version%%[!0-9]*} -ge 25 ]] || return 1
    java_home=$home java_version=$version
}

accept_java_on_path() {
    local java
    java=$(command -v java) || return 1
    java=$(readlink -f "$java" 2>/dev/null) || return 1
    accept_jdk "${java%/bin/java}"
}

accept_installed_jdk() {
    local folders=${CARAVAN_JVM_FOLDERS-/usr/lib/jvm:${HOME-}/.sdkman/candidates/java} folder home IFS=:
    for folder in $folders "$jdk_cache"; do
        for home in "$folder"/* "$folder"/*/Contents/Home; do
            accept_jdk "$home" && return
        done
    done
    [[ -x /usr/libexec/java_home ]] && home=$(/usr/libexec/java_home -v 25 2>/dev/null) && accept_jdk "$home"
}

find_jdk() {
    jdk_cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/caravan/jdk
    accept_jdk "${JAVA_HOME:-/nonexistent}" || accept_java_on_path || accept_installed_jdk && return
    local remedy="install a JDK 25 (https://adoptium.net, or your system's packages) or point JAVA_HOME at one"
    [[ ${CARAVAN_JDK-} == never ]] && fail 2 "no JDK 25 found, and CARAVAN_JDK=never forbids fetching one: $remedy"
    problem='it could not be unpacked'
    fetch_jdk && accept_installed_jdk || fail 2 "no JDK 25 found, and $problem: $remedy"
}

download() {
    if command -v curl >/dev/null; then
        curl --fail --silent --location --connect-timeout 20 --speed-limit 1000 --speed-time 60 --output "$2" "$1"
    else
        wget --quiet --timeout=60 --tries=1 --output-document="$2" "$1"
    fi 2>/dev/null
}

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# Fetches Eclipse Temurin 25 into the user's cache; says in `problem` what went wrong.
fetch_jdk() {
    local base=${CARAVAN_JDK_URL:-https://api.adoptium.net} os arch query package link checksum draft name
    case $(uname -s) in Darwin) os=mac ;; *) os=linux ;; esac
    case $(uname -m) in arm64 | aarch64) arch=aarch64 ;; *) arch=x64 ;; esac
    query="os=$os&architecture=$arch&image_type=jdk&heap_size=normal&vendor=eclipse"
    say "no JDK 25 found; fetching Eclipse Temurin 25 into $jdk_cache (once; CARAVAN_JDK=never forbids it)"
    problem="$jdk_cache cannot be written"
    mkdir -p "$jdk_cache" 2>/dev/null && draft=$(mktemp -d "$jdk_cache/.draft-XXXXXX" 2>/dev/null) || return 1
    trap 'rm -rf "'"$draft"'"' EXIT
    problem="$base cannot be reached"
    download "$base/v3/assets/latest/25/hotspot?$query" "$draft/assets.json" || return 1
    # the archive's entry: an object without objects inside
    package=$(tr -d '\n' <"$draft/assets.json" | sed -n 's/.*"package" *: *{\([^}]*\)}.*/\1/p')
    link=$(sed -n 's/.*"link" *: *"\([^"]*\)".*/\1/p' <<<"$package")
    checksum=$(sed -n 's/.*"checksum" *: *"\([^"]*\)".*/\1/p' <<<"$package")
    problem="$base named no archive for $os $arch"
    [[ -n $link && -n $checksum ]] || return 1
    problem="$link cannot be fetched"
    download "$link" "$draft/jdk.tar.gz" || return 1
    problem="$link does not have the SHA-256 that $base names; nothing was kept"
    [[ $(sha256 "$draft/jdk.tar.gz") == "$checksum" ]] || return 1
    problem="$link could not be unpacked"
    mkdir "$draft/jdk" && tar -xzf "$draft/jdk.tar.gz" -C "$draft/jdk" 2>/dev/null || return 1
    name=$(ls "$draft/jdk")
    [[ -e $jdk_cache/$name ]] || mv "$draft/jdk/$name" "$jdk_cache/"
    rm -rf "$draft"
    trap - EXIT
}
