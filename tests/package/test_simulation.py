"""Runs, and simulations that are stepped by hand: the same bits as the program's, seen without copies."""

import datetime
import gc
import io
import itertools
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import splinternet as sn
from splinternet import _core

# A year of each of these touches everything: events, firms, trade, data, organisations, crowds, treaties.
RUNNABLE = [entry.name for entry in sn.scenarios() if entry.can_run]


def short(name, steps=14):
    """Make the scenario short and, if it is a crowd, small."""
    scenario = sn.load(name)
    values = {"run.horizon": min(steps, scenario.horizon)}
    if len(scenario.countries) > 2000:
        values["world.actors"] = 2000
    return scenario.with_(values)


@pytest.fixture
def classroom():
    return sn.load("classroom-12").with_({"run.horizon": 12})


def digests(result):
    return result.dataset.state_digest.values.tolist()


@pytest.mark.parametrize("name", ["classroom-12", "clean-network-2020", "gallery/granovetter-crowd"])
def test_a_run_writes_the_same_bytes_as_the_program(name, program, tmp_path):
    scenario = short(name, 8)
    settings = [f"--set=run.horizon={scenario.horizon}"]
    if len(scenario.countries) != len(sn.load(name).countries):
        settings.append(f"--set=world.actors={len(scenario.countries)}")
    done = program("run", name, "--quiet", "-o", tmp_path / "program.h5", *settings)
    assert (done.returncode, done.stderr) == (0, "")
    expected = (tmp_path / "program.h5").read_bytes()
    result = sn.run(scenario, out=tmp_path / "new" / "run.h5")
    assert (tmp_path / "new" / "run.h5").read_bytes() == expected
    result.save(tmp_path / "saved.h5")
    assert (tmp_path / "saved.h5").read_bytes() == expected
    simulation = sn.Simulation(scenario)
    simulation.run()
    simulation.result().save(tmp_path / "stepped.h5")
    assert (tmp_path / "stepped.h5").read_bytes() == expected


def test_a_run_takes_a_name_and_a_seed(classroom):
    assert sn.run("classroom-12", progress=False).scenario == sn.load("classroom-12")
    by_seed = sn.run(classroom, seed=5)
    assert by_seed.scenario == classroom.with_({"run.seed": 5})
    assert digests(by_seed) == digests(sn.run(classroom.with_({"run.seed": 5}), threads=1))
    assert digests(by_seed) != digests(sn.run(classroom))
    with pytest.raises(sn.ScenarioError, match=r"run.seed"):
        sn.run(classroom, seed=-1)
    with pytest.raises(sn.ScenarioError, match="neither a scenario nor the name"):
        sn.run(12)
    with pytest.raises(sn.ScenarioError, match="threads: -1 is not from 0"):
        sn.run(classroom, threads=-1)
    with pytest.raises(sn.ScenarioError, match="threads: 5000"):
        sn.Simulation(classroom, threads=5000)


def test_an_output_that_cannot_be_written_is_told_before_the_run(classroom, tmp_path):
    seen = []
    with pytest.raises(sn.FileError, match="this is a folder"):
        sn.run(classroom, out=tmp_path, progress=lambda *steps: seen.append(steps))
    (tmp_path / "file").write_text("")
    with pytest.raises(sn.FileError, match="Choose another place with out="):
        sn.run(classroom, out=tmp_path / "file" / "run.h5", progress=lambda *steps: seen.append(steps))
    with pytest.raises(sn.ScenarioError, match="the path is empty"):
        sn.run(classroom, out="")
    assert not seen


def test_progress_is_told_at_the_end_and_now_and_then(classroom):
    seen = []
    sn.run(
        classroom.with_({"run.horizon": 5000, "record.arrays": ["splinternet_index"]}),
        progress=lambda *s: seen.append((*s, time.monotonic())),
    )
    assert seen[-1][:2] == (5000, 5000)
    assert [done for done, _, _ in seen] == sorted({done for done, _, _ in seen})
    told = [when for _, _, when in seen[:-1]]
    assert all(later - sooner > 0.09 for sooner, later in itertools.pairwise(told))


def test_what_a_progress_function_raises_stops_the_run_and_nothing_is_written(classroom, tmp_path):
    def stop(done, total):
        raise LookupError(f"enough after {done} of {total}")

    with pytest.raises(LookupError, match="enough after 12 of 12"):
        sn.run(classroom, out=tmp_path / "run.h5", progress=stop)
    assert not list(tmp_path.iterdir())
    with pytest.raises(sn.ScenarioError, match="neither True, False, None nor a function"):
        sn.run(classroom, progress="yes")


def test_a_bar_is_shown_if_it_is_asked_for(classroom, capsys):
    sn.run(classroom, progress=True)
    assert "/12 [" in capsys.readouterr().err
    sn.run(classroom)
    sn.run(classroom, progress=False)
    assert capsys.readouterr().err == ""


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def test_a_bar_appears_where_it_can_be_seen_if_the_run_takes_a_while(classroom, monkeypatch):
    monkeypatch.setattr("splinternet._progress._SECONDS_WITHOUT_BAR", 60.0)
    long = classroom.with_({"run.horizon": 5000, "record.arrays": ["splinternet_index"]})
    monkeypatch.setattr(sys, "stderr", Terminal())
    sn.run(classroom)
    assert sys.stderr.getvalue() == ""
    monkeypatch.setattr("splinternet._progress._SECONDS_WITHOUT_BAR", 0.0)
    sn.run(long)
    assert "/5000" in sys.stderr.getvalue()
    monkeypatch.setattr(sys, "stderr", None)
    sn.run(classroom)  # nowhere to show it
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    sn.run(long)
    assert "/5000" in sys.stderr.getvalue()


def test_steps_have_the_digests_and_dates_of_the_run(classroom):
    result = sn.run(classroom)
    simulation = sn.Simulation(classroom)
    found = [simulation.digest]
    while not simulation.is_finished:
        simulation.step()
        found.append(simulation.digest)
        day = np.datetime64(simulation.date)
        assert result.dataset.time.values[simulation.current_step].astype("datetime64[D]") == day
    assert found == digests(result)
    assert simulation.result().dataset.identical(result.dataset)
    assert set(simulation.phase_seconds) >= {"events", "trade", "metrics"}
    assert simulation.phase_seconds["trade"] > 0
    assert repr(simulation) == "<Simulation of classroom-12 after step 12 of 12>"


def test_a_simulation_goes_to_a_step_or_a_date(classroom):
    simulation = sn.Simulation(classroom, record=False)
    simulation.step(2)
    simulation.run_until(3)
    assert simulation.current_step == 3
    simulation.run_until("2020-12")
    assert (simulation.current_step, simulation.date) == (4, datetime.date(2020, 12, 1))
    simulation.run_until("2020-12-02")
    assert simulation.date == datetime.date(2021, 1, 1)
    simulation.run_until(datetime.datetime(2021, 1, 20))
    simulation.run_until(datetime.date(2021, 2, 20))
    simulation.run_until(np.int32(8))
    assert simulation.current_step == 8
    simulation.step(0)
    assert simulation.current_step == 8
    seen = []
    simulation.run(progress=lambda *steps: seen.append(steps))
    assert (simulation.is_finished, seen) == (True, [(12, 12)])
    simulation.run()


def test_no_simulation_goes_back_or_beyond_its_horizon(classroom):
    simulation = sn.Simulation(classroom, record=False)
    simulation.step(10)
    for call in (lambda: simulation.step(3), lambda: simulation.run_until(13), lambda: simulation.run_until("2031-01")):
        with pytest.raises(sn.ScenarioError, match=r"ends with step 12 \(2021-08-01\), and 10 are done.*run.horizon"):
            call()
    for call in (lambda: simulation.step(-1), lambda: simulation.run_until(9), lambda: simulation.run_until("2020-09")):
        with pytest.raises(sn.ScenarioError, match="stands after step 10 already"):
            call()
    with pytest.raises(sn.ScenarioError, match="neither the number of a step nor a date"):
        simulation.run_until("next year")
    assert simulation.current_step == 10
    with pytest.raises(sn.ScenarioError, match="record=True"):
        simulation.result()


def test_a_result_before_the_horizon_has_nan_for_what_was_not_reached(classroom, tmp_path):
    simulation = sn.Simulation(classroom)
    simulation.step(5)
    part = simulation.result()
    assert part.attributes["stopped_after"] == "5"
    index = part.dataset.splinternet_index.values
    assert np.isfinite(index[:6]).all()
    assert np.isnan(index[6:]).all()
    assert index[:6].tolist() == sn.run(classroom).dataset.splinternet_index.values[:6].tolist()
    part.save(tmp_path / "part.h5")
    assert sn.verify(tmp_path / "part.h5").is_same
    simulation.run()
    assert "stopped_after" not in simulation.result().attributes


def test_a_fork_goes_on_alone_from_the_same_bits(classroom):
    simulation = sn.Simulation(classroom)
    simulation.step(6)
    other = simulation.fork()
    level = simulation.world.members.level
    before = level.copy()
    other.run()
    assert simulation.current_step == 6
    assert (level == before).all()
    assert not np.shares_memory(level, other.world.members.level)
    simulation.run()
    assert simulation.digest == other.digest
    assert simulation.result().dataset.identical(other.result().dataset)


@pytest.mark.parametrize("name", RUNNABLE)
def test_arrays_of_every_world_stay_where_they_are_and_show_the_moment(name):
    simulation = sn.Simulation(short(name), record=False)
    simulation.step()
    views = {row.name: simulation.world[row.name] for row in simulation.world.arrays() if row.kind != "output"}
    held = {array: view for array, view in views.items() if view.size > 0}  # those without elements have no place
    while not simulation.is_finished:
        simulation.step()
        for array, view in held.items():
            now = simulation.world[array]
            assert now.__array_interface__["data"] == view.__array_interface__["data"], array
            assert now.shape == view.shape, array
    fork = simulation.fork()
    assert all(np.array_equal(view, fork.world[array]) for array, view in held.items())


@pytest.mark.parametrize("name", RUNNABLE)
def test_every_array_of_a_world_can_be_had_with_its_labels(name):
    simulation = sn.Simulation(short(name, 2))
    simulation.run()
    world = simulation.world
    rows = world.arrays()
    assert len({row.name for row in rows}) == len(rows)
    parts = simulation.result().dataset.state_part.values.tolist()
    assert parts == [row.name for row in rows if row.kind == "state"]
    for row in rows:
        labelled = world.labelled(row.name)
        assert labelled.dims == row.dims
        assert labelled.attrs["long_name"] == row.meaning
        assert row.meaning
        assert row.units


def test_world_arrays_are_views_that_cannot_be_written(classroom):
    simulation = sn.Simulation(classroom)
    world = simulation.world
    level = world.members.level
    assert (level.shape, level.dtype) == ((12, 2), np.uint8)
    assert np.shares_memory(level, simulation.world["members.level"])
    assert np.shares_memory(level, world.membership)
    with pytest.raises(ValueError, match="read-only"):
        level[0, 0] = 1
    with pytest.raises(ValueError, match="WRITEABLE"):
        level.flags.writeable = True
    assert np.shares_memory(world.labelled("members.level").values, level)
    before = level.copy()
    simulation.run()
    assert (level != before).any()
    final = level.tolist()
    assert final == simulation.result().dataset.membership.isel(step=-1).values.tolist()


def test_a_view_outlives_its_simulation(classroom):
    simulation = sn.Simulation(classroom)
    simulation.step(4)
    level, gdp = simulation.world.members.level, simulation.world.countries.gdp_busd
    expected = (level.tolist(), gdp.tolist())
    del simulation
    gc.collect()
    others = [sn.Simulation(classroom, record=False) for _ in range(5)]
    for other in others:
        other.run()
    assert (level.tolist(), gdp.tolist()) == expected


def test_a_world_tells_what_it_has(classroom):
    world = sn.Simulation(classroom).world
    assert "level" in dir(world.members)
    assert {"members", "countries", "splinternet_index"} <= set(dir(world))
    assert world.codes == list(classroom.countries)
    assert world.labels("sector") == ["goods", "services"]
    assert len(world.labels("provision")) == 13
    assert len(world.labels("target")) >= 12
    assert len(world.labels("firm_sector")) == 9
    assert len(world.labels("firm")) == world.firms.home.size
    assert world.labels("country_name")[0]
    assert world.labels("event") == list(classroom.events)
    assert world.labels("organisation") is not None
    assert world.labels("nothing") == []
    assert repr(world).startswith("<World after step 0: ")
    assert "<World members" in repr(world.members)
    assert world.members.level.shape == (12, 2)
    assert world.members.arrays()[0].name == "members.level"
    assert world.step == 0
    with pytest.raises(sn.ScenarioError, match=r'no array "members.levl".*Did you mean "members.level"'):
        world["members.levl"]
    with pytest.raises(AttributeError, match="no array"):
        world.no_such_thing  # noqa: B018 - the access is what is tested
    assert not hasattr(world, "__array__")


def test_outputs_of_a_world_are_the_series_of_its_result(classroom):
    simulation = sn.Simulation(classroom)
    simulation.step(7)
    dataset = simulation.result().dataset
    checked = 0
    for row in simulation.world.arrays():
        if row.kind == "output" and row.name in dataset and "step" in dataset[row.name].dims:
            now = np.asarray(simulation.world[row.name])
            recorded = dataset[row.name].isel(step=7).values
            assert np.allclose(now, recorded, rtol=1e-6, atol=0, equal_nan=True), row.name
            checked += 1
    assert checked > 20


def test_attributes_of_actors_are_arrays_too():
    simulation = sn.Simulation(short("gallery/granovetter-crowd"))
    names = [row.name for row in simulation.world.arrays() if row.name.startswith("attribute.")]
    for name in names:
        assert simulation.world[name].shape == (len(simulation.scenario.countries),)
    with pytest.raises(sn.ScenarioError, match="no array"):
        simulation.world["attribute.none"]


def test_an_injected_event_happens_in_the_next_step_and_the_result_verifies(classroom, tmp_path):
    simulation = sn.Simulation(classroom, seed=3)
    simulation.step(5)
    before = simulation.digest
    old_view = simulation.world.members.level
    old = old_view.copy()
    assert simulation.inject({"kind": "fraud_shock", "amount": 3.0}) == "at_5"
    assert simulation.current_step == 5
    assert simulation.digest != before  # there is one event more in the state
    simulation.step()
    fired = simulation.world.events.fired_step
    assert fired[list(simulation.scenario.events).index("at_5")] == 6
    simulation.run()
    assert (old_view == old).all()
    simulation.result().save(tmp_path / "run.h5")
    assert sn.verify(tmp_path / "run.h5").is_same
    again = sn.run(simulation.scenario)
    assert again.dataset.identical(simulation.result().dataset)


def test_a_parameter_that_is_set_holds_from_the_next_step_on(classroom):
    simulation = sn.Simulation(classroom)
    simulation.step(4)
    assert simulation.set_parameter("countries.temperature", 0.9) == "set_at_4"
    assert simulation.set_parameter("countries.schedule", "simultaneous") == "set_at_4_2"
    simulation.run()
    decisions = simulation.result().decisions
    result = simulation.result().dataset
    temperature = result.decision_temperature.values
    step = result.decision_step.values
    assert (temperature[step <= 4] == 0.1).all()
    assert (temperature[step > 4] == 0.9).all()
    assert len(decisions) == len(step)
    assert sn.verify(simulation.result()).is_same
    plain = sn.run(classroom).dataset
    assert result.state_part_digest.values[:5, :-1].size  # the part of the events differs: it has two more
    assert (result.membership.values[:5] == plain.membership.values[:5]).all()


@pytest.mark.parametrize("name", RUNNABLE)
def test_the_past_of_every_world_stays_the_same_when_its_future_is_changed(name):
    simulation = sn.Simulation(short(name, 5))
    simulation.step(2)
    before = {row.name: simulation.world[row.name] for row in simulation.world.arrays() if row.kind == "state"}
    simulation.set_parameter("countries.temperature", 0.5)
    for array, values in before.items():
        if array != "events.fired_step":
            assert np.array_equal(values, simulation.world[array]), array
    simulation.run()
    assert sn.verify(simulation.result()).is_same


def test_flags_and_choices_are_set_by_their_words(classroom):
    simulation = sn.Simulation(classroom)
    rows = simulation.scenario.parameters
    flag = next(key for key in rows if isinstance(rows[key].value, bool) and rows[key].can_change)
    simulation.set_parameter(flag, not rows[flag].value)
    event = simulation.scenario.text.split("[event.set_at_0]")[1]
    assert f"amount = {int(not rows[flag].value)}\n" in event.split("[")[0]


def test_steps_shorter_than_a_month_wait_for_the_next_month(classroom):
    simulation = sn.Simulation(classroom.with_({"run.step_months": 0.25, "run.horizon": 20}))
    simulation.step(5)
    simulation.inject({"kind": "fraud_shock", "amount": 2.0}, "late")
    simulation.run()
    fired = simulation.world.events.fired_step[list(simulation.scenario.events).index("late")]
    assert fired == 9  # the step that begins with month 2
    assert simulation.date == datetime.date(2021, 1, 1)


def test_what_cannot_be_injected_is_refused_and_changes_nothing(classroom):
    simulation = sn.Simulation(classroom)
    simulation.step(5)
    digest, scenario = simulation.digest, simulation.scenario
    with pytest.raises(
        sn.ScenarioError, match="it would have happened in step 1, but the simulation stands after step 5"
    ):
        simulation.inject({"kind": "fraud_shock", "amount": 2.0, "date": classroom.start})
    with pytest.raises(sn.ScenarioError, match="is read once, when the world is built: no shock can change it"):
        simulation.set_parameter("countries.choice", "best_response")
    with pytest.raises(sn.ScenarioError, match=r'(?s)unknown key.*Did you mean "temperature"'):
        simulation.set_parameter("countries.temprature", 1.0)
    with pytest.raises(sn.ScenarioError, match=r'unknown parameter "run.horizon"'):
        simulation.set_parameter("run.horizon", 20)
    with pytest.raises(sn.ScenarioError, match=r"countries.temperature"):
        simulation.set_parameter("countries.temperature", -1.0)
    with pytest.raises(sn.ScenarioError, match='Did you mean "fraud_shock"'):
        simulation.inject({"kind": "fraud_shok", "amount": 2.0})
    with pytest.raises(sn.ScenarioError, match="event: a mapping is needed"):
        simulation.inject("fraud_shock")
    with pytest.raises(sn.ScenarioError, match='has an event "gids_opens" already'):
        simulation.inject({"kind": "fraud_shock", "amount": 2.0}, "gids_opens")
    assert (simulation.digest, simulation.scenario) == (digest, scenario)
    simulation.run()
    with pytest.raises(sn.ScenarioError, match="has reached its horizon"):
        simulation.inject({"kind": "fraud_shock", "amount": 2.0})


def test_the_calendar_has_an_end():
    long = sn.load("classroom-12").with_({"run.horizon": 100000})
    simulation = sn.Simulation(long, record=False)
    with pytest.raises(sn.ScenarioError, match="the calendar ends with 9999"):
        simulation._date_of(99999)


def test_a_step_that_fails_ends_the_simulation_for_good(classroom):
    @sn.payoff("faulty", unit="pp")
    def faulty(world, options):
        if world.step == 3:
            raise LookupError("no such thing")
        return np.zeros(len(options))

    simulation = sn.Simulation(classroom, payoffs=[faulty])
    assert set(simulation.custom_seconds) == {"faulty"}
    with pytest.raises(LookupError, match="no such thing"):
        simulation.run()
    for call in (simulation.step, simulation.fork, simulation.result):
        with pytest.raises(sn.Error, match=r"(?s)ended in a step that failed: .*no such thing"):
            call()
    assert simulation.world.members.level.shape == (12, 2)
    assert sn.Simulation(classroom).custom_seconds == {}


SLOW = """
import sys, splinternet as sn
scenario = sn.load("clean-network-2020").with_({{"run.horizon": 600}})
def ready(*_): print("ready", flush=True)
try:
    {call}
except KeyboardInterrupt as error:
    print("stopped", error, flush=True)
    {after}
"""


@pytest.mark.parametrize(
    ("call", "after", "said"),
    [
        ("sn.run(scenario, out=sys.argv[1], progress=ready)", "pass", "of 600; nothing was written\n"),
        (
            "s = sn.Simulation(scenario); s.run(progress=ready)",
            "at = s.current_step; s.step(); print(s.current_step - at)",
            "of 600\n1\n",
        ),
        ("s = sn.Simulation(scenario); s.step(); ready(); s.step(300)", "print(s.world.step > 0)", "of 301\nTrue\n"),
    ],
)
def test_ctrl_c_stops_between_two_steps_and_leaves_nothing(tmp_path, call, after, said):
    out = tmp_path / "run.h5"
    code = [sys.executable, "-c", SLOW.format(call=call, after=after), str(out)]
    child = subprocess.Popen(code, stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    time.sleep(0.2)
    child.send_signal(signal.SIGINT)
    told = child.communicate(timeout=60)[0].replace("ready\n", "")
    assert told.startswith("stopped interrupted after step ")
    assert told.endswith(said)
    assert child.returncode == 0
    assert not list(tmp_path.iterdir())


def test_the_core_itself_refuses_what_would_break_it(classroom):
    with pytest.raises(TypeError):
        _core.SteppedRun(None, None, 0, True).step  # noqa: B018 - the construction is what is tested
    run = _core.SteppedRun(classroom._loaded, None, 0, False)
    with pytest.raises(sn.ScenarioError, match="horizon"):
        run.advance(10**6, None)
    run.advance(-5, None)
    assert run.step == 0
