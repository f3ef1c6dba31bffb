#include "sim/model/payoffs/gallery/intrinsic.hpp"

namespace splinternet {
namespace {

constexpr Parameter kIntrinsic =
    real("framework.*.intrinsic", "pp", 0, {-1e12, 1e12}, {-1, 1},
         "worth of a membership in itself, to all; an actor's attribute intrinsic_<id> is added", "[D] Arthur 1989");
constexpr const Parameter* kRows[] = {&kIntrinsic};

class IntrinsicLevels final : public LevelTerm::Levels {
 public:
  explicit IntrinsicLevels(const World& world) {
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      common_.push_back(world.derived.parameters(kIntrinsic, k));
      own_.emplace_back(world.setting(), "intrinsic_" + world.setting().frameworks.id[k], 0.0);
    }
  }

  [[nodiscard]] double of(const Situation& situation) const override {
    double sum = 0.0;
    for (std::size_t k = 0; k < common_.size(); ++k) {
      if (contains(situation.own(), k)) sum += common_[k] + own_[k][situation.actor()];
    }
    return sum;
  }

 private:
  std::vector<double> common_;
  std::vector<ActorValue> own_;
};

class Intrinsic final : public LevelTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "intrinsic"; }
  [[nodiscard]] std::string_view symbol() const override { return "I"; }
  [[nodiscard]] std::string_view meaning() const override { return "worth of the membership in itself"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }
  [[nodiscard]] TermWorlds worlds() const override { return TermWorlds::kAll; }
  [[nodiscard]] std::unique_ptr<const Levels> levels(const World& world) const override {
    return std::make_unique<IntrinsicLevels>(world);
  }
};

}  // namespace

const LevelTerm& intrinsic_term() {
  static const Intrinsic term;
  return term;
}

}  // namespace splinternet
