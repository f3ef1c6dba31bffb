# Warnings, floating-point rules and sanitizers, given to every target through splinternet_options.
add_library(splinternet_options INTERFACE)
target_compile_features(splinternet_options INTERFACE cxx_std_20)
# No fused multiply-add: a contraction would give other bits on CPUs and compilers that have it.
target_compile_options(splinternet_options INTERFACE -ffp-contract=off)

add_library(splinternet_warnings INTERFACE)
target_compile_options(splinternet_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of overlapping copies inside its own std::string (GCC bug 105651).
  target_compile_options(splinternet_warnings INTERFACE -Wno-restrict)
endif()
if(SPLINTERNET_WERROR)
  target_compile_options(splinternet_warnings INTERFACE -Werror)
endif()
if(SPLINTERNET_SANITIZE)
  target_compile_options(splinternet_options INTERFACE -fsanitize=${SPLINTERNET_SANITIZE} -fno-omit-frame-pointer
                                                       -fno-sanitize-recover=all)
  target_link_options(splinternet_options INTERFACE -fsanitize=${SPLINTERNET_SANITIZE})
endif()
if(SPLINTERNET_COVERAGE)
  target_compile_options(splinternet_options INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(splinternet_options INTERFACE --coverage)
endif()
if(SPLINTERNET_INVARIANTS)
  target_compile_definitions(splinternet_options INTERFACE SPLINTERNET_INVARIANTS=1)
endif()

# A fault for tests/bits/run.py to catch: a parallel sum whose order is open, in place of core/parallel's.
option(SPLINTERNET_PLANTED_REDUCE "Plant an unordered parallel sum (for the test of reproducibility only)" OFF)
if(SPLINTERNET_PLANTED_REDUCE)
  function(splinternet_plant_reduce)
    get_target_property(sources splinternet_core SOURCES)
    list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/sim/core/parallel.cpp)
    list(APPEND sources ${PROJECT_SOURCE_DIR}/tests/bits/planted_reduce/parallel.cpp)
    set_target_properties(splinternet_core PROPERTIES SOURCES "${sources}")
  endfunction()
  cmake_language(DEFER CALL splinternet_plant_reduce)
endif()
