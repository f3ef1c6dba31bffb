#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Dense linear algebra in one fixed order of operations, so that the bits are the same on every machine. Matrices are
/// row-major spans. For state; analysis that never feeds back may use any library.
namespace splinternet::dense {

/// LU factors with partial pivoting of an n×n matrix.
class Lu {
 public:
  /// No factors yet; solving asks for a right-hand side of length 0.
  Lu() = default;
  /// factorise(matrix, n).
  Lu(std::span<const double> matrix, std::size_t n);

  /// Takes the factors of `matrix` (n·n values, row-major) into the storage of the last ones: no allocation if these
  /// were as large. Throws SolverError if it is singular to working precision: a pivot is no larger than n·2⁻⁵² times
  /// the largest entry of its column. After an error there are no factors.
  void factorise(std::span<const double> matrix, std::size_t n);

  /// Solves A x = b in place.
  void solve(std::span<double> b) const;
  /// Solves Aᵀ x = b in place for each row b of `rows`, size() values each.
  void solve_transposed(std::span<double> rows) const;

  [[nodiscard]] std::size_t size() const { return n_; }

 private:
  void factorise_panel(std::size_t begin, std::size_t end, double rounding);
  void update_behind(std::size_t begin, std::size_t end);
  void update_rows(std::size_t first, std::size_t last, std::size_t begin, std::size_t end, std::size_t behind);
  void solve_upper_panel(std::size_t begin, std::size_t end, std::span<double> rows) const;
  void solve_lower_panel(std::size_t begin, std::size_t end, std::span<double> rows) const;

  std::size_t n_ = 0;
  std::vector<double> factors_, column_sizes_;
  std::vector<std::size_t> pivots_;
};

/// Least squares min |b − M x|₂ with M of `columns` columns of length b.size(), column-major, by Householder QR;
/// columns that are dependent to relative `tolerance` get coefficient 0.
std::vector<double> least_squares(std::span<const double> matrix, std::size_t columns, std::span<const double> b,
                                  double tolerance = 1e-12);

/// c = a·b for row-major a (m×k), b (k×n), c (m×n); the sum over k runs left to right.
void multiply(std::span<const double> a, std::span<const double> b, std::span<double> c, std::size_t m, std::size_t k,
              std::size_t n);

/// Rows [begin, end) of the symmetric product c = a·b of n×n matrices, from column `begin` on: the same bits as
/// multiply() there. With all rows in such ranges the upper triangle is complete.
void multiply_to_symmetric(std::span<const double> a, std::span<const double> b, std::span<double> c, std::size_t begin,
                           std::size_t end, std::size_t n);

}  // namespace splinternet::dense
