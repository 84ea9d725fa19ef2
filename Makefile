# Every way to start, test and pack the application. `make help` tells what there is.
#
#   ARGS=...         what follows the command:    make run ARGS="--source twitch://NAME"
#   NO_APT=1         name missing system packages instead of installing them
#   PYTHON=...       the Python to make .venv with, 3.10 or newer (else one is looked for)
#   PYSIDE=6.8.0.2   test with this PySide6-Essentials (JetPack 6's), not the newest
#   TESTS=...        what pytest gets:            make test TESTS="tests/reading -x"

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: run setup setup-dev test coverage lint test-gpu soak bench package help
.NOTPARALLEL:

PYTHON ?=
PYSIDE ?=
ARGS ?=
TESTS ?= tests
export PYTHON PYSIDE NO_APT

PY := .venv/bin/python

run: setup ## start in the tray; with no display, read the demo chat into build/demo.wav
	@$(PY) -m ishowtts_desktop $(ARGS)

setup: ## install what `run` needs: system packages and .venv
	@packaging/system-packages run
	@packaging/make-venv base

setup-dev: ## install what `test` needs, too
	@packaging/system-packages run test
	@packaging/make-venv test

test: lint ## check everything: ruff, mypy, import directions, the tests
	@packaging/run-tests $(TESTS)

coverage: setup-dev ## run the tests and tell which lines they miss (a third slower)
	@$(PY) -m pytest -m "not soak and not gpu and not jetson" --cov --cov-report=term $(TESTS)

lint: setup-dev ## check style, types and import directions only
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

test-gpu: setup-dev ## run the tests that need an NVIDIA GPU
	@$(PY) -m pytest -m gpu $(TESTS)

soak: setup-dev ## run the long tests in full length (an hour)
	@$(PY) -m pytest -m soak --timeout=7200 $(TESTS)

bench: setup-dev ## compare the F5 engine with the stock F5-TTS: full size, random weights (a quarter of an hour)
	@$(PY) -m ishowtts_desktop bench against-stock --arch v1_base --random-weights --device cpu \
		--nfe 7 --ref-seconds 5.3 --gen-seconds 4.3 $(ARGS)

package: setup ## build the wheel into dist/
	@$(PY) -m pip --disable-pip-version-check wheel --quiet --no-deps --wheel-dir dist .
	@ls -l dist/*.whl

help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@sed -n 's/^#   /  /p' Makefile
