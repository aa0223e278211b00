"""What a plan is made of: cut into clauses, read from forms, compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.cycle import plan_changes, plan_text, plan_values
from csplan.cycle.plan_text import KINDS
from csplan.errors import CsplanError

DOCUMENT = {
    "vision": "Safe and heard",
    "sections": [{"ref": "foreword", "title": "Foreword", "words": "Why"}],
    "priorities": [
        {
            "ref": "1",
            "title": "Be safe",
            "work_areas": [{"ref": "1.1", "title": "Homes"}],
            "deliverables": [
                {"ref": "1.1.1", "title": "Lock doors", "work_areas": ["1.1"], "lead": None, "due": date(2021, 3, 31)}
            ],
        }
    ],
    "risks": [{"ref": "R1", "title": "No money"}],
}


def test_a_text_is_cut_into_clauses_in_reading_order():
    found = plan_text.clauses(DOCUMENT)
    assert list(found) == ["vision", "section/foreword", "priority/1", "work-area/1.1", "deliverable/1.1.1", "risk/R1"]
    assert found["deliverable/1.1.1"]["due"] == date(2021, 3, 31) and found["deliverable/1.1.1"]["contributors"] == []


@pytest.mark.parametrize("clause", ["", "vision/1", "deliverable", "chapter/1", "priority/"])
def test_what_is_no_clause_is_refused(clause):
    with pytest.raises(CsplanError, match="is no clause of a plan"):
        plan_text.part_of(clause)


#: kind, field, what is typed, what is said at the field
WRONG = [
    ("priority", "title", "", "Write title"),
    ("priority", "title", "x" * 301, "It is 1 characters too long. Cut it to 300"),
    ("priority", "title", "one\ntwo", "Write it on one line"),
    ("priority", "limbs", "e", "“e” is no purpose of section 6(1). Choose from a to d"),
    ("deliverable", "due", "soon", "Write a day such as 31 March 2021 or 31/03/2021"),
    ("deliverable", "due", "31/02/2021", "Write a day such as 31 March 2021 or 31/03/2021"),
    (
        "deliverable",
        "work_areas",
        "1.1, one",
        "“one” is no reference. Write references such as 1, 1.2 or 1.2.1, each on a line of its own",
    ),
    ("deliverable", "evidence", "faith", "Choose one of the answers shown"),
    ("resource", "amount_gbp", "-5", "Write a whole number of pounds, such as 12,000"),
    ("resource", "amount_gbp", "1.5", "Write a whole number of pounds, such as 12,000"),
    ("resource", "amount_gbp", "١٢", "Write a whole number of pounds, such as 12,000"),
    (
        "alignment",
        "delivers",
        "Jobs",
        "Write “Jobs” as an ambition, an equals sign and references, such as Connected communities = 1, 2.3",
    ),
    ("alignment", "delivers", "Jobs = all", "“all” is no reference. Write references such as 1 or 2.3, with commas between"),
]


@pytest.mark.parametrize(("kind", "field", "typed", "said"), WRONG)
def test_a_mistake_is_said_at_its_field(kind, field, typed, said):
    with pytest.raises(plan_values.Refused) as refused:
        plan_values.from_form(KINDS[kind], {field: typed})
    assert refused.value.problems == {field: said}


def test_a_deliverable_is_not_due_before_it_starts():
    with pytest.raises(plan_values.Refused) as refused:
        plan_values.from_form(KINDS["deliverable"], {"starts": "1 April 2021", "due": "31 March 2021"})
    assert refused.value.problems == {"due": "It is due before it starts. Correct one of the two days"}


@pytest.mark.parametrize("typed", ["2021-03-31", "31/03/2021", "31 March 2021", "31 Mar 2021"])
def test_a_day_is_read_as_people_write_it(typed):
    assert plan_values.from_form(KINDS["deliverable"], {"due": typed})["due"] == date(2021, 3, 31)


def test_what_stands_in_a_form_reads_back_as_the_same_value():
    values = {"ambitions": ["Jobs", "Long lives"], "delivers": {"Jobs": ["1", "2.3"], "a = b": ["1.1"]}, "title": "Vision"}
    kind = KINDS["alignment"]
    written = {name: plan_values.to_form(kind.field(name), value) for name, value in values.items()}
    assert plan_values.from_form(kind, written) == values


def test_only_what_differs_is_a_difference():
    after = {
        **DOCUMENT,
        "vision": "Durham is safe",
        "risks": [],
        "sections": [{"ref": "foreword", "title": "Foreword", "words": "Why"}],
    }
    found = plan_changes.differences(DOCUMENT, after)
    assert [(d.clause, d.kind) for d in found] == [("vision", "changed"), ("risk/R1", "removed")]
    assert plan_changes.differences(DOCUMENT, DOCUMENT) == ()
    assert plan_changes.changed_priorities(DOCUMENT, after) == frozenset()


def test_a_priority_that_is_new_gone_or_reworded_is_a_changed_priority():
    reworded = {**DOCUMENT, "priorities": [{**DOCUMENT["priorities"][0], "title": "Feel safe"}]}
    assert plan_changes.changed_priorities(DOCUMENT, reworded) == {"1"}
    assert plan_changes.changed_priorities(DOCUMENT, {**DOCUMENT, "priorities": []}) == {"1"}


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_comparison_gives_both_texts_back(before, after):
    runs = plan_changes.compare(before, after)
    assert "".join(r.words for r in runs if r.kind != "added") == before
    assert "".join(r.words for r in runs if r.kind != "removed") == after


def test_a_digest_tells_one_text_from_another_and_takes_no_notice_of_what_is_empty():
    assert plan_text.digest({"a": "x", "b": ""}) == plan_text.digest({"a": "x"})
    assert plan_text.digest({"a": "x"}) != plan_text.digest({"a": "y"})
