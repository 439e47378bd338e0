// Hashes against the vectors of their standards.
#include "aesop/audit/hash.hpp"

#include "catch.hpp"

using namespace aesop;

TEST_CASE("hash: SHA-256 gives the vectors of FIPS 180-4", "[audit]") {
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdef") == sha256("abc", "def"));
  CHECK(sha256("abc") == sha256("", "abc"));
}

TEST_CASE("hash: HMAC-SHA-256 gives the vectors of RFC 4231", "[audit]") {
  CHECK(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(to_hex(hmac_sha256(std::string(131, '\xaa'),
                           "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("hash: a leaf is SHA-256 of a zero byte and the header, as in RFC 6962", "[audit]") {
  CHECK(leaf_hash("header") == sha256(std::string_view("\0header", 7)));
  // The leaf of the empty input, the first test vector of RFC 6962 implementations.
  CHECK(to_hex(leaf_hash("")) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST_CASE("hash: salts do not repeat", "[audit]") {
  RandomPool pool;
  std::vector<std::string> salts;
  for (int i = 0; i < 200; ++i) salts.push_back(pool.take(salt_size));
  std::sort(salts.begin(), salts.end());
  CHECK(std::adjacent_find(salts.begin(), salts.end()) == salts.end());
  CHECK(salts.front().size() == salt_size);
}
