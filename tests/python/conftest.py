"""What the Python tests share: the program and one run of each of two scenarios."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "analysis" / "figures"

# The drawing code of the package needs no compiled core; the program `overview.py` is run as such.
sys.path.append(str(ROOT / "python" / "splinternet"))


@pytest.fixture(scope="session")
def program() -> Path:
    """The program under test: SPLINTERNET_PROGRAM, else the release build."""
    path = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build" / "release" / "splinternet"))
    assert path.is_file(), f"{path}: no program there; build it or set SPLINTERNET_PROGRAM"
    return path


def run_scenario(program: Path, scenario: str, output: Path) -> Path:
    """Runs a scenario and returns its result file."""
    subprocess.run([program, "run", scenario, "-o", output, "--quiet"], check=True, cwd=ROOT)
    return output


@pytest.fixture(scope="session")
def flagship(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Result file of the flagship scenario."""
    return run_scenario(program, "clean-network-2020", tmp_path_factory.mktemp("flagship") / "flagship.h5")


@pytest.fixture(scope="session")
def classroom(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Result file of the twelve-country scenario."""
    return run_scenario(program, "classroom-12", tmp_path_factory.mktemp("classroom") / "classroom.h5")
