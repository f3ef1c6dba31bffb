"""Explanations are the program's, and their tables the numbers behind them."""

import subprocess
import sys

import numpy as np
import pytest

import splinternet as sn


def printed(*arguments: object) -> str:
    """Return what the program of the package prints."""
    code = "import sys; from splinternet import _core; sys.exit(_core.run_command(sys.argv[1:]))"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def path(result_file):
    """Return the result file of the twelve-country scenario."""
    return result_file("classroom-12")


@pytest.fixture(scope="module")
def other_path(result_file):
    """Return the result file of the same scenario with another seed."""
    return result_file("classroom-12", "run.seed=2")


@pytest.fixture(scope="module")
def result(path):
    """Return the result of the twelve-country scenario."""
    return sn.open_result(path)


def test_the_text_is_the_one_that_the_program_prints(path, other_path, result):
    assert str(result.explain("DEU")) == printed("explain", path, "DEU")
    assert str(result.explain("DEU", 5)) == printed("explain", path, "DEU", "--step", 5)
    assert str(result.explain(compare=other_path)) == printed("explain", path, "--compare", other_path)
    other = sn.open_result(other_path)
    assert str(result.explain("DEU", compare=other)) == printed("explain", path, "DEU", "--compare", other_path)


def test_a_country_is_had_by_code_or_name_in_any_case(result):
    assert result.explain("Germany").text == result.explain("deu").text == result.explain("DEU").text


def test_a_step_is_had_by_a_date_that_falls_into_it(result):
    assert result.explain("DEU", "2020-12-24").text == result.explain("DEU", 5).text
    assert "2020-12" in result.explain("DEU", "2020-12").text
    assert result.explain("DEU", -1).text == result.explain("DEU", 60).text


def test_the_tables_are_those_of_the_country_and_step(result):
    everything = result.explain("IND")
    assert set(everything.decisions["country"]) == set(everything.options["country"]) == {"IND"}
    assert len(everything.decisions) == int((result["decision_country"] == "IND").sum())
    assert everything.options["decision"].unique().tolist() == everything.decisions.index.to_list()
    step = int(everything.decisions["step"].iloc[0])
    one = result.explain("IND", step)
    assert set(one.decisions["step"]) == {step}
    for total in one.options["total"]:
        if total != 0:
            assert f"{abs(total):.3f}"[:4] in one.text.replace("\u2212", "-")


def test_a_comparison_has_the_decisions_of_all_or_of_the_country(result, other_path):
    assert len(result.explain(compare=other_path).decisions) == len(result.decisions)
    assert set(result.explain("IND", compare=other_path).decisions["country"]) == {"IND"}


def test_a_run_does_not_part_from_itself(result, path):
    assert "same" in result.explain(compare=path).text or "never" in result.explain(compare=path).text


def test_a_prompt_shows_the_text_and_a_notebook_too(result):
    explanation = result.explain("KEN")
    assert repr(explanation) == explanation.text.rstrip("\n")
    html = explanation._repr_html_()
    assert html.startswith("<pre") and "Kenya" in html
    assert "&lt;" in sn.Explanation("a < b", None, result.dataset, None)._repr_html_()


def test_actors_of_a_gallery_world_are_explained(result_file):
    path = result_file("gallery/unix-alliances")
    assert str(sn.open_result(path).explain("apollo")) == printed("explain", path, "APOLLO")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"country": "Germnay"}, 'country: there is no "Germnay". Did you mean "Germany"'),
        ({}, "country: name one, by code or English name, or compare="),
        ({"country": "DEU", "step": 0}, "nothing is decided in step 0, the start; there are steps 1 to 60"),
        ({"country": "DEU", "step": 61}, "no step 61"),
        ({"country": "DEU", "step": "2019-01"}, "2019-01 is not in the time of the run"),
    ],
)
def test_what_is_not_in_the_run_is_refused(result, arguments, message):
    with pytest.raises(sn.ScenarioError, match=message):
        result.explain(**arguments)


def test_a_step_of_a_comparison_is_refused(result, path):
    with pytest.raises(sn.ScenarioError, match="leave step or compare out"):
        result.explain("DEU", 5, compare=path)


def test_runs_without_a_common_country_are_not_compared(result, result_file):
    with pytest.raises(sn.Error):
        result.explain("DEU", compare=result_file("gallery/unix-alliances"))


def test_a_run_without_decisions_is_explained_by_its_acts(result_file):
    result = sn.open_result(result_file("classroom-12", "record.decisions=false", "run.horizon=6"))
    assert "recorded no decisions" in result.explain("DEU").text
    assert len(result.acts) == int(np.size(result["act_step"]))
    with pytest.raises(sn.DataError, match=r"record.decisions = true"):
        result.explain("DEU").decisions  # noqa: B018 - the access is what is tested
