# `make demo` shows what relupc does, `make test` runs every check, `make bench` measures it beside OTP.
# All make their own virtual environment in .venv; all they need is Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench refresh clean

demo: $(VENV)/demo-ready
	cd fixtures/demo && ../../$(BIN)/relupc compile rel/shop-1.4.0.rel --from rel/shop-1.3.0.rel \
		-p 'lib/*/ebin' --isolated -o ../../$(VENV)/relup

test: $(VENV)/test-ready
	sh tests/otp/install.sh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python docs/refresh.py --check
	$(BIN)/python -m pytest -n auto --cov=relupc --cov-report=term --cov-fail-under=95

# Some minutes; the figures go to docs/performance.md.
bench: $(VENV)/demo-ready
	$(BIN)/python benchmarks/run.py --page docs/performance.md --json $(VENV)/bench.json

# Rewrite the expected files of the fixtures and the outputs in the docs; read the difference before you commit.
refresh: $(VENV)/test-ready
	$(BIN)/python -m pytest -n auto --refresh
	$(BIN)/python docs/refresh.py

$(VENV)/demo-ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "relupc needs Python 3.11 or newer; say which: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/test-ready: $(VENV)/demo-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
