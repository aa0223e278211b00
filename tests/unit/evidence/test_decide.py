"""Officers decide about files that wait."""

import pytest

from csplan.errors import CsplanError
from csplan.evidence import count, decide, status

KEY = "police.uk/street durham 2025-06"


@pytest.fixture
def waiting(draw, take):
    """A file held, and another of the same month that waits."""
    take("a.csv", draw.street(6, lsoa=draw.HERE))
    take("b.csv", draw.street(9, start=50))


def rows(store):
    return status.status(store)["rows"]


def test_approved_file_is_shown_and_the_first_stays_told(waiting, store, draw):
    assert rows(store) == 6
    told = decide.approve(store, KEY, by="analyst")
    assert (told["state"], told["is_current"]) == ("accepted", True)
    assert rows(store) == 9
    assert [(r["rows_first"], r["rows"]) for r in status.status(store)["restated"]] == [(6, 9)]
    assert count.count(store, area="E06000047", from_month="2025-06", to_month="2025-06")["count"] == 6


def test_refused_file_is_kept_and_not_shown(waiting, store):
    told = decide.reject(store, KEY, why="the extract was cut short", by="analyst")
    assert told["state"] == "rejected" and rows(store) == 6
    found = status.status(store)
    assert found["held"] == []
    assert [r["state"] for r in found["releases"]] == ["accepted", "rejected"]
    assert store.path(f"raw/{told['sha256']}").exists()


def test_decision_may_be_changed_by_naming_the_file(waiting, store):
    refused = decide.reject(store, KEY, why="a mistake", by="analyst")
    decide.approve(store, f"{KEY}@{refused['sha256'][:8]}", by="manager")
    assert rows(store) == 9


def test_of_several_that_wait_one_must_be_named(waiting, store, take, draw):
    take("c.csv", draw.street(8, start=90))
    with pytest.raises(CsplanError, match=f"More than one file waits under “{KEY}”"):
        decide.approve(store, KEY, by="analyst")


@pytest.mark.parametrize(
    "key, words",
    [
        ("police.uk/street durham 2025-07", "Nothing is held under"),
        (f"{KEY}@ffffffffffffffff", "No file waits under"),
    ],
)
def test_what_does_not_wait_is_refused_in_words(waiting, store, key, words):
    with pytest.raises(CsplanError, match=words):
        decide.approve(store, key, by="analyst")


def test_terminal_alone_may_not_decide(waiting, store):
    with pytest.raises(CsplanError, match="decided by a named person"):
        decide.approve(store, KEY, by="terminal:root")


def test_refusal_needs_its_reason(waiting, store):
    with pytest.raises(CsplanError, match="Nothing was said of why"):
        decide.reject(store, KEY, why=" ", by="analyst")
