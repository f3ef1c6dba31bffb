"""Simulations in several threads of Python at once."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import splinternet as sn


@pytest.fixture(scope="module")
def scenario():
    return sn.load("classroom-12").with_({"run.horizon": 40})


def stepped(scenario, seed, threads=0):
    """Digests of all steps of a simulation."""
    simulation = sn.Simulation(scenario, seed=seed, threads=threads)
    digests = []
    while not simulation.is_finished:
        simulation.step()
        digests.append(simulation.digest)
    return digests


def test_simulations_in_several_threads_have_the_digests_that_they_have_alone(scenario):
    alone = [stepped(scenario, seed) for seed in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda seed: stepped(scenario, seed, threads=seed % 3), range(4)))
    assert together == alone


def test_the_same_under_the_checks_of_python_itself():
    code = (
        "import splinternet as sn, threading\n"
        "scenario = sn.load('classroom-12').with_({'run.horizon': 12})\n"
        "found = {}\n"
        "def work(seed):\n"
        "    simulation = sn.Simulation(scenario, seed=seed)\n"
        "    simulation.run()\n"
        "    found[seed] = simulation.digest\n"
        "threads = [threading.Thread(target=work, args=(seed,)) for seed in (1, 2)]\n"
        "[thread.start() for thread in threads]\n"
        "[thread.join() for thread in threads]\n"
        "work_alone = dict(found)\n"
        "work(1), work(2)\n"
        "assert found == work_alone and len(set(found.values())) == 2\n"
    )
    done = subprocess.run([sys.executable, "-X", "dev", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_runs_in_several_threads_are_those_of_one(scenario):
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda _: sn.run(scenario, progress=lambda *_: None), range(3)))
    assert all(result.dataset.identical(results[0].dataset) for result in results[1:])


def test_one_simulation_takes_one_call_at_a_time():
    simulation = sn.Simulation(sn.load("clean-network-2020").with_({"run.horizon": 400}), record=False)
    refused, looked, go_on = [], [], threading.Event()
    world = simulation.world
    level = world.members.level

    def disturb(done, total):
        """Is called while the simulation works, by the thread that steps."""
        for call in (
            simulation.step,
            simulation.fork,
            simulation.result,
            lambda: simulation.world,
            lambda: simulation.digest,
            lambda: world.splinternet_index,
            world.arrays,
        ):
            with pytest.raises(RuntimeError, match="at work in another call"):
                call()
            refused.append(call)
        looked.append((simulation.current_step, level.sum()))  # what was handed out before can be read
        if len(looked) > 2:
            go_on.set()
            raise InterruptedError

    def step():
        try:
            simulation.run(progress=disturb)
        except InterruptedError:
            return

    worker = threading.Thread(target=step)
    worker.start()
    while not go_on.wait(0.01):
        try:
            simulation.step()
        except RuntimeError as error:
            refused.append(error)
    worker.join()
    assert len(refused) > 15
    before = simulation.current_step
    simulation.step()
    assert simulation.current_step == before + 1


def test_python_goes_on_while_a_simulation_steps():
    simulation = sn.Simulation(sn.load("clean-network-2020").with_({"run.horizon": 40}), record=False)
    worker = threading.Thread(target=simulation.run)
    worker.start()
    counted = 0
    while worker.is_alive():
        counted += 1
    assert counted > 1000
