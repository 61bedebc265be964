# Everything goes into .venv/ (and public/ for the site); nothing has to be installed by hand.

.DEFAULT_GOAL := help
.PHONY: help site test prove lint format docs texts lock wheel clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: ## Set up what is missing and build the bundled city into public/
	@scripts/python.sh requirements.lock
	@scripts/pagefind.sh
	@.venv/bin/daylight build
	@echo "Look at it: .venv/bin/daylight serve, then open http://127.0.0.1:8000/"

test: .tests-can-run ## Set up what the tests need, browser included, and run everything a change can break
	@PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

prove: .tests-can-run ## Run the long proofs and the measurements; results in benchmarks/results/
	@.venv/bin/python -m pytest -n 2 --dist loadfile -p tests.keeping -m "prove and not timed" --keep-results benchmarks/results/proofs.json
	@.venv/bin/python -m pytest -p tests.keeping -m "prove and timed" --keep-results benchmarks/results/timed.json
	@.venv/bin/python -m benchmarks.gate
	@.venv/bin/python -m benchmarks

lint: .can-develop ## Check style, types, layers and shell scripts
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@command -v shellcheck >/dev/null || bash -c '. scripts/common.sh; apt_install shellcheck'
	@shellcheck --external-sources .ci/run scripts/*.sh docs/ci/*.sh

format: .can-develop ## Lay out the code as `make lint` wants it
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

docs: .can-develop ## Write docs/reference/ anew from schemas, commands and rules
	@.venv/bin/python docs/generate.py

texts: .can-develop ## Bring the catalogues in generator/locale/ up to date and name what lacks a translation
	@.venv/bin/python -m tests.contract.messages

lock: .can-develop ## Write the lock files anew after a change to pyproject.toml (UPGRADE=1: newest versions)
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

wheel: .can-develop ## Build the wheel into dist/
	@.venv/bin/python -m build --wheel --no-isolation

clean: ## Remove what builds and tests leave behind; .venv/ stays
	rm -rf public .daylight build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

.PHONY: .can-develop .tests-can-run
.can-develop:
	@scripts/python.sh requirements-dev.lock

.tests-can-run: .can-develop
	@scripts/pagefind.sh
	@scripts/profiles.sh
	@scripts/browser.sh
	@scripts/postgresql.sh
	@scripts/papers.sh
