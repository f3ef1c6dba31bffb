#include <pybind11/functional.h>
#include <pybind11/stl.h>

#include <functional>
#include <memory>
#include <optional>

#include "python/bindings/arrays.hpp"
#include "python/bindings/checks.hpp"
#include "python/bindings/progress.hpp"
#include "python/bindings/topics.hpp"
#include "sim/coalition/better_replies.hpp"
#include "sim/coalition/finite_game.hpp"
#include "sim/coalition/gibbs_law.hpp"
#include "sim/coalition/own_moves.hpp"
#include "sim/coalition/quantal_response.hpp"
#include "sim/coalition/shapley.hpp"
#include "sim/coalition/simultaneous_response.hpp"
#include "sim/coalition/stability.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;
namespace kernels = splinternet::coalition;

using Game = kernels::FiniteGame;
using Numbers = Array<double>;
using Bytes = Array<std::uint8_t>;

std::unique_ptr<Game> make_game(std::vector<std::size_t> options, const Numbers& payoff) {
  std::size_t profiles = 1;
  for (const std::size_t count : options) {
    if (count == 0 || count > 255 || profiles > kernels::kMostStates) break;  // refused below, with a message
    profiles *= count;
  }
  if (profiles <= kernels::kMostStates) require_shape(payoff, "payoff", {profiles, options.size()});
  const py::gil_scoped_release released;
  const auto table = elements(payoff);
  return std::make_unique<Game>(std::move(options), std::vector<double>(table.begin(), table.end()));
}

std::span<const double> weights_of(const Game& game, const Numbers& weight) {
  if (weight.size() == 0) return {};
  require_shape(weight, "weights", {game.actors()});
  require_finite(weight, "weights");
  return elements(weight);
}

std::size_t checked_profile(const Game& game, std::size_t profile) {
  if (profile >= game.profiles()) throw ScenarioError("profile: there are only " + std::to_string(game.profiles()));
  return profile;
}

py::array_t<double> payoffs(const Game& game, std::size_t profile) {
  checked_profile(game, profile);
  std::vector<double> row;
  for (std::size_t actor = 0; actor < game.actors(); ++actor) row.push_back(game.payoff(actor, profile));
  return to_array(std::move(row));
}

py::array_t<std::uint64_t> as_numbers(const std::vector<std::size_t>& found) {
  return to_array(std::vector<std::uint64_t>(found.begin(), found.end()));
}

py::tuple nash(const Game& game, double tie_eps) {
  kernels::NashProfiles found;
  {
    const py::gil_scoped_release released;
    found = kernels::nash_profiles(game, tie_eps);
  }
  return py::make_tuple(as_numbers(found.weak), as_numbers(found.strict));
}

py::tuple basins(const Game& game, double tie_eps, const Numbers& weight) {
  const auto weights = weights_of(game, weight);
  kernels::RestBasins found;
  {
    const py::gil_scoped_release released;
    found = kernels::rest_basins(kernels::OwnMoves(game), tie_eps, weights);
  }
  py::list each;
  for (kernels::RestBasin& basin : found.basins) {
    each.append(py::make_tuple(basin.profile, to_array(std::move(basin.starts)), basin.probability));
  }
  return py::make_tuple(each, found.never_rest, found.has_probabilities);
}

py::tuple replies(const Game& game, bool best_only, double tie_eps) {
  kernels::ReplyComponents found;
  {
    const py::gil_scoped_release released;
    found = kernels::reply_components(game, best_only ? kernels::Reply::kBest : kernels::Reply::kBetter, tie_eps);
  }
  return py::make_tuple(to_array(std::move(found.component)), as_numbers(found.size),
                        to_array(std::move(found.is_sink)));
}

std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> simultaneous(const Game& game, double tie_eps) {
  const py::gil_scoped_release released;
  std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> found;
  for (const auto& cycle : kernels::simultaneous_response(kernels::OwnMoves(game), tie_eps)) {
    found.emplace_back(cycle.period, cycle.cycles, cycle.starts);
  }
  return found;
}

/// The potential; without one, None.
std::optional<py::array_t<double>> potential(const Game& game, double tolerance, const Numbers& weight) {
  const auto weights = weights_of(game, weight);
  std::vector<double> found;
  {
    const py::gil_scoped_release released;
    found = kernels::potential(game, tolerance, weights);
  }
  if (found.empty()) return std::nullopt;
  return to_array(std::move(found));
}

std::optional<std::array<double, 6>> open_square(const Game& game, double tolerance, const Numbers& weight) {
  const auto weights = weights_of(game, weight);
  const py::gil_scoped_release released;
  const auto square = kernels::open_square(game, tolerance, weights);
  if (!square) return std::nullopt;
  const auto number = [](std::size_t value) { return static_cast<double>(value); };
  return std::array{number(square->profile),      number(square->first_actor),   number(square->first_option),
                    number(square->second_actor), number(square->second_option), square->sum};
}

py::array_t<double> gibbs(const Numbers& potential, double beta) {
  length_of(potential, "potential");
  require_finite(potential, "potential");
  return to_array(kernels::gibbs_probabilities(elements(potential), beta));
}

py::tuple quantal_response(const Game& game, double precision, std::size_t steps, double tolerance,
                           std::size_t most_iterations, const Numbers& start) {
  constexpr std::size_t kMostOptions = 4096;
  std::size_t options = 0;
  for (std::size_t actor = 0; actor < game.actors(); ++actor) options += game.options(actor);
  if (options > kMostOptions) throw ScenarioError("game: more than 4096 options of all actors together");
  if (steps == 0 || steps > 100000) throw ScenarioError("steps: it takes 1 to 100000");
  if (!(tolerance > 0.0)) throw ScenarioError("tolerance: it must be above 0");
  length_of(start, "start");
  if (start.size() != 0) require_shape(start, "start", {options});
  kernels::QuantalResponse found;
  InterruptCheck check;
  {
    const py::gil_scoped_release released;
    found = kernels::quantal_response(game, precision,
                                      {.continuation_steps = steps,
                                       .tolerance = tolerance,
                                       .most_iterations = most_iterations,
                                       .start = elements(start),
                                       .between_responses = std::ref(check)});
  }
  return py::make_tuple(to_array(std::move(found.probability)), found.residual, found.iterations);
}

/// The profile of a coalition in a game of in (option 1) or out: actor 0 is the last bit of the set, but the first
/// digit of the profile.
std::size_t profile_of(kernels::ActorSet set, std::size_t actors) {
  std::size_t profile = 0;
  for (std::size_t actor = 0; actor < actors; ++actor) profile = 2 * profile + (set >> actor & 1U);
  return profile;
}

void require_in_or_out(const Game& game) {
  for (std::size_t actor = 0; actor < game.actors(); ++actor) {
    if (game.options(actor) != 2) throw ScenarioError("game: coalitions take actors with two options, out and in");
  }
}

py::tuple stable_coalitions(const Game& game, double tie_eps) {
  require_in_or_out(game);
  const std::size_t n = game.actors();
  kernels::StableCoalitions found;
  {
    const py::gil_scoped_release released;
    std::vector<std::uint32_t> profile(game.profiles());
    for (std::size_t set = 0; set < profile.size(); ++set) {
      profile[set] = static_cast<std::uint32_t>(profile_of(static_cast<kernels::ActorSet>(set), n));
    }
    found = kernels::stable_coalitions(
        n, [&](std::size_t actor, kernels::ActorSet set) { return game.payoff(actor, profile[set]); }, tie_eps);
  }
  return py::make_tuple(to_array(std::move(found.stable)), to_array(std::move(found.strictly_stable)),
                        found.stable_by_size, found.internal_by_size, found.external_by_size,
                        found.potentially_internal_by_size);
}

/// What the members of each coalition get together, by set.
py::array_t<double> worths(const Game& game) {
  require_in_or_out(game);
  std::vector<double> worth(game.profiles(), 0.0);
  for (std::size_t set = 0; set < worth.size(); ++set) {
    const auto members = static_cast<kernels::ActorSet>(set);
    const std::size_t profile = profile_of(members, game.actors());
    for (std::size_t actor = 0; actor < game.actors(); ++actor) {
      if (kernels::contains(members, actor)) worth[set] += game.payoff(actor, profile);
    }
  }
  return to_array(std::move(worth));
}

py::dict stability(const Bytes& is_member, const Numbers& margin, double tie_eps) {
  const std::size_t n = length_of(is_member, "members");
  require_shape(margin, "margin", {n});
  auto found = kernels::stability_from_margins(elements(is_member), elements(margin), tie_eps);
  py::dict result;
  result["internal"] = found.internal;
  result["external"] = found.external;
  result["strictly_internal"] = found.strictly_internal;
  result["strictly_external"] = found.strictly_external;
  result["potentially_internal"] = found.potentially_internal;
  result["surplus"] = found.surplus;
  result["first_to_leave"] = found.first_to_leave;
  result["first_to_join"] = found.first_to_join;
  return result;
}

py::array_t<double> transfers(const Bytes& is_member, const Numbers& margin, const Numbers& weight) {
  const std::size_t n = length_of(is_member, "members");
  require_shape(margin, "margin", {n});
  require_shape(weight, "weights", {n});
  return to_array(kernels::stabilising_transfers(elements(is_member), elements(margin), elements(weight)));
}

py::array_t<double> shapley_value(std::size_t players, const Numbers& value) {
  if (players > kernels::kMostActorsEnumerated) {
    throw ScenarioError("players: all coalitions are gone through up to 22; ask for samples beyond");
  }
  require_shape(value, "value", {std::size_t{1} << players});
  std::vector<double> found;
  {
    const py::gil_scoped_release released;
    const auto worth = elements(value);
    found = kernels::shapley_value(players, [&](kernels::ActorSet set) { return worth[set]; });
  }
  return to_array(std::move(found));
}

/// The function is called with the members' flags; what it throws comes out.
py::tuple sample_shapley_value(std::size_t players, const std::function<double(py::array_t<std::uint8_t>)>& value,
                               std::uint32_t samples, std::uint64_t seed) {
  constexpr std::size_t kMostPlayers = 10000;
  constexpr std::uint32_t kMostSamples = 10000000;  // the function is called for each of them and each player
  if (players > kMostPlayers) throw ScenarioError("players: at most 10000");
  if (samples > kMostSamples) throw ScenarioError("samples: at most 10000000");
  const auto worth = [&](std::span<const std::uint8_t> members) {
    return value(to_array(std::vector<std::uint8_t>(members.begin(), members.end())));
  };
  const auto found = kernels::sample_shapley_value(players, worth, {.seed = seed, .samples = samples, .key = {}});
  std::vector<double> mean, error;
  for (const kernels::Estimate& each : found) {
    mean.push_back(each.value);
    error.push_back(each.standard_error);
  }
  return py::make_tuple(to_array(std::move(mean)), to_array(std::move(error)));
}

void bind_game(py::module_& topic) {
  py::class_<Game>(topic, "Game", "A game of finitely many actors and options, as a table of payoffs.")
      .def(py::init(&make_game), py::arg("options"), py::arg("payoff").noconvert())
      .def_property_readonly("actors", [](const Game& game) { return game.actors(); })
      .def_property_readonly("profiles", [](const Game& game) { return game.profiles(); })
      .def("payoffs", &payoffs, py::arg("profile"))
      .def("nash", &nash, py::arg("tie_eps"))
      .def("basins", &basins, py::arg("tie_eps"), py::arg("weights").noconvert())
      .def("replies", &replies, py::arg("best_only"), py::arg("tie_eps"))
      .def("simultaneous", &simultaneous, py::arg("tie_eps"))
      .def("potential", &potential, py::arg("tolerance"), py::arg("weights").noconvert())
      .def("open_square", &open_square, py::arg("tolerance"), py::arg("weights").noconvert())
      .def("quantal_response", &quantal_response, py::arg("precision"), py::arg("steps"), py::arg("tolerance"),
           py::arg("most_iterations"), py::arg("start").noconvert())
      .def("stable_coalitions", &stable_coalitions, py::arg("tie_eps"))
      .def("worths", &worths);
}

}  // namespace

void bind_coalition_games(py::module_& module) {
  py::module_ topic = module.def_submodule("coalition");
  bind_game(topic);
  topic.def("gibbs_probabilities", &gibbs, py::arg("potential").noconvert(), py::arg("beta"));
  topic.def("stability", &stability, py::arg("members").noconvert(), py::arg("margin").noconvert(), py::arg("tie_eps"));
  topic.def("transfers", &transfers, py::arg("members").noconvert(), py::arg("margin").noconvert(),
            py::arg("weights").noconvert());
  topic.def("shapley_value", &shapley_value, py::arg("players"), py::arg("value").noconvert());
  topic.def("sample_shapley_value", &sample_shapley_value, py::arg("players"), py::arg("value").none(false),
            py::arg("samples"), py::arg("seed"));
}

}  // namespace splinternet::python
