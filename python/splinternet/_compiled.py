"""Payoffs that Numba compiles: called by the core without the GIL."""

from importlib import import_module
from typing import Any

from splinternet._core import ScenarioError

_ARGUMENTS = "country, target, current, offer_busd, level"


def _numba() -> Any:
    return import_module("numba")  # slow, and of no use to who compiles nothing


def is_compiled(function: Any) -> bool:
    """Whether Numba's ``njit`` made it."""
    return type(function).__module__.startswith("numba.") and hasattr(function, "py_func")


def compiled_payoff(function: Any, title: str) -> Any:
    """Put the function behind an entry that the core calls by address.

    Raises
    ------
    ScenarioError
        If Numba cannot compile it for the arguments that payoffs have, or it returns something else than float64.
    """
    _compile(function, title)
    numba = _numba()
    carray, types = numba.carray, numba.types

    def entry(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - the signature of the core
        options, countries, frameworks, country, target, current, offer, level, out
    ):  # pragma: no cover - runs compiled
        values = function(
            carray(country, options),
            carray(target, (options, frameworks)),
            carray(current, (options, frameworks)),
            carray(offer, options),
            carray(level, (countries, frameworks)),
        )
        if values.shape[0] != options:
            return -1
        for option in range(options):
            out[option] = values[option]
        return options

    pointers = (types.int64, types.boolean, types.boolean, types.float64, types.uint8, types.float64)
    signature = types.int64(types.int64, types.int64, types.int64, *(types.CPointer(kind) for kind in pointers))
    return numba.cfunc(signature)(entry)


def _compile(function: Any, title: str) -> None:
    """Compiles it for read-only arrays: a function that writes to its arguments has no such version."""
    types = _numba().types
    arrays = ((types.int64, 1), (types.boolean, 2), (types.boolean, 2), (types.float64, 1), (types.uint8, 2))
    arguments = tuple(types.Array(kind, ndim, "C", readonly=True) for kind, ndim in arrays)
    try:
        function.compile(arguments)
    except Exception as error:  # of many kinds, of Python too
        wanted = f"a function of ({_ARGUMENTS}), arrays that cannot be written to"
        raise ScenarioError(f"{title}: Numba cannot compile it as {wanted}: {_reason(str(error))}") from error
    found = function.overloads[arguments].signature.return_type
    if not (isinstance(found, types.Array) and found.dtype == types.float64 and found.ndim == 1):
        needed = "an array of float64, one value for each option, is needed"
        raise ScenarioError(f"{title}: it returns {found}, but {needed}")


def _reason(message: str) -> str:
    """Of a page about what was tried, the line that says what is wrong."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    causes = [line.partition("Error: ")[2] for line in lines if "Error: " in line]
    return (causes or [line for line in lines if not line.startswith("Failed in ")] or [message])[0]
