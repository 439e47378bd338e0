#!/bin/sh
# Builds and runs one consumer project.  run.sh CONSUMER SOURCE_ROOT PREFIX WORK_DIR
set -eu
consumer=$1 root=$2 prefix=$3 work=$4
project=$root/tests/consume/$consumer
cmake -E rm -rf "$work"
mkdir -p "$work"

case $consumer in
pkg_config)
  # The package configuration file, wherever this system's library folder is.
  PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name aesop.pc)")
  export PKG_CONFIG_PATH
  # shellcheck disable=SC2046 # the flags are words
  "${CXX:-c++}" -std=c++20 "$project/main.cpp" -o "$work/consumer" \
    $(pkg-config --cflags --libs aesop)
  [ "$(pkg-config --modversion aesop)" = "$("$work/consumer" --version)" ]
  ;;
c_only)
  # In C alone: found by CMake without any other package, and by the package configuration file.
  cmake -S "$project" -B "$work" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF -DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON
  cmake --build "$work"
  PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name aesop-c.pc)")
  export PKG_CONFIG_PATH
  # shellcheck disable=SC2046 # the flags are words
  cc -std=c99 -Wall -Wextra -pedantic -Werror "$project/main.c" -o "$work/by_pkg_config" $(pkg-config --cflags --libs aesop-c)
  LD_LIBRARY_PATH=$(pkg-config --variable=libdir aesop-c) "$work/by_pkg_config"
  ;;
subdirectory)
  # The flags of this tree, so that a compiler cache serves the library.
  cmake -S "$project" -B "$work" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" \
    -DAESOP_ROOT="$root" -DAESOP_WERROR=ON -DAESOP_UNITY=ON
  cmake --build "$work"
  if [ -e "$work/bin" ] || [ -e "$work/aesop/bin" ]; then
    echo "the program, the tests or the examples were built for a consumer"
    exit 1
  fi
  ;;
*)
  cmake -S "$project" -B "$work" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF
  cmake --build "$work"
  ;;
esac

cd "$work"
./consumer
