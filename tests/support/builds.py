"""Building variants of the project: what the scripts below tests/ share."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """A command failed, or a program is missing; the message says which and what it printed."""


def run(command: list[str | Path], **options) -> str:
    """Output of a command; raises Failed with all it printed if it does not end well."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", **options)
    if done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout[-6000:]}")
    return done.stdout


def need(program: str, package: str) -> str:
    """Path of a program; raises Failed naming the package that has it."""
    path = shutil.which(program)
    if path is None:
        raise Failed(f"{program} is not installed; it is in the package {package}")
    return path


def jobs() -> int:
    """How many compilers to run at once: one takes up to 2 GB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(os.cpu_count() or 1, memory // 2_000_000_000))


def configure(folder: Path, *, source: Path = SOURCE, **cache: str) -> None:
    """Runs CMake in `folder` with these cache entries."""
    run(["cmake", "-S", source, "-B", folder, "-G", "Ninja", *(f"-D{key}={value}" for key, value in cache.items())])


def build(folder: Path, *targets: str, **options) -> None:
    """Builds the targets in a configured folder; what is up to date is left alone."""
    run(["cmake", "--build", folder, "--parallel", str(jobs()), "--target", *targets], **options)


def release_program() -> Path:
    """The program of the release build, made first if it is not up to date."""
    folder = SOURCE / "build/release"
    if not (folder / "build.ninja").exists():
        run(["cmake", "--preset", "release", "-DSPLINTERNET_TESTS=OFF"], cwd=SOURCE)
    build(folder, "splinternet_program")
    return folder / "splinternet"


def compiler_of(folder: Path) -> str:
    """Compiler of a configured folder as CMake names it ("GNU", "Clang"), or "" if it is not configured."""
    for file in folder.glob("CMakeFiles/*/CMakeCXXCompiler.cmake"):
        found = re.search(r'set\(CMAKE_CXX_COMPILER_ID "(\w+)"\)', file.read_text())
        if found:
            return found[1]
    return ""


def finish(main) -> None:
    """Ends the script with what main() returns; a failure is one message and 1."""
    sys.stdout.reconfigure(line_buffering=True)
    try:
        sys.exit(main())
    except Failed as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
