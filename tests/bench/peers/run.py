#!/usr/bin/env python3
"""Times splinternet and other programs on the same inputs, one thread each, and lays the times side by side.

Usage::

    run.py PROGRAM [-o FOLDER] [--repetitions N] [--min-time SECONDS]

PROGRAM is splinternet_bench. Writes into FOLDER: splinternet.json (Google Benchmark), one JSON for each topic,
ratios.csv and ratios.png (ours against others), limits.csv (ours against what the machine can do). Ends with 1 if a
program cannot be run or has another answer than ours; a goal that is not met is only said.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from picture import draw
from ratios import Ratio, Share, read_tables, text_of_ratios, text_of_shares, write_csv
from timing import Disagreement

HERE = Path(__file__).resolve().parent
TOPICS = ("routing", "trade", "gravity", "assignment", "metrics")

#: One thread each; on the clock neither threads that only wait nor progress bars.
ENVIRONMENT = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
                                      "NUMBA_NUM_THREADS", "NUMEXPR_NUM_THREADS")}
ENVIRONMENT |= {"OMP_WAIT_POLICY": "PASSIVE", "AEQ_SHOW_PROGRESS": "FALSE"}


def run_ours(program: Path, folder: Path, repetitions: int, seconds: float) -> Path:
    """Runs our benchmarks, which write the inputs for the others; returns their report."""
    inputs, report = folder / "inputs", folder / "splinternet.json"
    inputs.mkdir(parents=True, exist_ok=True)
    subprocess.run([program.resolve(), f"--benchmark_out={report}", "--benchmark_out_format=json",
                    f"--benchmark_repetitions={repetitions}", f"--benchmark_min_time={seconds:g}"], check=True,
                   env=os.environ | ENVIRONMENT | {"SPLINTERNET_BENCH_INPUTS": str(inputs)})
    return report


def run_topic(topic: str, report: Path, folder: Path, repetitions: int) -> Path:
    """Times the other programs on one topic; returns their report."""
    output = folder / f"{topic}.json"
    subprocess.run([sys.executable, HERE / f"{topic}.py", folder / "inputs", report, output, "--repetitions",
                    str(repetitions)], check=True, env=os.environ | ENVIRONMENT)
    return output


def main() -> int:
    parser = argparse.ArgumentParser(description="Times splinternet and other programs on the same inputs.")
    parser.add_argument("program", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("out/bench"))
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--min-time", type=float, default=0.1, help="seconds of each repetition of ours")
    given = parser.parse_args()
    folder = given.output.resolve()
    try:
        report = run_ours(given.program, folder, given.repetitions, given.min_time)
        print(flush=True)
        others = [run_topic(topic, report, folder, given.repetitions) for topic in TOPICS]
        lines, limits = read_tables(report, others)
    except (Disagreement, subprocess.CalledProcessError) as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 1
    write_csv(folder / "ratios.csv", Ratio, lines)
    write_csv(folder / "limits.csv", Share, limits)
    draw(lines, folder / "ratios.png")
    print(f"\nOthers against ours: milliseconds of the processor, median of {given.repetitions}; "
          "spread = interquartile range over median\n")
    print(f"{text_of_ratios(lines)}\n\nOurs against this machine\n\n{text_of_shares(limits)}\n")
    missed = sum(line.met == "not met" for line in lines)
    goals = sum(line.goal is not None for line in lines)
    print(f"{goals - missed} of {goals} goals met. Tables and picture: {given.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
