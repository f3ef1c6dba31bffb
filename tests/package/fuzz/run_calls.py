"""Calls of scenarios, simulations, results and rules of users."""

import datetime
from typing import Any

import matplotlib as mpl
import numpy as np
import worlds
from good import Arguments, Call, size, use
from numpy.random import Generator
from worlds import CLASS, CLUB, POWER, UNIX, any_scenario, labelled, loaded, one_of, result, simulation, stepped

import splinternet as sn
from splinternet import _core

mpl.use("Agg")

QUICK: list[Call] = []
SLOW: list[Call] = []  # those that run a world with trade, or draw a picture

STEPS: list[Any] = [None, 0, 1, -1, "2020-09", "2020-09-01", datetime.date(2020, 9, 1), np.datetime64("2020-09-01")]


def add(name: str, function: Any, draw: Any, calls: list[Call] = QUICK) -> None:
    """Take a function into the calls."""
    calls.append(Call(name, function, draw))


def add_uses(prefix: str, owner: type, make: Any, names: list[str], **draws: Any) -> None:
    """Take methods and properties of what `make` draws into the calls: those without arguments, then the others."""
    for name in [*names, *draws]:
        draw = draws.get(name, lambda rng: {})
        add(f"{prefix}{owner.__name__}.{name}", use(owner, name), lambda rng, draw=draw: {
            "self": make(rng), **draw(rng)})  # fmt: skip


def _nothing(rng: Generator) -> Arguments:
    return {}


def _core_run(scenario: Any) -> Any:
    return lambda rng: {"scenario": scenario._loaded, "extensions": None, "threads": 1, "out": "", "callback": None}


def _core_text(rng: Generator) -> Arguments:
    return {"text": worlds.changed_text(rng), "name": "x", "folder": "."}


def _laid(rng: Generator) -> Arguments:
    scenario = one_of(rng, [CLUB, CLASS])
    values = [(key, str(value).lower(), key) for key, value in worlds.values_of(rng).items()]
    return {"self": scenario._loaded, "values": values}


def _array(rng: Generator) -> Arguments:
    held = labelled(rng)
    return {"self": held, "name": one_of(rng, held.names)}


def _view_array(rng: Generator) -> Arguments:
    view = stepped(rng).world()
    return {"self": view, "name": one_of(rng, view.rows)[0]}


def _two(rng: Generator) -> Arguments:
    return {"first": worlds.RESULTS[id(CLASS)]._labelled, "second": worlds.OTHER._labelled, "country": "BRA"}


def _rules(rng: Generator) -> Arguments:
    return {"terms": [_core.CustomTerm(**worlds.forms(rng))], "firms": _core.CustomFirmRule(**worlds.forms(rng))}


def _step(rng: Generator) -> Arguments:
    return {"step": one_of(rng, STEPS)}


# ---- the core ----

add("_core.load_scenario", _core.load_scenario, lambda rng: {"name_or_path": "gallery/buchanan-club"})
add("_core.parse_scenario", _core.parse_scenario, _core_text)
add("_core.shipped_scenarios", _core.shipped_scenarios, _nothing)
add("_core.phase_names", _core.phase_names, _nothing)
add("_core.did_you_mean", _core.did_you_mean, lambda rng: {"name": "countrys", "candidates": ["countries", "firms"]})
add("_core.write_text", _core.write_text, lambda rng: {"text": "x = 1\n", "path": "written.txt"})
add("_core.add_library_folder", _core.add_library_folder, lambda rng: {"folder": "."}, SLOW)
add("_core.run_command", worlds.run_command, worlds.command, SLOW)
add_uses("_core.", _core.LoadedScenario, loaded, [
    "codes", "events", "file", "frameworks", "horizon", "is_runnable", "lesson", "name", "parameters", "question",
    "resolved", "seed", "start", "step_months", "tables_path", "title", "written",
])  # fmt: skip
add("_core.LoadedScenario.with_values", use(_core.LoadedScenario, "with_values"), _laid)
_FINISHED = _core.run(**_core_run(CLUB)(None))
add("_core.run", _core.run, _core_run(CLUB))
add_uses("_core.", _core.FinishedRun, lambda rng: _FINISHED, [
    "dataset", "phase_seconds"])  # fmt: skip
add("_core.SteppedRun", _core.SteppedRun, lambda rng: {
    "scenario": CLUB._loaded, "extensions": None, "threads": 1, "record": True})  # fmt: skip
add_uses(
    "_core.", _core.SteppedRun, stepped,
    ["dataset", "digest", "fork", "phase_seconds", "scenario", "step", "world"],
    advance=lambda rng: {"last": 2, "callback": None}, extend=lambda rng: {"scenario": CLUB._loaded},
)  # fmt: skip
add_uses("_core.", _core.WorldView, lambda rng: stepped(rng).world(), ["rows", "step"],
         labels=lambda rng: {"dim": one_of(rng, ["country", "framework", "target", "provision"])})  # fmt: skip
add("_core.WorldView.array", use(_core.WorldView, "array"), _view_array)
add_uses("_core.", _core.LabelledDataset, labelled, ["attributes", "dims", "names"],
         write=lambda rng: {"path": "written.h5"})  # fmt: skip
add("_core.LabelledDataset.array", use(_core.LabelledDataset, "array"), _array)
add("_core.read_result", _core.read_result, lambda rng: {"path": worlds.bad_bytes(rng)})
add("_core.explain", _core.explain, lambda rng: {
    "result": worlds.OTHER._labelled, "country": "BRA", "step": size(rng, 0, 2)})  # fmt: skip
add("_core.explain_parting", _core.explain_parting, _two)
add("_core.analyse_result", _core.analyse_result, lambda rng: {
    "result": labelled(rng), "name": "x", "step": 1, "pivotal": "", "tables": "", "extensions": None, "threads": 1,
    "progress": None}, SLOW)  # fmt: skip
add("_core.analyse_scenario", _core.analyse_scenario, lambda rng: {
    "scenario": one_of(rng, [UNIX, POWER])._loaded, "extensions": None, "threads": 1, "progress": None})  # fmt: skip
_VERIFY: Any = lambda rng: {"result": labelled(rng), "name": "x", "tables": "", "extensions": None, "threads": 1,  # noqa: E731
                            "callback": None}  # fmt: skip
_VERIFIED = _core.verify(**_VERIFY(np.random.default_rng(1)))
add("_core.verify", _core.verify, _VERIFY, SLOW)
add_uses("_core.", _core.Verification, lambda rng: _VERIFIED, [
    "arrays", "differences", "notes", "steps"])  # fmt: skip
add("_core.CustomTerm", _core.CustomTerm, lambda rng: {**worlds.forms(rng), "compiled": None})
add("_core.CustomFirmRule", _core.CustomFirmRule, worlds.forms)
add("_core.Extensions", _core.Extensions, _rules)
add_uses("_core.", _core.CustomTerm, lambda rng: _core.CustomTerm(**worlds.forms(rng)), ["seconds"])
add_uses("_core.", _core.CustomFirmRule, lambda rng: _core.CustomFirmRule(**worlds.forms(rng)), ["seconds"])
add_uses("_core.", _core.Extensions, lambda rng: _core.Extensions(**_rules(rng)), ["text"])
for _name, _draw in {
    "rows": _nothing, "step": _nothing,
    "array": lambda rng: {"name": one_of(rng, ["countries.gdp_share", "members.level", "firms.home"])},
    "labels": lambda rng: {"dim": one_of(rng, ["country", "framework", "firm"])},
}.items():  # fmt: skip
    add(f"_core.CustomWorld.{_name}", worlds.custom_world(_name), _draw, SLOW)

for _owner in (_core.CustomWorld, _core.FinishedRun, _core.LabelledDataset, _core.LoadedScenario, _core.Verification,
               _core.WorldView, _core.trade.LinearResponse):  # fmt: skip
    add(f"{_owner.__module__.removeprefix('splinternet.')}.{_owner.__name__}", _owner, _nothing)  # cannot be made

# ---- scenarios and runs ----

add("load", sn.load, lambda rng: {"name_or_path": "gallery/buchanan-club"})
add("scenarios", sn.scenarios, _nothing, SLOW)
add("Scenario.from_toml", sn.Scenario.from_toml, lambda rng: {"text": worlds.changed_text(rng), "name": "x"})
add("Scenario.with_", use(sn.Scenario, "with_"), lambda rng: {
    "self": one_of(rng, [CLUB, CLASS]), "run": {"seed": 2}})  # fmt: skip
add("Scenario.with_ (by key)", lambda self, values: self.with_(values), lambda rng: {
    "self": one_of(rng, [CLUB, CLASS]), "values": worlds.values_of(rng)})  # fmt: skip
add("Scenario.to_toml", use(sn.Scenario, "to_toml"), lambda rng: {"self": any_scenario(rng), "path": "written.toml"})
add("Scenario.parameters", lambda self, key: self.parameters[key], lambda rng: {
    "self": CLASS, "key": one_of(rng, worlds.KEYS)})  # fmt: skip
add("run", sn.run, lambda rng: {"scenario": CLUB, "seed": size(rng), "threads": 1, "out": "run.h5", "progress": False})
add("run (with trade)", sn.run, lambda rng: {"scenario": CLASS, "seed": size(rng), "threads": 2}, SLOW)
add("run (own payoff)", worlds.payoff_run, lambda rng: {
    "look": lambda world, options: (options.adds, options.drops, options.code, options.frameworks, world.arrays()),
    "answer": one_of(rng, worlds.ANSWERS)}, SLOW)  # fmt: skip
add("run (own rule of firms)", worlds.rule_run, lambda rng: {
    "look": lambda world, firms: (firms.home, firms.sector, firms.revenue_busd, firms.stance, firms.frameworks),
    "answer": one_of(rng, [None, *worlds.ANSWERS])}, SLOW)  # fmt: skip
add("payoff", lambda function, **arguments: sn.payoff(**arguments)(function).sha256, lambda rng: {
    "name": "own", "unit": "pp", "check_every": 1, "function": lambda world, options: 0})  # fmt: skip
add("firm_rule", lambda function, **arguments: sn.firm_rule(**arguments)(function).sha256, lambda rng: {
    "name": "own", "unit": "1", "check_every": 1, "function": lambda world, firms: 0})  # fmt: skip
add("Simulation", sn.Simulation, lambda rng: {"scenario": CLUB, "seed": 1, "threads": 1, "record": True})
add_uses(
    "", sn.Simulation, simulation, ["fork", "result"], step=lambda rng: {"n": 1},
    run_until=lambda rng: {"when": one_of(rng, [2, "2020-03", datetime.date(2020, 4, 1)]), "progress": False},
    run=lambda rng: {"progress": False}, inject=lambda rng: {"event": worlds.event(rng), "name": "own"},
    set_parameter=lambda rng: {"key": "countries.temperature", "value": 0.2},
)  # fmt: skip
add_uses(
    "", sn.World, lambda rng: simulation(rng).world, ["arrays"], labels=lambda rng: {"dim": "country"},
    labelled=lambda rng: {"name": "countries.gdp_share"},
    __getitem__=lambda rng: {"name": one_of(rng, ["members.level", "countries.gdp_share"])},
)  # fmt: skip

# ---- results ----

add_uses("", sn.Result, lambda rng: sn.Result(worlds.OTHER._labelled), ["attributes", "dataset"])
_FRAMES = {"to_pandas": lambda rng: {"name": one_of(rng, [None, "membership", "step"]), "tidy": bool(rng.integers(2))},
           "member": lambda rng: {"country": "BRA"}, "__getitem__": lambda rng: {"name": "membership"},
           "save": lambda rng: {"path": "written.h5"}}  # fmt: skip
add_uses("", sn.Result, result, [], **_FRAMES)
add("Result.verify", use(sn.Result, "verify"), lambda rng: {"self": result(rng), "threads": 1}, SLOW)
add("Result.explain", use(sn.Result, "explain"), lambda rng: {
    "self": result(rng), "country": "BRA", **_step(rng), "compare": None}, SLOW)  # fmt: skip
add("Result.analyse", use(sn.Result, "analyse"), lambda rng: {
    "self": result(rng), **_step(rng), "pivotal": 1, "threads": 1}, SLOW)  # fmt: skip
add("Result.plot", worlds.closing(use(sn.Result, "plot")), lambda rng: {
    "self": result(rng), "kind": None, "only": ["USA"]}, SLOW)  # fmt: skip
add("Result.map", worlds.closing(use(sn.Result, "map")), lambda rng: {
    "self": result(rng), "step": one_of(rng, STEPS[1:]), "variable": None}, SLOW)  # fmt: skip
add("open_result", lambda path: sn.open_result(path).dataset, lambda rng: {"path": worlds.bad_bytes(rng)}, SLOW)
add("analyse", sn.analyse, lambda rng: {"what": one_of(rng, [UNIX, POWER]), "threads": 1, "progress": False})
add("verify", sn.verify, lambda rng: {"result": result(rng), "tables": None, "threads": 1}, SLOW)
_ANALYSIS = sn.analyse("gallery/unix-alliances")
add_uses("", sn.Analysis, lambda rng: _ANALYSIS, ["__iter__", "__len__"], __getitem__=lambda rng: {
    "name": "rest_states"})  # fmt: skip
