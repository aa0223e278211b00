"""A district among those of its region: the same rates as everywhere, left out with a reason, and no verdict."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from csplan.cycle import kpi, periods
from csplan.errors import CsplanError
from csplan.evidence import areas, carried, findings, load, types
from csplan.evidence.findings_words import LONGEST_HEADLINE
from csplan.evidence.region import DistrictRate, RegionFindings, beside_region
from csplan.evidence.store import Store
from csplan.evidence.view import View

COUNTY, ASHFORD, CITY = "E06000047", "E07000105", "E09000001"
NORTH_EAST, SOUTH_EAST = "E12000001", "E12000008"
YEAR, BURGLARY = periods.parse("2025"), types.get("burglary")


@pytest.fixture(scope="module")
def store(draw: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Every month of 2025: 20 burglaries and no robbery in County Durham, 30 burglaries in Ashford in Kent, 5 in the City."""
    given = tmp_path_factory.mktemp("given")
    drawn = (
        ("durham", "Durham Constabulary", draw.HERE, 20),
        ("kent", "Kent Police", areas.lsoas(ASHFORD)[0], 30),
        ("city-of-london", "City of London Police", areas.lsoas(CITY)[0], 5),
    )
    for month in YEAR.months:
        for start, (slug, force, lsoa, n) in enumerate(drawn):
            rows = draw.rows(n, start=100 * start, month=month, lsoa=lsoa, reported_by=force, falls_within=force)
            (given / f"{month}-{slug}-street.csv").write_bytes(draw.csv_bytes(rows))
    store = Store(tmp_path_factory.mktemp("data"))
    load.load(store, [given], by="terminal:test")
    return store


@pytest.fixture(scope="module")
def view(store: Store) -> View:
    return View(store, date(2026, 4, 1), COUNTY)


def in_region(view: View, *, slug: str = "burglary", code: str = COUNTY, period: str = "2025") -> RegionFindings:
    found = beside_region(view, types.get(slug), areas.get(code), periods.parse(period))
    assert found is not None
    return found


# ---- rates ------------------------------------------------------------------------------------------


def test_every_district_of_the_region_stands_in_order_of_its_rate(view: View):
    found = in_region(view)
    assert found.region.code == NORTH_EAST and found.left_out == () and found.why == ""
    assert {one.area.code for one in found.districts} == {area.code for area in areas.within(NORTH_EAST, "district")}
    assert [one.rate for one in found.districts] == sorted((one.rate for one in found.districts), reverse=True)
    assert all(one.low <= one.rate <= one.high for one in found.districts)


def test_own_numbers_are_those_of_the_area(view: View):
    own, topic = in_region(view).own, findings.area_findings(view, COUNTY).topic("burglary")
    assert own is not None and own.count == 240
    assert (own.count, own.rate, own.low, own.high) == (topic.count, topic.rate, topic.low, topic.high)


def test_others_are_counted_in_the_national_table(view: View):
    table, found = carried.district_counts(), in_region(view)
    gateshead = next(one for one in found.districts if one.area.name == "Gateshead")
    assert gateshead.count == table.counts[table.types.index("burglary"), table.districts.index(gateshead.area.code)].sum() == 916
    assert gateshead.rate == pytest.approx(1000 * 916 / 89_001)
    assert gateshead.force == "Northumbria"


# ---- what is left out, and when nothing is shown ----------------------------------------------------


def test_district_of_a_force_that_missed_a_month_is_left_out_with_the_reason(store: Store):
    found = in_region(View(store, date(2026, 4, 1), ASHFORD), code=ASHFORD)
    assert found.region.code == SOUTH_EAST
    left = {area.name: why for area, why in found.left_out}
    assert left["Oxford"] == "its police force did not publish every month"  # Thames Valley
    assert "Oxford" not in {one.area.name for one in found.districts}
    assert f"; {len(found.districts) - 1} other districts of the South East recorded from" in found.words


@pytest.mark.parametrize(
    ("slug", "period", "why"),
    [
        ("anti-social-behaviour", "2025", types.get("anti-social-behaviour").why_not_compared),
        ("other-crime", "2025", types.get("other-crime").why_not_compared),
        (
            "burglary",
            "2025-Q1",
            "Other districts’ figures are held for 2025 alone, so no comparison is made for January to March 2025.",
        ),
        # no robbery was drawn: too few for a rate
        ("robbery", "2025", "County Durham has no rate to set beside others: fewer than ten were recorded there."),
    ],
)
def test_nothing_is_shown_where_it_would_not_be_fair(view: View, slug: str, period: str, why: str):
    found = in_region(view, slug=slug, period=period)
    assert (found.why, found.words, found.headline) == (why, why, why.rstrip("."))
    assert (found.districts, found.own, found.median) == ((), None, None)
    assert found.as_json()["why"] == why and found.as_json()["median"] is None


def test_a_district_with_hardly_another_to_stand_beside_is_not_shown(store: Store):
    found = in_region(View(store, date(2026, 4, 1), CITY), code=CITY)  # the rest of London was not published
    assert (found.why, found.districts, found.left_out) == ("Too few districts of its region can be shown.", (), ())


# The national table came out on 1 March 2026.
@pytest.mark.parametrize(("day", "is_shown"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 3, 2), True)])
def test_nothing_is_shown_before_the_national_table_was_out(store: Store, day: date, is_shown: bool):
    found = in_region(View(store, day, COUNTY))
    assert bool(found.districts) == is_shown
    assert found.why == ("" if is_shown else "Other districts’ figures were not published yet, so no comparison is made.")


def test_an_area_larger_than_a_district_has_no_region_to_stand_in(view: View):
    assert beside_region(view, BURGLARY, areas.get("E23000008"), YEAR) is None
    with pytest.raises(CsplanError, match="larger than a district"):
        areas.region_of("E23000008")


@pytest.mark.parametrize("code", ["E01020634", "E02004340", COUNTY])
def test_region_of_an_area_is_its_district_s(code: str):
    assert areas.region_of(code).name == "North East"


# ---- words ------------------------------------------------------------------------------------------


def drawn(rates: list[float], *, name: str = "Here", region: str = "North East", left: int = 0) -> RegionFindings:
    """Districts drawn by hand, the first of them the subject."""
    some = [areas.Area(f"E0600000{i}", name if i == 0 else f"There {i}", "district", None) for i in range(len(rates))]
    of = [DistrictRate(area, "Force", 100, 1000, rate, rate - 1, rate + 1) for area, rate in zip(some, rates, strict=True)]
    out = tuple((areas.Area(f"E0700000{i}", f"Out {i}", "district", None), "why") for i in range(left))
    place = areas.Area("E12000009", region, "region", None)
    return RegionFindings("burglary", some[0], place, YEAR, 1000, "households", "households, Census 2021", tuple(of), out, "")


def test_sentence_says_what_lies_between_what_and_no_more():
    assert drawn([9.6, 4.1, 14.2]).words == (
        "Here recorded 9.6 for every 1,000 households; the other two districts of the North East recorded from 4.1 to 14.2."
    )
    assert drawn([9.6, 4.1, 14.2], region="London", left=1).words == (
        "Here recorded 9.6 for every 1,000 households; two other districts of London recorded from 4.1 to 14.2."
    )


@pytest.mark.parametrize(("rates", "median"), [([9.6, 4.1, 14.2], 9.6), ([9.0, 4.0, 14.0, 10.0], 9.5)])
def test_half_of_the_districts_lie_above_the_median(rates: list[float], median: float):
    assert drawn(rates).median == median


@pytest.mark.parametrize("region", ["North East", "Yorkshire and The Humber", "East of England"])
@pytest.mark.parametrize("name", ["Here", "King’s Lynn and West Norfolk", "Bournemouth, Christchurch and Poole"])
def test_headline_is_short_and_gives_no_verdict(name: str, region: str):
    headline = drawn([39.9, 28.3, 55.1], name=name, region=region).headline
    assert headline.startswith(f"{name} had 39.9 per 1,000 households") and len(headline) <= LONGEST_HEADLINE
    words = [*kpi.COMPARISONS, "higher", "lower", "more", "fewer", "better", "worse", "most", "least"]
    assert not any(word in headline.lower().replace(region.lower(), "").split() for word in words)


def test_json_holds_every_district_and_its_numbers(view: View):
    found = in_region(view)
    told = found.as_json()
    assert told["region"] == {"code": NORTH_EAST, "name": "North East", "type": "region"}
    assert told["period"] == {"id": "2025", "from": "2025-01", "to": "2025-12"}
    assert [one["code"] for one in told["districts"]] == [one.area.code for one in found.districts]
    assert {"force", "count", "population", "rate", "low", "high"} <= told["districts"][0].keys()
    assert told["words"] == found.words and told["why"] is None and told["left_out"] == []
    assert replace(found, left_out=((areas.get(ASHFORD), "why"),)).as_json()["left_out"] == [
        {"code": ASHFORD, "name": "Ashford", "type": "district", "why": "why"}
    ]
