"""Build the pages of docs/ with the reference of the Python package: build.py -o FOLDER; then open FOLDER/index.html.

Run by a Python that has the package and deps/python-test.lock. Any warning of Sphinx is a failure.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
START = '<!doctype html><meta http-equiv="refresh" content="0; url=python/index.html"><title>splinternet</title>\n'


def _without_files(page: Path, sources: Path) -> str:
    """Return the text of a page, links to files outside docs/ turned into words."""
    outside = re.escape("../" * len(page.relative_to(sources).parts))
    return re.sub(rf"\[([^]]*)\]\({outside}[^)]*\)", r"\1", page.read_text(encoding="utf-8"))


def build(output: Path) -> None:
    """Write the pages below `output`; what Sphinx makes on the way stays out of docs/."""
    with tempfile.TemporaryDirectory() as scratch:
        sources = Path(scratch) / "docs"
        shutil.copytree(REPOSITORY / "docs", sources, ignore=shutil.ignore_patterns("__pycache__"))
        for page in sources.rglob("*.md"):
            page.write_text(_without_files(page, sources), encoding="utf-8")
        arguments = ["-q", "-W", "--keep-going", "-c", str(sources / "python"), "-d", f"{scratch}/doctrees"]
        subprocess.run([sys.executable, "-m", "sphinx", *arguments, str(sources), str(output)], check=True)
    (output / "index.html").write_text(START, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, required=True)
    try:
        build(parser.parse_args().output)
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)
