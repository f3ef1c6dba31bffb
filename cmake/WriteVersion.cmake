# Writes OUTPUT with the version and the commit of the checkout in SOURCE ("unknown" outside a checkout).
find_package(Git QUIET)
set(commit "unknown")
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${SOURCE} rev-parse --short=12 HEAD
                  OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(commit ${answer})
  endif()
endif()
set(text "#include \"sim/engine/version.hpp\"

namespace splinternet {

std::string_view code_version() { return \"${VERSION}\"; }
std::string_view code_commit() { return \"${commit}\"; }

}  // namespace splinternet
")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} old)
endif()
if(NOT "${old}" STREQUAL "${text}")
  file(WRITE ${OUTPUT} "${text}")
endif()
