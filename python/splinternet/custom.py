"""Rules of your own: payoff terms of countries and valuations of firms as functions of arrays.

A rule is asked at once about all that a phase weighs, with NumPy arrays that it cannot write to, and returns one array.
What it says must follow from its arguments and from values that stay as they are: the file of a run keeps a digest of
its text and of the values that it uses, and who verifies or goes on with the run has to bring the same.
"""

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._compiled import compiled_payoff, is_compiled
from splinternet._core import ScenarioError
from splinternet._rule_digest import digest_of, plain_function
from splinternet._world import World

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
Sets = NDArray[np.bool_]

_LONGEST_NAME = 64


class Options:
    """The options that a payoff is asked about, one per row.

    Attributes
    ----------
    country : int64 array (option,)
        Row of the country whose option it is.
    current, target : bool array (option, framework)
        Frameworks that it is in now (listed or signed), and that it would be in.
    offer_busd : float64 array (option,)
        One-off sum that a sponsor offers with it, 1e9 USD.
    codes : list of str
        Codes of all countries, by row.
    frameworks : list of str
        Ids of the frameworks, by column.
    """

    __slots__ = ("_view", "country", "current", "offer_busd", "target")

    def __init__(self, view: Any, country: Rows, current: Sets, target: Sets, offer_busd: Floats) -> None:
        self._view = view
        self.country = country
        self.current = current
        self.target = target
        self.offer_busd = offer_busd

    def __len__(self) -> int:
        """Return the number of options."""
        return len(self.country)

    @property
    def adds(self) -> Sets:
        """Frameworks that the option would add, bool (option, framework)."""
        return self.target & ~self.current

    @property
    def drops(self) -> Sets:
        """Frameworks that the option would leave, bool (option, framework)."""
        return self.current & ~self.target

    @property
    def codes(self) -> list[str]:
        """Codes of all countries, by row: ``options.codes[options.country[0]]``."""
        return list(self._view.labels("country"))

    @property
    def code(self) -> NDArray[np.str_]:
        """Code of the country of each option, str (option,)."""
        return np.asarray(self.codes)[self.country]

    @property
    def frameworks(self) -> list[str]:
        """Ids of the frameworks, by column of `current` and `target`."""
        return list(self._view.labels("framework"))


class Firms:
    """The firms that reconsider their stances in a step, one per row.

    Attributes
    ----------
    firm : int64 array (firm,)
        Row of the firm among all.
    stances : uint8 array (stance,)
        Stances that can be taken: 0 unaligned, 1 ... K aligned with framework k - 1, K + 1 two stacks.
    value : float64 array (firm, stance)
        What (M14) makes each stance worth, in shares of the firm's revenue.
    """

    __slots__ = ("_view", "firm", "stances", "value")

    def __init__(self, view: Any, firm: Rows, stances: NDArray[np.uint8], value: Floats) -> None:
        self._view = view
        self.firm = firm
        self.stances = stances
        self.value = value

    def __len__(self) -> int:
        """Return the number of firms."""
        return len(self.firm)

    @property
    def home(self) -> NDArray[np.uint32]:
        """Row of the home country, (firm,)."""
        return self._view.array("firms.home")[self.firm]  # type: ignore[no-any-return]

    @property
    def sector(self) -> NDArray[np.str_]:
        """Name of the sector, (firm,)."""
        names: NDArray[np.str_] = np.asarray(self._view.labels("firm_sector"))[self._view.array("firms.sector")]
        return names[self.firm]

    @property
    def revenue_busd(self) -> Floats:
        """Revenue at the start, 1e9 USD a year, (firm,)."""
        return self._view.array("firms.revenue_busd")[self.firm]  # type: ignore[no-any-return]

    @property
    def stance(self) -> NDArray[np.uint8]:
        """Stance now, (firm,)."""
        return self._view.array("firms.stance")[self.firm]  # type: ignore[no-any-return]

    @property
    def frameworks(self) -> list[str]:
        """Ids of the frameworks: stance k stands for the one at place k - 1."""
        return list(self._view.labels("framework"))


@dataclass(frozen=True)
class _Rule:
    name: str
    unit: str
    function: Callable[..., Any]
    check_every: int = 0

    _KIND = "rule"

    def __call__(self, *arguments: Any) -> Any:
        return self.function(*arguments)

    @property
    def sha256(self) -> str:
        """Digest of the text and of the values that it uses, as files keep it."""
        return digest_of(self.function, self.title)

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"{self._KIND} {self.name}"

    def __repr__(self) -> str:
        return f"<{self.title}, {self.unit}, sha256 {self.sha256[:12]}...>"

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Pickle it if its function can be: by its own name where it stands in the function's place, as a decorator."""
        place = getattr(self.function, "__module__", None), getattr(self.function, "__qualname__", None)
        if _standing_at(*place) is self:
            return _standing_at, place
        return type(self), (self.name, self.unit, self.function, self.check_every)


def _standing_at(module: str | None, name: str | None) -> Any:
    """Return what stands in a module under this name; None if nothing does."""
    if module is None or name is None:
        return None
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


class Payoff(_Rule):
    """A payoff term of your own; made by :func:`payoff`.

    Calling it calls the function. It can be pickled, and so sent to other processes, if its function can be, i.e. if it
    stands in a module; a lambda or a function within a function cannot.
    """

    _KIND = "payoff"

    @cached_property
    def _compiled(self) -> tuple[Any, str]:
        """The compiled function, and the digest of what it was compiled from."""
        return compiled_payoff(self.function, self.title), self.sha256

    def _core_term(self) -> Any:
        sha256 = self.sha256
        if not is_compiled(self.function):
            return _core.CustomTerm(self.name, self.unit, sha256, self._ask, None, self.check_every)
        entry, then = self._compiled
        if then != sha256:
            raise ScenarioError(
                f"{self.title}: values that it uses have changed since Numba compiled it, which keeps those of then: "
                "define the function anew"
            )
        return _core.CustomTerm(self.name, self.unit, sha256, self._ask_compiled, entry, self.check_every)

    def _ask(self, view: Any, country: Rows, current: Sets, target: Sets, offer_busd: Floats) -> Any:
        return self.function(World(view), Options(view, country, current, target, offer_busd))

    def _ask_compiled(self, view: Any, country: Rows, current: Sets, target: Sets, offer_busd: Floats) -> Any:
        """Only if the compiled entry failed: it cannot say why."""
        return self.function(country, target, current, offer_busd, view.array("members.level"))


class FirmRule(_Rule):
    """A valuation of stances of your own; made by :func:`firm_rule`.

    Calling it calls the function. It can be pickled where a :class:`Payoff` can.
    """

    _KIND = "firm_rule"

    def _core_rule(self) -> Any:
        ask = self._ask_compiled if is_compiled(self.function) else self._ask
        return _core.CustomFirmRule(self.name, self.unit, self.sha256, ask, self.check_every)

    def _ask(self, view: Any, firm: Rows, stances: NDArray[np.uint8], value: Floats) -> Any:
        return self.function(World(view), Firms(view, firm, stances, value))

    def _ask_compiled(self, view: Any, firm: Rows, stances: NDArray[np.uint8], value: Floats) -> Any:
        firms = Firms(view, firm, stances, value)
        sector = view.array("firms.sector")[firm]
        return self.function(value, stances, firms.stance, firms.home, sector, firms.revenue_busd)


def payoff(name: str, *, unit: str, check_every: int = 0) -> Callable[[Callable[..., Any]], Payoff]:
    """Make a function a payoff term: what an option is worth to a country against staying as it is.

    It stands in the utility beside the scenario's terms, after them in the sum, and among the reasons that
    ``result.explain`` gives. Give it to a run: ``run(scenario, payoffs=[culture])``.

    The function is called as ``function(world, options)`` with all options of a phase: `world` is what
    ``Simulation.world`` shows, for the time of the call and by name (``world["countries.gdp_share"]``); `options` are
    :class:`~splinternet.custom.Options`. It returns a float64 array with one value for each option: finite; 0 where
    ``options.target`` equals ``options.current``; each for itself, whatever else is asked; the same for the same
    arguments (it is asked twice at its first call of a run to see that).

    A function compiled by ``numba.njit`` is called as ``function(country, target, current, offer_busd, level)``,
    without the world and without the GIL; `level` is uint8 (country, framework): 0 none, 1 listed, 2 signed.

    Parameters
    ----------
    name : str
        Name of the term in files and explanations: a lower-case letter, then letters, digits and _.
    unit : str
        Unit of what it returns: that of the scenario's payoffs, ``"pp"`` (percentage points of real income a year)
        unless a world of actors declares another.
    check_every : int
        Also look whether it is pure after so many steps; 0: at its first call only.

    Returns
    -------
    callable
        A decorator that makes a :class:`Payoff` of a function.

    Raises
    ------
    ScenarioError
        For a name that is none, or a function that cannot be called; when it is asked, for what it returns.

    Examples
    --------
    Large countries like a framework less:

    >>> import numpy as np
    >>> import splinternet as sn
    >>> @sn.payoff("size", unit="pp")
    ... def size(world, options):
    ...     share = world["countries.gdp_share"][options.country]
    ...     return -share * (options.adds.sum(axis=1) - options.drops.sum(axis=1))
    >>> size.name, size.unit, len(size.sha256)
    ('size', 'pp', 64)
    """

    def make(function: Callable[..., Any]) -> Payoff:
        return Payoff(*_checked(name, unit, function, check_every, "payoff"))

    return make


def firm_rule(
    name: str, *, unit: str = "share of revenue", check_every: int = 0
) -> Callable[[Callable[..., Any]], FirmRule]:
    """Make a function the valuation of firms' stances, in the place of V_f(a) in (M14).

    Who reconsiders in a step, and which stance a firm then takes by its draw, stays as it is. Give the rule to a run:
    ``run(scenario, firm_rule=cautious)``.

    The function is called as ``function(world, firms)`` with all firms that reconsider in a step
    (:class:`~splinternet.custom.Firms`; ``firms.value`` is what (M14) gives), and returns a float64 array (firm,
    stance) in shares of revenue. A function compiled by ``numba.njit`` is called as
    ``function(value, stances, stance, home, sector, revenue_busd)``.

    Parameters
    ----------
    name : str
        Name of the rule in files: a lower-case letter, then letters, digits and _.
    unit : str
        Unit of what it returns.
    check_every : int
        Also look whether it is pure after so many steps; 0: at its first call only.

    Returns
    -------
    callable
        A decorator that makes a :class:`FirmRule` of a function.

    Raises
    ------
    ScenarioError
        For a name that is none, or a function that cannot be called; when it is asked, for what it returns.

    Examples
    --------
    Two stacks cost every firm a further percent of its revenue:

    >>> import splinternet as sn
    >>> @sn.firm_rule("cautious")
    ... def cautious(world, firms):
    ...     value = firms.value.copy()
    ...     value[:, firms.stances > len(firms.frameworks)] -= 0.01
    ...     return value
    >>> cautious.name, cautious.unit
    ('cautious', 'share of revenue')
    """

    def make(function: Callable[..., Any]) -> FirmRule:
        return FirmRule(*_checked(name, unit, function, check_every, "firm_rule"))

    return make


class Rules:
    """The rules of a user that one run follows, as the core takes them."""

    def __init__(self, payoffs: Iterable[Payoff] | None = None, firm_rule: FirmRule | None = None) -> None:
        self.payoffs = _payoffs(payoffs)
        self.firm_rule = _firm_rule(firm_rule)
        self._terms = [own._core_term() for own in self.payoffs]
        self._firms: Any = None if self.firm_rule is None else self.firm_rule._core_rule()
        self.core = _core.Extensions(self._terms, self._firms) if self._terms or self._firms else None

    @property
    def seconds(self) -> dict[str, float]:
        """Seconds spent in each rule so far, by name; checks and the wait for the GIL included."""
        seconds = {own.name: term.seconds for own, term in zip(self.payoffs, self._terms, strict=True)}
        if self.firm_rule is not None:
            name = self.firm_rule.name
            seconds[name] = seconds.get(name, 0.0) + self._firms.seconds
        return seconds


def _payoffs(payoffs: Any) -> list[Payoff]:
    if payoffs is None:
        return []
    if isinstance(payoffs, Payoff):
        raise ScenarioError(f"payoffs: a list is needed: payoffs=[{payoffs.name}]")
    listed = list(payoffs)
    for place, own in enumerate(listed):
        if not isinstance(own, Payoff):
            raise ScenarioError(
                f"payoffs[{place}]: {_words(own)} is no payoff: make it one with @splinternet.payoff(name, unit=...)"
            )
    return listed


def _firm_rule(own: Any) -> FirmRule | None:
    if own is None or isinstance(own, FirmRule):
        return own
    raise ScenarioError(f"firm_rule: {_words(own)} is no firm rule: make it one with @splinternet.firm_rule(name)")


def _words(value: Any) -> str:
    return getattr(value, "__name__", None) or repr(value)


def _checked(name: Any, unit: Any, function: Any, check_every: Any, kind: str) -> tuple[str, str, Any, int]:
    is_name = isinstance(name, str) and name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()
    if not is_name or not name[0].isalpha() or len(name) > _LONGEST_NAME:
        raise ScenarioError(
            f"{kind}: the name {name!r} is none: it takes a lower-case letter, then letters, digits and _, "
            f"{_LONGEST_NAME} at most"
        )
    if not isinstance(unit, str):
        raise ScenarioError(f"{kind} {name}: unit is {unit!r}, but text is needed, e.g. 'pp'")
    if not isinstance(check_every, int) or check_every < 0:
        raise ScenarioError(f"{kind} {name}: check_every is {check_every!r}, but a number of steps from 0 on is needed")
    if not callable(plain_function(function)):
        raise ScenarioError(f"{kind} {name}: {function!r} cannot be called: put it before a function")
    return name, unit, function, check_every
