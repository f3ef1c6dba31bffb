#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// Trade by exact hat algebra (Dekle, Eaton & Kortum 2008): everything is a ratio to a baseline of observed flows, so
/// that neither trade costs nor productivity levels need to be known. x̂ = x'/x; θ_s = trade elasticity of sector s.
namespace splinternet {

/// Trade of one year. Money in any one unit: no ratio depends on it.
struct TradeFlows {
  std::size_t countries = 0;
  std::size_t sectors = 0;
  std::vector<double> flow;        ///< X[s][exporter][importer], home sales on the diagonal
  std::vector<double> elasticity;  ///< θ[s] > 0
};

/// How a country's expenditure follows its wage bill.
enum class Closure {
  kMultiplicative,  ///< E'_j = Ξ ŵ_j E_j, Ξ common to all so that world expenditure is world output
  kAdditive,        ///< E'_j = ŵ_j Y_j + D_j: deficits fixed in units of world output, the numeraire
  kBalanced,        ///< E'_j = ŵ_j Y_j: no deficits
};

/// Checked trade flows and what every solve needs of them. Immutable.
class TradeBaseline {
 public:
  /// Checks the flows. `labels` (one per country, or none) name countries in messages.
  /// Throws DataError naming the country for a wrong size, an elasticity that is not positive and finite, a flow that
  /// is negative or not finite, a country without output or without expenditure, and for countries that do not trade,
  /// not even through others, with the first one (nothing would tie their wages to the rest).
  explicit TradeBaseline(TradeFlows flows, std::span<const std::string> labels = {});

  [[nodiscard]] std::size_t countries() const { return flows_.countries; }
  [[nodiscard]] std::size_t sectors() const { return flows_.sectors; }
  /// X[s][exporter][importer].
  [[nodiscard]] std::span<const double> flow() const { return flows_.flow; }
  /// θ[s].
  [[nodiscard]] std::span<const double> elasticity() const { return flows_.elasticity; }
  /// λ[s][exporter][importer] = X / (what the importer spends in the sector); 0 where it spends nothing.
  [[nodiscard]] std::span<const double> share() const { return share_; }
  /// Σ_i X[s][i][j] as [s][j]: what each country spends in each sector.
  [[nodiscard]] std::span<const double> sector_expenditure() const { return sector_expenditure_; }
  /// α[s][j]: share of the sector in the country's expenditure; sums to 1 over s.
  [[nodiscard]] std::span<const double> sector_share() const { return sector_share_; }
  /// Y_i: all sales of each country, at home and abroad.
  [[nodiscard]] std::span<const double> output() const { return output_; }
  /// E_j: all that each country spends. On a balanced baseline exactly output().
  [[nodiscard]] std::span<const double> expenditure() const { return expenditure_; }
  /// D_j = E_j − Y_j.
  [[nodiscard]] double deficit(std::size_t country) const { return expenditure_[country] - output_[country]; }
  /// "country DEU (row 17)", or "country in row 17" without labels: how messages name a row.
  [[nodiscard]] std::string name(std::size_t country) const;

  /// The baseline that would stand without deficits: the equilibrium of `baseline` with closure kBalanced and
  /// unchanged costs (Dekle, Eaton & Kortum 2007), to a residual of 1e-13; its expenditure() is its output(), bit for
  /// bit. Throws DataError naming the countries if some sell nothing, not even through others, to the rest, or buy
  /// nothing from them: no wage would balance their trade.
  friend TradeBaseline balanced(const TradeBaseline& baseline);

 private:
  void check_shape() const;
  void check_flows() const;
  void check_connected() const;
  void check_can_balance() const;
  void sum_up();

  TradeFlows flows_;
  std::vector<std::string> labels_;
  std::vector<double> share_;
  std::vector<double> sector_expenditure_;
  std::vector<double> sector_share_;
  std::vector<double> output_;
  std::vector<double> expenditure_;
};

TradeBaseline balanced(const TradeBaseline& baseline);

}  // namespace splinternet
