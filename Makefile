# Everything a contributor runs. Paths are relative, so that a checkout may lie in any folder.

VENV := .venv
PY   := $(VENV)/bin/python
TCO  := $(VENV)/bin/tco

# At least this share of lines of these packages is covered, each on its own.
COVERED  := units semantics engine decide
COVERAGE := 95

# PYTHON=/path/to/python chooses the interpreter; without it the first of these that is new enough.
CANDIDATES := python3.13 python3.12 python3.11 python3

.PHONY: help demo test bench format tables examples clean

help:
	@echo 'make demo      set up and print the report of the first example'
	@echo 'make test      set up and run every check'
	@echo 'make bench     measure it all beside other programs; BENCH=--quick for a short run'
	@echo 'make format    rewrite the Python files as ruff lays them out'
	@echo 'make tables    rebuild the parse tables from the grammar, and the trees of specs/std and rules'
	@echo 'make examples  rebuild the report beside each example'
	@echo 'make clean     remove all that these commands made'
	@echo 'PYTHON=...     the Python >= 3.11 to set up with'

demo: $(VENV)/.demo
	@$(TCO) report examples/article/article.tco

test: $(VENV)/.test
	@$(PY) -m compileall -q tcolang tests
	@echo '== ruff format' && $(PY) -m ruff format --check .
	@echo '== ruff check' && $(PY) -m ruff check .
	@echo '== mypy' && $(PY) -m mypy
	@echo '== import layers' && $(VENV)/bin/lint-imports --no-logo
	@echo '== pytest' && $(PY) -m pytest -n auto --dist loadgroup --cov --cov-report=
	@for package in $(COVERED); do \
	    echo "== coverage of $$package"; \
	    $(PY) -m coverage report --include="tcolang/$$package/*" --skip-covered --show-missing \
	        --fail-under=$(COVERAGE) || exit 1; \
	done

# What it compares with goes into .bench.
bench: $(VENV)/.demo
	@$(PY) -m tests.benchmarks $(BENCH)

format: $(VENV)/.test
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

tables: $(VENV)/.demo
	@$(PY) -m tcolang.syntax.tables
	@$(PY) -m tcolang.semantics.shipped

examples: $(VENV)/.demo
	@for spec in examples/*/*.tco; do \
	    case "$$spec" in examples/published/*) continue;; esac; grep -q "^decision " "$$spec" || continue; \
	    report="$${spec%/*}/report.md"; \
	    $(TCO) report "$$spec" --format markdown -o "$$report" || exit 1; \
	    echo "$$report"; \
	done

clean:
	@rm -rf $(VENV) .bench build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------- the environment

# A stamp is newer than pyproject.toml when what that file asks for is installed.
$(VENV)/.demo: pyproject.toml
	@$(make_venv)
	@echo '== installing tcolang into $(VENV)'
	@$(PY) -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: pyproject.toml
	@$(make_venv)
	@echo '== installing tcolang and its checks into $(VENV)'
	@$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/.demo $@

# Keeps an environment that works; `ensurepip` is what some distributions leave out of Python.
define make_venv
usable='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'; \
if [ -z "$$PYTHON" ] && $(PY) -c "$$usable" 2>/dev/null; then exit 0; fi; \
if [ -n "$$PYTHON" ]; then set -- "$$PYTHON"; else set -- $(CANDIDATES); fi; \
for python; do \
    if "$$python" -c "$$usable" 2>/dev/null; then \
        echo "== making $(VENV) with $$("$$python" --version)"; \
        exec "$$python" -m venv --clear $(VENV); \
    fi; \
done; \
echo "error: no Python >= 3.11 with the modules venv and ensurepip among: $$*" >&2; \
echo "  = help: install one (Debian and Ubuntu: python3 and python3-venv), or name it: make demo PYTHON=/path/to/python" >&2; \
exit 2
endef
