"""Analyses are the program's: same text, same numbers, as tables."""

import csv
import io
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import splinternet as sn
from splinternet import _core
from splinternet._analysis_tables import tables_of_result


def analysed(tmp_path, *arguments: object) -> tuple[str, str]:
    """Return what the program of the package prints of an analysis, and the table that it writes."""
    code = "import sys; from splinternet import _core; sys.exit(_core.run_command(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "analyse", *map(str, arguments), "--csv", str(tmp_path / "table.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout, (tmp_path / "table.csv").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def path(result_file):
    """Return the result file of the twelve-country scenario."""
    return result_file("classroom-12")


@pytest.fixture(scope="module")
def analysis(path):
    """Return the analysis of its end, with two countries held out."""
    return sn.open_result(path).analyse(pivotal=["Germany", "IND"])


def test_the_analysis_of_a_run_is_the_one_of_the_program(path, analysis, tmp_path):
    text, table = analysed(tmp_path, path, "--pivotal", "DEU,IND")
    assert str(analysis) == text
    assert analysis.csv == table


def test_tables_hold_the_numbers_of_the_csv(analysis):
    rows = list(csv.DictReader(io.StringIO(analysis.csv)))
    compared = 0
    for row in rows:
        value = float(row["value"]) if row["value"] else np.nan
        framework, country, quantity = row["framework"], row["country"], row["quantity"]
        if row["part"] == "stability":
            found = analysis["stability"].loc[framework, quantity]
        elif row["part"] == "power" and not country:
            found = analysis["entry"].loc[framework, quantity]
        elif row["part"] == "pivotal":
            if quantity.startswith(("lost_", "gained_")):
                change, _, code = quantity.partition("_")
                assert code in analysis["pivotal"].loc[(country, framework), change].split()
                continue
            found = analysis["pivotal"].loc[(country, framework), quantity]
        else:
            found = analysis[row["part"]].loc[(framework, country), quantity]
        np.testing.assert_equal(float(found), value)
        compared += 1
    assert compared > 100
    assert analysis["margin"].attrs["units"]["margin"] == "pp per year"


def test_prices_say_what_would_tip_whom(analysis):
    margins = analysis["margin"]
    assert set(margins.index.get_level_values("framework")) == {"clean_network", "gids"}
    free = margins[(margins["committed"] == 0) & (margins["level"] == 0)]
    assert (free["payment_to_tip"].dropna() >= 0).all()
    missing = {name: set(margins.index.levels[1]) - set(margins.loc[name].index) for name in ("clean_network", "gids")}
    assert missing == {"clean_network": {"CHN"}, "gids": {"USA"}}  # sponsors do not join their rival


def test_an_analysis_of_a_step_is_of_its_state(path, tmp_path):
    result = sn.open_result(path)
    by_step, by_date = result.analyse(20), result.analyse("2022-04-15")
    assert by_step.csv == by_date.csv == analysed(tmp_path, path, "--step", 20)[1]
    assert by_step.csv != result.analyse().csv
    signed = by_step["margin"]["level"].loc["gids"] == 2
    listed = result["membership"].sel(framework="gids")[20].to_pandas() == 2
    assert signed[signed].index.to_list() == listed[listed].index.to_list()


def test_countries_may_be_held_out_by_number_or_one_by_name(path, tmp_path):
    result = sn.open_result(path)
    assert result.analyse(10, pivotal=1).csv == analysed(tmp_path, path, "--step", 10, "--pivotal", 1)[1]
    one = result.analyse(10, pivotal="IND")["pivotal"]
    assert set(one.index.get_level_values("country")) == {"IND"}
    assert one.columns.to_list()[-2:] == ["lost", "gained"]


def test_an_actor_whose_code_is_a_number_is_held_out_by_it(result_file):
    result = sn.open_result(result_file("gallery/tariff-club", "run.horizon=3"))
    code = str(result["country"].values[2])
    pivotal = result.analyse(pivotal=code)["pivotal"]
    assert set(pivotal.index.get_level_values("country")) == {code}


def test_standard_errors_have_columns_of_their_own():
    head = "part,framework,country,quantity,value,standard_error,unit\n"
    rows = "power,gids,,quota_members,3,,1\npower,gids,CHN,banzhaf,0.25,0.01,1\npower,gids,RUS,banzhaf,,,1\n"
    tables = tables_of_result(head + rows)
    assert tables["power"].loc[("gids", "CHN")].to_list() == [0.25, 0.01]
    assert np.isnan(tables["power"].loc[("gids", "RUS"), "banzhaf"])
    assert tables["entry"].loc["gids", "quota_members"] == 3


@pytest.mark.parametrize(
    ("entry", "tables"),
    [
        ("gallery/unsc-power", {"council", "charter"}),
        ("gallery/krugman-blocs", None),
        ("gallery/katz-shapiro", None),
        ("gallery/unix-alliances", {"rest_states", "tipping", "at_once", "states"}),
        ("gallery/barrett-treaty", None),
    ],
)
def test_the_analysis_of_a_scenario_is_the_one_of_the_program(entry, tables, tmp_path):
    found = sn.analyse(entry)
    assert (str(found), found.csv) == analysed(tmp_path, entry)
    assert tables is None or tables <= set(found)
    rows = pd.read_csv(io.StringIO(found.csv), dtype=str, keep_default_na=False)
    assert {name: len(table) for name, table in found.items()} == rows.groupby("analysis").size().to_dict()
    for name, table in found.items():
        own = rows[rows["analysis"] == name]
        for column in table:
            cells = own[column].to_list()
            if table[column].dtype.kind in "if":
                values = [float(cell) if cell else np.nan for cell in cells]
                np.testing.assert_array_equal(table[column].to_numpy(float), values)
            else:
                assert table[column].to_list() == cells


def test_powers_in_the_security_council_are_exact_fractions():
    power = sn.analyse("gallery/unsc-power")["council"].set_index("voter")
    assert power.loc["permanent", "shapley_shubik_exact"] == "421/2145"
    assert power.loc["permanent", "shapley_shubik"] == 421 / 2145
    assert power["seats"].to_list() == [5, 10]


def test_names_of_actors_stay_texts():
    states = sn.analyse("gallery/barrett-treaty")
    assert states["tipping"]["actor"].str.len().unique().tolist() == [2]


def test_the_end_of_a_run_is_analysed_by_file_and_by_result(path):
    result = sn.open_result(path)
    assert sn.analyse(path).csv == sn.analyse(result).csv == result.analyse().csv


def test_a_scenario_is_analysed_as_it_was_changed(tmp_path):
    scenario = sn.load("gallery/unix-alliances").with_({"run.seed": 3})
    assert sn.analyse(scenario).csv == sn.analyse("gallery/unix-alliances").csv


def test_an_analysis_is_a_mapping_that_prints(analysis):
    assert len(analysis) == len(list(analysis)) == len(dict(analysis))
    assert repr(analysis) == analysis.text.rstrip("\n")
    assert "stability" in analysis._repr_html_() and "<pre" in analysis._repr_html_()
    with pytest.raises(KeyError, match='Did you mean "margin"'):
        analysis["margins"]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"step": 61}, sn.ScenarioError, "no step 61"),
        ({"pivotal": 0}, sn.ScenarioError, "pivotal: 0 countries cannot be held out"),
        ({"pivotal": ["Germnay"]}, sn.ScenarioError, 'Did you mean "Germany"'),
        ({"threads": -1}, sn.ScenarioError, "threads: -1 is not from 0"),
        ({"tables": "/nowhere"}, sn.Error, "nowhere"),
    ],
)
def test_what_cannot_be_analysed_is_refused(path, arguments, error, message):
    with pytest.raises(error, match=message):
        sn.open_result(path).analyse(**arguments)


def test_a_world_in_which_nobody_decides_is_refused():
    still = sn.Scenario.from_toml("[run]\nstart = 2020-01-01\nhorizon = 2\n[world]\nactors = 5\n[framework.a]\n")
    with pytest.raises(sn.DataError, match="nobody decides"):
        sn.run(still).analyse()


def test_a_run_with_too_many_states_is_refused():
    with pytest.raises(sn.Error):
        sn.analyse("clean-network-2020")


def test_the_core_refuses_other_numbers_of_threads(path):
    for threads in (-1, 1025):
        with pytest.raises(sn.ScenarioError, match="threads"):
            _core.analyse_result(_core.read_result(str(path)), "", None, "", "", None, threads, None)


def test_the_number_of_threads_changes_nothing(path):
    assert sn.open_result(path).analyse(5, threads=1).csv == sn.open_result(path).analyse(5, threads=2).csv


def test_a_run_of_numbered_actors_is_analysed_by_their_numbers(result_file):
    path = result_file("gallery/buchanan-club", "run.horizon=3")
    analysis = sn.analyse(path)
    assert "  First to " in analysis.text
    assert sn.open_result(path).analyse(pivotal=["01"]).text.count("Without 01, held out of everything") == 1
    with pytest.raises(sn.Error, match='there is no "x"'):
        sn.open_result(path).analyse(pivotal=["x"])
