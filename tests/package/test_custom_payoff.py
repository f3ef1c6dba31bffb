"""Payoff terms written in Python."""

import copy
import inspect
import os
import pickle
import re
import signal
import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np
import pytest

import splinternet as sn

TERMS = ["peers", "inertia"]
BETA = 0.2  # countries.alignment


@pytest.fixture(scope="module")
def scenario():
    return sn.load("classroom-12").with_({"run.horizon": 12, "countries.terms": TERMS})


def align(world, options):
    """(M3) in the order of summation of the built-in term; the world has no event that moves ideal points."""
    z = np.clip(world["countries.ideal_point_sd"], -2.0, 2.0)[options.country]
    total = np.zeros(len(options))
    for k, direction in enumerate([1.0, -1.0]):
        total += np.where(options.adds[:, k], z * direction, 0.0)
        total -= np.where(options.drops[:, k], z * direction, 0.0)
    return BETA * total


alignment_again = sn.payoff("alignment_again", unit="pp")(align)


@sn.payoff("nothing", unit="pp")
def nothing(world, options):
    return np.zeros(len(options))


def arrays(result):
    return {name: array.values for name, array in result.dataset.variables.items()}


def bad(function, name="culture", **keys):
    return sn.payoff(name, unit="pp", **keys)(function)


def message(scenario, *payoffs, **keys):
    with pytest.raises(sn.ScenarioError) as caught:
        sn.run(scenario, payoffs=list(payoffs), **keys)
    return str(caught.value)


def test_a_copy_of_a_built_in_term_gives_the_same_bits(scenario):
    own = sn.run(scenario, payoffs=[alignment_again])
    built_in = sn.run(scenario.with_({"countries.terms": [*TERMS, "alignment"]}))
    ours, theirs = arrays(own), arrays(built_in)
    assert list(ours.pop("term")) == [*TERMS, "alignment_again"]
    assert list(theirs.pop("term")) == [*TERMS, "alignment"]
    assert ours.keys() == theirs.keys()
    for name, values in ours.items():
        np.testing.assert_array_equal(values, theirs[name], err_msg=name)
    assert (sn.run(scenario).dataset.state_digest != own.dataset.state_digest).any()


def test_a_term_that_is_always_0_changes_nothing_but_the_record(scenario):
    with_it, without = sn.run(scenario, payoffs=[nothing]), sn.run(scenario)
    np.testing.assert_array_equal(with_it.dataset.state_digest, without.dataset.state_digest)
    np.testing.assert_array_equal(with_it.dataset.option_total, without.dataset.option_total)
    assert list(with_it.dataset.term.values) == [*TERMS, "nothing"]
    assert not with_it.dataset.option_value.sel(term="nothing").any()
    assert set(with_it.dataset.attrs) - set(without.dataset.attrs) == {"custom_rules"}
    assert with_it.dataset.attrs["custom_rules"] == f"payoff nothing sha256:{nothing.sha256} pp\n"


def test_any_number_of_threads_gives_the_same_bytes(scenario, tmp_path):
    for threads in (1, 2, 8):
        sn.run(scenario, payoffs=[alignment_again], threads=threads, out=tmp_path / f"{threads}.h5")
    assert (tmp_path / "1.h5").read_bytes() == (tmp_path / "2.h5").read_bytes() == (tmp_path / "8.h5").read_bytes()


def test_terms_stand_in_explanations_and_add_up_to_the_last_bit(scenario):
    result = sn.run(scenario, payoffs=[alignment_again, nothing])
    data = result.dataset
    total = np.zeros(data.sizes["option"])
    for term in [*TERMS, "alignment_again", "nothing"]:
        total += data.option_value.sel(term=term).values
    np.testing.assert_array_equal(total, data.option_total)
    country = str(data.decision_country.values[0])
    assert "alignment_again" in str(result.explain(country))


def test_options_tell_countries_frameworks_and_offers(scenario):
    seen = []

    @sn.payoff("looks", unit="pp")
    def looks(world, options):
        assert options.frameworks == ["clean_network", "gids"]
        assert options.current.dtype == options.target.dtype == np.bool_
        assert options.current.shape == options.target.shape == (len(options), 2)
        assert list(options.code) == [options.codes[row] for row in options.country]
        assert not (options.adds & options.drops).any()
        np.testing.assert_array_equal(options.current | options.adds, options.target | options.drops)
        assert (world["members.level"][options.country] > 0).tolist() == options.current.tolist()
        seen.append((len(options), float(options.offer_busd.max()), world.step))
        return np.zeros(len(options))

    sn.run(scenario.with_({"countries.terms": [*TERMS, "side_payment"]}), payoffs=[looks])
    assert max(size for size, _, _ in seen) > 2
    assert {step for _, _, step in seen} == set(range(1, 13))


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda world, options: None, "it returned NoneType, but a NumPy array of float64 of shape"),
        (lambda world, options: [0.0] * len(options), "it returned list, but"),
        (lambda world, options: np.ma.zeros(len(options)), "it returned MaskedArray, but"),
        (lambda world, options: np.zeros(len(options), int), "it returned an array of int64, but"),
        (lambda world, options: np.zeros(len(options), np.float32), "it returned an array of float32, but"),
        (lambda world, options: np.zeros(len(options) + 1), "one value for each option"),
        (lambda world, options: np.zeros((len(options), 1)), "one value for each option"),
        (lambda world, options: np.float64(0.0), "one value for each option|it returned float64"),
        (
            lambda world, options: np.where(options.adds.any(axis=1), np.nan, 0.0),
            "it gave nan for [A-Z]{3} as a member of",
        ),
        (
            lambda world, options: np.where(options.adds.any(axis=1), -np.inf, 0.0),
            "it gave -inf for [A-Z]{3} as a member",
        ),
        (
            lambda world, options: np.ones(len(options)),
            "which is what it is now: payoffs are differences against staying",
        ),
        (lambda world, options: options.adds.any(axis=1) * float(len(options)), "each option has to stand for itself"),
        (
            lambda world, options: options.adds.any(axis=1) * time.perf_counter(),
            "it gave [0-9.]+, then [0-9.]+: a payoff",
        ),
        (lambda world, options: world["no.such_array"], "no.such_array"),
    ],
)
def test_what_a_payoff_may_not_return_is_refused_with_its_name_and_the_step(scenario, function, said):
    found = message(scenario, bad(function))
    assert re.search(said, found), found
    if "no.such_array" not in said:
        assert found.startswith("payoff culture, step 1: ")


def test_a_memory_that_changes_what_it_returns_is_found(scenario):
    class Counter:
        def __init__(self):
            self.calls = 0

        def __call__(self, world, options):
            self.calls += 1
            return options.adds.any(axis=1) * float(self.calls)

    assert "a payoff has to follow from its arguments alone" in message(scenario, bad(Counter()))


def test_purity_is_looked_at_again_if_asked_for(scenario):
    class Late:
        def __init__(self):
            self.calls = 0

        def __call__(self, world, options):
            self.calls += 1
            return options.adds.any(axis=1) * float(max(self.calls - 15, 0))

    found = message(scenario, bad(Late(), check_every=1))
    assert "it gave" in found
    assert not found.startswith("payoff culture, step 1:")


def test_writing_to_what_it_is_given_raises(scenario):
    @sn.payoff("writes", unit="pp")
    def writes(world, options):
        options.offer_busd[0] = 1.0
        return np.zeros(len(options))

    @sn.payoff("writes_to_world", unit="pp")
    def writes_to_world(world, options):
        world["members.level"][:] = 2
        return np.zeros(len(options))

    for payoff in (writes, writes_to_world):
        with pytest.raises(ValueError, match="read-only") as caught:
            sn.run(scenario, payoffs=[payoff])
        assert (
            f"Raised by the payoff {payoff.name} in step 1. What a rule is given is read-only."
            in caught.value.__notes__
        )


def test_an_exception_keeps_its_traceback_and_names_the_step(scenario, tmp_path):
    @sn.payoff("fails", unit="pp")
    def fails(world, options):
        if world.step == 3:
            return options.offer_busd / {}["nothing here"]
        return np.zeros(len(options))

    out = tmp_path / "run.h5"
    with pytest.raises(KeyError, match="nothing here") as caught:
        sn.run(scenario, payoffs=[fails], out=out)
    assert traceback.extract_tb(caught.tb)[-1].name == "fails"
    assert "Raised by the payoff fails in step 3." in caught.value.__notes__[0]
    assert not out.exists()


def test_an_interrupt_inside_a_rule_stops_the_run_and_writes_nothing(scenario, tmp_path):
    @sn.payoff("slow", unit="pp")
    def slow(world, options):
        if world.step == 2:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(10)
        return np.zeros(len(options))

    started = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        sn.run(scenario, payoffs=[slow], out=tmp_path / "run.h5")
    assert time.perf_counter() - started < 5
    assert not (tmp_path / "run.h5").exists()


def test_the_world_of_a_call_is_over_with_it(scenario):
    kept = []

    class Keeps:
        def __call__(self, world, options):
            kept.append((world, options, world["countries.gdp_busd"]))
            return np.zeros(len(options))

        def __getstate__(self):
            return {}

    sn.run(scenario, payoffs=[bad(Keeps())])
    world, options, gdp = kept[0]
    assert (gdp > 0).all()  # an array is a copy and stays
    with pytest.raises(sn.ScenarioError, match="during the call alone"):
        world["countries.gdp_busd"]
    with pytest.raises(sn.ScenarioError, match="during the call alone"):
        options.codes  # noqa: B018 - the access is what is tested
    with pytest.raises(sn.ScenarioError, match="it uses kept, a World that no file could tell from another"):
        sn.run(scenario, payoffs=[bad(Keeps())])


def test_names_units_and_lists_that_do_not_fit_are_refused(scenario):
    assert "a payoff term of the program has this name" in message(scenario, bad(align, "alignment"))
    assert "two payoffs have this name" in message(scenario, nothing, nothing)
    utils = sn.payoff("culture", unit="utils")(align)
    assert 'it returns "utils", but is added to numbers in "pp"' in message(scenario, utils)
    for name in ("Culture", "", "a b", "1st", "ä", 3, "a" * 65):
        with pytest.raises(sn.ScenarioError, match="lower-case letter"):
            bad(align, name)
    with pytest.raises(sn.ScenarioError, match="unit is 3"):
        sn.payoff("culture", unit=3)
        sn.payoff("culture", unit=3)(align)
    with pytest.raises(sn.ScenarioError, match="check_every"):
        bad(align, check_every=-1)
    with pytest.raises(sn.ScenarioError, match="cannot be called"):
        bad(3)
    with pytest.raises(sn.ScenarioError, match=re.escape("payoffs=[nothing]")):
        sn.run(scenario, payoffs=nothing)
    with pytest.raises(sn.ScenarioError, match=re.escape("payoffs[1]: align is no payoff")):
        sn.run(scenario, payoffs=[nothing, align])


def test_a_scenario_in_which_nobody_weighs_payoffs_refuses_one():
    assert "weigh no payoffs" in message("gallery/granovetter-crowd", nothing)


def test_verify_needs_the_same_payoff(scenario, tmp_path):
    path = tmp_path / "run.h5"
    result = sn.run(scenario, payoffs=[alignment_again], out=path)
    assert sn.verify(path, payoffs=[alignment_again])
    assert sn.verify(result, payoffs=[alignment_again])
    with pytest.raises(sn.DataError, match=re.escape("splinternet.verify(file, payoffs=[alignment_again])")):
        sn.verify(path)
    other = sn.payoff("alignment_again", unit="pp")(lambda world, options: 2 * align(world, options))
    with pytest.raises(sn.DataError) as caught:
        sn.verify(path, payoffs=[other])
    assert alignment_again.sha256[:12] in str(caught.value)
    assert other.sha256[:12] in str(caught.value)
    with pytest.raises(sn.DataError, match="the run had no payoff term nothing"):
        sn.verify(path, payoffs=[alignment_again, nothing])


def test_the_program_says_that_python_is_needed(scenario, tmp_path):
    path = tmp_path / "run.h5"
    sn.run(scenario, payoffs=[nothing], out=path)
    code = f"import sys; from splinternet import _core; sys.exit(_core.run_command(['verify', {str(path)!r}]))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert "the run used rules written in Python: payoff term nothing" in found.stderr
    assert "splinternet.verify(file, payoffs=[nothing])" in found.stderr


def test_a_simulation_asks_payoffs_too_and_its_forks_as_well(scenario):
    whole = sn.run(scenario, payoffs=[alignment_again]).dataset.state_digest.values
    simulation = sn.Simulation(scenario, payoffs=[alignment_again])
    simulation.step(5)
    fork = simulation.fork()
    simulation.run()
    fork.run()
    np.testing.assert_array_equal(simulation.result().dataset.state_digest, whole)
    np.testing.assert_array_equal(fork.result().dataset.state_digest, whole)


def test_a_rule_cannot_step_the_simulation_that_asks_it(scenario):
    class Steps:
        simulation = None

        def __call__(self, world, options):
            Steps.simulation.step()
            return np.zeros(len(options))

        def __getstate__(self):
            return {}

    Steps.simulation = sn.Simulation(scenario, payoffs=[bad(Steps())])
    with pytest.raises(RuntimeError, match="one at a time"):
        Steps.simulation.step()


def test_the_time_spent_in_rules_is_told(scenario):
    result = sn.run(scenario, payoffs=[alignment_again, nothing])
    assert set(result.custom_seconds) == {"alignment_again", "nothing"}
    assert all(0 < seconds < 60 for seconds in result.custom_seconds.values())
    assert sn.run(scenario).custom_seconds == {}


def test_a_compiled_payoff_gives_the_bits_of_the_same_function_in_numpy(scenario):
    z = np.clip(_ideal_points(scenario), -2.0, 2.0)

    @sn.payoff("alignment_again", unit="pp")
    @numba.njit
    def compiled(country, target, current, offer_busd, level):
        out = np.zeros(country.size)
        for n in range(country.size):
            total = 0.0
            for k in range(target.shape[1]):
                side = z[country[n]] * (1.0 if k == 0 else -1.0)
                if target[n, k] and not current[n, k]:
                    total += side
                if current[n, k] and not target[n, k]:
                    total -= side
            out[n] = BETA * total
        return out

    ours, theirs = sn.run(scenario, payoffs=[compiled]), sn.run(scenario, payoffs=[alignment_again])
    np.testing.assert_array_equal(ours.dataset.state_digest, theirs.dataset.state_digest)
    np.testing.assert_array_equal(ours.dataset.option_value, theirs.dataset.option_value)
    built_in = sn.run(scenario.with_({"countries.terms": [*TERMS, "alignment"]}))
    print("\nseconds in a payoff over 12 steps of twelve countries: NumPy", theirs.custom_seconds)
    print("compiled by Numba", ours.custom_seconds)
    np.testing.assert_array_equal(built_in.dataset.state_digest, ours.dataset.state_digest)
    assert sn.verify(ours, payoffs=[compiled])


def _ideal_points(scenario):
    return np.array(sn.Simulation(scenario).world["countries.ideal_point_sd"])


def test_a_compiled_payoff_whose_values_change_is_refused(scenario, monkeypatch):

    @sn.payoff("constant", unit="pp")
    @numba.njit
    def constant(country, target, current, offer_busd, level):
        return 0.0 * BETA * offer_busd

    before = sn.run(scenario, payoffs=[constant])
    assert sn.verify(before, payoffs=[constant])
    monkeypatch.setattr(sys.modules[__name__], "BETA", 0.3)
    with pytest.raises(sn.ScenarioError, match="values that it uses have changed since Numba compiled it"):
        sn.run(scenario, payoffs=[constant])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Numba tells of it too
def test_compiled_payoffs_that_write_fail_or_return_something_else_are_refused(scenario):

    @numba.njit
    def writes(country, target, current, offer_busd, level):
        level[0, 0] = 2
        return np.zeros(country.size)

    assert "Cannot modify readonly array" in message(scenario, bad(writes))

    @numba.njit
    def counts(country, target, current, offer_busd, level):
        return np.zeros(country.size, np.int64)

    assert "an array of float64, one value for each option, is needed" in message(scenario, bad(counts))

    @numba.njit
    def two(world, options):
        return np.zeros(3)

    assert "(country, target, current, offer_busd, level)" in message(scenario, bad(two))

    @numba.njit
    def unknown(country, target, current, offer_busd, level):
        return np.no_such_function(country)

    assert "has no attribute 'no_such_function'" in message(scenario, bad(unknown))

    @numba.njit
    def short(country, target, current, offer_busd, level):
        return np.zeros(country.size - 1)

    assert "one value for each option" in message(scenario, bad(short))

    @numba.njit
    def raises(country, target, current, offer_busd, level):
        if country.size > 0:
            raise ValueError("no number for it")
        return np.zeros(country.size)

    with pytest.raises(ValueError, match="no number for it") as caught:
        sn.run(scenario, payoffs=[bad(raises)])
    assert "Raised by the payoff culture in step 1." in caught.value.__notes__[0]


def test_an_address_that_numba_did_not_make_is_never_called():
    from splinternet import _core  # noqa: PLC0415 - the core alone takes addresses

    for compiled in (1, "here", np.sin, object(), 2**63):
        with pytest.raises(sn.ScenarioError, match=r"numba\.cfunc"):
            _core.CustomTerm("culture", "pp", "0" * 64, align, compiled, 0)
    with pytest.raises(sn.ScenarioError, match="cannot be called"):
        _core.CustomTerm("culture", "pp", "0" * 64, 3, None, 0)
    with pytest.raises(sn.ScenarioError, match="None is no payoff"):
        _core.Extensions([None], None)


def test_a_payoff_is_still_the_function_that_it_was():
    assert alignment_again.function is align
    assert nothing(None, range(3)).tolist() == [0.0, 0.0, 0.0]
    assert repr(nothing).startswith("<payoff nothing, pp, sha256 ")


def test_states_of_a_small_world_are_gone_through_with_a_payoff_too():
    game = sn.load("gallery/coordination")
    worth = np.array([1.0, 0.8])

    @sn.payoff("users", unit="1")
    def users(world, options):
        """Weigh each other user of the same standard."""
        member = world["members.level"] > 0
        others = member.sum(axis=0) - member[options.country]
        return ((options.target.astype(float) - options.current) * others * worth).sum(axis=1)

    ours = sn.analyse(game.with_({"countries.terms": ["taste"]}), payoffs=[users])
    theirs = sn.analyse(game.with_({"countries.terms": ["taste", "network_effect"]}))
    assert "taste + users" in ours.text
    assert ours.text.replace("taste + users", "") == theirs.text.replace("taste + network_effect", "")
    for name in ("rest_states", "gibbs_law"):
        if name in theirs:
            assert ours[name].equals(theirs[name])
    with pytest.raises(sn.ScenarioError, match="follows from the file alone; leave payoffs"):
        sn.analyse("gallery/unsc-power", payoffs=[users])


def test_the_end_of_a_run_is_analysed_with_its_payoffs_only(scenario):
    result = sn.run(scenario, payoffs=[alignment_again])
    built_in = sn.run(scenario.with_({"countries.terms": [*TERMS, "alignment"]}))
    assert result.analyse(payoffs=[alignment_again]).text == built_in.analyse().text
    assert sn.analyse(result, payoffs=[alignment_again]).text == built_in.analyse().text
    with pytest.raises(sn.DataError, match=re.escape("splinternet.verify(file, payoffs=[alignment_again])")):
        result.analyse()


def test_runs_in_several_threads_ask_the_same_payoff_at_once(scenario):
    expected = sn.run(scenario, payoffs=[alignment_again]).dataset.state_digest.values
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: sn.run(scenario, payoffs=[alignment_again]), range(8)))
    for result in results:
        np.testing.assert_array_equal(result.dataset.state_digest, expected)


def test_rules_are_given_by_their_names(scenario):
    assert sn.run(scenario, payoffs=[], firm_rule=None).custom_seconds == {}
    result = sn.run(scenario)
    calls = {
        "run": lambda **wrong: sn.run(scenario, **wrong),
        "Simulation": lambda **wrong: sn.Simulation(scenario, **wrong),
        "verify": lambda **wrong: sn.verify(result, **wrong),
        "analyse": lambda **wrong: sn.analyse(result, **wrong),
    }
    for name, call in calls.items():
        with pytest.raises(TypeError, match=rf"^{name}\S*\(\) got an unexpected keyword argument 'payofs'"):
            call(payofs=[nothing])


@pytest.mark.parametrize("call", [sn.run, sn.Simulation, sn.verify, sn.analyse, sn.Result.analyse, sn.Result.verify])
def test_rules_are_seen_among_the_arguments(call):
    parameters = inspect.signature(call).parameters
    assert {"payoffs", "firm_rule", "threads"} <= set(parameters)
    assert parameters["payoffs"].annotation == "Iterable[Payoff] | None"
    assert all(parameter.kind is not parameter.VAR_KEYWORD for parameter in parameters.values())


@sn.firm_rule("as_it_is")
def as_it_is(world, firms):
    return firms.value.copy()


@numba.njit
def nothing_compiled(country, target, current, offer_busd, level):
    return np.zeros(len(country))


def test_rules_are_pickled_if_their_functions_are():
    for rule in (nothing, as_it_is):
        assert pickle.loads(pickle.dumps(rule)) is rule
        assert copy.deepcopy(rule) is rule
    named = sn.payoff("other_name", unit="busd", check_every=3)(align)
    compiled = sn.payoff("compiled", unit="pp")(nothing_compiled)
    for rule in (
        alignment_again,
        named,
        compiled,
        sn.firm_rule("twin", unit="1")(as_it_is.function.__globals__["align"]),
    ):
        again = pickle.loads(pickle.dumps(rule))
        assert (type(again), again.name, again.unit, again.check_every) == (
            type(rule),
            rule.name,
            rule.unit,
            rule.check_every,
        )
        assert again.sha256 == rule.sha256


def test_a_rule_of_a_function_that_cannot_be_pickled_is_refused_as_python_refuses_the_function():
    def inner(world, options):
        return np.zeros(len(options))

    for function in (inner, lambda world, options: np.zeros(len(options))):
        with pytest.raises((pickle.PicklingError, AttributeError), match="local object") as usual:
            pickle.dumps(function)
        with pytest.raises(type(usual.value), match=re.escape(str(usual.value))):
            pickle.dumps(bad(function))


POOL = """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
import numpy as np
import splinternet as sn

@sn.payoff("small", unit="pp")
def small(world, options):
    return -0.01 * options.adds.sum(axis=1) + 0.01 * options.drops.sum(axis=1)

def digest(seed, payoffs):
    return int(sn.run("classroom-12", seed=seed, payoffs=payoffs, threads=1).dataset.state_digest.values[-1])

if __name__ == "__main__":
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        print(pool.submit(digest, 1, [small]).result() == digest(1, [small]) != digest(1, []))
"""


def test_a_rule_is_sent_to_another_process(tmp_path):
    script = tmp_path / "sweep.py"
    script.write_text(POOL, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr
