#include "sim/metrics/spectral.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/core/check.hpp"

namespace splinternet::metrics {

namespace {

constexpr int kMaximalIterations = 60;

struct Tridiagonal {
  std::vector<double> diagonal;
  std::vector<double> below;  // below[i] couples i and i + 1; the last is 0
};

// Σ_k<i row[k]·v[k], in four interleaved parts: a plain sum waits for each addition.
double below_product(const double* row, const std::vector<double>& v, std::size_t i) {
  double part[4] = {0.0, 0.0, 0.0, 0.0};
  std::size_t k = 0;
  for (; k + 4 <= i; k += 4) {
    for (std::size_t p = 0; p < 4; ++p) part[p] += row[k + p] * v[k + p];
  }
  for (; k < i; ++k) part[k % 4] += row[k] * v[k];
  return (part[0] + part[1]) + (part[2] + part[3]);
}

// Applies the Householder reflection I − 2vvᵀ/|v|² from both sides to the leading `size` rows and columns of `a`, of
// which only the lower triangle is kept. Loops run along rows, which no sum ties together.
void reflect(std::vector<double>& a, std::size_t n, std::size_t size, const std::vector<double>& v, double half_norm) {
  std::vector<double> p(size, 0.0);
  for (std::size_t i = 0; i < size; ++i) {
    const double* row = &a[i * n];
    for (std::size_t k = 0; k <= i; ++k) p[k] += row[k] * v[i];  // the column i above the diagonal is the row i
    p[i] += below_product(row, v, i);
  }
  double along = 0.0;
  for (std::size_t i = 0; i < size; ++i) {
    p[i] /= half_norm;
    along += p[i] * v[i];
  }
  for (std::size_t i = 0; i < size; ++i) p[i] -= along / (2.0 * half_norm) * v[i];
  for (std::size_t i = 0; i < size; ++i) {
    double* row = &a[i * n];
    for (std::size_t k = 0; k <= i; ++k) row[k] -= v[i] * p[k] + p[i] * v[k];
  }
}

// Householder reduction, from the last row up.
Tridiagonal reduce(std::vector<double> a, std::size_t n) {
  Tridiagonal result{std::vector<double>(n, 0.0), std::vector<double>(n, 0.0)};
  for (std::size_t row = n; row-- > 0;) {
    result.diagonal[row] = a[row * n + row];
    if (row == 0) break;
    std::vector<double> v(a.begin() + static_cast<std::ptrdiff_t>(row * n),
                          a.begin() + static_cast<std::ptrdiff_t>(row * n + row));
    double scale = 0.0;
    for (std::size_t k = 0; k + 1 < row; ++k) scale += std::fabs(v[k]);
    double& corner = v[row - 1];
    result.below[row - 1] = corner;
    if (scale == 0.0) continue;  // already tridiagonal here
    scale += std::fabs(corner);
    double squares = 0.0;
    for (double& entry : v) {
      entry /= scale;
      squares += entry * entry;
    }
    const double root = corner >= 0.0 ? -std::sqrt(squares) : std::sqrt(squares);
    result.below[row - 1] = scale * root;
    const double half_norm = squares - corner * root;  // |v|²/2 for the reflected vector below
    corner -= root;
    reflect(a, n, row, v, half_norm);
  }
  return result;
}

double length(double a, double b) {
  const double large = std::max(std::fabs(a), std::fabs(b));
  if (large == 0.0) return 0.0;
  const double x = a / large;
  const double y = b / large;
  return large * std::sqrt(x * x + y * y);
}

// One implicit QL sweep with Wilkinson's shift on rows first … last of an unreduced block.
void ql_sweep(Tridiagonal& t, std::size_t first, std::size_t last) {
  auto& d = t.diagonal;
  auto& e = t.below;
  double g = (d[first + 1] - d[first]) / (2.0 * e[first]);
  const double r = length(g, 1.0);
  g = d[last] - d[first] + e[first] / (g + (g >= 0.0 ? r : -r));
  double sine = 1.0;
  double cosine = 1.0;
  double shift = 0.0;
  for (std::size_t i = last; i-- > first;) {
    const double f = sine * e[i];
    const double b = cosine * e[i];
    const double hypotenuse = length(f, g);
    e[i + 1] = hypotenuse;
    if (hypotenuse == 0.0) {  // the block splits by itself
      d[i + 1] -= shift;
      e[last] = 0.0;
      return;
    }
    sine = f / hypotenuse;
    cosine = g / hypotenuse;
    g = d[i + 1] - shift;
    const double mixed = (d[i] - g) * sine + 2.0 * cosine * b;
    shift = sine * mixed;
    d[i + 1] = g + shift;
    g = cosine * mixed - b;
  }
  d[first] -= shift;
  e[first] = g;
  e[last] = 0.0;
}

// End of the unreduced block that starts at `first`: the first place whose coupling to the next is negligible.
std::size_t block_end(const Tridiagonal& t, std::size_t first) {
  std::size_t last = first;
  while (last + 1 < t.diagonal.size()) {
    const double size = std::fabs(t.diagonal[last]) + std::fabs(t.diagonal[last + 1]);
    if (std::fabs(t.below[last]) <= std::numeric_limits<double>::epsilon() * size) break;
    ++last;
  }
  return last;
}

std::vector<std::vector<std::size_t>> components(std::span<const double> capacity, std::size_t n) {
  std::vector<std::vector<std::size_t>> found;
  std::vector<char> seen(n, 0);
  for (std::size_t start = 0; start < n; ++start) {
    if (seen[start] != 0) continue;
    std::vector<std::size_t> nodes{start};
    seen[start] = 1;
    for (std::size_t place = 0; place < nodes.size(); ++place) {
      const std::size_t node = nodes[place];
      for (std::size_t other = 0; other < n; ++other) {
        if (seen[other] != 0 || (capacity[node * n + other] <= 0.0 && capacity[other * n + node] <= 0.0)) continue;
        seen[other] = 1;
        nodes.push_back(other);
      }
    }
    std::sort(nodes.begin(), nodes.end());
    found.push_back(std::move(nodes));
  }
  return found;
}

// λ₂ of the subgraph on `nodes`, which is connected.
double lambda_2(std::span<const double> capacity, std::size_t n, const std::vector<std::size_t>& nodes,
                Laplacian laplacian) {
  const std::size_t size = nodes.size();
  if (size < 2) return 0.0;
  std::vector<double> matrix(size * size, 0.0);
  std::vector<double> strength(size, 0.0);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      if (i == j) continue;
      const double both = capacity[nodes[i] * n + nodes[j]] + capacity[nodes[j] * n + nodes[i]];
      matrix[i * size + j] = -0.5 * both;
      strength[i] += 0.5 * both;
    }
  }
  for (std::size_t i = 0; i < size; ++i) matrix[i * size + i] = strength[i];
  if (laplacian == Laplacian::kNormalized) {
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) matrix[i * size + j] /= std::sqrt(strength[i]) * std::sqrt(strength[j]);
    }
  }
  return symmetric_eigenvalues(matrix, size)[1];
}

}  // namespace

std::vector<double> symmetric_eigenvalues(std::span<const double> matrix, std::size_t n) {
  SPLINTERNET_CHECK(matrix.size() == n * n, matrix.size(), n);
  std::vector<double> full(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) full[i * n + j] = matrix[std::max(i, j) * n + std::min(i, j)];
  }
  Tridiagonal t = reduce(std::move(full), n);
  for (std::size_t first = 0; first < n; ++first) {
    int iteration = 0;
    for (std::size_t last = block_end(t, first); last != first; last = block_end(t, first)) {
      if (++iteration > kMaximalIterations) {
        throw SolverError("eigenvalue " + std::to_string(first + 1) + " of " + std::to_string(n) +
                          " did not settle in " + std::to_string(kMaximalIterations) + " iterations");
      }
      ql_sweep(t, first, last);
    }
  }
  std::sort(t.diagonal.begin(), t.diagonal.end());
  return t.diagonal;
}

double algebraic_connectivity(std::span<const double> capacity, std::size_t n, Laplacian laplacian) {
  SPLINTERNET_CHECK(capacity.size() == n * n, capacity.size(), n);
  const auto parts = components(capacity, n);
  return parts.size() == 1 ? lambda_2(capacity, n, parts.front(), laplacian) : 0.0;
}

std::vector<ComponentConnectivity> connectivity_by_component(std::span<const double> capacity, std::size_t n,
                                                             Laplacian laplacian) {
  SPLINTERNET_CHECK(capacity.size() == n * n, capacity.size(), n);
  std::vector<ComponentConnectivity> result;
  for (auto& nodes : components(capacity, n)) {
    const double connectivity = lambda_2(capacity, n, nodes, laplacian);
    result.push_back({std::move(nodes), connectivity});
  }
  return result;
}

}  // namespace splinternet::metrics
