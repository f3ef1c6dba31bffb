"""Strip notebooks: no outputs, no counts, only the metadata that a kernel needs; a change is then a change of text.

Usage::

    python tests/notebooks/strip.py            strip all in analysis/notebooks
    python tests/notebooks/strip.py FILE ...   strip these
"""

import sys
from pathlib import Path

import nbformat

FOLDER = Path(__file__).resolve().parents[2] / "analysis" / "notebooks"

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebooks():
    """All notebooks of the project, sorted by name."""
    return sorted(FOLDER.glob("*.ipynb"))


def text_of(notebook):
    """The stripped notebook as the text of its file; cells are numbered, which names them in messages."""
    cells = []
    for number, cell in enumerate(notebook.cells, start=1):
        kept = {"cell_type": cell.cell_type, "id": f"cell-{number}", "metadata": {}, "source": cell.source.rstrip()}
        if cell.cell_type == "code":
            kept |= {"execution_count": None, "outputs": []}
        cells.append(kept)
    stripped = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return nbformat.writes(nbformat.from_dict(stripped)).rstrip("\n") + "\n"


def main(paths):
    """Write the files anew that are not stripped; say which."""
    for path in map(Path, paths or notebooks()):
        text = text_of(nbformat.read(path, as_version=4))
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8")
            print(f"stripped {path}")


if __name__ == "__main__":
    main(sys.argv[1:])
