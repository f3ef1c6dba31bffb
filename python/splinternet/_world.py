"""The state of a simulation as NumPy arrays that share its memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ArrayInfo:
    """What an array of a world is.

    Attributes
    ----------
    name : str
        Its name: ``world[name]``, or with dots as attributes.
    kind : str
        "state": what digests are taken of; "derived": follows from it; "setting": never changes; "output": a copy of
        what files hold by this name, as of now.
    dims : tuple of str
        Its dimensions, slowest first.
    units, meaning : str
        Its unit and what it is.
    """

    name: str
    kind: str
    dims: tuple[str, ...]
    units: str
    meaning: str


class World:
    """The state of a simulation, its setting and what is observed, as read-only NumPy arrays.

    Arrays are named as in the digests of result files, ``world["members.level"]`` or ``world.members.level``; outputs
    as the series of result files, ``world["splinternet_index"]`` or ``world.splinternet_index``. Arrays of the state,
    what is derived from it and the setting share the memory of the simulation: nothing is copied, writing raises
    ValueError, and an array that is kept shows the state of the moment when it is read, also after further steps. It
    stays valid when the simulation is gone. After `inject` and `set_parameter` the simulation goes on in another world:
    take arrays anew. Outputs are copies; those of metrics steps are of the last one.

    Examples
    --------
    >>> import splinternet as sn
    >>> simulation = sn.Simulation("classroom-12")
    >>> level = simulation.world.members.level
    >>> level.shape, bool(level.flags.writeable)
    ((12, 2), False)
    >>> simulation.world["countries.gdp_busd"].dtype
    dtype('float64')
    """

    __slots__ = ("_prefix", "_view")

    def __init__(self, view: Any, prefix: str = "") -> None:
        self._view = view
        self._prefix = prefix

    def __getitem__(self, name: str) -> Any:
        """Return the array of that name; numbers of the whole world as float."""
        return self._view.array(self._prefix + name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        full = self._prefix + name
        if any(row[0].startswith(full + ".") for row in self._view.rows):
            return World(self._view, full + ".")
        try:
            return self._view.array(full)
        except ValueError as error:
            raise AttributeError(str(error)) from None

    def __dir__(self) -> list[str]:
        names = {row[0].removeprefix(self._prefix).split(".")[0] for row in self._rows()}
        return sorted(names | set(super().__dir__()))

    def __repr__(self) -> str:
        of = f" {self._prefix.rstrip('.')}" if self._prefix else ""
        return f"<World{of} after step {self.step}: {len(list(self._rows()))} arrays; world.arrays() lists them>"

    def _rows(self) -> Iterator[Any]:
        return (row for row in self._view.rows if row[0].startswith(self._prefix))

    def arrays(self) -> list[ArrayInfo]:
        """List the arrays of this world with kind, dimensions, units and meaning.

        Examples
        --------
        >>> import splinternet as sn
        >>> sn.Simulation("classroom-12").world.arrays()[0]
        ArrayInfo(name='members.level', kind='state', dims=('country', 'framework'), units='1', \
meaning='membership: 0 none, 1 listed, 2 signed')
        """
        return [
            ArrayInfo(name, kind, tuple(dims.split()), units, meaning)
            for name, kind, dims, units, meaning in self._rows()
        ]

    def labels(self, dim: str) -> list[str]:
        """Return what stands along a dimension: codes, ids, names; an empty list if places have no labels.

        Examples
        --------
        >>> import splinternet as sn
        >>> sn.Simulation("classroom-12").world.labels("framework")
        ['clean_network', 'gids']
        """
        return list(self._view.labels(dim))

    def labelled(self, name: str) -> Any:
        """Return an array as an xarray.DataArray with labels, units and meaning; it shares the same memory.

        Examples
        --------
        >>> import splinternet as sn
        >>> world = sn.Simulation("classroom-12").world
        >>> float(world.labelled("countries.gdp_share").sum().round(9))
        1.0
        """
        import xarray as xr  # noqa: PLC0415 - slow, and not needed by who takes plain arrays

        values = self[name]
        row = next(row for row in self.arrays() if row.name == self._prefix + name)
        sizes = dict(zip(row.dims, np.shape(values), strict=True))
        labels = {dim: self.labels(dim) for dim in row.dims}
        coords = {dim: known for dim, known in labels.items() if known and len(known) == sizes[dim]}
        attrs = {"units": row.units, "long_name": row.meaning}
        return xr.DataArray(values, dims=row.dims, coords=coords, name=row.name, attrs=attrs)

    @property
    def step(self) -> int:
        """Steps done."""
        return int(self._view.step)

    @property
    def codes(self) -> list[str]:
        """Codes of the countries or actors, by row."""
        return self.labels("country")

    @property
    def membership(self) -> NDArray[np.uint8]:
        """Short for ``world.members.level``: 0 none, 1 listed, 2 signed; (country, framework)."""
        return self._view.array("members.level")  # type: ignore[no-any-return]
