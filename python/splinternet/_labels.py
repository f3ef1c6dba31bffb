"""Finding steps, countries and arrays of a result by what users call them."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from splinternet import _core
from splinternet._core import DataError, ScenarioError

if TYPE_CHECKING:
    import xarray as xr

#: A step by number (negative: from the end), or a date: "2021-06", "2021-06-15", date, datetime, datetime64, Timestamp.
Step = int | str | datetime.date | np.datetime64
_MOST_NAMED = 12


def unknown(what: str, name: object, known: Iterable[object]) -> ScenarioError:
    """Make the error for a name that is none of those known, with the nearest of them."""
    names = [str(one) for one in known]
    hint = _core.did_you_mean(str(name), names)
    if not hint:
        shown = ", ".join(names[:_MOST_NAMED]) + (f" and {len(names) - _MOST_NAMED} more" * (len(names) > _MOST_NAMED))
        hint = f" There are {shown}." if names else " There are none."
    return ScenarioError(f'{what}: there is no "{name}".{hint}')


def chosen(what: str, name: object, known: Iterable[object]) -> str:
    """Return the name if it is among those known; raise ScenarioError with the nearest if not."""
    names = [str(one) for one in known]
    if str(name) not in names:
        raise unknown(what, name, names)
    return str(name)


def country_code(dataset: "xr.Dataset", country: object) -> str:
    """Return the code of a country, or of an actor, given by code or by name in any case."""
    if "country" not in dataset.coords:
        raise DataError("the run recorded nothing by country or actor: name such arrays in record.arrays and run again")
    codes = [str(code) for code in dataset.country.values]
    names = [str(name) for name in dataset.country_name.values] if "country_name" in dataset else codes
    wanted = str(country).casefold()
    for code, name in zip(codes, names, strict=True):
        if wanted in (code.casefold(), name.casefold()):
            return code
    raise unknown("country", country, list(dict.fromkeys([*names, *codes])))


def needed(dataset: "xr.Dataset", *names: str) -> None:
    """Raise DataError unless the result holds all these arrays."""
    missing = [name for name in names if name not in dataset.variables]
    if missing:
        raise DataError(
            f"the run did not record {', '.join(missing)}: run it again with {_remedy(missing[0])} in the scenario"
        )


def _remedy(name: str) -> str:
    if name.startswith("act_"):
        return "record.acts = true"
    if name.startswith(("decision_", "option_", "answer_", "ballot_")):
        return "record.decisions = true and countries that decide"
    return f'record.arrays = ["default", "{name}"]'


def last_step(dataset: "xr.Dataset") -> int:
    """Return the last step that the run reached: its horizon, unless the result was taken before."""
    return int(dataset.attrs.get("stopped_after", dataset.sizes["step"] - 1))


def reached(dataset: "xr.Dataset") -> "xr.Dataset":
    """Return the part of a result up to the step that the run reached."""
    return dataset.isel(step=slice(0, last_step(dataset) + 1))


def state_at(dataset: "xr.Dataset", step: Step) -> int:
    """Return the place along `step` of the state at a step or date: the last one that is not later than the date."""
    if isinstance(step, int | np.integer) and not isinstance(step, bool):
        return _place(dataset, int(step))
    times = reached(dataset).time.values
    date = _date(step)
    if not times[0] <= date <= times[-1]:
        raise _outside(step, times)
    return int(np.searchsorted(times, date, side="right")) - 1


def step_during(dataset: "xr.Dataset", step: Step) -> int:
    """Return the number of the step, given by number or by a date that falls into it."""
    if isinstance(step, int | np.integer) and not isinstance(step, bool):
        return _place(dataset, int(step))
    times = reached(dataset).time.values
    date = _date(step)
    if not times[0] <= date < times[-1]:
        raise _outside(step, times)
    return int(np.searchsorted(times, date, side="right"))


def _place(dataset: "xr.Dataset", step: int) -> int:
    last = last_step(dataset)
    if not -last - 1 <= step <= last:
        raise ScenarioError(f"step: there is no step {step}: the run has steps 0 (its start) to {last}; -1 is the last")
    return step % (last + 1)


def _date(value: Any) -> Any:
    """Return a date as datetime64; the time of a run has no time zone."""
    if isinstance(value, datetime.datetime):
        value = value.replace(tzinfo=None)
    is_date = isinstance(value, str | datetime.date | np.datetime64)
    given: Any = value
    try:
        date = np.datetime64(given, "ns") if is_date else np.datetime64("NaT")
    except ValueError:
        date = np.datetime64("NaT")
    if not np.isnat(date):
        return date
    raise ScenarioError(f"step: {value!r} is neither the number of a step nor a date such as 2021-06 or 2021-06-15")


def _outside(step: object, times: Any) -> ScenarioError:
    first, last = (np.datetime_as_string(time, "D") for time in (times[0], times[-1]))
    return ScenarioError(f"step: {step} is not in the time of the run, which goes from {first} to {last}")
