#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/function_ref.hpp"
#include "sim/core/rng.hpp"

/// Uncertainty of metrics from the choice of countries: whole countries are drawn anew, with all their flows. Metrics
/// take the draw as weights: a country drawn twice counts twice.
namespace splinternet::metrics {

/// The flows among resampled countries (the pigeonhole bootstrap of Owen 2007 with one draw for rows and columns; the
/// vertex bootstrap of Snijders & Borgatti 1999): w_i·w_j·F_ij for i ≠ j, w_i·F_ii on the diagonal, as each copy of a
/// country keeps its domestic flow and copies of one country exchange nothing. `flow` is N×N row-major, N the number of
/// weights (≥ 0; all 1 leave the flows as they are). Throws InternalError if the sizes differ.
std::vector<double> resample_flows(std::span<const double> flow, std::span<const double> weight);

/// How many replicates to draw and from which random numbers.
struct Resampling {
  std::uint64_t seed;
  Purpose purpose;                           ///< of these draws; one per place that resamples
  std::size_t replicates = 1000;             ///< > 0
  std::span<const std::uint32_t> rank = {};  ///< of the rows: a different number below N each; empty = the row itself
};

/// How often each of `nodes` is drawn in one replicate: `nodes` draws with replacement, so the sum is `nodes`. A node's
/// number follows from its rank, not its row.
std::vector<double> node_multiplicities(std::size_t nodes, const Resampling& resampling, std::uint32_t replicate);

/// The values of `metrics` numbers in every replicate, replicate by replicate. `evaluate(weights, values)` fills one
/// replicate; it is called from several threads at once and must depend on nothing but the weights, so that the result
/// is the same for any number of threads. Throws what it throws.
std::vector<double> bootstrap_values(std::size_t nodes, std::size_t metrics, const Resampling& resampling,
                                     FunctionRef<void(std::span<const double>, std::span<double>)> evaluate);

/// What the replicates of one metric say.
struct BootstrapInterval {
  double low = 0.0;
  double high = 0.0;
  double mean = 0.0;            ///< less the metric of all countries: the bias of resampling
  double standard_error = 0.0;  ///< standard deviation over the replicates; 0 for fewer than two
  std::size_t undefined = 0;    ///< replicates where the metric was NaN; left out of the above
};

/// Percentile interval (Efron 1979) that holds the middle `level` (in (0, 1)) of the values, with quantiles by linear
/// interpolation (type 7 of Hyndman & Fan 1996). Ends and mean are NaN if no value is defined. The interval inherits
/// the bias of resampling: in blocs of a few countries copies crowd out flows within, so decoupling and modularity come
/// out low; look at the mean.
BootstrapInterval percentile_interval(std::span<const double> values, double level);

/// The percentile interval of one metric of resampled nodes.
BootstrapInterval bootstrap(std::size_t nodes, const Resampling& resampling, double level,
                            FunctionRef<double(std::span<const double>)> metric);

}  // namespace splinternet::metrics
