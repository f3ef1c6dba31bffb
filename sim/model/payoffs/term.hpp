#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/world.hpp"
#include "sim/scenario/parameter.hpp"

namespace splinternet {

/// Alternatives that countries weigh, one per row: whose, and which memberships it would end up with.
struct Options {
  std::vector<std::uint32_t> country;
  std::vector<FrameworkSet> target;
  std::vector<double> offer_busd;  ///< one-off sum offered for this alternative

  [[nodiscard]] std::size_t size() const { return country.size(); }
  void add(std::size_t i, FrameworkSet set, double offer = 0.0) {
    country.push_back(static_cast<std::uint32_t>(i));
    target.push_back(set);
    offer_busd.push_back(offer);
  }
  void reserve(std::size_t rows) {
    country.reserve(rows);
    target.reserve(rows);
    offer_busd.reserve(rows);
  }
  void clear() {
    country.clear();
    target.clear();
    offer_busd.clear();
  }
};

/// Whom a term can tell of: countries of a map, bare actors, or both.
enum class TermWorlds : std::uint8_t { kWithMap, kOfActors, kAll };

/// How a term wants to be asked: any rows by any thread, or all rows of a phase at once by the thread that steps,
/// outside loops in parallel.
enum class TermCalls : std::uint8_t { kAnyRows, kAllAtOnce };

/// One summand of a country's utility (M1): what an alternative is worth against staying as one is, in percentage
/// points of real income a year, or in the unit that a world of actors declares. Pure: the value follows from the World
/// and the option alone, for one row as for many, in any order. A new term is one pair of files like its siblings here,
/// a line in payoffs/registry.cpp and a test.
class PayoffTerm {
 public:
  virtual ~PayoffTerm() = default;

  /// Name in scenarios and files, e.g. "alignment".
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// The letter of (M1), for tables.
  [[nodiscard]] virtual std::string_view symbol() const = 0;
  [[nodiscard]] virtual std::string_view meaning() const = 0;
  /// Rows of the parameter table that only this term uses.
  [[nodiscard]] virtual ParameterRows parameters() const = 0;
  [[nodiscard]] virtual TermWorlds worlds() const { return TermWorlds::kWithMap; }
  [[nodiscard]] virtual TermCalls calls() const { return TermCalls::kAnyRows; }
  /// Refuses, before the run, a world or scenario in which the term could tell nothing: throws ScenarioError.
  virtual void check(const Setting& /*setting*/) const {}
  /// The payoff of a country itself, were its memberships `set` and all others as they are; nothing of a term that only
  /// knows differences against staying.
  [[nodiscard]] virtual std::optional<double> level(const World& /*world*/, std::size_t /*country*/,
                                                    FrameworkSet /*set*/) const {
    return std::nullopt;
  }
  /// out[n] = value of row n in the unit of the scenario; 0 for staying. Safe to call from several threads on different
  /// rows, unless it wants all at once.
  virtual void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                        std::span<double> out) const = 0;
};

/// Frameworks that the alternative adds to, and takes from, what the country has.
struct Moves {
  FrameworkSet added, dropped;

  /// Whether the alternative is to stay.
  [[nodiscard]] bool none() const { return (added | dropped) == 0; }
};
inline Moves moves_to(const World& world, std::size_t country, FrameworkSet target) {
  const FrameworkSet now = world.membership(country);
  return {target & ~now, now & ~target};
}

}  // namespace splinternet
