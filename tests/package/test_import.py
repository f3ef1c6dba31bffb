"""The package as it is before anything is used."""

import subprocess
import sys

import pytest

import splinternet as sn


def test_importing_the_package_loads_no_library_for_tables_or_plots():
    code = "import sys, splinternet; print(*sorted({'xarray', 'pandas', 'matplotlib', 'h5netcdf'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


def test_every_public_name_can_be_had_and_is_documented():
    for name in dir(sn):
        assert getattr(sn, name) is not None, name
        if name != "__version__" and not name.startswith("_"):
            assert (getattr(sn, name).__doc__ or "").strip(), name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'no_such_thing'"):
        sn.no_such_thing  # noqa: B018 - the access is what is tested


def test_errors_are_what_python_users_catch():
    assert issubclass(sn.ScenarioError, ValueError)
    assert issubclass(sn.DataError, ValueError)
    assert issubclass(sn.FileError, OSError)
    assert issubclass(sn.SolverError, RuntimeError)
    assert all(issubclass(getattr(sn, name), sn.Error) for name in sn.__all__ if name.endswith("Error"))
