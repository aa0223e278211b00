"""A consultation with a question of every kind, open beside the example of the demonstration."""

from datetime import timedelta
from typing import Any

from csplan.cycle import clock
from csplan.records.models import (
    Consultation,
    ConsultationDocument,
    ConsultationTranslation,
    Engagement,
    Extension,
    Opening,
    Question,
)

LIGHTS, PATROLS, YOUTH = "Better lighting", "More patrols", "Places for young people"

QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "ref": "plan",
        "kind": "agree",
        "family": "priorities",
        "words": "How far do you agree with the draft plan?",
        "is_needed": True,
    },
    {"ref": "safe", "kind": "single", "family": "levels", "words": "Do you feel safe where you live?", "options": ["Yes", "No"]},
    {
        "ref": "why-not",
        "kind": "text",
        "family": "levels",
        "words": "What makes you feel unsafe?",
        "only_if": {"question": "safe", "answers": ["No"]},
    },
    {
        "ref": "seen",
        "kind": "multiple",
        "family": "levels",
        "words": "What have you seen in the last year?",
        "options": ["Litter", "Graffiti", "Fires"],
    },
    {
        "ref": "order",
        "kind": "rank",
        "family": "priorities",
        "words": "What should come first?",
        "options": [LIGHTS, PATROLS, YOUTH],
    },
    {
        "ref": "where",
        "kind": "area",
        "family": "about",
        "words": "Which area do you live in?",
        "options": ["Easington", "Teesdale"],
    },
    {
        "ref": "age",
        "kind": "single",
        "family": "about",
        "words": "How old are you?",
        "options": ["Under 25", "25 or over", "I would rather not say"],
    },
)
WELSH = {
    "title": "Eich barn",
    "questions": {"safe": {"words": "Ydych chi’n teimlo’n ddiogel?", "options": ["Ydw", "Nac ydw"]}},
}


def ask_everything(slug: str = "every-kind") -> Consultation:
    """Open it: documents, a later closing day, a language, easy read and a meeting stand around it."""
    like = Consultation.objects.get(slug="example-refresh")
    now, who = clock.now(), like.planned_by
    asked = Consultation.objects.create(
        partnership=like.partnership,
        version=like.version,
        slug=slug,
        title="Example of every kind of question",
        introduction="An invented consultation with a question of every kind.",
        why="The law asks the partnership to ask you before it decides.",
        can_change="The order of the priorities, and what is done first.",
        opens_on=clock.today() - timedelta(days=1),
        closes_on=clock.today() + timedelta(days=10),
        write_to="the Community Safety Team",
        is_example=True,
        planned_at=now - timedelta(days=3),
        planned_by=who,
    )
    for number, asks in enumerate(QUESTIONS, start=1):
        Question.objects.create(consultation=asked, number=number, **asks)
    for number, (title, url) in enumerate((("The draft", "/county-durham/plans/"), ("A trap", "javascript:alert(1)")), start=1):
        ConsultationDocument.objects.create(consultation=asked, number=number, kind="other", title=title, url=url)
    ConsultationTranslation.objects.create(consultation=asked, language="cy", name="Cymraeg", words=WELSH)
    easy = {"introduction": "We want to know what you think."}
    ConsultationTranslation.objects.create(consultation=asked, language="easy-read", name="Easy read", words=easy)
    Opening.objects.create(
        consultation=asked,
        version_sha256=like.opening.version_sha256,
        content=b"{}",
        sha256="0" * 64,
        opened_at=now,
        opened_by=who,
    )
    Extension.objects.create(
        consultation=asked,
        closes_on=clock.today() + timedelta(days=20),
        reason="A hall was flooded.",
        publicised="A notice on every page.",
        extended_at=now,
        extended_by=who,
    )
    Engagement.objects.create(
        partnership=like.partnership,
        consultation=asked,
        ref="hall",
        kind="meeting",
        title="Meeting in the hall",
        place="The hall, Example Street",
        starts_at=now + timedelta(days=3),
        announced_at=now,
        announced_by=who,
        is_example=True,
    )
    return asked
