"""cmake/check_layers.py finds each kind of breach, and nothing in the tree as it is."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "cmake" / "check_layers.py"

spec = importlib.util.spec_from_file_location("check_layers", SCRIPT)
check_layers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check_layers)


@pytest.fixture(scope="module")
def copied_tree(tmp_path_factory):
    root = tmp_path_factory.mktemp("tree")
    for folder in ("sim", "python/bindings"):
        if (ROOT / folder).exists():
            shutil.copytree(ROOT / folder, root / folder)
    return root


@pytest.fixture
def plant(copied_tree):
    """Writes a new file into the copy and gives the messages about it; the file goes again."""
    planted = []

    def write(path, text):
        file = copied_tree / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        planted.append(file)
        return [f"{path}:{line}: {what}" for line, what in check_layers.check_file(copied_tree, path)]

    yield write
    for file in planted:
        file.unlink()


def test_the_tree_is_clean():
    assert check_layers.check_tree(ROOT) == []


# ---- who includes whom ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path, header", [
    ("sim/core/planted.cpp", "sim/trade/solver.hpp"),
    ("sim/core/planted.hpp", "sim/scenario/scenario.hpp"),
    ("sim/trade/planted.cpp", "sim/graph/network.hpp"),
    ("sim/graph/planted.cpp", "sim/metrics/blocs.hpp"),
    ("sim/metrics/planted.cpp", "sim/coalition/power.hpp"),
    ("sim/coalition/planted.cpp", "sim/model/world.hpp"),
    ("sim/scenario/planted.cpp", "sim/model/world.hpp"),
    ("sim/model/planted.cpp", "sim/engine/simulation.hpp"),
    ("sim/model/payoffs/planted.cpp", "sim/engine/simulation.hpp"),
    ("sim/engine/planted.cpp", "sim/io/text/csv.hpp"),
    ("sim/io/text/planted.cpp", "sim/io/hdf5/run_file.hpp"),
    ("sim/io/hdf5/planted.cpp", "sim/io/text/csv.hpp"),
    ("sim/io/text/planted.cpp", "sim/study/run.hpp"),
    ("sim/study/planted.cpp", "sim/app/run_command.hpp"),
    ("sim/app/planted.cpp", "python/bindings/simulation/world.hpp"),
])
def test_an_include_to_the_right_is_found(plant, path, header):
    (message,) = plant(path, f'#include <vector>\n\n#include "{header}"\n')
    assert message.startswith(f'{path}:3: includes "{header}" of ')


@pytest.mark.parametrize("path, header", [
    ("sim/core/planted.cpp", "sim/core/check.hpp"),
    ("sim/trade/planted.cpp", "sim/core/dense.hpp"),
    ("sim/scenario/planted.cpp", "sim/trade/solver.hpp"),
    ("sim/model/payoffs/planted.cpp", "sim/metrics/blocs.hpp"),
    ("sim/io/hdf5/planted.cpp", "sim/engine/outputs.hpp"),
    ("sim/study/planted.cpp", "sim/io/hdf5/run_file.hpp"),
    ("sim/app/planted.cpp", "sim/study/run.hpp"),
    ("python/bindings/planted.cpp", "sim/app/run_command.hpp"),
])
def test_an_include_to_the_left_is_allowed(plant, path, header):
    assert plant(path, f'#include "{header}"\n') == []


@pytest.mark.parametrize("header, what", [
    ("solver.hpp", "write the path from the root"),
    ("../core/check.hpp", "write the path from the root"),
    ("tests/support/builders.hpp", "write the path from the root"),
    ("sim/attic/old.hpp", "lies in no room"),
])
def test_an_include_that_names_no_room_is_found(plant, header, what):
    (message,) = plant("sim/trade/planted.cpp", f'#include "{header}"\n')
    assert message.startswith("sim/trade/planted.cpp:1: ") and what in message


def test_a_file_outside_the_rooms_is_found(plant):
    assert plant("sim/attic/planted.cpp", "int x;\n") == [
        "sim/attic/planted.cpp:1: lies in no room: cmake/check_layers.py names them"]


# ---- other libraries ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path, header, what", [
    ("sim/trade/planted.cpp", "regex", "five seconds"),
    ("sim/study/planted.cpp", "regex", "five seconds"),
    ("sim/model/planted.cpp", "random", "sim/core/rng.hpp"),
    ("sim/model/planted.cpp", "thread", "threads belong to"),
    ("sim/core/planted.cpp", "atomic", "threads belong to"),
    ("sim/io/text/planted.cpp", "mutex", "threads belong to"),
    ("sim/graph/planted.cpp", "boost/graph/adjacency_list.hpp", "Boost may appear only in sim/graph/bgl.cpp"),
    ("sim/core/planted.cpp", "oneapi/tbb/parallel_for.h", "oneTBB may appear only in sim/core/parallel_tbb.cpp"),
    ("sim/engine/planted.cpp", "tbb/task_arena.h", "oneTBB may appear only in sim/core/parallel_tbb.cpp"),
    ("sim/engine/planted.cpp", "hdf5.h", "HDF5 may appear only in sim/io/hdf5/"),
    ("sim/study/planted.cpp", "H5Cpp.h", "HDF5 may appear only in sim/io/hdf5/"),
    ("sim/scenario/planted.cpp", "toml++/toml.h", "toml++ may appear only in sim/io/text/"),
    ("sim/study/planted.cpp", "CLI/CLI.hpp", "CLI11 may appear only in sim/app/"),
    ("sim/model/planted.cpp", "fmt/format.h", "fmt may appear only in"),
    ("sim/study/planted.cpp", "pybind11/pybind11.h", "pybind11 may appear only in python/bindings/"),
    ("sim/metrics/planted.cpp", "Eigen/Dense", "not one of the project's libraries"),
    ("sim/model/planted.cpp", "unistd.h", "not one of the project's libraries, or not in their place"),
])
def test_a_library_out_of_its_place_is_found(plant, path, header, what):
    (message,) = plant(path, f"// first line\n#include <{header}>\n")
    assert message.startswith(f"{path}:2: includes <{header}>") and what in message


@pytest.mark.parametrize("path, header", [
    ("sim/graph/planted.hpp", "boost/graph/adjacency_list.hpp"),
    ("sim/io/hdf5/planted.hpp", "hdf5.h"),
    ("sim/io/text/planted.hpp", "toml++/toml.h"),
    ("sim/io/text/planted.hpp", "fmt/format.h"),
    ("sim/app/planted.hpp", "CLI/CLI.hpp"),
    ("sim/core/planted.hpp", "oneapi/tbb/task_arena.h"),
])
def test_a_library_in_a_header_is_found(plant, path, header):
    (message,) = plant(path, f"#pragma once\n#include <{header}>\n")
    assert message.startswith(f"{path}:2: includes <{header}>: no header may show ")


@pytest.mark.parametrize("path, header", [
    ("sim/io/hdf5/planted.cpp", "hdf5.h"),
    ("sim/io/hdf5/planted.cpp", "mutex"),
    ("sim/io/hdf5/planted.cpp", "unistd.h"),
    ("sim/io/text/planted.cpp", "toml++/toml.h"),
    ("sim/app/planted.cpp", "CLI/CLI.hpp"),
    ("sim/study/planted.cpp", "fmt/format.h"),
    ("sim/study/planted.cpp", "thread"),
    ("sim/trade/planted.cpp", "unordered_map"),
    ("sim/trade/planted.cpp", "cmath"),
    ("python/bindings/planted.cpp", "pybind11/pybind11.h"),
    ("python/bindings/planted.hpp", "pybind11/pybind11.h"),
])
def test_a_library_in_its_place_is_allowed(plant, path, header):
    assert plant(path, f"#include <{header}>\n") == []


# ---- what depends on the machine ------------------------------------------------------------------------------------
@pytest.mark.parametrize("line, what", [
    ("long double x = 1;", "long double: its width"),
    ("double x = std::reduce(a.begin(), a.end());", "std::reduce: the order of its additions is open"),
    ("double x = std::transform_reduce(a.begin(), a.end(), 0.0, f, g);", "std::transform_reduce: the order"),
    ("double x = tbb::parallel_reduce(range, 0.0, f, g);", "parallel_reduce: the order of its additions is open"),
    ("double x = parallel_deterministic_reduce(range, f);", "parallel_deterministic_reduce: the order"),
    ("std::normal_distribution<double> normal;", "std::normal_distribution: it differs between vendors"),
    ("std::mt19937_64 engine(1);", "std::mt19937_64: draw with sim/core/rng.hpp"),
    ("std::shuffle(a.begin(), a.end(), engine);", "std::shuffle: it differs between vendors"),
    ("#pragma omp parallel for", "#pragma omp: loops run through"),
    ("double x = std::exp(1.0);", "exp of libm"),
    ("double x = std::pow (2.0, y);", "pow of libm"),
    ("double x = ::log(2.0);", "log of libm"),
    ("double x = 1.0 + sin(y);", "sin of libm"),
    ("double x = std::hypot(y, z);", "hypot of libm"),
])
def test_a_word_whose_result_depends_on_the_machine_is_found(plant, line, what):
    (message,) = plant("sim/trade/planted.cpp", f"#include <vector>\n\nnamespace splinternet {{\n{line}\n}}\n")
    assert message.startswith(f"sim/trade/planted.cpp:4: {what}")


@pytest.mark.parametrize("line", [
    "double x = math::exp(1.0) + splinternet::math::log(2.0);",
    "double x = std::sqrt(2.0) + std::fabs(y);",
    "// std::exp(x) would differ, as would long double",
    "/* std::reduce(\n tbb::parallel_reduce( */",
    'const char* text = "std::pow(x) in long double";',
    "double x = table.log(3) + model->exp(2) + my_exp(1);",
    "double large = 1'000'000.0; char quote = '\"';",
    "  // #include \"sim/model/world.hpp\"",
])
def test_harmless_lines_pass(plant, line):
    assert plant("sim/trade/planted.cpp", line + "\n") == []


def test_own_functions_in_core_math_may_bear_the_names_of_libm(plant):
    assert plant("sim/core/math.planted.cpp", "double exp(double x) { return log(x); }\n") == []


@pytest.mark.parametrize("text, line", [
    ("std::unordered_map<int, std::vector<int>> table;\nfor (const auto& [key, value] : table) use(key);\n", 2),
    ("void f(const std::unordered_set<int>& names) {\n\n  for (int n : names) use(n);\n}\n", 3),
    ("using Index = std::unordered_map<int, int>;\nIndex index;\nfor (auto& entry : index) use(entry);\n", 3),
    ("std::unordered_multimap<int, int> pairs;\nauto it = pairs.begin();\n", 2),
    ("struct A { std::unordered_map<int, int> rows_; };\nvoid g(A& a) { for (auto& row : a.rows_) use(row); }\n", 2),
])
def test_a_walk_through_an_unordered_container_is_found(plant, text, line):
    (message,) = plant("sim/model/planted.cpp", text)
    assert message.startswith(f"sim/model/planted.cpp:{line}: walks through ")


def test_a_walk_through_a_member_declared_in_the_header_is_found(plant):
    plant("sim/model/planted.hpp", "class A {\n  std::unordered_map<int, int> rows_;\n};\n")
    (message,) = plant("sim/model/planted.cpp", "void A::f() {\n  for (auto& row : rows_) use(row);\n}\n")
    assert message.startswith("sim/model/planted.cpp:2: walks through rows_")


def test_lookups_and_walks_through_ordered_containers_pass(plant):
    assert plant("sim/model/planted.cpp",
                 "std::unordered_map<int, int> table;\nstd::map<int, int> rows;\n"
                 "auto found = table.find(3);\nbool missing = found == table.end();\n"
                 "for (auto& row : rows) use(row);\nfor (int n = 0; n < 3; ++n) use(n);\n") == []


# ---- the program ----------------------------------------------------------------------------------------------------
def test_the_program_ends_with_one_and_prints_the_place(plant, copied_tree, tmp_path):
    plant("sim/core/planted.cpp", '#include "sim/model/world.hpp"\n')
    result = subprocess.run([sys.executable, SCRIPT, copied_tree], capture_output=True, text=True, cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        'sim/core/planted.cpp:1: includes "sim/model/world.hpp" of model, but core may use no other room']


def test_the_program_finds_its_tree_from_any_folder(tmp_path):
    result = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, "")


def test_a_tree_without_sources_is_an_error(tmp_path):
    result = subprocess.run([sys.executable, SCRIPT, tmp_path], capture_output=True, text=True)
    assert result.returncode == 1
    assert "no C++ sources" in result.stdout
