#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"

namespace splinternet::testing {

inline constexpr std::size_t kSteps = 30;
inline constexpr std::size_t kCountries = 40;

/// Values 0, step, 2·step, … with the second one missing.
template <class Real>
std::vector<Real> series_with_gap(std::size_t count, Real step) {
  std::vector<Real> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<Real>(i) * step;
  if (count > 1) values[1] = std::numeric_limits<Real>::quiet_NaN();
  return values;
}

/// A small result with every type of element, rank 0 to 3, dimensions with and without labels, an empty dimension,
/// missing values, empty and non-ASCII text, and an attribute of more than 64 KiB. Dimensions, arrays and attributes
/// stand in an order that is neither alphabetical nor the same for dimensions and arrays.
inline LabelledDataset result_dataset() {
  LabelledDataset data;
  data.attributes = {{"title", "Côte d'Ivoire"}, {"Conventions", "CF-1.11"}, {"empty", ""}};
  data.attributes.emplace_back("scenario", std::string(100'000, 's') + "end");
  for (const char* name : {"z", "y", "x", "w", "v", "u", "t"}) data.attributes.emplace_back(name, "dense storage");
  data.dims = {{"step", kSteps}, {"country", kCountries}, {"lane", 3}, {"framework", 2}, {"nothing", 0}};

  std::vector<std::string> codes;
  for (std::size_t i = 0; i < kCountries; ++i) codes.push_back(std::string("C") + static_cast<char>('A' + i));
  std::vector<std::int32_t> days(kSteps);
  for (std::size_t i = 0; i < kSteps; ++i) days[i] = static_cast<std::int32_t>(30 * i);
  std::vector<Flag> members(kSteps * kCountries * 2);
  for (std::size_t i = 0; i < members.size(); ++i) members[i].value = static_cast<std::int8_t>(i % 3 == 0);
  std::vector<std::int8_t> status(kCountries);
  for (std::size_t i = 0; i < kCountries; ++i) status[i] = static_cast<std::int8_t>(i % 3);

  data.arrays = {
      {"welfare", {"step", "country"}, series_with_gap(kSteps * kCountries, 0.1), "pp", "change of welfare", {}},
      {"country", {"country"}, codes, "", "ISO 3166-1 alpha-3 code", {}},
      {"reach", {"country", "step"}, series_with_gap(kSteps * kCountries, 0.1F), "1", "reach", {}},
      {"step", {"step"}, days, "days since 2020-08-01", "first day", {}},
      {"member", {"step", "country", "framework"}, members, "1", "is a member", {}},
      {"status", {"country"}, status, "1", "state of the run", {"ok", "failed", "timeout"}},
      {"balance", {"lane"}, std::vector<std::int8_t>{-128, 0, 127}, "1", "small numbers", {}},
      {"lane_km", {"lane"}, series_with_gap(3, 1.5F), "km", "length", {}},
      {"framework", {"framework"}, std::vector<std::string>{"clean_network", "gids"}, "", "framework", {}},
      {"note", {"lane"}, std::vector<std::string>{"", "Århus, 東京", ""}, "", "", {}},
      {"count", {"lane"}, std::vector<std::int64_t>{std::numeric_limits<std::int64_t>::min(), 0, 1}, "1", "", {}},
      {"nobody", {"nothing", "lane"}, std::vector<double>{}, "1", "no element", {}},
      {"seed", {}, std::vector<std::uint64_t>{std::numeric_limits<std::uint64_t>::max()}, "1", "seed", {}},
      {"solved", {}, std::vector<Flag>{{1}}, "1", "did the solver end well?", {}},
      {"index", {}, std::vector<double>{-0.0}, "1", "splinternet index", {}},
      {"word", {}, std::vector<std::string>{"hello"}, "", "", {}},
  };
  return data;
}

}  // namespace splinternet::testing
