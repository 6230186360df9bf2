# make run     clone to open doors, on a bare machine      make test   all tests
# make check   lint, types, floors, budgets, messages      make fix    format what can be formatted
# make bench   measurements into bench/README.md           make docs   print what docs are printed from code
# make shots   every page photographed into docs/shots
# make lock    pin the newest allowed versions             make setup  the environment, without starting anything
PYTHON ?= python3
BIN := .venv/bin
DATA ?= data
PORT ?= 8000

.PHONY: run test check fix bench docs lock setup setup-dev messages shots
.DEFAULT_GOAL := run

setup: .venv/.runtime .venv/.frontend
setup-dev: setup .venv/.dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Yiwang needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.12"; exit 2; }
	@$(PYTHON) -m venv .venv || { echo "python3 cannot make an environment; on Debian: apt-get install python3-venv"; exit 2; }

.venv/.runtime: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

.venv/.frontend: package-lock.json .venv/.runtime
	$(BIN)/python -m yiwang.project.frontend
	@touch $@

messages: .venv/.runtime
	@$(BIN)/python -m yiwang.project.messages compile

run: setup messages
	@$(BIN)/yiwang run --data $(DATA) --port $(PORT)

test: setup-dev messages
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup-dev messages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.budgets

fix: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-dev messages
	$(BIN)/python -m bench

shots: setup-dev messages
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m tests.shots

docs: setup-dev messages
	$(BIN)/python -m yiwang.project.messages update
	$(BIN)/python -m yiwang.project.printed

lock:
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install --quiet uv==0.13.9
	.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.txt
	.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	npm install --package-lock-only --ignore-scripts
