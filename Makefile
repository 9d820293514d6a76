# Every target sets up what it needs in .venv; a second call finds that done.
ifndef PYTHON
PYTHON := $(shell python3.11 -c "" 2>/dev/null && echo python3.11 || echo python3)
endif
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: help demo test lint bench bench-quick stubs clean

help:
	@echo "make demo         train a small classifier, draw its curves and predictions"
	@echo "make test         run the tests"
	@echo "make lint         ruff, pyright, sizes"
	@echo "make bench        compare speed with other libraries (bench-quick: a few minutes)"
	@echo "make stubs        write the stubs that tell type checkers what constructors take"
	@echo "make clean        remove .venv and everything generated"
	@echo "PYTHON=/path/to/python picks the interpreter .venv is made with (now: $(PYTHON))"

demo: $(VENV)/demo.done
	$(PY) -m addax demo

test: $(VENV)/test.done
	$(PY) -m pytest -n 2

lint: $(VENV)/test.done
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pyright
	$(PY) tools/size.py

bench: $(VENV)/test.done
	$(PY) -m benchmarks.run

bench-quick: $(VENV)/test.done
	$(PY) -m benchmarks.run --quick

stubs: $(VENV)/test.done
	$(PY) -m tools.stubs

clean:
	rm -rf $(VENV) .cache .pytest_cache .ruff_cache .hypothesis build dist demo-output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Addax needs Python 3.11 or newer; \
	$(PYTHON) is " + sys.version.split()[0] + ". Name another one: make PYTHON=/path/to/python3.11 ...")'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/demo.done: $(VENV)/made pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check -e ".[demo]"
	@touch $@

$(VENV)/test.done: $(VENV)/made pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check -e ".[demo,test]"
	@touch $@ $(VENV)/demo.done
