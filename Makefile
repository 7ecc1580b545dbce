# A fresh clone needs Python 3.11 or newer and make, nothing else.
#   make dataset       check the tasks, export them, load the result and show a row
#   make test          lint, types and tests
#   make coverage      the tests, and which lines they do not reach
#   make test-matrix   the export read by older releases of datasets, each in its own environment
#   make bench         speed, as ratios to yardsticks
#   make lock          pin the development environment anew
#   make dist          build the wheel and the sdist

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements-dev.lock

# An environment that was copied or moved, or whose Python is gone, is built again.
$(shell test "$$(cat $(VENV)/.ready 2>/dev/null)" = "$(CURDIR)" && $(BIN)/python -c '' 2>/dev/null \
	|| rm -f $(VENV)/.ready)

.PHONY: dataset test coverage test-matrix bench lock dist clean

dataset: $(VENV)/.ready
	$(BIN)/taskschema check tasks
	$(BIN)/taskschema export huggingface build/dataset --collection tasks
	$(BIN)/python scripts/show_dataset.py build/dataset

test: $(VENV)/.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist worksteal

coverage: $(VENV)/.ready
	$(BIN)/pytest --numprocesses auto --dist worksteal --cov --cov-report=term

test-matrix: $(VENV)/.ready
	$(BIN)/pytest -m matrix

bench: $(VENV)/.ready
	$(BIN)/python scripts/bench.py

lock: $(VENV)/.ready
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group dev --extra hf \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--upgrade --output-file $(LOCK) pyproject.toml

dist: $(VENV)/.ready
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist

clean:
	rm -rf $(VENV) build dist

# The lock is complete (tests/test_lock.py), so nothing is resolved: with --no-deps, pip installs its
# lines and looks for nothing else. --clear removes what an interrupted or an older build left.
$(VENV)/.ready: $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "taskschema needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q taskschema
	@echo "$(CURDIR)" >$@
