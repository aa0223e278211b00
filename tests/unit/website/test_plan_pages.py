"""What the pages of a plan say, from plain values."""

from datetime import date
from typing import Any

import pytest

from csplan.website.pages import alignment, compare, plan_comments, plan_part_facts, plan_review, plan_signed, plan_versions
from csplan.website.pages import plan_whole as whole
from csplan.website.pages.plan_words import Figures, html, moved

REF = "recorded-burglary.count/E06000047/2025"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, None),  # an agreement from before duties were noted
        ({"met": 1}, "Of one duty noted on that day: 1 met."),
        (
            {"unknown": 3, "met": 12, "not met": 2, "not applicable": 1},
            "Of 18 duties noted on that day: 12 met, 2 not met, 3 unknown and 1 not applicable.",
        ),
    ],
)
def test_duties_are_counted_in_one_order(told: dict[str, int], words: str | None) -> None:
    assert plan_signed.duties(told) == words


@pytest.mark.parametrize(
    ("is_same", "words"),
    [
        (None, "No fingerprint was restated when it was signed."),
        (True, "Restated when it was signed, and the same as that of this version."),
        (False, "Restated when it was signed, and not that of this version."),
    ],
)
def test_the_fingerprint_signed_is_compared(is_same: bool | None, words: str) -> None:
    assert plan_signed.restated(is_same) == words


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([], "No responsible authority stands in the register on this day."),
        ([None, None], "No part of any responsible authority is recorded yet."),
        (["agreed", None, "no answer"], "A part is recorded for two of three responsible authorities."),
    ],
)
def test_how_many_authorities_have_a_part(parts: list[str | None], words: str) -> None:
    assert plan_signed.summary({"authorities": [{"part": part} for part in parts]}) == words


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ([None], "What the authorities put in."),
        ([1000, 2500], "What the authorities put in. The lines of money come to £3,500."),
        ([1000, None], "What the authorities put in. The lines of money come to £1,000, and one line that is not money."),
        ([0, None, None], "What the authorities put in. The lines of money come to £0, and two lines that are not money."),
    ],
)
def test_resources_are_added_up(amounts: list[int | None], words: str) -> None:
    assert whole.resources_words([{"amount_gbp": amount} for amount in amounts]) == words


@pytest.mark.parametrize(
    ("ambitions", "delivers", "words"),
    [
        ([], {}, "Its ambitions are not named in this version."),
        (["Jobs", "Homes"], {}, "Its ambitions: Jobs and Homes. What serves each is not said."),
        (["Jobs", "Homes"], {"Homes": ["1"]}, "The plan names what serves one of its two ambitions."),
        (["Jobs"], {"Jobs": ["9"]}, "The plan names what serves none of its one ambition."),  # 9 is not in the version
    ],
)
def test_a_strategy_in_one_line(ambitions: list[str], delivers: dict[str, list[str]], words: str) -> None:
    told = {"title": "A strategy", "ambitions": ambitions, "delivers": delivers}
    assert whole.strategy(told, {"1": "Be safe"})["words"] == words


@pytest.mark.parametrize(
    ("may_follow", "words"),
    [
        ({}, "Nothing more happens to it. It stays at its address."),
        ({"frozen": "freeze", "withdrawn": "withdraw"}, "What may follow: frozen, or withdrawn."),
        ({"in force": "first day"}, "What may follow: in force."),
    ],
)
def test_what_may_follow_is_said(may_follow: dict[str, str], words: str) -> None:
    assert plan_versions.next_words(may_follow) == words


def test_two_versions_have_one_address_each_way() -> None:
    assert plan_versions.address(("a", 1), ("a", 2), "/p/") == "/p/plans/a/versions/1/compare/2/"
    assert plan_versions.address(("a", 1), ("b", 2), "/p/") == "/p/plans/a/versions/1/compare/b/2/"


@pytest.mark.parametrize(
    ("form", "name", "value", "words"),
    [
        ("line", "title", "", ""),
        ("words", "words", "As **written**.", "As **written**."),
        ("day", "due", date(2020, 3, 31), "31 March 2020"),
        ("day", "due", "2020-03-31", "31 March 2020"),
        ("day", "due", None, ""),
        ("group", "group", "sub-group-1", "The sub-group"),
        ("group", "group", "gone", "gone"),  # a group that the register has no more
        ("limbs", "limbs", ["c"], "Reducing reoffending"),
        ("number", "amount_gbp", 42000, "£42,000"),
        ("choice", "evidence", "record", "A record of attendance or referrals"),
        ("choice", "kind", "drugs", "The drugs partnership’s plan"),
        ("refs", "refs", ["1", "1.2"], "1\n1.2"),
        ("pairs", "delivers", {"Homes": ["1", "1.2"]}, "Homes = 1, 1.2"),
    ],
)
def test_a_value_is_compared_as_a_reader_takes_it(form: str, name: str, value: Any, words: str) -> None:
    assert compare.in_words(form, name, value, {"sub-group-1": "The sub-group"}) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"changed": 0, "added": 0, "removed": 0}, "The two say the same."),
        ({"changed": 1, "added": 0, "removed": 2}, "One passage changed and two passages left out."),
    ],
)
def test_how_much_differs(counts: dict[str, int], words: str) -> None:
    assert compare.lede(counts) == words


def test_what_is_removed_stands_on_the_left_and_what_is_added_on_the_right() -> None:
    told = {"label": "Lead", "form": "line", "name": "lead", "before": "The board", "after": "The chair"}
    found = compare.field(told, {})
    assert found["before"] == [("same", "The "), ("removed", "board")]
    assert found["after"] == [("same", "The "), ("added", "chair")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "No comment on this plan had been decided by this day."),
        ([[1]], "One comment is decided, and it changed the plan."),
        ([[]], "One comment is decided, and the plan was not changed because of it."),
        ([[1], [], [2]], "Three comments are decided; 2 of them changed the plan."),
        ([[], []], "Two comments are decided; none of them changed the plan."),
    ],
)
def test_how_many_comments_changed_the_plan(rows: list[list[int]], words: str) -> None:
    assert plan_comments.lede({"comments": [{"passages": passages} for passages in rows]}) == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([], None),
        ([("A", None)], "Vision: A"),
        ([("A", None), ("B", "1"), ("C", "1")], "Vision: A; two ambitions through 1"),
        ([("B", "1"), ("C", "1.2")], "One ambition through 1 and one ambition through 1.2."),
    ],
)
def test_what_a_part_serves(told: list[tuple[str, str | None]], words: str | None) -> None:
    rows = [{"ambition": ambition, "strategy": "v", "through": through} for ambition, through in told]
    assert alignment.serves(rows, {"v": "Vision"}) == words


def test_a_review_counts_its_deliverables_by_state() -> None:
    review = {
        "completed_on": date(2021, 3, 1),
        "implementation": {"1.1.1": {"state": "complete"}, "1.2.1": {"state": "on track"}, "1.3.1": {"state": "on track"}},
    }
    assert plan_review.lede(review) == "Completed on 1 March 2021. Three deliverables reviewed: 2 on track, 1 complete."


DELIVERABLE: dict[str, Any] = {
    "lead": None,
    "due": None,
    "why": "not stated",
    "contributors": [],
    "starts": None,
    "resource": None,
    "evidence": None,
    "status": None,
    "status_on": None,
}


def test_a_deliverable_that_says_nothing_says_why() -> None:
    told = dict(plan_part_facts.deliverable(DELIVERABLE, None))
    assert told == {"Lead": "Not stated", "Due": "Not stated", "How it stands": "No progress has been recorded yet."}


def test_a_deliverable_that_says_everything() -> None:
    d = DELIVERABLE | {
        "lead": "The chair",
        "due": date(2021, 3, 31),
        "why": None,
        "contributors": ["Police", "Fire"],
        "starts": date(2020, 4, 1),
        "resource": "£5",
        "evidence": "minute",
        "status": "complete",
        "status_on": date(2021, 3, 1),
    }
    assert list(plan_part_facts.deliverable(d, {"name": "The sub-group"})) == [
        ("Lead", "The chair"),
        ("Owned by", "The sub-group"),
        ("With", "Police and Fire"),
        ("Starts", "1 April 2020"),
        ("Due", "31 March 2021"),
        ("Needs", "£5"),
        ("What will show it", "A minute of a meeting"),
        ("How it stands", "Complete, as reported on 1 March 2021."),
    ]


def test_sealed_figures_stand_in_the_words_and_say_when_they_moved() -> None:
    figures = Figures({REF: "2,248"}, {REF: "This figure has since been restated: it would now be 2,250."})
    text = f"Burglaries: {{{REF}}}."
    assert "Burglaries: 2,248." in html(text, figures)
    assert moved([text], figures) == ["2,248: This figure has since been restated: it would now be 2,250."]
    assert moved([text], Figures({REF: "2,248"})) == [] and html("  ", figures) == ""
