"""Measures that the tests and `make soak` share."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[3] / "tools"


@pytest.fixture
def care_numbers(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool that measures how well personal data and campaigns are found."""
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module("care_numbers")
