#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <vector>

namespace splinternet {

/// Memory that starts with a cache line: no vector load straddles two.
template <class Value>
struct CacheLineAllocator {
  using value_type = Value;
  static constexpr std::align_val_t kAlignment{64};

  CacheLineAllocator() = default;
  template <class Other>
  CacheLineAllocator(const CacheLineAllocator<Other>&) {}

  [[nodiscard]] Value* allocate(std::size_t count) {
    return static_cast<Value*>(::operator new(count * sizeof(Value), kAlignment));
  }
  void deallocate(Value* pointer, std::size_t) { ::operator delete(pointer, kAlignment); }

  friend bool operator==(const CacheLineAllocator&, const CacheLineAllocator&) { return true; }
};

using CacheLineVector = std::vector<double, CacheLineAllocator<double>>;

/// A square matrix kept in panels of 24 columns, each stored by rows: small enough that a panel read twice in a row
/// comes from the first-level cache the second time. Sums have an order that is written down here, so that the bits do
/// not depend on the width of the machine's vectors.
class PanelMatrix {
 public:
  static constexpr std::size_t kWidth = 24;  ///< columns of a panel; the last is filled up with zeros
  static constexpr std::size_t kLanes = 8;   ///< running sums of a row

  explicit PanelMatrix(std::size_t n);

  [[nodiscard]] std::size_t size() const { return n_; }
  [[nodiscard]] std::size_t panels() const { return (n_ + kWidth - 1) / kWidth; }
  /// The number of columns with those that fill the last panel.
  [[nodiscard]] std::size_t padded_columns() const { return panels() * kWidth; }
  [[nodiscard]] double at(std::size_t i, std::size_t j) const {
    return values_[(j / kWidth * n_ + i) * kWidth + j % kWidth];
  }

  /// a_ij = values[i·n + j].
  void assign(std::span<const double> values);
  /// a_ij = values[i·n + j]·factor[i·n + j]; returns whether all factors are finite and not negative (−0 is taken for
  /// negative: where it matters the caller must look).
  [[nodiscard]] bool assign_product(std::span<const double> values, std::span<const double> factor);

  /// out[c] = Σ_i weight[i]·a_ij for the columns j of a panel, rows in order.
  void sum_rows(std::size_t panel, std::span<const double> weight, std::span<double> out) const;
  /// sums[i·8 + l] += Σ a_ij·weight[c] over the panel's columns j with c = l, l + 8, l + 16, in this order; panel 0
  /// starts the sums.
  void add_columns(std::size_t panel, std::span<const double> weight, std::span<double> sums) const;
  /// As add_columns, with squares of a_ij.
  void add_column_squares(std::size_t panel, std::span<const double> weight, std::span<double> sums) const;

  /// scaled[i·n + j] = a_ij·row[i]·column[j] and product[i·n + j] = scaled[i·n + j]·factor[j].
  void scale(std::span<const double> row, std::span<const double> column, std::span<const double> factor,
             std::span<double> scaled, std::span<double> product) const;

 private:
  [[nodiscard]] const double* panel(std::size_t index) const { return values_.data() + index * n_ * kWidth; }

  std::size_t n_;
  CacheLineVector values_;  // [panel][i][column]
};

/// The sums that add_columns leaves in eight lanes for each row, by halves.
void sum_lanes(std::span<const double> sums, std::span<double> out);

}  // namespace splinternet
