"""The notebooks in analysis/notebooks run from top to bottom, and are kept without outputs."""

import re
import warnings

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from strip import FOLDER, notebooks, text_of

SECONDS_PER_CELL = 120  # it hangs; all cells together take seconds

by_name = pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def execute(notebook, folder):
    """The notebook after a run in this folder."""
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the machinery of kernels
        return client.execute()


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The notebook of a path after a run in a folder of its own; each is run once."""
    done = {}

    def notebook_of(path):
        if path not in done:
            try:
                done[path] = execute(read(path), tmp_path_factory.mktemp(path.stem))
            except CellExecutionError as error:
                done[path] = error
        if isinstance(done[path], CellExecutionError):
            raise done[path]
        return done[path]

    return notebook_of


@by_name
def test_it_runs_from_top_to_bottom(path, executed):
    cells = [cell for cell in executed(path).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


@by_name
def test_it_shows_pictures_and_no_warnings(path, executed):
    outputs = [output for cell in executed(path).cells for output in cell.get("outputs", [])]
    warned = [output.text for output in outputs if output.get("name") == "stderr" and "arning" in output.text]
    assert warned == []
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 2


@by_name
def test_no_picture_is_shown_twice(path, executed):
    pictures = [
        output.data["image/png"]
        for cell in executed(path).cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(set(pictures)) == len(pictures)


@by_name
def test_it_is_kept_without_outputs(path):
    assert path.read_text(encoding="utf-8") == text_of(read(path)), "run tests/notebooks/strip.py"


@by_name
def test_it_begins_with_its_purpose_and_has_short_cells(path):
    cells = read(path).cells
    assert re.match(r"# [A-Z].+\n\n[A-Z]", cells[0].source)
    assert max(len(cell.source.splitlines()) for cell in cells) <= 40
    assert max(len(line) for cell in cells for line in cell.source.splitlines()) <= 120


def test_a_bar_without_widgets_shows_no_warning(tmp_path):
    lines = ["import sys", 'sys.modules["ipywidgets"] = None', "import splinternet as sn"]
    run = nbformat.v4.new_code_cell("\n".join([*lines, 'sn.run("classroom-12", progress=True)']))
    done = execute(nbformat.v4.new_notebook(cells=[run]), tmp_path)
    said = "".join(output.text for output in done.cells[0].outputs if output.get("name") == "stderr")
    assert "60" in said
    assert "arning" not in said


def test_every_notebook_stands_in_the_list():
    listed = re.findall(r"\]\(([a-z-]+\.ipynb)\)", (FOLDER / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == [path.name for path in notebooks()]


def test_stripping_takes_everything_off_that_a_run_leaves(tmp_path):
    left = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "mine", "display_name": "Mine"}, "widgets": {}})
    left.cells = [
        nbformat.v4.new_code_cell(
            "1 + 1\n",
            execution_count=7,
            metadata={"collapsed": True},
            outputs=[nbformat.v4.new_output("execute_result", {"text/plain": "2"}, execution_count=7)],
        ),
        nbformat.v4.new_markdown_cell("Two.", metadata={"tags": ["answer"]}),
    ]
    stripped = nbformat.reads(text_of(left), as_version=4)
    nbformat.validate(stripped)
    code, text = stripped.cells
    assert (code.source, code.execution_count, code.outputs, code.metadata) == ("1 + 1", None, [], {})
    assert (text.source, text.metadata) == ("Two.", {})
    assert stripped.metadata.kernelspec.name == "python3"
    assert set(stripped.metadata) == {"kernelspec", "language_info"}
    assert text_of(stripped) == text_of(left)
