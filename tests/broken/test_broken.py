"""Broken input: one clear message, exit code 2, nothing left behind. messages.golden.txt is there to be read by people;
`pytest tests/broken --update-golden` rewrites it."""

from __future__ import annotations

import hashlib
import os
import re
import resource
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from cases import CASES, OUTPUT, SCENARIO, TABLES, Case

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).with_name("messages.golden.txt")
HEADING = re.compile(r"^==== \d+ (\w+) ====$", re.MULTILINE)


# ---- the program and what it works on --------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def program(tmp_path_factory) -> Path:
    """A copy of the program far from the checkout, so that it finds no scenarios but those of the case."""
    built = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build" / "release" / "splinternet"))
    assert built.is_file(), f"{built} does not exist: build it (make program) or set SPLINTERNET_PROGRAM"
    return Path(shutil.copy(built, tmp_path_factory.mktemp("program") / "splinternet"))


@pytest.fixture(scope="session")
def full_disk(tmp_path_factory) -> Path:
    shim = tmp_path_factory.mktemp("shim") / "enospc_shim.so"
    source = ROOT / "tests" / "support" / "enospc_shim.c"
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    return shim


def good_files(root: Path) -> None:
    shutil.copytree(ROOT / TABLES, root / TABLES)
    shutil.copy(ROOT / SCENARIO, root / SCENARIO)


def run(program: Path, root: Path, command: tuple[str, ...], file_limit: int = 0, **variables: str):
    limit = (file_limit, file_limit)
    return subprocess.run(
        [program, *command], cwd=root, capture_output=True, text=True, timeout=120, check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "SPLINTERNET_SCENARIOS": "scenarios", **variables},
        preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)) if file_limit else None)


@pytest.fixture(scope="session")
def good_result(program, tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("good")
    good_files(root)
    done = run(program, root, ("run", SCENARIO, "-o", OUTPUT))
    assert (done.returncode, done.stderr) == (0, "")
    return root / OUTPUT


def contents(root: Path) -> dict[str, str]:
    """Every file, hidden ones too, with a checksum of its bytes, and every folder."""
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
            for path in root.rglob("*")}


# ---- the golden file -------------------------------------------------------------------------------------------------
def entry(case: Case, message: str) -> str:
    """What a reader needs to judge a message: the mistake, the command and what the program answered."""
    changes = "".join(f"# {change}\n" for change in case.changes)
    limits = f"# ulimit -f: {case.file_limit} bytes\n" if case.file_limit else ""
    limits += f"# room on the disk: {case.disk_bytes} bytes\n" if case.disk_bytes >= 0 else ""
    number = CASES.index(case) + 1
    return f"==== {number:02d} {case.name} ====\n{changes}{limits}$ splinternet {shlex.join(case.command)}\n{message}\n"


def golden_entries() -> dict[str, str]:
    text = GOLDEN.read_text(encoding="utf-8") if GOLDEN.exists() else ""
    starts = list(HEADING.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return {start.group(1): text[start.start():end] for start, end in zip(starts, ends)}


@pytest.fixture(scope="session")
def golden(request):
    """Entries by name; with --update-golden those of this session, written at its end."""
    entries = golden_entries()
    is_update = request.config.getoption("--update-golden", default=False)
    if is_update:
        entries = {case.name: entries.get(case.name, "") for case in CASES}
    yield entries
    if is_update:
        GOLDEN.write_text("".join(entries.values()), encoding="utf-8")


def normalised(message: str) -> str:
    """Without what differs from build to build: the size of a result file."""
    message = re.sub(r"\d+ bytes are needed", "<n> bytes are needed", message)
    return re.sub(r"eof = \d+", "eof = <n>", message)


# ---- the tests -------------------------------------------------------------------------------------------------------
def check_block(message: str, place: str) -> None:
    lines = message.splitlines()
    assert message.endswith("\n") and lines
    assert lines[0].startswith(f"splinternet: {place}: "), f"the message must begin with splinternet: {place}:"
    assert message.count("splinternet: ") == 1, "more than one message"
    assert all(line.startswith("  ") and line.strip() for line in lines[1:]), "the block has stray lines"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken_input_is_refused_with_one_clear_message(case, program, full_disk, good_result, golden, tmp_path,
                                                        request):
    good_files(tmp_path)
    for change in case.changes:
        change.apply(tmp_path, good_result)
    before = contents(tmp_path)
    disk = {"LD_PRELOAD": str(full_disk), "SPLINTERNET_DISK_BYTES": str(case.disk_bytes)}
    done = run(program, tmp_path, case.command, case.file_limit, **(disk if case.disk_bytes >= 0 else {}))

    assert contents(tmp_path) == before, "a file or folder was left, changed or removed"
    assert done.stdout == ""
    message = entry(case, normalised(done.stderr))
    if request.config.getoption("--update-golden", default=False):
        golden[case.name] = message
    assert done.returncode == 2, done.stderr
    check_block(done.stderr, case.at.place(tmp_path))
    for words in case.says:
        assert words in done.stderr
    assert golden.get(case.name) == message


def test_the_golden_file_holds_every_case_in_order(golden):
    assert len(CASES) >= 30
    assert len({case.name for case in CASES}) == len(CASES)
    assert list(golden) == [case.name for case in CASES]


def test_a_good_scenario_is_not_refused(program, good_result):
    done = run(program, good_result.parents[1], ("check", SCENARIO))
    assert (done.returncode, done.stderr) == (0, "")
    assert "good" in done.stdout
