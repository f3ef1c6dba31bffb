#include "sim/model/payoffs/gallery/table.hpp"

#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

class TableLevels final : public LevelTerm::Levels {
 public:
  explicit TableLevels(const World& world) : payoffs_(world.setting().actors->payoffs), actors_(world.countries()) {}

  [[nodiscard]] double of(const Situation& situation) const override {
    std::size_t state = 0;
    for (std::size_t j = 0; j < actors_; ++j) {
      const FrameworkSet set = j == situation.actor() ? situation.own() : situation.of(j);
      if (contains(set, 0)) state |= std::size_t{1} << j;
    }
    return payoffs_[state * actors_ + situation.actor()];
  }

 private:
  const std::vector<double>& payoffs_;
  std::size_t actors_;
};

class Table final : public LevelTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "table"; }
  [[nodiscard]] std::string_view symbol() const override { return "S"; }
  [[nodiscard]] std::string_view meaning() const override { return "payoff of the state, from the table"; }
  [[nodiscard]] ParameterRows parameters() const override { return {}; }

  void check(const Setting& setting) const override {
    const std::string path = "countries.terms";
    if (!setting.actors || setting.actors->payoffs.empty()) {
      refuse({place_of(setting.scenario, path), path, "the tables have no payoffs, but the term table reads them",
              "a table payoffs (state, actor, payoff) of a world of at most " + std::to_string(kMaxActorsOfPayoffs) +
                  " actors",
              "add payoffs.csv to the tables and tables.toml"});
    }
    if (setting.frameworks.count == 1) return;
    refuse({place_of(setting.scenario, path), path,
            "there are " + std::to_string(setting.frameworks.count) +
                " frameworks, but the table has a payoff for each set of members of one",
            "exactly one framework with the term table", "leave one framework, or take another term"});
  }
  [[nodiscard]] std::unique_ptr<const Levels> levels(const World& world) const override {
    return std::make_unique<TableLevels>(world);
  }
};

}  // namespace

const LevelTerm& table_term() {
  static const Table term;
  return term;
}

}  // namespace splinternet
