"""Run in a child process: neighbours.py FIRST SECOND, these being splinternet and a package with an HDF5 of its own.

Imports them in this order; each then writes a file that the other reads.
"""

import sys
import tempfile
from importlib import import_module
from pathlib import Path

HORIZON = 6


def write_by(neighbour: str, path: Path) -> None:
    """A file with the series 0, 1, 2 by h5py or netCDF4."""
    package = import_module(neighbour)
    if neighbour == "h5py":
        with package.File(path, "w") as file:
            file["series"] = [0.0, 1.0, 2.0]
        return
    with package.Dataset(path, "w") as file:
        file.createDimension("time", 3)
        file.createVariable("series", "f8", ("time",))[:] = [0.0, 1.0, 2.0]


def read_by(neighbour: str, path: Path, name: str) -> list[float]:
    """A series by h5py or netCDF4."""
    package = import_module(neighbour)
    with package.File(path) if neighbour == "h5py" else package.Dataset(path) as file:
        return [float(value) for value in file[name][:]]


def main() -> None:
    """Writes and reads in turn, ours twice, so that neither leaves the other's library changed."""
    for name in sys.argv[1:]:
        import_module(name)
    core = import_module("splinternet._core")
    neighbour = next(name for name in sys.argv[1:] if name != "splinternet")
    with tempfile.TemporaryDirectory() as name:
        theirs, ours, again = (Path(name) / file for file in ("theirs.h5", "ours.h5", "again.h5"))
        write_by(neighbour, theirs)
        code = core.run_command(["run", "classroom-12", "--set", f"run.horizon={HORIZON}", "--quiet", "-o", str(ours)])
        assert code == 0, code
        assert read_by(neighbour, theirs, "series") == [0.0, 1.0, 2.0]
        index = read_by(neighbour, ours, "splinternet_index")
        assert len(index) == HORIZON + 1, index
        result = core.read_result(str(ours))
        assert [float(value) for value in result.array("splinternet_index")["values"]] == index
        result.write(str(again))
        assert again.read_bytes() == ours.read_bytes()


main()
