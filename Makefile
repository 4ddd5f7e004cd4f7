# Needs only make and Python 3.11 or newer; everything else is installed into .venv.

new_enough := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.11 python3; do \
	$$python -c '$(new_enough)' 2>/dev/null && echo $$python && break; done)
bin := .venv/bin
# JupyterLab's pop-up that asks to fetch news is off in .venv; the user's own settings stay.
news := @jupyterlab/apputils-extension:announcements

.PHONY: help run test test-deep lab dashboard check bench notebooks docs clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: .venv/ready ## make everything that the project publishes
	$(bin)/kc run

test: .venv/ready ## run the tests, in minutes
	$(bin)/pytest -n auto --dist loadfile

test-deep: .venv/ready ## run the slow tests, and those on random input with ten times as much
	$(bin)/pytest -n auto --dist loadfile --hypothesis-profile deep -m 'deep or hypothesis' tests

lab: .venv/ready ## open the notebooks in JupyterLab
	$(bin)/jupyter lab notebooks

dashboard: .venv/ready ## open the page that tries changes to the plan
	$(bin)/kc dashboard

check: .venv/ready ## lint, formatting, types, import layers, then the tests
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports
	@$(MAKE) --no-print-directory test

bench: .venv/ready ## measure against the alternatives
	$(bin)/python benchmarks/run.py

notebooks: .venv/ready ## run the notebooks again, in place
	$(bin)/jupyter nbconvert --to notebook --execute --inplace \
		--ExecutePreprocessor.timeout=600 --ExecutePreprocessor.record_timing=False \
		--ExecutePreprocessor.store_widget_state=False \
		notebooks/*.ipynb

docs: .venv-docs/ready ## build guides, reference and notebooks into docs/_build/html
	rm -rf docs/_build
	.venv-docs/bin/sphinx-build -q -W --keep-going -b html docs docs/_build/html
	@echo 'Open docs/_build/html/index.html'

clean: ## remove the environment, caches and build artefacts; reports/ stays
	rm -rf .venv .venv-docs build dist docs/_build docs/api docs/notebooks docs/pages
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

# The stamp says that .venv is whole: it is brought up to date in place. Without the stamp, .venv
# is absent or half made, and is built from nothing.
.venv/ready: requirements.lock pyproject.toml
	@"$(PYTHON)" -c '$(new_enough)' 2>/dev/null || { \
		echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/python3' >&2; exit 1; }
	rm $@ 2>/dev/null || "$(PYTHON)" -m venv --clear .venv
	$(bin)/python -m pip install -q uv
	$(bin)/uv pip sync -q --python $(bin)/python --require-hashes --compile-bytecode requirements.lock
	$(bin)/uv pip install -q --python $(bin)/python --no-deps --no-build-isolation -e .
	$(bin)/jupyter labextension disable --log-level=ERROR --level=sys_prefix $(news)
	touch $@

# The site needs its own environment: .venv stays what requirements.lock says.
.venv-docs/ready: requirements.lock docs/requirements.lock | .venv/ready
	rm $@ 2>/dev/null || "$(PYTHON)" -m venv --clear .venv-docs
	$(bin)/uv pip sync -q --python .venv-docs/bin/python --require-hashes requirements.lock docs/requirements.lock
	touch $@
