"""Hot spots among the small areas of a district, as the topic page says them."""

from datetime import date

import numpy as np
import pytest

from csplan.cycle import periods
from csplan.evidence import areas, clusters, types
from csplan.evidence.view import View

DURHAM = "E06000047"
INSIDE = tuple(sorted(areas.lsoas(DURHAM)))


@pytest.fixture
def found(draw, take, store):
    """Burglaries of June by small area: a dictionary in, hot spots out."""

    def looked(counts, asked="2025-06", day=date(2026, 1, 1)):
        rows = []
        for code, n in counts.items():
            rows += draw.rows(n, start=len(rows), lsoa=code)
        take("2025-06-durham-street.csv", draw.csv_bytes(rows))
        return clusters.of_small_areas(
            View(store, day, DURHAM), types.get("burglary"), areas.get(DURHAM), periods.parse(asked), per=1000
        )

    return looked


def beside(code, n):
    """A small area with the n nearest to it, by degrees made alike."""
    lon, lat = np.array([areas.centroid(c) for c in INSIDE]).T
    here = INSIDE.index(code)
    far = np.hypot((lon - lon[here]) * np.cos(np.radians(lat[here])), lat - lat[here])
    return [INSIDE[i] for i in np.argsort(far)[: n + 1]]


def test_a_patch_is_found_named_and_listed(found):
    middle = INSIDE[40]
    patch = beside(middle, 8)
    hot = found({**dict.fromkeys(INSIDE, 1), **dict.fromkeys(patch, 12)})
    assert middle in {h.area.code for h in hot.hot} and {h.area.code for h in hot.hot} & set(patch)
    assert hot.places == len(INSIDE) and all(h.z > 0 and h.q < clusters.Q for h in hot.hot)
    assert [h.z for h in hot.hot] == sorted((h.z for h in hot.hot), reverse=True)
    assert areas.get(areas.get(middle).parent).name in hot.words and "together with the six nearest to each of them" in hot.words
    first = hot.as_json()["areas"][0]
    assert first["count"] == hot.hot[0].count and first["code"] == hot.hot[0].area.code


def test_an_even_spread_has_none(found):
    assert found(dict.fromkeys(INSIDE, 2)).words.startswith(
        "No small area lies in a hot spot: none has, with the six nearest to it,"
    )


def test_few_events_or_no_people_known_say_why(found):
    assert found({INSIDE[0]: 99}).words == "Fewer than 100 were recorded: too few to look for hot spots."
    early = found(dict.fromkeys(INSIDE, 2), day=date(2022, 1, 1))
    assert "so no hot spots are looked for" in early.words and early.as_json()["areas"] == []


def test_the_nearest_are_told_by_true_distance():
    w = clusters.neighbours(INSIDE)
    for i in (0, 40, 200):
        assert {INSIDE[j] for j in w[[i]].indices} == set(beside(INSIDE[i], 6)[1:])
