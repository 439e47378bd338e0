// A consumer of the header-only core.
#include <cstdio>

#include "aesop/version.hpp"

int main() {
  std::printf("aesop %s\n", aesop::version_text);
  return 0;
}
