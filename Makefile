# What a person or CI types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test test-postgres check fix lint time replay cohort burden catalogues bench chaos lock migrate clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

$(VENV)/.run: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Respite needs Python 3.11 or newer; try make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

demo: $(VENV)/.run ## the whole product on this laptop: open the address it prints
	$(BIN)/python -m bot demo $(DEMO)

test: $(VENV)/.dev ## every test
	$(BIN)/python -m pytest -n $(JOBS) $(PYTEST_ARGS)

test-postgres: $(VENV)/.dev ## storage and every scenario on a real PostgreSQL, nothing to install
	$(BIN)/python -m pytest -n $(JOBS) --database postgresql tests/storage tests/scenario $(PYTEST_ARGS)

lint: $(VENV)/.dev ## format, ruff, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test ## what must pass before a change lands

fix: $(VENV)/.dev ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

migrate: $(VENV)/.run ## bring the configured database to the newest schema
	$(BIN)/python -m bot migrate

time: $(VENV)/.dev ## every time zone through two years: one check-in for each local date
	$(BIN)/python -m bench.clocks $(CLOCKS)

burden: $(VENV)/.dev ## count the taps of every path anew, into docs/burden.md
	WRITE_BURDEN=1 $(BIN)/python -m pytest -n0 -q tests/scenario/test_burden.py

catalogues: $(VENV)/.dev ## bring every language up to the source: new sentences empty, old ones gone; NEW=it begins one
	$(BIN)/python -m bench.catalogues $(NEW)

replay: $(VENV)/.dev ## live 133 real headache diaries through the running bot
	$(BIN)/python -m bench.replay

cohort: $(VENV)/.dev ## 200 made-up patients, 90 days, red flags planted: who is reached, how much rings; COHORT="--patients 20 --days 14"
	$(BIN)/python -m bench.cohort $(COHORT)

bench: $(VENV)/.dev ## taps and messages a second, beside bare echo bots
	$(BIN)/python -m bench.speed $(BENCH)

chaos: $(VENV)/.dev ## kill the bot 200 times while people use it: SEED=… KILLS=… to replay
	$(BIN)/python -m bench.chaos $(if $(SEED),--seed $(SEED)) $(if $(KILLS),--kills $(KILLS)) $(CHAOS)

# The development pins come first: what runs is a subset of what was tested.
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet pyproject.toml
lock: ## pin the dependencies anew
	$(COMPILE) --group dev -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock -o requirements.lock

clean: ## remove what can be made again
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
