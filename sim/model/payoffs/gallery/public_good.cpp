#include "sim/model/payoffs/gallery/public_good.hpp"

#include <cmath>

#include "sim/coalition/public_good.hpp"
#include "sim/core/check.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

constexpr Parameter kForm = option(
    "countries.good_form", "emissions|abatement|linear|binary",
    "payoff of contributing q where all contribute Q: alpha·q − beta·q²/2 − phi·Q²/2; (b/n)(a·Q − Q²/2) − c·q²/2; "
    "b·Q − c·q²/2; or b·Q − c·q with q 0 or 1. Attributes of these names, else good_alpha, …",
    "[S] Li & Rus 2019; Barrett 1994; Barrett 1999");
constexpr Parameter kStage = option("countries.good_stage", "nash|stackelberg|target",
                                    "members choose with the others; before them, knowing how they will answer; or "
                                    "keep to a target",
                                    "[S] Barrett 1994: stackelberg; Li & Rus 2019: nash");
constexpr Range kAny{-1e15, 1e15};
constexpr Parameter kAlpha = real("countries.good_alpha", "1", 0, kAny, {0, 1e9}, "alpha of all actors", "[D]");
constexpr Parameter kBeta = real("countries.good_beta", "1", 0, kAny, {0, 1e9}, "beta of all actors, above 0", "[D]");
constexpr Parameter kPhi = real("countries.good_phi", "1", 0, kAny, {0, 1}, "phi of all actors", "[D]");
constexpr Parameter kA = real("countries.good_a", "1", 0, kAny, {0, 1000}, "a of all actors", "[D]");
constexpr Parameter kB = real("countries.good_b", "1", 0, kAny, {0, 1000}, "b of all actors", "[D]");
constexpr Parameter kC = real("countries.good_c", "1", 0, kAny, {0, 1000}, "c of all actors, above 0", "[D]");
constexpr Parameter kTarget = real("framework.*.good_target", "1", 0, kAny, {0, 100},
                                   "what each member contributes under stage target, unless actors have an attribute "
                                   "target",
                                   "[D]");
constexpr Parameter kWorth =
    real("framework.*.good_worth", "1", 1, {-1e12, 1e12}, {0, 1},
         "factor on the payoffs of the good that the framework's members provide; 0: it provides none", "[D]");
constexpr const Parameter* kRows[] = {&kForm, &kStage, &kAlpha, &kBeta, &kPhi, &kA, &kB, &kC, &kTarget, &kWorth};

enum class Form { kEmissions, kAbatement, kLinear, kBinary };

/// One number of the payoff: its attribute, and the parameter in its place.
struct Coefficient {
  std::string_view attribute;
  const Parameter* parameter;
};
constexpr Coefficient kCoefficients[] = {{"alpha", &kAlpha}, {"beta", &kBeta}, {"phi", &kPhi},
                                         {"a", &kA},         {"b", &kB},       {"c", &kC}};
/// Those that a form reads: places in kCoefficients.
std::vector<std::size_t> coefficients_of(Form form) {
  if (form == Form::kEmissions) return {0, 1, 2};
  if (form == Form::kAbatement) return {3, 4, 5};
  return {4, 5};
}

/// The numbers of all actors by attribute or parameter.
struct Numbers {
  Numbers(const Setting& setting, const ParameterValues& parameters)
      : alpha(setting, "alpha", parameters(kAlpha)),
        beta(setting, "beta", parameters(kBeta)),
        phi(setting, "phi", parameters(kPhi)),
        a(setting, "a", parameters(kA)),
        b(setting, "b", parameters(kB)),
        c(setting, "c", parameters(kC)) {}
  ActorValue alpha, beta, phi, a, b, c;

  [[nodiscard]] coalition::PublicGoodTaste taste(Form form, std::size_t actor, double actors) const {
    if (form == Form::kEmissions) return {alpha[actor], beta[actor], 0.0, phi[actor]};
    if (form == Form::kAbatement) return {0.0, c[actor], b[actor] * a[actor] / actors, b[actor] / actors};
    return {0.0, c[actor], b[actor], 0.0};
  }
};

/// Tastes of the actors in order of their codes, so that sums over them do not hang on the order of rows. Throws
/// DataError, naming the actor, where an equilibrium does not exist.
std::vector<coalition::PublicGoodTaste> tastes(const Setting& setting, const ParameterValues& parameters) {
  const auto form = static_cast<Form>(parameters.choice(kForm));
  const Numbers numbers(setting, parameters);
  const auto actors = static_cast<double>(setting.countries.count);
  std::vector<coalition::PublicGoodTaste> tastes(setting.countries.count);
  for (std::size_t i = 0; i < tastes.size(); ++i) {
    const coalition::PublicGoodTaste taste = numbers.taste(form, i, actors);
    tastes[setting.countries.rank[i]] = taste;
    if (taste.own_quadratic > 0.0 && taste.good_quadratic >= 0.0) continue;
    const bool own = !(taste.own_quadratic > 0.0);
    const std::string_view name = form == Form::kEmissions ? (own ? "beta" : "phi") : (own ? "c" : "b");
    throw DataError(
        message_of({place_of(setting.scenario, "countries.good_form"), "countries.good_form",
                    "public_good: " + std::string(name) + " of actor " + setting.countries.code[i] + " is " +
                        (own ? "not above 0" : "below 0") + ", so that no contribution would be best",
                    own ? "a number above 0" : "a number of at least 0",
                    "correct the attribute " + std::string(name) + " or countries.good_" + std::string(name)}));
  }
  return tastes;
}

/// Members of each framework by the order of codes.
std::vector<std::uint8_t> members_by_rank(const World& world, std::size_t framework) {
  std::vector<std::uint8_t> is_member(world.countries());
  for (std::size_t i = 0; i < is_member.size(); ++i) {
    is_member[world.setting().countries.rank[i]] = contains(world.membership(i), framework) ? 1 : 0;
  }
  return is_member;
}

/// The good of each framework with quadratic payoffs.
class QuadraticLevels final : public LevelTerm::Levels {
 public:
  explicit QuadraticLevels(const World& world) : world_(world) {
    const ParameterValues& value = world.derived.parameters;
    const auto stage = static_cast<coalition::Stage>(value.choice(kStage));
    const std::vector<coalition::PublicGoodTaste> tastes_of_all = tastes(world.setting(), value);
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      std::vector<double> target;
      if (stage == coalition::Stage::kTarget) target = targets(k);
      Good good{value(kWorth, k), coalition::PublicGood(tastes_of_all, stage, std::move(target)), {}, {}};
      good.now = good.game.totals(members_by_rank(world, k));
      good.nobody = good.game.totals(std::vector<std::uint8_t>(world.countries(), 0));
      goods_.push_back(std::move(good));
    }
  }

  [[nodiscard]] double of(const Situation& situation) const override {
    const std::size_t actor = world_.setting().countries.rank[situation.actor()];
    double sum = 0.0;
    for (std::size_t k = 0; k < goods_.size(); ++k) {
      const Good& good = goods_[k];
      if (good.worth == 0.0) continue;
      const bool is_in = contains(situation.own(), k);
      sum += good.worth * good.game.payoff_in(actor, is_in, totals(situation, k));
    }
    return sum;
  }

 private:
  struct Good {
    double worth;
    coalition::PublicGood game;
    coalition::PublicGood::Totals now;
    coalition::PublicGood::Totals nobody;
  };

  [[nodiscard]] std::vector<double> targets(std::size_t framework) const {
    const ActorValue target(world_.setting(), "target", world_.derived.parameters(kTarget, framework));
    std::vector<double> by_rank(world_.countries());
    for (std::size_t i = 0; i < by_rank.size(); ++i) by_rank[world_.setting().countries.rank[i]] = target[i];
    return by_rank;
  }

  [[nodiscard]] coalition::PublicGood::Totals totals(const Situation& situation, std::size_t framework) const {
    const Good& good = goods_[framework];
    if (!contains(situation.counted(), framework)) return good.nobody;
    const bool was_in = contains(world_.membership(situation.actor()), framework);
    const bool is_in = contains(situation.own(), framework);
    const std::size_t actor = world_.setting().countries.rank[situation.actor()];
    if (was_in == is_in) return good.now;
    return is_in ? good.game.joined(good.now, actor) : good.game.left(good.now, actor);
  }

  const World& world_;
  std::vector<Good> goods_;
};

/// Abate or not.
class BinaryLevels final : public LevelTerm::Levels {
 public:
  explicit BinaryLevels(const World& world) : world_(world), game_(game_of(world)) {
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      worth_.push_back(world.derived.parameters(kWorth, k));
      members_.push_back(members_by_rank(world, k));
    }
  }

  [[nodiscard]] double of(const Situation& situation) const override {
    const std::size_t actor = world_.setting().countries.rank[situation.actor()];
    double sum = 0.0;
    for (std::size_t k = 0; k < worth_.size(); ++k) {
      if (worth_[k] == 0.0) continue;
      std::vector<std::uint8_t> members = members_[k];
      if (!contains(situation.counted(), k)) members.assign(members.size(), 0);
      members[actor] = contains(situation.own(), k) ? 1 : 0;
      sum += worth_[k] * game_.payoff_of(actor, members);
    }
    return sum;
  }

 private:
  static coalition::BinaryPublicGood game_of(const World& world) {
    const Numbers numbers(world.setting(), world.derived.parameters);
    std::vector<double> benefit(world.countries());
    std::vector<double> cost(world.countries());
    for (std::size_t i = 0; i < benefit.size(); ++i) {
      benefit[world.setting().countries.rank[i]] = numbers.b[i];
      cost[world.setting().countries.rank[i]] = numbers.c[i];
    }
    return {std::move(benefit), std::move(cost)};
  }

  const World& world_;
  coalition::BinaryPublicGood game_;
  std::vector<double> worth_;
  std::vector<std::vector<std::uint8_t>> members_;
};

class PublicGoodTerm final : public LevelTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "public_good"; }
  [[nodiscard]] std::string_view symbol() const override { return "G"; }
  [[nodiscard]] std::string_view meaning() const override { return "the good that members provide, and its cost"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }

  void check(const Setting& setting) const override {
    const ParameterValues& value = setting.scenario.parameters;
    const auto form = static_cast<Form>(value.choice(kForm));
    const std::string path = "countries.good_form";
    for (const std::size_t n : coefficients_of(form)) {
      const Coefficient& wanted = kCoefficients[n];
      if (ActorValue(setting, wanted.attribute, 0.0).is_attribute() || value(*wanted.parameter) != 0.0) continue;
      refuse({place_of(setting.scenario, path), path,
              "public_good with good_form = \"" + to_text(kForm, value(kForm)) + "\" needs " +
                  std::string(wanted.attribute) + " of every actor, but they have no such attribute",
              "an attribute " + std::string(wanted.attribute) +
                  ", or the same for all: " + std::string(wanted.parameter->path),
              "add a column " + std::string(wanted.attribute) + " to the table of actors, a section [attribute." +
                  std::string(wanted.attribute) + "], or the parameter"});
    }
    if (form != Form::kBinary) {
      tastes(setting, value);
    } else if (value.choice(kStage) != 0) {
      refuse({place_of(setting.scenario, "countries.good_stage"), "countries.good_stage",
              "to contribute or not (good_form = \"binary\") is known for the stage \"nash\" only", "\"nash\"",
              "remove good_stage, or take another good_form"});
    }
  }
  [[nodiscard]] std::unique_ptr<const Levels> levels(const World& world) const override {
    if (static_cast<Form>(world.derived.parameters.choice(kForm)) == Form::kBinary) {
      return std::make_unique<BinaryLevels>(world);
    }
    return std::make_unique<QuadraticLevels>(world);
  }
};

}  // namespace

const LevelTerm& public_good_term() {
  static const PublicGoodTerm term;
  return term;
}

}  // namespace splinternet
