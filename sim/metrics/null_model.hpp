#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace splinternet::metrics {

/// What flows would be if only the strengths of countries mattered and none sent anything to itself: the matrix
/// a_i·b_j for i ≠ j, 0 for i = j, with the out-strengths (row sums) and in-strengths (column sums) of `flow` without
/// its diagonal. It is the proportional fitting of ones with a zero diagonal (Deming & Stephan 1940), the least
/// informative null (maximum entropy) for flows between countries; the null so·si/m of modularity lets 1/N or more of
/// all flows stay at home. `flow` is nodes × nodes, row-major, finite and ≥ 0; the result has its unit.
///
/// No fitting is done: with x = a/s, y = b/s, s = Σa = Σb and v = 1/s², each country solves a quadratic,
/// x_i + y_i = 1 ∓ √(1 − 2(o_i + n_i)·v + (o_i − n_i)²·v²), for out- and in-strengths o and n, and Σ(x + y) = 2 fixes
/// v. Exact also where fitting never ends, as when one country takes part in all flows (a star is its own null).
/// All 0 if nothing flows between countries. Throws InternalError if the size is wrong or a flow is negative or not
/// finite.
std::vector<double> zero_diagonal_null(std::span<const double> flow, std::size_t nodes);

}  // namespace splinternet::metrics
