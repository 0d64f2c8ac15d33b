# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034
# The one list of Debian packages, sourced by app/run and tests/run.

packages_build=(
  gcc
  libc6-dev
  meson
  ninja-build
  pkg-config
  gettext
  libglib2.0-dev
  libgtk-4-dev
  libadwaita-1-dev
  libdmtx-dev
  libgnutls28-dev
  libgudev-1.0-dev
  libgdk-pixbuf-2.0-dev
  libgstreamer-plugins-base1.0-dev
  libgstreamer1.0-dev
  libjson-glib-dev
  libmbedtls-dev
  libprotobuf-c-dev
  libusb-1.0-0-dev
  libxml2-dev
  protobuf-c-compiler
  protobuf-compiler
)
packages_window=(
  adwaita-icon-theme
  fonts-cantarell
  gstreamer1.0-pipewire
  gstreamer1.0-plugins-base
  gstreamer1.0-plugins-good
)
# dpkg-source unpacks Mbed TLS when the system's own is built without EC J-PAKE.
packages_mbedtls=(
  ca-certificates
  dpkg-dev
  xz-utils
)
packages_test=(
  appstream
  at-spi2-core
  bash-completion
  clang
  clang-format
  clang-tidy
  codespell
  dbus
  desktop-file-utils
  git
  groff-base
  libclang-rt-dev
  imagemagick
  libumockdev-dev
  libxml2-utils
  pipewire-bin
  python3
  python3-gi
  python3-numpy
  python3-opencv
  shellcheck
  umockdev
  xauth
  xdotool
  xvfb
  zint
)

# tests/lab: virtual machines with the kernel's virtual hardware. apt and gcc make the rest.
packages_lab=(
  at-spi2-core
  bluez
  busybox-static
  bzip2
  cpio
  dbus
  gcc
  hostapd
  imagemagick
  iproute2
  iw
  kmod
  libc6-dev
  make
  mount
  openssl
  patch
  procps
  python3
  python3-gi
  qemu-system-x86
  udev
  util-linux
  wireless-regdb
  wpasupplicant
  xdotool
  xvfb
  xz-utils
)

packages_missing () # PACKAGE...
{
  local name
  for name; do
    case $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) in
      installed) ;;
      *) echo "$name" ;;
    esac
  done
}

# Asks apt for what is not there, and only then; needs root or sudo.
packages_install () # PACKAGE...
{
  local missing root=()
  mapfile -t missing < <(packages_missing "$@")
  [ ${#missing[@]} -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing; install them as root: ${missing[*]}" >&2
      return 1
    fi
    root=(sudo)
  fi
  echo "Installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${root[@]}" apt-get -q update &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -q -y --no-install-recommends install "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# Makes Mbed TLS with EC J-PAKE available where the system library lacks it.
mbedtls_prepare () # TOP
{
  local probe='#include <mbedtls/ecjpake.h>
int main (void) { mbedtls_ecjpake_setup (0, 0, 0, 0, 0, 0, 0); return 0; }'
  if gcc -x c - -o /dev/null -lmbedcrypto <<<"$probe" 2>/dev/null; then
    return 0
  fi
  [ ! -x "$1/subprojects/fetch-mbedtls" ] || "$1/subprojects/fetch-mbedtls"
}
