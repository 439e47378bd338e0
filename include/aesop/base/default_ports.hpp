// The ports of the compiled library: zones of the system's tz database, PCRE2 patterns, libsodium hashes.
// Part base; implemented in src/base/default_ports.cpp. Safe from any thread.
#pragma once

#include "aesop/base/ports.hpp"

namespace aesop {
inline namespace v0 {

/// Ports that live as long as the process. The same every time.
const Ports& default_ports();

}  // namespace v0
}  // namespace aesop
