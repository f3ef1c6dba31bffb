"""What a step of classroom-12 costs from Python, over the same steps in a loop of C++ in the same process.

Usage: python tests/bench/python_stepping.py [STEPS]; prints one line and fails if it is more than 20 µs a step.
"""

import sys
import time

import splinternet as sn
from splinternet import _core

STEPS = 10_000
ROUNDS = 5
MOST_MICROSECONDS = 20.0


def seconds_in_python(scenario: sn.Scenario, steps: int) -> float:
    """Seconds of so many calls of Simulation.step()."""
    simulation = sn.Simulation(scenario, record=False)
    start = time.perf_counter()
    for _ in range(steps):
        simulation.step()
    return time.perf_counter() - start


def main() -> int:
    """Measure in turn, so that both loops see the same machine, and take the fastest of each."""
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else STEPS
    scenario = sn.load("classroom-12").with_({"run.horizon": steps, "record.arrays": ["splinternet_index"]})
    plain, called = [], []
    for _ in range(ROUNDS):
        plain.append(_core.time_steps(scenario._loaded, steps))
        called.append(seconds_in_python(scenario, steps))
    over = (min(called) - min(plain)) / steps * 1e6
    print(
        f"classroom-12, {steps} steps, fastest of {ROUNDS}: {min(plain) / steps * 1e6:.1f} us a step in C++, "
        f"{min(called) / steps * 1e6:.1f} us from Python, {over:.1f} us more (limit {MOST_MICROSECONDS:g})"
    )
    return 0 if over < MOST_MICROSECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
