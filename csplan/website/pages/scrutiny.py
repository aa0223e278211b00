"""What is before the scrutiny committee: the public list, and the desk where items are put and recommendations recorded."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from csplan.cycle import calendar, clock
from csplan.documents.committee_report import IMPLICATIONS
from csplan.documents.paper import escape
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.typed import Typed

#: Words of the report that no other record holds: name -> (label, hint)
PARTICULARS: dict[str, tuple[str, str]] = {
    "divisions_affected": ("Electoral divisions affected", "Such as: Countywide"),
    "evidence_base": ("Where the evidence is kept", "Such as the name of the area’s insight site"),
    "consultation_place": ("Where the consultation’s papers are", "Such as: the council’s website"),
    "lock": ("How long the priorities stay as they are", "One sentence, as the board decided or is asked to decide"),
}
#: The eleven headings of Appendix 1, each with the name of its field.
HEADINGS: dict[str, str] = {f"implication-{n}": heading for n, heading in enumerate(IMPLICATIONS, 1)}


def index(items: Sequence[Mapping[str, Any]], home: str) -> dict[str, Any]:
    """Every item with what was asked and recommended."""
    return {"rows": [line(i, home) for i in items]}


def line(i: Mapping[str, Any], home: str) -> dict[str, Any]:
    """An item: committee, day, what was asked, what was recommended."""
    return {
        "ref": i["ref"],
        "title": i["title"],
        "url": f"{home}papers/{i['ref']}/",
        "meeting_url": f"{home}meetings/{i['meeting']}/",
        "tag": "Recommended" if i["recommendation"] else "Listed",
        "words": f"{i['committee']}, {calendar.in_words(i['on'])}.",
        "asked": i["asked"],
        "recommendation": i["recommendation"],
        "is_example": i["is_example"],
    }


# ---- the desk ---------------------------------------------------------------------------------------


def desk(items: Sequence[Mapping[str, Any]], begun: Collection[str], may_recommend: bool, home: str) -> dict[str, Any]:
    """Items that wait for a recommendation first. begun : references of meetings that have begun"""
    rows = [line(i, home) | {"may_recommend": may_recommend and not i["recommendation"] and i["meeting"] in begun} for i in items]
    waiting = sum(r["recommendation"] is None for r in rows)
    told = f"{capital(count(waiting, 'item'))} {'waits' if waiting == 1 else 'wait'} for a recommendation"
    return {
        "rows": sorted(rows, key=lambda r: r["recommendation"] is not None),
        "headline": told,
        "particulars": [(name, label, hint) for name, (label, hint) in PARTICULARS.items()],
        "implications": list(HEADINGS.items()),
    }


def put(
    typed: Typed, versions: Mapping[str, Any], meetings: Mapping[str, Any], offices: Mapping[str, Any], partnership: str
) -> dict[str, Any]:
    """What was typed to put a version before the committee. Words of the report are printed as they were typed."""
    version = typed.choice("version", versions, "Choose the version")
    meeting = typed.choice("meeting", meetings, "Choose the meeting of the committee")
    office = typed.choice("report_of", offices, "Choose the office whose report it is")
    return {
        "version": versions.get(version),
        "meeting": meetings.get(meeting),
        "report_of": offices.get(office),
        "title": typed.text("title", "Write the title of the report", longest=200),
        "asked": typed.text("asked", "Write what the committee is asked to do", longest=2_000),
        "comments_by": typed.day("comments_by"),
        "particulars": {
            **{name: typed.text(name, f"Write this: {label}", longest=1_000) for name, (label, _) in PARTICULARS.items()},
            "footer": partnership,
        },
        "implications": {
            heading: escape(typed.text(name, f"Write what is said of “{heading}”. “No adverse implications” is an answer."))
            for name, heading in HEADINGS.items()
        },
    }


def reference(starts_at: datetime, taken: Collection[str]) -> str:
    """How a report is named in addresses: by the day of its meeting; of several on a day, the second has a 2."""
    plain = f"committee-report-{clock.day_of(starts_at).isoformat()}"
    number, ref = 1, plain
    while ref in taken:
        number += 1
        ref = f"{plain}-{number}"
    return ref
