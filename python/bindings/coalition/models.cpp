#include <pybind11/stl.h>

#include <memory>

#include "python/bindings/arrays.hpp"
#include "python/bindings/checks.hpp"
#include "python/bindings/topics.hpp"
#include "sim/coalition/finite_game.hpp"
#include "sim/coalition/link_formation.hpp"
#include "sim/coalition/network_competition.hpp"
#include "sim/coalition/public_good.hpp"
#include "sim/coalition/threshold_good.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;
namespace kernels = splinternet::coalition;

using Numbers = Array<double>;
using Bytes = Array<std::uint8_t>;

kernels::Stage stage_of(const std::string& name) {
  if (name == "nash") return kernels::Stage::kNash;
  if (name == "stackelberg") return kernels::Stage::kStackelberg;
  if (name == "target") return kernels::Stage::kTarget;
  throw ScenarioError("stage: it is \"" + name + "\", but nash, stackelberg or target is needed");
}

/// Columns A, B, G, H of the tastes; targets for stage "target" only.
std::unique_ptr<kernels::PublicGood> make_public_good(const Numbers& tastes, const std::string& stage,
                                                      const Numbers& target) {
  const auto n = tastes.ndim() == 2 ? static_cast<std::size_t>(tastes.shape(0)) : 0;
  require_shape(tastes, "tastes", {n, 4});
  require_shape(target, "target", {stage == "target" ? n : 0});
  std::vector<kernels::PublicGoodTaste> all;
  for (std::size_t actor = 0; actor < n; ++actor) {
    const auto row = elements(tastes).subspan(4 * actor, 4);
    all.push_back({row[0], row[1], row[2], row[3]});
  }
  const auto targets = elements(target);
  return std::make_unique<kernels::PublicGood>(std::move(all), stage_of(stage),
                                               std::vector<double>(targets.begin(), targets.end()));
}

py::tuple equilibrium(const kernels::PublicGood& good, const Bytes& is_member) {
  require_shape(is_member, "members", {good.actors()});
  const auto members = elements(is_member);
  const auto totals = good.totals(members);
  const double sum = good.sum_of_contributions(totals);
  std::vector<double> contribution, payoff;
  for (std::size_t actor = 0; actor < members.size(); ++actor) {
    contribution.push_back(members[actor] != 0 ? good.contribution_of_member(actor, totals, sum)
                                               : good.contribution_of_outsider(actor, sum));
    payoff.push_back(good.payoff(actor, contribution.back(), sum));
  }
  return py::make_tuple(sum, to_array(std::move(contribution)), to_array(std::move(payoff)));
}

/// The game of in or out whose payoffs the model gives for every coalition.
template <class Model>
std::unique_ptr<kernels::FiniteGame> game_of(const Model& model, std::size_t actors) {
  if (actors > kernels::kMostActorsEnumerated) {
    throw ScenarioError("actors: all coalitions are gone through up to 22; ask for single ones beyond");
  }
  const py::gil_scoped_release released;
  return std::make_unique<kernels::FiniteGame>(
      std::vector<std::size_t>(actors, 2),
      [&](std::size_t actor, std::span<const std::uint8_t> members) { return model.payoff_of(actor, members); });
}

kernels::BinaryPublicGood binary_good(const Numbers& benefit, const Numbers& cost) {
  const std::size_t n = length_of(benefit, "benefits");
  require_shape(cost, "costs", {n});
  const auto benefits = elements(benefit), costs = elements(cost);
  return {std::vector<double>(benefits.begin(), benefits.end()), std::vector<double>(costs.begin(), costs.end())};
}

py::array_t<double> binary_payoffs(const Numbers& benefit, const Numbers& cost, const Bytes& is_member) {
  const kernels::BinaryPublicGood good = binary_good(benefit, cost);
  require_shape(is_member, "members", {static_cast<std::size_t>(benefit.size())});
  std::vector<double> payoff;
  for (std::size_t actor = 0; actor < elements(benefit).size(); ++actor) {
    payoff.push_back(good.payoff_of(actor, elements(is_member)));
  }
  return to_array(std::move(payoff));
}

std::vector<double> threshold_good(std::size_t actors, std::size_t needed, double cost) {
  constexpr std::size_t kMost = 10000000;
  if (actors > kMost) throw ScenarioError("actors: at most 10000000");
  const py::gil_scoped_release released;
  return kernels::threshold_good_equilibria(actors, needed, cost);
}

std::vector<py::tuple> network_equilibria(const std::vector<std::size_t>& sizes, double effect, double demand) {
  std::vector<py::tuple> all;
  for (const auto& found : kernels::network_equilibria(sizes, effect, demand)) {
    std::vector<double> output, profit;
    for (const auto& group : found.groups) {
      output.push_back(group.output);
      profit.push_back(kernels::NetworkEquilibrium::profit(group));
    }
    all.push_back(py::make_tuple(to_array(std::move(output)), to_array(std::move(profit)), found.total,
                                 found.consumer_surplus(), found.total_surplus()));
  }
  return all;
}

std::size_t graphs_of(std::size_t actors) {
  if (actors == 0 || actors > kernels::kMostLinkedActors) {
    throw ScenarioError("actors: graphs are gone through for 1 to 7");
  }
  return std::size_t{1} << actors * (actors - 1) / 2;
}

kernels::LinkSet links_of(std::span<const kernels::ActorSet> neighbours) {
  kernels::LinkSet links = 0;
  for (std::size_t i = 1; i < neighbours.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kernels::contains(neighbours[i], j)) links |= kernels::LinkSet{1} << kernels::link_between(i, j);
    }
  }
  return links;
}

py::tuple link_formation(std::size_t actors, const Numbers& payoff, double tie_eps) {
  require_shape(payoff, "payoff", {graphs_of(actors), actors});
  kernels::LinkFormation found;
  {
    const py::gil_scoped_release released;
    const auto table = elements(payoff);
    found = kernels::link_formation(
        actors,
        [&](std::size_t actor, std::span<const kernels::ActorSet> neighbours) {
          return table[links_of(neighbours) * actors + actor];
        },
        tie_eps);
  }
  return py::make_tuple(to_array(std::move(found.stable)), to_array(std::move(found.efficient)), found.highest_value);
}

/// Payoffs of the connections model in every graph.
py::array_t<double> connections(std::size_t actors, double decay, double link_cost) {
  const std::size_t graphs = graphs_of(actors);
  const kernels::Connections model(decay, link_cost);
  std::vector<double> table;
  {
    const py::gil_scoped_release released;
    for (std::size_t links = 0; links < graphs; ++links) {
      const auto neighbours = kernels::neighbours_of(static_cast<kernels::LinkSet>(links), actors);
      for (std::size_t actor = 0; actor < actors; ++actor) table.push_back(model(actor, neighbours));
    }
  }
  return to_array(std::move(table), {static_cast<py::ssize_t>(graphs), static_cast<py::ssize_t>(actors)});
}

}  // namespace

void bind_coalition_models(py::module_& module) {
  py::module_ topic = module.def_submodule("coalition");
  py::class_<kernels::PublicGood>(topic, "PublicGood", "A public good among different actors, solved in closed form.")
      .def(py::init(&make_public_good), py::arg("tastes").noconvert(), py::arg("stage"), py::arg("target").noconvert())
      .def("equilibrium", &equilibrium, py::arg("members").noconvert())
      .def("game", [](const kernels::PublicGood& good) { return game_of(good, good.actors()); });
  topic.def("binary_payoffs", &binary_payoffs, py::arg("benefits").noconvert(), py::arg("costs").noconvert(),
            py::arg("members").noconvert());
  topic.def(
      "binary_game",
      [](const Numbers& benefit, const Numbers& cost) {
        return game_of(binary_good(benefit, cost), static_cast<std::size_t>(benefit.size()));
      },
      py::arg("benefits").noconvert(), py::arg("costs").noconvert());
  topic.def("threshold_good", &threshold_good, py::arg("actors"), py::arg("needed"), py::arg("cost"));
  topic.def("network_equilibria", &network_equilibria, py::arg("group_sizes"), py::arg("network_effect"),
            py::arg("demand_less_cost"));
  topic.def("link_formation", &link_formation, py::arg("actors"), py::arg("payoff").noconvert(), py::arg("tie_eps"));
  topic.def("connections", &connections, py::arg("actors"), py::arg("decay"), py::arg("link_cost"));
}

}  // namespace splinternet::python
