"""The papers of a plan, made from its sealed bytes: what is agreed is what was frozen.

The paper of an agreed version is kept as bytes when it is agreed, and served as those bytes for ever. Everything else is made
when it is asked for, and the same version at the same instant gives the same bytes.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csplan.cycle import clock
from csplan.documents.easy_read import EasyRead, easy_read, easy_read_paper
from csplan.documents.paper import Paper
from csplan.documents.plan_paper import plan_paper
from csplan.documents.plan_summary import Summary, plan_summary, summary
from csplan.documents.write import as_bytes
from csplan.records import lookup
from csplan.records.models import PlanVersion, Seal, StoredPaper
from csplan.records.reading import plan_recorded

#: The forms in which an agreed plan is kept.
FORMS = ("pdf", "docx")
PLAN, SUMMARY, EASY_READ = "plan", "plan-summary", "easy-read"


@dataclass(frozen=True)
class File:
    """A paper as a file. is_kept : these are the bytes that were stored when the version was agreed"""

    content: bytes
    sha256: str
    is_kept: bool


def as_agreed(version: PlanVersion) -> Iterator[tuple[str, bytes, str]]:
    """(form, bytes, fingerprint) of the paper of a version at the instant of its agreement, to be kept as it was agreed."""
    made = paper(version, version.agreement.agreed_at)
    for form in FORMS:
        content = as_bytes(made, f".{form}")
        yield form, content, hashlib.sha256(content).hexdigest()


def paper(version: PlanVersion, at: datetime) -> Paper:
    """The whole plan as a paper, with what was recorded of the version by an instant."""
    return plan_paper(
        sealed(version),
        sha256=version.seal.sha256,
        author=version.plan.partnership.contact,
        on=clock.day_of(version.seal.sealed_at),
        recorded=plan_recorded.recorded(version, at),
    )


def in_short(version: PlanVersion, at: datetime) -> Summary:
    """The plan on one page."""
    how, _ = plan_recorded.say(version, at)
    told = plan_recorded.recorded(version, at)
    return summary(sealed(version), sha256=version.seal.sha256, recorded=told, say=how)


def in_easy_words(version: PlanVersion, at: datetime) -> EasyRead:
    """The plan in easy words: the version's own, or made by rule."""
    _, until = plan_recorded.say(version, at)
    is_agreed = plan_recorded.agreed_at(version, at) is not None
    return easy_read(sealed(version), is_agreed=is_agreed, contact=version.plan.partnership.contact, say_until=until)


def made(version: PlanVersion, kind: str, at: datetime) -> Paper:
    """The paper of one of `KINDS` of a version."""
    return KINDS[kind](version, at)


def file(version: PlanVersion, kind: str, form: str, at: datetime, *, kept: bool = False) -> File:
    """A paper of a version in a form of `documents.write`. kept : the bytes that were stored, where there are any by then"""
    if kept:
        held = StoredPaper.objects.filter(version=version, kind=kind, form=form, stored_at__lte=at).first()
        if held is not None:
            return File(bytes(held.content), held.sha256, True)
    content = as_bytes(made(version, kind, at), f".{form}")
    return File(content, hashlib.sha256(content).hexdigest(), False)


def sealed(version: PlanVersion) -> dict[str, Any]:
    """The sealed words of a version. NotHere while it is a draft: a paper is made of words that no longer change."""
    held = Seal.objects.filter(version=version).first()
    if held is None:
        raise lookup.NotHere(f"{version} is still a draft, and papers are made once it is frozen. Freeze it first.")
    found: dict[str, Any] = json.loads(bytes(held.content))
    return found


def _summary(version: PlanVersion, at: datetime) -> Paper:
    told = in_short(version, at)
    return plan_summary(told, author=version.plan.partnership.contact, on=clock.day_of(version.seal.sealed_at))


def _easy_read(version: PlanVersion, at: datetime) -> Paper:
    told = in_easy_words(version, at)
    state = f"Easy read, version {version.number}. {plan_recorded.state(version, at)}"
    return easy_read_paper(told, author=version.plan.partnership.contact, on=clock.day_of(version.seal.sealed_at), footer=state)


#: kind -> what makes it
KINDS: dict[str, Callable[[PlanVersion, datetime], Paper]] = {PLAN: paper, SUMMARY: _summary, EASY_READ: _easy_read}
