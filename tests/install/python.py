#!/usr/bin/env python3
"""The Python package installs and works from the checkout, as a wheel and in place.

In fresh virtual environments: `pip install .`, the wheel after auditwheel, `pip install -e .`. In each, the example of
the README draws its picture; the console script does what the C++ program does; h5py and netCDF4, which bring an HDF5
of their own, work beside it in either order of import. What is in the wheel and in the source archive is checked.
Ends with 1 if anything fails.

Usage: python.py [--libraries FOLDER]

With --libraries, only the bindings are compiled and linked with the libraries installed there (`make package` installs
them); without, everything is compiled as it is for a newcomer. Run by the Python of .venv-test, which has the tools.
"""

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from archives import check_source_archive, check_wheel  # noqa: E402
from builds import SOURCE, Failed, finish, jobs, release_program, run  # noqa: E402
from programs import check_same_program  # noqa: E402

HERE = Path(__file__).resolve().parent
NEIGHBOURS = ("h5py", "netCDF4")
SMALLEST_PICTURE = 20_000  # bytes


class Environment:
    """A fresh virtual environment in a folder of its own, in which nothing of the checkout is in sight."""

    def __init__(self, folder: Path, constraints: Path) -> None:
        self.folder = folder
        self.bin = folder / "venv/bin"
        hidden = ("SPLINTERNET_SCENARIOS", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV")
        self.variables = {key: value for key, value in os.environ.items() if key not in hidden}
        self.variables |= {"PIP_CONSTRAINT": str(constraints), "PIP_DISABLE_PIP_VERSION_CHECK": "1",
                           "CMAKE_BUILD_PARALLEL_LEVEL": str(jobs()), "MPLBACKEND": "agg"}
        folder.mkdir()
        run([sys.executable, "-m", "venv", folder / "venv"])

    def python(self, *arguments: str | Path) -> str:
        """Output of this environment's Python, run in its folder."""
        return run([self.bin / "python", *arguments], cwd=self.folder, env=self.variables)

    def pip(self, *arguments: str | Path) -> str:
        """Output of this environment's pip."""
        return self.python("-m", "pip", *arguments)


def write_constraints(path: Path) -> None:
    """The versions of .venv-test without their hashes, which pip would want for our own package too."""
    lock = (SOURCE / "deps/python-test.lock").read_text(encoding="utf-8")
    path.write_text("\n".join(re.findall(r"^\S+==\S+", lock, re.MULTILINE)) + "\n", encoding="utf-8")


def build_settings(libraries: Path | None) -> list[str]:
    """Options for pip."""
    if libraries is None:
        return []
    import pybind11  # of .venv-test: the same headers, so that nothing is compiled again

    values = {"SPLINTERNET_INSTALLED": libraries.resolve(), "pybind11_DIR": pybind11.get_cmake_dir()}
    return [word for name, value in values.items() for word in ("-C", f"cmake.define.{name}={value}")]


def run_example(environment: Environment) -> None:
    """Runs the first Python example of the README, which must leave a picture."""
    readme = (SOURCE / "README.md").read_text(encoding="utf-8")
    example = re.search(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    if example is None:
        raise Failed("README.md has no Python example")
    file = environment.folder / "example.py"
    file.write_text(example[1], encoding="utf-8")
    environment.python(file)
    pictures = [path for path in environment.folder.glob("*.png") if path.stat().st_size > SMALLEST_PICTURE]
    if not pictures:
        raise Failed(f"the example of the README draws no picture:\n{example[1]}")
    print(f"    the README's example draws {pictures[0].name}")


def check_neighbours(environment: Environment) -> None:
    """Each of the packages with an HDF5 of its own before and after ours, both writing and reading."""
    for neighbour in NEIGHBOURS:
        for order in ((neighbour, "splinternet"), ("splinternet", neighbour)):
            environment.python(HERE / "neighbours.py", *order)
    print(f"    works beside {' and '.join(NEIGHBOURS)}, imported before or after them")


def check_installed(environment: Environment) -> None:
    """What every way of installing must give."""
    environment.pip("check")
    run_example(environment)
    check_neighbours(environment)
    check_same_program(release_program(), environment.bin / "splinternet", environment.folder, environment.variables)
    print("    the console script does what the program does")


def install_from_checkout(environment: Environment, settings: list[str]) -> None:
    """`pip install .`"""
    print("  pip install .")
    environment.pip("install", *settings, SOURCE, "netCDF4")
    check_installed(environment)


def install_wheel(environment: Environment, settings: list[str]) -> None:
    """A wheel that brings its libraries along, installed where there is no compiler to help."""
    print("  wheel")
    made, repaired = environment.folder / "made", environment.folder / "repaired"
    run([sys.executable, "-m", "build", "--wheel", *settings, "--outdir", made, SOURCE], env=environment.variables)
    tools = environment.variables | {"PATH": f"{Path(sys.executable).parent}:{environment.variables['PATH']}"}
    run([sys.executable, "-m", "auditwheel", "repair", "--wheel-dir", repaired, *made.glob("*.whl")], env=tools)
    wheel = next(repaired.glob("*.whl"))
    check_wheel(wheel)
    print(f"    {wheel.name}, {wheel.stat().st_size / 1e6:.1f} MB")
    environment.pip("install", wheel, "netCDF4")
    check_own_libraries(environment)
    check_installed(environment)


def check_own_libraries(environment: Environment) -> None:
    """The module loads HDF5 from the wheel, not from the system."""
    module = environment.python("-c", "import splinternet._core as core; print(core.__file__)").strip()
    loaded = [line for line in run(["ldd", module], env=environment.variables).splitlines() if "hdf5" in line]
    if not loaded or not all("splinternet.libs" in line for line in loaded):
        raise Failed(f"{module} does not take HDF5 from the wheel:\n" + "\n".join(loaded))


def install_in_place(environment: Environment, settings: list[str]) -> None:
    """`pip install -e .`: the Python files are those of the checkout."""
    print("  pip install -e .")
    environment.pip("install", *settings, "--editable", SOURCE)
    where = environment.python("-c", "import splinternet; print(splinternet.__file__)").strip()
    if Path(where).resolve() != SOURCE / "python/splinternet/__init__.py":
        raise Failed(f"pip install -e . uses {where}")
    run_example(environment)


def check_source(folder: Path, settings: list[str]) -> None:
    """The source archive is complete; without settings, it is compiled too."""
    print("  source archive")
    run([sys.executable, "-m", "build", "--sdist", "--outdir", folder, SOURCE])
    archive = next(folder.glob("*.tar.gz"))
    check_source_archive(archive)
    if not settings:
        run([sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder, archive])
    print(f"    {archive.name}, {archive.stat().st_size / 1e6:.1f} MB")


def main() -> int:
    """Does all of it."""
    parser = argparse.ArgumentParser(description="The Python package installs and works.")
    parser.add_argument("--libraries", type=Path, help="installed libraries of sim/ to link with")
    settings = build_settings(parser.parse_args().libraries)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        constraints = folder / "constraints.txt"
        write_constraints(constraints)
        install_from_checkout(Environment(folder / "checkout", constraints), settings)
        install_wheel(Environment(folder / "wheel", constraints), settings)
        install_in_place(Environment(folder / "in-place", constraints), settings)
        check_source(folder / "source", settings)
    return 0


if __name__ == "__main__":
    finish(main)
