# Boussole PME: every command of the project. `make help` is made from the comments behind the targets.
.DEFAULT_GOAL := help
.PHONY: help start test lint check report train evaluate bench bench-knowledge bench-record docs lock clean

PY := .venv/bin/python
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export PYTHONWARNINGS := ignore

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z_-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

start: .venv/ready ## Set up what is missing, train if the data changed, start everything, print the address (Ctrl-C stops)
	@exec $(PY) -m deploy start

test: .venv/ready ## Run every test: units, data validation, conversations end to end, browser
	@$(PY) -m knowledge check && .venv/bin/pytest -rfEsX --disable-warnings --numprocesses 2 --dist loadgroup --no-loadscope-reorder

lint: .venv/ready ## Check style, imports between packages and formatting
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/lint-imports

check: .venv/ready ## Check the knowledge content and say every error at once
	@$(PY) -m knowledge check

report: .venv/ready ## Report on the knowledge base: coverage, age, holes (text, and var/report.html)
	@mkdir -p var && $(PY) -m knowledge report --html var/report.html

train: .venv/ready ## Train the model if the data changed
	@$(PY) -m deploy train

evaluate: .venv/ready ## Measure understanding on tests/nlu/dev.jsonl
	@$(PY) -m benchmarks.evaluate

bench: .venv/ready ## Measure the speed of understanding, as ratios side by side in one run
	@$(PY) -m benchmarks compare

bench-record: .venv/ready ## Measure the console's lists and searches (URL=… for PostgreSQL, CONVERSATIONS=1000000: half an hour)
	@$(PY) -m benchmarks.record $(if $(URL),--url $(URL)) $(if $(CONVERSATIONS),--conversations $(CONVERSATIONS))

bench-knowledge: .venv/ready ## Measure the knowledge base with a million bodies (half an hour; URL=… for PostgreSQL)
	@$(PY) -m benchmarks.knowledge knowledge $(foreach address,$(URL),--url $(address))

docs: .venv/ready ## Make the pages of docs/ that come from code
	@$(PY) -m settings > docs/settings.md
	@$(PY) -m knowledge.records_page > docs/records.md

lock: .venv/ready ## Resolve pyproject.toml into requirements.lock, with hashes
	@.venv/bin/uv pip compile pyproject.toml --extra dev --quiet --python-version 3.10 --generate-hashes \
		--no-emit-index-url --custom-compile-command 'make lock' --output-file requirements.lock

clean: ## Remove everything that was made here: environment, models, databases, logs
	@rm -rf .venv var

.venv/ready: requirements.lock deploy/setup.sh
	@deploy/setup.sh
