"""What the program tells about decisions, against the numbers of the result file taken with NumPy alone."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
PROGRAM = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build/release/splinternet"))
COUNTRIES = ("BRA", "DEU", "IDN", "IND", "SGP")
STAY, LOWEST, RANDOM = range(3)
CONSENSUS, MAJORITY, LEADER = range(3)
LOGIT, BEST, BETTER = range(3)
#: Ties of best response that a run of the classroom must go through, and a rule without any.
RULES = {
    "logit": ["countries.choice=logit"],
    "stay": ["countries.choice=best_response", "countries.tie_eps=0.1", "countries.on_tie=stay"],
    "lowest": ["countries.choice=best_response", "countries.tie_eps=0.1", "countries.on_tie=lowest"],
    "random": ["countries.choice=best_response", "countries.tie_eps=0.1", "countries.on_tie=random"],
    "better": ["countries.choice=better_response"],
    "better-lowest": ["countries.choice=better_response", "countries.tie_eps=0.1", "countries.on_tie=lowest"],
    "better-random": ["countries.choice=better_response", "countries.tie_eps=0.1", "countries.on_tie=random",
                      "countries.schedule=simultaneous_with_prob"],
    "fixed-order": ["countries.choice=better_response", "countries.schedule=fixed_order"],
}


def run(scenario: str, output: Path, *settings: str) -> Path:
    """Runs a shipped scenario and returns its result file."""
    command = [PROGRAM, "run", scenario, "-o", output, "--quiet"]
    for setting in settings:
        command += ["--set", setting]
    subprocess.run(command, check=True, cwd=ROOT)
    return output


def explain(*arguments: str | Path) -> str:
    """What `splinternet explain` prints."""
    return subprocess.run([PROGRAM, "explain", *arguments], check=True, cwd=ROOT, capture_output=True, text=True).stdout


@dataclass
class Decision:
    """One recorded decision, options as rows."""

    country: str
    step: int
    chosen: int
    uniform: float
    rule: int
    temperature: float
    tie_eps: float
    on_tie: int
    targets: list[str]
    total: np.ndarray
    value: np.ndarray

    def choose(self, total: np.ndarray) -> int:
        """The option that the recorded rule and draw take among these totals."""
        if self.rule == BETTER:
            found = np.flatnonzero(total > total[0] + self.tie_eps)
            if not found.size:
                found = np.flatnonzero(total >= total[0] - self.tie_eps)
                if self.on_tie != RANDOM:
                    return int(found[1] if self.on_tie == LOWEST and found.size > 1 else 0)
            return int(found[min(int(self.uniform * found.size), found.size - 1)])
        if self.rule == BEST:
            tied = np.flatnonzero(total >= total.max() - self.tie_eps)
            if self.on_tie == RANDOM:
                return int(tied[min(int(self.uniform * tied.size), tied.size - 1)])
            return int(tied[1] if self.on_tie == LOWEST and tied.size > 1 and tied[0] == 0 else tied[0])
        weight = np.exp((total - total.max()) / self.temperature)
        above = np.flatnonzero(self.uniform < np.cumsum(weight / weight.sum()))
        return int(above[0]) if above.size else total.size - 1

    def without(self, term: int) -> int:
        """What the same draw takes if a term is left out of every option."""
        return self.choose(left_to_right(np.delete(self.value, term, axis=1)))


def left_to_right(value: np.ndarray) -> np.ndarray:
    """Sums of rows in order: NumPy's own sum adds pairwise."""
    total = np.zeros(value.shape[0])
    for column in value.T:
        total += column
    return total


def texts(array: h5py.Dataset) -> list[str]:
    return [text.decode() for text in array[...]]


def decisions(path: Path) -> tuple[list[str], list[Decision]]:
    """The terms and all decisions of a result file."""
    with h5py.File(path) as file:
        columns = {name: file[f"decision_{name}"][...] for name in
                   ("step", "chosen", "uniform", "rule", "temperature", "tie_eps", "on_tie", "first_option", "option_count")}
        country, target = texts(file["decision_country"]), texts(file["option_target"])
        total, value = file["option_total"][...], file["option_value"][...]
        terms = texts(file["term"])
    found = []
    for n, code in enumerate(country):
        one = {name: column[n].item() for name, column in columns.items()}
        rows = slice(one.pop("first_option"), 0)
        rows = slice(rows.start, rows.start + one.pop("option_count"))
        found.append(Decision(country=code, targets=target[rows], total=total[rows], value=value[rows], **one))
    return terms, found


@pytest.fixture(scope="module")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flagship to its horizon."""
    return run("clean-network-2020", tmp_path_factory.mktemp("explain") / "flagship.h5")


@pytest.fixture(scope="module", params=["flagship", *RULES])
def recorded(request: pytest.FixtureRequest, flagship: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flagship, and the classroom under each rule."""
    if request.param == "flagship":
        return flagship
    return run("classroom-12", tmp_path_factory.mktemp("rule") / f"{request.param}.h5", "countries.spontaneous_rate=0.2",
               *RULES[request.param])


def test_terms_add_up_to_the_total_and_the_draw_gives_the_choice(recorded: Path) -> None:
    _, found = decisions(recorded)
    assert len(found) > 50
    for decision in found:
        assert (left_to_right(decision.value) == decision.total).all()
        assert not decision.value[0].any()
        assert decision.choose(decision.total) == decision.chosen
        assert 0 < decision.uniform < 1


def test_a_choice_leads_to_the_memberships_that_follow(recorded: Path) -> None:
    _, found = decisions(recorded)
    with h5py.File(recorded) as file:
        codes, frameworks, membership = texts(file["country"]), texts(file["framework"]), file["membership"][...]
    for decision in found:
        for step, option in ((decision.step - 1, 0), (decision.step, decision.chosen)):
            level = membership[step, codes.index(decision.country)]
            assert "+".join(name for name, one in zip(frameworks, level) if one) == decision.targets[option]


def test_ballots_give_the_answers_of_organisations(recorded: Path) -> None:
    with h5py.File(recorded) as file:
        answers = {name: file[f"answer_{name}"][...] for name in
                   ("rule", "utility", "temperature", "uniform", "accepted", "first_ballot", "ballot_count")}
        ballots = file["ballot_utility"][...]
    for n in range(answers["rule"].size):
        votes = np.sort(ballots[answers["first_ballot"][n] :][: answers["ballot_count"][n]])
        utility = votes[(votes.size - 1) // 2] if answers["rule"][n] == MAJORITY else votes[0]
        assert utility == answers["utility"][n]
        probability = 1 / (1 + np.exp(-utility / answers["temperature"][n]))
        assert (answers["uniform"][n] < probability) == answers["accepted"][n]


def test_the_program_replays_its_own_record(recorded: Path) -> None:
    _, found = decisions(recorded)
    assert f": {len(found)} decisions and " in explain(recorded, "--replay")


def outcome(decision: Decision, option: int, names: dict[str, str]) -> str:
    """A choice in the program's words."""
    before, after = (set(filter(None, decision.targets[n].split("+"))) for n in (0, option))
    spoken = lambda ids: " and ".join(names[one] for one in sorted(ids))  # noqa: E731
    parts = [f"{verb} {spoken(ids)}" for verb, ids in (("signed", after - before), ("left", before - after)) if ids]
    return " and ".join(parts) if parts else ("stayed in " + spoken(before) if before else "stayed out")


def paragraph(text: str, decision: Decision) -> str:
    """The part of a story that tells this decision and not an answer of an organisation."""
    found = [part for part in text.split("\n\n") if f"(step {decision.step}):" in part.split("\n")[0]
             and " was courted by " not in part.split("\n")[0]]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_of_the_flagship_is_explained(country: str, flagship: Path, request: pytest.FixtureRequest) -> None:
    """Date, options, the three largest terms and every single term that decides, recomputed; then the whole text."""
    text = explain(flagship, country)
    terms, found = decisions(flagship)
    with h5py.File(flagship) as file:
        names = dict(zip(texts(file["framework"]), texts(file["framework_name"])))
    names = {one: f"the {name}" if " " in name else name for one, name in names.items()}
    own = [decision for decision in found if decision.country == country]
    assert own
    for decision in own:
        told = paragraph(text, decision)
        month = 7 + decision.step - 1  # the run starts in August 2020
        assert told.startswith(f"{2020 + month // 12}-{month % 12 + 1:02d} (step {decision.step}): ")
        assert told.split("\n")[0].rstrip(":").endswith("; " + outcome(decision, decision.chosen, names))
        for total in decision.total:
            assert f"  {total:+.3f} pp a year" in told
        options = decision.chosen or 1 + int(np.argmax(decision.total[1:]))
        value = decision.value[options]
        largest = [t for t in np.argsort(-np.abs(value), kind="stable")[:3] if abs(value[t]) >= 5e-4]
        assert "Largest: " + ", ".join(f"{terms[t]} {value[t]:+.3f} pp" for t in largest) + "." in told
        decisive = {terms[t]: decision.without(t) for t in range(len(terms)) if decision.without(t) != decision.chosen}
        assert ("Without any single term: the same choice." in told) == (not decisive)
        for term, option in decisive.items():
            lines = [line for line in told.split("\n") if line.endswith(f": it would have {outcome(decision, option, names)}.")]
            assert len(lines) == 1 and term in lines[0].replace(",", " ").replace(":", " ").split()
    golden = GOLDEN / f"explain-{country}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(text)
    assert text == golden.read_text(), "if the change is meant: pytest tests/flagship/test_explain.py --update-golden"


def test_a_single_term_decided_for_some_country_of_the_golden_texts(flagship: Path) -> None:
    """So that the golden texts hold a counterfactual at all."""
    terms, found = decisions(flagship)
    own = [decision for decision in found if decision.country in COUNTRIES]
    assert any(decision.without(t) != decision.chosen for decision in own for t in range(len(terms)))


def moves(path: Path) -> dict[str, set[tuple[int, str, int]]]:
    """Changes of each country's memberships: step, framework, kind."""
    found: dict[str, set[tuple[int, str, int]]] = {}
    with h5py.File(path) as file:
        columns = (file["act_step"][...].tolist(), texts(file["act_framework"]), file["act_kind"][...].tolist())
        for country, *act in zip(texts(file["act_country"]), *columns):
            found.setdefault(country, set()).add(tuple(act))
    return found


def test_runs_part_where_the_changes_of_membership_first_differ(flagship: Path, tmp_path: Path) -> None:
    assert "every decision is the same, to the last bit" in explain(flagship, "--compare", flagship)
    other = run("clean-network-2020", tmp_path / "peers.h5", "countries.peers=0.4")
    one, two = moves(flagship), moves(other)
    first = {country: min(act[0] for act in one.get(country, set()) ^ two.get(country, set()))
             for country in one.keys() | two.keys() if one.get(country) != two.get(country)}
    text = explain(flagship, "--compare", other)
    assert "  countries.peers: 0.2 | 0.4\n" in text
    step, country = min((step, country) for country, step in first.items())
    assert f"({country}) in " in text and f"(step {step}):\n" in text
    assert f"Countries over which they part at some time: {len(first)}.\n" in text
    terms, _ = decisions(flagship)
    taken = [{(d.country, d.step): d for d in decisions(path)[1]} for path in (flagship, other)]
    named = 0
    for country, step in first.items():
        pair = [found.get((country, step)) for found in taken]
        targets = [d.targets[d.chosen] for d in pair if d]
        if len(targets) < 2 or not all(target in d.targets for target in targets for d in pair):
            continue
        text = explain(flagship, country, "--compare", other)
        assert f"({country}) in " in text and f"(step {step}):\n" in text
        worth = [d.value[d.targets.index(targets[1])] - d.value[d.targets.index(targets[0])] for d in pair]
        assert f"  {terms[int(np.argmax(worth[1] - worth[0]))]} made the largest difference: " in text
        assert f"The draw was the same: {pair[0].uniform:.4f}." in text
        named += 1
    assert named > 3
