"""What a step of classroom-12 costs from Python, over the same steps in a loop of C++ in the same process.

Usage: python tests/bench/python_stepping.py [STEPS]; prints one line and fails if it is more than 20 µs a step. Two
simulations go through the same states side by side, a few steps by one call and as many by calls from Python, so that
both meet the same machine; time of the processor is taken, and the median of the differences counts.
"""

import statistics
import sys
import time

import splinternet as sn

STEPS = 10_000
AT_ONCE = 50
MOST_MICROSECONDS = 20.0


def timed(simulation: sn.Simulation, calls: int, steps: int) -> float:
    """Microseconds a step of so many calls of step(steps)."""
    start = time.thread_time()
    for _ in range(calls):
        simulation.step(steps)
    return (time.thread_time() - start) / (calls * steps) * 1e6


def main() -> int:
    """Measure and print."""
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else STEPS
    scenario = sn.load("classroom-12").with_({"run.horizon": steps})
    in_one, by_steps = (sn.Simulation(scenario, threads=1, record=False) for _ in range(2))
    plain, called = [], []
    for _ in range(steps // AT_ONCE):
        plain.append(timed(in_one, 1, AT_ONCE))
        called.append(timed(by_steps, AT_ONCE, 1))
    assert in_one.digest == by_steps.digest
    over = statistics.median(one - other for one, other in zip(called, plain, strict=True))
    print(
        f"classroom-12, {steps} steps, medians: {statistics.median(plain):.1f} us a step in C++, "
        f"{statistics.median(called):.1f} us from Python, {over:.2f} us more (limit {MOST_MICROSECONDS:g})"
    )
    return 0 if over < MOST_MICROSECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
