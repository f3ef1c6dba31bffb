"""Divisions of countries into blocs as users hold them: labels in order, a dict, a Series."""

from collections.abc import Hashable, Mapping, Sized
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import labels_of
from splinternet._core import ScenarioError

Labels = NDArray[np.uint32]


class Blocs(NamedTuple):
    """The bloc of each country as a number below `len(names)`, numbered in order of first appearance."""

    code: Labels
    names: list[Any]


def _by_country(given: Mapping[Any, Any], countries: list[str], name: str) -> list[Any]:
    found = {str(country): bloc for country, bloc in given.items()}
    for country in countries:
        if country not in found:
            raise ScenarioError(
                f"{name}: {country} has no bloc; give one to each country." + _core.did_you_mean(country, list(found))
            )
    return [found[country] for country in countries]


def _in_order(value: Any, name: str, countries: list[str] | None) -> list[Any]:
    labels = labels_of(value)
    if isinstance(value, Mapping):
        if countries is None:
            raise ScenarioError(
                f"{name}: a dict names countries, but the data have no labels; "
                "pass a DataFrame or DataArray with labels, or a list of blocs in the order of the rows"
            )
        return _by_country(value, countries, name)
    if labels is not None and countries is not None and set(labels) & set(countries):
        return _by_country(dict(zip(labels, np.asarray(value).tolist(), strict=True)), countries, name)
    try:
        array = np.asarray(value, dtype=object) if isinstance(value, list | tuple) else np.asarray(value)
    except ValueError as error:
        raise ScenarioError(f"{name}: one bloc per country is needed, but {error}") from None
    if array.ndim != 1:
        raise ScenarioError(f"{name}: the shape is {array.shape}, but one bloc per country is needed")
    return list(array.tolist())


def blocs_of(value: Any, name: str, count: int, countries: list[str] | None = None) -> Blocs:
    """Read the division `value` of `count` countries, matched by label where both sides have labels.

    Raises
    ------
    ScenarioError
        For another number of countries, one without a bloc, or a bloc that is None or NaN.
    """
    blocs = _in_order(value, name, countries)
    if len(blocs) != count:
        raise ScenarioError(f"{name}: there are {len(blocs)} blocs for {count} countries; one each is needed")
    number: dict[Any, int] = {}
    code = np.empty(count, dtype=np.uint32)
    for row, bloc in enumerate(blocs):
        if bloc is None or bloc != bloc:  # noqa: PLR0124 - NaN alone differs from itself
            place = countries[row] if countries is not None else f"row {row}"
            raise ScenarioError(
                f"{name}: {place} has the bloc {bloc}; give non-aligned countries a name of their own, "
                'such as "none", or one each'
            )
        is_text = isinstance(bloc, str | bytes)
        if not isinstance(bloc, Hashable) or (isinstance(bloc, Sized) and not is_text):
            raise ScenarioError(f"{name}: {bloc!r} cannot be the name of a bloc; use text or a number")
        code[row] = number.setdefault(bloc, len(number))
    return Blocs(code, list(number))


def require_same_order(value: Any, like: Any, name: str, other: str) -> None:
    """Refuse two arrays whose labels differ, where both have some."""
    labels, wanted = labels_of(value), labels_of(like)
    if labels is None or wanted is None or labels == wanted:
        return
    if len(labels) != len(wanted):
        raise ScenarioError(f"{name}: it has {len(labels)} labels, but {other} has {len(wanted)}")
    at = next(row for row, (one, two) in enumerate(zip(labels, wanted, strict=True)) if one != two)
    raise ScenarioError(
        f"{name}: row {at} is {labels[at]}, but {wanted[at]} in {other}: bring both into the same order"
    )


def ranks_of(countries: list[str] | None, count: int, name: str) -> Labels:
    """Rank countries by label, so that results do not depend on the order of rows."""
    rank = np.arange(count, dtype=np.uint32)
    if countries is None:
        return rank
    order = sorted(range(count), key=lambda row: countries[row])
    for first, second in pairwise(order):
        if countries[first] == countries[second]:
            raise ScenarioError(f"{name}: rows {first} and {second} are both {countries[first]}; label each row once")
    rank[order] = np.arange(count, dtype=np.uint32)
    return rank
