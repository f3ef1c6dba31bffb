#!/usr/bin/env python3
"""Each planted fault must turn the tests red.

Copies the tree to build/mutants/src, builds the tests of the rooms concerned and sees them pass. Then, patch by patch
(tests/mutants/*.patch): applies it, builds, runs the tests of the files it changes and, if these pass, all of the rooms,
takes it back. Prints which tests failed. Ends with 1 if a patch does not apply or does not compile, or if the tests pass
with it.

Usage: run.py [name of a patch]...     (default: all)
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from builds import SOURCE, Failed, build, configure, finish, jobs, run  # noqa: E402

FOLDER = SOURCE / "build/mutants"
COPY = FOLDER / "src"
# Otherwise git would take the copy for a part of the checkout around it, and apply nothing there.
ENVIRONMENT = {**os.environ, "GIT_CEILING_DIRECTORIES": str(FOLDER)}
SECONDS_PER_TEST = 300


@dataclass(frozen=True)
class Mutant:
    """A patch with a fault: its first line says what is wrong, the line "Rooms:" whose tests should see it."""

    name: str
    path: Path
    what: str
    rooms: list[str]
    files: list[str]

    @classmethod
    def read(cls, path: Path) -> "Mutant":
        """Reads the head of a patch."""
        lines = path.read_text().splitlines()
        rooms = [line.removeprefix("Rooms:").split() for line in lines if line.startswith("Rooms:")]
        if len(rooms) != 1 or not rooms[0]:
            raise Failed(f"{path}: expected one line 'Rooms: <folder>...'")
        files = re.findall(r"^\+\+\+ b/(\S+)\.[ch]pp$", "\n".join(lines), re.MULTILINE)
        return cls(path.stem, path, lines[0], rooms[0], files)

    def apply(self, *options: str) -> None:
        """Applies the patch to the copy."""
        run(["git", "apply", *options, self.path], cwd=COPY, env=ENVIRONMENT)


def copy_tree() -> None:
    """Brings the copy up to date; files that are equal keep their time, so that they are not built again."""
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=SOURCE)
    wanted = {name for name in listed.split("\0") if name and (SOURCE / name).is_file()}
    for old in [path for path in COPY.rglob("*") if path.is_file()]:
        if str(old.relative_to(COPY)) not in wanted:
            old.unlink()
    for name in sorted(wanted):
        data = (SOURCE / name).read_bytes()
        target = COPY / name
        if not target.exists() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def build_tests(rooms: list[str]) -> None:
    """Builds the test programs of the rooms."""
    build(FOLDER / "tests", *(room.replace("/", "_") + "_tests" for room in rooms))


def failed_tests(pattern: str, without: str = "error") -> list[str]:
    """Names of the tests that fail of those that match; raises Failed if there are none, unless it may be so."""
    done = subprocess.run(["ctest", "--test-dir", FOLDER / "tests", "-R", pattern, f"--no-tests={without}", "-j",
                           str(jobs()), "--timeout", str(SECONDS_PER_TEST)],
                          capture_output=True, text=True, errors="replace")
    failed = re.findall(r"^\s*\d+ - (\S+) \(", done.stdout, re.MULTILINE)
    if done.returncode != 0 and not failed:
        raise Failed(f"ctest -R '{pattern}' ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr}")
    return failed


def of_rooms(rooms: list[str]) -> str:
    """Pattern of the tests of some rooms."""
    return "^sim/(" + "|".join(rooms) + ")/"


def check_unharmed(rooms: list[str]) -> None:
    """Sees that all tests concerned pass without a fault: otherwise red would mean nothing."""
    print(f"without a fault: building and running the tests of {', '.join(rooms)}")
    configure(FOLDER / "tests", source=COPY, CMAKE_BUILD_TYPE="Release", CMAKE_CXX_FLAGS_RELEASE="-O0")
    build_tests(rooms)
    failed = failed_tests(of_rooms(rooms))
    if failed:
        raise Failed(f"these tests fail without any fault: {', '.join(failed)}")


def is_caught(mutant: Mutant) -> bool:
    """Whether the tests fail with the fault; prints a line."""
    start = time.monotonic()
    mutant.apply()
    try:
        build_tests(mutant.rooms)
        own = "^(" + "|".join(mutant.files) + ")$"
        failed = failed_tests(own, without="ignore") or failed_tests(of_rooms(mutant.rooms))
    finally:
        mutant.apply("-R")
    verdict = f"caught by {', '.join(failed)}" if failed else f"SURVIVES: {mutant.what}"
    print(f"  {mutant.name:28} {time.monotonic() - start:4.0f} s  {verdict}")
    return bool(failed)


def chosen() -> list[Mutant]:
    """The patches named on the command line, or all."""
    folder = Path(__file__).resolve().parent
    known = sorted(path.stem for path in folder.glob("*.patch"))
    names = [Path(name).stem for name in sys.argv[1:]] or known
    for name in names:
        if name not in known:
            raise Failed(f"there is no patch {name}; there are {', '.join(known)}")
    return [Mutant.read(folder / f"{name}.patch") for name in names]


def main() -> int:
    """Runs all; 1 if one survives."""
    mutants = chosen()
    copy_tree()
    for mutant in mutants:
        mutant.apply("--check")
    check_unharmed(sorted({room for mutant in mutants for room in mutant.rooms}))
    survivors = [mutant.name for mutant in mutants if not is_caught(mutant)]
    print(f"{len(mutants) - len(survivors)} of {len(mutants)} faults caught")
    return 1 if survivors else 0


if __name__ == "__main__":
    finish(main)
