"""Where nothing happened next to nothing is claimed. The larger run stands in docs/methods/measured.json."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quiet_areas", ROOT / "tools" / "quiet_areas.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("number", range(5))
def test_quiet_areas_get_next_to_no_claims(tool, number):
    # Sixty areas of fourteen topics: at most 12 of 840 tests (measured: 0.4% at the worst).
    found = tool.claims(tool.SCENARIOS[number], areas=60)
    assert found["tests"] > 800
    assert found["claims"] <= 12


def test_a_fall_by_a_quarter_is_found_in_half_the_topics(tool):
    found = tool.claims(tool.CHANGED[0], areas=20)
    assert found["claims"] > found["tests"] / 2


@pytest.mark.parametrize("expected", [0.5, 2.5, 50])
def test_areas_at_one_rate_are_next_to_never_called_high_or_low(tool, expected):
    # A hundred families of 65 areas.
    assert tool.outliers(expected, 0.0, families=100)["touched"] <= 10


@pytest.mark.parametrize("mean", [0.5, 2, 4.5])
def test_quiet_charts_of_rare_events_seldom_show_a_signal(tool, mean):
    assert tool.signals(mean, charts=200)["touched"] <= 30


@pytest.mark.slow
def test_what_was_measured_is_what_the_present_code_gives(tool):
    assert json.loads(tool.MEASURED.read_text(encoding="utf-8")) == tool.measure()
