# The newcomer's door. Each target installs what it needs first; `make run` and `make test` are all you need.
#   make run      build, run the flagship scenario on real data, draw its picture   -> out/clean-network-2020.h5, .png
#   make test     all tests
#   make gallery  all models of the gallery, a picture of each -> out/gallery
#   make bench    timings, others' too     make docs     documents made from tables     make clean   remove what was built
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON  ?= python3
BUILD   := build/release
PROGRAM := $(BUILD)/splinternet
VENV    := .venv
BENCH_VENV := .venv-bench
# A compiler takes up to 2 GB: as many jobs as cores and memory allow.
JOBS    ?= $(shell awk -v cores=$$(nproc 2>/dev/null || echo 2) '/MemTotal/ {m = int($$2 / 2000000)} \
             END {j = (m > 0 && m < cores) ? m : cores; print j}' /proc/meminfo 2>/dev/null || echo 2)

.PHONY: help run gallery test test-quick test-sanitizers bench docs clean deps deps-test program tests venv \
        coverage mutants bits wasm format

help:
	@sed -n '2,5p' Makefile | sed 's/^# //'

# ---- what is needed ----
deps:
	@deps/install.sh deps/apt.txt

deps-test: deps
	@deps/install.sh deps/apt-test.txt

venv: $(VENV)/.stamp
$(VENV)/.stamp: requirements.lock
	@deps/venv.sh "$(PYTHON)" "$(VENV)" requirements.lock

$(BENCH_VENV)/.stamp: requirements-bench.lock
	@deps/venv.sh "$(PYTHON)" "$(BENCH_VENV)" requirements-bench.lock

# ---- the program ----
$(BUILD)/build.ninja: CMakeLists.txt CMakePresets.json
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

# ---- tests ----
tests: deps-test
	cmake --preset release -DSPLINTERNET_TESTS=ON
	cmake --build --preset release --parallel $(JOBS)

test: tests venv
	ctest --preset release --parallel $(JOBS)
	$(VENV)/bin/python cmake/check_layers.py
	$(VENV)/bin/python cmake/list_untested.py
	$(VENV)/bin/python -m pytest -q tests
	$(VENV)/bin/python tests/bits/run.py
	$(VENV)/bin/python tests/wasm/check.py
	$(VENV)/bin/python tests/install/run.py
	$(VENV)/bin/python tests/mutants/run.py

test-sanitizers: deps-test
	for preset in asan tsan; do \
	  cmake --preset $$preset && cmake --build --preset $$preset --parallel $(JOBS) && ctest --preset $$preset || exit 1; \
	done

coverage: deps-test venv
	$(VENV)/bin/python tests/coverage/run.py --jobs $(JOBS)

bench: deps-test $(BENCH_VENV)/.stamp
	cmake --preset release -DSPLINTERNET_BENCH=ON
	cmake --build --preset release --parallel $(JOBS) --target splinternet_bench
	$(BENCH_VENV)/bin/python tests/bench/peers/run.py $(BUILD)/splinternet_bench -o out/bench

# ---- documents ----
docs: program
	docs/generate.sh $(PROGRAM)

clean:
	rm -rf build out $(VENV) $(BENCH_VENV)
