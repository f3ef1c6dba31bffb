"""What a result tells as tables is what its arrays hold."""

import datetime
import pathlib
import re

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import splinternet as sn
from splinternet._labels import state_at, step_during
from splinternet._tables import to_pandas


@pytest.fixture(scope="module")
def classroom(result_file):
    """Return the result of the twelve-country scenario."""
    return sn.open_result(result_file("classroom-12"))


@pytest.fixture(scope="module")
def actors(result_file):
    """Return the result of a world of actors."""
    return sn.open_result(result_file("gallery/unix-alliances"))


def test_a_result_says_in_a_line_what_was_run(classroom, actors):
    assert repr(classroom) == (
        "<Result of classroom-12: 12 countries, 2 frameworks, 2020-08-01 to 2025-08-01 in 60 steps, seed 1>"
    )
    assert (
        repr(actors)
        == "<Result of unix-alliances: 9 actors, 2 frameworks, 1988-06-01 to 1988-09-01 in 3 steps, seed 1>"
    )


def test_a_notebook_shows_title_members_and_index_with_their_courses(classroom):
    html = classroom._repr_html_()
    assert "Twelve countries, two frameworks: a classroom world" in html
    for name, count in zip(classroom.dataset.framework_name.values, classroom.members.iloc[-1], strict=True):
        assert f"{name}</td><td style='text-align:left'>{count} members" in html
    index = classroom["splinternet_index"].values
    assert f"{index[0]:.3f} \u2192 {index[-1]:.3f}" in html
    assert html.count("<polyline") == 3
    heights = [float(y) for y in re.findall(r"[\d.]+,([\d.]+)", html.split("<polyline")[3])]
    assert np.argmin(heights) == np.argmax(index)


def test_a_notebook_shows_texts_of_scenarios_as_texts(result_file):
    html = sn.open_result(result_file("classroom-12", 'title="A <b> & c"', "run.horizon=1"))._repr_html_()
    assert "A &lt;b&gt; &amp; c" in html


def test_arrays_are_had_by_name_and_the_nearest_name_is_told(classroom):
    assert classroom["real_income"].dims == ("step", "country")
    with pytest.raises(sn.ScenarioError, match=r'there is no "real_incme"\. Did you mean "real_income"'):
        classroom["real_incme"]
    with pytest.raises(sn.ScenarioError, match=r"There are step, .* and [0-9]+ more"):
        classroom["quite another thing altogether"]


def test_members_are_counted_by_date(classroom):
    members = classroom.members
    np.testing.assert_array_equal(members.to_numpy(), classroom["member_count"].values)
    assert members.to_numpy().dtype == np.int64
    assert members.index[0] == pd.Timestamp("2020-08-01")
    assert members.columns.to_list() == classroom["framework"].values.tolist()
    assert members.loc["2025-08-01", "gids"] == classroom["member_count"].values[-1, 1]


def test_members_plot_as_one_line_for_each_framework(classroom):
    axes = classroom.members.plot()
    assert [text.get_text() for text in axes.get_legend().texts] == ["clean_network", "gids"]
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), classroom["member_count"].values[:, 0])


def test_a_member_is_told_by_code_or_name_in_any_case(classroom, actors):
    by_code = classroom.member("DEU")
    words = np.array(["none", "listed", "signed"])[classroom["membership"].sel(country="DEU").values]
    np.testing.assert_array_equal(by_code.to_numpy(), words)
    assert by_code.equals(classroom.member("germany"))
    assert by_code.equals(classroom.member("deu"))
    assert set(actors.member("APOLLO").to_numpy().ravel()) <= {"none", "signed"}


def test_an_unknown_country_is_an_error_with_the_nearest_name(classroom):
    with pytest.raises(sn.ScenarioError, match=r'country: there is no "Germnay"\. Did you mean "Germany"'):
        classroom.member("Germnay")


def test_metrics_are_all_scalars_over_time_with_dates(classroom):
    metrics = classroom.metrics
    assert {array.dims for array in metrics.data_vars.values()} == {("time",), ("metrics_time",)}
    assert metrics.splinternet_index.sel(time="2025-08-01") == classroom["splinternet_index"][-1]
    assert "state_digest" not in metrics
    wanted = [n for n, a in classroom.dataset.data_vars.items() if a.dims in (("step",), ("metrics_step",))]
    assert set(metrics.data_vars) == set(wanted) - {"time", "metrics_time", "state_digest"}
    assert metrics.link_components.dims == ("metrics_time",)


def test_acts_tell_who_signed_what_and_when(classroom):
    acts = classroom.acts
    kinds = classroom["act_kind"].attrs["flag_meanings"].split()
    assert acts["kind"].to_list() == [kinds[kind] for kind in classroom["act_kind"].values]
    assert acts["country"].to_list() == classroom["act_country"].values.tolist()
    assert acts["step"].to_list() == classroom["act_step"].values.tolist()
    assert acts.attrs["units"]["offer"] == "1e9 USD"
    for _, act in acts.iterrows():
        assert act["date"] == pd.Timestamp(classroom["time"].values[max(act["step"] - 1, 0)])
        assert f"{act['date']:%Y-%m}" in str(classroom.explain(act["country"]))


def test_replaying_the_acts_gives_the_memberships_of_the_end(classroom):
    level = {"acceded": 2, "acceded_jointly": 2, "sponsored": 2, "withdrew": 0, "listing_lapsed": 0}
    membership = classroom["membership"].isel(step=0).to_pandas()
    for _, act in classroom.acts.iterrows():
        membership.loc[act["country"], act["framework"]] = level[act["kind"]]
    pd.testing.assert_frame_equal(membership, classroom["membership"].isel(step=-1).to_pandas())


def test_decisions_tell_what_was_taken_and_what_it_was_worth(classroom):
    decisions, dataset = classroom.decisions, classroom.dataset
    taken = dataset.decision_first_option.values + dataset.decision_chosen.values
    assert decisions["chosen_target"].to_list() == dataset.option_target.values[taken].tolist()
    np.testing.assert_array_equal(decisions["chosen_total"], dataset.option_total.values[taken])
    np.testing.assert_array_equal(decisions["chosen_offer"], dataset.option_offer.values[taken])
    assert decisions["options"].sum() == dataset.sizes["option"]
    assert set(decisions["rule"]) == {"logit"}
    assert set(decisions.attrs["units"]) == set(decisions.columns) - {"date"}
    assert decisions.attrs["units"]["chosen_total"] == dataset.option_total.attrs["units"]


def test_terms_of_an_option_sum_to_its_total_and_one_is_chosen(classroom):
    options, terms = classroom.options, classroom["term"].values.tolist()
    total = np.zeros(len(options))
    for term in terms:
        total = total + options[term].to_numpy()
    np.testing.assert_array_equal(total, options["total"])
    assert (options.groupby("decision")["is_chosen"].sum() == 1).all()
    assert (options.groupby("decision")["option"].max() + 1).to_list() == classroom.decisions["options"].to_list()
    chosen = options[options["is_chosen"]]
    assert chosen["target"].to_list() == classroom.decisions["chosen_target"].to_list()
    assert chosen["country"].to_list() == classroom.decisions["country"].to_list()
    assert options.attrs["units"][terms[0]] == classroom["option_value"].attrs["units"]


def test_answers_of_organisations_follow_from_utility_and_draw(classroom):
    answers = classroom.answers
    assert len(answers) == classroom.dataset.sizes["answer"] > 0
    accedes = answers["uniform"] < 1 / (1 + np.exp(-answers["utility"] / answers["temperature"]))
    assert (answers["accepted"] == "acceded").to_list() == accedes.to_list()
    assert set(answers["organisation"]) <= set(classroom["organisation"].values)


def test_digests_are_told_by_step(classroom):
    assert classroom.digests.index.to_list() == list(range(61))
    np.testing.assert_array_equal(classroom.digests.to_numpy(), classroom["state_digest"].values)


def test_scalars_are_a_table_by_date(classroom):
    table = classroom.to_pandas()
    assert table.index.name == "date"
    np.testing.assert_array_equal(table["splinternet_index"], classroom["splinternet_index"].values)
    tidy = classroom.to_pandas(tidy=True)
    assert tidy.columns.to_list() == ["date", "variable", "value"]
    assert len(tidy) == table.size


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("splinternet_index", ["date"]),
        ("real_income", ["date", "country"]),
        ("membership", ["date", "country", "framework"]),
        ("gdp", ["country"]),
        ("betweenness", ["date", "country"]),
        ("option_value", ["option", "term"]),
        ("minimum_cut", ["date", "framework", "other_framework"]),
    ],
)
def test_arrays_are_tables_with_their_labels_wide_or_tidy(classroom, name, labels):
    array = classroom[name]
    meanings = array.attrs.get("flag_meanings", "").split()
    values = array.values if not meanings else np.array(meanings)[array.values]
    wide, tidy = classroom.to_pandas(name), classroom.to_pandas(name, tidy=True)
    assert wide.index.name == labels[0]
    np.testing.assert_array_equal(np.asarray(wide).reshape(values.shape), values)
    assert tidy.columns.to_list() == [*labels, name]
    np.testing.assert_array_equal(np.asarray(tidy[name]).reshape(values.shape), values)
    if array.ndim > 1:
        assert list(wide.columns.names) == labels[1:]
    place = np.unravel_index(values.size // 2, values.shape)
    row = tidy.iloc[values.size // 2]
    for dim, label, at in zip(array.dims, labels, place, strict=True):
        known = (
            classroom.dataset["metrics_time" if dim == "metrics_step" else "time"]
            if label == "date"
            else (array[dim] if dim in array.coords else np.arange(array.sizes[dim]))
        )
        assert row[label] == (pd.Timestamp(known.values[at]) if label == "date" else np.asarray(known)[at])


def test_an_array_without_dimensions_is_a_table_of_one_value():
    assert to_pandas(xr.Dataset({"answer": 42}), "answer", False).to_dict("list") == {"answer": [42]}


def test_a_table_of_an_unknown_array_is_an_error_with_the_nearest_name(classroom):
    with pytest.raises(sn.ScenarioError, match='Did you mean "exports"'):
        classroom.to_pandas("export")


def test_what_was_not_recorded_is_said_with_the_remedy(result_file):
    bare = sn.open_result(
        result_file("classroom-12", "run.horizon=2", 'record.arrays=["latency"]', "record.decisions=false")
    )
    with pytest.raises(sn.DataError, match=r"did not record member_count: .* record.arrays = "):
        bare.members  # noqa: B018 - the access is what is tested
    with pytest.raises(sn.DataError, match="did not record membership"):
        bare.member("DEU")
    with pytest.raises(sn.DataError, match=r"record.decisions = true"):
        bare.decisions  # noqa: B018
    with pytest.raises(sn.DataError, match=r"record.decisions = true"):
        bare.options  # noqa: B018
    with pytest.raises(sn.DataError, match="answer_step"):
        bare.answers  # noqa: B018
    assert "classroom-12" in bare._repr_html_()
    crowd = sn.open_result(result_file("gallery/watts-cascade", "world.actors=5000", "run.horizon=3"))
    with pytest.raises(sn.DataError, match="nothing by country or actor"):
        crowd.member("1")
    with pytest.raises(sn.DataError, match=r"record.acts = true"):
        crowd.acts  # noqa: B018
    assert "actors" not in repr(crowd)


@pytest.mark.parametrize(
    "step",
    [
        7,
        -54,
        "2021-03",
        "2021-03-31",
        datetime.date(2021, 3, 1),
        datetime.datetime(2021, 3, 9, 12),
        np.datetime64("2021-03"),
        pd.Timestamp("2021-03-09", tz="UTC"),
        np.int32(7),
    ],
)
def test_a_state_is_had_by_step_or_date(classroom, step):
    assert state_at(classroom.dataset, step) == 7


def test_a_step_holds_the_dates_from_its_beginning_to_its_end(classroom):
    assert [step_during(classroom.dataset, date) for date in ("2020-08", "2020-08-31", "2020-09", "2025-07")] == [
        1,
        1,
        2,
        60,
    ]


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (61, "no step 61: the run has steps 0"),
        (-62, "no step -62"),
        ("2020-07", "2020-07 is not in the time of the run, which goes from 2020-08-01 to 2025-08-01"),
        ("2025-09", "not in the time of the run"),
        ("tomorrow", "'tomorrow' is neither the number of a step nor a date"),
        (1.5, "1.5 is neither"),
        (True, "True is neither"),
        (None, "None is neither"),
        ("NaT", "'NaT' is neither"),
    ],
)
def test_a_step_that_the_run_does_not_have_is_refused(classroom, step, message):
    with pytest.raises(sn.ScenarioError, match=message):
        classroom.map(step)


def test_the_whole_of_the_file_is_told_by_its_attributes(classroom):
    told = dict(classroom.attributes)
    assert set(told.pop("coordinates").split()) <= set(classroom.dataset.coords)  # xarray obeys it and keeps it not
    assert told == {key: str(value) for key, value in classroom.dataset.attrs.items()}
    assert classroom.name == "classroom-12"


def test_the_scenario_of_a_file_runs_to_the_same_digests(classroom):
    again = sn.run(classroom.scenario)
    assert again.digests.equals(classroom.digests)
    assert classroom.scenario is classroom.scenario


def test_a_result_verifies_itself(classroom):
    assert classroom.verify().is_same


def test_a_result_taken_before_the_horizon_ends_where_it_stopped(tmp_path):
    simulation = sn.Simulation("classroom-12", seed=1)
    simulation.step(10)
    result = simulation.result()
    assert "in 10 of 60 steps" in repr(result)
    assert len(result.members) == len(result.digests) == len(result.member("DEU")) == 11
    assert result.to_pandas("real_income").shape == (61, 12)
    with pytest.raises(sn.ScenarioError, match=r"no step 11: the run has steps 0 \(its start\) to 10"):
        result.map(11)
    figure = result.plot("members")
    np.testing.assert_array_equal(figure.axes[0].lines[0].get_ydata(), result.members["clean_network"])
    result.save(tmp_path / "part.h5")
    again = sn.open_result(tmp_path / "part.h5")
    assert again.dataset.identical(result.dataset)
    assert pathlib.Path(tmp_path / "part.h5").stat().st_size > 0
    assert again.analyse()["stability"].shape[0] == 2
