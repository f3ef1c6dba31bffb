"""What calls of scenarios, simulations, results and rules of users are made of: worlds of few actors and steps."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from flow_calls import damaged
from good import Arguments, size, use
from numpy.random import Generator

import splinternet as sn
from splinternet import _core

CLUB = sn.load("gallery/buchanan-club").with_({"run.horizon": 3})
CLASS = sn.load("classroom-12").with_({"run.horizon": 2, "firms.synthetic": 5})
UNIX = sn.load("gallery/unix-alliances")
POWER = sn.load("gallery/unsc-power")
SCENARIOS = [CLUB, CLASS, UNIX, POWER]
KEYS = sorted(CLASS.parameters)
RESULTS = {id(scenario): sn.run(scenario, seed=1, progress=False) for scenario in (CLUB, CLASS)}
OTHER = sn.run(CLASS, seed=2, progress=False)
FILES = []
for _number, _result in enumerate(RESULTS.values()):
    FILES.append(Path(f"good-{_number}.h5"))
    _result.save(FILES[-1])
BYTES = [file.read_bytes() for file in FILES]


def one_of(rng: Generator, things: Any) -> Any:
    """Draw one of a list."""
    return things[rng.integers(len(things))]


def any_scenario(rng: Generator) -> Any:
    """Draw a scenario."""
    return one_of(rng, SCENARIOS)


def loaded(rng: Generator) -> Any:
    """Draw a scenario as the core holds it."""
    return any_scenario(rng)._loaded


def result(rng: Generator) -> sn.Result:
    """Draw a result; it keeps what it has made of its arrays, so that a table costs little."""
    return one_of(rng, list(RESULTS.values()))


def labelled(rng: Generator) -> Any:
    """Draw a result as the core holds it."""
    return result(rng)._labelled


def values_of(rng: Generator) -> dict[str, Any]:
    """Draw values to lay over a scenario, most of them of parameters."""
    values: dict[str, Any] = {"run.horizon": size(rng, 1, 5), "run.seed": size(rng)}
    for key in rng.choice(KEYS, size(rng, 0, 4)):
        now = CLASS.parameters[str(key)].value
        values[str(key)] = now if rng.random() < 0.8 else one_of(rng, [0, 1, 0.5, "x", True, -1.0, 1e300, [1], {}])
    return values


def event(rng: Generator) -> dict[str, Any]:
    """Draw an event to inject."""
    events: list[dict[str, Any]] = [{"kind": "set", "parameter": "countries.temperature", "amount": 0.2}, {"kind": "x"}]
    return one_of(rng, events)


def stepped(rng: Generator, steps: int = 1) -> Any:
    """Return a run of the core that stands after some steps."""
    run = _core.SteppedRun(CLUB._loaded, None, 1, True)
    run.advance(steps, None)
    return run


def simulation(rng: Generator) -> sn.Simulation:
    """Return a simulation that stands after a step."""
    made = sn.Simulation(CLUB, seed=1, threads=1)
    made.step()
    return made


def bad_bytes(rng: Generator) -> str:
    """Write a result file of which a few bytes are others, or a part is gone; return its path."""
    data = bytearray(one_of(rng, BYTES))
    kind = rng.integers(4)
    if kind == 0:
        del data[rng.integers(len(data)) :]
    elif kind < 3:
        most = len(data) if kind == 1 else 4096  # what the library reads first
        for place in rng.integers(0, most, size(rng, 1, 6)):
            data[place] = rng.integers(256)
    Path("damaged.h5").write_bytes(data)
    return "damaged.h5"


def changed_text(rng: Generator) -> str:
    """Draw a scenario as text, perhaps damaged."""
    return damaged(one_of(rng, [scenario.to_toml() for scenario in SCENARIOS]), rng)


# ---- rules of users ----

ANSWERS: list[Any] = [
    np.zeros, lambda count: np.zeros(count + 1), lambda count: np.full(count, np.nan),
    lambda count: [0.0] * count, lambda count: None, lambda count: np.zeros((count, 1)), lambda count: np.zeros(1),
    lambda count: np.zeros(count, "f4"), lambda count: np.zeros(2 * count)[::2], lambda count: 1.0,
]  # fmt: skip


def payoff_run(look: Any, answer: Any) -> None:
    """Run with a payoff that looks at its world and gives an answer of its own."""

    @sn.payoff("own", unit="pp")
    def own(world: Any, options: Any) -> Any:
        look(world, options)
        return answer(len(options))

    sn.run(CLASS, payoffs=[own], progress=False, threads=1)


def rule_run(look: Any, answer: Any) -> None:
    """Run with a rule of firms that looks at its world and gives an answer of its own."""

    @sn.firm_rule("own")
    def own(world: Any, firms: Any) -> Any:
        look(world, firms)
        return firms.value if answer is None else answer(len(firms))

    sn.run(CLASS, firm_rule=own, progress=False, threads=1)


def custom_world(method: str) -> Any:
    """Return what asks a world for something from inside a rule, and once more when the call is over."""

    def ask(**arguments: Any) -> None:
        kept = []

        def function(view: Any, country: Any, *_: Any) -> Any:
            kept.append(view)
            use(_core.CustomWorld, method)(view, **arguments)
            return np.zeros(len(country))

        term = _core.CustomTerm("own", "pp", "0" * 64, function)
        run = _core.SteppedRun(CLASS._loaded, _core.Extensions([term]), 1, False)
        run.advance(1, None)
        if not kept:
            raise RuntimeError("the rule was not asked")  # a finding
        use(_core.CustomWorld, method)(kept[0], **arguments)  # refused

    return ask


def forms(rng: Generator) -> Arguments:
    """Draw what a rule is made of."""
    return {"name": "own", "unit": "pp", "sha256": "0" * 64, "function": lambda *_: np.zeros(1), "check_every": 1}


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Let nothing be printed: the program writes past sys.stdout."""
    kept = [os.dup(1), os.dup(2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        yield
    finally:
        for number, held in enumerate(kept):
            os.dup2(held, number + 1)
            os.close(held)
        os.close(nowhere)


def run_command(arguments: Any) -> int:
    """Run the program without what it prints."""
    with silence():
        return _core.run_command(arguments)


def command(rng: Generator) -> Arguments:
    """Draw a command of the program."""
    commands = [["list"], ["run", "gallery/buchanan-club", "--quiet", "-o", "run.h5", "--set", "run.horizon=2"],
                ["explain", str(FILES[1]), "BRA"], ["verify", str(FILES[0])], ["validate", "classroom-12"],
                ["analyse", "gallery/unsc-power"], ["analyse", str(FILES[1])]]  # fmt: skip
    return {"arguments": one_of(rng, commands)}


def closing(function: Any) -> Any:
    """Return a method of results that draws, closing its picture."""

    def draw(**arguments: Any) -> None:
        import matplotlib.pyplot as plt  # noqa: PLC0415 - slow

        try:
            function(**arguments)
        finally:
            plt.close("all")

    return draw
