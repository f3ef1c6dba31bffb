#pragma once

#include <cstddef>
#include <span>

/// Concentration of a non-negative mass (counts, GDP, traffic) over its holders. Every measure but Freeman's divides by
/// the total, so units do not matter; each is 0 if there are no holders or no mass.
namespace splinternet::metrics {

/// Herfindahl–Hirschman index Σ s², in [1/n, 1].
double herfindahl(std::span<const double> mass);

/// Effective number (Laakso & Taagepera 1979; Hill number of order 2): 1/Σ s², in [1, n].
double effective_number(std::span<const double> mass);

/// Hill number of order 1 (Hill 1973): exp(−Σ s·ln s), in [1, n]; holders without mass add nothing.
double hill_number_1(std::span<const double> mass);

/// Share of the `count` largest holders, in [0, 1]; all of it if there are fewer.
double top_share(std::span<const double> mass, std::size_t count);

/// Gini coefficient Σ_i (2i − n − 1)·x_(i) / (n·Σx) over the values in rising order, in [0, 1 − 1/n].
double gini(std::span<const double> mass);

/// Freeman (1979) centralization Σ_i (max c − c_i) / ((n − 1)·star_centre), in [0, 1], where `star_centre` > 0 is the
/// centrality of the centre of a star on n nodes whose leaves have 0: (n − 1)(n − 2)/2 for undirected betweenness,
/// twice that if ordered pairs count. 0 for fewer than two nodes.
double freeman_centralization(std::span<const double> centrality, double star_centre);

}  // namespace splinternet::metrics
