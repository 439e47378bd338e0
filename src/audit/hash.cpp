// Hashes of the log over libsodium.
#include "aesop/audit/hash.hpp"

#include <cstring>

#include <sodium.h>

namespace aesop {
inline namespace v0 {

namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Hash sha256(std::string_view bytes) {
  Hash hash;
  crypto_hash_sha256(hash.data(), bytes_of(bytes), bytes.size());
  return hash;
}

Hash sha256(std::string_view first, std::string_view second) {
  Hash hash;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, bytes_of(first), first.size());
  crypto_hash_sha256_update(&state, bytes_of(second), second.size());
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

Hash hmac_sha256(std::string_view key, std::string_view bytes) {
  Hash hash;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(bytes), bytes.size());
  crypto_auth_hmacsha256_final(&state, hash.data());
  return hash;
}

Hash leaf_hash(std::string_view header) { return sha256(std::string_view("\0", 1), header); }

// sodium_init may be called more than once and from any thread; it opens the system's random source. That it
// cannot is for randombytes_buf to deal with: it aborts rather than hand out anything predictable.
RandomPool::RandomPool() { [[maybe_unused]] const int ready = sodium_init(); }

RandomPool::~RandomPool() { sodium_memzero(block_, sizeof block_); }

std::string RandomPool::take(std::size_t size) {
  if (size > left_) {
    randombytes_buf(block_, sizeof block_);
    left_ = sizeof block_;
  }
  left_ -= size;
  std::string bytes(reinterpret_cast<const char*>(block_ + left_), size);
  sodium_memzero(block_ + left_, size);  // a salt is used once
  return bytes;
}

}  // namespace v0
}  // namespace aesop
