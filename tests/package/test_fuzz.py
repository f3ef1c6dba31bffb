"""The fuzz of the package calls all there is, and finds what is planted."""

import subprocess
import sys
from pathlib import Path

FUZZ = Path(__file__).with_name("fuzz")


def fuzz(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run the fuzz in this interpreter's like, without sanitizers."""
    command = [sys.executable, str(FUZZ / "fuzz.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_everything_in_the_package_and_its_core_is_called(tmp_path):
    code = f"import sys; sys.path.insert(0, {str(FUZZ)!r}); import calls; print(sorted(calls.forgotten()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_planted_faults_are_found():
    done = fuzz("--list", "planted", "--calls", 5)
    assert done.returncode == 1
    found = [line for line in done.stdout.splitlines() if line.startswith("call ")]
    assert found == [
        "call 1, crashes: the interpreter ended with -11",
        "call 2, raises KeyError: KeyError: 'x'",
        "call 3, refuses without a word: ScenarioError without a message",
        "call 4, leaves: the interpreter ended with 7",
    ]


def test_calls_without_a_fault_are_no_finding():
    done = fuzz("--list", "planted", "--calls", 1)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "  1 answered")


def test_a_call_is_repeated_by_its_number():
    first, again = fuzz("--only", 12), fuzz("--only", 12)
    assert first.returncode == 0
    assert first.stdout == again.stdout != ""
