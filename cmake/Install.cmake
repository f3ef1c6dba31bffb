# Installed as a package: find_package(splinternet) gives splinternet::core, splinternet::trade, ….
include(CMakePackageConfigHelpers)
get_property(libraries GLOBAL PROPERTY SPLINTERNET_LIBRARIES)
install(TARGETS ${libraries} splinternet_options EXPORT splinternet-targets
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/splinternet)
install(EXPORT splinternet-targets NAMESPACE splinternet:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/splinternet)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/splinternet-config.cmake.in
                              ${PROJECT_BINARY_DIR}/splinternet-config.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/splinternet)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/splinternet-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/splinternet-config.cmake ${PROJECT_BINARY_DIR}/splinternet-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/splinternet)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/splinternet
        PATTERN "sources-2020" EXCLUDE PATTERN "*.py" EXCLUDE)
if(TARGET splinternet_program)
  install(TARGETS splinternet_program)
endif()
