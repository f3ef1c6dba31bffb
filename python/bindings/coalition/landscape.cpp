#include <pybind11/stl.h>

#include <memory>

#include "python/bindings/arrays.hpp"
#include "python/bindings/checks.hpp"
#include "python/bindings/topics.hpp"
#include "sim/coalition/gibbs_law.hpp"
#include "sim/coalition/landscape.hpp"
#include "sim/coalition/landscape_moves.hpp"
#include "sim/coalition/simultaneous_response.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;
namespace kernels = splinternet::coalition;

using Numbers = Array<double>;
using Bytes = Array<std::uint8_t>;

/// Beyond it, sums of size times propensity could leave the range of doubles.
constexpr double kLargest = 1e100;

/// A landscape and all divisions into up to so many alliances.
class DividedLandscape {
 public:
  DividedLandscape(std::vector<double> size, std::vector<double> propensity, std::size_t alliances)
      : landscape_(std::move(size), std::move(propensity)),
        space_(landscape_.actors(), alliances),
        alliances_(alliances) {}

  [[nodiscard]] const kernels::Landscape& landscape() const { return landscape_; }
  [[nodiscard]] const kernels::PartitionSpace& space() const { return space_; }
  [[nodiscard]] std::size_t alliances() const { return alliances_; }

 private:
  kernels::Landscape landscape_;
  kernels::PartitionSpace space_;
  std::size_t alliances_;
};

std::unique_ptr<DividedLandscape> make_landscape(const Numbers& size, const Numbers& propensity,
                                                 std::size_t alliances) {
  const std::size_t n = length_of(size, "sizes");
  require_shape(propensity, "propensities", {n, n});
  const auto sizes = elements(size), propensities = elements(propensity);
  for (std::size_t at = 0; at < n; ++at) require_range(sizes[at], place_in("sizes", at), 0.0, kLargest);
  for (std::size_t at = 0; at < n * n; ++at) {
    if (at % (n + 1) != 0 && !(std::fabs(propensities[at]) <= kLargest)) {
      throw ScenarioError(place_in("propensities", at) + " is not a number up to 1e100");
    }
  }
  const py::gil_scoped_release released;
  return std::make_unique<DividedLandscape>(std::vector<double>(sizes.begin(), sizes.end()),
                                            std::vector<double>(propensities.begin(), propensities.end()), alliances);
}

/// The alliances of all actors, one state per row.
py::array_t<std::uint8_t> divisions(const DividedLandscape& held, const Array<std::uint64_t>& states) {
  const std::size_t count = length_of(states, "states"), n = held.space().actors();
  std::vector<std::uint8_t> rows(count * n);
  for (std::size_t row = 0; row < count; ++row) {
    const std::uint64_t state = elements(states)[row];
    if (state >= held.space().size()) throw ScenarioError(place_in("states", row) + " is not a state");
    held.space().read(static_cast<std::size_t>(state), std::span(rows).subspan(row * n, n));
  }
  return to_array(std::move(rows), {static_cast<py::ssize_t>(count), static_cast<py::ssize_t>(n)});
}

std::span<const std::uint8_t> division_of(const DividedLandscape& held, const Bytes& alliance) {
  require_shape(alliance, "alliance", {held.space().actors()});
  return elements(alliance);
}

/// Which actors stay where `start` has them; both empty: none.
kernels::AllianceMoves moves_of(const DividedLandscape& held, double tie_eps, const Bytes& frozen, const Bytes& start) {
  if (frozen.size() == 0 && start.size() == 0) return {.tie_eps = tie_eps, .frozen = {}, .start = {}};
  return {.tie_eps = tie_eps, .frozen = division_of(held, frozen), .start = division_of(held, start)};
}

py::array_t<std::uint64_t> nash_partitions(const DividedLandscape& held, double tie_eps, const Bytes& frozen,
                                           const Bytes& start) {
  const kernels::AllianceMoves moves = moves_of(held, tie_eps, frozen, start);
  std::vector<std::uint64_t> states;
  {
    const py::gil_scoped_release released;
    const auto found = kernels::nash_partitions(held.landscape(), held.space(), moves);
    states.assign(found.begin(), found.end());
  }
  return to_array(std::move(states));
}

std::vector<std::tuple<std::size_t, std::size_t, double>> basins(const DividedLandscape& held, double tie_eps,
                                                                 const Bytes& frozen, const Bytes& start) {
  const kernels::AllianceMoves moves = moves_of(held, tie_eps, frozen, start);
  const py::gil_scoped_release released;
  std::vector<std::tuple<std::size_t, std::size_t, double>> found;
  for (const kernels::Basin& basin : kernels::basins(held.landscape(), held.space(), moves)) {
    found.emplace_back(basin.state, basin.starts, basin.probability);
  }
  return found;
}

py::tuple gibbs(const DividedLandscape& held, double beta) {
  kernels::GibbsLaw law;
  {
    const py::gil_scoped_release released;
    law = kernels::gibbs_law(held.landscape(), held.space(), held.alliances(), beta);
  }
  return py::make_tuple(to_array(std::move(law.probability)), law.mean_energy, law.energy_variance);
}

std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> simultaneous(const DividedLandscape& held,
                                                                            double tie_eps, const Bytes& frozen) {
  const auto still = frozen.size() == 0 ? std::span<const std::uint8_t>{} : division_of(held, frozen);
  const py::gil_scoped_release released;
  std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> found;
  for (const auto& cycle : kernels::simultaneous_response(held.landscape(), held.alliances(), tie_eps, still)) {
    found.emplace_back(cycle.period, cycle.cycles, cycle.starts);
  }
  return found;
}

py::array_t<double> energies(const DividedLandscape& held) {
  std::vector<double> energy;
  {
    const py::gil_scoped_release released;
    held.landscape().require_symmetric();
    energy = kernels::energies(held.landscape(), held.space());
  }
  return to_array(std::move(energy));
}

}  // namespace

void bind_coalition_landscape(py::module_& module) {
  py::module_ topic = module.def_submodule("coalition", "Kernels of sim/coalition on plain arrays.");
  py::class_<DividedLandscape>(topic, "Landscape", "A landscape of alliances and all its divisions.")
      .def(py::init(&make_landscape), py::arg("sizes").noconvert(), py::arg("propensities").noconvert(),
           py::arg("alliances"))
      .def_property_readonly("states", [](const DividedLandscape& held) { return held.space().size(); })
      .def("divisions", &divisions, py::arg("states").noconvert())
      .def(
          "find",
          [](const DividedLandscape& held, const Bytes& alliance) {
            return held.space().find(division_of(held, alliance));
          },
          py::arg("alliance").noconvert())
      .def(
          "energy",
          [](const DividedLandscape& held, const Bytes& alliance) {
            return held.landscape().energy(division_of(held, alliance));
          },
          py::arg("alliance").noconvert())
      .def(
          "frustration",
          [](const DividedLandscape& held, const Bytes& alliance) {
            const auto division = division_of(held, alliance);
            std::vector<double> all;
            for (std::size_t i = 0; i < division.size(); ++i) all.push_back(held.landscape().frustration(i, division));
            return to_array(std::move(all));
          },
          py::arg("alliance").noconvert())
      .def("energies", &energies)
      .def("nash_partitions", &nash_partitions, py::arg("tie_eps"), py::arg("frozen").noconvert(),
           py::arg("start").noconvert())
      .def("basins", &basins, py::arg("tie_eps"), py::arg("frozen").noconvert(), py::arg("start").noconvert())
      .def("gibbs", &gibbs, py::arg("beta"))
      .def("simultaneous", &simultaneous, py::arg("tie_eps"), py::arg("frozen").noconvert());
}

}  // namespace splinternet::python
