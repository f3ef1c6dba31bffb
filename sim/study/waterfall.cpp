#include "sim/study/waterfall.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace splinternet {
namespace {

constexpr int kBarColumns = 32;

bool is_shown(double value) {
  return std::fabs(value) >= kShownTerm;
}

/// Columns of a picture that spans all running totals and 0.
class Scale {
 public:
  explicit Scale(std::span<const WaterfallStep> steps) {
    for (const WaterfallStep& step : steps) {
      low_ = std::min(low_, step.to);
      high_ = std::max(high_, step.to);
    }
  }

  [[nodiscard]] int column(double value) const {
    if (!(high_ > low_)) return 0;
    return static_cast<int>(std::floor((value - low_) / (high_ - low_) * kBarColumns + 0.5));
  }

  /// The bar of one step with the axis in its place.
  [[nodiscard]] std::string bar(const WaterfallStep& step) const {
    int begin = column(std::min(step.from, step.to));
    int end = column(std::max(step.from, step.to));
    if (begin == end) end < kBarColumns ? ++end : --begin;
    std::string text(kBarColumns, ' ');
    for (int c = begin; c < end; ++c) text[static_cast<std::size_t>(c)] = step.value < 0.0 ? '-' : '+';
    return text.insert(static_cast<std::size_t>(column(0.0)), "|");
  }

 private:
  double low_ = 0.0;
  double high_ = 0.0;
};

}  // namespace

std::string listed(const std::vector<std::string>& parts, std::string_view last) {
  std::string text;
  for (std::size_t n = 0; n < parts.size(); ++n) {
    if (n > 0) text += n + 1 == parts.size() ? last : ", ";
    text += parts[n];
  }
  return text;
}

std::vector<WaterfallStep> waterfall(std::span<const double> values) {
  std::vector<WaterfallStep> steps;
  double total = 0.0;
  for (std::size_t t = 0; t < values.size(); ++t) {
    const double from = total;
    total += values[t];
    steps.push_back({t, values[t], from, total});
  }
  return steps;
}

std::string waterfall_text(std::span<const NamedTerm> terms, std::span<const double> values) {
  const std::vector<WaterfallStep> steps = waterfall(values);
  const Scale scale(steps);
  std::string text;
  std::vector<std::string> nothing;
  for (const WaterfallStep& step : steps) {
    const NamedTerm& term = terms[step.term];
    if (!is_shown(step.value)) {
      nothing.emplace_back(term.name);
      continue;
    }
    text += fmt::format("      {:16} {:+8.3f} {:+8.3f}  {}", term.name, step.value, step.to, scale.bar(step));
    text += term.meaning.empty() ? "\n" : fmt::format("  {}\n", term.meaning);
  }
  if (!nothing.empty()) text += fmt::format("      {:16}    0.000\n", listed(nothing));
  return text + fmt::format("      {:16}          {:+8.3f}\n", "in all", steps.empty() ? 0.0 : steps.back().to);
}

std::string largest_terms(std::span<const NamedTerm> terms, std::span<const double> values, std::size_t count,
                          std::string_view unit) {
  std::vector<std::size_t> order;
  for (std::size_t t = 0; t < values.size(); ++t) {
    if (is_shown(values[t])) order.push_back(t);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return std::fabs(values[a]) > std::fabs(values[b]); });
  order.resize(std::min(order.size(), count));
  std::string text;
  for (const std::size_t t : order) {
    text += fmt::format("{}{} {:+.3f}", text.empty() ? "" : ", ", terms[t].name, values[t]);
    if (unit != "1") text += fmt::format(" {}", unit);
  }
  return text;
}

}  // namespace splinternet
