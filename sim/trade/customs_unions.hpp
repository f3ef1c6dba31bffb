#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/trade/input_output_data.hpp"

/// Worlds of equal countries in customs unions: free trade within a bloc, one external tariff around it (Krugman 1991,
/// "Is bilateralism bad?").
namespace splinternet {

/// Free trade among equal countries, each selling a variety of its own: all buy the same of every one (Armington with
/// elasticity of substitution σ, a trade elasticity of θ = σ − 1; no inputs, no tariffs). Income of each country is 1.
/// Throws DataError for fewer than one country or σ ≤ 1.
InputOutputBaseline free_trade_world(std::size_t countries, double substitution);

/// Labels 0 … blocs − 1 of countries in blocs of equal size, neighbours together. Throws DataError if the countries
/// cannot be divided so.
std::vector<std::uint32_t> equal_blocs(std::size_t countries, std::size_t blocs);

/// τ[exporter][importer]: what the bloc of the importer takes on goods from other blocs. `tariff` has one value > −1
/// per label; InternalError for a label without one.
std::vector<double> external_tariffs(std::span<const std::uint32_t> bloc, std::span<const double> tariff);

/// The ad valorem tariff that is the best answer of each of B equal blocs of equal countries to the same tariff of the
/// others: t = 1/[(1 − s)(σ − 1)], where s = 1/[(1 + t)^σ + B − 1] is the share of a bloc in what another spends at
/// world prices (Krugman 1991); 0 for one bloc. Throws DataError for no bloc or σ ≤ 1.
double optimal_external_tariff(double substitution, std::size_t blocs);

}  // namespace splinternet
