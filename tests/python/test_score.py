"""The statistics of analysis/backtest on data worked out by hand, and the record's known totals."""

import sys
from math import log
from pathlib import Path

import numpy as np
import pytest

BACKTEST = Path(__file__).resolve().parents[2] / "analysis" / "backtest"
sys.path.insert(0, str(BACKTEST))

from measures import (  # noqa: E402
    auc, base_rate_scores, brier, grouped, log_loss, shuffled_auc, smoothed_probability,
)
from outcomes import Outcomes, complete_date, read_outcomes  # noqa: E402
from score import Ensemble, Judged, judge, miss_lines  # noqa: E402


def test_auc_counts_ordered_pairs_and_ties_one_half():
    # pairs (happened, not): (.9, .2) and (.9, .5) in order, (.5, .2) in order, (.5, .5) a tie -> 3.5 of 4
    assert auc(np.array([0.9, 0.5, 0.5, 0.2]), np.array([True, True, False, False])) == pytest.approx(3.5 / 4)


def test_auc_of_constant_scores_is_one_half_and_reversal_mirrors_it():
    happened = np.array([True, False, True, False, False])
    assert auc(np.full(5, 0.3), happened) == 0.5
    score = np.array([0.1, 0.7, 0.4, 0.2, 0.9])
    assert auc(score, happened) + auc(-score, happened) == pytest.approx(1.0)


def test_auc_needs_both_outcomes():
    assert np.isnan(auc(np.array([0.1, 0.2]), np.array([True, True])))


def test_smoothed_probability_stays_inside_the_open_interval():
    assert smoothed_probability(np.array([0, 2, 4]), 4) == pytest.approx([0.1, 0.5, 0.9])


def test_log_loss_and_brier_of_two_cases():
    probability, happened = np.array([0.8, 0.4]), np.array([True, False])
    assert log_loss(probability, happened) == pytest.approx(-(log(0.8) + log(0.6)) / 2)
    assert brier(probability, happened) == pytest.approx((0.2**2 + 0.4**2) / 2)


def test_base_rate_scores_are_those_of_the_constant_forecast():
    happened = np.array([True, False, False, False])
    loss, square = base_rate_scores(happened)
    assert loss == pytest.approx(log_loss(np.full(4, 0.25), happened))
    assert square == pytest.approx(brier(np.full(4, 0.25), happened))
    assert base_rate_scores(np.array([True, True])) == (0.0, 0.0)


def test_shuffled_auc_centres_on_one_half_and_is_reproducible():
    score = np.arange(40.0)
    happened = score >= 30
    mean, low, high = shuffled_auc(score, happened, 500, seed=3)
    assert mean == pytest.approx(0.5, abs=0.02)
    assert 0.2 < low < 0.4 and 0.6 < high < 0.8
    assert shuffled_auc(score, happened, 500, seed=3) == (mean, low, high)


def test_grouped_means_follow_the_order_of_first_members():
    assert grouped(np.array([1.0, 0.2, 0.6]), ["b", "a", "a"]) == pytest.approx([1.0, 0.4])
    with pytest.raises(ValueError):
        grouped(np.array([1.0, 2.0]), ["a"])


def test_months_end_on_their_last_day_and_the_undated_at_the_end_of_2020():
    assert complete_date("2020-09") == "2020-09-30"
    assert complete_date("2020-02") == "2020-02-29"
    assert complete_date("2021-03-29") == "2021-03-29"
    assert complete_date("") == "2020-12-31"


def test_the_record_has_its_known_totals():
    clean, gids = read_outcomes("clean_network"), read_outcomes("gids")
    assert [len(clean.members(day)) for day in ("2020-12-31", "2022-12-31")] == [49, 51]
    assert [len(gids.members(day)) for day in ("2020-09-30", "2021-03-31", "2022-12-31")] == [14, 35, 40]
    assert clean.act == {}
    assert gids.act["KAZ"] == gids.act["UZB"] == "signed 2022-06-08"
    assert gids.act["DZA"] == "signed_via_league 2021-03-29"
    assert "PAK" not in gids.act


def two_runs() -> Ensemble:
    """Two runs over three steps: USA sponsors, AAA starts inside, BBB joins in both runs, CCC in one, DDD never."""
    member = np.zeros((2, 6, 5, 1), dtype=bool)
    member[:, :, 0:2, 0] = True
    member[:, 2:, 2, 0] = True
    member[0, 5:, 3, 0] = True
    return Ensemble(["USA", "AAA", "BBB", "CCC", "DDD"], ["clean_network"], member)


def test_only_countries_at_risk_are_judged_by_the_state_on_the_day():
    record = Outcomes({"USA": "2020-08-05", "AAA": "2020-06-01", "DDD": "2020-11-01", "CCC": "2021-01-14"})
    cases = judge(two_runs(), Judged("clean_network", "", 1, "2020-12-31", []), record)
    assert cases["code"] == ["BBB", "CCC", "DDD"]
    assert cases["probability"] == pytest.approx([2.5 / 3, 1.5 / 3, 0.5 / 3])
    assert cases["happened"].tolist() == [False, False, True]
    assert miss_lines(cases) == [
        "- signed, least expected: DDD 0.17",
        "- did not sign, most expected: BBB 0.83, CCC 0.50",
    ]
