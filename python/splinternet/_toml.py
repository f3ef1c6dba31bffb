"""Values of Python as values of TOML, for what is laid over a scenario."""

import datetime
import json
import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from splinternet._core import ScenarioError

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def is_bare_word(text: str) -> bool:
    """Whether a string is understood without quotes too, as on the command line."""
    return bool(text) and set(text) <= _BARE


def _date(value: datetime.datetime) -> str:
    if value.time() != datetime.time():
        raise ScenarioError(f"{value} is a time of the day: scenarios know days, e.g. datetime.date(2020, 8, 1)")
    return value.date().isoformat()


def _float(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")


def toml_value(value: Any, key: str) -> str:
    """Return the value as TOML writes it, in one line.

    Raises
    ------
    ScenarioError
        Naming the key, for what TOML has no word for.
    """
    if hasattr(value, "tolist") and hasattr(value, "dtype"):  # NumPy scalars and arrays
        value = (value.astype("datetime64[us]") if value.dtype.kind == "M" else value).tolist()
    for kinds, write in _WRITERS:
        if isinstance(value, kinds):
            return write(value, key)
    raise ScenarioError(
        f"{key}: a scenario cannot hold {value!r} of type {type(value).__name__}: "
        "give a number, a truth value, a string, a date, or a list or dict of these"
    )


def _text(value: Any, _key: str) -> str:
    return json.dumps(os.fspath(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(value: Any, key: str) -> str:
    pairs = (f"{json.dumps(str(name), ensure_ascii=False)} = {toml_value(one, key)}" for name, one in value.items())
    return "{" + ", ".join(pairs) + "}"


def _array(value: Any, key: str) -> str:
    return "[" + ", ".join(toml_value(one, key) for one in value) + "]"


# Kinds before those that they are kinds of: True is an int, a datetime is a date.
_WRITERS: tuple[tuple[Any, Callable[[Any, str], str]], ...] = (
    (bool, lambda value, _: "true" if value else "false"),
    (int, lambda value, _: str(int(value))),
    (float, lambda value, _: _float(value)),
    ((str, os.PathLike), _text),
    (datetime.datetime, lambda value, _: _date(value)),
    (datetime.date, lambda value, _: value.isoformat()),
    (Mapping, _table),
    ((set, frozenset), lambda value, key: _array(sorted(value), key)),
    (Sequence, _array),
)


def overrides(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str, str]]:
    """Flatten nested mappings to dotted keys: key, value in TOML, and what stands for both in messages."""
    for name, value in values.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping) and value:
            yield from overrides(value, f"{key}.")
            continue
        text = toml_value(value, key)
        shown = value if isinstance(value, str) and is_bare_word(value) else text
        yield key, text, f"--set {key}={shown}"
