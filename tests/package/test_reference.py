"""The pages of docs/: the reference holds every public name, each function has an example, and pages say what runs."""

import contextlib
import inspect
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx.util.inventory import InventoryFile

import splinternet as sn

DOCS = Path(__file__).parents[2] / "docs"
FIRST_STEPS = re.findall(
    r"```python\n(.*?)```\n\n```text\n(.*?)```", (DOCS / "python" / "index.md").read_text(encoding="utf-8"), re.DOTALL
)


def public_objects():
    """Every public function and class by its full name, and the submodules."""
    found = {f"splinternet.{name}": getattr(sn, name) for name in dir(sn) if not name.startswith("_")}
    for module in [one for one in found.values() if inspect.ismodule(one)]:
        found |= {f"{module.__name__}.{name}": getattr(module, name) for name in getattr(module, "__all__", [])}
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the folder of the pages, built as `make docs-python` does, in which a warning is a failure."""
    folder = tmp_path_factory.mktemp("pages")
    command = [sys.executable, str(DOCS / "python" / "build.py"), "-o", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_reference_holds_every_public_name(built):
    inventory = InventoryFile.loads((built / "objects.inv").read_bytes(), uri="").data
    documented = {name for kind, names in inventory.items() if kind.startswith("py:") for name in names}
    named = set(public_objects())
    assert len(named) > 100
    assert sorted(named - documented) == []


def test_each_page_of_a_class_tells_its_methods(built):
    inventory = InventoryFile.loads((built / "objects.inv").read_bytes(), uri="").data
    for name, own in public_objects().items():
        if inspect.isclass(own):
            methods = {
                f"{name}.{key}" for key, value in vars(own).items() if inspect.isfunction(value) and key[0] != "_"
            }
            assert methods <= set(inventory["py:method"]), name


def test_no_two_pages_differ_in_case_alone(built):
    pages = [str(page.relative_to(built)) for page in built.rglob("*.html")]
    assert "python/reference/generated/splinternet.trade.Gravity-class.html" in pages
    assert len({page.lower() for page in pages}) == len(pages)


def test_links_between_pages_lead_somewhere(built):
    start = (built / "index.html").read_text(encoding="utf-8")
    assert (built / re.search(r"url=([^\"]*)", start)[1]).is_file()
    for page in built.rglob("python/**/*.html"):
        for target in re.findall(r'href="([^"#:]+)[#"]', page.read_text(encoding="utf-8")):
            assert (page.parent / target.partition("?")[0]).exists(), (page.name, target)


def test_every_public_function_has_an_example_that_is_run():
    functions = {name: one for name, one in public_objects().items() if inspect.isfunction(one)}
    assert len(functions) > 60
    without = [name for name, one in functions.items() if not re.search(r"^>>> ", inspect.getdoc(one) or "", re.M)]
    assert without == []


@pytest.mark.parametrize(
    "own", [sn.Simulation, *(getattr(sn.coalition, n) for n in ("Game", "Landscape", "PublicGood"))]
)
def test_every_method_has_an_example_that_is_run(own):
    methods = {name: one for name, one in vars(own).items() if inspect.isfunction(one) and name[0] != "_"}
    assert len(methods) > 3
    assert [name for name, one in methods.items() if not re.search(r"^>>> ", inspect.getdoc(one) or "", re.M)] == []


def test_the_first_page_has_a_block_for_runs_for_changes_and_for_engines():
    assert len(FIRST_STEPS) == 3


@pytest.mark.parametrize("place", range(len(FIRST_STEPS)))
def test_blocks_of_the_first_page_print_what_stands_beneath_them(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, shown = FIRST_STEPS[place]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, f"block {place}", "exec"), {})
    assert printed.getvalue() == shown
