"""Entries of the gallery that are run: closed forms, published numbers and laws of the long run."""

from __future__ import annotations

import csv
import math
import os
import statistics
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build/release/splinternet"))
ENTRIES = ("granovetter-crowd", "granovetter-gap", "watts-cascade", "morris-contagion", "gibbs-sampler", "coordination",
           "arthur-lock-in", "bass-diffusion")


def program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "SPLINTERNET_SCENARIOS": str(ROOT / "scenarios")})


def run(entry: str | Path, folder: Path, *settings: str, arrays: tuple[str, ...] = ("member_count",),
        name: str = "run") -> tuple[np.ndarray, ...]:
    """Arrays of a run with these settings, all steps, the start first."""
    file = folder / f"{name}.h5"
    scenario = entry if isinstance(entry, Path) else f"gallery/{entry}"
    done = program("run", scenario, "-o", file, "--quiet", *(f"--set={setting}" for setting in settings))
    assert (done.returncode, done.stderr) == (0, "")
    with h5py.File(file) as result:
        return tuple(result[array][...] for array in arrays)


def members(entry: str | Path, folder: Path, *settings: str) -> np.ndarray:
    """Members of the first framework at each step."""
    return run(entry, folder, *settings)[0][:, 0].astype(int)


def mean_and_error(series: np.ndarray) -> tuple[float, float]:
    """Mean of a correlated series and its standard error, by 40 batches."""
    means = [batch.mean() for batch in np.array_split(series, 40)]
    return float(series.mean()), statistics.stdev(means) / math.sqrt(len(means))


def chi_square(seen: np.ndarray, law: np.ndarray) -> tuple[float, int]:
    """Pearson's statistic of counts against probabilities and its degrees of freedom; places rarer than 5 are one."""
    expected = law * seen.sum()
    common = expected >= 5
    seen = np.append(seen[common], seen[~common].sum())
    expected = np.append(expected[common], expected[~common].sum())
    used = expected > 0
    return float((((seen - expected) ** 2)[used] / expected[used]).sum()), int(used.sum()) - 1


# ---- every entry -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_is_listed_documented_and_runs_to_the_same_bits_again(entry, tmp_path):
    checked = program("check", f"gallery/{entry}")
    assert (checked.returncode, checked.stderr) == (0, "")
    text = (ROOT / f"scenarios/gallery/{entry}.toml").read_text(encoding="utf-8")
    title = text.split('title = "')[1].split('"\n')[0]
    assert f"gallery/{entry}" in program("list").stdout and title in program("list").stdout
    assert f"## {title}\n" in (ROOT / "docs/GALLERY.md").read_text(encoding="utf-8")
    assert f"`splinternet run gallery/{entry}" in (ROOT / "docs/GALLERY.md").read_text(encoding="utf-8")
    done = program("run", f"gallery/{entry}", "-o", tmp_path / "x.h5", "--threads", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert program("verify", tmp_path / "x.h5").returncode == 0
    with h5py.File(tmp_path / "x.h5") as first:
        digest = first["state_digest"][...]
    assert np.array_equal(run(entry, tmp_path, arrays=("state_digest",))[0], digest)


# ---- crowds of thresholds --------------------------------------------------------------------------------------------
def test_granovetters_hundred_join_one_by_one(tmp_path):
    assert members("granovetter-crowd", tmp_path).tolist() == list(range(101))


def test_the_gap_differs_by_one_person_and_nobody_follows_the_first(tmp_path):
    with open(ROOT / "scenarios/data/gallery/granovetter-1978/actors.csv", encoding="utf-8", newline="") as table:
        thresholds = sorted(int(row["threshold"]) for row in csv.DictReader(table))
    assert thresholds == [0, 2, *range(2, 100)]
    assert members("granovetter-gap", tmp_path).tolist() == [0] + [1] * 100


def fixed_point(actors: int, sd: float) -> int:
    """How many join in the end: the least r that as many as r thresholds do not exceed, from nobody upwards."""
    law = statistics.NormalDist(actors / 4, sd)
    thresholds = [law.inv_cdf((n + 0.5) / actors) for n in range(actors)]
    joined = 0
    while (next_joined := sum(threshold <= joined for threshold in thresholds)) != joined:
        joined = next_joined
    return joined


@pytest.mark.parametrize(("sd", "share"), [(1000, 0.007696), (1200, 0.040211), (1220, 0.054792), (1230, 1.0)])
def test_normal_thresholds_tip_between_standard_deviations_of_12_2_and_12_3_percent(sd, share, tmp_path):
    normal = ("world.actors=10000", "attribute.threshold.rule=normal", "attribute.threshold.mean=2500",
              f"attribute.threshold.sd={sd}")
    ends = {int(members("granovetter-crowd", tmp_path, *normal, f"countries.schedule={schedule}")[-1])
            for schedule in ("simultaneous", "random_sequential", "fixed_order", "simultaneous_with_prob")}
    assert ends == {fixed_point(10000, sd)}
    assert ends.pop() / 10000 == pytest.approx(share, abs=6e-4)


# ---- cascades --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("degree", "share"), [(2, 0.796951), (3, 0.940551), (4, 0.980194), (5, 0.993030),
                                               (7, 0.004242), (8, 0.002308)])
def test_cascades_among_a_million_are_as_large_as_gleeson_and_cahalane_compute(degree, share, tmp_path):
    found = members("watts-cascade", tmp_path, f"influence.mean_degree={degree}")
    assert found[0] == 1000
    assert found[-1] == found[-2]
    assert found[-1] / 1e6 == pytest.approx(share, abs=3 / math.sqrt(1e6))


# ---- contagion on grids ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("graph", "q", "actors", "horizon"), [
    ("moore_grid", 3 / 8, 1681, 60), ("grid", 1 / 4, 1681, 60), ("ring", 1 / 2, 1000, 460)])
def test_a_standard_spreads_up_to_morriss_threshold_by_three_rules(graph, q, actors, horizon, tmp_path):
    for epsilon, everybody in ((-1e-4, True), (0.0, True), (1e-4, False)):
        common = (f"influence.graph={graph}", f"world.actors={actors}", f"run.horizon={horizon}",
                  "record.decisions=false")
        linear = run("morris-contagion", tmp_path, *common, f"framework.standard.intrinsic={-(q + epsilon)!r}")[0]
        assert linear[0, 0] == 9
        assert linear[-1, 0] == (actors if everybody else 9)
        step = run("morris-contagion", tmp_path, *common, "framework.standard.intrinsic=0", "countries.on_tie=stay",
                   "countries.network_response=step", f"countries.network_threshold={q + epsilon!r}")[0]
        rule = run("morris-contagion", tmp_path, *common, "countries.choice=threshold",
                   f"countries.threshold={q + epsilon!r}")[0]
        assert np.array_equal(linear, step)
        assert np.array_equal(linear, rule)


# ---- Gibbs' law ------------------------------------------------------------------------------------------------------
def unix_energies() -> tuple[list[str], np.ndarray]:
    """Codes of the firms in order, and the energy of each of the 512 divisions; bit i tells whether i is in osf."""
    folder = ROOT / "scenarios/data/gallery/unix-1988"
    with open(folder / "actors.csv", encoding="utf-8", newline="") as table:
        size = {row["code"]: float(row["size"]) for row in csv.DictReader(table)}
    with open(folder / "pairs.csv", encoding="utf-8", newline="") as table:
        pairs = [(row["from"], row["to"], float(row["propensity"])) for row in csv.DictReader(table)]
    codes = sorted(size)
    sides = {code: (np.arange(512) >> i) & 1 for i, code in enumerate(codes)}
    return codes, sum(size[a] * size[b] * p * (sides[a] != sides[b]) for a, b, p in pairs)


def unix_states(folder: Path, *settings: str) -> np.ndarray:
    """Number of the division at each step after the start."""
    membership, codes, frameworks = run("gibbs-sampler", folder, *settings,
                                        arrays=("membership", "country", "framework"))
    osf = membership[1:, :, frameworks.tolist().index(b"osf")] != 0
    order = np.argsort(codes)
    return (osf[:, order] << np.arange(9)).sum(axis=1)


@pytest.mark.parametrize(("temperature", "mean"), [(2000, -2707.1367), (1000, -2897.4284), (500, -3188.4095),
                                                   (200, -3574.7410), (100, -3710.9744)])
def test_mean_energies_are_those_of_gibbs_law(temperature, mean, tmp_path):
    _, energy = unix_energies()
    weight = np.exp(-(energy - energy.min()) / (2 * temperature))
    assert float((weight * energy).sum() / weight.sum()) == pytest.approx(mean, abs=1e-4)
    found, error = mean_and_error(energy[unix_states(tmp_path, f"countries.temperature={temperature}")[20:]])
    assert abs(found - mean) < 4 * error
    assert error < 30


def test_all_divisions_are_visited_as_often_as_the_law_says_and_camps_change_names(tmp_path):
    codes, energy = unix_energies()
    # So many moves lie between two looks that each look is all but independent of the one before.
    states = unix_states(tmp_path, "countries.temperature=1000", "countries.revisions_per_step=180", "run.horizon=6000")
    weight = np.exp(-energy / 2000)
    statistic, freedom = chi_square(np.bincount(states, minlength=512), weight / weight.sum())
    assert freedom > 200
    assert abs(statistic - freedom) < 4 * math.sqrt(2 * freedom)
    share, error = mean_and_error(((states >> codes.index("SUN")) & 1).astype(float))
    assert abs(share - 0.5) < 4 * error


# ---- coordination ----------------------------------------------------------------------------------------------------
def birth_and_death(temperature: float) -> np.ndarray:
    """The law of the number of users of A: C(10, k)·exp{[k(k − 1) + 0.8·(10 − k)(9 − k)]/(2T)}."""
    k = np.arange(11)
    log = [math.log(math.comb(10, n)) for n in k] + (k * (k - 1) + 0.8 * (10 - k) * (9 - k)) / (2 * temperature)
    weight = np.exp(log - log.max())
    return weight / weight.sum()


@pytest.mark.parametrize(("temperature", "mean"), [(10, 5.361479), (10 / 3, 7.991925)])
def test_the_number_of_users_follows_its_law_whatever_the_start(temperature, mean, tmp_path):
    law = birth_and_death(temperature)
    assert float((law * np.arange(11)).sum()) == pytest.approx(mean, abs=1e-6)
    users = members("coordination", tmp_path, f"countries.temperature={temperature!r}", "run.horizon=4000",
                    "countries.revisions_per_step=200")
    assert users[0] == 0
    found, error = mean_and_error(users[20:])
    assert abs(found - mean) < 4 * error
    assert error < 0.1
    statistic, freedom = chi_square(np.bincount(users[20::2], minlength=11), law)
    assert statistic < freedom + 4 * math.sqrt(2 * freedom)


def test_small_errors_keep_either_standard_but_the_law_is_for_the_risk_dominant_one(tmp_path):
    law = birth_and_death(1.0)
    assert float((law * np.arange(11)).sum()) == pytest.approx(9.997518, abs=1e-6)
    assert law[5:].sum() > 0.999 and law[10] > 0.99
    assert members("coordination", tmp_path, "countries.temperature=1").max() <= 4
    other = ROOT / "scenarios/data/gallery/ten-users"
    for name in ("actors.csv", "tables.toml"):
        (tmp_path / name).write_text((other / name).read_text(encoding="utf-8"), encoding="utf-8")
    start = (other / "initial_memberships.csv").read_text(encoding="utf-8")
    (tmp_path / "initial_memberships.csv").write_text(start.replace(",b,", ",a,"), encoding="utf-8")
    (tmp_path / "from_a.toml").write_text(
        f'extends = "{ROOT / "scenarios/gallery/coordination.toml"}"\n[world]\ntables = "{tmp_path}"\n',
        encoding="utf-8")
    users = members(tmp_path / "from_a.toml", tmp_path, "countries.temperature=1", "run.horizon=30000",
                    "record.decisions=false")
    assert users[0] == 10 and users.min() > 5
    found, error = mean_and_error(users[1:])
    assert abs(found - float((law * np.arange(11))[6:].sum() / law[6:].sum())) < 4 * error


# ---- lock-in ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("a", "b", "runs"), [(5, 3, 400), (10, 4, 400)])
def test_technology_a_wins_with_probability_b_over_a_plus_b(a, b, runs, tmp_path):
    settings = (f"attribute.intrinsic_a.value={100 + b - 0.5}", f"attribute.intrinsic_a.other={100 - a + 0.5}",
                "world.actors=800", "countries.entries_per_step=800", "run.horizon=1", "record.decisions=false")
    wins = 0
    for seed in range(1, runs + 1):
        end = run("arthur-lock-in", tmp_path, *settings, f"run.seed={seed}")[0][-1]
        assert end.sum() == 800
        wins += int(end[0] > end[1])
    p = b / (a + b)
    assert abs(wins / runs - p) < 4 * math.sqrt(p * (1 - p) / runs)


def test_behind_a_barrier_all_adopt_the_same_and_before_it_each_what_it_likes(tmp_path):
    entered, ends = [], set()
    for seed in range(1, 31):
        lead = run("arthur-lock-in", tmp_path, f"run.seed={seed}")[0]
        lead = (lead[:, 0] - lead[:, 1]).astype(int)
        assert set(np.abs(np.diff(lead))) == {1}
        hit = int(np.argmax((lead >= 5) | (lead <= -3)))
        assert hit > 0
        assert lead[hit] in (5, -3)
        assert set(np.diff(lead[hit:])) == {int(np.sign(lead[hit]))}
        entered.append(hit)
        ends.add(int(lead[hit]))
    assert ends == {5, -3}
    # E[T] = ab = 15; its standard deviation is below 15.
    assert abs(statistics.mean(entered) - 15) < 4 * 15 / math.sqrt(30)


def test_alike_adopters_all_choose_what_is_better_first_though_the_other_would_overtake(tmp_path):
    """Arthur's table 1: A is worth 10, 11, 12, … to the first, second, third adopter, B 4, 7, 10, 13, …"""
    end = run("arthur-lock-in", tmp_path, "attribute.intrinsic_a.rule=constant", "attribute.intrinsic_a.value=10",
              "framework.b.intrinsic=4", "framework.b.network_worth=3")[0][-1]
    assert end.tolist() == [120, 0]
    assert 4 + 3 * 4 > 10 + 4


# ---- diffusion -------------------------------------------------------------------------------------------------------
def test_adoption_follows_basss_curve_and_is_fastest_after_six_years(tmp_path):
    actors, p, q = 200_000, 0.03, 0.38
    share = members("bass-diffusion", tmp_path, f"world.actors={actors}") / actors
    expected = [0.0]
    for _ in range(240):
        expected.append(expected[-1] + (1 - expected[-1]) * (p + q * expected[-1]) / 12)
    for year, published in ((1, 0.035758), (5, 0.331199), (10, 0.812803), (15, 0.971610)):
        assert expected[12 * year] == pytest.approx(published, abs=0.01)
        # Imitation makes early luck grow: its variance is at most that of logistic growth.
        error = math.sqrt(published * (1 - published) / actors * q / p)
        assert abs(share[12 * year] - expected[12 * year]) < 4 * error
    in_a_year = share[12:] - share[:-12]
    assert (int(in_a_year.argmax()) + 6) / 12 == pytest.approx(math.log(q / p) / (p + q), abs=0.5)
