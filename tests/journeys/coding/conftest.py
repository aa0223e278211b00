"""The consultation of the report, closed, with answers in people's own words, and those who code them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from csplan.cycle import answer_parts, clock
from csplan.records import plan_rows, receipts, triggers
from csplan.records.actions import answer, coding, plan_text, theme
from csplan.records.actions import comment as comments
from csplan.records.actions import consultation as consultations
from csplan.records.actions import plan as plans
from csplan.records.models import Comment, Consultation, Masking, PlanVersion, Response, Theme

OPEN, AFTER = "2020-01-20T15:42:10", "2020-02-17T10:00:00"
SAID = (
    "The street lights on Example Road have been out for months and I will not walk there",
    "More buses after ten please, young people are stranded in town",
    "The lamps in the subway are dark",
    "All is well here",
)
PART = "what-to-change"


class Coders:
    """What is done with the answers, by whom."""

    said = SAID

    def __init__(self, asked: Consultation, person: Callable[[str], User]) -> None:
        self.asked, self.person = asked, person

    def of(self, words: str) -> Response:
        """The answer that said it."""
        return next(r for r in self.asked.responses.all() if r.answers[PART].startswith(words[:12]))

    def mask(self, response: Response, words: str) -> None:
        """An officer confirms the masked words."""
        Masking.objects.create(
            response=response, part=PART, words=words, confirmed_at=clock.now(), confirmed_by=self.person("manager")
        )

    def code(self, words: str, refs: list[str], by: User, **more: Any) -> list[Any]:
        """A person codes what was said."""
        return coding.code(response=self.of(words), part=PART, themes=refs, by=by, **more)

    def twice(self) -> None:
        """Coded twice by choice, as a consultation says from its planning. Opened, it never changes, so this steps round the guard."""
        triggers.take_away()
        Consultation.objects.filter(pk=self.asked.pk).update(is_coded_twice=True)
        triggers.put_back()
        self.asked.refresh_from_db()

    def decide(self, ref: str, disposition: str = "accepted", reason: str = "The vision now says so.", **more: Any) -> Theme:
        """The manager decides on a theme."""
        held = Theme.objects.get(ref=ref)
        return theme.decide(theme=held, disposition=disposition, reason=reason, by=self.person("manager"), **more)

    def account_for_all(self) -> None:
        """Every comment masked and coded, and the second theme decided on."""
        self.mask(self.of(SAID[3]), SAID[3])
        for words, refs in zip(SAID, (["T1"], ["T2"], ["T1"], []), strict=True):
            self.code(words, refs, self.person("lead"))
        self.decide("T2", "out of scope", "Buses are run by others; we asked them.")

    def take(self, words: str, **more: Any) -> Comment:
        """The manager enters the first answer as a comment on the plan."""
        given = {"part": PART, "came_by": "consultation", "came_with": self.asked.slug, **more}
        return comments.enter(
            version=self.asked.version, response=self.of(SAID[0]), words=words, by=self.person("manager"), **given
        )

    def agree_to_be_quoted(self) -> None:
        """The first answer's. The consultation of the report does not ask it, so this steps round the guard and writes it."""
        held = self.of(SAID[0])
        agreed = {**held.answers, answer_parts.QUOTE_CONSENT: answer_parts.MAY_QUOTE}
        triggers.take_away()
        Response.objects.filter(pk=held.pk).update(answers=agreed)
        triggers.put_back()


@pytest.fixture(scope="module")
def told(told_once: Callable[..., Any]) -> None:
    """The worked example while its consultation is open; told once for a file."""
    told_once("2020-01-09")


@pytest.fixture
def asked(told: None, db: None, person: Callable[[str], User]) -> Iterator[Consultation]:
    """The consultation, closed, with four answers, the last of them not masked yet, and two themes."""
    held = Consultation.objects.get(slug="plan-2020-25")
    with clock.at(clock.parse(OPEN)):
        for words in SAID:
            answers = {"plan": "Agree", PART: words}
            answer.respond(consultation=held, answers=answers, form_key=receipts.new_form_key(), received_at=clock.parse(OPEN))
    with clock.at(clock.parse("2020-02-15T00:06:00")):
        consultations.close(consultation=held, by="terminal:test")
    with clock.at(clock.parse(AFTER)):
        coders = Coders(held, person)
        for words in SAID[:3]:
            coders.mask(coders.of(words), words.replace("Example Road", "[place]"))
        theme.name(consultation=held, title="Street lighting", words="Streets are dark", by=person("manager"))
        theme.name(consultation=held, title="Buses", words="The last bus is too early", by=person("analyst"))
        yield held


@pytest.fixture
def coders(asked: Consultation, person: Callable[[str], User]) -> Coders:
    """Those who code its answers."""
    return Coders(asked, person)


@pytest.fixture
def revised(asked: Consultation, person: Callable[[str], User]) -> PlanVersion:
    """Version 2, whose vision is worded anew; still a draft."""
    manager = person("manager")
    made = plans.revise(version=asked.version, by=manager)
    began_from = plan_text.based_on(plan_rows.clause(made, "vision"))
    words = {"words": "A county where everyone is safe, by day and after dark"}
    plan_text.write(version=made, clause="vision", values=words, began_from=began_from, by=manager)
    plan_text.explain(version=made, clause="vision", kind="officer", reason="Theme T1.", by=manager)
    return made
