#pragma once

#include <memory>

#include "sim/model/payoffs/gallery/situation.hpp"
#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// A term of a game in which each state of the world has its payoff: an option is worth the payoff after it less the
/// payoff now. A new one says what an actor's payoff is in a Situation; the gate of entry into force
/// (framework.*.gated) and staying, which is worth 0, are taken care of here.
class LevelTerm : public PayoffTerm {
 public:
  /// Payoffs in the World of the moment. What all actors have in common is worked out once, when it is made; it may
  /// keep references to the World.
  class Levels {
   public:
    virtual ~Levels() = default;
    /// Payoff of the actor in the situation.
    [[nodiscard]] virtual double of(const Situation& situation) const = 0;
  };

  [[nodiscard]] virtual std::unique_ptr<const Levels> levels(const World& world) const = 0;

  [[nodiscard]] TermWorlds worlds() const override { return TermWorlds::kOfActors; }
  [[nodiscard]] std::optional<double> level(const World& world, std::size_t actor, FrameworkSet set) const final;
  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const final;
};

/// A number of an actor: its attribute of that name if the actors have it, else the same parameter for all.
class ActorValue {
 public:
  ActorValue(const Setting& setting, std::string_view attribute, double parameter)
      : column_(setting.actors ? setting.actors->find(attribute) : nullptr), parameter_(parameter) {}
  double operator[](std::size_t actor) const { return column_ != nullptr ? (*column_)[actor] : parameter_; }
  /// Whether actors have the attribute.
  [[nodiscard]] bool is_attribute() const { return column_ != nullptr; }

 private:
  const std::vector<double>* column_;
  double parameter_;
};

}  // namespace splinternet
