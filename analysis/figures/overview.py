#!/usr/bin/env python3
"""One picture of one run: who belongs to which framework, and what it does to the internet, trade and income.

Reads a result file of `splinternet run`, writes a picture and the plotted numbers.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
# The package's drawing code needs no compiled core.
sys.path.append(str(Path(__file__).resolve().parents[2] / "python" / "splinternet"))
from _figures.overview import DPI, draw  # noqa: E402
from _figures.run_file import ReadError, read_run  # noqa: E402

FORMATS = (".png", ".svg", ".pdf")


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Reads the command line and fills in the default names of the outputs."""
    parser = argparse.ArgumentParser(prog="overview.py", description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="result file of splinternet run")
    parser.add_argument("-o", "--output", type=Path, metavar="PICTURE", help="picture (default: FILE with .png)")
    parser.add_argument("--csv", type=Path, metavar="NUMBERS", help="plotted numbers (default: PICTURE with .csv)")
    options = parser.parse_args(arguments)
    options.output = options.output or options.file.with_suffix(".png")
    if options.output.suffix not in FORMATS:
        parser.error(f"{options.output}: the picture's name must end in one of {', '.join(FORMATS)}")
    options.csv = options.csv or options.output.with_suffix(".csv")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Runs the program; returns its exit code: 0 done, 2 bad input or output."""
    options = parse_arguments(arguments)
    try:
        figure, numbers = draw(read_run(options.file))
        figure.savefig(options.output, dpi=DPI)
        numbers.write(options.csv)
    except ReadError as error:
        print(f"overview.py: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"overview.py: cannot write {error.filename or options.output}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
