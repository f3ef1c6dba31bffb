# The newcomer's door. Each target installs what it needs first; `make run` and `make test` are all you need.
#   make run      build, run the flagship scenario on real data, draw its picture   -> out/clean-network-2020.h5, .png
#   make test     all tests
#   make gallery  all models of the gallery, a picture of each -> out/gallery
#   make package  the Python package, in .venv-test       make stubs    types of its compiled core
#   make docs     documents made from tables              make docs-python  pages of docs/ and the package's reference
#   make bench    timings, others' too                    make clean        remove what was built
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON  ?= python3
BUILD   := build/release
PROGRAM := $(BUILD)/splinternet
VENV    := .venv
TEST_VENV  := .venv-test
BENCH_VENV := .venv-bench
INSTALLED  := build/installed
# A compiler takes up to 2 GB: as many jobs as cores and memory allow.
JOBS    ?= $(shell awk -v cores=$$(nproc 2>/dev/null || echo 2) '/MemTotal/ {m = int($$2 / 2000000)} \
             END {j = (m > 0 && m < cores) ? m : cores; print j}' /proc/meminfo 2>/dev/null || echo 2)

.PHONY: help run gallery package stubs test test-package test-sanitizers bench docs docs-python clean deps deps-test \
        program tests venv coverage

help:
	@sed -n '2,7p' Makefile | sed 's/^# //'

# ---- what is needed ----
deps:
	@deps/install.sh deps/apt.txt

deps-test: deps
	@deps/install.sh deps/apt-test.txt

venv: $(VENV)/.stamp
$(VENV)/.stamp: deps/python-run.lock
	@deps/venv.sh "$(PYTHON)" "$(VENV)" $<

$(TEST_VENV)/.stamp: deps/python-test.lock
	@deps/venv.sh "$(PYTHON)" "$(TEST_VENV)" $<

$(BENCH_VENV)/.stamp: deps/python-bench.lock
	@deps/venv.sh "$(PYTHON)" "$(BENCH_VENV)" $<

# ---- the program ----
$(BUILD)/build.ninja:
	cmake --preset release -DSPLINTERNET_TESTS=OFF
program: deps $(BUILD)/build.ninja
	cmake --build --preset release --parallel $(JOBS) --target splinternet_program

run: program
	$(PROGRAM) run clean-network-2020 -o out/clean-network-2020.h5
	@$(MAKE) --no-print-directory venv
	$(VENV)/bin/python analysis/figures/overview.py out/clean-network-2020.h5 -o out/clean-network-2020.png
	@echo "Look at out/clean-network-2020.png; the data are in out/clean-network-2020.h5"

gallery: program venv
	$(VENV)/bin/python analysis/gallery/figures.py --all --program $(PROGRAM) -o out/gallery

# ---- the Python package: linked with the libraries of the release build, so that sim/ is compiled once ----
package: program $(TEST_VENV)/.stamp
	@cmake --install $(BUILD) --prefix $(INSTALLED) >/dev/null
	CMAKE_BUILD_PARALLEL_LEVEL=$(JOBS) $(TEST_VENV)/bin/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --no-build-isolation -C cmake.define.SPLINTERNET_INSTALLED="$(CURDIR)/$(INSTALLED)" .

stubs: package
	$(TEST_VENV)/bin/python python/tools/stubs.py

# ---- tests ----
tests: deps-test
	cmake --preset release -DSPLINTERNET_TESTS=ON
	cmake --build --preset release --parallel $(JOBS)

test: tests
	ctest --preset release --parallel $(JOBS)
	@$(MAKE) --no-print-directory test-package
	$(TEST_VENV)/bin/python tests/package/fuzz/run.py --jobs $(JOBS)
	$(TEST_VENV)/bin/python cmake/check_layers.py
	$(TEST_VENV)/bin/python cmake/list_untested.py
	$(TEST_VENV)/bin/python -m pytest -q tests --ignore=tests/package
	$(TEST_VENV)/bin/python tests/bits/run.py
	$(TEST_VENV)/bin/python tests/wasm/check.py
	$(TEST_VENV)/bin/python tests/install/run.py
	$(TEST_VENV)/bin/python tests/install/python.py --libraries $(INSTALLED)
	$(TEST_VENV)/bin/python tests/mutants/run.py

# The tests of the Python package, with its coverage, and the checks of its code.
test-package: package
	$(TEST_VENV)/bin/ruff check
	$(TEST_VENV)/bin/ruff format --check
	$(TEST_VENV)/bin/python python/tools/stubs.py --check
	$(TEST_VENV)/bin/mypy
	$(TEST_VENV)/bin/python -m pytest -q --doctest-modules --pyargs splinternet
	$(TEST_VENV)/bin/python -m pytest -q tests/package --cov --cov-report=term:skip-covered

test-sanitizers: deps-test
	for preset in asan tsan; do \
	  cmake --preset $$preset && cmake --build --preset $$preset --parallel $(JOBS) && ctest --preset $$preset || exit 1; \
	done

coverage: deps-test
	$(PYTHON) tests/coverage/run.py --jobs $(JOBS)

bench: deps-test package $(BENCH_VENV)/.stamp
	cmake --preset release -DSPLINTERNET_BENCH=ON
	cmake --build --preset release --parallel $(JOBS) --target splinternet_bench
	$(BENCH_VENV)/bin/python tests/bench/peers/run.py $(BUILD)/splinternet_bench -o out/bench
	$(TEST_VENV)/bin/python tests/bench/python_import.py
	$(TEST_VENV)/bin/python tests/bench/python_stepping.py

# ---- documents ----
docs: program
	docs/generate.sh $(PROGRAM)

docs-python: package
	$(TEST_VENV)/bin/python docs/python/build.py -o out/docs
	@echo "Look at out/docs/index.html"

clean:
	rm -rf build out $(VENV) $(TEST_VENV) $(BENCH_VENV)
