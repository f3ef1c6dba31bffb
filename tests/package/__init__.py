"""Tests of the Python package; a package themselves, so that their files may bear the names of others below tests/."""
