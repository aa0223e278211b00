"""Questions for councillors drawn from the figures: the divisions, one of them, and the paper of three questions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from csplan.documents import questions
from csplan.documents.paper import Paper
from csplan.evidence import areas
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import AreaFindings
from csplan.website.pages import factsheet

#: Why a question is asked, in a word or two.
KINDS = {
    "rise": "A clear rise",
    "above": "Above its group",
    "months": "Months worth asking about",
    "fall": "A clear fall",
    "largest": "The largest",
    "not held": "Not held",
}


def index(divisions: Iterable[Area], home: str) -> dict[str, Any]:
    """Every division by name, with the whole area first."""
    return {"doors": [{"title": d.name, "url": f"{home}scrutiny/questions/{d.code}/"} for d in divisions]}


def show(found: AreaFindings, home: str, forms: Mapping[str, str]) -> dict[str, Any]:
    """The question bank of one area: the three for a page first. forms : {ending of the paper: words for it}"""
    every, three = questions.questions(found), questions.three(found)
    at = f"{home}scrutiny/questions/{found.area.code}"
    return {
        "title": found.area.name,
        "lede": _lede(len(every), found),
        "rows": [
            {
                "kind": KINDS[q.kind],
                "title": q.title,
                "asked": q.asked,
                "because": q.because,
                "listen_for": q.listen_for,
                "who": q.who,
                "is_one_of_three": q in three,
                "url": f"{home}insight/areas/{found.area.code}/{q.topic}/" if q.topic else None,
            }
            for q in [*three, *(q for q in every if q not in three)]
        ],
        "forms": [{"url": f"{at}.{ending}", "words": words} for ending, words in forms.items()],
        "command": f"csplan paper questions {found.area.code} --to questions-{found.area.code}.pdf",
        "area_url": f"{home}insight/areas/{found.area.code}/",
    }


def _lede(n: int, found: AreaFindings) -> str:
    if not n:
        return f"The figures held for {found.period.title} raise no question by themselves."
    return f"What the figures for {found.period.title} raise, those first that they raise most. A question finds no fault."


def paper(found: AreaFindings, *, masthead: str, office: str, day: date) -> Paper:
    """Three questions on one page, as at the day read. office : who answers for it"""
    profile = areas.profile(found.area.code, day)
    return questions.three_questions(
        found,
        line=factsheet.line(profile),
        made_on=day,
        partnership=masthead,
        office=office,
        sources=factsheet.sources(profile, has_deprivation=False, has_map=False),
    )
