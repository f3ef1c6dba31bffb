#!/usr/bin/env python3
"""Builds the module of the package under the sanitizers of addresses and undefined behaviour, and fuzzes it.

Only the module and the libraries that it needs are compiled, in build/asan-python. `make test` runs it.

Usage: run.py [--jobs 2] [arguments of fuzz.py]; ends with 1 if there is a finding.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pybind11

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build" / "asan-python"
FLAGS = {
    "CMAKE_BUILD_TYPE": "RelWithDebInfo",
    "CMAKE_CXX_FLAGS_RELWITHDEBINFO": "-O1 -g1",
    "SPLINTERNET_SANITIZE": "address,undefined",
    "SPLINTERNET_INVARIANTS": "ON",
    "SPLINTERNET_PYTHON": "ON",
    "SPLINTERNET_TESTS": "OFF",
    "pybind11_DIR": pybind11.get_cmake_dir(),
    "Python_EXECUTABLE": sys.executable,
}
# No leaks are looked for: the interpreter keeps much until it ends. What cannot be had is refused, as without ASan.
OPTIONS = "detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=4096:hard_rss_limit_mb=6000"


def build(jobs: int) -> Path:
    """Compile the module; return a folder with the package around it."""
    flags = [f"-D{key}={value}" for key, value in FLAGS.items()]
    subprocess.run(["cmake", "-S", ROOT, "-B", BUILD, "-G", "Ninja", *flags], check=True, stdout=subprocess.DEVNULL)
    target = ["--target", "splinternet_python", "--parallel", str(jobs)]
    subprocess.run(["cmake", "--build", BUILD, *target], check=True)
    return site(BUILD)


def site(built: Path) -> Path:
    """Put the package together: its code, the module and the shipped scenarios."""
    package = built / "site" / "splinternet"
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(ROOT / "python" / "splinternet", package, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    for module in (built / "python").glob("_core*.so"):
        (package / module.name).symlink_to(module)
    (package / "scenarios").symlink_to(ROOT / "scenarios")
    return package.parent


def library(name: str) -> str:
    """Find a library of the compiler.

    The interpreter was made without sanitizer and C++: the sanitizer has to come first, and finds there what throws.
    """
    compiler = os.environ.get("CXX", "c++")
    command = [compiler, f"-print-file-name={name}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--built", type=Path, help="a folder in which the module was built already")
    options, others = parser.parse_known_args()
    folder = site(options.built) if options.built else build(options.jobs)
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LD_PRELOAD": f"{library('libasan.so')} {library('libstdc++.so.6')}",
        "ASAN_OPTIONS": OPTIONS,
        "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    }
    fuzz = Path(__file__).with_name("fuzz.py")
    return subprocess.run(
        [sys.executable, str(fuzz), "--jobs", str(options.jobs), *others], env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
