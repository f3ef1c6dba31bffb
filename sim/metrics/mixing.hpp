#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Measures of how flows mix across blocs, all derived from one bloc × bloc table. Flows are any non-negative directed
/// quantity (USD, demand); an undirected measure takes W + Wᵀ. No function here returns NaN unless it says so.
namespace splinternet::metrics {

/// Do domestic flows (the diagonal) count? They dominate most data, so every caller has to say.
enum class Diagonal { kIncluded, kExcluded };

/// Flows summed by bloc of origin (row) and bloc of destination (column), row-major, in the unit of the flows.
struct MixingMatrix {
  std::size_t blocs = 0;
  std::vector<double> flow;

  [[nodiscard]] double at(std::size_t from, std::size_t to) const { return flow[from * blocs + to]; }
  /// Sum of all cells, row by row.
  [[nodiscard]] double total() const;
};

/// Sums flows by bloc row after row, without an N×N matrix at hand; `bloc` holds labels in [0, bloc_count). Rows add up
/// per bloc of origin and per destination first, so that the loop runs across destinations. Throws InternalError if a
/// label or a size is out of range.
class MixingSum {
 public:
  MixingSum(std::span<const std::uint32_t> bloc, std::size_t bloc_count);
  /// Adds the flows of country `from` to every country.
  void add_row(std::size_t from, std::span<const double> flow, Diagonal diagonal);
  [[nodiscard]] MixingMatrix matrix() const;

 private:
  std::vector<std::uint32_t> bloc_;
  std::size_t bloc_count_;
  std::vector<double> flow_;  // [bloc of origin][destination]
};

/// Sums an N×N row-major flow matrix by the bloc labels (in [0, bloc_count)) of origin and destination, in row order.
/// Throws InternalError if the sizes differ or a label is out of range.
MixingMatrix mixing_matrix(std::span<const double> flow, std::span<const std::uint32_t> bloc, std::size_t bloc_count,
                           Diagonal diagonal);

/// What a measure expects of flows that ignore blocs: so_a · si_b / m, with so and si the out- and in-strengths of
/// blocs and m the total (the null of directed modularity; it allows flows of a country to itself). All 0 if m = 0.
MixingMatrix proportional_null(const MixingMatrix& mixing);

/// F + Fᵀ: the mixing matrix of the undirected flows W + Wᵀ. Domestic flows are counted twice like any flow within a
/// bloc (NetworkX doubles self-loops once more, and reports a higher Q).
MixingMatrix undirected(const MixingMatrix& mixing);

/// How a pair of blocs counts.
enum class PairKind : std::uint8_t { kNeither, kWithin, kCross };

/// The kind of each ordered pair of blocs, row-major.
struct BlocPairs {
  std::size_t blocs = 0;
  std::vector<PairKind> kind;
};

/// The default: same bloc = within, different blocs = cross.
BlocPairs same_or_different(std::size_t blocs);

/// Same bloc = within, pairs marked 1 in `rival` (blocs × blocs, row-major) = cross, all others neither (flows with
/// non-aligned countries then count nowhere).
BlocPairs within_or_rival(std::size_t blocs, std::span<const std::uint8_t> rival);

/// Flow in cells of one kind, in the unit of the flows.
double flow_of_kind(const MixingMatrix& mixing, const BlocPairs& pairs, PairKind kind);

/// Directed modularity of the given blocs (Newman 2006; Leicht & Newman 2008), null so·si/m:
/// Q = Σ_b (F_bb − so_b·si_b/m)/m, in [−1, 1). 0 if nothing flows.
double modularity(const MixingMatrix& mixing);

/// Largest Q that these out- and in-strengths of blocs allow: 1 − Σ_b so_b·si_b/m², in [0, 1]. 0 if nothing flows.
double maximum_modularity(const MixingMatrix& mixing);

/// Weighted assortativity (Newman 2003): r = Q/Q_max, in [−1, 1]. 0 if Q_max is 0 (one bloc sends and receives all).
double assortativity(const MixingMatrix& mixing);

/// Modularity against any null, the mixing matrix of flows that ignore blocs (such as zero_diagonal_null, or a baseline
/// from before the blocs): Q = Σ_b F_bb/m − Σ_b N_bb/m_N, both as shares of their own total, in (−1, 1]. 0 if nothing
/// flows in either. Throws InternalError if the numbers of blocs differ.
double modularity(const MixingMatrix& mixing, const MixingMatrix& null);

/// Largest Q against that null: 1 − Σ_b N_bb/m_N, in [0, 1]. 0 if the null has no flow.
double maximum_modularity_against(const MixingMatrix& null);

/// Q/Q_max against that null, in (−∞, 1]; 0 if Q_max is 0.
double assortativity(const MixingMatrix& mixing, const MixingMatrix& null);

/// Cross flow as a share of cross + within, in [0, 1]. 0 if both are 0.
double cross_share(const MixingMatrix& mixing, const BlocPairs& pairs);

/// E–I index (Krackhardt & Stern 1988): (cross − within)/(cross + within), in [−1, 1]. Depends on bloc sizes, so read it
/// beside that of a null. 0 if both are 0.
double external_internal_index(const MixingMatrix& mixing, const BlocPairs& pairs);

/// 1 − (X_cross/B_cross)/(X_within/B_within): the fall of cross-bloc flows relative to within-bloc flows since
/// `baseline` B (a difference in differences, so neutral to size), in (−∞, 1]; exactly 0 for X = B. Any null model can
/// be the baseline: it is then a decoupling index. 0 if the baseline lacks one kind (nothing to lose, or nothing to
/// compare with) or if neither kind flows now; −∞ if cross flow but no within flow is left. Throws InternalError if the
/// numbers of blocs differ.
double relative_cross_change(const MixingMatrix& current, const MixingMatrix& baseline, const BlocPairs& pairs);

/// Decoupling index: relative_cross_change against proportional_null; 1 = no cross flow, 0 = as if blocs did not
/// matter, negative = more cross flow than that.
double decoupling_index(const MixingMatrix& mixing, const BlocPairs& pairs);

/// (F_ab + F_ba)/(2·√(F_aa·F_bb)), ≥ 0; 1 if two blocs trade as much with each other as within. NaN where a bloc has no
/// internal flow: the index has no scale there.
double bilateral_index(const MixingMatrix& mixing, std::size_t a, std::size_t b);

}  // namespace splinternet::metrics
