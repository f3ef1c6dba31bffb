"""What must hold of the shipped scenarios as a whole, checked on result files."""

from __future__ import annotations

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build/release/splinternet"))
#: Arrays that count steps or name the step, not the state.
NOT_STATE = {"step", "time", "state_digest"}


def run(scenario: str, output: Path, *settings: str, seed: int = 1, threads: int = 1) -> Path:
    """Runs a shipped scenario and returns its result file."""
    command = [str(PROGRAM), "run", scenario, "-o", str(output), "--quiet", "--seed", str(seed), "--threads", str(threads)]
    for setting in settings:
        command += ["--set", setting]
    subprocess.run(command, check=True, cwd=ROOT)
    return output


@pytest.fixture(scope="module")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flagship to its horizon."""
    return run("clean-network-2020", tmp_path_factory.mktemp("flagship") / "flagship.h5")


def test_without_frameworks_every_recorded_array_equals_step_0_bitwise(tmp_path: Path) -> None:
    path = run("no-frameworks", tmp_path / "none.h5")
    with h5py.File(path) as file:
        steps = file["step"].size
        assert steps == 121
        compared = 0
        for name, array in file.items():
            if name in NOT_STATE or not array.shape or array.shape[0] != steps:
                continue
            values = array[...]
            first = np.broadcast_to(values[:1], values.shape)
            assert values.tobytes() == np.ascontiguousarray(first).tobytes(), name
            compared += 1
        assert compared > 40
        assert file["act_step"].size == 0


def test_sponsors_stay_in_their_own_framework_and_nobody_signs_both(flagship: Path) -> None:
    with h5py.File(flagship) as file:
        countries = [code.decode() for code in file["country"][...]]
        frameworks = [name.decode() for name in file["framework"][...]]
        membership = file["membership"][...]
    signed = membership == 2
    clean, gids = frameworks.index("clean_network"), frameworks.index("gids")
    assert signed[1:, countries.index("USA"), clean].all()
    assert signed[2:, countries.index("CHN"), gids].all()
    assert not (membership[:, countries.index("USA"), gids].any() or membership[:, countries.index("CHN"), clean].any())
    assert not (signed[:, :, clean] & signed[:, :, gids]).any()
    assert signed[-1, :, clean].sum() > 10
    assert signed[-1, :, gids].sum() > 10


def test_trade_cleared_and_flows_stayed_physical(flagship: Path) -> None:
    with h5py.File(flagship) as file:
        assert np.isfinite(file["real_income"][...]).all()
        for name in ("splinternet_index", "reach_loss", "polarization"):
            values = file[name][...]
            assert (values >= 0).all() and (values <= 1).all(), name
        assert (file["stretch"][...] >= 1 - 1e-6).all()


@pytest.mark.parametrize("scenario", ["classroom-12", "clean-network-2020"])
def test_files_are_the_same_bytes_for_any_number_of_threads(scenario: str, tmp_path: Path) -> None:
    files = [
        run(scenario, tmp_path / f"{n}_{threads}.h5", "run.horizon=24", threads=threads).read_bytes()
        for n, threads in enumerate((1, 2, 3, 8, 1))
    ]
    assert all(content == files[0] for content in files[1:])


def test_recording_more_does_not_change_the_run(tmp_path: Path) -> None:
    horizon = "run.horizon=12"
    lean = run("clean-network-2020", tmp_path / "lean.h5", horizon, "record.decisions=false", 'record.arrays=["membership"]')
    rich = run("clean-network-2020", tmp_path / "rich.h5", horizon, 'record.arrays=["default", "goods_flow", "link_traffic"]')
    with h5py.File(lean) as one, h5py.File(rich) as other:
        assert (one["state_digest"][...] == other["state_digest"][...]).all()
        assert "goods_flow" in other and "goods_flow" not in one


def signatories(output: Path, coercion: float, seed: int) -> np.ndarray:
    """Countries signed to each framework (clean_network, gids) 17 months after the start."""
    path = run("clean-network-2020", output / f"{coercion}_{seed}.h5", f"countries.coercion={coercion}", "run.horizon=17",
               "firms.synthetic=0", "record.decisions=false", 'record.arrays=["signatory_count"]', seed=seed)
    with h5py.File(path) as file:
        counts = file["signatory_count"][-1]
    path.unlink()
    return counts


def test_accession_to_the_rival_falls_monotonically_in_coercion(tmp_path: Path) -> None:
    """Five values, 100 seeds each with common random numbers: the threat of the rival's sponsor keeps countries out."""
    values = (0.0, 0.01, 0.02, 0.035, 0.05)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        means = [
            np.mean(list(pool.map(lambda seed, c=c: signatories(tmp_path, c, seed), range(1, 101))), axis=0) for c in values
        ]
    for framework in (0, 1):
        series = [mean[framework] for mean in means]
        assert all(later < earlier for earlier, later in zip(series, series[1:])), series
