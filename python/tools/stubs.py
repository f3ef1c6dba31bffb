#!/usr/bin/env python3
"""Writes types of what no type checker can see, from the installed package.

These are `python/splinternet/_core/*.pyi`, the compiled core, and `python/splinternet/__init__.pyi`, the public names,
which load on first use.

Usage::

    stubs.py [--check]

Run it by the Python that has the package, pybind11-stubgen and ruff (`make stubs`). With --check, nothing is written
and the exit code is 1 if what is there is not what the package says of itself. Nobody edits these files by hand.
"""

import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import splinternet
from splinternet import _core

SOURCE = Path(__file__).resolve().parents[2]
PACKAGE = SOURCE / "python/splinternet"
HEADER = "# Made by `make stubs`; not to be edited.\n"

#: What pybind11 leaves open, by name.
ANY = {"dict": "dict[str, typing.Any]", "list": "list[typing.Any]", "tuple": "tuple[typing.Any, ...]"}
OPEN = re.compile(r"(?<=[ \[(])(dict|list|tuple)(?=[:,\])]| =|$)", re.MULTILINE)
CALLABLE = re.compile(r"collections\.abc\.Callable(?!\[)")
ARRAY = re.compile(r"numpy\.ndarray(?!\[)")
OR_NONE = re.compile(r"(: [^:=|()]+) = None(?=[,)])")
ERROR_IMPORT = re.compile(r"^from splinternet import \w+\n", re.MULTILINE)
#: Classes of the core are final; what refuses to make their objects without their maker says nothing of types.
CLASS = re.compile(r"^class (?=\w+:)", re.MULTILINE)
REFUSAL = re.compile(r"^    @staticmethod\n    def __new__\(\*args, \*\*kwargs\):\n(?:        .*\n)+", re.MULTILINE)
CONSTANT = re.compile(r"^(\w+: (?:str|int|float|bool)) = .*$", re.MULTILINE)


def errors() -> str:
    """List the exception classes, which bear the package's name though they stand in the core."""
    classes = {
        name: value
        for name, value in vars(_core).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    }
    ordered = sorted(classes.items(), key=lambda item: (len(item[1].__mro__), item[0]))
    return "".join(
        f"class {name}({', '.join(base.__name__ for base in value.__bases__)}):\n    {value.__doc__!r}\n"
        for name, value in ordered
    )


def mended(text: str, *, is_top: bool) -> str:
    """Give the stub types that mypy --strict takes, and no values that change with every commit."""
    signatures = OPEN.sub(lambda found: ANY[found[1]], text)
    signatures = CALLABLE.sub("collections.abc.Callable[..., typing.Any]", signatures)
    signatures = ARRAY.sub("numpy.typing.NDArray[typing.Any]", signatures)
    signatures = OR_NONE.sub(r"\1 | None = None", signatures)
    signatures = CONSTANT.sub(r"\1", signatures)
    signatures = CLASS.sub("@typing.final\nclass ", REFUSAL.sub("", signatures))
    imports = "".join(
        f"import {name}\n"
        for name in ("numpy", "numpy.typing", "typing")
        if f"{name}." in signatures and f"import {name}\n" not in signatures
    )
    place = "from __future__ import annotations\n"
    if is_top:
        signatures = re.sub(r"^__all__", errors() + "__all__", ERROR_IMPORT.sub("", signatures), flags=re.MULTILINE)
    else:
        signatures = ERROR_IMPORT.sub(lambda found: found[0].replace("splinternet", "splinternet._core"), signatures)
    return HEADER + signatures.replace(place, place + imports, 1)


def public_names() -> str:
    """Return the stub of the package itself: where each public name comes from."""
    homes = dict.fromkeys(splinternet.__all__, "splinternet._core")
    homes |= dict.fromkeys(splinternet._SUBMODULES, "splinternet") | splinternet._HOMES
    lines = [f"from {home} import {name} as {name}\n" for name, home in sorted(homes.items())]
    return f"{HEADER}{''.join(lines)}\n__all__ = {sorted(homes)}\n__version__: str\n"


def generated(folder: Path) -> dict[str, str]:
    """Return file name below the package → text of all stubs, formatted, by way of `folder`."""
    tool = [sys.executable, "-m", "pybind11_stubgen", "splinternet._core", "--output-dir", str(folder), "--exit-code"]
    done = subprocess.run(tool, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    package = folder / "splinternet"
    made = package / "_core"
    if not made.is_dir():  # without submodules, one file
        made.mkdir()
        made.with_suffix(".pyi").rename(made / "__init__.pyi")
    for path in made.rglob("*.pyi"):
        text = mended(path.read_text(encoding="utf-8"), is_top=path == made / "__init__.pyi")
        path.write_text(text, encoding="utf-8")
    (package / "__init__.pyi").write_text(public_names(), encoding="utf-8")
    for command in (["check", "--select", "I,F401", "--fix"], ["format"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--quiet", "--isolated", "--no-cache", "--line-length", "120"]
        subprocess.run([*ruff, str(package)], check=True)
    return texts(package)


def texts(package: Path) -> dict[str, str]:
    """Read the stubs of a package."""
    return {str(path.relative_to(package)): path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.pyi"))}


def differences(made: dict[str, str]) -> str:
    """Compare the files that are there with those just made, as a diff."""
    there = texts(PACKAGE)
    lines: list[str] = []
    for name in sorted(there.keys() | made.keys()):
        before, after = there.get(name, "").splitlines(), made.get(name, "").splitlines()
        lines += difflib.unified_diff(before, after, f"python/splinternet/{name}", "as it should be", lineterm="", n=0)
    return "\n".join(lines)


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(description="Writes types of what no type checker can see.")
    parser.add_argument("--check", action="store_true", help="only compare with the files that are there")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as name:
        made = generated(Path(name))
    if check:
        found = differences(made)
        if found:
            print(f"{found}\nThe types are not those of the package: make stubs", file=sys.stderr)
        return 1 if found else 0
    for old in texts(PACKAGE):
        (PACKAGE / old).unlink()
    for file, text in made.items():
        (PACKAGE / file).parent.mkdir(parents=True, exist_ok=True)
        (PACKAGE / file).write_text(text, encoding="utf-8")
    print(f"{PACKAGE.relative_to(SOURCE)}: {len(made)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
