"""Every area of the carried tables has a proposal, and what the tables do not tell is not made up."""

from datetime import date

import pytest

from csplan.cycle import set_up
from csplan.errors import CsplanError
from csplan.evidence import proposal
from csplan.evidence.areas import tables

TODAY = date(2026, 11, 25)
DISTRICTS = sorted(tables.districts())
PARTNERSHIPS = sorted({csp for d in tables.districts().values() for csp in d.csps})


def test_there_are_318_districts():
    assert len(DISTRICTS) == 318


def test_every_code_has_a_proposal_with_council_police_and_probation():
    for code in (*DISTRICTS, *PARTNERSHIPS):
        told = proposal.propose(code, on=TODAY).described
        kinds = [b["kind"] for b in told["bodies"]]
        assert {"police", "probation"} <= set(kinds) and {"council", "district council"} & set(kinds), code
        assert set_up.wrong_slug(told["partnership"]["slug"]) is None, code
        assert len({b["code"] for b in told["bodies"]}) == len(told["bodies"]), code


@pytest.mark.parametrize(
    ("code", "tier", "country", "combined", "area"),
    [
        ("E06000047", "unitary", "england", False, "E06000047"),
        ("E07000041", "two-tier", "england", False, "E07000041"),
        ("W06000002", "unitary", "wales", False, "W06000002"),
        ("E22000027", "unitary", "england", False, "E06000001"),  # a partnership of one district is that district
        ("E22000362", "two-tier", "england", True, "E22000362"),  # East and Mid Devon act as one
        ("E22000303", "unitary", "england", False, "E06000060"),  # a part of Buckinghamshire: figures are of the whole
        ("e06000001", "unitary", "england", False, "E06000001"),  # small letters are read
    ],
)
def test_tier_country_and_area_follow_from_the_code(code, tier, country, combined, area):
    about = proposal.propose(code, on=TODAY).described["partnership"]
    assert (about["tier"], about["jurisdiction"], about["is_combined"], about["area_code"]) == (tier, country, combined, area)


def test_areas_that_act_as_one_name_the_council_of_each():
    names = [b["name"] for b in proposal.propose("E22000362", on=TODAY).described["bodies"]]
    assert names[:3] == ["East Devon Council", "Mid Devon Council", "Devon County Council"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("E22000303", "The tables do not divide it, so figures are of the whole."),
        ("E07000040", "is listed in one partnership, East and Mid Devon (E22000362), with Mid Devon"),
    ],
)
def test_what_a_person_should_know_of_an_area_is_said(code, words):
    [note] = proposal.propose(code, on=TODAY).notes
    assert words in note


@pytest.mark.parametrize("code", ["", "E01020634", "E12000001", "Hartlepool", "S12000033"])
def test_another_code_is_refused_in_words(code):
    with pytest.raises(CsplanError, match="is not the code of a district"):
        proposal.propose(code, on=TODAY)


def test_name_and_address_are_taken_as_they_are_given():
    about = proposal.propose("E06000001", name=" Safer   Hartlepool ", slug="safer-h", on=TODAY).described["partnership"]
    assert (about["name"], about["slug"]) == ("Safer Hartlepool", "safer-h")
    with pytest.raises(CsplanError, match="begins addresses of the program itself"):
        proposal.propose("E06000001", slug="setup", on=TODAY)


@pytest.mark.parametrize(("length", "fits"), [(199, True), (200, True), (201, False)])
def test_a_name_is_as_long_as_the_records_hold(length, fits):
    if fits:
        assert proposal.propose("E06000001", name="x" * length, slug="x", on=TODAY)
    else:
        with pytest.raises(CsplanError, match="The name has 201 characters"):
            proposal.propose("E06000001", name="x" * length, slug="x", on=TODAY)


def test_an_area_is_found_by_a_part_of_its_name_or_its_code():
    assert [c.name for c in proposal.choices("hartle")] == ["Hartlepool"]
    assert [c.name for c in proposal.choices("e06000001")] == ["Hartlepool"]
    assert "E22000362" in [c.code for c in proposal.choices("devon")]
    assert proposal.choices("nowhere") == []
    assert len(proposal.choices()) >= 318
