"""How far a type gathers in few small areas, as the topic page says it."""

from datetime import date

import pytest

from csplan.cycle import periods
from csplan.evidence import areas, types
from csplan.evidence.gathering import of_small_areas
from csplan.evidence.view import View

DURHAM = "E06000047"


@pytest.fixture
def gathered(draw, take, store):
    """Burglaries of June by small area: a dictionary in, a finding out."""

    def found(counts, asked="2025-06"):
        rows = []
        for code, n in counts.items():
            rows += draw.rows(n, start=len(rows), lsoa=code)
        take("2025-06-durham-street.csv", draw.csv_bytes(rows))
        view = View(store, date(2026, 1, 1), DURHAM)
        return of_small_areas(view, types.get("burglary"), areas.get(DURHAM), periods.parse(asked))

    return found


def test_half_in_two_places_is_said_beside_what_chance_gives(gathered):
    inside = areas.lsoas(DURHAM)
    found = gathered({inside[0]: 80, inside[1]: 70, **dict.fromkeys(inside[2:102], 1)})
    assert (found.places, found.events, found.half, found.quarter) == (len(inside), 250, 2, 1)
    assert found.half_by_chance and found.half < found.half_by_chance < found.places / 2
    assert found.words.startswith(
        f"Half of the 250 were recorded in 2 of the {len(inside)} small areas (1%). Had every small area"
    )
    assert found.as_json()["gini"] > found.as_json()["gini_by_chance"]


def test_few_events_and_a_month_that_is_not_held_say_why(gathered):
    few = gathered({areas.lsoas(DURHAM)[0]: 99})
    assert few.words == "Fewer than 100 were recorded: too few to say where they gather." and few.as_json()["half"] is None
    assert gathered({areas.lsoas(DURHAM)[0]: 99}, "2025-07").words == "The small areas here are not held for the whole period."
