#pragma once

/// Before a function whose loops vectorise: it is compiled for wider vectors too, and the loader picks what the CPU
/// has. Lanes compute what scalars do (products and sums are never fused, see math.hpp), so the bits do not depend on
/// the choice. It stands alone where the platform cannot choose, where the build is for wider vectors anyway, and under
/// sanitizers, whose own start would come after the loader's choice.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SPLINTERNET_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SPLINTERNET_SANITIZED
#endif
#endif

#include <cstddef>  // for __GLIBC__

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__AVX2__) && !defined(SPLINTERNET_SANITIZED)
#define SPLINTERNET_VECTOR_CLONES __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define SPLINTERNET_VECTOR_CLONES
#endif
