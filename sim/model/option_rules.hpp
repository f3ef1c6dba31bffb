#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

/// R in force with each partner, as base + factor·column.
struct RestrictivenessNow {
  double base, factor;
  const double* column;
};

/// What an option changes in how a country and its partners treat each other, by where it leads: looked up once for all
/// countries whose options lead from the same depths to the same others. Columns by partner.
class OptionRules {
 public:
  /// Rules between a country and each partner, shifts of single pairs apart.
  struct Rules {
    std::vector<double> then;        // [framework] depth
    FrameworkSet untrusted = 0;      // frameworks to which the country is an untrusted home
    std::vector<double> towards;     ///< what frameworks add to r_ij
    std::vector<double> by;          ///< r_ji before it is clipped …
    std::vector<double> open_by;     ///< … and 1 less what it is then
    double least = 0.0, most = 0.0;  ///< of towards

    /// Change of R with each partner of a country with r⁰ `home`, where R is made of both sides; `before` is in force.
    void compare(double home, std::span<const double> before, std::span<double> out) const;
    /// Whether such a country clips no r_ij.
    [[nodiscard]] bool is_unclipped(double home) const { return home + least >= 0.0 && home + most <= 1.0; }
    /// The change of R in single precision where it clips none, 0 for the country itself; returns Σ use·change.
    double index(std::size_t country, double home, const RestrictivenessNow& now, std::span<const float> use,
                 std::span<float> out) const;
  };
  /// Trust between a country and each partner.
  struct Trust {
    std::vector<double> now, then;  // [framework] depth; 0 where there is no trust to lose or gain
    std::vector<double> change;     ///< of ln ψ …
    std::vector<float> single;      ///< … and in single precision, with zeros up to series_entries()
  };

  explicit OptionRules(const World& world);

  /// r⁰ of the country, with the events in force.
  [[nodiscard]] double home(std::size_t country) const { return home_[country]; }

  /// Rules if provisions bound on the country at `depth` [framework]. Valid until kKept others have been asked for.
  const Rules& rules(std::size_t country, std::span<const double> depth);
  const Trust& trust(std::size_t country, std::span<const double> depth);

 private:
  static constexpr std::size_t kKept = 16;  // a few for outsiders, one for each cohort of members

  void fill(Rules& rules) const;
  void fill(Trust& trust) const;

  const World& world_;
  std::vector<double> home_;             // [country]
  std::vector<FrameworkSet> untrusted_;  // [country]
  FrameworkSet trusting_ = 0;            // frameworks that make for trust
  std::vector<double> now_, then_;       // [framework] what trust is looked up by
  std::vector<Rules> rules_;             // the last ones met …
  std::vector<Trust> trust_;
  std::size_t next_rules_ = 0, next_trust_ = 0;  // … and those to be replaced next
};

}  // namespace splinternet
