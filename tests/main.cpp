// The main function of every test program. Compiled once: with Catch2 version 2 it is the slow part.
// Version 3 brings its own, in a library.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
