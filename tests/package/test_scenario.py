"""Scenarios: what they tell, how others are made of them, and what is refused with which words."""

import copy
import datetime
import pickle
from pathlib import Path

import numpy as np
import pytest

import splinternet as sn
from splinternet._toml import toml_value


@pytest.fixture(scope="module")
def classroom():
    return sn.load("classroom-12")


@pytest.fixture(scope="module")
def own_world(tmp_path_factory):
    """Write a scenario of two files, with tables beside the one that it extends."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "base" / "tables").mkdir(parents=True)
    (folder / "base" / "tables" / "tables.toml").write_text('[actors]\nfile = "actors.csv"\nrows = 3\n')
    (folder / "base" / "tables" / "actors.csv").write_text("code,name,size\nA,Anna,1\nB,Bert,2\nC,Cara,3\n")
    (folder / "base" / "world.toml").write_text(
        'title = "base"\n[run]\nstart = 2020-01-01\nhorizon = 4\n[world]\ntables = "tables"\n[framework.club]\n'
    )
    (folder / "mine.toml").write_text('extends = "base/world.toml"\ntitle = "mine"\n')
    return folder / "mine.toml"


def test_a_scenario_tells_what_its_file_says(classroom):
    assert classroom.name == "classroom-12"
    assert classroom.frameworks == ("clean_network", "gids")
    assert set(classroom.framework_names) == set(classroom.frameworks)
    assert len(classroom.countries) == 12
    assert classroom.countries == tuple(sorted(classroom.countries))
    assert classroom.start == datetime.date(2020, 8, 1)
    assert (classroom.horizon, classroom.step_months, classroom.seed) == (60, 1.0, 1)
    assert classroom.title
    assert classroom.question.endswith("?")
    assert classroom.can_run
    assert classroom.text.count("\n[") > 5


def test_shipped_scenarios_are_listed_as_the_program_lists_them(program):
    listed = program("list").stdout
    entries = sn.scenarios()
    assert {"classroom-12", "clean-network-2020", "no-frameworks"} <= {entry.name for entry in entries}
    assert all(entry.name in listed and entry.title in listed and entry.question in listed for entry in entries)


@pytest.mark.parametrize("entry", sn.scenarios(), ids=lambda entry: entry.name)
def test_every_shipped_scenario_loads_and_comes_back_from_its_text_and_from_pickle(entry):
    scenario = sn.load(entry.name)
    assert (scenario.title, scenario.question, scenario.can_run) == (entry.title, entry.question, entry.can_run)
    if scenario.can_run:
        assert sn.Scenario.from_toml(scenario.to_toml(), name=scenario.name).text == scenario.text
    again = pickle.loads(pickle.dumps(scenario))
    assert again == scenario
    assert hash(again) == hash(scenario)
    assert again.lesson == scenario.lesson


def test_parameters_tell_value_unit_range_and_source(classroom):
    temperature = classroom.parameters["countries.temperature"]
    assert (temperature.value, temperature.unit, temperature.default) == (0.1, "pp", 0.1)
    assert temperature.minimum == 1e-6
    assert "(M12)" in temperature.meaning
    assert temperature.can_change
    choice = classroom.parameters["countries.choice"]
    assert choice.value == "logit"
    assert "threshold" in choice.options
    assert not choice.can_change
    assert type(classroom.parameters["metrics.every_months"].value) in (int, float)
    assert "framework.gids.budget_busd" in classroom.parameters
    assert len(list(classroom.parameters)) == len(classroom.parameters)
    with pytest.raises(KeyError, match=r"Did you mean \\?\"countries.temperature"):
        classroom.parameters["countries.temprature"]


def test_values_make_another_scenario_and_leave_the_first_as_it_is(classroom):
    before = classroom.text
    other = classroom.with_({"countries.temperature": 0.2, "run": {"horizon": 12}}, run={"seed": 7})
    assert classroom.text == before
    assert (other.horizon, other.seed, other.parameters["countries.temperature"].value) == (12, 7, 0.2)
    assert other != classroom
    assert other.with_({"countries.temperature": 0.1, "run.horizon": 60, "run.seed": 1}) == classroom
    assert classroom.with_() == classroom
    with pytest.raises(AttributeError, match="does not change"):
        classroom.seed = 3
    assert copy.deepcopy(classroom) == classroom


def test_values_of_every_kind_are_understood(classroom):
    other = classroom.with_(
        {
            "run.start": datetime.date(2021, 1, 1),
            "run.seed": np.int64(9),
            "countries.temperature": np.float64(0.3),
            "framework.gids.sponsors": np.array(["CHN"]),
            "title": 'with "quotes", é and \\ backslash',
            "record.decisions": np.bool_(False),
            "event.scandal": {"kind": "fraud_shock", "amount": 2, "date": datetime.datetime(2021, 6, 1)},
        }
    )
    assert other.start == datetime.date(2021, 1, 1)
    assert other.seed == 9
    assert other.parameters["countries.temperature"].value == 0.3
    assert other.title == 'with "quotes", é and \\ backslash'
    assert "scandal" in other.events
    assert "scandal" not in other.with_({"event.scandal.enabled": False}).events


def test_what_toml_has_no_word_for_is_refused_with_the_key(classroom):
    with pytest.raises(sn.ScenarioError, match=r"run.seed: a scenario cannot hold None of type NoneType"):
        classroom.with_({"run.seed": None})
    with pytest.raises(sn.ScenarioError, match=r"run.seed: a scenario cannot hold .* of type object"):
        classroom.with_({"run.seed": object()})
    with pytest.raises(sn.ScenarioError, match="a time of the day"):
        classroom.with_({"run.start": datetime.datetime(2020, 1, 1, 12)})
    with pytest.raises(sn.ScenarioError, match="a mapping of keys to values is needed"):
        classroom.with_(["run.seed", 7])
    with pytest.raises(sn.ScenarioError, match=r"splinternet.load"):
        sn.Scenario("classroom-12")


def test_values_are_written_as_toml():
    values = {
        True: "true",
        3: "3",
        0.1: "0.1",
        float("-inf"): "-inf",
        "a\nb\x7f": '"a\\nb\\u007f"',
        (1, "a"): '[1, "a"]',
    }
    assert {value: toml_value(value, "k") for value in values} == values
    assert toml_value(float("nan"), "k") == "nan"
    assert toml_value({"a b": {"c": 1}}, "k") == '{"a b" = {"c" = 1}}'
    assert toml_value({"B", "A"}, "k") == '["A", "B"]'
    assert toml_value(Path("x/y"), "k") == '"x/y"'
    assert toml_value(np.datetime64("2020-08-01"), "k") == "2020-08-01"


@pytest.mark.parametrize(
    "case",
    [
        ("countries.temprature", 0.2, "0.2"),
        ("countries.temperature", -1, "-1"),
        ("countries.temperature", "hot", "hot"),
        ("countries.choice", "logitt", "logitt"),
        ("run.horizon", 1.5, "1.5"),
        ("run.seed", -3, "-3"),
        ("framework.gids.sponsors", ["CHN", "Rusia"], '["CHN", "Rusia"]'),
        ("framework.gidz.budget_busd", "x", "x"),
        ("world.tables", "data/nowhere", '"data/nowhere"'),
        ("event.x.kind", "shok", "shok"),
        ("no_such_section.key", True, "true"),
        ("run.horizon", True, "true"),
        ("not a key", 1, "1"),
    ],
)
def test_a_wrong_value_is_refused_with_the_words_of_the_program(classroom, program, case, tmp_path):
    key, value, setting = case
    done = program("run", "classroom-12", "--quiet", "-o", tmp_path / "run.h5", "--set", f"{key}={setting}")
    with pytest.raises(sn.ScenarioError) as error:
        classroom.with_({key: value})
    assert done.returncode == 2
    assert done.stderr == f"splinternet: {error.value}\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["classroom-21", "no/such/file.toml", "gallery/unix-alliance"])
def test_an_unknown_scenario_is_refused_with_the_words_of_the_program(program, name):
    with pytest.raises(sn.ScenarioError) as error:
        sn.load(name)
    assert program("run", name).stderr == f"splinternet: {error.value}\n"


def test_faults_of_a_text_are_told_with_their_line():
    with pytest.raises(sn.ScenarioError, match=r"^mine:3:11: "):
        sn.Scenario.from_toml("[run]\nstart = 2020-01-01\nhorizon = -5\n", name="mine")
    with pytest.raises(sn.ScenarioError, match=r"^scenario:1:"):
        sn.Scenario.from_toml("this is no TOML")


def test_tables_are_found_beside_the_file_that_names_them_and_after_pickling(own_world, monkeypatch, tmp_path):
    monkeypatch.chdir(own_world.parent)
    scenario = sn.load("mine.toml".join(["./", ""]))
    assert scenario.countries == ("A", "B", "C")
    packed = pickle.dumps(scenario.with_({"run.horizon": 3}))
    monkeypatch.chdir(tmp_path)
    again = pickle.loads(packed)
    assert (again.countries, again.horizon, again.title) == (("A", "B", "C"), 3, "mine")
    assert sn.load(own_world) != scenario.with_({"run.horizon": 3})


def test_a_scenario_does_not_change_with_its_file(own_world, tmp_path):
    path = tmp_path / "copy.toml"
    path.write_text(own_world.read_text().replace("base/world.toml", str(own_world.parent / "base" / "world.toml")))
    scenario = sn.load(path)
    path.unlink()
    assert scenario.with_({"run.seed": 5}).with_({"run.horizon": 2}).seed == 5


def test_numbered_actors_are_countries_too():
    scenario = sn.load("classroom-12").from_toml(
        "[run]\nstart = 2020-01-01\nhorizon = 2\n[world]\nactors = 12\n[framework.a]\n"
    )
    assert scenario.countries[:2] == ("01", "02")
    assert len(scenario.countries) == 12


def test_a_text_can_be_written_and_read_again(classroom, tmp_path):
    assert classroom.to_toml(tmp_path / "deep" / "classroom-12.toml") == classroom.text
    assert sn.load(tmp_path / "deep" / "classroom-12.toml") == classroom
    with pytest.raises(sn.FileError, match="this is a folder"):
        classroom.to_toml(tmp_path)


def test_a_scenario_that_is_only_analysed_is_not_run():
    entry = next(entry for entry in sn.scenarios() if not entry.can_run)
    scenario = sn.load(entry.name)
    assert scenario.lesson
    assert "analysed, not run" in repr(scenario)
    assert entry.title in scenario._repr_html_()
    assert "[analysis." in scenario.text
    with pytest.raises(sn.ScenarioError, match=f"splinternet analyse {entry.name}"):
        sn.run(scenario)
    with pytest.raises(sn.ScenarioError, match="analysed, not run"):
        scenario.parameters  # noqa: B018 - the access is what is tested


def test_a_scenario_shows_itself(classroom):
    assert repr(classroom).startswith("<Scenario classroom-12: ")
    other = classroom.with_({"title": "a <b> & c", "countries.temperature": 0.25})
    page = other._repr_html_()
    assert "a &lt;b&gt; &amp; c" in page
    assert "countries.temperature" in page
    assert "<td>0.25</td><td>0.1</td>" in page
    assert "60 steps of a month from 2020-08-01" in page
    assert len(repr(classroom.parameters)) < 80
    assert "countries.temperature" in other.parameters.changed()
    assert "countries.temperature" not in classroom.parameters.changed()


def test_equal_scenarios_are_one_key(classroom):
    assert len({classroom, sn.load("classroom-12"), classroom.with_({"run.seed": 2})}) == 2
    assert classroom != "classroom-12"
