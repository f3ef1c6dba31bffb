"""All calls of the fuzz, and what is there to be called."""

import importlib
import inspect
import types
from collections.abc import Iterator

import core_coalition
import core_metrics
import core_objects
import flow_calls
import kernel_calls
import run_calls

import splinternet as sn
from splinternet import _core

_QUICK = [
    *core_metrics.CALLS,
    *core_coalition.CALLS,
    *core_objects.CALLS,
    *flow_calls.CALLS,
    *kernel_calls.CALLS,
    *run_calls.QUICK,
]
# So that all have their turn: a slow one for so many rounds of quick ones.
CALLS = _QUICK * 20 + run_calls.SLOW

_ASKED = ("__getitem__", "__iter__", "__len__", "__call__")


def _uses(owner: type, is_core: bool) -> Iterator[str]:
    for name, held in vars(owner).items():
        named = not name.startswith("_") or name in _ASKED
        if named and (inspect.isroutine(held) or (is_core and isinstance(held, property))):
            yield name


def _of_core(module: types.ModuleType, prefix: str) -> Iterator[str]:
    for name, held in vars(module).items():
        if name.startswith("__"):
            continue
        if isinstance(held, types.ModuleType):
            yield from _of_core(held, f"{prefix}{name}.")
        elif isinstance(held, type) and issubclass(held, BaseException):
            continue
        elif callable(held):
            yield f"{prefix}{name}"
            if isinstance(held, type):
                yield from (f"{prefix}{name}.{use}" for use in _uses(held, is_core=True))


def _of_package(module: types.ModuleType, prefix: str) -> Iterator[str]:
    for name in dir(module):
        held = getattr(module, name)
        if name.startswith("_") or not getattr(held, "__module__", "").startswith("splinternet"):
            continue
        if isinstance(held, type) and not issubclass(held, BaseException):
            yield from (f"{prefix}{name}.{use}" for use in _uses(held, is_core=False))
        elif inspect.isfunction(held):
            yield f"{prefix}{name}"


def there() -> set[str]:
    """Names of all that can be called: functions, makers of objects, their methods; of the core properties too."""
    names = {*_of_core(_core, "_core."), *_of_package(sn, "")}
    for topic in ("coalition", "metrics", "routing", "trade"):
        names.update(_of_package(importlib.import_module(f"splinternet.{topic}"), f"{topic}."))
    return names


def forgotten() -> set[str]:
    """Names of what no call calls."""
    return there() - {call.name.split(" ")[0] for call in CALLS}
