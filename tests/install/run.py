#!/usr/bin/env python3
"""The installed package works from outside the tree.

Installs the release build to a temporary prefix; builds tests/install/client against find_package(splinternet) and runs
it; has the installed program list its scenarios and run one from another folder; and compiles every public header on
its own. Ends with 1 if anything fails.
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from builds import SOURCE, Failed, build, configure, finish, release_program, run  # noqa: E402
from result_files import digests  # noqa: E402


def install(prefix: Path) -> None:
    """Installs the release build."""
    release_program()
    run(["cmake", "--install", SOURCE / "build/release", "--prefix", prefix])
    headers = [path.relative_to(SOURCE) for path in (SOURCE / "sim").rglob("*.hpp")]
    missing = [str(path) for path in headers if not (prefix / "include/splinternet" / path).exists()]
    if missing:
        raise Failed(f"not installed: {', '.join(missing)}")
    print(f"  installed, {len(headers)} headers")


def run_client(folder: Path, prefix: Path) -> None:
    """Builds and runs the client; it checks its own result."""
    configure(folder, source=SOURCE / "tests/install/client", CMAKE_PREFIX_PATH=str(prefix), CMAKE_BUILD_TYPE="Release")
    build(folder, "client")
    print("  client: " + run([folder / "client"]).strip())


def run_program(folder: Path, prefix: Path) -> None:
    """Runs the installed program where nothing of the checkout is in sight."""
    program = prefix / "bin/splinternet"
    environment = {key: value for key, value in os.environ.items() if key != "SPLINTERNET_SCENARIOS"}
    listed = run([program, "list"], cwd=folder, env=environment)
    for name in sorted(path.stem for path in (SOURCE / "scenarios").glob("*.toml")):
        if name not in listed:
            raise Failed(f"the installed program does not list {name}:\n{listed}")
    run([program, "run", "classroom-12", "-o", "run.h5", "--quiet"], cwd=folder, env=environment)
    print(f"  program: lists its scenarios, runs classroom-12 ({len(digests(folder / 'run.h5'))} digests)")


def verify_headers() -> None:
    """Compiles each public header on its own."""
    build(SOURCE / "build/release", "all_verify_interface_header_sets")
    print("  every header compiles on its own")


def main() -> int:
    """Does all of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install(folder / "prefix")
        run_client(folder / "client", folder / "prefix")
        run_program(folder, folder / "prefix")
    verify_headers()
    return 0


if __name__ == "__main__":
    finish(main)
