"""Who the law names for an area on a day, and what its code tells by name."""

from datetime import date

import pytest

from csplan.cycle import authorities

TODAY = date(2026, 11, 25)
HARTLEPOOL, DEVON, GWYNEDD = [("E06000001", "Hartlepool")], [("E07000041", "Exeter")], [("W06000002", "Gwynedd")]


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("E06000047", ("unitary", "england")),
        ("E07000041", ("two-tier", "england")),
        ("E08000024", ("unitary", "england")),
        ("E09000001", ("unitary", "england")),
        ("W06000002", ("unitary", "wales")),
    ],
)
def test_a_code_tells_tier_and_country(code, place):
    assert authorities.place_of(code) == place


@pytest.mark.parametrize(
    ("tier", "country", "on", "missing"),
    [
        # unitary England: fire and health stay to be entered
        ("unitary", "england", TODAY, ["the fire and rescue authority", "the health body"]),
        # two tiers: the county council too, where nothing tells it
        ("two-tier", "england", TODAY, ["the county council", "the fire and rescue authority", "the health body"]),
        # Wales calls the health body by its own name
        ("unitary", "wales", TODAY, ["the fire and rescue authority", "the Local Health Board"]),
        # the day before the fire authorities: no fire, no health, and a police authority comes with them
        ("unitary", "england", date(2003, 3, 31), []),
        ("unitary", "england", date(2003, 4, 1), ["the police authority", "the fire and rescue authority"]),
        # the last day of the police authorities, and the day after
        ("unitary", "england", date(2012, 11, 21), ["the police authority", "the fire and rescue authority", "the health body"]),
        ("unitary", "england", date(2012, 11, 22), ["the fire and rescue authority", "the health body"]),
    ],
)
def test_what_is_lacking_follows_the_law_of_the_day(tier, country, on, missing):
    held = ["district council" if tier == "two-tier" else "council", "police", "probation"]
    assert [n.words for n in authorities.lacking(held, tier=tier, jurisdiction=country, on=on)] == missing


def proposed(districts, force, slug, on=TODAY):
    return [(b.name, b.kind) for b in authorities.proposed(districts, force_name=force, force_slug=slug, on=on)]


def test_one_tier_has_its_council_the_police_and_probation():
    assert proposed(HARTLEPOOL, "Cleveland", "cleveland") == [
        ("Hartlepool Council", "council"),
        ("Cleveland Police", "police"),
        ("The Probation Service", "probation"),
    ]


def test_the_county_is_named_where_the_force_tells_it_and_left_where_it_does_not():
    assert ("Devon County Council", "county council") in proposed(DEVON, "Devon and Cornwall", "devon-and-cornwall")
    assert not [kind for _, kind in proposed([("E07000061", "Eastbourne")], "Sussex", "sussex") if kind == "county council"]


@pytest.mark.parametrize(("on", "is_there"), [(date(2021, 6, 25), False), (date(2021, 6, 26), True), (date(2021, 6, 27), True)])
def test_the_probation_service_is_proposed_from_its_first_day(on, is_there):
    assert (("The Probation Service", "probation") in proposed(GWYNEDD, "North Wales", "north-wales", on)) is is_there


@pytest.mark.parametrize(
    ("name", "slug", "called"),
    [
        ("Durham", "durham", "Durham Constabulary"),
        ("Cleveland", "cleveland", "Cleveland Police"),
        ("Metropolitan", "metropolitan", "Metropolitan Police Service"),
        ("Hampshire", "hampshire", "Hampshire and Isle of Wight Constabulary"),
        ("City of London", "city-of-london", "City of London Police"),
    ],
)
def test_a_force_is_called_by_its_name(name, slug, called):
    assert authorities.force_called(name, slug) == called


@pytest.mark.parametrize(
    ("code", "began", "unitary_since"),
    [
        ("E06000001", date(1998, 9, 30), None),  # unitary before the Act
        ("E06000047", date(2009, 4, 1), date(2009, 4, 1)),
        ("E06000066", date(2023, 4, 1), date(2023, 4, 1)),
        ("E07000244", date(2019, 4, 1), None),  # a new district, and still two tiers
        ("E07000041", date(1998, 9, 30), None),
    ],
)
def test_a_council_takes_part_from_the_act_or_from_its_own_first_day(code, began, unitary_since):
    assert (authorities.began(code), authorities.unitary_since(code)) == (began, unitary_since)


def test_every_kind_that_the_law_names_can_be_entered():
    for tier in ("unitary", "two-tier"):
        for one in authorities.needed(tier, "england", TODAY):
            assert one.kinds <= set(authorities.KINDS)
