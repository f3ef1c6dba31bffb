#!/usr/bin/env python3
"""Line coverage of sim/ by the C++ tests.

Builds the preset `coverage`, runs ctest and adds up what gcov counted: a line is covered if any translation unit ran
it. Prints a line per folder and the total, and the files that are least covered. Ends with 1 below 90 %.

Usage: run.py [--jobs N] [--all-files]
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from builds import SOURCE, Failed, finish, jobs, need, run  # noqa: E402

FOLDER = SOURCE / "build/coverage"
WANTED_PERCENT = 90.0
FILES_PER_CALL = 20
LEAST_COVERED = 10

Counts = dict[str, dict[int, int]]  # file below the root → line → how often it ran


def run_tests(parallel: int) -> None:
    """Builds everything that the tests need and runs them from a clean slate."""
    run(["cmake", "--preset", "coverage"], cwd=SOURCE)
    run(["cmake", "--build", "--preset", "coverage", "--parallel", str(parallel)], cwd=SOURCE)
    for old in FOLDER.rglob("*.gcda"):
        old.unlink()
    print(run(["ctest", "--test-dir", FOLDER, "-j", str(parallel), "--no-tests=error"]).splitlines()[-3])


def add_report(report: dict, counts: Counts) -> None:
    """Adds gcov's account of one translation unit to the counts of files under sim/."""
    base = Path(report["current_working_directory"])
    for file in report["files"]:
        path = (base / file["file"]).resolve()
        if not path.is_relative_to(SOURCE / "sim"):
            continue
        lines = counts[str(path.relative_to(SOURCE))]
        for line in file["lines"]:
            lines[line["line_number"]] = lines.get(line["line_number"], 0) + line["count"]


def count_lines() -> Counts:
    """How often each line of sim/ ran in the libraries. Units that no test linked count with all their lines at 0."""
    notes = sorted((FOLDER / "sim").rglob("*.gcno"))
    if not notes:
        raise Failed(f"{FOLDER}/sim holds no .gcno files: was it built by another compiler than gcc?")
    counts: Counts = defaultdict(dict)
    for first in range(0, len(notes), FILES_PER_CALL):
        done = subprocess.run([need("gcov", "gcc"), "--json-format", "--stdout", *notes[first:first + FILES_PER_CALL]],
                              cwd=FOLDER, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"gcov ended with {done.returncode}:\n{done.stderr[-2000:]}")
        for line in done.stdout.splitlines():
            if line.startswith("{"):
                add_report(json.loads(line), counts)
    return counts


def share(files: list[dict[int, int]]) -> tuple[int, int, float]:
    """Lines that ran, all lines, and their ratio in percent."""
    total = sum(len(lines) for lines in files)
    covered = sum(1 for lines in files for count in lines.values() if count > 0)
    return covered, total, 100.0 * covered / total if total else 100.0


def folder_of(path: str) -> str:
    """The room: sim/io/hdf5/writer.cpp → sim/io/hdf5."""
    return str(Path(path).parent)


def print_table(counts: Counts, show_all: bool) -> float:
    """Prints the shares; returns that of the whole."""
    folders = defaultdict(list)
    for path, lines in counts.items():
        folders[folder_of(path)].append(lines)
    for folder in sorted(folders):
        print("  {:22} {:6} of {:6} lines  {:5.1f} %".format(folder, *share(folders[folder])))
    covered, total, percent = share(list(counts.values()))
    print(f"  {'sim/':22} {covered:6} of {total:6} lines  {percent:5.1f} %")
    worst = sorted(counts, key=lambda path: share([counts[path]])[2])
    for path in worst if show_all else worst[:LEAST_COVERED]:
        missing = sorted(number for number, count in counts[path].items() if count == 0)
        if missing:
            print(f"    {path}: {share([counts[path]])[2]:.0f} %, not run: {shortened(missing)}")
    return percent


def shortened(numbers: list[int]) -> str:
    """Line numbers as text, at most twelve."""
    text = ", ".join(map(str, numbers[:12]))
    return text + (", …" if len(numbers) > 12 else "")


def main() -> int:
    """Measures; 1 if it is not enough."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=jobs(), help="compilers and tests at once")
    parser.add_argument("--all-files", action="store_true", help="list every file that is not fully covered")
    arguments = parser.parse_args()
    run_tests(arguments.jobs)
    percent = print_table(count_lines(), arguments.all_files)
    if percent < WANTED_PERCENT:
        print(f"less than {WANTED_PERCENT:.0f} %")
        return 1
    return 0


if __name__ == "__main__":
    finish(main)
