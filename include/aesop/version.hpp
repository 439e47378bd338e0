// The version of this library, for the preprocessor and for code. The one place where it is written: CMake,
// the program and the packages read it from here.
#pragma once

#define AESOP_VERSION_MAJOR 0
#define AESOP_VERSION_MINOR 1
#define AESOP_VERSION_PATCH 0

namespace aesop {
inline namespace v0 {

// "major.minor.patch". Until 1.0.0 a minor version may break source compatibility, a patch
// version never does.
inline constexpr const char* version_text = "0.1.0";

}  // namespace v0
}  // namespace aesop
