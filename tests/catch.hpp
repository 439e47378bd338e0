// Catch2 version 2 (Debian 12) or 3, whichever is there. Tests use TEST_CASE, SECTION, CHECK, REQUIRE, INFO,
// CAPTURE and GENERATE, which are the same in both.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
