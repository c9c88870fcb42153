# Each command sets up what it needs. `make site` builds the report, `make serve` previews it, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.tests-installed
NODE_STAMP := tests/browser/node_modules/.installed

.PHONY: site serve demo check test bench update schema vendor clean browser-tools

site: $(STAMP)
	@sh tools/paper.sh
	$(BIN)/mkdocs build --strict
	@echo "the report stands in site/: open site/index.html"

serve: $(STAMP)
	$(BIN)/mkdocs serve

# Three years of a company that does not exist, published side by side.
demo: $(STAMP)
	$(BIN)/crossfoot archive tests/demo/2022-23 tests/demo/2023-24 tests/demo/2024-25 --into demo

check: $(STAMP)
	$(BIN)/crossfoot check

test: $(TEST_STAMP) $(NODE_STAMP) browser-tools
	@sh tools/paper.sh
	$(BIN)/ruff format --check generator tests benchmarks
	$(BIN)/ruff check generator tests benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist worksteal

# How long builds and edits take, on a machine that does nothing else; no part of the tests.
bench: $(TEST_STAMP) browser-tools
	$(BIN)/python benchmarks/bench.py

update: $(TEST_STAMP)
	$(BIN)/python -m pytest --update tests
	$(BIN)/crossfoot schema schema

schema: $(STAMP)
	$(BIN)/crossfoot schema schema

# The locks name every package with its hash and no place to fetch it from.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(TEST_STAMP): requirements-test.lock $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

$(NODE_STAMP): tests/browser/package-lock.json | browser-tools
	cd tests/browser && npm ci --silent --no-audit --no-fund
	touch $@

# Chromium, Chinese fonts and Java are the system's; installed where that is allowed, else named.
browser-tools:
	sh tests/browser/tools.sh

# The libraries that a reader's browser loads on request, made anew from the packages pinned for the tests.
vendor: $(NODE_STAMP)
	node tests/browser/vendor.js theme/assets/vendor

clean:
	rm -rf site demo .cache $(VENV) tests/browser/node_modules
