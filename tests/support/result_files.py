"""Reading result files with the tools of HDF5, where no Python library for them is at hand."""

import re
from pathlib import Path

from builds import need, run


def digests(path: Path) -> list[int]:
    """State digests of all steps of a result file, the start first."""
    text = run([need("h5dump", "hdf5-tools"), "-d", "/state_digest", "-y", "-w", "1", path])
    data = text[text.index("DATA {"):text.index("}", text.index("DATA {"))]
    return [int(word) for word in re.findall(r"\b\d+\b", data)]


def datasets(path: Path) -> list[str]:
    """Names of all datasets, sorted."""
    return re.findall(r"dataset\s+/(\S+)", run([need("h5dump", "hdf5-tools"), "-n", path]))


def same_dataset(a: Path, b: Path, name: str) -> bool:
    """Whether both files hold the same values under this name. Attributes are left out: some hold addresses."""
    command = [need("h5dump", "hdf5-tools"), "-A", "0", "-m", "%.17g", "-d", f"/{name}"]
    first, second = (run([*command, path]).split("\n", 1)[1] for path in (a, b))
    return first == second
