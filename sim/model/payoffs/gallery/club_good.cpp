#include "sim/model/payoffs/gallery/club_good.hpp"

namespace splinternet {
namespace {

constexpr Parameter kFixedCost = real("framework.*.fixed_cost", "pp", 1, {0, 1e12}, {0, 10},
                                      "cost of the club that its members share equally: F", "[S] Buchanan 1965");
constexpr Parameter kCrowding = real("framework.*.crowding", "pp", 0.1, {0, 1e12}, {0, 1},
                                     "what each other member costs a member: c", "[S] Buchanan 1965");
constexpr const Parameter* kRows[] = {&kFixedCost, &kCrowding};

class ClubLevels final : public LevelTerm::Levels {
 public:
  explicit ClubLevels(const World& world) : world_(world) {}

  [[nodiscard]] double of(const Situation& situation) const override {
    const ParameterValues& value = world_.derived.parameters;
    double cost = 0.0;
    for (std::size_t k = 0; k < world_.frameworks(); ++k) {
      if (!contains(situation.own(), k)) continue;
      const auto others = static_cast<double>(situation.others(k));
      cost += value(kFixedCost, k) / (others + 1.0) + value(kCrowding, k) * others;
    }
    return -cost;
  }

 private:
  const World& world_;
};

class ClubGood final : public LevelTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "club_good"; }
  [[nodiscard]] std::string_view symbol() const override { return "B"; }
  [[nodiscard]] std::string_view meaning() const override { return "share of the club's cost, and crowding"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }
  [[nodiscard]] std::unique_ptr<const Levels> levels(const World& world) const override {
    return std::make_unique<ClubLevels>(world);
  }
};

}  // namespace

const LevelTerm& club_good_term() {
  static const ClubGood term;
  return term;
}

}  // namespace splinternet
