// A consumer of the header-only core.
#include "aesop/version.hpp"

#include <cstdio>

int main() {
  std::printf("aesop %s\n", aesop::version_text);
  return 0;
}
