# The commands: `make run`, `make check` while at work and `make test` for the whole. Everything is installed into .venv,
# nothing outside it but a browser for the tests where the machine has none.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check
BROWSERS = chromium chromium-browser google-chrome google-chrome-stable

.PHONY: run check test lint unit fuzz pictures bench load sbom audit

run: .venv/run
	.venv/bin/python -m dashboard serve

# Within a minute: lint, types, and the tests that need no browser and no process of ours and make no long row of sheets,
# slides, charts or pages (markers in pyproject.toml).
check: lint
	.venv/bin/python -m pytest -m "not browser and not server and not slow"

# The whole.
test: lint unit

lint: .venv/test
	.venv/bin/ruff check --quiet
	.venv/bin/ruff format --quiet --check
	.venv/bin/biome check --error-on-warnings
	.venv/bin/mypy

unit: .venv/test browser
	.venv/bin/python -m pytest

# Reads 120,000 damaged files, cells, queries, views, mappings and records, 100,000 of them led by what code they reach, and
# 300 addresses that ask for what cannot be: nothing but our own errors may come of them.
fuzz: .venv/fuzz
	FUZZ_INPUTS=20000 FUZZ_ADDRESSES=300 .venv/bin/python -m pytest tests/test_fuzz.py tests/ui/test_addresses.py
	for target in query views mapping cell file; do \
	  .venv/bin/python -m tests.coverage_fuzz $$target -runs=20000 -max_len=600 -verbosity=0 || exit 1; \
	done

.venv/fuzz: .venv/test requirements-fuzz.txt
	$(PIP) -r requirements-fuzz.txt
	@touch $@

# Draws the pictures of the README anew.
pictures: .venv/test browser
	.venv/bin/python -m tests.pictures

bench: .venv/run
	.venv/bin/python -m tests.bench

# What 1, 5 and 20 sessions wait for that click all the time, and the memory that they leave behind.
load: .venv/test
	.venv/bin/python -m tests.load

# The bill of materials of what is installed in .venv, with licences: CycloneDX in sbom.json.
sbom: .venv/audit
	.venv/audit-tools/bin/cyclonedx-py environment .venv --pyproject pyproject.toml --of JSON -o sbom.json
	.venv/audit-tools/bin/pip-licenses --python .venv/bin/python --summary

# Known faults of the pinned packages; the only target that asks a service on the internet.
audit: .venv/audit
	grep -v '^-e' requirements.txt | .venv/audit-tools/bin/pip-audit --no-deps --disable-pip -r /dev/stdin

.venv/audit: .venv/run requirements-audit.txt
	$(PYTHON) -m venv .venv/audit-tools
	.venv/audit-tools/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-audit.txt
	@touch $@

.venv/run: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(PIP) -r requirements.txt
	@touch $@

.venv/test: .venv/run requirements-test.txt
	$(PIP) -r requirements-test.txt
	@touch $@

.PHONY: browser
browser:
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	echo "No Chromium was found: installing it from the operating system's packages."; \
	if command -v apt-get >/dev/null; then \
	  SUDO=; [ "$$(id -u)" = 0 ] || SUDO=sudo; \
	  $$SUDO apt-get -qq update && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium >/dev/null; \
	elif command -v dnf >/dev/null; then sudo dnf -q -y install chromium; \
	else echo "Install Chromium by hand, then run make test again."; exit 1; fi
