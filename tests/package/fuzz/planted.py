"""Faults for the fuzz to find: a crash, an error that is none of the package's, a refusal that says nothing."""

import ctypes
import os
from typing import Any

from good import Call

import splinternet as sn


def _wordless() -> None:
    raise sn.ScenarioError("")


def _other() -> Any:
    return {}["x"]


def _none(_: Any) -> dict[str, Any]:
    return {}


CALLS = [
    Call("fine", lambda: None, _none),
    Call("crashes", lambda: ctypes.string_at(0), _none),
    Call("raises KeyError", _other, _none),
    Call("refuses without a word", _wordless, _none),
    Call("leaves", lambda: os._exit(7), _none),
]
