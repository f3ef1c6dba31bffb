"""Running scenarios: to the end in one call, or step by step with a look at the state."""

import datetime
import os
from collections.abc import Iterable, Mapping
from operator import index
from typing import TYPE_CHECKING, Any

from splinternet import _core
from splinternet._calendar import day_of, months_after
from splinternet._core import ScenarioError
from splinternet._progress import Progress, progress_bar
from splinternet._rules import rules_of
from splinternet._world import ArrayInfo, World
from splinternet.scenario import Scenario, as_scenario

if TYPE_CHECKING:
    from splinternet.custom import FirmRule, Payoff
    from splinternet.result import Result

__all__ = ["ArrayInfo", "Simulation", "World", "run"]


def _seeded(scenario: Any, seed: int | None) -> Scenario:
    found = as_scenario(scenario)
    return found if seed is None else found.with_({"run.seed": seed})


def run(
    scenario: Scenario | str | os.PathLike[str],
    *,
    seed: int | None = None,
    threads: int = 0,
    out: str | os.PathLike[str] | None = None,
    progress: Progress = None,
    payoffs: "Iterable[Payoff] | None" = None,
    firm_rule: "FirmRule | None" = None,
) -> "Result":
    """Run a scenario to its horizon.

    Ctrl-C stops it within a step, with KeyboardInterrupt and nothing written.

    Parameters
    ----------
    scenario : Scenario, str or path
        What to run; a name or a path is loaded first.
    seed : int, optional
        Seed of the random draws, if not the scenario's.
    threads : int
        Threads to use, 0 for all; the result does not depend on it.
    out : path, optional
        Also write the result to this file: the same bytes as ``splinternet run -o``, all of it or nothing.
    progress : bool or callable, optional
        True: a progress bar; False: none; None: one if it can be seen and the run takes more than a second. Or a
        function that is called with the steps done and the steps in all, at most every tenth of a second and at the
        end.
    payoffs : list of Payoff, optional
        Payoff terms of your own, see :func:`payoff`.
    firm_rule : FirmRule, optional
        A valuation of stances of your own, see :func:`firm_rule`.

    Returns
    -------
    Result

    Raises
    ------
    ScenarioError
        If the scenario cannot be run, or is only analysed.
    SolverError
        If trade has no equilibrium in some step.
    FileError
        If `out` cannot be written; that is seen before the run where it can.

    Examples
    --------
    >>> import splinternet as sn
    >>> result = sn.run("classroom-12", seed=1)
    >>> result.dataset.sizes["step"]
    61
    """
    seeded = _seeded(scenario, seed)
    rules = rules_of(payoffs, firm_rule)
    path = "" if out is None else os.fspath(out)
    if out is not None and not path:
        raise ScenarioError("out: the path is empty; leave it out to write nothing")
    with progress_bar(progress, "step") as tell:
        done = _core.run(seeded._loaded, rules and rules.core, threads, path, tell)
    from splinternet.result import Result  # noqa: PLC0415 - it loads what looks at results

    result = Result(done.dataset, seeded)
    result.custom_seconds = rules.seconds if rules is not None else {}
    return result


class Simulation:
    """A run that is stepped by hand: look at its state, change its course, fork it.

    Parameters
    ----------
    scenario : Scenario, str or path
        What to simulate; a name or a path is loaded first.
    seed : int, optional
        Seed of the random draws, if not the scenario's.
    threads : int
        Threads to use in each step, 0 for all; no bit depends on it.
    record : bool
        Whether to record every step, for `result`.
    payoffs : list of Payoff, optional
        Payoff terms of your own, see :func:`payoff`.
    firm_rule : FirmRule, optional
        A valuation of stances of your own, see :func:`firm_rule`.

    Notes
    -----
    The GIL is released while a step is computed: several simulations can be stepped by several threads at once. One
    simulation takes one call at a time; a second one raises RuntimeError.

    Examples
    --------
    >>> import splinternet as sn
    >>> simulation = sn.Simulation("classroom-12", seed=1)
    >>> simulation.step(12)
    >>> simulation.date.isoformat(), simulation.world.membership.shape
    ('2021-08-01', (12, 2))
    >>> other = simulation.fork()
    >>> other.set_parameter("countries.temperature", 0.5)
    'set_at_12'
    >>> simulation.run(), other.run()
    (None, None)
    >>> simulation.digest == other.digest
    False
    """

    def __init__(
        self,
        scenario: Scenario | str | os.PathLike[str],
        *,
        seed: int | None = None,
        threads: int = 0,
        record: bool = True,
        payoffs: "Iterable[Payoff] | None" = None,
        firm_rule: "FirmRule | None" = None,
    ) -> None:
        self._scenario = _seeded(scenario, seed)
        self._rules = rules_of(payoffs, firm_rule)
        self._run = _core.SteppedRun(self._scenario._loaded, self._rules and self._rules.core, threads, bool(record))
        self._advance = self._run.advance
        self._horizon = self._scenario.horizon

    @property
    def scenario(self) -> Scenario:
        """The scenario, with all that was injected and set so far."""
        return self._scenario

    @property
    def current_step(self) -> int:
        """Steps done."""
        return int(self._run.step)

    @property
    def date(self) -> datetime.date:
        """The day of the state: the end of the last step, the start of the run before the first."""
        return self._date_of(self.current_step)

    @property
    def is_finished(self) -> bool:
        """Whether the horizon is reached."""
        return self.current_step >= self._horizon

    @property
    def digest(self) -> int:
        """Digest of the whole state, as `state_digest` in result files: equal states have equal digests."""
        return int(self._run.digest)

    @property
    def world(self) -> World:
        """The state as NumPy arrays, read-only and without copies; see :class:`World`."""
        return World(self._run.world())

    @property
    def phase_seconds(self) -> dict[str, float]:
        """Seconds spent in each phase of the steps so far."""
        return dict(zip(_core.phase_names(), self._run.phase_seconds, strict=True))

    @property
    def custom_seconds(self) -> dict[str, float]:
        """Seconds spent in each rule of your own so far, by name; forks share their rules."""
        return self._rules.seconds if self._rules is not None else {}

    def step(self, n: int = 1) -> None:
        """Go on by `n` steps.

        Ctrl-C stops between two steps; the simulation stands there and can go on.

        Raises
        ------
        ScenarioError
            If that would be beyond the horizon.
        SolverError
            If trade has no equilibrium in some step. The simulation cannot go on then.

        Examples
        --------
        >>> import splinternet as sn
        >>> simulation = sn.Simulation("classroom-12")
        >>> simulation.step()
        >>> simulation.current_step
        1
        """
        last = self._run.step + index(n)
        if n < 0 or last > self._horizon:
            raise self._beyond(f"step({n})", last)
        self._advance(last, None)

    def run_until(self, when: int | str | datetime.date, *, progress: Progress = None) -> None:
        """Go on until a step is done or a day is reached.

        Parameters
        ----------
        when : int, str or date
            Number of a step; or a day, ``"2022-06"`` or ``"2022-06-01"`` or a date: the first step that ends on it or
            later.
        progress : bool or callable, optional
            As for :func:`run`.

        Raises
        ------
        ScenarioError
            If it is past already, or beyond the horizon.

        Examples
        --------
        >>> import splinternet as sn
        >>> simulation = sn.Simulation("classroom-12")
        >>> simulation.run_until("2022-06")
        >>> simulation.current_step, simulation.date.isoformat()
        (22, '2022-06-01')
        """
        last = index(when) if hasattr(when, "__index__") else self._step_of(day_of(when))
        if last < self.current_step or last > self._horizon:
            raise self._beyond(f"run_until({str(when)!r})" if isinstance(when, str) else f"run_until({when})", last)
        with progress_bar(progress, "step") as tell:
            self._advance(last, tell)

    def run(self, *, progress: Progress = None) -> None:
        """Go on to the horizon.

        Parameters
        ----------
        progress : bool or callable, optional
            As for :func:`run`.

        Examples
        --------
        >>> import splinternet as sn
        >>> simulation = sn.Simulation("classroom-12")
        >>> simulation.run()
        >>> simulation.is_finished
        True
        """
        self.run_until(self._horizon, progress=progress)

    def fork(self) -> "Simulation":
        """Return another simulation that goes on from the same bits; what happens to one does not touch the other.

        Examples
        --------
        >>> import splinternet as sn
        >>> simulation = sn.Simulation("classroom-12")
        >>> simulation.step(3)
        >>> simulation.fork().digest == simulation.digest
        True
        """
        other = object.__new__(Simulation)
        other._scenario, other._rules, other._horizon = self._scenario, self._rules, self._horizon
        other._run = self._run.fork()
        other._advance = other._run.advance
        return other

    def inject(self, event: Mapping[str, Any], name: str | None = None) -> str:
        """Let an event happen in the next step.

        It becomes an event of the scenario, dated now, so that the result can be verified and the scenario run again
        with it. For that the extended scenario is replayed from the start and compared: it costs as much as the steps
        so far, and world arrays taken before go on showing the world before it.

        Parameters
        ----------
        event : mapping
            As in a scenario file: ``{"kind": "cable_cut", "cable": "SEA-ME-WE 4"}``. Without `date` and `after` it
            happens in the next step, or in the next that begins a month if steps are shorter.
        name : str, optional
            Its id; made from the step if not given.

        Returns
        -------
        str
            Its id.

        Raises
        ------
        ScenarioError
            If the event is not valid, or would have happened before.

        Examples
        --------
        >>> import splinternet as sn
        >>> simulation = sn.Simulation("classroom-12")
        >>> simulation.step(5)
        >>> simulation.inject({"kind": "fraud_shock", "amount": 2.0}, "scandal")
        'scandal'
        >>> simulation.step()
        >>> int(simulation.world.events.fired_step[list(simulation.scenario.events).index("scandal")])
        6
        """
        if not isinstance(event, Mapping):
            raise ScenarioError(
                f'event: a mapping is needed, e.g. {{"kind": "fraud_shock", "amount": 2}}, not {event!r}'
            )
        if self.is_finished:
            raise ScenarioError(f"inject: the simulation has reached its horizon, step {self._horizon}")
        entry = dict(event)
        if "date" not in entry and "after" not in entry:
            entry["date"] = self._next_month()
        taken = self._scenario.events
        if name is None:
            name = _free_id(f"at_{self.current_step}", taken)
        elif name in taken:
            raise ScenarioError(f'inject: the scenario has an event "{name}" already; give it another name')
        extended = self._scenario.with_({f"event.{name}": entry})
        self._run.extend(extended._loaded)
        self._scenario = extended
        return name

    def set_parameter(self, key: str, value: float | str | bool) -> str:
        """Set a parameter from the next step on.

        The same as injecting an event of kind `shock`; costs the same.

        Parameters
        ----------
        key : str
            Its full key, ``"countries.temperature"``.
        value : float, bool or str
            Its value; of a choice the word.

        Returns
        -------
        str
            Id of the event.

        Raises
        ------
        ScenarioError
            For an unknown key, a value out of range, or a parameter that is read once, when the world is built.

        Examples
        --------
        >>> import splinternet as sn
        >>> simulation = sn.Simulation("classroom-12")
        >>> simulation.set_parameter("countries.temperature", 0.5)
        'set_at_0'
        """
        parameters = self._scenario.with_({key: value}).parameters
        amount = parameters.number(key) if key in parameters else 0.0  # an unknown one is refused as an event
        name = _free_id(f"set_at_{self.current_step}", self._scenario.events)
        return self.inject({"kind": "shock", "parameter": key, "amount": amount}, name)

    def result(self) -> "Result":
        """Return what was recorded so far.

        Before the horizon too: steps that were not reached are then missing (NaN; 0 among whole numbers), and the
        attribute `stopped_after` tells the last one that was.

        Raises
        ------
        ScenarioError
            If the simulation was made with ``record=False``.

        Examples
        --------
        >>> import splinternet as sn
        >>> simulation = sn.Simulation("classroom-12")
        >>> simulation.step(3)
        >>> simulation.result().attributes["stopped_after"]
        '3'
        """
        from splinternet.result import Result  # noqa: PLC0415 - it loads what looks at results

        result = Result(self._run.dataset(), self._scenario)
        result.custom_seconds = self.custom_seconds
        return result

    def __repr__(self) -> str:
        """Tell it in a line."""
        return f"<Simulation of {self._scenario.name} after step {self.current_step} of {self._horizon}>"

    def _beyond(self, call: str, last: int) -> ScenarioError:
        step, horizon = self.current_step, self._horizon
        if last < step:
            return ScenarioError(f"{call}: the simulation stands after step {step} already; fork it earlier to go back")
        return ScenarioError(
            f"{call}: the run ends with step {horizon} ({self._date_of(horizon)}), and {step} are done: "
            f'make it longer with scenario.with_({{"run.horizon": {last}}})'
        )

    def _date_of(self, step: int) -> datetime.date:
        return months_after(self._scenario.start, int(step * self._scenario.step_months))

    def _next_month(self) -> datetime.date:
        months = self.current_step * self._scenario.step_months
        return months_after(self._scenario.start, -int(-months // 1))

    def _step_of(self, day: datetime.date) -> int:
        """Return the first step at whose end the day is reached; one beyond the horizon if none is."""
        first, last = 0, self._horizon + 1
        while first < last:
            middle = (first + last) // 2
            first, last = (first, middle) if self._date_of(middle) >= day else (middle + 1, last)
        return first


def _free_id(wanted: str, taken: tuple[str, ...]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name
