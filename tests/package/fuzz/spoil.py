"""Ways to spoil arguments: what users get wrong, and what nobody would try."""

from typing import Any

import numpy as np

import splinternet as sn

BAD_NUMBERS = [0.0, -0.0, -1.0, 1e-320, 1e-300, 1e300, -1e300, np.nan, np.inf, -np.inf, 0.5, 1.0, 2.0, 1e-9]
BAD_INTEGERS = [
    0,
    -1,
    1,
    2,
    7,
    255,
    256,
    10**9,
    2**31 - 1,
    2**31,
    -(2**31),
    2**32,
    2**63 - 1,
    -(2**63),
    2**64,
    10**30,
]
ODD_THINGS: list[Any] = [
    None, "", "x", "BRA", b"x", (), [], {}, {"a": 1}, object(), 1j, float("nan"), True, [[1], [1, 2]], ["a", "b"], len,
    np.array("x"), np.zeros(0), np.zeros((0, 0)), np.array(1.0), np.array([None]), np.zeros((1,) * 30),
    np.ma.masked_array([1.0, 2.0], [0, 1]), np.zeros(3, [("a", "f8")]), "\ud800", "x" * 100_000, sn, range(3),
]  # fmt: skip
DTYPES = ["f4", "i8", "i4", "u8", "u1", "?", "c16", "O", "U4", ">f8", "M8[D]"]


def _other_array(array: np.ndarray, rng: np.random.Generator) -> Any:
    """Return the array with another shape, type or layout."""
    way = rng.integers(8)
    if way == 0:
        return array.astype(rng.choice(DTYPES)) if array.dtype.kind in "fiub" else array
    if way == 1:
        return array[..., :-1] if array.ndim else array
    if way == 2:
        return np.concatenate([array, array]) if array.ndim else array
    if way == 3:
        return array[None]
    if way == 4:
        return np.asfortranarray(array)[::-1] if array.ndim else array
    if way == 5:
        return array.ravel()
    if way == 6:
        return array.tolist()
    return np.broadcast_to(array.ravel()[:1], array.shape) if array.size else array


def _other_elements(array: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a copy of the array in which some elements, or a whole row or column, are other than they should be."""
    changed = np.array(array)
    if changed.size == 0:
        return changed
    pool = BAD_NUMBERS if changed.dtype.kind == "f" else BAD_INTEGERS
    value = pool[rng.integers(len(pool))]
    with np.errstate(all="ignore"):
        try:
            if rng.random() < 0.3 and changed.ndim:
                changed[rng.integers(changed.shape[0])] = value
            else:
                changed.flat[rng.integers(changed.size, size=rng.integers(1, 4))] = value
        except (OverflowError, ValueError, TypeError):
            return changed
    return changed


def _spoil(value: Any, rng: np.random.Generator) -> Any:
    if rng.random() < 0.1:
        return ODD_THINGS[rng.integers(len(ODD_THINGS))]
    if isinstance(value, np.ndarray):
        return _other_array(value, rng) if rng.random() < 0.4 else _other_elements(value, rng)
    if isinstance(value, bool):
        return bool(rng.integers(2))
    if isinstance(value, int):
        return BAD_INTEGERS[rng.integers(len(BAD_INTEGERS))]
    if isinstance(value, float):
        return BAD_NUMBERS[rng.integers(len(BAD_NUMBERS))]
    if isinstance(value, str):
        return value[: rng.integers(len(value) + 1)] + str(rng.choice(["", "x", "é", "\0", " " * 50]))
    if isinstance(value, list) and value:
        changed = list(value)
        place = rng.integers(len(changed))
        changed[place] = _spoil(changed[place], rng)
        return changed
    if isinstance(value, tuple) and value:
        changed = _spoil(list(value), rng)
        return tuple(changed) if isinstance(changed, list) else changed
    if isinstance(value, dict) and value:
        keys = list(value)
        key = keys[rng.integers(len(keys))]
        return {**value, key: _spoil(value[key], rng)}
    return value


def spoiled(arguments: dict[str, Any], rng: np.random.Generator, kept: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the arguments, none to three of them spoiled, and none of those to be kept."""
    names = [name for name in arguments if name not in kept]
    for _ in range(rng.integers(4) if names else 0):
        name = names[rng.integers(len(names))]
        try:
            arguments[name] = _spoil(arguments[name], rng)
        except (TypeError, ValueError):  # of what was spoiled before
            arguments[name] = ODD_THINGS[rng.integers(len(ODD_THINGS))]
    return arguments
