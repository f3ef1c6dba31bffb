#include "sim/model/payoffs/gallery/network_effect.hpp"

#include "sim/core/math.hpp"
#include "sim/model/influence.hpp"

namespace splinternet {
namespace {

constexpr Parameter kWorth =
    real("countries.network_worth", "pp", 1, {-1e12, 1e12}, {0, 1},
         "ν: worth of a membership at a response of 1, times the attribute network_worth if actors have it",
         "[S] Arthur 1989: r and s");
constexpr Parameter kFrameworkWorth = real("framework.*.network_worth", "1", 1, {-1e12, 1e12}, {0, 2},
                                           "factor on the network effect of the framework", "[D]");
constexpr Parameter kMeasure = option("countries.network_measure", "share|number",
                                      "what counts of those it looks at: the share of members, or how many they are",
                                      "[S] Granovetter 1978, Watts 2002: shares; Arthur 1989: numbers");
constexpr Parameter kForm = option("countries.network_response", "linear|power|step", "form of the response f", "[D]");
constexpr Parameter kExponent =
    real("countries.network_exponent", "1", 2, {0, 10}, {0.5, 3}, "exponent of f if it is a power", "[J]");
constexpr Parameter kThreshold =
    real("countries.network_threshold", "1", 0.5, {0, 1e9}, {0, 1},
         "θ: share or number at which f steps from 0 to 1, unless actors have an attribute threshold", "[J]");
constexpr Parameter kAtThreshold = option("countries.network_step", "at_least|above",
                                          "f steps at x ≥ θ or only at x > θ", "[S] Watts 2002: a share of at least φ");
constexpr const Parameter* kRows[] = {&kWorth,    &kFrameworkWorth, &kMeasure,    &kForm,
                                      &kExponent, &kThreshold,      &kAtThreshold};

enum class Form { kLinear, kPower, kStep };

/// How many of those an actor looks at are in; whom it looks at with weight 0 does not count.
double member_number(const Situation& situation, const World& world, std::size_t framework) {
  if (!world.setting().influence) return 0.0;
  const InfluenceSetting& influence = *world.setting().influence;
  if (influence.form == InfluenceForm::kComplete) return static_cast<double>(situation.others(framework));
  const auto is_in = [&](std::size_t j) { return world.members.level[world.at(j, framework)] != 0; };
  std::size_t number = 0;
  if (influence.form == InfluenceForm::kDense) {
    const double* weight = &influence.weight[situation.actor() * world.countries()];
    for (std::size_t j = 0; j < world.countries(); ++j) number += weight[j] > 0.0 && is_in(j) ? 1 : 0;
  } else {
    for (const std::uint32_t peer : influence.graph.peers(situation.actor())) number += is_in(peer) ? 1 : 0;
  }
  return static_cast<double>(number);
}

class NetworkLevels final : public LevelTerm::Levels {
 public:
  explicit NetworkLevels(const World& world)
      : world_(world),
        common_(world.derived.parameters(kWorth)),
        own_(world.setting(), "network_worth", 1.0),
        threshold_(world.setting(), "threshold", world.derived.parameters(kThreshold)),
        form_(static_cast<Form>(world.derived.parameters.choice(kForm))),
        exponent_(world.derived.parameters(kExponent)),
        counts_(world.derived.parameters.choice(kMeasure) == 1),
        above_(world.derived.parameters.choice(kAtThreshold) == 1) {
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      of_framework_.push_back(world.derived.parameters(kFrameworkWorth, k));
    }
  }

  [[nodiscard]] double of(const Situation& situation) const override {
    const std::size_t i = situation.actor();
    double sum = 0.0;
    for (std::size_t k = 0; k < of_framework_.size(); ++k) {
      if (!contains(situation.own(), k)) continue;
      const double x = counts_ ? member_number(situation, world_, k) : peer_share(world_, i, k);
      sum += of_framework_[k] * response(x, threshold_[i]);
    }
    return common_ * own_[i] * sum;
  }

 private:
  [[nodiscard]] double response(double x, double threshold) const {
    if (form_ == Form::kPower) return math::pow(x, exponent_);
    if (form_ == Form::kStep) return (above_ ? x > threshold : x >= threshold) ? 1.0 : 0.0;
    return x;
  }

  const World& world_;
  double common_;
  std::vector<double> of_framework_;
  ActorValue own_;
  ActorValue threshold_;
  Form form_;
  double exponent_;
  bool counts_;
  bool above_;
};

class NetworkEffect final : public LevelTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "network_effect"; }
  [[nodiscard]] std::string_view symbol() const override { return "F"; }
  [[nodiscard]] std::string_view meaning() const override { return "members among those it looks at"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }
  [[nodiscard]] TermWorlds worlds() const override { return TermWorlds::kAll; }
  [[nodiscard]] std::unique_ptr<const Levels> levels(const World& world) const override {
    return std::make_unique<NetworkLevels>(world);
  }
};

}  // namespace

const LevelTerm& network_effect_term() {
  static const NetworkEffect term;
  return term;
}

}  // namespace splinternet
