# Thin on purpose: each target is a command a person could type.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-postgres check fix bench compiled plain migration lock clean

demo: .venv/ready         ## the main job on this machine, no account or network needed
	$(BIN)/pullquote demo

test: .venv/ready         ## everything that needs no root and no server
	.ci/check

test-postgres: .venv/ready  ## the suites that need PostgreSQL, on a private one, the storms, and the compiled engine
	.ci/postgres $(BIN)/python -m pytest -m "postgres or storm or compiled"

fix: .venv/ready          ## format, and mend what a program can mend
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: .venv/ready        ## every benchmark on the repo's own samples
	$(BIN)/python -m bench all

compiled: .venv/ready     ## put the engine into .venv as C, from what is pinned there (needs a C compiler)
	rm -rf dist/compiled
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(BIN)/hatchling build -t wheel -d dist/compiled
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall dist/compiled/*.whl
	@rm .venv/ready

plain:                    ## bring the checkout itself back into .venv, as each other target does
	rm -f .venv/ready && $(MAKE) .venv/ready

migration: .venv/ready    ## draft the next migration from the tables: make migration MESSAGE="add a column"
	$(BIN)/python -m bot.store.draft "$(MESSAGE)"

lock:                     ## pin the dependencies anew (needs uv; UPGRADE=--upgrade to move them)
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE) -o requirements.txt
	uv pip compile pyproject.toml --group dev --group train --universal --generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE) -c requirements.txt -o requirements-dev.txt

.venv/ready: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf .venv demo data
