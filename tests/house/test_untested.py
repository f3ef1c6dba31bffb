"""cmake/list_untested.py names every source without a test at the mirrored path."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "cmake" / "list_untested.py"


@pytest.fixture
def tree(tmp_path):
    for path in ("sim/core/parallel.cpp", "sim/core/parallel_tbb.cpp", "sim/core/parallel_std.cpp",
                 "sim/core/parallel_serial.cpp", "sim/io/text/csv.cpp", "sim/app/main.cpp", "sim/core/ids.hpp",
                 "tests/core/parallel_test.cpp", "tests/io/text/csv_test.cpp"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    return tmp_path


def run(*arguments, cwd=None):
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, cwd=cwd)


def test_a_tree_with_all_its_tests_passes(tree):
    result = run(tree)
    assert (result.returncode, result.stdout) == (0, "")


def test_sources_without_a_test_are_listed(tree):
    (tree / "sim/core/planted.cpp").write_text("")
    (tree / "tests/io/text/csv_test.cpp").unlink()
    result = run(tree)
    assert result.returncode == 1
    assert result.stdout.splitlines() == ["sim/core/planted.cpp: no tests/core/planted_test.cpp",
                                          "sim/io/text/csv.cpp: no tests/io/text/csv_test.cpp"]


def test_a_test_elsewhere_does_not_count(tree):
    (tree / "tests/io/text/csv_test.cpp").rename(tree / "tests/core/csv_test.cpp")
    assert run(tree).returncode == 1


def test_a_tree_without_sources_is_an_error(tmp_path):
    result = run(tmp_path)
    assert result.returncode == 1
    assert "no sources" in result.stdout


def test_every_source_has_a_test(tmp_path):
    result = run(cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, "")
