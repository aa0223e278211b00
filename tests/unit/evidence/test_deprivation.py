"""One type by deprivation, as the topic page says it."""

from datetime import date

import pytest

from csplan.cycle import periods
from csplan.evidence import areas, deprivation, types
from csplan.evidence.view import View

DURHAM = "E06000047"
INSIDE = tuple(sorted(areas.lsoas(DURHAM)))


@pytest.fixture
def found(draw, take, store):
    """Burglaries of June by small area: a dictionary in, a finding out."""

    def looked(counts, day=date(2026, 1, 1)):
        rows = []
        for code, n in counts.items():
            rows += draw.rows(n, start=len(rows), lsoa=code)
        take("2025-06-durham-street.csv", draw.csv_bytes(rows))
        asked = View(store, day, DURHAM), types.get("burglary"), areas.get(DURHAM), periods.parse("2025-06")
        return deprivation.of_small_areas(*asked, per=1000)

    return looked


def test_every_small_area_and_event_stands_in_one_tenth(found):
    told = found(dict.fromkeys(INSIDE, 2))
    assert [t.tenth for t in told.tenths] == list(range(1, 11)) and sum(t.places for t in told.tenths) == len(INSIDE)
    assert sum(t.count for t in told.tenths) == 2 * len(INSIDE)
    whole = areas.denominator(DURHAM, types.get("burglary").denominator, date(2026, 1, 1))
    assert sum(t.people for t in told.tenths) == whole.value
    assert "do not clearly differ" in told.words and 0.8 < told.times < 1.3


def test_more_where_more_deprived_is_said_with_its_limits(found):
    told = found({code: 3 if areas.decile(code) <= 3 else 2 for code in INSIDE})
    assert told.low > 1 and told.words.startswith("At the most deprived end of the small areas here the rate is ")
    assert told.as_json()["times"] == pytest.approx(told.times, rel=1e-3)


def test_few_events_and_a_day_before_the_index_say_why(found):
    assert found({INSIDE[0]: 99}).words == "Fewer than 100 were recorded: too few to set beside deprivation."
    early = found(dict.fromkeys(INSIDE, 2), day=date(2025, 10, 1))
    assert early.words == "How deprived the small areas here are is not held for this day." and early.tenths == ()
