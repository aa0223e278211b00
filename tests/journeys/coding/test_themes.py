"""Themes are decided on with what changed, every answer is accounted for, and a comment may go on to the plan."""

import pytest
from django.db import IntegrityError, transaction

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import triggers
from csplan.records.actions import comment as comments
from csplan.records.actions import consultation as consultations
from csplan.records.actions import plan as plans
from csplan.records.actions import theme
from csplan.records.models import Comment, Consultation, Response, Theme
from csplan.records.reading import theme as themes
from csplan.records.reading import understanding

HOME = "/county-durham/desk/consultations/plan-2020-25/"


def test_a_theme_is_named_and_worded_anew_until_it_is_decided(asked, person, coders):
    manager, held = person("manager"), Theme.objects.get(ref="T1")
    theme.describe(theme=held, title="Dark streets", words="", clause="priority/1", by=manager)
    assert Theme.objects.get(ref="T1").title == "Dark streets"
    for title, refusal in (("buses", "There is already a theme “Buses”, T2"), (" ", "short title"), ("x" * 201, "at most 200")):
        with pytest.raises(CsplanError, match=refusal):
            theme.name(consultation=asked, title=title, by=manager)
    coders.decide("T1", "noted", "Passed on.")
    with pytest.raises(CsplanError, match="T1 is decided"):
        theme.describe(theme=Theme.objects.get(ref="T1"), title="Other", words="", clause="", by=manager)


def test_a_change_that_did_not_happen_is_refused(asked, revised, coders):
    for more, refusal in (
        ({"changes": ["priority/1"], "changed_in": revised}, "says the same as before in priority/1"),
        ({"changes": ["vision"]}, "say which clauses and in which version"),
        ({"changed_in": revised}, "say which clauses and in which version"),
        ({"changes": ["vision"], "changed_in": asked.version}, "does not come after"),
        ({"changes": ["vision"], "changed_in": revised, "disposition": "noted"}, "changes no clause"),
        ({"disposition": "perhaps"}, "is no decision on a theme"),
        ({"reason": " "}, "Say why"),
    ):
        with pytest.raises(CsplanError, match=refusal):
            coders.decide("T1", **more)
    assert Theme.objects.get(ref="T1").decided_at is None


def test_a_decision_shows_the_exact_passages_to_those_who_may_read_the_version(asked, revised, person, coders):
    coders.decide("T1", changes=["vision"], changed_in=revised)
    held = Theme.objects.get(ref="T1")
    shown = themes.theme(held, viewer=person("manager"), at=clock.now())["passages"]
    assert [p["clause"] for p in shown] == ["vision"]
    runs = shown[0]["fields"][0]["runs"]
    assert "".join(r["words"] for r in runs if r["kind"] != "added") == asked.version.vision
    assert "".join(r["words"] for r in runs if r["kind"] != "removed") == "A county where everyone is safe, by day and after dark"
    assert themes.theme(held, viewer=None, at=clock.now())["passages"] == []


def test_nothing_is_decided_while_people_still_answer(told, db, person):
    held = Consultation.objects.get(slug="plan-2020-25")
    with clock.at(clock.parse("2020-01-20")):
        made = theme.name(consultation=held, title="Lighting", by=person("manager"))
        with pytest.raises(CsplanError, match="is not closed yet"):
            theme.decide(theme=made, disposition="noted", reason="Why not.", by=person("manager"))


# ---- the report -------------------------------------------------------------------------------------


def test_the_report_waits_until_every_answer_is_accounted_for(asked, revised, person, coders):
    with pytest.raises(CsplanError, match=r"One comment waits .* 4 answers are not coded yet. 2 themes have no decision yet."):
        consultations.consider(consultation=asked, summary="What we made of it.", by=person("manager"))
    coders.account_for_all()
    coders.decide("T1", changes=["vision"], changed_in=revised)
    with pytest.raises(CsplanError, match="One theme names clauses that changed in a version that is not frozen"):
        consultations.consider(consultation=asked, summary="What we made of it.", by=person("manager"))
    plans.freeze(version=revised, by=person("manager"))
    consultations.consider(consultation=asked, summary="What we made of it.", by=person("manager"))
    told = understanding.account(asked)
    assert told["received"] == told["coded"] + told["withdrawn"] + told["spam"] == 4


def test_after_the_report_no_theme_changes_and_nothing_is_coded(asked, person, coders):
    coders.account_for_all()
    coders.decide("T1", "noted", "Passed on.")
    consultations.consider(consultation=asked, summary="What we made of it.", by=person("manager"))
    with pytest.raises(CsplanError, match="is approved, so its themes no longer change"):
        coders.decide("T1")
    with pytest.raises(CsplanError, match="no longer change"):
        coders.code(coders.said[0], [], person("analyst"))
    with pytest.raises(CsplanError, match="no longer change"):
        theme.name(consultation=asked, title="Another", by=person("manager"))
    with pytest.raises(IntegrityError, match="A theme never changes once"), transaction.atomic():
        Theme.objects.update(reason="Another")
    triggers.take_away()
    assert Theme.objects.update(reason="Another") == 2
    triggers.put_back()


# ---- a comment on the plan --------------------------------------------------------------------------


def test_a_coded_comment_becomes_a_comment_on_the_plan_without_quoting_who_did_not_agree(person, coders):
    with pytest.raises(CsplanError, match="Code the comment first"):
        coders.take("Lights are out on one road")
    coders.code(coders.said[0], ["T1"], person("lead"))
    for quoted in ("They say: the street lights on [place] have been out!", coders.said[0].replace("Example Road", "[place]")):
        with pytest.raises(CsplanError, match="did not agree to be quoted"):
            coders.take(quoted)
    made = coders.take("Lights are out on one road, so a person stays at home", clause="priority/1")
    assert (made.response, made.part, made.clause) == (coders.of(coders.said[0]), "what-to-change", "priority/1")
    with pytest.raises(CsplanError, match="already entered in these words"):
        coders.take("Lights are out on one road, so a person stays at home")


def test_who_agreed_is_quoted_in_their_masked_words_and_no_others(person, coders):
    coders.agree_to_be_quoted()
    coders.code(coders.said[0], ["T1"], person("lead"))
    with pytest.raises(CsplanError, match="add nothing"):
        coders.take("The street lights on Example Road have been out for months")
    coders.take("The street lights on [place] have been out for months")
    assert Comment.objects.filter(response__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("words", "own", "is_quoted"),
    [
        ("It is dark.", "It is dark", True),
        ("Dark", "It is dark", False),
        ("One two three four five six!", "zero one two three four five six seven", True),
        ("one two three four five and six", "zero one two three four five six seven", False),
        ("", "It is dark", False),
        ("Anything", "", False),
    ],
)
def test_six_words_in_a_row_are_a_quotation(words, own, is_quoted):
    assert comments.quotes(words, own) is is_quoted


def test_answers_lie_untouched(coders):
    before = list(Response.objects.order_by("id").values())
    coders.account_for_all()
    assert list(Response.objects.order_by("id").values()) == before
