#include "sim/model/payoffs/gallery/tariff_club.hpp"

#include "sim/model/pairs.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

constexpr Parameter kTariff =
    real("framework.*.club_tariff", "1", 0, {0, 10}, {0, 0.1},
         "ad valorem tariff of members on imports from those outside the framework", "[S] Nordhaus 2015: 1-10 %");
constexpr Parameter kCost =
    real("countries.club_cost", "pp", 0, {-1e12, 1e12}, {0, 1},
         "what each membership costs a member, less what it gains itself, unless actors have an attribute club_cost",
         "[S] Nordhaus 2015: abatement");
constexpr const Parameter* kRows[] = {&kTariff, &kCost};

/// What a tariff t does to an actor: linear·t + quadratic·t², by pair.
struct Effect {
  const std::vector<double>* linear;
  const std::vector<double>* quadratic;
  [[nodiscard]] double of(double tariff, std::size_t pair) const {
    const double a = linear == nullptr ? 0.0 : (*linear)[pair];
    const double b = quadratic == nullptr ? 0.0 : (*quadratic)[pair];
    return (a + b * tariff) * tariff;
  }
};

class ClubLevels final : public LevelTerm::Levels {
 public:
  explicit ClubLevels(const World& world)
      : pairs_(world.setting().actors->pairs),
        imports_{pairs_.find("import_linear"), pairs_.find("import_quadratic")},
        exports_{pairs_.find("export_linear"), pairs_.find("export_quadratic")},
        cost_(world.setting(), "club_cost", world.derived.parameters(kCost)) {
    for (std::size_t k = 0; k < world.frameworks(); ++k) tariff_.push_back(world.derived.parameters(kTariff, k));
  }

  [[nodiscard]] double of(const Situation& situation) const override {
    const std::size_t i = situation.actor();
    double sum = 0.0;
    for (std::size_t pair = pairs_.first[i]; pair < pairs_.first[i + 1]; ++pair) {
      const FrameworkSet partner = situation.of(pairs_.partner[pair]);
      sum += imports_.of(tariff(situation.own(), partner), pair) + exports_.of(tariff(partner, situation.own()), pair);
    }
    for (std::size_t k = 0; k < tariff_.size(); ++k) sum -= contains(situation.own(), k) ? cost_[i] : 0.0;
    return sum;
  }

 private:
  /// Of an importer on what comes from an exporter, by their memberships; the tariffs of several frameworks add up.
  [[nodiscard]] double tariff(FrameworkSet importer, FrameworkSet exporter) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < tariff_.size(); ++k) sum += contains(importer & ~exporter, k) ? tariff_[k] : 0.0;
    return sum;
  }

  const PairSetting& pairs_;
  Effect imports_;
  Effect exports_;
  ActorValue cost_;
  std::vector<double> tariff_;
};

class TariffClub final : public LevelTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "tariff_club"; }
  [[nodiscard]] std::string_view symbol() const override { return "K"; }
  [[nodiscard]] std::string_view meaning() const override { return "tariffs of clubs on those outside, and dues"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }

  void check(const Setting& setting) const override {
    for (const std::string_view name : {"import_linear", "import_quadratic", "export_linear", "export_quadratic"}) {
      if (setting.actors && setting.actors->pairs.find(name) != nullptr) return;
    }
    const std::string path = "countries.terms";
    refuse({place_of(setting.scenario, path), path, "tariff_club needs a table of pairs that tells what tariffs do",
            "pairs (from, to, and at least one of import_linear, import_quadratic, export_linear, export_quadratic)",
            "add pairs.csv to the tables and tables.toml, or correct its columns"});
  }
  [[nodiscard]] std::unique_ptr<const Levels> levels(const World& world) const override {
    return std::make_unique<ClubLevels>(world);
  }
};

}  // namespace

const LevelTerm& tariff_club_term() {
  static const TariffClub term;
  return term;
}

}  // namespace splinternet
