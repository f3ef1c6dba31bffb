#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

/// What a function tells of a country and a framework (or a set of them): of all countries in one go, in which what
/// they read is waited for together, if so many options ask; else of each as it is asked.
template <class Function>
class PerCountry {
 public:
  PerCountry(const Function& function, const World& world, std::size_t options)
      : function_(function), countries_(world.countries()), is_for_all_(kForAll * options >= countries_) {}

  double operator()(std::size_t country, std::uint32_t of) {
    if (!is_for_all_) return function_(country, of);
    for (const Column& column : columns_) {
      if (column.of == of) return column.value[country];
    }
    Column& column = columns_.emplace_back(Column{of, std::vector<double>(countries_)});
    for (std::size_t i = 0; i < countries_; ++i) column.value[i] = function_(i, of);
    return column.value[country];
  }

 private:
  static constexpr std::size_t kForAll = 2;  // a country that may choose has two options or more
  struct Column {
    std::uint32_t of;
    std::vector<double> value;
  };

  const Function& function_;
  std::size_t countries_;
  bool is_for_all_;
  std::vector<Column> columns_;
};

}  // namespace splinternet
