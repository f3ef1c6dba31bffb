"""Coalitions with one's own numbers: published figures, plain enumeration on random games, refusals."""

import doctest
import importlib
import itertools
import math
from fractions import Fraction

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import scipy.linalg
import scipy.sparse
import scipy.stats

import splinternet as sn
from splinternet import _core, coalition

MODULES = [
    "_actors",
    "answers",
    "competition",
    "crowds",
    "dynamics",
    "games",
    "landscapes",
    "posing",
    "power",
    "scenarios",
    "single_coalitions",
    "treaties",
]


def near(value, tolerance=1e-12):
    return pytest.approx(value, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize("module", MODULES)
def test_every_example_in_the_documentation_gives_what_it_says(module):
    assert doctest.testmod(importlib.import_module(f"splinternet.coalition.{module}")).failed == 0


def test_every_public_function_has_an_example_and_tells_its_parameters():
    for name in coalition.__all__:
        held = getattr(coalition, name)
        assert held.__doc__.strip(), name
        if isinstance(held, type):
            continue
        for part in (">>> ", "Parameters\n", "Returns\n"):
            assert part in held.__doc__, name


# --- Landscapes ---

UNIX = ["Sun", "Prime", "AT&T", "IBM", "DEC", "HP", "Apollo", "Intergraph", "SGI"]
SIZES = [28.9, 1.0, 28.5, 3.8, 20.0, 11.5, 21.2, 4.4, 4.4]
KINDS = "SSGGGGSSS"
RIVALS = [[-1.0 if a == b else 0.0 for b in KINDS] for a in KINDS]


def unix(alliances=2):
    return coalition.landscape(RIVALS, SIZES, actors=UNIX, alliances=alliances)


def test_the_unix_alliances_have_two_minima_of_equal_energy_and_equal_basins():
    basins = unix().basins()
    assert [basin.division.alliances for basin in basins] == [
        (("Sun", "Prime", "AT&T", "IBM"), ("DEC", "HP", "Apollo", "Intergraph", "SGI")),
        (("Sun", "Prime", "DEC", "HP"), ("AT&T", "IBM", "Apollo", "Intergraph", "SGI")),
    ]
    assert [basin.starts for basin in basins] == [128, 128]
    assert [basin.probability for basin in basins] == near([0.5, 0.5])
    assert [basin.division.energy for basin in basins] == near([-3828.9, -3828.9])
    assert sorted(unix().energies())[2] == near(-3826.7)
    assert unix().frustration(basins[0].division) == near(
        dict(zip(UNIX, [-30.0, -30.0, -31.5, -31.5, -32.3, -32.3, -29.9, -29.9, -29.9], strict=True))
    )


def test_history_selects_one_of_the_unix_minima_and_moves_at_once_may_never_rest():
    assert len(unix().minima(frozen=[["Sun", "AT&T"]])) == 1
    basin = unix().basins(frozen=[["Sun"], ["AT&T"]])
    assert [(one.starts, one.probability) for one in basin] == [(128, near(1.0))]
    assert [len(unix(k).minima()) for k in (2, 3, 4, 9)] == [2, 6, 48, 501]
    cycles = unix().simultaneous()
    assert [(cycle.period, cycle.starts) for cycle in cycles] == [(1, 128), (2, 384)]
    assert sum(cycle.starts for cycle in unix().simultaneous(frozen=UNIX)) == 512


@pytest.mark.parametrize(
    ("beta", "mean", "minima"),
    [(0.0005, -2707.1366571746617, 0.010623181289634173), (0.01, -3710.9743693991068, 0.056410418906952926)],
)
def test_the_unix_alliances_have_the_law_of_gibbs(beta, mean, minima):
    law = unix().gibbs(1 / beta)
    assert law.mean_energy == near(mean)
    assert law.probability[np.isclose(unix().energies(), -3828.9)].sum() == near(minima)
    assert law.probability.sum() == near(1)
    assert law.energy_variance == near(float(law.probability @ (unix().energies() - mean) ** 2), 1e-9)


def partitions(n, most):
    """All divisions of n actors into up to so many alliances, as restricted growth strings."""
    found = [[0]]
    for _ in range(n - 1):
        found = [[*one, label] for one in found for label in range(min(max(one) + 2, most))]
    return found


def test_random_landscapes_have_the_energies_and_minima_of_plain_enumeration():
    rng = np.random.default_rng(1)
    for _ in range(12):
        n, most = int(rng.integers(2, 8)), int(rng.integers(1, 5))
        size = rng.uniform(0.5, 4, n)
        pull = rng.normal(size=(n, n))
        pull = (pull + pull.T) / 2
        held = coalition.landscape(pull, size, alliances=most)
        states = partitions(n, most)
        assert held.states == len(states)

        def frustration(i, state, size=size, pull=pull):
            return sum(size[j] * pull[i, j] for j in range(len(size)) if j != i and state[j] != state[i])

        energy = [sum(size[i] * frustration(i, state) for i in range(n)) for state in states]
        assert held.energies() == near(np.array(energy), 1e-10)
        rest = []
        for number, state in enumerate(states):
            moved = [
                frustration(i, [*state[:i], to, *state[i + 1 :]]) < frustration(i, state) - 1e-9
                for i in range(n)
                for to in range(min(most, max(state) + 2))
            ]
            if not any(moved):
                rest.append(number)
        assert held.minima() == [held.division(number) for number in rest]
        assert sum(basin.starts for basin in held.basins()) == len(states)
        assert sum(basin.probability for basin in held.basins()) == near(1)
        assert {basin.division for basin in held.basins()} == set(held.minima())
        number = int(rng.integers(len(states)))
        division = held.division(number)
        assert held.energy(states[number]) == near(energy[number], 1e-10)
        assert held.energy(division) == held.energy([list(group) for group in division.alliances]) == division.energy
        assert held.energy({actor: states[number][actor] for actor in range(n)}) == division.energy
    assert repr(held) == f"Landscape of {n} actors, {len(states)} divisions"


def test_actors_of_labelled_propensities_keep_their_names():
    frame = pd.DataFrame([[0, -1], [-1, 0]], index=["USA", "CHN"], columns=["USA", "CHN"])
    assert coalition.landscape(frame).actors == ("USA", "CHN")
    assert coalition.landscape(frame).minima()[0].alliances == (("USA",), ("CHN",))
    uneven = pd.DataFrame([[0, -1, 2], [-1, 0, 1], [2, 1, 0]], index=list("abc"), columns=list("abc"))
    in_order = coalition.landscape(uneven, [1, 2, 3])
    for sizes in ({"c": 3, "b": 2, "a": 1}, pd.Series([3, 2, 1], index=list("cba")), pd.Series([1, 2, 3])):
        held = coalition.landscape(uneven, sizes)
        assert held.actors == ("a", "b", "c")
        assert held.frustration([["a"], ["b", "c"]]) == in_order.frustration([["a"], ["b", "c"]])
    assert coalition.landscape(uneven.values, {"x": 1, "y": 2, "z": 3}).actors == ("x", "y", "z")
    with pytest.raises(sn.ScenarioError, match="sizes: its labels are not those of the actors, as to 'c'"):
        coalition.landscape(uneven, pd.Series([1, 2, 3], index=list("abd")))
    with pytest.raises(sn.ScenarioError, match="division: there are more than 255 alliances"):
        coalition.landscape(np.zeros((256, 256)), alliances=1).energy(range(256))


# --- Games ---


def random_table(rng, options, levels=None):
    shape = (*options, len(options))
    return rng.normal(size=shape) if levels is None else rng.integers(0, levels, shape).astype(float)


def plain_nash(table, strict=False):
    """States of a game in normal form in which nobody gains."""
    options = table.shape[:-1]
    found = []
    for state in itertools.product(*map(range, options)):
        gains = [
            table[(*state[:i], to, *state[i + 1 :], i)] - table[(*state, i)]
            for i in range(len(options))
            for to in range(options[i])
            if to != state[i]
        ]
        if all(gain < 0 if strict else gain <= 0 for gain in gains):
            found.append(state)
    return found


def test_random_games_have_the_equilibria_cycles_and_basins_of_plain_search():
    rng = np.random.default_rng(2)
    for number in range(25):
        options = [int(count) for count in rng.integers(1, 4, int(rng.integers(2, 5)))]
        options[0] = 3
        table = random_table(rng, options, levels=None if number % 2 else 4)
        held = coalition.game(table)
        assert held.nash().weak == plain_nash(table)
        assert held.nash().strict == plain_nash(table, strict=True)
        graph = nx.DiGraph()
        graph.add_nodes_from(itertools.product(*map(range, options)))
        for state in graph.nodes:
            for i, count in enumerate(options):
                for to in range(count):
                    other = (*state[:i], to, *state[i + 1 :])
                    if table[(*other, i)] > table[(*state, i)]:
                        graph.add_edge(state, other)
        rounds = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
        found = held.better_reply_cycles()
        assert sorted(sorted(cycle.states) for cycle in found) == sorted(rounds)
        for cycle in found:
            leaves = any(to not in cycle.states for state in cycle.states for to in graph.successors(state))
            assert cycle.is_sink == (not leaves)
        for cycle in held.better_reply_cycles(reply="best"):
            assert any(set(cycle.states) <= set(wider.states) for wider in found)
        basins = held.basins()
        assert [rest.state for rest in basins.rest] == held.nash().weak
        assert sum(rest.starts for rest in basins.rest) + basins.never_rest == held.states
        if not found:
            assert sum(rest.probability for rest in basins.rest) == near(1)
        assert sum(cycle.starts for cycle in held.simultaneous()) == held.states
        state = tuple(int(rng.integers(count)) for count in options)
        assert list(held.payoffs(state).values()) == near(table[state].tolist())


def test_matching_pennies_go_round_and_have_no_law_of_gibbs():
    pennies = coalition.game([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], ["A", "B"])
    assert pennies.nash().weak == []
    cycle = pennies.better_reply_cycles()[0]
    assert len(cycle.states) == 4
    assert cycle.is_sink
    assert pennies.basins().never_rest == 4
    assert pennies.potential() is None
    with pytest.raises(sn.ScenarioError, match=r"changes of 'A' and 'B' there and back gain [-0-9]+, not 0"):
        pennies.gibbs(1.0)
    best = coalition.game([[[1, -1], [-1, 1], [0, 0]], [[-1, 1], [1, -1], [0, 0]]])
    assert all(math.isnan(rest.probability) for rest in best.basins().rest)


def test_a_game_with_a_potential_has_the_law_of_the_logit_chain():
    rng = np.random.default_rng(3)
    potential = rng.normal(size=(2, 3, 2))
    table = np.stack(
        [potential + rng.normal(size=potential.shape).mean(axis=i, keepdims=True) for i in range(3)], axis=-1
    )
    held = coalition.game(table)
    found = held.potential()
    assert found == near(potential - potential[0, 0, 0], 1e-9)
    law = held.gibbs(0.7)
    states = list(itertools.product(range(2), range(3), range(2)))
    chain = np.zeros((12, 12))
    for at, state in enumerate(states):
        for i, count in enumerate((2, 3, 2)):
            others = [(*state[:i], to, *state[i + 1 :]) for to in range(count)]
            odds = np.exp([table[(*other, i)] / 0.7 for other in others])
            for other, chance in zip(others, odds / odds.sum(), strict=True):
                chain[at, states.index(other)] += chance / 3
    left = scipy.linalg.null_space(chain.T - np.eye(12))[:, 0]
    assert law.ravel() == near(left / left.sum(), 1e-9)
    doubled = coalition.game(table * [1, 2, 1])
    assert doubled.potential() is None
    assert doubled.potential(weights=[1, 2, 1]) == near(found, 1e-9)


def stable_by_search(payoff, actors):
    """Stable, and potentially internally stable coalitions of a function of a frozenset."""
    stable, potential = [], []
    for bits in range(2 ** len(actors)):
        members = frozenset(name for row, name in enumerate(actors) if bits >> row & 1)
        margins = {name: payoff(members | {name})[name] - payoff(members - {name})[name] for name in actors}
        internal = all(margins[name] >= 0 for name in members)
        if internal and all(margins[name] <= 0 for name in actors if name not in members):
            stable.append(tuple(name for name in actors if name in members))
        if sum(margins[name] for name in members) >= 0:
            potential.append(len(members))
    return stable, [potential.count(size) for size in range(len(actors) + 1)]


def test_random_games_have_the_stable_coalitions_of_plain_search_however_they_are_posed():
    rng = np.random.default_rng(4)
    for number in range(12):
        count = 1 + number % 6
        actors = list("abcdef")[:count]
        table = rng.integers(0, 4, (2**count, count)).astype(float)

        def payoff(members, actors=actors, table=table):
            return dict(zip(actors, table[sum(1 << actors.index(name) for name in members)], strict=True))

        def rows(states, table=table):
            return table[states @ (1 << np.arange(states.shape[1]))]

        stable, potential = stable_by_search(payoff, actors)
        for posed in (
            coalition.game(table, actors),
            coalition.game(rows, actors),
            coalition.set_game(payoff, actors),
        ):
            found = posed.stable_coalitions()
            assert found.stable == stable
            assert found.potentially_internal_by_size == potential
            assert sum(found.stable_by_size) == len(stable)
            assert set(found.strictly_stable) <= set(stable)
            for members in posed.nash().weak:
                assert members in stable  # in or out by oneself is what stability means
            assert len(posed.nash().weak) == len(stable)
            one = posed.stability(stable[0] if stable else ())
            assert one.stable == bool(stable)
            direct = coalition.stability(rows, stable[0] if stable else (), actors)
            assert direct == one


def test_transfers_keep_members_in_where_stability_is_potential():
    rng = np.random.default_rng(5)
    tried = 0
    for _ in range(40):
        held = coalition.game(rng.normal(size=(32, 5)) + rng.uniform(0, 2), list("abcde"))
        members = ("a", "c", "d")
        found = held.stability(members)
        given = held.transfers(members, weights={"a": 1, "b": 1, "c": 2, "d": 0, "e": 1})
        assert sum(given.values()) == near(0)
        assert given["b"] == given["e"] == 0
        assert given["d"] + found.margin["d"] == near(0)
        if found.potentially_internal:
            tried += 1
            assert all(found.margin[name] + given[name] >= -1e-12 for name in members)
        assert found.surplus == near(sum(found.margin[name] for name in members))
        assert found.first_to_leave == sorted(members, key=lambda name: found.margin[name])
        assert found.first_to_join == sorted("be", key=lambda name: -found.margin[name])
    assert tried > 5


def test_shapley_values_are_those_of_all_orders():
    rng = np.random.default_rng(6)
    for count in range(1, 7):
        worth = rng.normal(size=2**count)
        expected = np.zeros(count)
        for order in itertools.permutations(range(count)):
            members = 0
            for player in order:
                expected[player] += worth[members | 1 << player] - worth[members]
                members |= 1 << player
        expected /= math.factorial(count)
        assert list(coalition.shapley_value(worth, count).values()) == near(expected.tolist(), 1e-10)
        by_function = coalition.shapley_value(
            lambda states, worth=worth: worth[states @ (1 << np.arange(states.shape[1]))], count
        )
        assert list(by_function.values()) == near(expected.tolist(), 1e-10)
    table = rng.normal(size=(8, 3))
    held = coalition.game(table, ["a", "b", "c"])
    sums = [sum(table[bits, i] for i in range(3) if bits >> i & 1) for bits in range(8)]
    assert held.shapley_value() == near(coalition.shapley_value(np.array(sums), ["a", "b", "c"]))


def test_sampled_shapley_values_lie_within_their_error_bars_and_repeat():
    def worth(states):
        return states.sum(axis=1) ** 2.0 + states[:, 0]

    sampled = coalition.shapley_value(worth, 30, samples=400, seed=3)
    assert sampled == coalition.shapley_value(worth, 30, samples=400, seed=3)
    assert sampled != coalition.shapley_value(worth, 30, samples=400, seed=4)
    for player, estimate in sampled.items():
        assert abs(estimate.value - 30 - (player == 0)) < 5 * estimate.standard_error
    assert sum(estimate.value for estimate in sampled.values()) == near(901, 1e-9)


# --- Quantal response ---


@pytest.mark.parametrize(
    ("precision", "p", "q"),
    [(0.5, 0.830670591341814, 0.4180774669062145), (1, 0.8935763305539736, 0.3127803750295334)],
)
def test_asymmetric_matching_pennies_have_their_published_logit_equilibrium(precision, p, q):
    held = coalition.game([[[9, 0], [0, 1]], [[0, 1], [1, 0]]], ["row", "column"])
    found = held.quantal_response(1 / precision)
    assert found["row"] == near([p, 1 - p], 1e-9)
    assert found["column"] == near([q, 1 - q], 1e-9)
    again = held.quantal_response(1 / precision, start=found)
    assert again["row"] == near(found["row"].tolist(), 1e-9)


def test_logit_equilibria_answer_themselves():
    rng = np.random.default_rng(7)
    table = random_table(rng, (2, 3, 2))
    found = coalition.game(table).quantal_response(1.5)
    for i in range(3):
        others = [found[j] for j in range(3) if j != i]
        expected = np.einsum("abc,b,c->a", np.moveaxis(table[..., i], i, 0), *others)
        odds = np.exp(expected / 1.5)
        assert found[i] == near((odds / odds.sum()).tolist(), 1e-9)


# --- Power ---


def test_power_in_the_security_council_and_the_eec_has_its_published_fractions():
    council = {f"P{i}": 7 for i in range(5)} | {f"E{i}": 1 for i in range(10)}
    power = coalition.voting_power(council, 39)
    assert power.shapley_shubik["P0"] == Fraction(421, 2145)
    assert power.shapley_shubik["E9"] == Fraction(4, 2145)
    assert power.banzhaf["P4"] == Fraction(106, 635)
    assert power.banzhaf["E0"] == Fraction(21, 1270)
    assert power.banzhaf_absolute["P1"] == Fraction(53, 1024)
    assert power.banzhaf_absolute["E1"] == Fraction(21, 4096)
    assert power.to_act == Fraction(53, 2048)
    vetoes = [1] * 5 + [0] * 10
    again = coalition.voting_power([None, vetoes], [9, 5], voters=list(council))
    assert again == power
    eec = coalition.voting_power([4, 4, 4, 2, 2, 1], 12)
    assert list(eec.shapley_shubik.values()) == [Fraction(7, 30)] * 3 + [Fraction(3, 20)] * 2 + [0]
    assert list(eec.banzhaf.values()) == [Fraction(5, 21)] * 3 + [Fraction(1, 7)] * 2 + [0]
    assert eec.to_act == Fraction(7, 32)


def test_power_as_a_table_has_the_decimals_of_its_fractions_and_estimates():
    rule = ({"A": 3, "B": 2, "C": 1}, 4)
    table = coalition.voting_power(*rule).to_frame()
    assert list(table.index) == ["A", "B", "C"]
    assert table["banzhaf"].to_list() == [0.6, 0.2, 0.2]
    assert table["to_initiate"].to_list() == [float(Fraction(3, 5)), 0.2, 0.2]
    drawn = coalition.voting_power(*rule, samples=50)
    assert drawn.to_frame().loc["A", "banzhaf"] == drawn.banzhaf["A"].value


@pytest.mark.parametrize("kind", [pd.Index, pd.Series, np.array, list, tuple])
def test_actors_are_named_by_all_that_holds_names(kind):
    assert coalition.game(lambda members: members * 1.0, kind(["A", "B"])).actors == ("A", "B")


def test_random_rules_have_the_power_of_plain_enumeration():
    rng = np.random.default_rng(8)
    for _ in range(25):
        n, conditions = int(rng.integers(1, 7)), int(rng.integers(1, 4))
        weights = rng.integers(0, 6, (conditions, n))
        weights[:, 0] += 1
        quotas = [int(rng.integers(1, total + 1)) for total in weights.sum(axis=1)]

        def wins(members, weights=weights, quotas=quotas):
            return all(weights[:, list(members)].sum(axis=1) >= quotas)

        winning = [m for size in range(n + 1) for m in itertools.combinations(range(n), size) if wins(m)]
        swings = [sum(voter in m and not wins(set(m) - {voter}) for m in winning) for voter in range(n)]
        pivots = [0] * n
        for order in itertools.permutations(range(n)):
            pivots[next(voter for at, voter in enumerate(order) if wins(order[: at + 1]))] += 1
        power = coalition.voting_power(weights.tolist(), quotas)
        assert list(power.shapley_shubik.values()) == [Fraction(p, math.factorial(n)) for p in pivots]
        assert list(power.banzhaf.values()) == [Fraction(s, sum(swings)) for s in swings]
        assert list(power.banzhaf_absolute.values()) == [Fraction(s, 2 ** (n - 1)) for s in swings]
        assert list(power.to_prevent.values()) == [Fraction(s, len(winning)) for s in swings]
        assert list(power.to_initiate.values()) == [Fraction(s, 2**n - len(winning)) for s in swings]
        assert power.to_act == Fraction(len(winning), 2**n)


def test_forty_voters_have_decimals_and_more_are_sampled_with_error_bars():
    power = coalition.voting_power([1] * 40, 21)
    assert power.shapley_shubik[0] == near(1 / 40)
    assert power.banzhaf_absolute[39] == near(math.comb(39, 20) / 2**39)
    by_name = coalition.voting_power([None, pd.Series([1, 5], index=["B", "A"])], [1, 5], voters=["A", "B"])
    assert by_name.shapley_shubik == {"A": 1, "B": 0}
    many = coalition.voting_power(pd.Series(range(1, 81)), 1700, samples=4000, seed=2)
    assert many == coalition.voting_power(range(1, 81), 1700, voters=[str(i) for i in range(80)], samples=4000, seed=2)
    large, small = many.shapley_shubik["79"], many.shapley_shubik["0"]
    assert large.value - small.value > 3 * math.hypot(large.standard_error, small.standard_error)
    assert sum(each.value for each in many.shapley_shubik.values()) == near(1)
    nice = [29] * 4 + [27] * 2 + [14] + [13] + [12] * 5 + [10] * 3 + [7] * 5 + [4] * 5 + [3]
    council = coalition.voting_power(nice, 255)
    assert float(council.shapley_shubik[0]) == near(0.0867377480632966)
    assert float(council.banzhaf[26]) == near(0.009421839475367365)
    assert float(council.to_act) == near(0.020256444811820984)
    assert coalition.voting_power(nice, 255, samples=2000).to_act.value == pytest.approx(0.02, abs=0.015)


# --- Treaties ---

LI_RUS = np.array(
    [
        [2726563.75, 254.92, 0.000535],
        [832838.63, 0.45, 0.026759],
        [1210438.38, 4.83, 0.002007],
        [1530063.75, 6.58, 0.009366],
        [232675760, 6619563, 0.00004],
        [6543675.5, 4941.58, 0.000401],
        [955863.94, 1.88, 0.004014],
        [1054546, 43.55, 0.000937],
        [1908327.88, 33.74, 0.001003],
        [444350, 12.3, 0.000669],
    ]
)


def test_the_climate_treaty_of_ten_unequal_countries_has_its_published_coalition():
    countries = range(1, 11)
    good = coalition.public_good(
        own_linear=LI_RUS[:, 0], own_quadratic=LI_RUS[:, 1], good_quadratic=LI_RUS[:, 2], actors=countries
    )
    assert good.equilibrium().total == near(2793754.422905989)
    assert good.equilibrium([2, 4, 5, 6]).total == near(2727250.87312931)
    assert good.equilibrium(countries).total == near(2586697.8227358735)
    assert sum(good.equilibrium([2, 4, 5, 6]).payoff.values()) == near(1.25911e12, 1e-5)
    found = good.stable_coalitions(tie_eps=0.01)
    assert [members for members in found.stable if len(members) > 1] == [(2, 4, 5, 6)]
    # a coalition of one changes nothing, up to rounding
    assert found.potentially_internal_by_size[2:] == [34, 101, 153, 185, 144, 65, 14, 1, 0]
    one = good.stability([2, 4, 5, 6], tie_eps=0.01)
    assert one.stable
    assert one.margin == near(good.game().stability([2, 4, 5, 6]).margin, 1e-6)
    assert good.actors == tuple(countries)


@pytest.mark.parametrize(("gamma", "members"), [(0.01, 10), (0.1, 6), (0.25, 4), (1, 3), (5, 2)])
def test_barretts_treaty_has_its_published_size_if_signatories_lead(gamma, members):
    n, a, b = 10, 100.0, 1.0
    good = coalition.public_good(
        own_quadratic=gamma * b, good_linear=b * a / n, good_quadratic=b / n, stage="stackelberg", actors=n
    )
    sizes = [size for size, count in enumerate(good.stable_coalitions(tie_eps=1e-9).stable_by_size) if count]
    assert max(sizes) == members
    if members == 4:
        row = good.equilibrium(range(4))
        assert row.total == near(81.06904231625835)
        assert row.contribution[0] == near(8.908685968819599)
        assert row.contribution[9] == near(7.57238307349666)
        assert row.payoff[0] == near(472.1603563474388)
        assert row.payoff[9] == near(474.91331888234686)


def test_members_give_what_a_treaty_sets_and_others_answer():
    good = coalition.public_good(own_quadratic={"A": 2.0, "B": 1.0}, good_linear=1.0, stage="target", target=3.0)
    found = good.equilibrium(["A"])
    assert found.contribution == {"A": 3.0, "B": 1.0}
    assert found.total == 4.0
    assert found.payoff == {"A": near(4 - 9.0), "B": near(4 - 0.5)}


@pytest.mark.parametrize(("cost", "needed"), [(2.5, 3), (3.5, 4), (9.9, 10)])
def test_abating_or_not_needs_as_many_as_cover_the_cost(cost, needed):
    found = coalition.binary_treaty(1.0, cost, actors=11).stable_coalitions()
    assert found.stable_by_size[needed] == math.comb(11, needed)
    assert sum(found.stable_by_size[needed + 1 :]) == 0


def test_threshold_goods_have_their_published_mixtures():
    assert coalition.threshold_good(10, needed=5, cost=0.1) == near([0.23435397, 0.66930625], 1e-7)
    assert coalition.threshold_good(10, needed=1, cost=0.5) == near([1 - 0.5 ** (1 / 9)])
    assert coalition.threshold_good(10, needed=5, cost=0.9) == []


# --- Crowds ---


def test_granovetters_crowds_riot_or_do_not():
    riot = coalition.threshold_crowd(range(100))
    assert riot.size == 100
    assert riot.round[99] == riot.rounds == 100
    gap = coalition.threshold_crowd([0, 2, *range(2, 100)])
    assert gap.adopters == (0,)
    assert gap.round[1] is None
    assert coalition.threshold_crowd([0, 2, *range(2, 100)], seeds=[50]).size == 100
    assert coalition.threshold_crowd(range(100), rule=">").size == 0
    assert coalition.threshold_crowd({"Ann": 0, "Bob": 1, "Cid": 3}).adopters == ("Ann", "Bob")


def crowd_by_rounds(needed, graph, seeds):
    """Simulate rounds of adoption on a directed graph of networkx, by plain simulation."""
    when = {seed: 0 for seed in seeds}
    for round_ in range(1, len(needed) + 2):
        adopted = set(when)
        for actor, number in needed.items():
            if actor not in when and sum(peer in adopted for peer in graph.successors(actor)) >= number:
                when[actor] = round_
    return {actor: when.get(actor) for actor in needed}


def test_random_crowds_on_graphs_spread_as_in_plain_rounds_whatever_form_the_graph_has():
    rng = np.random.default_rng(9)
    for number in range(20):
        n = int(rng.integers(2, 25))
        graph = nx.gnp_random_graph(n, 0.2, seed=number, directed=True)
        matrix = nx.to_numpy_array(graph)
        needed = {actor: int(rng.integers(0, 4)) for actor in range(n)}
        seeds = [int(seed) for seed in rng.integers(0, n, 2)]
        expected = crowd_by_rounds(needed, graph, seeds)
        for held in (graph, matrix, scipy.sparse.csr_array(matrix), pd.DataFrame(matrix).values):
            assert coalition.threshold_crowd(needed, graph=held, seeds=seeds).round == expected
        undirected = nx.gnp_random_graph(n, 0.2, seed=number)
        pairs = list(undirected.edges)
        share = {actor: float(rng.choice([0.0, 1 / 3, 0.5, 1.0])) for actor in range(n)}
        for rule in (">=", ">"):
            least = {}
            for actor in range(n):
                degree = undirected.degree[actor]
                met = [
                    m
                    for m in range(degree + 1)
                    if degree and (m / degree >= share[actor] if rule == ">=" else m / degree > share[actor])
                ]
                least[actor] = met[0] if met else n + 1
            expected = crowd_by_rounds(least, undirected.to_directed(), seeds)
            for held in (undirected, pairs):
                crowd = coalition.threshold_crowd(share, graph=held, seeds=seeds, rule=rule, counts="share")
                assert crowd.round == expected


def test_a_crowd_that_counts_shares_of_all_others_is_the_complete_graph():
    rng = np.random.default_rng(10)
    share = rng.uniform(size=12)
    complete = nx.complete_graph(12)
    among_all = coalition.threshold_crowd(share, seeds=[0, 3], counts="share")
    assert among_all.round == coalition.threshold_crowd(share, graph=complete, seeds=[0, 3], counts="share").round
    assert coalition.threshold_crowd(1, actors=100_000, seeds=[7]).size == 100_000


def test_contagion_thresholds_are_those_of_morris_and_of_graphs_by_name():
    assert coalition.contagion_threshold(nx.cycle_graph(9), seeds=[0, 1]) == Fraction(1, 2)
    torus = nx.grid_2d_graph(7, 7, periodic=True)
    block = [(i, j) for i in range(6) for j in range(6)]
    assert coalition.contagion_threshold(torus, seeds=block) >= Fraction(1, 4)
    tree = nx.balanced_tree(2, 4)
    assert coalition.contagion_threshold(tree, seeds=[0]) == Fraction(1, 3)
    assert coalition.contagion_threshold(nx.empty_graph(3), seeds=[0]) == 0
    assert coalition.contagion_threshold(nx.path_graph(["a", "b"]), seeds=["a", "b"]) == 1
    names = nx.path_graph(["FRA", "DEU", "POL"])
    assert coalition.threshold_crowd(1, graph=names, seeds=["FRA"]).adopters == ("FRA", "DEU", "POL")
    looks = pd.DataFrame([[0, 0], [1, 0]], index=["FRA", "DEU"], columns=["FRA", "DEU"])
    assert coalition.threshold_crowd(1, graph=looks, seeds=["FRA"]).size == 2
    assert coalition.threshold_crowd(1, graph=looks, seeds=["DEU"]).size == 1


def test_cascades_have_their_published_sizes_and_window():
    published = {
        (1, 1e-3): 0.030956,
        (2, 1e-3): 0.796951,
        (6, 1e-3): 0.997486,
        (7, 1e-3): 0.004242,
        (7, 1e-2): 0.999091,
    }
    for (degree, seed), share in published.items():
        assert coalition.cascade_size(degree, 0.18, seed) == pytest.approx(share, abs=1e-6)
    for edge in (1.0207039085137264, 5.764677087161717):
        assert coalition.cascade_condition(edge, 0.18) == near(1, 1e-9)
    law = scipy.stats.poisson.pmf(np.arange(80), 3)
    assert coalition.cascade_size(law, 0.18, 1e-3) == near(coalition.cascade_size(3, 0.18, 1e-3), 1e-9)
    as_function = coalition.cascade_size(3, lambda m, k: (k > 0) & (m >= 0.18 * k), 1e-3)
    assert as_function == near(coalition.cascade_size(3, 0.18, 1e-3), 1e-9)
    thirds = (
        coalition.cascade_condition([0, 0, 0, 1], 1 / 3),
        coalition.cascade_condition([0, 0, 0, 1], 1 / 3, rule=">"),
    )
    assert thirds == (2.0, 0.0)
    assert coalition.cascade_condition([1.0], 0.5) == 0


# --- Competition, links, dynamics ---


def test_firms_sell_what_katz_and_shapiro_say():
    together = coalition.network_competition([3], 0.25, demand_less_cost=2)[0]
    assert together.output == near((2 / (4 - 0.75),))
    assert together.profit == near((together.output[0] ** 2,))
    assert together.consumer_surplus == near(together.total**2 / 2)
    assert together.total_surplus == near(together.consumer_surplus + 3 * together.profit[0])
    cases = coalition.network_competition([2, 2], 0.75)
    assert [sum(output > 0 for output in case.output) for case in cases] == [2, 1]


def test_random_networks_have_the_pairwise_stable_graphs_of_plain_search():
    rng = np.random.default_rng(11)
    for count in (2, 3, 4):
        pairs = list(itertools.combinations(range(count), 2))
        values = {}

        def payoff(linked, values=values, pairs=pairs, count=count):
            rows = []
            for graph in linked:
                key = tuple(bool(graph[pair]) for pair in pairs)
                rows.append(values.setdefault(key, rng.integers(0, 4, count).astype(float)))
            return np.array(rows)

        found = coalition.link_formation(payoff, count)
        stable = []
        for key, own in values.items():
            holds = True
            for place, (a, b) in enumerate(pairs):
                other = values[(*key[:place], not key[place], *key[place + 1 :])]
                with_link, without = (own, other) if key[place] else (other, own)
                gains = sorted([with_link[a] - without[a], with_link[b] - without[b]])
                holds = holds and (gains[0] >= 0 if key[place] else not (gains[0] >= 0 and gains[1] > 0))
            if holds:
                stable.append({pair for pair, is_there in zip(pairs, key, strict=True) if is_there})
        assert sorted(map(sorted, stable)) == sorted(sorted(graph) for graph in found.stable)
        assert found.highest_value == max(own.sum() for own in values.values())
        assert len(found.efficient) == sum(own.sum() == found.highest_value for own in values.values())


def test_the_connections_model_has_its_published_networks():
    assert [len(graph) for graph in coalition.connections(5, 0.5, 0.2).stable] == [10]
    middle = coalition.connections(5, 0.5, 0.3)
    assert len(middle.stable) == 27
    assert len(middle.efficient) == 5
    far = coalition.connections(list("abcde"), 0.5, 0.6)
    assert far.stable == [()]
    assert far.highest_value == near(2.2)
    assert ("a", "b") in far.efficient[0] or ("a", "c") in far.efficient[0]


def test_thresholds_drawn_from_a_normal_law_jump_where_granovetter_says():
    def crowd(r, sd):
        return 100 * scipy.stats.norm.cdf((r - 25) / sd)

    assert coalition.fixed_points(lambda r: crowd(r, 12), 0, 100)[0] == near(4.0211339713057255, 1e-9)
    fold = coalition.critical_point(crowd, quiet=12, loud=12.5, level=20, low=0, high=100, cells=512)
    assert fold.parameter == near(12.22208683, 1e-8)
    assert fold.fixed_point == near(6.20032515, 1e-5)
    assert coalition.logit_shares(1 / 4, lambda p: p - 0.5) == near([0.5])


def test_coordination_among_ten_has_its_published_law():
    for beta, mean in ((0.1, 5.361479), (0.3, 7.991925), (1.0, 9.997518)):
        k = np.arange(10)
        up = (10 - k) / (1 + np.exp(-beta * (k - 0.8 * (9 - k))))
        down = (k + 1) / (1 + np.exp(beta * (k - 0.8 * (9 - k))))
        law = coalition.birth_death_law(up, down)
        assert law @ np.arange(11) == near(mean, 1e-6)


@pytest.mark.parametrize(("ahead", "behind"), [(5, 3), (10, 4)])
def test_lock_in_has_the_odds_and_time_of_arthur(ahead, behind):
    half = [0.5] * (ahead + behind - 1)
    found = coalition.first_exit(half, half, start=behind)
    assert found.at_top == near(behind / (ahead + behind))
    assert found.mean_time == near(ahead * behind)
    assert coalition.first_exit(half, half, start=ahead + behind) == (1.0, 0.0)
    assert coalition.first_exit(half, half, start=0).at_top == 0


# --- Refusals ---

NAN = float("nan")


def counted(states):
    return states * 1.0


class Fickle:
    """Gives other payoffs each time it is asked."""

    def __init__(self):
        self.asked = 0

    def __call__(self, states):
        """Scale payoffs by how often it was asked."""
        self.asked += 1
        return states * float(self.asked)


def writing(states):
    states[0] = True
    return states * 1.0


def in_or_out_of_three():
    return coalition.game(random_table(np.random.default_rng(0), (3, 2)))


PAIR = coalition.game(counted, ["Ann", "Bob"])
REFUSALS = {
    "landscape, shape": (lambda: coalition.landscape(np.ones((2, 3))), "propensities: the shape is .2, 3., but"),
    "landscape, NaN": (lambda: coalition.landscape([[0, NAN], [1, 0]]), r"propensities\[0, 1\] is nan"),
    "landscape, sizes": (lambda: coalition.landscape(RIVALS, [0, *SIZES[1:]]), "sizes: that of 0 is 0, but sizes"),
    "landscape, huge": (lambda: coalition.landscape([[0, 1e200], [1e200, 0]]), "is not a number up to 1e100"),
    "landscape, names": (lambda: coalition.landscape(RIVALS, actors=["a"]), "actors: there are 1 names for 9 actors"),
    "landscape, twice": (lambda: coalition.landscape(RIVALS, actors=["a"] * 9), "actors: 'a' comes twice"),
    "landscape, alliances": (lambda: coalition.landscape(RIVALS, alliances=0), "alliances: it is 0, but a whole"),
    "landscape, asymmetric": (lambda: coalition.landscape([[0, 1], [2, 0]]).basins(), "energy needs them equal"),
    "landscape, too many": (lambda: coalition.landscape(np.ones((30, 30))), "30 actors in up to 2 alliances have more"),
    "landscape, unknown": (lambda: unix().energy([UNIX[:8], ["SG"]]), "division: there is no actor 'SG'. Did you mean"),
    "landscape, double": (lambda: unix().energy([UNIX, ["SGI"]]), "division: 'SGI' is in two alliances"),
    "landscape, missing": (lambda: unix().energy([UNIX[:8]]), "division: 'SGI' is in no alliance"),
    "landscape, missing key": (lambda: unix().energy({"Sun": 1}), "division: 'Prime' is in no alliance"),
    "landscape, more keys": (
        lambda: unix().energy({**dict.fromkeys(UNIX, 1), "NeXT": 2}),
        "division: it tells of 10 actors, but there are 9",
    ),
    "landscape, labels": (lambda: unix().energy("AB"), "division: there are 2 labels for 9 actors"),
    "landscape, state": (lambda: unix().division(256), "state: it is 256, but a whole number from 0 to 255"),
    "landscape, frozen": (lambda: unix().minima(frozen=[["Sun"], "Sun"]), "frozen: 'Sun' comes twice"),
    "landscape, temperature": (lambda: unix().gibbs(0), "temperature: it is 0, but a number above 0"),
    "landscape, tie_eps": (lambda: unix().minima(tie_eps=-1), "tie_eps.* is -1, but at least 0"),
    "game, shape": (lambda: coalition.game(lambda s: s[:, 0], 2), "the function gives the shape .4,., not .4, 2."),
    "game, NaN": (lambda: coalition.game(lambda s: s * NAN, 2), "payoff: the function gives nan in the state .0, 0."),
    "game, text": (lambda: coalition.game(lambda s: "no", 2), "payoff: an array of numbers is needed"),
    "game, impure": (lambda: coalition.game(Fickle(), 2), "called twice with the same states"),
    "game, no actors": (lambda: coalition.game(counted), "actors: name them, or say how many"),
    "game, actors": (lambda: coalition.game(counted, "ab"), "actors: a list of names or a number is needed"),
    "game, too many": (lambda: coalition.game(counted, 23), "actors: 23 actors have 8388608 states; 1 to 4194304"),
    "game, nobody": (lambda: coalition.game(counted, 0), "actors: 0 actors have 1 states"),
    "game, options": (lambda: coalition.game(counted, 2, options=[2]), "options: there are 1 numbers for 2 actors"),
    "game, 256 options": (lambda: coalition.game(counted, 2, options=256), "options: it is 256, but a whole number"),
    "game, table": (lambda: coalition.game(np.ones((3, 2))), "payoff: the shape is .3, 2., but"),
    "game, table NaN": (lambda: coalition.game([[0, 1], [NAN, 1], [1, 1], [1, 1]]), r"payoff\[1, 0\] is nan"),
    "game, reply": (lambda: PAIR.better_reply_cycles(reply="worst"), "reply: it is 'worst', but"),
    "game, state": (lambda: in_or_out_of_three().payoffs((0,)), "state: 1 options for 2 actors"),
    "game, option": (lambda: in_or_out_of_three().payoffs((3, 0)), "state, option of 0: it is 3, but"),
    "game, member": (lambda: PAIR.stability(["Bop"]), "members: there is no actor 'Bop'. Did you mean \"Bob\""),
    "game, not in or out": (
        lambda: in_or_out_of_three().stable_coalitions(),
        "coalitions take actors with two options",
    ),
    "game, one coalition": (lambda: in_or_out_of_three().stability([0]), "coalitions take actors with two options"),
    "game, values": (lambda: in_or_out_of_three().shapley_value(), "coalitions take actors with two options"),
    "game, weights": (lambda: PAIR.basins(weights=0), "weights of actors must be above 0"),
    "game, weight missing": (lambda: PAIR.basins(weights={"Ann": 1}), "weights: 'Bob' is missing"),
    "game, transfers": (lambda: PAIR.transfers(["Ann"], weights=-1), "weights.* is -1, but at least 0"),
    "game, start": (lambda: PAIR.quantal_response(1, start={"Ann": [1], "Bob": [0, 1]}), "start, Ann: the shape is"),
    "game, start a list": (lambda: PAIR.quantal_response(1, start=[1, 0]), "start: a dict with the probabilities"),
    "game, other number": (
        lambda: coalition.game(np.ones((4, 2)), 3),
        "actors: there are 3 of them, but numbers for 2",
    ),
    "set game": (lambda: coalition.set_game(lambda members: [1], ["a", "b"]), "payoff: the shape is .1,., but .2."),
    "set game, name": (
        lambda: coalition.set_game(lambda members: {"c": 1}, ["a", "b"]),
        "payoff: there is no actor 'c'",
    ),
    "shapley, missing": (lambda: coalition.shapley_value({(0,): 1}, 2), "worth: the coalition .1,. is missing"),
    "shapley, too many": (lambda: coalition.shapley_value(counted, 30), "of 22 players are gone through, not of 30"),
    "shapley, sampled table": (lambda: coalition.shapley_value([0, 1], 1, samples=9), "worth: samples are drawn with"),
    "shapley, NaN": (lambda: coalition.shapley_value(lambda s: s[:, 0] * NAN, 30, samples=5), "gives nan in the state"),
    "power, half": (lambda: coalition.voting_power([1, 2.5], 2), "weights: that of 1 is 2.5, but whole numbers"),
    "power, text": (lambda: coalition.voting_power({"A": "x"}, 2), "weights: that of 'A' is 'x', which is no number"),
    "power, quota": (lambda: coalition.voting_power([1, 1], 3), "the quota 3 is above the sum of all weights, 2"),
    "power, zero": (lambda: coalition.voting_power([1, 1], 0), "quota: it is 0, but a whole number from 1"),
    "power, conditions": (lambda: coalition.voting_power({"A": 1}, [1, 1]), "2 quotas need a list of as many weights"),
    "power, lengths": (
        lambda: coalition.voting_power([[1, 1], [1]], [1, 1]),
        r"weights\[1\]: there are 1 weights for 2",
    ),
    "power, voters": (lambda: coalition.voting_power([None], [1]), "voters: name them, or say how many"),
    "power, unknown": (
        lambda: coalition.voting_power([{"A": 1}, {"B": 1}], [1, 1]),
        r"weights\[1\]: there is no actor 'B'",
    ),
    "power, missing": (
        lambda: coalition.voting_power([{"A": 1, "B": 1}, {"B": 1}], [1, 1]),
        r"weights\[1\]: 'A' has no weight",
    ),
    "power, 65": (lambda: coalition.voting_power([1] * 65, 33), "65 voters; coalitions are counted up to 64"),
    "power, samples": (
        lambda: coalition.voting_power([1], 1, samples=1),
        "samples: it is 1, but a whole number from 2",
    ),
    "power, too many samples": (
        lambda: coalition.voting_power([1] * 1000, 500, samples=4_000_000_000),
        "samples: it is 4000000000, but a whole number from 2 to 10000000",
    ),
    "good, B": (
        lambda: coalition.public_good(own_quadratic=[1, 0]),
        "own_quadratic: that of 1 is 0, but it is above 0",
    ),
    "good, H": (
        lambda: coalition.public_good(own_quadratic=[1, 1], good_quadratic=-1),
        "good_quadratic.* is -1, but at least 0",
    ),
    "good, stage": (lambda: coalition.public_good(own_quadratic=[1], stage="first"), "stage: it is 'first', but"),
    "good, target": (
        lambda: coalition.public_good(own_quadratic=[1], target=2),
        'target: it belongs to stage="target"',
    ),
    "good, actors": (lambda: coalition.public_good(own_quadratic=1), "actors: name them, or say how many"),
    "good, too many": (
        lambda: coalition.public_good(own_quadratic=1, actors=23).game(),
        "all coalitions of 1 to 22 actors are gone through, not of 23",
    ),
    "binary, actors": (lambda: coalition.binary_treaty(1, 2), "actors: name them, or say how many"),
    "binary, too many": (lambda: coalition.binary_treaty(1, 2, actors=40), "not of 40"),
    "threshold good": (lambda: coalition.threshold_good(3, needed=4, cost=0.5), "needed: it is 4, but a whole number"),
    "threshold good, cost": (
        lambda: coalition.threshold_good(3, needed=2, cost=1),
        "cost: it is 1, but a share between",
    ),
    "crowd, nobody": (lambda: coalition.threshold_crowd(1), "actors: say how many there are"),
    "crowd, counts": (lambda: coalition.threshold_crowd([1], counts="all"), "counts: it is 'all', but"),
    "crowd, rule": (lambda: coalition.threshold_crowd([1], rule="<"), "rule: it is '<', but"),
    "crowd, seed": (lambda: coalition.threshold_crowd([1], seeds=[1]), "seeds: there is no actor 1"),
    "crowd, share": (lambda: coalition.threshold_crowd([1.5], counts="share"), "thresholds: shares are from 0 to 1"),
    "crowd, graph": (lambda: coalition.threshold_crowd([1, 1], graph=np.ones((3, 3))), "graph: it is of 3 actors, but"),
    "crowd, sparse": (
        lambda: coalition.threshold_crowd([1], graph=scipy.sparse.csr_array(np.ones((1, 2)))),
        "graph: the shape is .1, 2., but a square",
    ),
    "crowd, pairs": (lambda: coalition.threshold_crowd([1, 1], graph=[(0, 5)]), "graph: pairs are of two different"),
    "crowd, triples": (lambda: coalition.contagion_threshold([(0, 1, 2)], [0]), "graph: a networkx graph, a square"),
    "cascade, seed": (lambda: coalition.cascade_size(3, 0.2, 2), "seed: it is 2, but a share"),
    "cascade, mean": (lambda: coalition.cascade_size(2000, 0.2, 0.1), "degrees: the mean is 2000"),
    "cascade, degrees": (lambda: coalition.cascade_size([1, 1], 0.2, 0.1), "degrees: the probabilities sum to 2"),
    "cascade, response": (
        lambda: coalition.cascade_size(3, lambda m, k: m, 0.1),
        "threshold: the function must give probabilities",
    ),
    "firms, effect": (lambda: coalition.network_competition([1], 1), "network_effect: it is 1, but below 1"),
    "firms, none": (lambda: coalition.network_competition([], 0.5), "there must be 1 to 64 firms"),
    "firms, group": (lambda: coalition.network_competition([0], 0.5), r"groups\[0\]: it is 0, but a whole number"),
    "links, many": (lambda: coalition.connections(8, 0.5, 0.1), "all graphs of 1 to 7 actors are gone through"),
    "links, decay": (lambda: coalition.connections(3, 2, 0.1), "decay: it is 2, but a number from 0 to 1"),
    "fixed points, bounds": (lambda: coalition.fixed_points(lambda x: x, 1, 0), "high: it is 0, but it must be above"),
    "fixed points, map": (lambda: coalition.fixed_points(lambda x: "x"), "map: an array of numbers is needed"),
    "fixed points, shape": (lambda: coalition.fixed_points(lambda x: [x, x]), "map: the shape is .2,., but"),
    "fold": (
        lambda: coalition.critical_point(lambda x, p: 0.1, quiet=0, loud=1, level=0.5),
        "the smallest fixed point is not below",
    ),
    "rates": (lambda: coalition.birth_death_law([1, 0], [1, 1]), r"up\[1\]: rates are above 0"),
    "stability, many": (lambda: coalition.stability(lambda x: x, [], 5000), "actors: each of at most 4096"),
    "graph, many": (lambda: coalition.contagion_threshold([(0, 2**40)], [0]), "graph: actors are numbered up to"),
    "sizes, ragged": (
        lambda: coalition.landscape([[0, 1], [1, 0]], [[1], [1, 2]]),
        "sizes: an array of numbers is needed",
    ),
    "good, ragged": (
        lambda: coalition.public_good(own_quadratic=[[1], [1, 2]]),
        "own_quadratic: an array of numbers is needed",
    ),
    "degrees, ragged": (
        lambda: coalition.cascade_size([[1], [1, 2]], 0.1, 0.1),
        "degrees: an array of numbers is needed",
    ),
    "graph, ragged": (lambda: coalition.contagion_threshold([(0, 1), (1,)], [0]), "graph: pairs of numbers are needed"),
    "samples, core": (
        lambda: _core.coalition.sample_shapley_value(1, lambda x: 0.0, 10**9, 1),
        "samples: at most 10000000",
    ),
    "walk": (lambda: coalition.first_exit([1], [1], start=3), "start: it is 3, but a whole number from 0 to 2"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_posed_is_refused_with_its_name_and_remedy(case):
    call, message = REFUSALS[case]
    with pytest.raises(ValueError, match=message) as caught:
        call()
    assert isinstance(caught.value, sn.Error)


@pytest.mark.parametrize(
    "pose",
    [
        lambda: coalition.game(lambda states: 1 / 0, 2),
        lambda: coalition.set_game(lambda members: 1 / 0, 2),
        lambda: coalition.shapley_value(lambda states: 1 / 0, 30, samples=3),
        lambda: coalition.link_formation(lambda linked: 1 / 0, 3),
        lambda: coalition.fixed_points(lambda x: 1 / 0),
        lambda: coalition.critical_point(lambda x, p: 1 / 0, quiet=0, loud=1, level=0.5),
        lambda: coalition.logit_shares(1, lambda p: 1 / 0),
    ],
)
def test_an_exception_in_a_function_comes_out_as_it_is(pose):
    with pytest.raises(ZeroDivisionError):
        pose()


def test_a_function_cannot_write_to_the_states_it_is_given():
    with pytest.raises(ValueError, match="read-only"):
        coalition.game(writing, 2)
    with pytest.raises(ValueError, match="read-only"):
        coalition.stability(writing, [0], 3)


def test_names_marks_and_numbers_tell_the_same_coalition():
    assert PAIR.payoffs("Bob") == PAIR.payoffs(["Bob"]) == PAIR.payoffs([False, True]) == {"Ann": 0.0, "Bob": 1.0}
    assert PAIR.actors == ("Ann", "Bob")
    assert PAIR.options == (2, 2)
    assert repr(PAIR) == "Game of 2 actors, 4 states"
    with pytest.raises(sn.ScenarioError, match="there is no actor"):
        PAIR.payoffs([["Bob"]])


def test_what_holds_is_told_in_a_line():
    hunt = coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
    assert repr(hunt.stable_coalitions()) == "<StableCoalitions: 2 stable, 2 of them strictly, by size [1, 0, 1]>"
    assert (
        repr(hunt.stability([])) == "<Stability: strictly internal, strictly external; surplus 0, first to join 'Ann'>"
    )
    assert repr(hunt.stability(["Ann"])) == (
        "<Stability: not internal, not external; surplus -3, first to leave 'Ann', first to join 'Bob'>"
    )
    level = coalition.game(np.zeros((2, 2, 2)), ["Ann", "Bob"])
    assert repr(level.stability(["Bob"])).startswith("<Stability: internal, external; surplus 0, first to leave 'Bob'")
    crowd = coalition.set_game(len, 12).stable_coalitions()
    assert len(repr(crowd)) < 120
