# Two commands do all the set-up on a machine with Python 3.11 or later: `make atlas` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
# Tests start the program many times: what is compiled once is kept, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: atlas test test-engines bench fuzz check clean

atlas: .venv/installed   ## build the bundled graph and its page into atlas/
	$(BIN)/govgraph build -o atlas

test: .venv/installed-dev .venv/browser   ## format, lint, types, layers, tests, in this order
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist worksteal -m "not engines"

SIZE ?= 1M
bench: .venv-bench/installed   ## measure against peers; SIZE=10k, 100k, 1M or 10M
	.venv-bench/bin/python -m bench --size $(SIZE)

SECONDS ?= 120
fuzz: .venv/installed-dev   ## every reader against a fuzzer, so many seconds each
	$(BIN)/pip install -q --group fuzz
	$(BIN)/python -m bench.fuzz --seconds $(SECONDS)

# An environment of its own: the peers bring a hundred packages.
.venv-bench/installed: pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install -q --upgrade 'pip>=25.1'
	.venv-bench/bin/pip install -q -e . --group bench
	touch $@

# Of Debian's virtuoso-opensource only the program: its service would start on a port of its own.
test-engines: .venv/installed-engines   ## the tests that need engines from elsewhere: Virtuoso, and a cluster of Spark
	command -v virtuoso-t >/dev/null \
	  || (command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin)
	command -v java >/dev/null \
	  || (command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless)
	GOVGRAPH_TEST_ENGINES=all $(BIN)/pytest -m engines tests

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --upgrade 'pip>=25.1'
	$(BIN)/pip install -q -e .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/pip install -q --group dev
	touch $@

# PySpark is a download of 456 MB with all of Spark in it: only these tests want it.
.venv/installed-engines: .venv/installed-dev
	$(BIN)/pip install -q --group engines
	touch $@

# The headless shell of Chromium on the system, else Debian's package, else any Chromium, else Playwright's own.
.venv/browser: .venv/installed-dev
	command -v chromium-headless-shell >/dev/null \
	  || (command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium-headless-shell) \
	  || command -v chromium chromium-browser google-chrome >/dev/null \
	  || $(BIN)/playwright install --with-deps chromium
	touch $@

clean:
	rm -rf .venv .venv-bench bench/.data atlas dist
