# Build settings shared by every target of this tree. Nothing here reaches a consumer: settings of the whole
# directory are made only when Aesop is the top-level project.
include_guard(GLOBAL)
include(GNUInstallDirs)

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release, RelWithDebInfo" FORCE)
  endif()
  # -O2: measured no slower than -O3 here, smaller, and quicker to build. NDEBUG as usual.
  string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(AESOP_CCACHE ccache)
    mark_as_advanced(AESOP_CCACHE)
    if(AESOP_CCACHE)
      set(CMAKE_CXX_COMPILER_LAUNCHER ${AESOP_CCACHE})
      set(CMAKE_C_COMPILER_LAUNCHER ${AESOP_CCACHE})
    endif()
  endif()
  if(AESOP_SANITIZE)
    add_compile_options(-fsanitize=${AESOP_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${AESOP_SANITIZE})
    if(AESOP_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      add_compile_options(-Wno-tsan)  # g++ warns of a fence in <memory>, which nothing here calls
    endif()
  endif()
endif()

# aesop_own(target): a target made of our own files. Strict C++20 and every warning.
function(aesop_own target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4 /utf-8 $<$<BOOL:${AESOP_WERROR}>:/WX>)
  else()
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic $<$<BOOL:${AESOP_WERROR}>:-Werror>)
  endif()
endfunction()

# aesop_sources(var [EXCLUDE regex] pattern...): the .cpp files below the folders, found again when they change.
function(aesop_sources var)
  cmake_parse_arguments(arg "" "EXCLUDE" "" ${ARGN})
  file(GLOB_RECURSE found CONFIGURE_DEPENDS ${arg_UNPARSED_ARGUMENTS})
  if(arg_EXCLUDE)
    list(FILTER found EXCLUDE REGEX "${arg_EXCLUDE}")
  endif()
  set(${var} "${found}" PARENT_SCOPE)
endfunction()

# aesop_together(target count files... [GROUP name]): with AESOP_UNITY, compiles the files in so many groups, each at once.
# What they share is most of what they cost: the engine's files hold the run machine, inline. A target with several such
# lists names each.
function(aesop_together target count)
  if(NOT AESOP_UNITY)
    return()
  endif()
  cmake_parse_arguments(arg "" "GROUP" "" ${ARGN})
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  set(number 0)
  foreach(file IN LISTS arg_UNPARSED_ARGUMENTS)
    math(EXPR group "${number} % ${count}")
    math(EXPR number "${number} + 1")
    set_source_files_properties(${file} PROPERTIES UNITY_GROUP ${target}_${arg_GROUP}${group})
  endforeach()
endfunction()
