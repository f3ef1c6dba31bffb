#pragma once

#include <memory>
#include <string>
#include <vector>

#include "python/bindings/custom/custom.hpp"
#include "sim/model/extensions.hpp"
#include "sim/model/payoffs/term.hpp"

namespace splinternet::python {

/// The signature of a payoff compiled by Numba: returns how many values it has put out, or another number if it failed.
/// `level` is MembershipLevel by country and framework; `target` and `current` are by option and framework.
using CompiledPayoff = std::int64_t (*)(std::int64_t options, std::int64_t countries, std::int64_t frameworks,
                                        const std::int64_t* country, const bool* target, const bool* current,
                                        const double* offer_busd, const std::uint8_t* level, double* out);

/// A payoff term written in Python. Asked about all options of a phase at once: a function with the GIL, a compiled one
/// without. What it returns is copied and checked: finite, 0 for staying; at the first call of a run also pure, and each
/// row standing for itself.
class CustomTerm final : public PayoffTerm {
 public:
  /// `function(world, country, current, target, offer_busd)` returns float64 by option. `compiled`: None, or the same as a
  /// function of CompiledPayoff that Numba made.
  CustomTerm(RuleSource source, pybind11::object function, const pybind11::object& compiled, int check_every);

  [[nodiscard]] const RuleSource& source() const { return source_; }
  [[nodiscard]] const CustomRule& rule() const { return rule_; }
  [[nodiscard]] std::string_view name() const override { return source_.name; }
  [[nodiscard]] std::string_view symbol() const override { return source_.name; }
  [[nodiscard]] std::string_view meaning() const override { return "payoff term written in Python"; }
  [[nodiscard]] ParameterRows parameters() const override { return {}; }
  [[nodiscard]] TermWorlds worlds() const override { return TermWorlds::kAll; }
  [[nodiscard]] TermCalls calls() const override { return TermCalls::kAllAtOnce; }
  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override;

 private:
  struct Rows;
  void ask(const World& world, const Rows& rows, std::span<double> out) const;
  [[nodiscard]] bool ask_compiled(const World& world, const Rows& rows, std::span<double> out) const;
  void check_values(const World& world, const Rows& rows, std::span<const double> out) const;
  void check_pure(const World& world, const Rows& rows, std::span<const double> out) const;
  void check_alone(const World& world, const Rows& rows, std::span<const double> out) const;

  RuleSource source_;
  CustomRule rule_;
  HeldObject function_;
  HeldObject compiled_owner_;
  CompiledPayoff compiled_ = nullptr;
};

void bind_custom_term(pybind11::module_& module);

}  // namespace splinternet::python
