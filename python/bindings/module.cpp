#include <pybind11/pybind11.h>

#include "python/bindings/topics.hpp"
#include "sim/engine/version.hpp"

PYBIND11_MODULE(_core, module) {
  namespace python = splinternet::python;
  module.doc() = "The C++ core of splinternet; use the package, which checks and labels what goes in and out.";
  module.attr("version") = std::string(splinternet::code_version());
  module.attr("commit") = std::string(splinternet::code_commit());
  python::bind_errors(module);
  python::bind_dataset(module);
  python::bind_program(module);
  python::bind_scenario(module);
  python::bind_world(module);
  python::bind_simulation(module);
  python::bind_study(module);
  python::bind_metrics(module);
  python::bind_country_metrics(module);
  python::bind_coalition_crowds(module);
  python::bind_coalition_scenario(module);
  python::bind_coalition_games(module);  // before those that give a game
  python::bind_coalition_models(module);
  python::bind_coalition_power(module);
  python::bind_coalition_landscape(module);
  python::bind_explain(module);
  python::bind_trade(module);
  python::bind_routing(module);
  python::bind_analyse(module);
  python::bind_custom(module);
  python::seal_classes(module);
}
