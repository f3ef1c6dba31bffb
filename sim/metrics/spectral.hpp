#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Eigenvalues of link graphs, for the end of a run (the cost is cubic in the number of nodes).
namespace splinternet::metrics {

/// Eigenvalues of a symmetric n×n row-major matrix in rising order: Householder reduction to tridiagonal form and
/// implicit QL (Wilkinson & Reinsch 1971), in one fixed order of operations. Only the lower triangle is read. Throws
/// SolverError if an eigenvalue needs more than 60 iterations.
std::vector<double> symmetric_eigenvalues(std::span<const double> matrix, std::size_t n);

/// Which Laplacian of the capacities C with strengths D: D − C (unit of the capacities) or I − D^−½·C·D^−½ (unit 1).
enum class Laplacian { kCombinatorial, kNormalized };

/// Algebraic connectivity (Fiedler 1973): the second smallest eigenvalue λ₂ of the Laplacian of an n×n row-major matrix
/// of capacities (≥ 0; similarities, never lengths), read as (C + Cᵀ)/2 without its diagonal. Exactly 0 if the graph is
/// not connected or has fewer than two nodes.
double algebraic_connectivity(std::span<const double> capacity, std::size_t n, Laplacian laplacian);

/// One connected component and its own λ₂ (0 for a single node).
struct ComponentConnectivity {
  std::vector<std::size_t> nodes;  ///< rising
  double lambda_2 = 0.0;
};

/// λ₂ of each connected component, in order of its lowest node; tells a split network from a thin one.
std::vector<ComponentConnectivity> connectivity_by_component(std::span<const double> capacity, std::size_t n,
                                                             Laplacian laplacian);

}  // namespace splinternet::metrics
