#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <variant>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/model/build_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recorded_run.hpp"
#include "tests/support/small_world.hpp"

/// Whole runs of small worlds with all that can be recorded, and whether two of them are the same to the bit.
namespace splinternet::testing {

/// The small scenario with countries that also come on their own.
inline Scenario lively(std::uint64_t seed, int horizon) {
  Scenario scenario = small_scenario();
  scenario.run.seed = seed;
  scenario.run.horizon = horizon;
  set(scenario, "countries.spontaneous_rate", 0.05);
  return scenario;
}

/// A whole run with everything that can be recorded.
inline LabelledDataset run(Scenario scenario, const WorldTables& tables, int threads = 0) {
  const parallel::ThreadLimit limit(threads);
  scenario.record.arrays = output_names(*make_setting(small_scenario(), small_tables()));
  Simulation simulation(make_setting(scenario, tables));
  return record_to_end(simulation);
}

template <class T>
const std::vector<T>& values(const LabelledDataset& dataset, std::string_view name) {
  return std::get<std::vector<T>>(dataset.find(name)->values);
}

/// Bit for bit, so that NaN equals NaN.
template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}
inline bool same_bits(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a == b;
}

inline bool same_bits(const ArrayValues& a, const ArrayValues& b) {
  if (a.index() != b.index()) return false;
  return std::visit([&](const auto& held) { return same_bits(held, std::get<std::decay_t<decltype(held)>>(b)); }, a);
}

inline void check_same(const LabelledDataset& a, const LabelledDataset& b) {
  REQUIRE(a.arrays.size() == b.arrays.size());
  for (std::size_t n = 0; n < a.arrays.size(); ++n) {
    INFO(a.arrays[n].name);
    CHECK(same_bits(a.arrays[n].values, b.arrays[n].values));
  }
}

}  // namespace splinternet::testing
