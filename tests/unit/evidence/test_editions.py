"""Which file of a month is shown when more than one was published."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.evidence import editions
from csplan.evidence.manifest import Decision, Manifest, Unit

KEY = "police.uk/street durham 2025-06"


def unit(sha256: str, rows: int = 100, *told: str) -> Unit:
    return Unit(
        source="police.uk/street",
        force="durham",
        month="2025-06",
        sha256=sha256,
        bytes=1,
        path="x.csv",
        rows_read=rows,
        rows_loaded=rows,
        rows_quarantined=0,
        types={},
        reasons=(),
        editions=told,
        received_at="",
        by="",
        events="",
        events_sha256="",
    )


def decision(sha256: str, verb: str, *, at: str = "1", as_edition: str = "") -> Decision:
    return Decision(KEY, sha256, verb, "officer", at, "because", as_edition)


def shown(units, *decisions):
    """(first, current, those that wait)."""
    found = editions.settle(units, decisions)
    first = [s.unit.sha256 for s in found if s.is_first]
    current = [s.unit.sha256 for s in found if s.is_current]
    return "".join(first), "".join(current), "".join(s.unit.sha256 for s in found if s.state == "held")


@pytest.mark.parametrize(
    "units, decisions, expected",
    [
        ([], (), ("", "", "")),
        ([unit("a")], (), ("a", "a", "")),
        # no edition told: the second waits, whatever it says
        ([unit("a"), unit("b")], (), ("a", "a", "b")),
        ([unit("a"), unit("b")], (decision("b", "approve"),), ("a", "b", "")),
        ([unit("a"), unit("b")], (decision("b", "reject"),), ("a", "a", "")),
        # whichever of the two came first, the officer's word decides
        ([unit("b"), unit("a")], (decision("b", "approve"),), ("b", "b", "a")),
        ([unit("b"), unit("a")], (decision("b", "reject"),), ("a", "a", "")),
        # editions told: the later is shown, the earlier was first
        ([unit("a", 100, "2025-08"), unit("b", 100, "2025-09")], (), ("a", "b", "")),
        ([unit("b", 100, "2025-09"), unit("a", 100, "2025-08")], (), ("a", "b", "")),
        # without an edition beside one with: it waits, and stands above it once approved
        ([unit("a", 100, "2025-08"), unit("b")], (), ("a", "a", "b")),
        ([unit("a", 100, "2025-08"), unit("b")], (decision("b", "approve", as_edition="2025-08"),), ("a", "b", "")),
        # and a later edition is shown again over it
        (
            [unit("a", 100, "2025-08"), unit("b"), unit("c", 100, "2025-09")],
            (decision("b", "approve", as_edition="2025-08"),),
            ("a", "c", ""),
        ),
        # the same bytes come back in a later release
        ([unit("a", 100, "2025-08", "2025-10"), unit("b", 100, "2025-09")], (), ("a", "a", "")),
        # what collapsed waits, and what follows is compared with the last accepted
        ([unit("a", 100, "1"), unit("b", 10, "2"), unit("c", 95, "3")], (), ("a", "c", "b")),
        ([unit("a", 100, "1"), unit("b", 10, "2"), unit("c", 95, "3")], (decision("b", "approve"),), ("a", "b", "c")),
        # an officer may change their mind
        ([unit("a"), unit("b")], (decision("b", "approve", at="1"), decision("b", "reject", at="2")), ("a", "a", "")),
    ],
)
def test_first_current_and_waiting(units, decisions, expected):
    assert shown(units, *decisions) == expected


@pytest.mark.parametrize("rows, waits", [(79, True), (80, False), (100, False), (125, False), (126, True)])
def test_a_change_of_more_than_a_fifth_waits(rows, waits):
    """Below, on and above each bound."""
    assert shown([unit("a", 100, "1"), unit("b", rows, "2")])[2] == ("b" if waits else "")


@given(st.lists(st.tuples(st.integers(60, 140), st.sampled_from("12345")), min_size=1, max_size=5), st.data())
def test_order_of_coming_does_not_matter_when_editions_are_told(drawn, data):
    units = [unit(chr(97 + i), rows, edition) for i, (rows, edition) in enumerate(drawn)]
    decisions = [decision(u.sha256, data.draw(st.sampled_from(["approve", "reject"]))) for u in units if data.draw(st.booleans())]
    assert len({shown(order, *decisions)[:2] for order in itertools.permutations(units)}) == 1


def of_types(sha256: str, told: str, **types: int) -> Unit:
    return replace(unit(sha256, sum(types.values()), told), types=types)


@pytest.mark.parametrize(("burglary", "waits"), [(9, ""), (10, "b")])
def test_a_type_of_crime_that_is_gone_waits(burglary, waits):
    before = of_types("a", "2025-08", burglary=burglary, drugs=200)
    after = of_types("b", "2025-09", drugs=200)
    assert shown([before, after])[2] == waits
    if waits:
        assert editions.changes_much(before, after) == "it has no rows of burglary where the file before it has 10"


def published_again(month: int, rows: int, again: int) -> list[Unit]:
    names = (f"{month:02}a", f"{month:02}b")
    return [
        replace(unit(name, n, told), month=f"2024-{month:02}")
        for name, n, told in zip(names, (rows, again), ("2025-01", "2025-02"), strict=True)
    ]


@pytest.mark.parametrize(
    ("others", "again", "waits"),
    [
        (6, 1_060, True),  # six others changed by 0.5%: 6% is out of line
        (6, 1_050, False),  # 5% never is
        (5, 1_060, False),  # too few others to tell
    ],
)
def test_a_change_out_of_line_with_past_ones_waits_whatever_the_order(others, again, waits):
    months = [published_again(m, 1_000, 1_005) for m in range(1, others + 1)] + [published_again(12, 1_000, again)]
    units = [u for month in months for u in month]
    for order in (units, units[::-1], units[1::2] + units[::2]):
        found = editions.standings(Manifest(units=tuple(order)))
        held = [s.unit.sha256 for files in found.values() for s in files if s.state == "held"]
        assert held == (["12b"] if waits else [])
    why = next((s.why for files in found.values() for s in files if s.state == "held"), "")
    assert not waits or why == "it changes 6% of the rows, where other months of this force changed 0.5% as a rule"
