// A consumer of the header-only core: an exact decimal goes through JSON and comes out as it was. Two files include
// the whole core: what is not inline would be defined twice.
#include "aesop/core.hpp"
#include "aesop/dmn/compile.hpp"
#include "aesop/version.hpp"

#include <cstdio>
#include <string>

std::string again(const std::string& text);  // other.cpp

int main() {
  const std::string text = R"({"amount":1234567890123456789.000000000000001})";
  const aesop::Result<aesop::Value> value = aesop::read_json(text);
  if (!value || again(text) != text) {
    std::puts("the core does not work");
    return 1;
  }
  std::printf("aesop %s\n", aesop::version_text);
  return 0;
}
