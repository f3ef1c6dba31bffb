#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/coalition/voting_rule.hpp"
#include "sim/io/text/analysis_file.hpp"

namespace splinternet {

/// Voters who differ in nothing but their seat.
struct VoterGroup {
  std::string name;
  std::size_t seats = 1;
};

/// One condition that a winning coalition meets.
struct VotingCondition {
  std::string name;  ///< "" if it is the only one
  std::uint64_t quota = 0;
  std::vector<std::uint64_t> weight;  ///< of each seat, by group
};

/// A table of kind voting_power.
struct VotingQuestion {
  std::string id;
  TomlPlace place;
  std::vector<VoterGroup> groups;           ///< as listed, else by falling weight, then by name
  std::vector<VotingCondition> conditions;  ///< at least one, in the order of the file
  std::optional<std::uint32_t> samples;     ///< absent: all coalitions are counted
  std::uint64_t seed = 1;

  [[nodiscard]] std::size_t voters() const;
  /// Sum of the weights of all seats.
  [[nodiscard]] std::uint64_t total(const VotingCondition& condition) const;
  /// The conditions seat by seat, in the order of the groups.
  [[nodiscard]] std::vector<coalition::WeightCondition> rule() const;
};

/// Reads and checks the table; its keys are told at pose_voting_power. Throws ScenarioError with place and remedy.
VotingQuestion read_voting_question(const AnalysisSpec& spec);

}  // namespace splinternet
