# `make run` and `make test` need python3 with venv, make and git; they make the environment in .venv themselves.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test test-long lint docs bench clean

run: .venv/ready
	$(BIN)/erc check
	$(BIN)/erc budget check

test: .venv/ready-dev
	$(BIN)/python -m pytest -n 2 -m "not long"

test-long: .venv/ready-dev
	$(BIN)/python -m pytest -n 2

lint: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/make_docs.py --check

docs: .venv/ready-dev
	$(BIN)/python tools/compile_catalogues.py
	$(BIN)/python tools/make_docs.py

bench: .venv/ready-dev
	$(BIN)/python benchmarks/run.py --write

.venv/pip:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=26"
	@touch $@

.venv/ready: .venv/pip pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $@

clean:
	rm -rf .venv dist build
