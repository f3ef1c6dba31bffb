#!/usr/bin/env python3
"""Same scenario, same bytes: for any number of threads, on a rerun, with both compilers, with and without optimisation.

Builds the program with g++ and clang++ at -O0 and -O3 and runs each scenario at 1, 2, 3 and 8 threads and once more.
All result files of a scenario must be equal byte for byte, and so must their state digests. Then a build with a planted
unordered parallel sum must be caught by the same comparison. Ends with 1 if a file differs or the plant is not caught.

Usage: run.py [--keep FOLDER]     (result files go to FOLDER; default: a temporary one)
"""

import argparse
import filecmp
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from builds import SOURCE, Failed, build, compiler_of, configure, finish, need, run  # noqa: E402
from result_files import datasets, digests, same_dataset  # noqa: E402

THREADS = [1, 2, 3, 8]
SCENARIOS = {"classroom-12": [], "clean-network-2020": ["--set", "run.horizon=12"]}


@dataclass(frozen=True)
class Build:
    """A way to build the program."""

    name: str
    compiler: str
    flags: str
    planted: bool = False

    def folder(self) -> Path:
        """Where it is built; the release build is reused if it was made by the same compiler."""
        release = SOURCE / "build/release"
        if self.name == "g++-O3" and compiler_of(release) == "GNU":
            return release
        return SOURCE / "build/bits" / self.name

    def make(self) -> None:
        """Configures and builds what is not up to date."""
        if self.folder().parent.name == "bits":
            configure(self.folder(), CMAKE_BUILD_TYPE="Release", CMAKE_CXX_COMPILER=self.compiler,
                      CMAKE_CXX_FLAGS_RELEASE=self.flags, SPLINTERNET_TESTS="OFF",
                      SPLINTERNET_PLANTED_REDUCE="ON" if self.planted else "OFF")
        build(self.folder(), "splinternet_program")

    @property
    def program(self) -> Path:
        """The program it makes."""
        return self.folder() / "splinternet"


HONEST = [Build("g++-O0", "g++", "-O0"), Build("g++-O3", "g++", "-O3 -DNDEBUG"),
          Build("clang++-O0", "clang++", "-O0"), Build("clang++-O3", "clang++", "-O3 -DNDEBUG")]
PLANTED = Build("planted-reduce", "g++", "-O0", planted=True)


@dataclass(frozen=True)
class Result:
    """One result file and how it came about."""

    label: str
    path: Path


def make_all() -> None:
    """Builds everything from one commit: files hold the commit, and it may move while this builds."""
    for _ in range(3):
        for one in [*HONEST, PLANTED]:
            print(f"building {one.name}")
            one.make()
        if len({run([one.program, "--version"]) for one in [*HONEST, PLANTED]}) == 1:
            return
        print("the commit changed meanwhile: once more")
    raise Failed("the checkout does not stand still")


def run_all(one: Build, scenario: str, folder: Path) -> list[Result]:
    """Result files of one build: each number of threads, and a rerun of the last."""
    results = []
    for attempt, threads in enumerate([*THREADS, THREADS[-1]]):
        path = folder / f"{scenario}.{one.name}.{attempt}.h5"
        run([one.program, "run", scenario, *SCENARIOS[scenario], "--threads", str(threads), "-o", path, "--quiet"],
            env={**os.environ, "SPLINTERNET_SCENARIOS": str(SOURCE / "scenarios")})
        rerun = " again" if attempt == len(THREADS) else ""
        results.append(Result(f"{one.name} {threads} thread{'s' if threads > 1 else ''}{rerun}", path))
    return results


def first_difference(a: Path, b: Path) -> str:
    """Where two unequal files differ: the first step of the state, and the first dataset by name."""
    steps = [step for step, pair in enumerate(zip(digests(a), digests(b))) if pair[0] != pair[1]]
    state = f"state from step {steps[0]} on" if steps else "states alike"
    names = [name for name in datasets(a) if not same_dataset(a, b, name)]
    return f"{state}; first dataset: {names[0]}" if names else f"{state}; only attributes or the layout"


def differing(reference: Result, results: list[Result]) -> list[Result]:
    """Those whose bytes are not the reference's."""
    return [one for one in results if not filecmp.cmp(reference.path, one.path, shallow=False)]


def compare_honest(scenario: str, folder: Path) -> tuple[Result, int]:
    """Prints a line per build; the reference and the number of files that differ from it."""
    results = {one.name: run_all(one, scenario, folder) for one in HONEST}
    reference = results[HONEST[0].name][0]
    expected = digests(reference.path)
    if len(expected) < 2 or len(set(expected)) < 2:
        raise Failed(f"{scenario}: its {len(expected)} digests do not change: nothing is compared")
    failures = 0
    for name, files in results.items():
        different = differing(reference, files)
        failures += len(different)
        verdict = f"{len(different)} DIFFER" if different else "same"
        print(f"  {scenario:20} {name:12} {len(files)} files, {files[0].path.stat().st_size:>8} bytes, "
              f"{len(digests(files[-1].path))} digests, last {digests(files[-1].path)[-1]:016x}: {verdict}")
        for one in different:
            print(f"    {one.label} differs from {reference.label}: {first_difference(reference.path, one.path)}")
    return reference, failures


def plant_is_caught(scenario: str, reference: Result, folder: Path) -> bool:
    """Whether the files of the planted build differ, from the honest ones and with the number of threads."""
    results = run_all(PLANTED, scenario, folder)
    from_honest = differing(reference, results)
    among_threads = differing(results[0], results[1:])
    print(f"  {scenario:20} planted sum: {len(from_honest)} of {len(results)} files differ from the honest ones, "
          f"{len(among_threads)} of {len(results) - 1} from its own at 1 thread")
    if among_threads:
        print(f"    e.g. {among_threads[0].label}: {first_difference(results[0].path, among_threads[0].path)}")
    return bool(from_honest) and bool(among_threads)


def compare_all(folder: Path) -> int:
    """The whole comparison; 1 if anything differs that must not, or does not differ that must."""
    failures = 0
    caught = True
    for scenario in SCENARIOS:
        reference, different = compare_honest(scenario, folder)
        failures += different
        caught = plant_is_caught(scenario, reference, folder) and caught
    if failures:
        print(f"{failures} files differ")
    if not caught:
        print("the planted sum was not caught")
    return 1 if failures or not caught else 0


def main() -> int:
    """Builds, runs, compares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="folder for the result files")
    keep = parser.parse_args().keep
    need("clang++", "clang")
    make_all()
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        return compare_all(keep)
    with tempfile.TemporaryDirectory() as folder:
        return compare_all(Path(folder))


if __name__ == "__main__":
    finish(main)
