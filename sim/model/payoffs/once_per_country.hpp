#pragma once

#include <array>
#include <cstddef>
#include <limits>

#include "sim/model/setting.hpp"

namespace splinternet {

/// What a function tells of a country and a framework, asked once where options of a country follow one another.
template <class Function>
class OncePerCountry {
 public:
  explicit OncePerCountry(const Function& function) : function_(function) {}

  double operator()(std::size_t country, std::size_t framework) {
    if (country != country_) known_ = 0;
    country_ = country;
    if (!contains(known_, framework)) value_[framework] = function_(country, framework);
    known_ |= bit(framework);
    return value_[framework];
  }

 private:
  const Function& function_;
  std::size_t country_ = std::numeric_limits<std::size_t>::max();
  FrameworkSet known_ = 0;
  std::array<double, kMaxFrameworks> value_{};
};

}  // namespace splinternet
