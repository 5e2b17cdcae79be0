# Reads packages.txt.
# shellcheck shell=bash

wanted_packages=''
too_old_packages=''

# read_packages SECTIONS : names whose conditions hold on this machine to wanted_packages, outdated ones to too_old_packages.
read_packages() {
  local sections=" $1 " codename section='' line name conditions condition wanted
  # shellcheck disable=SC1091
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  while read -r line; do
    line=${line%%#*}
    case $line in
      '['*) section=${line#[} section=${section%%]*} ;;
      *)
        read -r name conditions <<<"$line"
        [ -n "$name" ] && [ "${sections/ $section /}" != "$sections" ] || continue
        wanted=1
        for condition in $conditions; do
          case $condition in
            @*) [ "${condition#@}" = "$codename" ] || wanted=0 ;;
            '!'*) ! command -v "${condition#!}" >/dev/null || wanted=0 ;;
            '>'*) [ -e "${condition#>}" ] || too_old_packages+=" $name" ;;
            *) die "packages.txt: $name: '$condition' must begin with @, ! or >" ;;
          esac
        done
        [ "$wanted" -eq 0 ] || wanted_packages+=" $name"
        ;;
    esac
  done <"$root_dir/scripts/lib/packages.txt"
}

# missing_packages SECTIONS : what is to be installed, one per line.
missing_packages() {
  local installed
  read_packages "$1"
  # shellcheck disable=SC2086
  installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' $wanted_packages 2>/dev/null | sed -n 's/^ii *//p' || true)
  # shellcheck disable=SC2086
  printf '%s\n' $wanted_packages | grep -vxF "$installed" || true
  # shellcheck disable=SC2086
  [ -z "$too_old_packages" ] || printf '%s\n' $too_old_packages
}

# ask_for_root SECTIONS : asks for sudo's password now, where the question can be seen, if it will be needed.
ask_for_root() {
  if [ "$(id -u)" -ne 0 ] && [ -n "$(missing_packages "$1")" ] && command -v sudo >/dev/null; then
    sudo -n true 2>/dev/null || sudo -v  # sudo -v asks even those who need no password for anything else
  fi
}
