# toml++ without its library, for compilers that cannot link the distribution's.
add_library(tomlplusplus::tomlplusplus INTERFACE IMPORTED)
target_include_directories(tomlplusplus::tomlplusplus INTERFACE ${SPLINTERNET_WASM_INCLUDE})
