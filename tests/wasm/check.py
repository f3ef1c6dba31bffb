#!/usr/bin/env python3
"""The rooms that run in a browser give the program's bits.

Builds core … engine and io/text with serial loops and without HDF5, natively and, where em++ is installed, as
WebAssembly; runs classroom-12 and a year of the flagship and compares the state digest of every step with the result
file of the program (oneTBB). Ends with 1 if one differs. Without em++ (package emscripten, see deps/apt-wasm.txt) only
the native half runs, and the script says so.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from builds import SOURCE, Failed, build, configure, finish, need, release_program, run  # noqa: E402
from result_files import digests  # noqa: E402

SCENARIOS = {"classroom-12": [], "clean-network-2020": ["run.horizon=12"]}
FOLDER = SOURCE / "build/wasm"
# Debian's Emscripten looks for its JavaScript libraries where its own node does.
EM_ENVIRONMENT = {**os.environ, "NODE_PATH": "/usr/share/nodejs"}


def native_driver() -> list[str | Path]:
    """Command of the driver built by the native compiler."""
    folder = FOLDER / "native"
    configure(folder, source=SOURCE / "tests/wasm", CMAKE_BUILD_TYPE="Release")
    build(folder, "run_classroom")
    return [folder / "run_classroom"]


def wasm_driver() -> list[str | Path]:
    """Command of the driver built as WebAssembly."""
    folder = FOLDER / "emscripten"
    need("emcmake", "emscripten")
    run(["emcmake", "cmake", "-S", SOURCE / "tests/wasm", "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"],
        env=EM_ENVIRONMENT)
    build(folder, "run_classroom", env=EM_ENVIRONMENT)
    # Node's own fetch makes Emscripten 3.1 take it for a browser.
    return [need("node", "nodejs"), "--no-experimental-fetch", folder / "run_classroom.js"]


def digests_of_program(scenario: str, overrides: list[str]) -> list[int]:
    """Digests in the result file of the program."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.h5"
        settings = [word for override in overrides for word in ("--set", override)]
        run([release_program(), "run", scenario, *settings, "--threads", "2", "-o", path, "--quiet"])
        return digests(path)


def digests_of_driver(driver: list[str | Path], scenario: str, overrides: list[str]) -> list[int]:
    """Digests that the driver prints."""
    text = run([*driver, SOURCE / f"scenarios/{scenario}.toml", *overrides])
    return [int(line) for line in text.split()]


def same(expected: list[int], found: list[int], label: str) -> bool:
    """Whether the digests agree; prints a line."""
    if len(expected) < 2 or len(set(expected)) < 2:
        raise Failed(f"{label}: the program's {len(expected)} digests do not change: nothing is compared")
    if expected == found:
        print(f"  {label}: {len(found)} digests, the same")
        return True
    steps = [step for step, pair in enumerate(zip(expected, found)) if pair[0] != pair[1]]
    print(f"  {label}: {len(found)} digests, expected {len(expected)}: "
          f"they DIFFER from step {steps[0] if steps else min(len(expected), len(found))} on")
    return False


def main() -> int:
    """Builds the drivers and compares."""
    drivers = {"native, serial": native_driver()}
    if shutil.which("em++"):
        drivers["WebAssembly"] = wasm_driver()
    else:
        print("em++ is not installed (package emscripten): the WebAssembly half is left out, the native one follows")
    verdicts = []
    for scenario, overrides in SCENARIOS.items():
        expected = digests_of_program(scenario, overrides)
        for name, driver in drivers.items():
            verdicts.append(same(expected, digests_of_driver(driver, scenario, overrides), f"{scenario}, {name}"))
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    finish(main)
