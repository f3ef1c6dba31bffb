#!/usr/bin/env python3
"""Times `import splinternet`: warm starts of the interpreter, each a process of its own.

Usage: python_import.py [--starts N]. Run by the Python that has the package.
"""

import argparse
import statistics
import subprocess
import sys

TIMED = "import time; start = time.perf_counter(); import {name}; print(time.perf_counter() - start)"
GOAL_SECONDS = 0.3


def median_seconds(name: str, starts: int) -> float:
    """Median time of the import over warm starts; the first start, which may read from the disk, is left out."""
    command = [sys.executable, "-c", TIMED.format(name=name)]
    seconds = [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
               for _ in range(starts + 1)]
    return statistics.median(seconds[1:])


def main() -> None:
    """Prints the median, beside that of NumPy as a yardstick."""
    parser = argparse.ArgumentParser(description="Times the import of the package.")
    parser.add_argument("--starts", type=int, default=5)
    starts = parser.parse_args().starts
    for name, goal in (("numpy", ""), ("splinternet", f" (goal: below {GOAL_SECONDS} s)")):
        print(f"import {name}: {median_seconds(name, starts):.3f} s, median of {starts} warm starts{goal}")


if __name__ == "__main__":
    main()
