"""Objects of the core hold what their methods take for granted: each comes from its maker and keeps its class."""

import copy
import copyreg
import inspect
import pickle
import subprocess
import sys

import numpy as np
import pytest

import splinternet as sn
from splinternet import _core


def classes_of(module):
    """All classes of a module and its submodules but errors."""
    for held in vars(module).values():
        if inspect.ismodule(held):
            yield from classes_of(held)
        elif inspect.isclass(held) and not issubclass(held, BaseException):
            yield held


CLASSES = list(classes_of(_core))


def objects():
    """One object of each class that can be had without a rule being asked."""
    loaded = sn.load("classroom-12")._loaded
    run = _core.SteppedRun(loaded, None, 1, False)
    done = _core.run(loaded, None, 1, "", None)
    game = _core.coalition.Game([2, 2], np.zeros((4, 2)))
    gravity = _core.trade.Gravity(np.ones((2, 2)), np.ones(2), np.ones(2), 4.0, "cost", 0, ["a", "b"])
    land = _core.coalition.Landscape(np.ones(2), np.zeros((2, 2)), 2)
    term = _core.CustomTerm("t", "pp", "0" * 64, len, None, 0)
    rule = _core.CustomFirmRule("r", "pp", "0" * 64, len, 0)
    return [loaded, run, run.world(), done, done.dataset, game, gravity, land, term, rule, _core.Extensions()]


def test_the_core_has_classes():
    assert len(CLASSES) > 12


@pytest.mark.parametrize("kind", CLASSES)
def test_no_object_is_made_but_by_its_class(kind):
    for make in (
        lambda: kind.__new__(kind),
        lambda: kind.__base__.__new__(kind),
        lambda: object.__new__(kind),
        lambda: copyreg.__newobj__(kind),
        lambda: copyreg._reconstructor(kind, object, None),
    ):
        with pytest.raises(TypeError):
            make()
    with pytest.raises(TypeError, match="would make an object that holds nothing: call the class"):
        kind.__new__(kind)


@pytest.mark.parametrize("kind", CLASSES)
def test_classes_are_final_and_stay_as_they_are(kind):
    with pytest.raises(TypeError, match="is not an acceptable base type"):
        type("Sub", (kind,), {"__init__": lambda self: None})
    with pytest.raises(TypeError, match="immutable type"):
        kind.__new__ = object.__new__


def test_objects_do_not_change_their_class():
    made = objects()
    assert len({type(one) for one in made}) == len(made)
    for one in made:
        for kind in CLASSES:
            if kind is not type(one):
                with pytest.raises(TypeError, match="__class__ assignment"):
                    one.__class__ = kind


def test_objects_are_neither_copied_nor_pickled():
    for one in objects():
        for use in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match="cannot pickle"):
                use(one)


def test_what_stands_behind_a_function_is_not_made():
    code = "from splinternet import _core; kind = type(_core.run.__self__); kind.__new__(kind)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1][:10]) == (1, "TypeError:")
