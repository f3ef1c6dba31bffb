"""The fuzz of the package calls all there is, and finds what is planted."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import splinternet as sn
from splinternet import _core, metrics, routing, trade

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


def test_methods_of_the_core_are_not_called_on_none():
    for method in (_core.SteppedRun.fork, _core.SteppedRun.dataset, _core.SteppedRun.world, _core.SteppedRun.step.fget,
                   _core.SteppedRun.digest.fget, _core.WorldView.rows.fget, _core.LoadedScenario.is_runnable.fget,
                   _core.coalition.Game.actors.fget):  # fmt: skip
        with pytest.raises(TypeError):
            method(None)


def test_functions_of_the_core_that_call_others_are_not_given_none():
    for call in (
        lambda: _core.coalition.fixed_points(None, 0.0, 1.0, 8),
        lambda: _core.coalition.critical_point(None, 0.0, 1.0, 0.5, 0.0, 1.0, 8),
        lambda: _core.coalition.logit_shares(1.0, None, 8),
        lambda: _core.coalition.sample_shapley_value(2, None, 16, 1),
        lambda: _core.SteppedRun(sn.load("classroom-12")._loaded, "no rules", 1, False),
    ):
        with pytest.raises(TypeError):
            call()


def test_a_number_of_countries_above_all_holds_out_all_members(result_file):
    path = result_file("classroom-12", "run.horizon=2")
    assert sn.open_result(path).analyse(pivotal=10**9).text == sn.open_result(path).analyse(pivotal=12).text


def test_a_change_for_a_partner_is_a_number():
    response = trade.linear_response([[70, 20], [15, 55]], elasticity=5)
    with pytest.raises(sn.ScenarioError, match=r"import_cost_change\[1\]: an array of numbers is needed"):
        response.real_income(0, import_cost_change={1: "x"})


def test_flows_beyond_what_shares_can_be_had_of_are_refused():
    for flow in (1e-320, 1e200):
        with pytest.raises(sn.ScenarioError, match=r"flows \[1, 0, 0\] is .* take another unit"):
            trade.linear_response([[[1.0]], [[flow]]], elasticity=[4.0, 5.0])


def test_games_know_their_size():
    game = _core.coalition.Game([2, 3], np.zeros((6, 2)))
    assert (game.actors, game.profiles) == (2, 6)


def test_a_step_is_a_whole_number():
    simulation = sn.Simulation("classroom-12")
    for when in (np.zeros(0), np.array("x"), 1.5):
        with pytest.raises(TypeError):
            simulation.step(when)
    with pytest.raises(TypeError):
        simulation.run_until(np.array("x"))


def test_ragged_lists_are_refused_by_name():
    ragged = [[1], [1, 2]]
    places = [[0.0, 1.0], [1.0, 0.0]]
    for name, call in {
        "blocs": lambda: metrics.mixing_matrix(places, ["a", np.zeros((1, 1))]),
        "forbidden": lambda: metrics.alibi_share(places, ragged),
        "forbidden.nodes": lambda: routing.shortest_paths([(0, 1)], forbidden=routing.Forbidden(nodes=ragged)),
        "forbidden.links": lambda: routing.shortest_paths([(0, 1)], forbidden=routing.Forbidden(links=ragged)),
    }.items():
        with pytest.raises(sn.ScenarioError, match=f"^{name}: "):
            call()


def test_iterations_that_cannot_be_interrupted_have_a_limit():
    roads = routing.network([("A", "B", 10.0)], capacity=5.0)
    with pytest.raises(sn.ScenarioError, match="max_iterations: at most 1000000"):
        routing.assign(roads, [[0, 5], [0, 0]], gap=0.0, max_iterations=2**31)
