"""A digest of what a function says: its text and the values that it uses, so that a file can tell it from another.

What counts: the text from ``def`` on (indentation, blank lines and spaces at line ends do not), defaults, what it
encloses, and the globals that it names. Of these, functions, classes and modules of the user count by their text in
turn, numbers, strings, arrays and tables by their values, and whatever a library defines by its name: versions of
libraries do not count.
"""

import ast
import dis
import hashlib
import inspect
import pickle
import sys
import sysconfig
import textwrap
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from splinternet._compiled import is_compiled
from splinternet._core import ScenarioError

_LIBRARY_FOLDERS = tuple(
    Path(sysconfig.get_paths()[key]).resolve() for key in ("stdlib", "platstdlib", "purelib", "platlib")
)
_PICKLE_PROTOCOL = 4


def digest_of(function: Any, title: str) -> str:
    """SHA-256 of the function as 64 hexadecimal digits.

    Raises
    ------
    ScenarioError
        If it uses a value that cannot be told by its bytes, naming that value.
    """
    digest = _Digest(title)
    digest.add_function(function)
    return digest.hexdigest()


def plain_function(function: Any) -> Any:
    """Return the Python function behind one that Numba compiled, or `function` itself."""
    return function.py_func if is_compiled(function) else function


class _Digest:
    def __init__(self, title: str) -> None:
        self._title = title
        self._hash = hashlib.sha256()
        self._seen: set[int] = set()

    def hexdigest(self) -> str:
        return self._hash.hexdigest()

    def _put(self, kind: str, content: bytes = b"") -> None:
        # With lengths, so that no two lists of parts make the same bytes.
        self._hash.update(f"{kind}:{len(content)}:".encode() + content)

    def add_function(self, function: Any) -> None:
        function = plain_function(function)
        if not isinstance(function, FunctionType):
            self._add_callable(function)
            return
        if id(function) in self._seen:
            self._put("again", function.__name__.encode())
            return
        self._seen.add(id(function))
        self._put("function", _text_of(function).encode())
        self.add("defaults", function.__defaults__)
        self.add("keyword defaults", function.__kwdefaults__)
        for name, value in sorted(_used_values(function).items()):
            self.add(name, value)

    def _add_callable(self, value: Any) -> None:
        """Add an object that is called: what calling it does, and what it holds."""
        call = type(value).__call__
        if isinstance(call, FunctionType):
            self.add_function(call)
            self.add("state", vars(value) if hasattr(value, "__dict__") else None)
            return
        self._put("named", _qualified_name(value).encode())

    def add(self, name: str, value: Any) -> None:
        self._put("name", name.encode())
        value = plain_function(value)
        if value is None or isinstance(value, bool | int | float | complex | str | bytes):
            self._put(type(value).__name__, repr(value).encode())
        elif isinstance(value, np.ndarray | np.generic):
            self._add_array(name, np.asarray(value))
        elif isinstance(value, tuple | list | dict | set | frozenset):
            self._add_items(name, value)
        elif isinstance(value, ModuleType | type):
            text = "" if _is_of_library(value) else _source_of(value)
            self._put(type(value).__name__, f"{_qualified_name(value)}\n{text}".encode())
        elif isinstance(value, FunctionType) and not _is_of_library(value):
            self.add_function(value)
        elif hasattr(type(value), "to_numpy") and (hasattr(value, "coords") or hasattr(value, "index")):
            self._add_table(name, value)
        elif callable(value):
            self._add_callable(value)
        else:
            self._add_pickled(name, value)

    def _add_items(self, name: str, value: Any) -> None:
        self._put(type(value).__name__, str(len(value)).encode())
        items = sorted(value, key=repr) if isinstance(value, set | frozenset) else value
        if isinstance(value, dict):
            items = [part for pair in value.items() for part in pair]
        for item in items:
            self.add(name, item)

    def _add_array(self, name: str, array: Any) -> None:
        if array.dtype.hasobject:
            self._put(f"objects {array.shape}")
            self.add(name, array.tolist())
            return
        self._put("array", f"{array.dtype.str} {array.shape}".encode() + np.ascontiguousarray(array).tobytes())

    def _add_table(self, name: str, table: Any) -> None:
        """Add a table or labelled array: values, and the labels along its axes."""
        axes = table.coords.values() if hasattr(table, "coords") else getattr(table, "axes", [table.index])
        self._put(_qualified_name(type(table)))
        self._add_array(name, np.asarray(table.to_numpy()))
        for axis in axes:
            self.add(name, [str(label) for label in np.ravel(np.asarray(axis))])

    def _add_pickled(self, name: str, value: Any) -> None:
        try:
            self._put(_qualified_name(type(value)), pickle.dumps(value, _PICKLE_PROTOCOL))
        except Exception as error:
            raise ScenarioError(
                f"{self._title}: it uses {name}, a {type(value).__name__} that no file could tell from another "
                f"({error}): let it use numbers, text, arrays or tables"
            ) from None


def _used_values(function: FunctionType) -> dict[str, Any]:
    """Return what the function encloses, and the globals that it or a function inside it names."""
    values: dict[str, Any] = {}
    for name in _global_names(function.__code__):
        if name in function.__globals__:
            values[name] = function.__globals__[name]
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            values[name] = cell.cell_contents
        except ValueError:  # not yet assigned
            continue
    return values


def _global_names(code: CodeType) -> set[str]:
    names = {step.argval for step in dis.get_instructions(code) if step.opname in {"LOAD_GLOBAL", "LOAD_NAME"}}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= _global_names(constant)
    return names


def _text_of(function: FunctionType) -> str:
    """Return the text from ``def`` on; of a function without one, its bytecode."""
    text = _source_of(function)
    if not text:
        return _bytecode_text(function.__code__)
    try:
        first = ast.parse(text).body[0]
    except SyntaxError:  # part of a statement: a lambda among arguments
        return text
    if isinstance(first, ast.FunctionDef):  # without decorators
        text = "\n".join(text.splitlines()[first.lineno - 1 :])
    return text


def _source_of(value: Any) -> str:
    try:
        source = inspect.getsource(value)
    except (OSError, TypeError):
        return ""
    lines = (line.rstrip() for line in textwrap.dedent(source).splitlines())
    return "\n".join(line for line in lines if line)


def _bytecode_text(code: CodeType) -> str:
    inner = [_constant_text(item) for item in code.co_consts]
    return f"bytecode {sys.version_info[:2]} {code.co_code.hex()} {code.co_names} {code.co_varnames} {inner}"


def _constant_text(value: Any) -> str:
    if isinstance(value, CodeType):
        return _bytecode_text(value)
    return repr(sorted(value, key=repr) if isinstance(value, frozenset) else value)


def _is_of_library(value: Any) -> bool:
    """Whether an installed package or Python itself defines it."""
    module = value if isinstance(value, ModuleType) else sys.modules.get(getattr(value, "__module__", None) or "")
    file = getattr(module, "__file__", None)
    if module is None or module.__name__ == "__main__":
        return False
    if module.__name__.partition(".")[0] == "splinternet":
        return True
    if file is None:
        return True
    return any(Path(file).resolve().is_relative_to(folder) for folder in _LIBRARY_FOLDERS)


def _qualified_name(value: Any) -> str:
    name = getattr(value, "__qualname__", getattr(value, "__name__", type(value).__qualname__))
    return f"{getattr(value, '__module__', None) or type(value).__module__}.{name}"
