"""What the digest of a rule tells apart, and what it does not."""

import importlib.util
import math
import subprocess
import sys
import threading

import numba
import numpy as np
import pandas as pd
import pytest
import xarray as xr

from splinternet import ScenarioError
from splinternet._rule_digest import digest_of

SCALE = 2.0


def scaled(value):
    return SCALE * value


def module_of(text, path):
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def digest_of_text(text, tmp_path):
    """Digest of `rule` of a module with this text."""
    name = f"rules{len(list(tmp_path.iterdir()))}.py"
    return digest_of(module_of(text, tmp_path / name).rule, "payoff rule")


def enclosing(value):
    def rule(world, options):
        return value

    return rule


def digest(value):
    return digest_of(enclosing(value), "payoff rule")


def test_blank_lines_indentation_and_decorators_do_not_count(tmp_path):
    plain = "def rule(world, options):\n    x = 1\n    return x\n"
    spaced = "def rule(world, options):   \n\n    x = 1\n\n\n    return x\n"
    decorated = f"def same(f):\n    return f\n\n\n@same\n{plain}"
    inside = f"def outer():\n    {plain.replace(chr(10), chr(10) + '    ')}\n    return rule\n\nrule = outer()\n"
    expected = digest_of_text(plain, tmp_path)
    for text in (spaced, decorated, inside):
        assert digest_of_text(text, tmp_path) == expected, text


@pytest.mark.parametrize(
    "other",
    [
        "def rule(world, options):\n    return K * 3\n",
        "def rule(world, options, x=1):\n    return K * 2\n",
        "def rule(world, options, *, x=1):\n    return K * 2\n",
    ],
)
def test_other_text_is_another_rule(other, tmp_path):
    head = "K = 1\n\n"
    assert digest_of_text(head + other, tmp_path) != digest_of_text(
        head + "def rule(world, options):\n    return K * 2\n", tmp_path
    )


def test_globals_that_it_names_count_and_others_do_not(tmp_path):
    text = "K = {}\nOTHER = {}\n\ndef rule(world, options):\n    return [K for _ in world.OTHER]\n"
    expected = digest_of_text(text.format(1, 1), tmp_path)
    assert digest_of_text(text.format(2, 1), tmp_path) != expected
    assert digest_of_text(text.format(1, 2), tmp_path) == expected


def test_functions_and_classes_of_the_user_count_by_their_text(tmp_path):
    text = "{}\n\ndef rule(world, options):\n    return helper(options)\n"
    texts = [
        "def helper(x):\n    return x",
        "def helper(x):\n    return 2 * x",
        "def helper(x):\n    return helper(x)",
        "class helper:\n    pass",
        "class helper:\n    x = 1",
    ]
    digests = [digest_of_text(text.format(helper), tmp_path) for helper in texts]
    assert len(set(digests)) == len(texts)


def test_modules_of_the_user_count_by_their_text(tmp_path):
    digests = []
    for text in ("def f(x):\n    return x\n", "def f(x):\n    return -x\n"):
        module_of(text, tmp_path / "helping.py")
        rules = "import helping\n\ndef rule(world, options):\n    return helping.f(options)\n"
        import linecache  # noqa: PLC0415 - two files of one name

        linecache.clearcache()
        digests.append(digest_of_text(rules, tmp_path))
    assert digests[0] != digests[1]


def test_values_count():
    arrays = [np.arange(3), np.arange(3.0), np.arange(3.0).reshape(3, 1), np.array([0.0, 1.0, 2.5])]
    frame = pd.DataFrame({"a": [1.0, 2.0]}, index=["x", "y"])
    tables = [
        frame,
        frame.rename(index={"x": "z"}),
        frame.rename(columns={"a": "b"}),
        frame * 2,
        frame["a"],
        xr.DataArray([1.0, 2.0], dims="c", coords={"c": ["x", "y"]}),
        xr.DataArray([1.0, 2.0], dims="c", coords={"c": ["x", "z"]}),
    ]
    plain = [None, True, 1, 1.0, "1", b"1", 1j, (1, 2), [1, 2], (1, (2,)), {"a": 1}, {"a": 2}, {1, 2}, {1, 3}]
    objects = [
        np.array(["a", 1], dtype=object),
        math.pi,
        np.float32(1),
        math,
        math.exp,
        len,
        np.exp,
        np.ndarray,
        scaled,
        digest_of,
    ]
    values = [*arrays, *tables, *plain, *objects, range(3), range(4)]
    digests = [digest(value) for value in values]
    assert len(set(digests)) == len(values)
    assert digests == [digest(value) for value in values]
    assert digest(np.asfortranarray(np.ones((3, 4)))) == digest(np.ones((3, 4)))


def test_what_no_file_could_tell_is_refused():
    with pytest.raises(ScenarioError, match=r"payoff rule: it uses value, a lock that no file could tell"):
        digest(threading.Lock())


def test_functions_of_a_session_count_by_their_text():
    def first(x):
        return x

    def second(x):
        return -x

    for function in (first, second):
        function.__module__ = "__main__"
    assert digest(first) != digest(second)


def test_objects_that_are_called_count_by_what_they_do_and_hold():
    class Rule:
        def __init__(self, scale):
            self.scale = scale

        def __call__(self, world, options):
            return self.scale

    class Slots:
        __slots__ = ()

        def __call__(self, world, options):
            return 1

    assert digest_of(Rule(1), "rule") != digest_of(Rule(2), "rule")
    assert digest_of(Rule(1), "rule") == digest_of(Rule(1), "rule")
    assert digest_of(Slots(), "rule") != digest_of(Rule(1), "rule")
    assert digest_of(np.add, "rule") != digest_of(np.subtract, "rule")


def test_a_cell_that_is_not_yet_filled_is_left_out():
    def outer():
        def rule(world, options):
            return later

        early = digest_of(rule, "rule")
        later = 1
        return early, digest_of(rule, "rule")

    early, late = outer()
    assert early != late


def test_a_lambda_counts_by_the_lines_on_which_it_stands():
    rules = [
        lambda world, options: 1,
        lambda world, options: 2,
    ]
    assert digest_of(rules[0], "rule") != digest_of(rules[1], "rule")


def test_a_lambda_whose_line_is_no_statement_counts_by_that_line(tmp_path):
    text = "rules = [lambda w, o: 4,\n         lambda w, o: {}]\nrule = rules[1]\n"
    assert digest_of_text(text.format(1), tmp_path) != digest_of_text(text.format(2), tmp_path)


def test_without_text_the_bytecode_counts():
    codes = ["lambda w, o: 1", "lambda w, o: 2", "lambda w, o: [x for x in w]", "lambda w, o: w in {'a', 'b', 'c'}"]
    here = [digest_of(eval(code), "rule") for code in codes]
    program = (
        f"from splinternet._rule_digest import digest_of\nprint(*[digest_of(eval(code), 'rule') for code in {codes!r}])"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert [run.split() for run in runs] == [here, here]
    assert len(set(here)) == len(codes)


def test_a_compiled_function_has_the_digest_of_its_text():
    assert digest_of(numba.njit(scaled), "rule") == digest_of(scaled, "rule")
