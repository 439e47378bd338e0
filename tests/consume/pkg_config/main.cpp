// A consumer of the compiled library; the same program for every way to find it.
#include "aesop/version.hpp"

#include <cstdio>
#include <cstring>

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "--version") == 0) {
    std::puts(aesop::version_text);
    return 0;
  }
  std::printf("aesop %s\n", aesop::version_text);
  return 0;
}
