#!/usr/bin/env python3
"""Checks the rules that the compiler cannot: which room may include which, where a library may appear, and what would
make results depend on a machine. Prints `file:line: what, why` for each breach and ends with 1 if there is one.

Usage: check_layers.py [root of the repository]
"""

import re
import sys
from pathlib import Path

# ---- the rooms, and what each may include besides itself ------------------------------------------------------------
KERNELS = ["core", "graph", "trade", "metrics", "coalition"]
MAY_USE = {
    "core": [],
    "graph": ["core"],
    "trade": ["core"],
    "metrics": ["core"],
    "coalition": ["core"],
    "scenario": KERNELS,
    "model": KERNELS + ["scenario"],
    "engine": KERNELS + ["scenario", "model"],
    "io/text": KERNELS + ["scenario", "model", "engine"],
    "io/hdf5": KERNELS + ["scenario", "model", "engine"],
    "study": KERNELS + ["scenario", "model", "engine", "io/text", "io/hdf5"],
    "app": KERNELS + ["scenario", "model", "engine", "io/text", "io/hdf5", "study"],
    "python/bindings": KERNELS + ["scenario", "model", "engine", "io/text", "io/hdf5", "study", "app"],
}

# ---- headers of other libraries: (what the name starts with, library, where it may be included) ----------------------
LIBRARIES = [
    ("boost/", "Boost", ["sim/graph/bgl.cpp", "sim/graph/bgl_"]),
    ("oneapi/", "oneTBB", ["sim/core/parallel_tbb.cpp"]),
    ("tbb/", "oneTBB", ["sim/core/parallel_tbb.cpp"]),
    ("hdf5", "HDF5", ["sim/io/hdf5/"]),
    ("H5", "HDF5", ["sim/io/hdf5/"]),
    ("toml", "toml++", ["sim/io/text/"]),
    ("CLI/", "CLI11", ["sim/app/"]),
    ("fmt/", "fmt", ["sim/io/text/", "sim/study/", "sim/app/"]),
    ("pybind11/", "pybind11", ["python/bindings/"]),
]
HEADER_PLACES = ["python/bindings/"]  # a room without headers for others: its own share how arrays are passed
# Headers of the operating system, for files, processes and terminals.
SYSTEM_HEADER = re.compile(r"(sys/\w+|unistd|fcntl|signal|termios|dirent)\.h|sys/\w+")
SYSTEM_PLACES = ["sim/io/", "sim/study/", "sim/app/", "python/bindings/"]

THREAD_HEADERS = ["thread", "atomic", "mutex", "shared_mutex", "condition_variable", "future", "stop_token", "semaphore",
                  "latch", "barrier", "execution"]
THREAD_PLACES = ["sim/core/parallel", "sim/io/hdf5/", "sim/study/", "sim/app/", "python/bindings/"]

FORBIDDEN_HEADERS = {
    "regex": "it costs five seconds per file and differs between vendors",
    "random": "its distributions differ between vendors; draw with sim/core/rng.hpp",
}

# ---- words that make results depend on a machine: (pattern, why) -----------------------------------------------------
FORBIDDEN_WORDS = [
    (r"\blong\s+double\b", "its width differs between machines"),
    (r"\bstd::(transform_)?reduce\b", "the order of its additions is open; use parallel::sum or a plain loop"),
    (r"\bparallel_(deterministic_)?reduce\b", "the order of its additions is open; use parallel::sum"),
    (r"\bstd::\w+_distribution\b", "it differs between vendors; draw with sim/core/rng.hpp"),
    (r"\bstd::(mt19937(_64)?|random_device|default_random_engine|minstd_rand0?)\b", "draw with sim/core/rng.hpp"),
    (r"\bstd::(shuffle|sample)\b", "it differs between vendors; sort by keyed draws of sim/core/rng.hpp"),
    (r"#\s*pragma\s+omp\b", "loops run through sim/core/parallel.hpp"),
]
TRANSCENDENTAL = ("exp exp2 expm1 log log2 log10 log1p pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh "
                  "atanh erf erfc tgamma lgamma cbrt hypot fma").split()
LIBM_CALL = re.compile(r"(?:\bstd::|(?<![\w.>:])::|(?<![\w.>:]))(" + "|".join(TRANSCENDENTAL) + r")\s*\(")
LIBM_PLACES = ["sim/core/math."]

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
UNORDERED = re.compile(r"\bstd::unordered_(?:multi)?(?:map|set)\s*<")


def without_comments(text):
    """The text with comments and the insides of literals blanked, lines and columns kept."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|'
        r"(?<![\w])'(?:\\.|[^'\\\n])+'", re.S)
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def room_of(path):
    """The room of a file or of an included path, or None."""
    for room in MAY_USE:
        folder = room if room.startswith("python/") else "sim/" + room
        if path.startswith(folder + "/"):
            return room
    return None


def starts_with_one(path, places):
    return any(path.startswith(place) for place in places)


def check_own_include(path, header):
    """What is wrong with `#include "header"` in the file `path`, or None."""
    if not header.startswith(("sim/", "python/bindings/")):
        return f'includes "{header}": write the path from the root of the repository, "sim/..."'
    room, other = room_of(path), room_of(header)
    if other is None:
        return f'includes "{header}", which lies in no room'
    if other != room and other not in MAY_USE[room]:
        allowed = "only " + ", ".join(MAY_USE[room]) if MAY_USE[room] else "no other room"
        return f'includes "{header}" of {other}, but {room} may use {allowed}'
    return None


def check_library_include(path, header):
    """What is wrong with `#include <header>` in the file `path`, or None."""
    if header in FORBIDDEN_HEADERS:
        return f"includes <{header}>: {FORBIDDEN_HEADERS[header]}"
    if header in THREAD_HEADERS and not starts_with_one(path, THREAD_PLACES):
        return f"includes <{header}>: threads belong to {', '.join(THREAD_PLACES)}; use sim/core/parallel.hpp"
    if "/" not in header and "." not in header:
        return None  # of the standard library
    for start, library, places in LIBRARIES:
        if header.startswith(start):
            if path.endswith(".hpp") and not starts_with_one(path, HEADER_PLACES):
                return f"includes <{header}>: no header may show {library}; include it in a .cpp"
            if not starts_with_one(path, places):
                return f"includes <{header}>: {library} may appear only in {', '.join(places)}"
            return None
    if SYSTEM_HEADER.fullmatch(header) and starts_with_one(path, SYSTEM_PLACES):
        return None
    return f"includes <{header}>: not one of the project's libraries, or not in their place"


def unordered_names(code):
    """Names of variables, members and parameters that are unordered containers, also through a `using` alias."""
    types = [re.escape(alias) + r"\b" for alias in re.findall(r"\busing\s+(\w+)\s*=\s*std::unordered_\w+", code)]
    names = set()
    for found in UNORDERED.finditer(code):
        depth, at = 1, found.end()
        while depth > 0 and at < len(code):
            depth += {"<": 1, ">": -1}.get(code[at], 0)
            at += 1
        declared = re.match(r"[\s&*]*(\w+)", code[at:])
        if declared:
            names.add(declared.group(1))
    for alias in types:
        names.update(re.findall(r"\b" + alias + r"[\s&*]*(\w+)\s*[;,){=(]", code))
    return names - {"const"}


def unordered_loops(code, names):
    """Places in `code` where one of `names` is walked through."""
    for found in re.finditer(r"\bfor\s*\([^;{}]*?(?<!:):(?!:)\s*([^;{}]*?)\)", code):
        last = re.search(r"(\w+)\s*$", found.group(1))
        if last and last.group(1) in names:
            yield found.start(), last.group(1)
    for found in re.finditer(r"\b(\w+)\s*(?:\.|->)\s*c?begin\s*\(", code):
        if found.group(1) in names:
            yield found.start(), found.group(1)


def check_words(path, code):
    """(place, what) of every forbidden word in the code of a file."""
    for pattern, why in FORBIDDEN_WORDS:
        for found in re.finditer(pattern, code):
            yield found.start(), f"{found.group()}: {why}"
    if not starts_with_one(path, LIBM_PLACES):
        for found in LIBM_CALL.finditer(code):
            yield found.start(), f"{found.group(1)} of libm, whose bits differ between machines: use sim/core/math.hpp"


def check_file(root, path):
    """All breaches in one file as (line, what)."""
    text = (root / path).read_text(encoding="utf-8")
    code = without_comments(text)
    if room_of(path) is None:
        return [(1, "lies in no room: cmake/check_layers.py names them")]
    breaches = []
    code_lines = code.split("\n")
    for number, line in enumerate(text.split("\n"), start=1):
        include = INCLUDE.match(line)
        if include and "#" in code_lines[number - 1]:
            check = check_own_include if include.group(1) == '"' else check_library_include
            breaches.append((number, check(path, include.group(2))))
    places = list(check_words(path, code)) if path.startswith("sim/") else []
    names = unordered_names(code)
    header = (root / path).with_suffix(".hpp")
    if path.endswith(".cpp") and header.exists():
        names |= unordered_names(without_comments(header.read_text(encoding="utf-8")))
    places += [(at, f"walks through {name}, an unordered container: its order differs between vendors")
               for at, name in unordered_loops(code, names)]
    breaches += [(code.count("\n", 0, at) + 1, what) for at, what in places]
    return sorted((number, what) for number, what in breaches if what)


def check_tree(root):
    """Messages for all breaches below sim/ and python/bindings/."""
    root = Path(root)
    files = [file for folder in ("sim", "python/bindings") for file in (root / folder).rglob("*")
             if file.suffix in (".hpp", ".cpp", ".h", ".cc")]
    if not files:
        return [f"{root}: no C++ sources below sim/ or python/bindings/"]
    paths = sorted(file.relative_to(root).as_posix() for file in files)
    return [f"{path}:{line}: {what}" for path in paths for line, what in check_file(root, path)]


def main(arguments):
    root = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parent.parent
    messages = check_tree(root)
    for message in messages:
        print(message)
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
