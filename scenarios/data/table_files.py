"""Writing the tables of a world, and seeing whether those in the tree are what the sources and rules give."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

Table = tuple[list[str], list[list[str]]]


def number(value: float, digits: int = 6) -> str:
    """Format `value` with `digits` significant digits, without exponent and without trailing zeros."""
    exact = Decimal(value)
    if exact == 0:
        return "0"
    step = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    text = format(exact.quantize(step, rounding=ROUND_HALF_EVEN), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def csv_text(table: Table) -> str:
    """The table as CSV: comma, header, LF line ends."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table[0])
    writer.writerows(table[1])
    return buffer.getvalue()


def differing_files(files: dict[str, bytes], folder: Path) -> list[str]:
    """Names of the files that are missing from, different in, or unknown to `folder`."""
    present = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}
    return sorted(name for name in files.keys() | present.keys() if files.get(name) != present.get(name))


def write_or_check(description: str, files: dict[str, bytes], folder: Path, script: str) -> int:
    """Write the files, or compare them with those in the folder when ``--check`` is given: 1 if they differ."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the tree differs")
    if parser.parse_args().check:
        different = differing_files(files, folder)
        for name in different:
            print(f"{folder.name}/{name} differs: run {Path(script).name}", file=sys.stderr)
        return 1 if different else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return 0
