#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/payoffs/term.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// What it would be worth if a group acceded to a framework together, all others staying as they are: the payoff terms
/// of the scenario are asked on a copy of the World in which the group is in (at depth d0; its rules bind as far as the
/// framework is in force; trade and paths are those of now). The World must outlive this and not change meanwhile.
/// Throws DataError, naming term and country, for a worth that is no finite number.
class JointAccession {
 public:
  explicit JointAccession(const World& world);

  /// Puts the group in, by swaps where signatures are incompatible, in the place of the group before. The group must be
  /// of countries that may decide on the framework and have not signed it.
  void let_in(std::size_t framework, std::span<const std::uint32_t> group);

  /// What the change is worth to each of the group, pp. By terms that have levels: payoff with all of the group in less
  /// that of now. By others, under which nobody outside feels what others do: acceding against staying, all others of
  /// the group being in.
  [[nodiscard]] std::vector<double> worth_to_group();

  /// What it is worth to each of these members, who stay in, pp. By terms that have levels: payoff with the group in
  /// less that of now. By others: change of what staying is worth against withdrawing.
  [[nodiscard]] std::vector<double> worth_to_members(std::span<const std::uint32_t> members) const;

 private:
  void enter(std::size_t country);
  void leave(std::size_t country);
  void follow_rules();
  /// [term][place in the group] what acceding is worth, all others of the group being in.
  std::vector<std::vector<double>> own_moves(const std::vector<const PayoffTerm*>& terms);

  const World& world_;
  World with_;
  std::vector<const PayoffTerm*> terms_;
  std::size_t framework_ = 0;
  std::vector<std::uint32_t> group_;
};

}  // namespace splinternet
