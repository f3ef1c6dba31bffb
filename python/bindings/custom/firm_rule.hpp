#pragma once

#include <memory>
#include <vector>

#include "python/bindings/custom/custom.hpp"
#include "sim/model/extensions.hpp"

namespace splinternet::python {

/// A valuation of stances written in Python, asked about all firms that reconsider in a step at once. What it returns is
/// copied and checked: finite, and at the first call of a run pure.
class CustomFirmRule final : public FirmValuation {
 public:
  /// `function(world, firm, stances, value)` returns float64 by firm and stance; `value` is what (M14) gives.
  CustomFirmRule(RuleSource source, pybind11::object function, int check_every);

  [[nodiscard]] const RuleSource& source() const { return source_; }
  [[nodiscard]] const CustomRule& rule() const { return rule_; }
  void value(const World& world, std::span<const std::uint32_t> firms, std::span<const std::uint8_t> stances,
             std::span<double> value) const override;

 private:
  struct Question;
  void ask(const Question& question, std::span<double> out) const;

  RuleSource source_;
  CustomRule rule_;
  HeldObject function_;
};

void bind_custom_firm_rule(pybind11::module_& module);

}  // namespace splinternet::python
