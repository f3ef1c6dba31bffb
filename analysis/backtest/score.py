#!/usr/bin/env python3
"""Score the flagship's ensemble against the record of 2020-22.

Runs clean-network-2020 for many seeds until the end of 2022, reads the memberships from the result files and compares
them with ``record/*.csv``: numbers of members, ranking and calibration of the probability of signing over the countries
at risk, dates, and the largest misses by name. Beside it stand baselines that no model should fail to beat. The defaults
were tuned on this record, so all figures are in sample.

Usage::

    score.py [--program PATH] [--seeds 200] [--set key=value ...] [--jobs 2] [--no-baselines] [-o REPORT.md]
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np

from measures import auc, base_rate_scores, brier, grouped, log_loss, shuffled_auc, smoothed_probability
from outcomes import Outcomes, read_outcomes

REPOSITORY = Path(__file__).resolve().parents[2]
SCENARIO = REPOSITORY / "scenarios" / "clean-network-2020.toml"
TABLES = REPOSITORY / "scenarios" / "data" / "world-2020"

#: Steps of one month from 2020-08-01: step t is the state at the end of the t-th month.
HORIZON = 29
END_OF = {"2020-08-31": 1, "2020-09-30": 2, "2020-10-31": 3, "2020-11-30": 4, "2020-12-31": 5, "2021-03-31": 8,
          "2021-12-31": 17, "2022-06-30": 23, "2022-12-31": 29}
CLEAN_NETWORK_DATES = ["2020-08-31", "2020-09-30", "2020-10-31", "2020-11-30", "2020-12-31", "2022-12-31"]
GIDS_DATES = ["2020-09-30", "2021-03-31", "2021-12-31", "2022-06-30", "2022-12-31"]

#: Never at risk: the sponsors, and HKG and MAC, which do not choose.
NOT_AT_RISK = {"USA", "CHN", "HKG", "MAC"}
PERMUTATIONS = 1000
MISSES = 12


@dataclass(frozen=True)
class Judged:
    """A framework, the side of the ideal-point axis it stands for, and the days by which it is judged."""

    name: str
    title: str
    side: int
    day: str
    dates: list[str]


JUDGED = [Judged("clean_network", "Clean Network", +1, "2020-12-31", CLEAN_NETWORK_DATES),
          Judged("gids", "GIDS", -1, "2022-12-31", GIDS_DATES)]


@dataclass(frozen=True)
class Ensemble:
    """Memberships of many runs.

    Attributes
    ----------
    country : list of str
        ISO-3 codes.
    framework : list of str
    member : array of bool, shape (runs, steps + 1, countries, frameworks)
        Listed or signed; step 0 is the start.
    """

    country: list[str]
    framework: list[str]
    member: np.ndarray

    def of(self, framework: str) -> np.ndarray:
        """Membership of one framework, shape (runs, steps + 1, countries)."""
        return self.member[..., self.framework.index(framework)]


# ---- running ---------------------------------------------------------------------------------------------------------
def run_once(program: Path, seed: int, settings: list[str], folder: Path) -> tuple[list[str], list[str], np.ndarray]:
    """Run one seed, read its memberships and remove its file; raises RuntimeError with the program's message."""
    output = folder / f"seed-{seed}.h5"
    command = [str(program), "run", str(SCENARIO), "--seed", str(seed), "-o", str(output), "--quiet", "--threads", "1"]
    for setting in [f"run.horizon={HORIZON}", "record.decisions=false", *settings]:
        command += ["--set", setting]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"seed {seed}: {done.stderr.strip() or done.returncode}")
    with h5py.File(output) as file:
        country = [code.decode() for code in file["country"][:]]
        framework = [name.decode() for name in file["framework"][:]]
        member = file["membership"][:] > 0
    output.unlink()
    return country, framework, member


def run_ensemble(program: Path, seeds: int, settings: list[str], jobs: int) -> Ensemble:
    """Run seeds 1 ... `seeds`, `jobs` at a time, each on one thread."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        runs = list(pool.map(lambda seed: run_once(program, seed, settings, Path(folder)), range(1, seeds + 1)))
    return Ensemble(runs[0][0], runs[0][1], np.stack([member for _, _, member in runs]))


def read_column(table: str, column: str) -> list[str]:
    """One column of a table of the 2020 world."""
    with open(TABLES / f"{table}.csv", newline="", encoding="utf-8") as handle:
        return [row[column] for row in csv.DictReader(handle)]


def ideal_points() -> dict[str, float]:
    """UNGA ideal point by country, in s.d."""
    return {code: float(z) for code, z in
            zip(read_column("countries", "iso3"), read_column("countries", "ideal_point_sd"), strict=True)}


def baseline_settings() -> dict[str, list[str]]:
    """The runs beside the flagship: name -> settings."""
    alone = ['countries.terms=["alignment","inertia"]', "framework.clean_network.budget_busd=0",
             "framework.gids.budget_busd=0"]
    bodies = sorted(set(read_column("organisations", "organisation")))
    without = [f"organisation.{body}.enabled=false" for body in bodies]
    return {"A only (terms alignment and inertia, no offers)": alone, "no organisations": without}


# ---- judging ---------------------------------------------------------------------------------------------------------
def at_risk(ensemble: Ensemble, framework: str) -> np.ndarray:
    """Rows of countries that were outside at the start and could choose."""
    start = ensemble.of(framework)[0, 0]
    return np.array([i for i, code in enumerate(ensemble.country) if not start[i] and code not in NOT_AT_RISK])


def judge(ensemble: Ensemble, judged: Judged, record: Outcomes) -> dict[str, np.ndarray | list[str]]:
    """Codes, smoothed probability of membership on the day, and what happened, over the countries at risk."""
    rows = at_risk(ensemble, judged.name)
    member = ensemble.of(judged.name)[:, END_OF[judged.day]][:, rows]
    signed = record.members(judged.day)
    return {"code": [ensemble.country[i] for i in rows],
            "probability": smoothed_probability(member.sum(axis=0), member.shape[0]),
            "happened": np.array([ensemble.country[i] in signed for i in rows])}


def score_row(name: str, probability: np.ndarray, happened: np.ndarray) -> str:
    """A row of the table of scores."""
    return (f"| {name} | {auc(probability, happened):.3f} | {log_loss(probability, happened):.3f} "
            f"| {brier(probability, happened):.3f} |")


def score_table(judged: Judged, record: Outcomes, ensembles: dict[str, Ensemble]) -> list[str]:
    """Scores of the flagship, of the other runs and of what needs no model."""
    lines = ["| | AUC | log loss | Brier |", "|---|---|---|---|"]
    for name, ensemble in ensembles.items():
        cases = judge(ensemble, judged, record)
        lines.append(score_row(name, cases["probability"], cases["happened"]))
        if record.act:
            unit = [record.act.get(code, code) for code in cases["code"]]
            lines.append(score_row(f"{name}, one unit per joint act", grouped(cases["probability"], unit),
                                   grouped(cases["happened"], unit) > 0))
    flagship = judge(next(iter(ensembles.values())), judged, record)
    loss, square = base_rate_scores(flagship["happened"])
    lines.append(f"| base rate {np.mean(flagship['happened']):.3f} for everybody | 0.500 | {loss:.3f} | {square:.3f} |")
    position = ideal_points()
    side = np.array([judged.side * position[code] for code in flagship["code"]])
    lines.append(f"| UN ideal point alone | {auc(side, flagship['happened']):.3f} | | |")
    mean, low, high = shuffled_auc(flagship["probability"], flagship["happened"], PERMUTATIONS, seed=1)
    lines.append(f"| shuffled record, {PERMUTATIONS} times (95 % between) | {mean:.3f} ({low:.3f} to {high:.3f}) | | |")
    return lines


def member_line(name: str, ensemble: Ensemble, judged: Judged) -> str:
    count = ensemble.of(judged.name)[:, END_OF[judged.day]].sum(axis=1)
    return f"- {name}: {count.mean():.1f} ± {count.std():.1f}"


def date_table(ensemble: Ensemble, judged: Judged, record: Outcomes) -> list[str]:
    """Members by date, mean and s.d. over the runs, beside the record."""
    lines = ["| end of | members | record |", "|---|---|---|"]
    for day in judged.dates:
        count = ensemble.of(judged.name)[:, END_OF[day]].sum(axis=1)
        lines.append(f"| {day} | {count.mean():.1f} ± {count.std():.1f} | {len(record.members(day))} |")
    return lines


def miss_lines(cases: dict[str, np.ndarray | list[str]]) -> list[str]:
    """The countries that the ensemble has most wrong, by name."""
    order = np.argsort(cases["probability"], kind="stable")
    word = [f"{code} {p:.2f}" for code, p in zip(cases["code"], cases["probability"], strict=True)]
    missed = [word[i] for i in order if cases["happened"][i]][:MISSES]
    wrong = [word[i] for i in order[::-1] if not cases["happened"][i]][:MISSES]
    return [f"- signed, least expected: {', '.join(missed)}", f"- did not sign, most expected: {', '.join(wrong)}"]


def framework_report(judged: Judged, ensembles: dict[str, Ensemble]) -> list[str]:
    record = read_outcomes(judged.name)
    flagship = next(iter(ensembles.values()))
    cases = judge(flagship, judged, record)
    lines = [f"## {judged.title}, {judged.day}", "",
             f"Members, mean ± s.d. over the runs (record {len(record.members(judged.day))}):", ""]
    lines += [member_line(name, ensemble, judged) for name, ensemble in ensembles.items()]
    lines += ["", f"Probability of signing over the {len(cases['code'])} countries at risk, "
                  f"{int(np.sum(cases['happened']))} of which signed:", ""]
    lines += score_table(judged, record, ensembles)
    lines += ["", "By date:", "", *date_table(flagship, judged, record)]
    return [*lines, "", "Largest misses:", "", *miss_lines(cases), ""]


def report(ensembles: dict[str, Ensemble], settings: list[str]) -> str:
    """The whole report in Markdown."""
    runs = next(iter(ensembles.values())).member.shape[0]
    lines = ["# The flagship against the record of 2020-22", "",
             f"{runs} seeds, in sample: the defaults were tuned by hand on this record.",
             f"Settings besides the scenario's: {', '.join(settings) if settings else 'none'}.", "",
             "Members are listed or signed; the record counts level 1 (counted, welcomed) and above, sponsors included. "
             "NRU, whose date is unknown, counts from the end of 2020.",
             "At risk are all that were outside at the start, but for the sponsors, HKG and MAC. Probabilities are "
             "smoothed, (count + 1/2)/(runs + 1).",
             "A joint act of GIDS (three states or more, same step, same day) as one unit has the mean probability of "
             "its states.", ""]
    for judged in JUDGED:
        lines += framework_report(judged, ensembles)
    return "\n".join(lines)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=REPOSITORY / "build" / "release" / "splinternet")
    parser.add_argument("--seeds", type=int, default=200, help="number of runs: seeds 1 to this")
    parser.add_argument("--set", nargs="+", action="extend", default=[], metavar="KEY=VALUE", dest="settings",
                        help="other values for keys of the scenario, in all runs")
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time")
    parser.add_argument("--no-baselines", action="store_true", help="only the flagship itself")
    parser.add_argument("-o", "--output", type=Path, help="also write the report to this file")
    chosen = parser.parse_args(arguments)
    if chosen.seeds < 1 or chosen.jobs < 1:
        parser.error("--seeds and --jobs must be at least 1")
    if not chosen.program.is_file():
        parser.error(f"no program at {chosen.program}: build it (make program) or name it with --program")
    return chosen


def main(arguments: list[str] | None = None) -> int:
    chosen = parse(arguments)
    variants: dict[str, list[str]] = {"flagship": []}
    if not chosen.no_baselines:
        variants |= baseline_settings()
    try:
        ensembles = {name: run_ensemble(chosen.program, chosen.seeds, chosen.settings + extra, chosen.jobs)
                     for name, extra in variants.items()}
    except RuntimeError as error:
        print(f"score.py: {error}", file=sys.stderr)
        return 1
    text = report(ensembles, chosen.settings)
    print(text)
    if chosen.output:
        chosen.output.parent.mkdir(parents=True, exist_ok=True)
        chosen.output.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
