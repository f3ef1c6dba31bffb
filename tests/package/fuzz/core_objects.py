"""Objects of the core made otherwise than by their classes: what comes out, if anything, is looked at all over."""

import copyreg
import inspect
import types
from collections.abc import Callable, Iterator
from typing import Any

from good import Arguments, Call
from numpy.random import Generator

from splinternet import _core

WAYS: list[Callable[[type], Any]] = [
    lambda kind: kind.__new__(kind),
    lambda kind: kind.__base__.__new__(kind),
    object.__new__,
    copyreg.__newobj__,
    lambda kind: copyreg._reconstructor(kind, object, None),
    lambda kind: type("Sub", (kind,), {"__init__": lambda self: None})(),
    lambda kind: type("Sub", (kind,), {}).__new__(kind),
]


def _look_at(made: Any) -> None:
    for name in dir(type(made)):
        if not name.startswith("_"):
            held = getattr(made, name)
            if callable(held):
                try:
                    held()
                except TypeError:  # it needs arguments
                    continue


def _use(kind: type, way: int) -> None:
    _look_at(WAYS[way % len(WAYS)](kind))


def _classes(module: types.ModuleType, prefix: str) -> Iterator[tuple[str, type]]:
    for name, held in vars(module).items():
        if inspect.ismodule(held):
            yield from _classes(held, f"{prefix}{name}.")
        elif inspect.isclass(held) and not issubclass(held, BaseException):
            yield f"{prefix}{name}", held


def _call(name: str, kind: type) -> Call:
    def arguments(rng: Generator) -> Arguments:
        return {"way": int(rng.integers(len(WAYS)))}

    return Call(f"{name} (without its maker)", lambda way: _use(kind, way), arguments)


CALLS = [_call(name, kind) for name, kind in _classes(_core, "_core.")]
