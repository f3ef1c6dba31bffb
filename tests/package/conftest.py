"""What the tests of the package share: result files of shipped scenarios, made by the program of the package itself."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pytest

from splinternet import _core

mpl.use("Agg")


@pytest.fixture(scope="session")
def result_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return the result file of a scenario, run once, with values of ``--set`` if any are given."""
    folder = tmp_path_factory.mktemp("results")
    made: dict[tuple[str, ...], Path] = {}

    def file_of(scenario: str, *settings: str) -> Path:
        if (scenario, *settings) not in made:
            path = folder / f"{len(made)}-{scenario.replace('/', '-')}.h5"
            overrides = [f"--set={setting}" for setting in settings]
            assert _core.run_command(["run", scenario, "-o", str(path), "--quiet", *overrides]) == 0
            made[scenario, *settings] = path
        return made[scenario, *settings]

    return file_of


@pytest.fixture(scope="session")
def program() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Return what runs the program on arguments: the one that SPLINTERNET_PROGRAM names, else the package's own."""
    named = os.environ.get("SPLINTERNET_PROGRAM")
    command = [named] if named else [sys.executable, "-c", "import sys, splinternet._program as p; sys.exit(p.main())"]

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True, check=False)

    return run
