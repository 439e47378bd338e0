// The PatternPort of the compiled library: PCRE2 behind XPath's syntax. Part rules; in src/rules/patterns_pcre2.cpp.
#pragma once

#include "aesop/base/ports.hpp"

namespace aesop {
inline namespace v0 {

/// Lives as long as the process; safe from any thread. Texts up to 64 KiB, patterns up to 1 KiB; what would cost more
/// than a few tens of milliseconds is given up with evaluation_limit.
const PatternPort& pcre2_patterns();

}  // namespace v0
}  // namespace aesop
