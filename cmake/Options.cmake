# Warnings, floating-point rules and sanitizers, given to every target through splinternet_options.
add_library(splinternet_options INTERFACE)
target_compile_features(splinternet_options INTERFACE cxx_std_20)
# No fused multiply-add: a contraction would give other bits on CPUs and compilers that have it.
target_compile_options(splinternet_options INTERFACE -ffp-contract=off)

add_library(splinternet_warnings INTERFACE)
target_compile_options(splinternet_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
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
