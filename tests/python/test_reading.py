"""Result files open as they are in xarray, h5py and the HDF5 tools."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import warnings
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr

ENGINES = ("h5netcdf", "netcdf4")
ATTRIBUTES = ("file_type", "format_version", "Conventions", "title", "source", "code_version", "code_commit",
              "scenario_name", "scenario", "seed", "seed_scheme", "digest_algorithm")


@pytest.fixture(scope="module", params=ENGINES)
def dataset(request: pytest.FixtureRequest, flagship: Path) -> xr.Dataset:
    """The flagship's file, loaded with each engine; a warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with xr.open_dataset(flagship, engine=request.param) as opened:
            return opened.load()


def test_every_dimension_is_named_and_the_main_ones_are_labelled(dataset: xr.Dataset) -> None:
    assert not [name for name in dataset.dims if str(name).startswith("phony")]
    assert dataset.real_income.dims == ("step", "country")
    assert dataset.membership.dims == ("step", "country", "framework")
    assert dataset.sizes["country"] == 198
    codes = [str(code) for code in dataset.country.values]
    assert len(set(codes)) == 198
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in codes)
    assert {"BRA", "USA", "CHN", "XKX", "TWN"} <= set(codes)
    assert [str(name) for name in dataset.framework.values] == ["clean_network", "gids"]


def test_every_variable_says_what_it_is_and_every_number_has_a_unit(dataset: xr.Dataset) -> None:
    for name, variable in dataset.variables.items():
        assert variable.attrs.get("long_name"), name
        is_time = np.issubdtype(variable.dtype, np.datetime64)
        if variable.dtype.kind in "iuf":
            assert variable.attrs.get("units") or variable.encoding.get("units"), name
        else:
            assert is_time or variable.dtype.kind in "OUTb", (name, variable.dtype)


def test_time_is_decoded_and_steps_count_from_zero(dataset: xr.Dataset) -> None:
    assert dataset.time.dims == ("step",)
    assert np.issubdtype(dataset.time.dtype, np.datetime64)
    assert np.datetime_as_string(dataset.time.values[[0, 1, -1]], "D").tolist() == ["2020-08-01", "2020-09-01",
                                                                                  "2030-08-01"]
    np.testing.assert_array_equal(dataset.step.values, np.arange(121))


def test_flags_have_as_many_meanings_as_values_and_only_those_values(dataset: xr.Dataset) -> None:
    flagged = [name for name, variable in dataset.variables.items() if "flag_values" in variable.attrs]
    assert {"membership", "act_kind"} <= set(flagged)
    for name in flagged:
        values = np.atleast_1d(dataset[name].attrs["flag_values"])
        assert len(dataset[name].attrs["flag_meanings"].split()) == len(values), name
        assert set(np.unique(dataset[name].values)) <= set(values), name


def test_yes_and_no_are_two_values(dataset: xr.Dataset) -> None:
    in_force = dataset.in_force
    if in_force.dtype != bool:
        assert in_force.attrs["flag_meanings"].split() == ["no", "yes"]
    assert set(np.unique(in_force.values).astype(int)) == {0, 1}


def test_a_country_is_selected_by_its_code(dataset: xr.Dataset, flagship: Path) -> None:
    series = dataset.real_income.sel(country="BRA")
    assert series.dims == ("step",)
    assert str(dataset.country_name.sel(country="BRA").values) == "Brazil"
    with h5py.File(flagship) as file:
        row = [code.decode() for code in file["country"][:]].index("BRA")
        np.testing.assert_array_equal(series.values, file["real_income"][:, row])


def test_h5py_reads_the_same_values(dataset: xr.Dataset, flagship: Path) -> None:
    compared = 0
    with h5py.File(flagship) as file:
        for name, variable in dataset.variables.items():
            if variable.dtype.kind in "iufb":
                np.testing.assert_array_equal(variable.values, file[name][...], err_msg=str(name))
            elif not np.issubdtype(variable.dtype, np.datetime64):
                raw = [text.decode() for text in np.ravel(file[name][...])]
                assert [str(text) for text in np.ravel(variable.values)] == raw, name
            else:
                continue
            compared += 1
        only_dimension = {name for name in file if name not in dataset.variables}
        assert all(b"not a netCDF variable" in np.bytes_(file[name].attrs["NAME"]) for name in only_dimension)
    assert compared > 60


def test_results_are_finite_and_say_so_where_they_are_not(dataset: xr.Dataset) -> None:
    for name in ("splinternet_index", "real_income", "member_count", "transit_share", "polarization"):
        assert np.isfinite(dataset[name].values).all(), name
    assert dataset.splinternet_index.values[-1] > dataset.splinternet_index.values[0]


def test_the_file_tells_how_it_was_made(dataset: xr.Dataset) -> None:
    for name in ATTRIBUTES:
        assert str(dataset.attrs.get(name, "")), name
    assert dataset.attrs["file_type"] == "splinternet run"
    assert dataset.attrs["seed"] == "1"
    scenario = tomllib.loads(dataset.attrs["scenario"])
    assert scenario["run"]["seed"] == 1
    assert scenario["framework"]["gids"]["sponsors"] == ["CHN"]


def test_digests_tell_the_steps_apart(dataset: xr.Dataset) -> None:
    assert dataset.state_digest.dtype == np.uint64
    assert len(np.unique(dataset.state_digest.values)) == dataset.sizes["step"]


def test_h5dump_reads_the_header(flagship: Path) -> None:
    done = subprocess.run(["h5dump", "-H", flagship], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert 'DATASET "real_income"' in done.stdout


@pytest.mark.parametrize("order", [("h5py", "netCDF4"), ("netCDF4", "h5py")])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_order_of_imports_does_not_matter(flagship: Path, order: tuple[str, str], engine: str) -> None:
    code = (f"import {order[0]}, {order[1]}, xarray, sys\n"
            f"with h5py.File(sys.argv[1]) as file: first = file['splinternet_index'][-1]\n"
            f"with netCDF4.Dataset(sys.argv[1]) as file: second = file['splinternet_index'][-1]\n"
            f"with xarray.open_dataset(sys.argv[1], engine='{engine}') as data:\n"
            f"    third = data.splinternet_index.values[-1]\n"
            f"assert first == second == third > 0\n")
    done = subprocess.run([sys.executable, "-W", "error", "-c", code, str(flagship)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
