#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// One step of a waterfall: a term and where it carries the running total from and to, pp.
struct WaterfallStep {
  std::size_t term = 0;
  double value = 0.0;
  double from = 0.0;
  double to = 0.0;
};

/// The way from 0 to the total, one step per value, summed left to right as the model does: the last `to` is the
/// option's total to the last bit.
std::vector<WaterfallStep> waterfall(std::span<const double> values);

/// A name and what it means, as shown beside its bar.
struct NamedTerm {
  std::string_view name;
  std::string_view meaning;
};

/// The waterfall in lines of text: term, value, running total, a bar of + or − from the old to the new running total
/// around the axis |, meaning. All bars are drawn to one scale. Terms that round to nothing share a last line; then the
/// sum. Values with three decimals.
std::string waterfall_text(std::span<const NamedTerm> terms, std::span<const double> values);

/// The largest terms by size, at most `count`, those that would be shown as nothing left out: "inertia -0.220 pp,
/// alignment +0.090 pp", without unit if it is "1". Ties in order of summation. "" if there is none.
std::string largest_terms(std::span<const NamedTerm> terms, std::span<const double> values, std::size_t count,
                          std::string_view unit = kUnitOfIncome);

/// A term below it would be shown as 0.000.
inline constexpr double kShownTerm = 5e-4;

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& parts, std::string_view last = " and ");

}  // namespace splinternet
