# `make` lists everything. Two commands are enough: make run, make test.
.DEFAULT_GOAL := help
.PHONY: help run setup test e2e test-deep check fix demo pdf-samples screens bench \
	bench-pdf bench-search bench-loans lock

# The first Python that is new enough; run.py tells when there is none.
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; exit; }; done; echo python3)
PY := .venv/bin/python

help:  ## list the commands
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run:  ## bring up the portal with demo data: web server and job worker, here
	@$(PYTHON) scripts/run.py

setup:  ## all of `make run` but the serving
	@$(PYTHON) scripts/house.py

test: .dev  ## all tests on SQLite and on PostgreSQL (under five minutes)
	@$(PY) scripts/test.py test

e2e: .dev  ## the stories in headless Chromium
	@$(PY) scripts/test.py e2e

test-deep: .dev  ## the long proofs, before an issue is closed
	@$(PY) scripts/test.py deep

check: .dev  ## format, lint, templates, import contracts, types, migrations, deploy
	@$(PY) scripts/check.py

fix: .dev  ## let the tools put right what they can
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format --quiet .

demo:  ## wipe the demo portal and load it again
	@$(PYTHON) scripts/house.py --wipe

pdf-samples: .dev  ## every paper as a PDF, into build/pdf-samples
	@$(PY) scripts/pdf_samples.py

screens: .dev  ## every page per role, and every PDF page, as PNG, into build/
	@$(PY) scripts/screens.py

bench: .dev  ## list pages against the raw-SQL floor and the Django admin
	@$(PY) scripts/bench.py

bench-pdf: .dev  ## papers and long reports against plain WeasyPrint and wkhtmltopdf
	@$(PY) scripts/bench_pdf.py

bench-search: .dev  ## search, register, workbook and book at 20,000 decisions
	@$(PY) scripts/bench_search.py

bench-loans: .dev  ## revolving fund: plans a second, sums of a region
	@$(PY) scripts/bench_loans.py

lock: .dev  ## resolve requirements/*.in anew into the locked *.txt
	@$(PY) scripts/lock.py

.PHONY: .dev
.dev:
	@$(PYTHON) scripts/house.py dev
