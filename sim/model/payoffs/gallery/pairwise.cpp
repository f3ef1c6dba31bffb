#include "sim/model/payoffs/gallery/pairwise.hpp"

#include "sim/model/pairs.hpp"

namespace splinternet {
namespace {

constexpr Parameter kOwnSize =
    flag("countries.pairwise_own_size", false,
         "frustration counts times one's own size, so that the game has the energy of the landscape as its potential",
         "[S] Axelrod & Bennett 1993, footnote 2");
constexpr Parameter kSymmetric =
    at_set_up(flag("countries.pairwise_symmetric", true, "refuse propensities that differ by direction",
                   "[S] Axelrod & Bennett 1993: symmetry is what rules cycles out"));
constexpr const Parameter* kRows[] = {&kOwnSize, &kSymmetric};

constexpr std::string_view kPropensity = "propensity";

class PairwiseLevels final : public LevelTerm::Levels {
 public:
  explicit PairwiseLevels(const World& world)
      : pairs_(world.setting().actors->pairs),
        propensity_(pair_column(world.setting(), kPropensity, "countries.terms")),
        size_(world.setting().countries.gdp_busd),
        own_size_(world.derived.parameters(kOwnSize) != 0.0) {}

  [[nodiscard]] double of(const Situation& situation) const override {
    const std::size_t i = situation.actor();
    double frustration = 0.0;
    for (std::size_t pair = pairs_.first[i]; pair < pairs_.first[i + 1]; ++pair) {
      const std::size_t j = pairs_.partner[pair];
      if ((situation.own() & situation.of(j)) == 0) frustration += size_[j] * propensity_[pair];
    }
    return -(own_size_ ? size_[i] : 1.0) * frustration;
  }

 private:
  const PairSetting& pairs_;
  const std::vector<double>& propensity_;
  const std::vector<double>& size_;
  bool own_size_;
};

class Pairwise final : public LevelTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "pairwise"; }
  [[nodiscard]] std::string_view symbol() const override { return "P"; }
  [[nodiscard]] std::string_view meaning() const override { return "standing together or apart, pair by pair"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }

  void check(const Setting& setting) const override {
    pair_column(setting, kPropensity, "countries.terms");
    if (setting.scenario.parameters(kSymmetric) == 0.0) return;
    check_symmetric(setting, kPropensity,
                    "correct one of the two rows, or write pairwise_symmetric = false below [countries]");
  }
  [[nodiscard]] std::unique_ptr<const Levels> levels(const World& world) const override {
    return std::make_unique<PairwiseLevels>(world);
  }
};

}  // namespace

const LevelTerm& pairwise_term() {
  static const Pairwise term;
  return term;
}

}  // namespace splinternet
