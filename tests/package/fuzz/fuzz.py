#!/usr/bin/env python3
"""Calls the functions of the package and of its core with good arguments, some of them spoiled.

To see that no input makes the interpreter crash, and that every refusal is one of the package's errors. The calls run
in child processes, in folders of their own. Each notes its number before it begins, so that a crash names the call; a
call follows from the seed and its number alone: `fuzz.py --only 1234` repeats one and prints its arguments.

Usage: fuzz.py [--calls 100000] [--seed 1] [--only NUMBER]; ends with 1 if there is a finding.
"""

import argparse
import collections
import faulthandler
import importlib
import os
import subprocess
import sys
import tempfile
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

CLEAN, FOUND = 0, 3  # how a child ends; anything else is a crash, or an answer that did not come
SECONDS_PER_CALL = 60  # an answer may take its time, but must come
MOST_CRASHES = 20
# Mappings refuse a name that they do not have as Python's do.
TRUTH = "The truth value of an"  # NumPy's own refusal of an array where True or False, or one thing, is needed
MAPPINGS = ("Analysis.__getitem__", "Result.__getitem__", "Scenario.parameters")


class Fuzz:
    """The calls of a module, by seed and number. Made in a folder that may be written to."""

    def __init__(self, module: str, seed: int) -> None:
        import splinternet as sn  # noqa: PLC0415 - the children's, not the supervisor's

        warnings.simplefilter("ignore")
        self._calls = importlib.import_module(module).CALLS
        self._seed = seed
        self._internal = sn.InternalError
        self._refusals = (sn.Error, TypeError)

    def name(self, number: int) -> str:
        """Name of the function of a call."""
        return str(self._calls[number % len(self._calls)][0])

    def make(self, number: int) -> tuple[Any, dict[str, Any]]:
        """Draw function and arguments of a call."""
        import numpy as np  # noqa: PLC0415 - as above
        from spoil import spoiled  # noqa: PLC0415 - it needs the package

        rng = np.random.default_rng([self._seed, number])
        name, function, arguments = self._calls[number % len(self._calls)]
        kept = () if name.startswith("_core.") else ("self",)
        return function, spoiled(arguments(rng), rng, kept)

    def refusals(self, name: str) -> tuple[type[BaseException], ...]:
        """Return what the function may raise."""
        if name.startswith("_core."):
            return (*self._refusals, ValueError, OverflowError, MemoryError)
        return (*self._refusals, KeyError) if name in MAPPINGS else self._refusals

    def finding(self, number: int) -> tuple[str, str | None]:
        """Make a call: a word for the count, and what is wrong, if anything."""
        try:
            function, arguments = self.make(number)
        except Exception as error:
            return "not made", f"good arguments were refused: {type(error).__name__}: {error}"
        try:
            function(**arguments)
        except self._internal as error:
            return "internal error", f"internal error: {error}"
        except self.refusals(self.name(number)) as error:
            return "refused", None if str(error).strip() else f"{type(error).__name__} without a message"
        except ValueError as error:
            return "refused", None if str(error).startswith(TRUTH) else f"ValueError: {error}"
        except BaseException as error:
            return "other error", f"{type(error).__name__}: {error}"
        return "answered", None


def work(fuzz: Fuzz, first: int, last: int, note: Path) -> int:
    """Make the calls first ... last - 1; return how the child ends."""
    counts: collections.Counter[str] = collections.Counter()
    ends = CLEAN
    with note.open("r+b", buffering=0) as file:
        for number in range(first, last):
            file.seek(0)
            file.write(f"{number:12d} {fuzz.name(number):60}".encode())
            faulthandler.dump_traceback_later(SECONDS_PER_CALL, exit=True)
            what, wrong = fuzz.finding(number)
            counts[what] += 1
            if wrong:
                ends = FOUND
                print(f"call {number}, {fuzz.name(number)}: {wrong[:400]}", flush=True)
    faulthandler.cancel_dump_traceback_later()
    print("  " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items())), flush=True)
    return ends


def supervise(options: argparse.Namespace, first: int, last: int) -> bool:
    """Make the calls first ... last - 1 in child processes, going on after a crash; tell if there is a finding."""
    crashes, failed = 0, False
    here = Path(__file__).resolve()
    while first < last and crashes < MOST_CRASHES:
        with tempfile.TemporaryDirectory() as folder:
            note = Path(folder) / "call"
            note.write_bytes(b"")
            worker = [sys.executable, str(here), "--seed", str(options.seed), "--list", options.list]
            worker += ["--work", str(first), str(last), str(note)]
            code = subprocess.run(worker, env=os.environ, cwd=folder, check=False).returncode
            noted = note.read_bytes().decode(errors="replace").split()
        failed = failed or code != CLEAN
        if code in (CLEAN, FOUND):
            break
        crashes += 1
        if not noted:
            print(f"the interpreter ended with {code} before the first call", flush=True)
            break
        print(f"call {noted[0]}, {' '.join(noted[1:])}: the interpreter ended with {code}", flush=True)
        first = int(noted[0]) + 1
    return failed


def supervise_all(options: argparse.Namespace) -> bool:
    """Make all calls, so many at a time as there are jobs; return whether there is a finding."""
    ends = [options.calls * job // options.jobs for job in range(options.jobs + 1)]
    with ThreadPoolExecutor(options.jobs) as pool:
        return any(list(pool.map(lambda job: supervise(options, ends[job], ends[job + 1]), range(options.jobs))))


def only(fuzz: Fuzz, number: int) -> None:
    """Repeat one call."""
    _, arguments = fuzz.make(number)
    print(f"{fuzz.name(number)}(**{arguments!r})", flush=True)
    print(*fuzz.finding(number))


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="so many processes at a time")
    parser.add_argument("--only", type=int, help="repeat this call alone")
    parser.add_argument("--list", default="calls", help="module that lists what to call")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        faulthandler.enable()
        first, last, note = options.work
        return work(Fuzz(options.list, options.seed), int(first), int(last), Path(note))
    if options.only is not None:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            only(Fuzz(options.list, options.seed), options.only)
        return 0
    start = time.monotonic()
    code = int(supervise_all(options))
    words = "findings" if code else "no finding"
    print(f"{options.calls} calls in {time.monotonic() - start:.0f} s: {words}")
    return code


if __name__ == "__main__":
    sys.exit(main())
