# Install rules: headers, library, program, CMake package, pkg-config file.
#
#   find_package(aesop)                  aesop::core, and aesop::aesop with what it needs
#   find_package(aesop COMPONENTS core)  aesop::core alone; asks for no other package
#   find_package(aesop COMPONENTS c)     aesop::c, the C library; asks for no other package
include(CMakePackageConfigHelpers)
set(aesop_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/aesop)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def")
install(TARGETS aesop_core EXPORT aesopCoreTargets INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT aesopCoreTargets NAMESPACE aesop:: DESTINATION ${aesop_package_dir})

set(AESOP_HAS_LIBRARY FALSE)
if(TARGET aesop_aesop)
  set(AESOP_HAS_LIBRARY TRUE)
  install(TARGETS aesop_aesop EXPORT aesopTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT aesopTargets NAMESPACE aesop:: DESTINATION ${aesop_package_dir})
  install(FILES ${PROJECT_SOURCE_DIR}/src/cmake/AesopDependencies.cmake DESTINATION ${aesop_package_dir})
endif()
set(AESOP_HAS_C FALSE)
if(TARGET aesop_c)
  set(AESOP_HAS_C TRUE)
  install(TARGETS aesop_c EXPORT aesopCTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT aesopCTargets NAMESPACE aesop:: DESTINATION ${aesop_package_dir})
  install(FILES ${PROJECT_SOURCE_DIR}/capi/include/aesop.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endif()
if(TARGET aesop)
  install(TARGETS aesop RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/aesopConfig.cmake.in ${PROJECT_BINARY_DIR}/aesopConfig.cmake
  INSTALL_DESTINATION ${aesop_package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/aesopConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/aesopConfig.cmake ${PROJECT_BINARY_DIR}/aesopConfigVersion.cmake
  DESTINATION ${aesop_package_dir})

if(AESOP_HAS_LIBRARY)
  # Not ".private": the library is static only, so a plain `pkg-config --libs aesop` must name what it stands on. With
  # --static its dependencies would be asked for as archives too, and Debian's sqlite3.pc then names a missing zlib.
  set(AESOP_PC_REQUIRES "sqlite3, libsodium, libpcre2-8, pugixml")
  # By its path: -laesop is the C library, where that is installed too.
  set(AESOP_PC_LIBS "\${libdir}/libaesop.a -ldate-tz -lpthread")
endif()
# The prefix follows the file, so that an installed tree can be moved.
file(RELATIVE_PATH AESOP_PC_PREFIX /p/${CMAKE_INSTALL_LIBDIR}/pkgconfig /p)
string(REGEX REPLACE "/$" "" AESOP_PC_PREFIX "${AESOP_PC_PREFIX}")
configure_file(${CMAKE_CURRENT_LIST_DIR}/aesop.pc.in ${PROJECT_BINARY_DIR}/aesop.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/aesop.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
if(AESOP_HAS_C)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/aesop-c.pc.in ${PROJECT_BINARY_DIR}/aesop-c.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/aesop-c.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endif()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
