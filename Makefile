# Two commands do everything on a machine with Python 3.11+ and make: `make demo` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ARGS ?=

.PHONY: help venv dev demo cycle-demo check test test-long bench fix messages requirements clean

help: ## Say what can be made.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

venv: $(VENV)/.product ## Make the environment, in .venv.

dev: $(VENV)/.tools ## Make the environment with everything that tests and checks need.

$(VENV)/.product: requirements/run.txt requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "It needs Python 3.11 or newer. Try: make PYTHON=python3.11 $@")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tools: $(VENV)/.product requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.product ## Open the console on the shipped agenda, with simulated people (ARGS="--people 12 --speed 2").
	@$(BIN)/workshop-tui demo $(ARGS)

cycle-demo: $(VENV)/.product ## Fill the folder cycle-demo with one whole turn of the cycle, and open its record.
	@$(BIN)/workshop-tui cycle-demo $(ARGS)

check: $(VENV)/.tools ## Formatting, lint, types and layers.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check ## All that CI runs; prints how long it took.
	@start=$$SECONDS; $(BIN)/python -m pytest -m "not long" -n 2 --dist worksteal $(ARGS); code=$$?; \
	echo "make test took $$((SECONDS - start)) seconds (tests)."; exit $$code

test-long: $(VENV)/.tools ## What takes longer: power cuts, the wheel alone, the rules beside other people's libraries.
	$(BIN)/python -m pytest -m long $(ARGS)

bench: $(VENV)/.tools ## Measure, beside a floor in the same run; results belong in docs/performance.md.
	$(BIN)/python -m bench $(ARGS)

fix: $(VENV)/.tools ## Format and mend what can be mended by itself.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(VENV)/.tools ## Extract, update, compile and check the messages (ARGS="--start pl" starts a language).
	$(BIN)/python -m tools.messages $(ARGS)

requirements: ## Pin the requirements anew (needs uv); no index address is written.
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make requirements" pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make requirements" -c requirements/run.txt pyproject.toml --group dev -o requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make requirements" -c requirements/dev.txt requirements/build.in -o requirements/build.txt
	for library in pref-voting pabutools abcvoting; do \
	  uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make requirements" requirements/oracle-$$library.in -o requirements/oracle-$$library.txt; \
	done

clean: ## Remove the environment and everything made by tools.
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
