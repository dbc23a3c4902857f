# SPDX-License-Identifier: MIT
# What `cmake --install` writes: the headers, a CMake package and a pkg-config file. All of it is text that
# is the same on every machine, so it goes to share/ and the version file ignores the word size.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(cria_package_dir "${CMAKE_INSTALL_DATADIR}/cmake/cria")

install(TARGETS cria_cria EXPORT cria-targets FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT cria)
install(EXPORT cria-targets NAMESPACE cria:: DESTINATION "${cria_package_dir}" COMPONENT cria)

# Sets of their own, so that a consumer without fmt loads cria::cria and nothing else.
install(TARGETS cria_fmt EXPORT cria-fmt-targets FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT cria)
install(EXPORT cria-fmt-targets NAMESPACE cria:: DESTINATION "${cria_package_dir}" COMPONENT cria)

# Text like the rest, wherever it is installed from: the package's component gpu needs the toolkit where it is asked for.
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/cria/gpu" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/cria" COMPONENT cria
  FILES_MATCHING PATTERN "*.hpp" PATTERN "*.cuh")
install(FILES ${cria_gpu_outer_headers} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/cria" COMPONENT cria)

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/criaConfig.cmake.in" "${PROJECT_BINARY_DIR}/cmake/criaConfig.cmake"
  INSTALL_DESTINATION "${cria_package_dir}" NO_SET_AND_CHECK_MACRO)
# While the major version is 0 a minor version may change the interface: 0.1 is not an answer to 0.2 or 1.0.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cmake/criaConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES "${PROJECT_BINARY_DIR}/cmake/criaConfig.cmake" "${PROJECT_BINARY_DIR}/cmake/criaConfigVersion.cmake"
  DESTINATION "${cria_package_dir}" COMPONENT cria)

# Paths are written relative to the .pc file, so that the tree may be moved after installation.
file(RELATIVE_PATH cria_pc_prefix "${CMAKE_INSTALL_FULL_DATADIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
file(RELATIVE_PATH cria_pc_include "${CMAKE_INSTALL_FULL_DATADIR}/pkgconfig" "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/cria.pc.in" "${PROJECT_BINARY_DIR}/cmake/cria.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/cmake/cria.pc" DESTINATION "${CMAKE_INSTALL_DATADIR}/pkgconfig" COMPONENT cria)

install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT cria)
