// The ports of the compiled library, put together. Part base (shell); see aesop/base/default_ports.hpp.
#include "aesop/base/default_ports.hpp"

#include "base/tz_zones.hpp"

#include "aesop/base/letters.hpp"

#include <sodium.h>

namespace aesop {
inline namespace v0 {

// Defined by part rules (aesop/rules/patterns.hpp); declared here because base includes no part above it.
const PatternPort& pcre2_patterns();

namespace {

// SHA-256 and HMAC need no sodium_init(): they keep no state and use no randomness.
class SodiumHashes final : public HashPort {
 public:
  Hash sha256(std::span<const std::uint8_t> bytes) const override {
    Hash out{};
    crypto_hash_sha256(out.data(), bytes.data(), bytes.size());
    return out;
  }
  Hash hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> bytes) const override {
    Hash out{};
    crypto_auth_hmacsha256_state state;  // the one-call form takes keys of 32 bytes alone
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    crypto_auth_hmacsha256_update(&state, bytes.data(), bytes.size());
    crypto_auth_hmacsha256_final(&state, out.data());
    return out;
  }
};

}  // namespace

const Ports& default_ports() {
  static const TzZones zones;
  static const SodiumHashes hashes;
  static const Ports ports{&zones, &pcre2_patterns(), &simple_letters(), &hashes};
  return ports;
}

}  // namespace v0
}  // namespace aesop
