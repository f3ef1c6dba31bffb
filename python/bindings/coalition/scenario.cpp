#include <pybind11/stl.h>

#include <memory>

#include "python/bindings/simulation/scenario.hpp"
#include "python/bindings/topics.hpp"
#include "sim/coalition/finite_game.hpp"
#include "sim/core/check.hpp"
#include "sim/study/state_game.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;
namespace kernels = splinternet::coalition;

/// Payoffs differ as gains do; each actor's last set of memberships, the smallest, is worth 0 against each choice of
/// the others. Options in the opposite order, so that the smallest set comes first: the states are numbered backwards.
std::unique_ptr<kernels::FiniteGame> smallest_first(const kernels::FiniteGame& game) {
  const std::size_t n = game.actors();
  std::vector<std::size_t> options;
  for (std::size_t actor = 0; actor < n; ++actor) options.push_back(game.options(actor));
  std::vector<double> payoff(game.profiles() * n);
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    for (std::size_t actor = 0; actor < n; ++actor) {
      const std::size_t outside = game.deviation(profile, actor, options[actor] - 1);
      payoff[(game.profiles() - 1 - profile) * n + actor] = game.payoff(actor, profile) - game.payoff(actor, outside);
    }
  }
  return std::make_unique<kernels::FiniteGame>(std::move(options), std::move(payoff));
}

std::vector<std::string> names_of(const World& world, FrameworkSet set) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (contains(set, k)) names.push_back(world.setting().frameworks.id[k]);
  }
  return names;
}

/// What is worked out without the GIL.
struct PosedGame {
  std::vector<std::string> actors;
  std::vector<std::vector<std::vector<std::string>>> memberships;  ///< [actor][option] ids of frameworks
  std::size_t start = 0;
  double scale = 0.0;
  std::unique_ptr<kernels::FiniteGame> game;
};

PosedGame pose(const LoadedScenario& loaded) {
  const World world(loaded.make_setting());
  const StateGame states = state_game(world);
  constexpr double kRounding = 1e-9;
  const double scale = states.moves.scale();
  const auto payoffs = kernels::payoffs_behind(states.moves, kRounding * scale);
  if (!payoffs) {
    throw ScenarioError(loaded.document().name +
                        ": what moves gain there and back differs, or some are barred, so that no payoffs stand behind "
                        "them; splinternet.analyse tells of its states");
  }
  PosedGame posed;
  for (std::size_t actor = 0; actor < states.actors.size(); ++actor) {
    posed.actors.push_back(world.setting().countries.code[states.actors[actor]]);
    auto& options = posed.memberships.emplace_back();
    for (auto set = states.sets[actor].rbegin(); set != states.sets[actor].rend(); ++set) {
      options.push_back(names_of(world, *set));
    }
  }
  posed.start = payoffs->profiles() - 1 - states.start;
  posed.scale = scale;
  posed.game = smallest_first(*payoffs);
  return posed;
}

py::tuple scenario_game(const LoadedScenario& loaded) {
  PosedGame posed;
  {
    const py::gil_scoped_release released;
    posed = pose(loaded);
  }
  return py::make_tuple(posed.actors, posed.memberships, posed.start, posed.scale, std::move(posed.game));
}

}  // namespace

void bind_coalition_scenario(py::module_& module) {
  py::module_ topic = module.def_submodule("coalition");
  topic.def("scenario_game", &scenario_game, py::arg("scenario"));
}

}  // namespace splinternet::python
