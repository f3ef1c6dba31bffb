#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "sim/trade/panel_matrix.hpp"

namespace splinternet {

/// Anderson mixing (Anderson 1965; Walker & Ni 2011) with the last seven differences, for a fixed point x = x + f(x).
/// No allocation after construction; one fixed order of operations.
class AndersonMixing {
 public:
  explicit AndersonMixing(std::size_t size);

  /// Forgets all history.
  void reset();

  /// step = f − (ΔX + ΔF)γ, where γ minimises |f − ΔF γ|₂ over the kept differences ΔX, ΔF of the points x and values f
  /// of earlier calls. A difference that depends on newer ones to six digits is left out (γ = 0).
  void step(std::span<const double> x, std::span<const double> f, std::span<double> step);

 private:
  // More differences take fewer steps in ordinary worlds and fail more often in extreme ones.
  static constexpr std::size_t kDepth = 7;
  static constexpr std::size_t kLanes = 8;  // the differences, and one lane to fill the vector
  using Row = std::array<double, kLanes>;

  void remember(std::span<const double> x, std::span<const double> f);
  void factorise();
  [[nodiscard]] Row coefficients() const;
  /// Where the difference `age` (0 = newest) is kept.
  [[nodiscard]] std::size_t slot(std::size_t age) const { return (next_ + kDepth - 1 - age) % kDepth; }

  std::size_t size_;
  std::size_t kept_ = 0;
  std::size_t next_ = 0;
  bool has_last_ = false;
  std::vector<double> last_x_, last_f_, difference_;
  CacheLineVector rows_;                            // [i][slot]: differences of f
  std::array<std::vector<double>, kDepth> change_;  // of x + f
  std::array<Row, kDepth> product_{};               // [slot][slot]: ΔF'ΔF
  Row product_with_f_{};                            // [slot]: f'ΔF
  std::array<Row, kDepth> factor_{};                // [age][slot]: L' of ΔF'ΔF = L D L', newest first
  Row scaled_{};                                    // [age]: D⁻¹L⁻¹ΔF'f
};

}  // namespace splinternet
