# Fetches Debian source packages without touching the machine's apt settings.
# The archive addresses are the machine's own; everything is checked against Debian's signed lists and nothing else is trusted.
# shellcheck shell=bash

debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

debian_codename() {
  # shellcheck disable=SC1091
  (. /etc/os-release && printf '%s\n' "${VERSION_CODENAME:-}")
}

# archive_uri main|security : the address this machine uses for its own release; apt itself reads .list and .sources files for us.
archive_uri() {
  local codename suites uri
  codename=$(debian_codename)
  case $1 in
    main) suites="$codename|stable" ;;
    security) suites="($codename|stable)(-security|/updates)" ;;
  esac
  uri=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Identifier: Packages' 2>/dev/null |
    awk -v suites="^($suites)\$" '$1 ~ suites && $2 == "main" && !found { print $3; found = 1 }')
  if [ -z "$uri" ] && [ "$1" = security ]; then
    uri=$(archive_uri main)
    uri=${uri%/}-security/
  fi
  [ -n "$uri" ] || die "no Debian archive for release '$codename' in this machine's apt sources (apt-get indextargets)"
  printf '%s\n' "$uri"
}

# private_apt DIR PROGRAM ARGS... : runs apt with the sources.list and state that stand in DIR.
private_apt() {
  local dir=$1 program=$2
  shift 2
  "$program" -q -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$dir/lists" \
    -o Dir::Cache="$dir/cache" -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=false "$@"
}

# prepare_private_apt DIR SUITE... : writes DIR/sources.list for source entries of these suites and reads the signed lists.
# A missing security archive is not fatal here; the version check of the caller decides.
prepare_private_apt() {
  local dir=$1 suite uri
  shift
  [ -r "$debian_keyring" ] || die "$debian_keyring is missing: install debian-archive-keyring"
  mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
  : >"$dir/sources.list"
  for suite in "$@"; do
    case $suite in
      *-security) uri=$(archive_uri security) ;;
      *) uri=$(archive_uri main) ;;
    esac
    printf 'deb-src [signed-by=%s] %s %s main\n' "$debian_keyring" "$uri" "$suite" >>"$dir/sources.list"
  done
  private_apt "$dir" apt-get update || echo "warning: not every archive could be read" >&2
}

# newest_source_version DIR PACKAGE UPSTREAM : newest Debian revision of this upstream version in the lists of DIR.
newest_source_version() {
  local newest='' version
  while read -r version; do
    if [ -z "$newest" ] || dpkg --compare-versions "$version" gt "$newest"; then newest=$version; fi
  done < <(private_apt "$1" apt-cache showsrc --only-source "$2" |
    awk -v upstream="$3" '$1 == "Version:" && $2 ~ "^([0-9]+:)?" upstream "([+-]|$)" { print $2 }')
  [ -n "$newest" ] || die "no source package $2 $3 in this machine's Debian archives"
  printf '%s\n' "$newest"
}

# fetch_source DIR PACKAGE VERSION TREE : downloads the tarballs by signed SHA-256, unpacks and patches them to TREE.
# The .dsc is not used: mirrors were seen without it, and the signed Sources list names the same hashes.
fetch_source() {
  local dir=$1 package=$2 version=$3 tree=$4 uri file sum orig='' debian=''
  mkdir -p "$dir/files"
  while read -r uri file _ sum; do
    case $file in
      *.dsc | *.asc) continue ;;
      *.orig.tar.*) orig=$dir/files/$file ;;
      *.debian.tar.*) debian=$dir/files/$file ;;
    esac
    fetch_checked "$dir" "$uri" "$dir/files/$file" "$sum"
  done < <(private_apt "$dir" apt-get source --print-uris --only-source "$package=$version" | tr -d "'" | grep '://.* SHA256:')
  [ -n "$orig" ] && [ -n "$debian" ] || die "the signed lists name no .orig and .debian tarball for $package $version"
  rm -rf "$tree"
  mkdir -p "$tree"
  tar -xf "$orig" -C "$tree" --strip-components=1
  tar -xf "$debian" -C "$tree"
  apply_series "$tree"
}

# fetch_checked DIR URI FILE SHA256:SUM : tries the address given, then the same pool path in each archive of DIR/sources.list.
fetch_checked() {
  local dir=$1 uri=$2 file=$3 sum=$4 archive pool candidate
  [ "${sum#SHA256:}" != "$sum" ] || die "no SHA-256 for $uri in the signed lists"
  pool=${uri#*/pool/}
  pool=${pool#updates/}
  for candidate in "$uri" $(while read -r _ _ archive _; do
    echo "${archive%/}/pool/updates/$pool"
    echo "${archive%/}/pool/$pool"
  done <"$dir/sources.list"); do
    rm -f "$file"
    /usr/lib/apt/apt-helper -o APT::Sandbox::User=root download-file "$candidate" "$file" "$sum" || continue
    # apt-helper has checked the hash already; a second look costs nothing and does not depend on its manners.
    if printf '%s  %s\n' "${sum#SHA256:}" "$file" | sha256sum --check --status; then return 0; fi
    rm -f "$file"
    echo "refused: $candidate does not have the signed hash $sum" >&2
  done
  die "could not download $(basename "$file") with its signed hash from any of this machine's Debian archives"
}

apply_series() {
  local tree=$1 name
  [ -f "$tree/debian/patches/series" ] || return 0
  while read -r name _; do
    case $name in '' | '#'*) continue ;; esac
    echo "patch $name"
    patch -d "$tree" -p1 --no-backup-if-mismatch --quiet --batch <"$tree/debian/patches/$name" ||
      die "Debian's patch $name does not apply"
  done <"$tree/debian/patches/series"
}
