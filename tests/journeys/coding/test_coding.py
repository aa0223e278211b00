"""Comments are coded blind in their masked words, and how far two coders agree is told."""

import pytest
from django.db import IntegrityError, transaction

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import triggers
from csplan.records.actions import answer, coding
from csplan.records.models import AuditEvent, Coding, Response, Settlement
from csplan.records.reading import coding as reading
from csplan.records.reading import theme as themes
from csplan.records.reading import understanding

HOME = "/county-durham/desk/consultations/plan-2020-25/"


def test_a_comment_is_coded_once_in_its_masked_words(asked, person, coders):
    lead = person("lead")
    assert reading.progress(asked, lead.pk, understanding.parts(asked)).left == 3
    coders.code(coders.said[0], ["T1"], lead, clause="priority/1")
    now = reading.progress(asked, lead.pk, understanding.parts(asked))
    assert (now.comments, now.unmasked, now.coded, now.by_you, now.left, now.again, now.twice) == (4, 1, 1, 1, 2, 0, False)
    with pytest.raises(CsplanError, match="You have coded this comment already"):
        coders.code(coders.said[0], ["T2"], lead)
    shown = [
        reading.task(asked, p, lead.pk, understanding.parts(asked))["masked"]
        for p in reading.waiting(asked, lead.pk, understanding.parts(asked))
    ]
    assert coders.said[3] not in shown and not any("Example Road" in words for words in shown)


@pytest.mark.parametrize(
    ("which", "refs", "clause", "refusal"),
    [
        (3, ["T1"], "", "An officer confirms what is covered"),
        (0, ["T9"], "", "There is no theme T9"),
        (0, ["T1"], "priority/99", "has no clause priority/99"),
    ],
)
def test_what_cannot_be_coded_is_refused(coders, person, which, refs, clause, refusal):
    with pytest.raises(CsplanError, match=refusal):
        coders.code(coders.said[which], refs, person("lead"), clause=clause)
    assert not Coding.objects.exists()


def test_an_answer_set_aside_or_a_part_that_is_not_there_is_not_coded(person, coders):
    with pytest.raises(CsplanError, match="has no such comment"):
        coding.code(response=coders.of(coders.said[0]), part="what-you-see", themes=[], by=person("lead"))
    answer.set_aside(response=coders.of(coders.said[0]), kind="spam", reason="An advertisement.", by=person("manager"))
    with pytest.raises(CsplanError, match="is marked as spam, so it is not coded"):
        coders.code(coders.said[0], [], person("lead"))


def test_scrutiny_codes_nothing(person, coders):
    with pytest.raises(CsplanError, match="You may not code an answer to themes"):
        coders.code(coders.said[0], [], person("scrutiny"))


def test_the_second_coder_is_another_person_and_there_is_no_third(asked, person, coders):
    coders.twice()
    coders.code(coders.said[0], ["T1"], person("lead"))
    assert reading.progress(asked, person("analyst").pk, understanding.parts(asked)).left == 3
    assert reading.progress(asked, person("lead").pk, understanding.parts(asked)).left == 2
    coders.code(coders.said[0], ["T1", "T2"], person("analyst"))
    with pytest.raises(CsplanError, match="Two people have coded this comment already"):
        coders.code(coders.said[0], [], person("equality"))


def test_nothing_of_the_first_coding_reaches_the_second_coder(asked, person, signed_in, coders):
    coders.twice()
    for words in coders.said[:3]:
        coders.code(words, ["T2"], person("lead"))
    second = person("analyst")
    for p in reading.waiting(asked, second.pk, understanding.parts(asked)):
        suggested = reading.task(asked, p, second.pk, understanding.parts(asked))["suggestions"]
        assert all(s.because == "its words" for s in suggested)
    assert themes.counted(asked) == {}
    assert reading.agreement(asked, clock.now())["why"] and reading.disagreements(asked) == []
    client = signed_in("analyst")
    pages = [HOME + p for p in ("coding/", "coding/?skip=1", "coding/?skip=2", "coding/agreement/", "themes/", "themes/T2/")]
    shown = {page: client.get(page) for page in pages}
    assert {r.status_code for r in shown.values()} == {200}
    for page, response in shown.items():
        text = response.content.decode()
        assert " checked" not in text and "like a comment that you coded" not in text, page
    assert "No comments counted under it" in shown[HOME + "themes/T2/"].content.decode()
    assert all(words not in shown[HOME + "themes/T2/"].content.decode() for words in coders.said)
    detail = " ".join(str(e.detail) for e in AuditEvent.objects.filter(action="answer.code"))
    assert "T2" not in detail and "T1" not in detail


def test_nearest_examples_are_the_coders_own(asked, person, coders):
    coders.code(coders.said[0], ["T2"], person("lead"))
    coders.mask(coders.of(coders.said[3]), "The street lights on [place] are out again")
    found = understanding.parts(asked)
    p = reading.find(found, str(coders.of(coders.said[3]).pk), "what-to-change")
    own, others = (reading.task(asked, p, person(name).pk, found) for name in ("lead", "analyst"))
    assert {s.theme: s.because for s in own["suggestions"]} == {"T1": "its words", "T2": "a comment like this one"}
    assert {s.theme for s in others["suggestions"]} == {"T1"}


def test_answers_in_the_very_same_words_are_coded_together_and_counted_once(asked, person, coders):
    for words in coders.said[1:3]:
        coders.mask(coders.of(words), "The same words of a campaign")
    coders.mask(coders.of(coders.said[3]), "The same words of a campaign")
    assert len(coders.code(coders.said[1], ["T2"], person("lead"), alike=True)) == 3
    assert len(coders.code(coders.said[2], ["T1"], person("analyst"), alike=True)) == 3
    found = reading.agreement(asked, clock.now())
    assert (found["comments"], found["distinct"], found["differed"]) == (3, 1, 1)
    ((first, alike),) = reading.disagreements(asked)
    assert alike == 2
    response = Response.objects.get(pk=first.response_id)
    assert len(coding.settle(response=response, part=first.part, themes=["T2"], alike=True, by=person("manager"))) == 3
    assert reading.disagreements(asked) == [] and themes.counted(asked) == {"T2": 3}


def test_a_coding_never_changes_and_without_its_guard_it_would(person, coders):
    coders.code(coders.said[0], ["T1"], person("lead"))
    for change in (lambda: Coding.objects.update(themes=[]), lambda: Coding.objects.all().delete()):
        with pytest.raises(IntegrityError, match="What a coder found never changes"), transaction.atomic():
            change()
    triggers.take_away()
    assert Coding.objects.update(themes=["T2"]) == 1
    triggers.put_back()


# ---- agreement --------------------------------------------------------------------------------------


def test_agreement_is_told_by_theme_and_disagreements_are_settled(asked, person, coders):
    coders.twice()
    for words, first, second in zip(coders.said[:3], (["T1"], ["T2"], ["T1"]), (["T1"], ["T2"], ["T2"]), strict=True):
        coders.code(words, first, person("lead"))
        coders.code(words, second, person("analyst"))
    found = reading.agreement(asked, clock.now())
    assert (found["comments"], found["differed"], found["settled"]) == (3, 1, 0)
    # Each theme: both once, neither once, one alone once: agreement 2/3, by chance 4/9.
    assert [t["kappa"] for t in found["themes"]] == [pytest.approx(0.4), pytest.approx(0.4)]
    assert found["pooled"]["kappa"] == pytest.approx(0.4) and found["pooled"]["words"] == "Fair agreement beyond chance."
    assert reading.agreement(asked, clock.parse("2020-02-16"))["why"]
    differing = reading.disagreements(asked)
    assert [(p.masked, alike) for p, alike in differing] == [(coders.said[2], 0)]
    coding.settle(response=coders.of(coders.said[2]), part="what-to-change", themes=["T1"], by=person("manager"))
    assert reading.disagreements(asked) == [] and reading.agreement(asked, clock.now())["settled"] == 1
    assert themes.counted(asked) == {"T1": 2, "T2": 1}


def test_settling_waits_for_both_coders(person, coders):
    coders.twice()
    with pytest.raises(CsplanError, match="Nobody has coded this comment yet"):
        coding.settle(response=coders.of(coders.said[0]), part="what-to-change", themes=[], by=person("manager"))
    coders.code(coders.said[0], ["T1"], person("lead"))
    with pytest.raises(CsplanError, match="A second person codes this comment before anything is settled"):
        coding.settle(response=coders.of(coders.said[0]), part="what-to-change", themes=["T2"], by=person("manager"))
    assert not Settlement.objects.exists()


def test_above_a_hundred_comments_a_second_person_codes(asked):
    assert [understanding.coded_twice(asked, n) for n in (1, 100, 101)] == [False, False, True]
    asked.is_coded_twice = True
    assert understanding.coded_twice(asked, 1)
