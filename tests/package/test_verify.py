"""Results can be had again, bit for bit, or it is told where they differ."""

import shutil

import h5py
import numpy as np
import pytest

import splinternet as sn


@pytest.fixture
def altered(result_file, tmp_path):
    """Give a copy of a result file, to be opened with h5py and altered."""
    path = tmp_path / "altered.h5"
    shutil.copy(result_file("classroom-12", "run.horizon=6"), path)
    return path


def test_a_result_is_verified_from_its_file_and_from_memory(result_file):
    path = result_file("classroom-12", "run.horizon=6")
    result = sn.open_result(path)
    for found in (sn.verify(path), sn.verify(str(path), threads=1), sn.verify(result), result.verify()):
        assert found
        assert found.is_same
        assert (found.steps, found.differences, found.notes) == (6, (), ())
        assert str(found) == f"verified: 6 steps, {found.arrays} arrays, same bits"
        assert repr(found) == f"<Verification of 6 steps, {found.arrays} arrays: same bits>"


def test_a_value_that_the_scenario_does_not_give_is_told_with_its_place(altered):
    with h5py.File(altered, "r+") as file:
        file["splinternet_index"][3] = 0.5
    found = sn.verify(altered)
    assert not found
    assert len(found.differences) == 1
    assert "1 differences, first splinternet_index at step 3" in repr(found)
    assert found.differences[0].startswith("splinternet_index at step 3 (2020-10): stored 0.5, recomputed 0.")
    assert str(found).startswith(
        "not verified: a replay of its scenario gives other values\n  splinternet_index at step"
    )


def test_of_many_differences_the_most_telling_come_first(altered):
    with h5py.File(altered, "r+") as file:
        file.attrs["scenario"] = bytes(file.attrs["scenario"]).replace(b"seed = 1\n", b"seed = 2\n")
    found = sn.verify(altered)
    assert found.differences[0].startswith("state_digest at step ")
    assert "parts of the state that differ: " in found.differences[0]
    assert str(found).endswith(f"  and {len(found.differences) - 10} more")


def test_another_version_of_the_code_is_noted(altered):
    with h5py.File(altered, "r+") as file:
        file.attrs["code_version"] = "0.0.1"
    found = sn.verify(altered)
    assert found.is_same
    assert str(found).startswith("note: written by version 0.0.1 (")


def test_tables_can_be_named_and_others_are_refused(altered, tmp_path):
    with h5py.File(altered, "r+") as file:
        file.attrs["tables"] = "data/lost"
    with pytest.raises(sn.DataError, match="its tables are needed: data/lost"):
        sn.verify(altered)
    own = sn.load("classroom-12")._loaded.tables_path
    shutil.copytree(own, tmp_path / "mine")
    assert all(line.startswith("attribute tables") for line in sn.verify(altered, tmp_path / "mine").differences)
    with pytest.raises(sn.DataError, match="tables with digest"):
        sn.verify(altered, sn.load("clean-network-2020")._loaded.tables_path)


def test_what_is_no_result_is_refused(tmp_path):
    (tmp_path / "text.h5").write_text("no HDF5")
    with pytest.raises(sn.Error, match=r"text\.h5"):
        sn.verify(tmp_path / "text.h5")
    with pytest.raises(sn.Error, match=r"absent\.h5"):
        sn.verify(tmp_path / "absent.h5")
    with pytest.raises(sn.ScenarioError, match="neither a result nor the path of one"):
        sn.verify(12)
    with pytest.raises(sn.ScenarioError, match="threads: -2"):
        sn.verify(sn.run(sn.load("classroom-12").with_({"run.horizon": 2})), threads=-2)


def test_progress_of_a_replay_is_told(result_file):
    seen = []
    sn.verify(result_file("classroom-12", "run.horizon=6"), progress=lambda *steps: seen.append(steps))
    assert seen[-1] == (6, 6)


def test_a_run_with_rules_of_its_user_is_verified_with_the_same_rules():
    @sn.payoff("nothing", unit="pp")
    def nothing(world, options):
        return np.zeros(len(options))

    result = sn.run(sn.load("classroom-12").with_({"run.horizon": 3}), payoffs=[nothing])
    assert sn.verify(result, payoffs=[nothing]).is_same
    with pytest.raises(sn.Error, match="nothing"):
        sn.verify(result)
