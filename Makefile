# Everything a newcomer or a maintainer does here, by name. `make` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DAY ?=
SOAK_MINUTES ?= 60
# What csplan is measured against lives apart from it.
BENCH := .venv-bench
ROWS ?= 20000000
# The demonstration lives in a folder for each day, so that one day never overwrites another.
DEMO := var/demo$(if $(DAY),-$(DAY))
UV := $(shell command -v uv 2>/dev/null)

.PHONY: help demo serve test test-all soak check fix assets docs bench lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "make %-9s %s\n", $$1, $$2}'

demo: $(VENV)/.main csplan/website/static/built/.stamp ## set up, build County Durham and serve it at http://127.0.0.1:8000 (PORT=…, DAY=2020-01-09)
	$(BIN)/csplan --data $(DEMO) $(if $(DAY),--as-at $(DAY)) demo --port $(PORT)

serve: $(VENV)/.main csplan/website/static/built/.stamp ## serve what is in var/ (or CSPLAN_DATA)
	$(BIN)/csplan serve --port $(PORT)

test: check ## everything that CI runs: checks, unit, journeys, pages in a browser
	@tools/find_browser.sh
	$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

test-all: check ## the same with the slower rest
	@tools/find_browser.sh
	CSPLAN_TEST_ALL=1 $(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

soak: $(VENV)/.dev csplan/website/static/built/.stamp ## answers and readers together for SOAK_MINUTES (60)
	$(BIN)/python tools/soak.py --minutes $(SOAK_MINUTES)

check: $(VENV)/.dev csplan/website/static/built/.stamp ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy csplan
	$(BIN)/lint-imports

fix: $(VENV)/.dev ## format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

assets: csplan/website/static/built/.stamp ## style sheet, scripts and fonts from npm at locked versions

docs: $(VENV)/.dev ## the pages that are made from code and tests
	$(BIN)/python tools/method_pages.py
	$(BIN)/python tools/mission_page.py
	$(BIN)/python tools/roles_page.py
	$(BIN)/python tools/plan_format_page.py
	$(BIN)/python tools/plan_states_page.py
	$(BIN)/python tools/lint_page.py
	$(BIN)/python tools/law_page.py
	$(BIN)/python tools/series_events_page.py

bench: $(VENV)/.dev $(BENCH)/.stamp csplan/website/static/built/.stamp ## measure what the issues give numbers for (ROWS=200000 to try; 20 minutes and 16 GB of disk in full)
	$(BIN)/python tools/bench.py --rows $(ROWS)

lock: ## for maintainers: lock the dependencies again (needs uv and npm)
	uv pip compile pyproject.toml --group build --group assets --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade -q -o requirements/main.txt
	uv pip compile pyproject.toml --group build --group assets --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade -q -o requirements/dev.txt
	uv pip compile pyproject.toml --extra spark -c requirements/dev.txt --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade -q -o requirements/spark.txt
	uv pip compile --group bench --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade -q -o requirements/bench.txt
	$(BIN)/python tools/build_assets.py --lock

clean: ## remove what was built here; data under var/ stays
	rm -rf $(VENV) $(BENCH) node_modules csplan/website/static/built csplan/documents/fonts .mypy_cache .ruff_cache .pytest_cache .hypothesis

# ---- set-up: made again when a lock changes ------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed. Install it, or run: make PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python could not make a virtual environment. On Debian, run: sudo apt-get install python3-venv"; rm -rf $(VENV); exit 2; }

define locked
$(if $(UV),$(UV) pip install -q --python $(BIN)/python --require-hashes -r $(1),$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1))
endef

define install
$(call locked,$(1))
$(if $(UV),$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .,$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .)
endef

$(VENV)/.main: requirements/main.txt pyproject.toml | $(BIN)/python
	@echo "Installing what csplan needs (locked, with hashes)"
	@$(call install,requirements/main.txt)
	@touch $@

# The second engine is tested where there is Java for it.
$(VENV)/.dev: requirements/dev.txt requirements/spark.txt pyproject.toml | $(BIN)/python
	@echo "Installing what csplan and its tests need (locked, with hashes)"
	@$(call install,requirements/dev.txt)
	@if command -v java >/dev/null; then $(call locked,requirements/spark.txt); fi
	@touch $(VENV)/.main $@

$(BENCH)/.stamp: requirements/bench.txt
	@echo "Installing what csplan is measured against (locked, with hashes)"
	@$(PYTHON) -m venv $(BENCH)
	@$(if $(UV),$(UV) pip install -q --python $(BENCH)/bin/python --require-hashes -r $<,$(BENCH)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<)
	@touch $@

csplan/website/static/built/.stamp: package-lock.json tools/build_assets.py csplan/documents/templates/paper.css $(wildcard csplan/website/styles/* csplan/website/scripts/* csplan/website/images/*) | $(VENV)/.main
	@echo "Building style sheet, scripts and fonts"
	@$(BIN)/python tools/build_assets.py
	@touch $@
