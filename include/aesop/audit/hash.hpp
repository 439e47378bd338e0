// Hashes of the log: SHA-256, HMAC-SHA-256, leaves, and the salts of payloads. Part audit; body in src/audit
// over libsodium. Pure functions except RandomPool; safe from any thread.
#pragma once

#include "aesop/base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

Hash sha256(std::string_view bytes);

/// SHA-256 of two pieces one after the other, without joining them in memory.
Hash sha256(std::string_view first, std::string_view second);

/// HMAC-SHA-256 (RFC 2104); the key may have any length.
Hash hmac_sha256(std::string_view key, std::string_view bytes);

/// The leaf of a log entry: SHA-256(0x00 || header), over the header's bytes as stored. The prefix is that of
/// RFC 6962, so that a Merkle tree may stand on the same leaves.
Hash leaf_hash(std::string_view header);

/// What a log entry's header says of its payload: HMAC-SHA-256(salt, body). With 32 random bytes of salt a
/// short body (a name, a date) cannot be found by guessing.
inline Hash payload_commitment(std::string_view salt, std::string_view body) {
  return hmac_sha256(salt, body);
}

/// Bytes of salt of a payload.
inline constexpr std::size_t salt_size = 32;

/// Random bytes of the operating system, fetched in blocks because a system call per salt costs more than the
/// hash. Never copied; not for two threads at once. A process that forks must not go on with its parent's
/// pool; Engine refuses such a handle before it comes here.
class RandomPool {
 public:
  RandomPool();
  RandomPool(const RandomPool&) = delete;
  RandomPool& operator=(const RandomPool&) = delete;
  ~RandomPool();

  /// `size` fresh random bytes, at most 256.
  std::string take(std::size_t size);

 private:
  unsigned char block_[1024] = {};
  std::size_t left_ = 0;
};

}  // namespace v0
}  // namespace aesop
