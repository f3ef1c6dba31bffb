"""Splinternet: how countries and firms join rival data-security frameworks, and what it does to trade and the internet.

The names below load on first use, so that ``import splinternet`` is quick and needs no plotting library.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from splinternet import _core
from splinternet._core import DataError, Error, FileError, InternalError, ScenarioError, SolverError

__version__ = _core.version

_core.add_library_folder(str(Path(_core.__file__).parent / "scenarios"))

# Public name -> module that holds it.
_HOMES: dict[str, str] = {
    "verify": "splinternet.verification",
    "Verification": "splinternet.verification",
    "run": "splinternet.simulation",
    "World": "splinternet.simulation",
    "Simulation": "splinternet.simulation",
    "scenarios": "splinternet.scenario",
    "load": "splinternet.scenario",
    "ScenarioEntry": "splinternet.scenario",
    "Scenario": "splinternet.scenario",
    "Parameter": "splinternet.scenario",
    "Analysis": "splinternet.analysis",
    "Explanation": "splinternet.explanation",
    "FirmRule": "splinternet.custom",
    "Payoff": "splinternet.custom",
    "Result": "splinternet.result",
    "analyse": "splinternet.analysis",
    "firm_rule": "splinternet.custom",
    "open_result": "splinternet.result",
    "payoff": "splinternet.custom",
}
_SUBMODULES: set[str] = {"coalition", "custom", "metrics", "routing", "trade"}

__all__ = ["DataError", "Error", "FileError", "InternalError", "ScenarioError", "SolverError"]


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return import_module(f"splinternet.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'splinternet' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_HOMES, *_SUBMODULES, "__version__"])
