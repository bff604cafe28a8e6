# dondoc: `make demo` shows it, `make test` tries it. Everything is installed into .venv and var, nothing outside this folder.
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-postgres check messages bench proof lock clean
MAKEFLAGS += --no-print-directory

PORT ?= 8000
# How many processes share the tests; 0 keeps them in one. One more than two cores: a browser test mostly waits for its browser.
WORKERS ?= 3
PYTEST = .venv/bin/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder
SETUP = tools/python tools/setup.py

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1@/p' Makefile | expand -t 4 | awk -F@ '{printf "%-22s %s\n", $$1, $$2}'

setup: ## install everything that the product and its tests need, into .venv
	@$(SETUP) --developer

demo: ## show the product on 127.0.0.1 (PORT=8001 another port, RESET=1 from the beginning)
	@tools/python tools/port.py $(PORT)
	@$(SETUP)
	@exec .venv/bin/dondoc demo --port $(PORT) $(if $(filter-out 0,$(RESET)),--reset)

test: ## the whole suite on SQLite, real browser included (ONLY=dondoc/directives for a part)
	@$(SETUP) --developer --need chromium-headless-shell
	@$(PYTEST) $(ONLY)

test-postgres: ## the whole suite on a PostgreSQL that is started for it and stopped again
	@$(SETUP) --developer --need chromium-headless-shell --need postgresql
	@.venv/bin/python tools/with_postgres.py $(PYTEST) $(ONLY)

check: ## style, types, import rows, migrations, untranslated texts
	@$(SETUP) --developer
	@.venv/bin/python tools/check.py

messages: ## write what is missing in Vietnamese, folder by folder, in the form of django.po
	@$(SETUP) --developer
	@.venv/bin/python tools/untranslated.py --stubs

bench: ## measure, print a table, write .bench/results.json (ONLY=start-up for one row)
	@$(SETUP) --bench
	@.venv/bin/python -m bench $(ONLY)

proof: ## roll up 10,000 random trees three ways, write docs/proof.md (TREES=200 for fewer; goes on where it stopped)
	@$(SETUP) --developer
	@.venv/bin/python tools/proof.py $(if $(TREES),--trees $(TREES))

lock: ## write the locks again from pyproject.toml (UPGRADE=--upgrade takes newer versions; needs uv)
	@UPGRADE=$(UPGRADE) tools/lock

clean: ## remove what setup made; the data in var stay
	@rm -rf .venv .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis dondoc/web/static/built dondoc/intake/gazetteer/built
	@find dondoc tools bench -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -exec rm -f {} +
