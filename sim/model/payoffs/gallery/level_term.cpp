#include "sim/model/payoffs/gallery/level_term.hpp"

namespace splinternet {

std::optional<double> LevelTerm::level(const World& world, std::size_t actor, FrameworkSet set) const {
  const Gate gate(world);
  return levels(world)->of(Situation(world, gate, actor, set));
}

void LevelTerm::evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                         std::span<double> out) const {
  const Gate gate(world);
  const std::unique_ptr<const Levels> levels_now = levels(world);
  const auto level_of = [&](std::size_t actor, FrameworkSet set) {
    return levels_now->of(Situation(world, gate, actor, set));
  };
  std::size_t last = world.countries();
  double now = 0.0;
  for (std::size_t n = begin; n < end; ++n) {
    const std::size_t actor = options.country[n];
    const FrameworkSet set = world.membership(actor);
    if (options.target[n] == set) {
      out[n] = 0.0;
      continue;
    }
    if (actor != last) now = level_of(actor, set);  // the options of an actor stand together
    last = actor;
    out[n] = level_of(actor, options.target[n]) - now;
  }
}

}  // namespace splinternet
