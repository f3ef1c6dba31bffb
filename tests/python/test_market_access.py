"""The study of linear against exact market access, on hand-made comparisons and on runs of the classroom."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import h5py
import matplotlib.image
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "analysis" / "market_access"))

import compare  # noqa: E402


def by_hand(seed: int, linear: list[float], exact: list[float], changed: int = 0) -> compare.Comparison:
    """A comparison of as many options, one decision each."""
    count = len(linear)
    return compare.Comparison(seed, np.arange(1, count + 1), ["AAA"] * count, ["gids", ""] * (count // 2),
                              np.array(linear), np.array(exact), count, changed, 3 * seed)


@pytest.fixture(scope="module")
def recorded(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Result file of the classroom with exact market access and a large response, so that errors show."""
    path = tmp_path_factory.mktemp("market_access") / "classroom.h5"
    settings = ["record.market_access_exact=true", "countries.depth_on_signing=1", "countries.spontaneous_rate=0.1"]
    command = [str(program), "run", "classroom-12", "-o", str(path), "--quiet"]
    for setting in settings:
        command += ["--set", setting]
    subprocess.run(command, check=True, cwd=ROOT)
    return path


def test_the_summary_pools_all_options_of_all_runs() -> None:
    runs = [by_hand(1, [1.0, 2.0], [1.0, 1.0]), by_hand(2, [0.0, -4.0], [0.5, -1.0], changed=1)]
    rows = dict(compare.summarise(runs))
    assert rows["runs"] == 2
    assert rows["options"] == 4
    assert rows["|linear - exact| 50 % quantile, pp"] == pytest.approx(0.75)
    assert rows["|linear - exact| 100 % quantile, pp"] == 3.0
    assert rows["|exact| 100 % quantile, pp"] == 1.0
    assert rows["decisions that end otherwise"] == 1
    assert rows["share of them, %"] == 25.0
    assert rows["refreshes per run, mean"] == 4.5


def test_without_any_option_there_is_nothing_to_compare() -> None:
    with pytest.raises(compare.ReadError, match="nothing to compare"):
        compare.summarise([by_hand(1, [], [])])


def test_a_file_is_read_without_the_options_of_staying(recorded: Path) -> None:
    comparison = compare.read(recorded)
    with h5py.File(recorded) as file:
        options, decisions = file["option_target"].size, file["decision_step"].size
        exact = file["option_market_access_exact"][...]
        assert (exact[file["decision_first_option"][...]] == 0).all()
        assert (file["decision_chosen_linear"][...] == file["decision_chosen"][...]).all()
    assert comparison.exact_pp.size == options - decisions > 20
    assert np.isin(comparison.exact_pp, exact).all()
    assert 0 < np.abs(comparison.error_pp).max() < 0.05
    assert comparison.changed <= 0.02 * comparison.decisions
    assert comparison.refreshes > 0


def test_tables_and_picture_are_written_from_the_file(recorded: Path, tmp_path: Path) -> None:
    assert compare.main([str(recorded), str(recorded), "-o", str(tmp_path / "out")]) == 0
    comparison = compare.read(recorded)
    with open(tmp_path / "out" / "options.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * comparison.exact_pp.size
    assert float(rows[0]["exact_pp"]) == pytest.approx(comparison.exact_pp[0], rel=1e-8)
    with open(tmp_path / "out" / "summary.csv", newline="", encoding="utf-8") as file:
        assert {row["quantity"]: row["value"] for row in csv.DictReader(file)}["runs"] == "2"
    picture = matplotlib.image.imread(tmp_path / "out" / "market_access.png")
    for panel in (picture[:, : picture.shape[1] // 2], picture[:, picture.shape[1] // 2 :]):
        assert (panel[..., :3].min(axis=2) < 0.9).mean() > 0.005


def test_a_file_without_the_record_is_refused_with_one_line(classroom: Path, tmp_path: Path,
                                                            capsys: pytest.CaptureFixture) -> None:
    assert compare.main([str(classroom), "-o", str(tmp_path / "out")]) == 1
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    assert "record.market_access_exact=true" in text
    assert not (tmp_path / "out").exists()


def test_runs_are_made_with_the_record_on(program: Path, tmp_path: Path) -> None:
    settings = ["--set", "run.horizon=4", "--set", "firms.synthetic=0"]
    assert compare.main(["--program", str(program), "--seeds", "2", *settings, "-o", str(tmp_path)]) == 0
    with open(tmp_path / "options.csv", newline="", encoding="utf-8") as file:
        assert {row["seed"] for row in csv.DictReader(file)} == {"1", "2"}
