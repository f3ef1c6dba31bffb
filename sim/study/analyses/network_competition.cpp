#include "sim/study/analyses/network_competition.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sim/coalition/network_competition.hpp"
#include "sim/io/text/toml_reader.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

using coalition::CompatibleGroup;
using coalition::NetworkEquilibrium;

constexpr Parameter kFirms =
    integer("firms", "firms", 3, {1, coalition::kMaxNetworkFirms}, {2, 20}, "equal firms", "[S] Katz & Shapiro 1985");
constexpr Parameter kEffect =
    real("network_effect", "1", 0.5, {0, 0.999}, {0, 0.9},
         "what each other buyer of a compatible product adds to what it is worth", "[S] Katz & Shapiro 1985");
constexpr Parameter kDemand = real("demand_less_cost", "1", 1, {1e-9, 1e9}, {1, 100},
                                   "what the keenest buyer pays for the good alone, less its cost", "[D]");
constexpr Parameter kGroup =
    integer("structures", "firms", 1, {1, coalition::kMaxNetworkFirms}, {1, 20}, "compatible firms in a group", "[D]");

constexpr std::string_view kWanted = "lists of group sizes, e.g. [[3], [2, 1], [1, 1, 1]]";

using Structure = std::vector<std::size_t>;

struct Question {
  std::string id;
  std::size_t firms = 0;
  double effect = 0.0;
  double demand = 0.0;
  std::vector<Structure> structures;
};

/// "2 + 1"; groups of one that follow each other as "64 × 1".
std::string structure_text(const Structure& structure) {
  std::string text;
  for (std::size_t g = 0; g < structure.size();) {
    std::size_t same = 1;
    while (g + same < structure.size() && structure[g + same] == structure[g]) ++same;
    text += text.empty() ? "" : " + ";
    text += same > 3 ? fmt::format("{} × {}", same, structure[g]) : std::to_string(structure[g]);
    g += same > 3 ? same : 1;
  }
  return text;
}

class NetworkCompetition final : public PosedAnalysis {
 public:
  explicit NetworkCompetition(Question question) : question_(std::move(question)) {}

  std::string subject() const override {
    const std::size_t number = question_.structures.size();
    return fmt::format("{} firm{}, {} structure{}", question_.firms, question_.firms == 1 ? "" : "s", number,
                       number == 1 ? "" : "s");
  }

  AnalysisAnswer answer() const override {
    std::vector<std::vector<NetworkEquilibrium>> found;
    for (const Structure& structure : question_.structures) {
      found.push_back(coalition::network_equilibria(structure, question_.effect, question_.demand));
    }
    return {text(found), table(found)};
  }

 private:
  [[nodiscard]] std::string text(const std::vector<std::vector<NetworkEquilibrium>>& found) const {
    ResultTable shown{{"compatible", "group of", "output each", "profit each", "output of all", "buyers", "all"}, {}};
    bool has_several = false;
    for (std::size_t s = 0; s < found.size(); ++s) {
      for (std::size_t n = 0; n < found[s].size(); ++n) add_shown(shown, s, n, found[s][n]);
      has_several = has_several || found[s].size() > 1;
    }
    std::string told = fmt::format(
        "{}: {} equal firm{}, network effect {}, demand less cost {}; surplus of buyers, and of buyers and firms\n{}",
        question_.id, question_.firms, question_.firms == 1 ? "" : "s", question_.effect, question_.demand,
        aligned_text(shown));
    if (has_several) {
      told +=
          "Several equilibria: buyers buy where they expect others to buy; which group of a size it is, is left "
          "open.\n";
    }
    if (found.size() > 1) told += comparison(found.front().front(), found.back().front());
    return told;
  }

  /// Of the first structure with the last.
  [[nodiscard]] std::string comparison(const NetworkEquilibrium& first, const NetworkEquilibrium& last) const {
    return fmt::format("Output of all at {} against {}: {:.6g} times as much; surplus {:.6g} times as much.\n",
                       structure_text(question_.structures.front()), structure_text(question_.structures.back()),
                       first.total / last.total, first.total_surplus() / last.total_surplus());
  }

  /// One line for each run of groups that are alike.
  void add_shown(ResultTable& shown, std::size_t s, std::size_t n, const NetworkEquilibrium& found) const {
    const std::vector<CompatibleGroup>& groups = found.groups;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (g > 0 && groups[g].firms == groups[g - 1].firms && groups[g].output == groups[g - 1].output) continue;
      const bool is_first = g == 0;
      const std::string name = structure_text(question_.structures[s]);
      shown.rows.push_back({is_first ? (n == 0 ? name : name + fmt::format(" ({})", n + 1)) : "",
                            fmt::format("{}", groups[g].firms), fmt::format("{:.6f}", groups[g].output),
                            fmt::format("{:.6f}", NetworkEquilibrium::profit(groups[g])),
                            is_first ? fmt::format("{:.6f}", found.total) : "",
                            is_first ? fmt::format("{:.6f}", found.consumer_surplus()) : "",
                            is_first ? fmt::format("{:.6f}", found.total_surplus()) : ""});
    }
  }

  [[nodiscard]] ResultTable table(const std::vector<std::vector<NetworkEquilibrium>>& found) const {
    ResultTable table{
        {"analysis", "network_effect", "demand_less_cost", "structure", "equilibrium", "group", "firms", "output",
         "price_less_cost", "profit", "network", "total_output", "consumer_surplus", "total_surplus"},
        {}};
    for (std::size_t s = 0; s < found.size(); ++s) {
      for (std::size_t n = 0; n < found[s].size(); ++n) add_rows(table, s, n, found[s][n]);
    }
    return table;
  }

  void add_rows(ResultTable& table, std::size_t s, std::size_t n, const NetworkEquilibrium& found) const {
    for (std::size_t g = 0; g < found.groups.size(); ++g) {
      const CompatibleGroup& group = found.groups[g];
      table.rows.push_back({question_.id, fmt::format("{}", question_.effect), fmt::format("{}", question_.demand),
                            structure_text(question_.structures[s]), fmt::format("{}", n + 1), fmt::format("{}", g + 1),
                            fmt::format("{}", group.firms), fmt::format("{}", group.output),
                            fmt::format("{}", group.output), fmt::format("{}", NetworkEquilibrium::profit(group)),
                            fmt::format("{}", static_cast<double>(group.firms) * group.output),
                            fmt::format("{}", found.total), fmt::format("{}", found.consumer_surplus()),
                            fmt::format("{}", found.total_surplus())});
    }
  }

  Question question_;
};

Structure read_structure(const TomlValue& list, const std::string& path, std::size_t firms) {
  if (list.kind != TomlKind::kList) refuse_type(list, path, kWanted);
  Structure structure;
  std::size_t sum = 0;
  for (const TomlValue& item : list.items) {
    structure.push_back(static_cast<std::size_t>(checked_number(item, path, kGroup)));
    sum += structure.back();
  }
  if (sum == firms) return structure;
  refuse({to_string(list.place), path, fmt::format("the groups have {} firms together, but there are {}", sum, firms),
          "group sizes that sum to " + std::to_string(firms), "correct a size, or write 1 for each firm on its own"});
}

std::vector<Structure> read_structures(const TomlReader& reader, std::size_t firms) {
  const TomlValue* const list = reader.find("structures");
  if (list == nullptr) return {Structure{firms}, Structure(firms, 1)};
  const std::string path = reader.path("structures");
  if (list->kind != TomlKind::kList) refuse_type(*list, path, kWanted);
  std::vector<Structure> structures;
  for (std::size_t s = 0; s < list->items.size(); ++s) {
    structures.push_back(read_structure(list->items[s], fmt::format("{}[{}]", path, s), firms));
  }
  if (!structures.empty()) return structures;
  refuse({to_string(list->place), path, "the list is empty", std::string(kWanted),
          "write the structures to compare, or leave the key out for all together and each alone"});
}

}  // namespace

std::unique_ptr<PosedAnalysis> pose_network_competition(const AnalysisSpec& spec, const AnalysisFile& /*file*/) {
  const std::vector<std::string> known = {"kind", "firms", "network_effect", "demand_less_cost", "structures"};
  refuse_unknown_keys(spec.table, spec.path(), known);
  const TomlReader reader(&spec.table, spec.path(), spec.table.place);
  for (const Parameter* row : {&kFirms, &kEffect}) reader.require(row->path, allowed_text(*row));
  const auto firms = static_cast<std::size_t>(reader.number("firms", kFirms));
  return std::make_unique<NetworkCompetition>(Question{spec.id, firms, reader.number("network_effect", kEffect),
                                                       reader.number("demand_less_cost", kDemand),
                                                       read_structures(reader, firms)});
}

}  // namespace splinternet
