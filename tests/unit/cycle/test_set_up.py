"""Addresses from names, and what is left to fill."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.cycle import roles, set_up

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Safer Hartlepool Partnership", "safer-hartlepool-partnership"),
        ("Safer Môn", "safer-mon"),
        ("King’s Lynn & West Norfolk", "kings-lynn-west-norfolk"),
        ("  Two   blanks ", "two-blanks"),
        ("安全", ""),
    ],
)
def test_an_address_is_made_from_a_name(name, slug):
    assert set_up.slug_of(name) == slug


@given(st.text(max_size=200))
def test_every_address_made_is_one_or_empty(name):
    slug = set_up.slug_of(name)
    assert slug == "" or slug in set_up.RESERVED or set_up.wrong_slug(slug) is None


@pytest.mark.parametrize("slug", ["", "Safer", "a--b", "-a", "a-", "a_b", "a/b", "a b", "é", "a" * 51, *sorted(set_up.RESERVED)])
def test_what_is_no_address_is_refused_in_a_sentence(slug):
    assert set_up.wrong_slug(slug).endswith(".")


@pytest.mark.parametrize("slug", ["a", "a" * 50, "safer-hartlepool", "area-51"])
def test_what_is_an_address_is_taken(slug):
    assert set_up.check_slug(slug) == slug


def test_a_taken_address_gets_a_number():
    assert set_up.free_slug("Sub-group", set()) == "sub-group"
    assert set_up.free_slug("Sub-group", {"sub-group", "sub-group-2"}) == "sub-group-3"


def test_every_role_but_the_residents_may_be_offered():
    assert set(set_up.OFFERED) == set(roles.ROLES) - {"resident"}


BODIES = [
    {"kind": kind, "from_on": date(2010, 4, 1)}
    for kind in ("council", "police", "fire", "health", "probation", "local policing body")
]
GROUPS = [
    {"slug": "board", "kind": "board", "is_strategy_group": True, "quorum": 4},
    {"slug": "scrutiny", "kind": "scrutiny"},
    {"slug": "one", "kind": "sub-group"},
]
WHOLE = {
    "partnership": {"tier": "unitary", "jurisdiction": "england"},
    "bodies": BODIES,
    "groups": GROUPS,
    "offices": [{"group": "board"}],
}
DONE = {"checked": ("name", "authorities"), "is_invited": True, "has_colours": True, "reports_checked": True}


def test_nothing_is_left_of_what_is_whole():
    assert set_up.left(WHOLE, on=TODAY, **DONE) == []


@pytest.mark.parametrize(
    ("changes", "done", "ref"),
    [
        ({"bodies": [b for b in BODIES if b["kind"] != "fire"]}, {}, "fire"),
        ({"bodies": [b for b in BODIES if b["kind"] != "local policing body"]}, {}, "local policing body"),
        # a body whose last day is past does not count; one whose last day is today does
        ({"bodies": [*BODIES[:3], {**BODIES[3], "to_on": date(2026, 11, 24)}, *BODIES[4:]]}, {}, "health"),
        ({"groups": GROUPS[1:]}, {}, "board"),
        ({"groups": [{**GROUPS[0], "quorum": None}, *GROUPS[1:]]}, {}, "quorum"),
        ({"groups": [GROUPS[0], GROUPS[2]]}, {}, "scrutiny"),
        ({"groups": GROUPS[:2]}, {}, "sub-groups"),
        ({"offices": []}, {}, "offices"),
        ({}, {"is_invited": False}, "manager"),
        ({}, {"has_colours": False}, "colours"),
        ({}, {"reports_checked": False}, "report-it"),
        ({}, {"checked": ("authorities",)}, "name"),
        ({}, {"checked": ("name",)}, "authorities"),
    ],
)
def test_each_thing_left_is_named(changes, done, ref):
    assert [one.ref for one in set_up.left({**WHOLE, **changes}, on=TODAY, **{**DONE, **done})] == [ref]


def test_a_body_stands_on_its_last_day():
    bodies = [*BODIES[:3], {**BODIES[3], "to_on": TODAY}, *BODIES[4:]]
    assert set_up.left({**WHOLE, "bodies": bodies}, on=TODAY, **DONE) == []
