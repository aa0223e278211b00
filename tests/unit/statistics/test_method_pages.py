"""The pages under docs/methods say what the code says."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("method_pages", ROOT / "tools" / "method_pages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_pages_are_up_to_date(tool):
    assert tool.out_of_date() == [], "run: python tools/method_pages.py"


def test_no_page_is_left_over(tool):
    assert set((ROOT / "docs" / "methods").glob("*.md")) == set(tool.pages())


def test_every_public_function_has_a_source_and_a_worked_number(tool):
    for page in tool.INDEX:
        for module in page.modules:
            for name, thing in tool._public(module):
                if not isinstance(thing, type):
                    assert ">>>" in thing.__doc__, name
                    assert "Source:" in thing.__doc__ or name in ("verdict", "verdicts", "words", "fitted_means"), name
