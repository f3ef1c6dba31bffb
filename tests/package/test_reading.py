"""Every file opens as it is, in all its readers, and equals what the package shows of it."""

import h5py
import netCDF4
import numpy as np
import pytest
import xarray as xr

import splinternet as sn

#: A scenario of each kind: countries with all arrays, all engines of the model; actors; too many actors for arrays of
#: each; nobody who decides anything.
SCENARIOS = {
    "flagship": ("clean-network-2020", "run.horizon=6"),
    "everything": (
        "classroom-12",
        "run.horizon=4",
        'record.arrays=["default", "data_demand", "goods_flow", "link_traffic"]',
        "record.market_access_exact=true",
    ),
    "classroom": ("classroom-12",),
    "few actors": ("gallery/unix-alliances",),
    "attributes": ("gallery/tariff-club",),
    "a million actors": ("gallery/watts-cascade", "world.actors=100000", "run.horizon=3"),
    "still": ("no-frameworks", "run.horizon=2"),
}
ENGINES = ("h5netcdf", "netcdf4")


STOPPED = "stopped before its horizon"


@pytest.fixture(params=[*SCENARIOS, STOPPED])
def path(request, result_file, tmp_path):
    """Return the result file of each scenario, and of a run that was not taken to its end."""
    if request.param != STOPPED:
        return result_file(*SCENARIOS[request.param])
    simulation = sn.Simulation("classroom-12")
    simulation.step(7)
    simulation.result().save(tmp_path / "stopped.h5")
    return tmp_path / "stopped.h5"


@pytest.mark.parametrize("engine", ENGINES)
def test_the_dataset_of_a_result_is_the_one_that_xarray_opens(path, engine):
    shown = sn.open_result(path).dataset
    with xr.open_dataset(path, engine=engine) as opened:
        assert shown.identical(opened.load())
        assert list(shown.attrs) == list(opened.attrs)
        assert set(shown.coords) == set(opened.coords)
        for name, variable in opened.variables.items():
            assert shown.variables[name].dtype == variable.dtype, name
            assert list(shown.variables[name].attrs) == list(variable.attrs), name
            for key, value in variable.attrs.items():
                assert type(shown.variables[name].attrs[key]) is type(value), (name, key)


def test_both_engines_of_xarray_see_the_same(path):
    with xr.open_dataset(path, engine=ENGINES[0]) as first, xr.open_dataset(path, engine=ENGINES[1]) as second:
        assert first.identical(second)
        assert {name: v.dtype for name, v in first.variables.items()} == {
            name: v.dtype for name, v in second.variables.items()
        }


def test_every_variable_reads_through_the_c_library_of_netcdf(path):
    """Read as the library does that R's ncdf4, stars and terra read with."""
    shown = sn.open_result(path).dataset
    with netCDF4.Dataset(path) as file:
        assert set(file.variables) == set(map(str, shown.variables))
        # To netCDF, what has the length 0 could grow.
        assert all(not dim.isunlimited() or dim.size == 0 for dim in file.dimensions.values())
        for name, variable in file.variables.items():
            variable.set_auto_maskandscale(False)
            assert variable.dimensions == shown[name].dims, name
            if np.issubdtype(shown[name].dtype, np.datetime64):
                assert variable.units.startswith("days since "), name
            else:
                np.testing.assert_array_equal(np.asarray(variable[...]), shown[name].values, err_msg=name)


def test_every_dataset_reads_through_the_c_library_of_hdf5(path):
    """Read as the library does that R's hdf5r and rhdf5, Julia and Matlab read with."""
    shown = sn.open_result(path).dataset
    with h5py.File(path) as file:
        for name in map(str, shown.variables):
            values = file[name].asstr()[...] if file[name].dtype.kind == "O" else file[name][...]
            assert values.shape == shown[name].shape, name
            assert [scale[0].name for scale in file[name].dims if len(scale)] == [
                f"/{dim}" for dim in shown[name].dims if name != dim
            ], name
            if not np.issubdtype(shown[name].dtype, np.datetime64):
                np.testing.assert_array_equal(values, shown[name].values, err_msg=name)


def test_a_result_that_was_read_is_written_to_the_same_bytes(path, tmp_path):
    sn.open_result(path).save(tmp_path / "new folder" / "again.h5")
    assert (tmp_path / "new folder" / "again.h5").read_bytes() == path.read_bytes()


def test_a_file_of_netcdf_writes_back_what_xarray_read(path, tmp_path):
    """Do what users do next: take a part, write it, read it again."""
    shown = sn.open_result(path).dataset
    shown.isel(step=slice(0, 2)).to_netcdf(tmp_path / "part.nc", engine="h5netcdf")
    with xr.open_dataset(tmp_path / "part.nc", engine="h5netcdf") as part:
        assert part.sizes["step"] == 2
        assert part.framework.values.tolist() == shown.framework.values.tolist()


def test_changing_the_dataset_does_not_change_what_is_saved(result_file, tmp_path):
    result = sn.open_result(result_file("classroom-12"))
    result.dataset["real_income"][:] = 0.0
    result.save(tmp_path / "run.h5")
    assert (tmp_path / "run.h5").read_bytes() == result_file("classroom-12").read_bytes()


def test_yes_and_no_are_truth_values(result_file, tmp_path):
    path = tmp_path / "flags.h5"
    path.write_bytes(result_file("classroom-12").read_bytes())
    with h5py.File(path, "r+") as file:
        attributes = file["in_force"].attrs
        for name in ("flag_values", "flag_meanings"):
            if name in attributes:
                del attributes[name]
        attributes["dtype"] = np.bytes_("bool")
    shown = sn.open_result(path)["in_force"]
    assert shown.dtype == bool
    with xr.open_dataset(path, engine="h5netcdf") as opened:
        assert shown.identical(opened["in_force"])


def test_what_is_no_result_is_refused_with_its_name(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("not HDF5", encoding="utf-8")
    with pytest.raises(sn.DataError, match=r"notes\.txt"):
        sn.open_result(text)
    with pytest.raises(sn.Error, match=r"missing\.h5"):
        sn.open_result(tmp_path / "missing.h5")
    other = tmp_path / "other.h5"
    with h5py.File(other, "w") as file:
        file.attrs["file_type"] = "holiday pictures"
    with pytest.raises(sn.DataError, match=r"other\.h5"):
        sn.open_result(other)


def test_saving_where_nothing_can_be_written_is_a_file_error(result_file):
    result = sn.open_result(result_file("classroom-12"))
    with pytest.raises(sn.FileError):
        result.save("/proc/nowhere/run.h5")
    with pytest.raises(OSError, match="folder"):
        result.save(str(result_file("classroom-12").parent))
