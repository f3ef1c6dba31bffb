"""The console script does what the C++ program does: the same text, files and exit codes."""

import re
import signal
import subprocess
import time
from pathlib import Path

from builds import Failed

SHORT_RUN = ["run", "classroom-12", "--set", "run.horizon=12", "--quiet"]
LONG_RUN = ["run", "classroom-12", "--set", "run.horizon=9000", "--quiet", "-o", "long.h5"]
SAID = (["list"], ["params"], ["--help"], ["check", "classroom-12"], ["explain", "run.h5", "BRA"], ["verify", "run.h5"],
        ["run", "no-such-scenario"], ["run", "classroom-12", "--set", "countries.temprature=2"], ["no-such-command"])
SIGTERM_BIT = 1 << (signal.SIGTERM - 1)
SECONDS = 60

Answer = tuple[int, str, str]


def answer(program: Path, arguments: list[str], folder: Path, variables: dict[str, str]) -> Answer:
    """Exit code, output and messages, which may name the folder of the shipped scenarios."""
    done = subprocess.run([program, *arguments], cwd=folder, env=variables, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, re.sub(r"looked for in .*", "looked for", done.stderr)


def is_running(pid: int) -> bool:
    """Whether this process is in a run: C++ then has handlers of SIGINT and SIGTERM in place, Python only of SIGINT."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    caught = int(next(line for line in status.splitlines() if line.startswith("SigCgt"))[7:].strip(), 16)
    return bool(caught & SIGTERM_BIT)


def interrupted(program: Path, folder: Path, variables: dict[str, str]) -> Answer:
    """What a long run answers to Ctrl-C."""
    child = subprocess.Popen([program, *LONG_RUN], cwd=folder, env=variables, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + SECONDS
    while not is_running(child.pid) and child.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=SECONDS)
    return child.returncode, out, err


def check_same_program(program: Path, script: Path, folder: Path, variables: dict[str, str]) -> None:
    """Raises Failed where the console script does something else than the program."""
    files = [folder / "run.h5", folder / "by-script.h5"]
    for command, file in zip((program, script), files, strict=True):
        code, _, err = answer(command, [*SHORT_RUN, "-o", file.name], folder, variables)
        if code != 0:
            raise Failed(f"{command} run ended with {code}: {err}")
    if files[0].read_bytes() != files[1].read_bytes():
        raise Failed("the console script writes another file than the program")
    damage(files[1])
    codes = set()
    for arguments in (*SAID, ["verify", files[1].name]):
        wanted, got = (answer(command, arguments, folder, variables) for command in (program, script))
        if wanted != got:
            raise Failed(f"splinternet {' '.join(arguments)}: the program answers {wanted}, the console script {got}")
        codes.add(wanted[0])
    if not {0, 2, 3} <= codes:
        raise Failed(f"only the exit codes {sorted(codes)} were compared")
    check_interrupt(script, folder, variables)


def damage(file: Path) -> None:
    """Puts a country into another bloc at one step, so that the file does not verify."""
    import h5py  # of .venv-test

    with h5py.File(file, "r+") as opened:
        opened["bloc"][3, 0] ^= 2


def check_interrupt(script: Path, folder: Path, variables: dict[str, str]) -> None:
    """Ctrl-C ends a run with 130 and leaves nothing."""
    code, _, err = interrupted(script, folder, variables)
    if code != 130 or "interrupted after step" not in err or (folder / "long.h5").exists():
        raise Failed(f"Ctrl-C ends the console script with {code}: {err}")
