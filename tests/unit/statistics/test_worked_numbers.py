"""The worked numbers in the docstrings, and what importing the statistics costs."""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

from csplan import statistics

#: Those that only check what goes in, or keep neighbours, have no worked number.
MODULES = tuple(
    module.name for module in pkgutil.iter_modules(statistics.__path__) if module.name not in ("inputs", "neighbours")
)


@pytest.mark.parametrize("name", MODULES)
def test_worked_numbers_are_right(name):
    outcome = doctest.testmod(importlib.import_module(f"csplan.statistics.{name}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_scipy_is_not_imported_until_it_is_needed():
    imports = ", ".join(f"csplan.statistics.{name}" for name in MODULES)
    seen = f"import sys, {imports}; print([m for m in sys.modules if m.split('.')[0] == 'scipy'])"
    assert subprocess.run([sys.executable, "-c", seen], check=True, capture_output=True, text=True).stdout.strip() == "[]"
