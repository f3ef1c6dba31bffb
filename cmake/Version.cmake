# The commit is asked for at every build, and the file is rewritten only when the answer changes.
set(SPLINTERNET_VERSION_FILE ${PROJECT_BINARY_DIR}/generated/version.cpp)
add_custom_target(splinternet_version
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DVERSION=${PROJECT_VERSION}
          -DOUTPUT=${SPLINTERNET_VERSION_FILE} -P ${PROJECT_SOURCE_DIR}/cmake/WriteVersion.cmake
  BYPRODUCTS ${SPLINTERNET_VERSION_FILE}
  COMMENT "Asking for the commit" VERBATIM)
