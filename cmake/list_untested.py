#!/usr/bin/env python3
"""Lists the sources below sim/ that have no test at the mirrored path (sim/trade/solver.cpp needs
tests/trade/solver_test.cpp). Ends with 1 if there is one.

Usage: list_untested.py [root of the repository]
"""

import sys
from pathlib import Path

# One back end is compiled at a time, and all of them answer to tests/core/parallel_test.cpp; main.cpp only calls
# run_command.
EXEMPT = ["sim/app/main.cpp", "sim/core/parallel_tbb.cpp", "sim/core/parallel_std.cpp", "sim/core/parallel_serial.cpp"]


def untested(root):
    """Messages, one per source without a test."""
    root = Path(root)
    sources = sorted(file.relative_to(root).as_posix() for file in (root / "sim").rglob("*.cpp"))
    if not sources:
        return [f"{root}: no sources below sim/"]
    messages = []
    for source in sources:
        test = "tests/" + source[len("sim/"):-len(".cpp")] + "_test.cpp"
        if source not in EXEMPT and not (root / test).exists():
            messages.append(f"{source}: no {test}")
    return messages


def main(arguments):
    root = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parent.parent
    messages = untested(root)
    for message in messages:
        print(message)
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
