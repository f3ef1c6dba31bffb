"""Valuations of firms' stances written in Python."""

import re
import time

import numba
import numpy as np
import pytest

import splinternet as sn


@pytest.fixture(scope="module")
def scenario():
    return sn.load("classroom-12").with_({"run.horizon": 12})


@sn.firm_rule("same")
def same(world, firms):
    return firms.value


def biased(world, firms):
    """Everything but the first stance costs a further tenth of revenue."""
    value = firms.value.copy()
    value[:, 1:] -= 0.1
    return value


def message(scenario, function, **keys):
    with pytest.raises(sn.ScenarioError) as caught:
        sn.run(scenario, firm_rule=sn.firm_rule("own", **keys)(function))
    return str(caught.value)


def test_a_rule_that_returns_what_it_is_given_gives_the_same_bits(scenario, tmp_path):
    plain = sn.run(scenario).dataset
    for threads in (1, 2, 8):
        ours = sn.run(scenario, firm_rule=same, threads=threads, out=tmp_path / f"{threads}.h5").dataset
        np.testing.assert_array_equal(ours.state_digest, plain.state_digest)
    assert (tmp_path / "1.h5").read_bytes() == (tmp_path / "2.h5").read_bytes() == (tmp_path / "8.h5").read_bytes()
    assert ours.attrs["custom_rules"] == f"firm_rule same sha256:{same.sha256} share of revenue\n"


def test_what_stances_are_worth_moves_firms(scenario):
    simulations = [sn.Simulation(scenario, firm_rule=rule) for rule in (None, sn.firm_rule("biased")(biased))]
    for simulation in simulations:
        simulation.run()
    unaligned, kept_out = ((simulation.world["firms.stance"] == 0).sum() for simulation in simulations)
    assert kept_out > unaligned


def test_firms_tell_who_they_are(scenario):
    seen = []

    @sn.firm_rule("looks")
    def looks(world, firms):
        assert firms.frameworks == ["clean_network", "gids"]
        assert firms.value.shape == (len(firms), len(firms.stances))
        assert firms.stances[0] == 0
        assert firms.stances[-1] == 3
        assert set(firms.sector) <= set(world.labels("firm_sector"))
        assert (firms.revenue_busd > 0).all()
        np.testing.assert_array_equal(firms.stance, world["firms.stance"][firms.firm])
        np.testing.assert_array_equal(firms.home, world["firms.home"][firms.firm])
        seen.append(len(firms))
        return firms.value

    sn.run(scenario, firm_rule=looks)
    assert len(seen) > 10
    assert max(seen) < 80


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda world, firms: None, "it returned NoneType, but"),
        (lambda world, firms: firms.value[:, 0], "one value for each firm and stance"),
        (lambda world, firms: firms.value.T, "one value for each firm and stance"),
        (lambda world, firms: firms.value.astype(np.float32), "it returned an array of float32"),
        (lambda world, firms: firms.value * np.nan, "it gave nan for .* in stance 0: finite numbers are needed"),
        (lambda world, firms: firms.value + time.perf_counter(), "asked twice about .* in stance 0"),
    ],
)
def test_what_a_rule_may_not_return_is_refused(scenario, function, said):
    found = message(scenario, function)
    assert re.match(r"firm_rule own, step \d+: .*" + said, found), found


def test_writing_raises_and_names_the_rule(scenario):
    @sn.firm_rule("writes")
    def writes(world, firms):
        firms.value[0] = 0.0
        return firms.value

    with pytest.raises(ValueError, match="read-only") as caught:
        sn.run(scenario, firm_rule=writes)
    assert caught.value.__notes__[0].startswith("Raised by the firm_rule writes in step ")


def test_a_rule_that_does_not_fit_is_refused(scenario):
    assert "no section [firms]" in _refusal("gallery/coordination", same)
    other = sn.firm_rule("own", unit="pp")(biased)
    assert 'it returns "pp", but is added to numbers in "share of revenue"' in _refusal(scenario, other)
    with pytest.raises(sn.ScenarioError, match="biased is no firm rule"):
        sn.run(scenario, firm_rule=biased)
    with pytest.raises(sn.ScenarioError, match="lower-case letter"):
        sn.firm_rule("A rule")(biased)


def _refusal(scenario, rule):
    with pytest.raises(sn.ScenarioError) as caught:
        sn.run(scenario, firm_rule=rule)
    return str(caught.value)


def test_verify_needs_the_same_rule(scenario):
    result = sn.run(scenario, firm_rule=same)
    assert sn.verify(result, firm_rule=same)
    with pytest.raises(sn.DataError, match=re.escape("(file, firm_rule=same)")):
        sn.verify(result)
    with pytest.raises(sn.DataError, match="its text, or a value that it uses, is another"):
        sn.verify(result, firm_rule=sn.firm_rule("same")(biased))
    with pytest.raises(sn.DataError, match="the run had no firm rule same"):
        sn.verify(sn.run(scenario), firm_rule=same)


def test_a_compiled_rule_gets_plain_arrays(scenario):

    @numba.njit
    def compiled(value, stances, stance, home, sector, revenue_busd):  # noqa: PLR0917 - what they are given
        out = value.copy()
        out[:, 1:] -= 0.1
        return out

    ours = sn.run(scenario, firm_rule=sn.firm_rule("own")(compiled))
    theirs = sn.run(scenario, firm_rule=sn.firm_rule("own")(biased))
    np.testing.assert_array_equal(ours.dataset.state_digest, theirs.dataset.state_digest)
    assert set(ours.custom_seconds) == {"own"}


def test_payoffs_and_a_rule_of_firms_go_together(scenario):
    @sn.payoff("nothing", unit="pp")
    def nothing(world, options):
        return np.zeros(len(options))

    result = sn.run(scenario, payoffs=[nothing], firm_rule=same)
    assert [line.split()[:2] for line in result.dataset.attrs["custom_rules"].splitlines()] == [
        ["payoff", "nothing"],
        ["firm_rule", "same"],
    ]
    assert sn.verify(result, payoffs=[nothing], firm_rule=same)
