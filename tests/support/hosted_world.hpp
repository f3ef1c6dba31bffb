#pragma once

#include "tests/support/small_world.hpp"

namespace splinternet::testing {

/// The small world's tables with a hosting matrix: everybody's data lie 0.6 at home and 0.4 in BBB, the untrusted home.
inline WorldTables hosted_tables() {
  WorldTables tables = small_tables();
  tables.hosting.assign(36, 0.0);
  for (std::size_t i = 0; i < 6; ++i) {
    tables.hosting[i * 6 + i] += 0.6;
    tables.hosting[i * 6 + kBbb] += 0.4;
  }
  return tables;
}

}  // namespace splinternet::testing
