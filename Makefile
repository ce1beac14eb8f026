# `make site` and `make test` work on a machine with Python 3.11 or newer and nothing else of ours.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test test-all check audit format clean fuzz
.PHONY: bench bench-scale bench-summaries data-given

site: $(VENV)/.site
	$(BIN)/sitegen build

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow"

test-all: $(VENV)/.test
	$(BIN)/python -m pytest

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow and not browser" \
	  --cov --cov-report=term

# Fails where a pinned package has a known vulnerability, and where one could not be asked for.
audit: .cache/audit/bin/pip-audit
	rm -f .cache/audit/report.txt
	@status=0; .cache/audit/bin/pip-audit --disable-pip --require-hashes --progress-spinner off \
	  --output .cache/audit/report.txt -r .ci/requirements.txt || status=1; \
	test ! -e .cache/audit/report.txt || { cat .cache/audit/report.txt; status=1; }; exit $$status

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fuzz: SECONDS ?= 600
fuzz: $(VENV)/.fuzz
	$(BIN)/python -m tests.fuzz all --seconds $(SECONDS)

bench: $(VENV)/.bench
	$(BIN)/python -m tests.bench.site

bench-scale: $(VENV)/.bench
	$(BIN)/python -m tests.bench.site.scale

bench-summaries: data-given $(VENV)/.bench
	$(BIN)/python -m tests.bench.summaries "$(DATA)"

data-given:
	@test -n "$(DATA)" || { echo "say where the articles are: make bench-summaries DATA=folder"; exit 2; }

clean:
	rm -rf $(VENV) .sitegen .cache build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

.cache/audit/bin/pip-audit:
	$(PYTHON) -m venv .cache/audit
	.cache/audit/bin/python -m pip install --quiet "pip-audit~=2.10"

$(VENV)/.site: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[test]"
	touch $@ $(VENV)/.site

$(VENV)/.bench: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	touch $@ $(VENV)/.site

$(VENV)/.fuzz: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[test,fuzz]"
	touch $@ $(VENV)/.site $(VENV)/.test
