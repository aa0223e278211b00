"""What waits for an officer about the answers to a consultation: comments to code and to settle, themes to decide, the report."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from csplan.website.task import Task


def _alerts(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Answers that suggest danger and that nobody has seen to: before all else."""
    from csplan.records.models import Consultation
    from csplan.records.reading import care

    for held in Consultation.objects.filter(partnership=partnership, opening__opened_at__lte=at):
        n = care.unseen(held)
        if n:
            title = ngettext("%(n)d answer suggests danger", "%(n)d answers suggest danger", n) % {"n": n}
            yield Task(_("Read now"), title, held.title, f"{home}desk/consultations/{held.slug}/alerts/")


def _to_mask(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Comments that wait to be read for personal data."""
    from csplan.records.reading import understanding

    for held in _not_considered(partnership, user, at):
        n = sum(p.masked is None for p in understanding.parts(held))
        if n:
            title = ngettext("%(n)d comment to mask", "%(n)d comments to mask", n) % {"n": n}
            yield Task(_("Mask"), title, held.title, f"{home}desk/consultations/{held.slug}/masking/")


def _to_code(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Comments that this person may code, once there are themes to code them to."""
    from csplan.records.reading import coding, understanding

    for held in _not_considered(partnership, user, at):
        n = len(coding.waiting(held, user.pk, understanding.parts(held))) if held.themes.exists() else 0
        if n:
            title = ngettext("%(n)d comment to code", "%(n)d comments to code", n) % {"n": n}
            yield Task(_("Code"), title, held.title, f"{home}desk/consultations/{held.slug}/coding/")


def _to_settle(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Comments that two people coded differently."""
    from csplan.records.reading import coding

    for held in _not_considered(partnership, user, at):
        n = len(coding.disagreements(held))
        if n:
            title = ngettext("%(n)d comment to settle", "%(n)d comments to settle", n) % {"n": n}
            words = _("%(title)s: two people coded differently.") % {"title": held.title}
            yield Task(_("Settle"), title, words, f"{home}desk/consultations/{held.slug}/coding/agreement/")


def _to_decide(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Themes of a closed consultation that have no decision."""
    for held in _not_considered(partnership, user, at):
        n = held.themes.filter(decided_at__isnull=True).count()
        if n and hasattr(held, "closing"):
            title = ngettext("%(n)d theme to decide", "%(n)d themes to decide", n) % {"n": n}
            yield Task(_("Decide"), title, held.title, f"{home}desk/consultations/{held.slug}/themes/")


def _to_consider(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Closed consultations whose every answer is accounted for."""
    from csplan.records.reading import understanding

    for held in _not_considered(partnership, user, at):
        if hasattr(held, "closing") and not understanding.lacks(held):
            words = _("Every answer is accounted for. The report can be approved.")
            yield Task(_("Approve"), held.title, words, f"{home}desk/consultations/{held.slug}/consider/")


def _not_considered(partnership: Any, user: Any, at: datetime) -> list[Any]:
    """Consultations that have opened and whose report is not approved; none while an earlier day is read from after it."""
    from csplan.records.models import Consultation

    held = Consultation.objects.visible_to(user, at).filter(partnership=partnership, opening__opened_at__lte=at)
    return list(held.filter(consideration_report__isnull=True).select_related("version__plan", "closing"))


#: action of `cycle.roles` -> what waits for those who may do it
ASKED: tuple[tuple[str, Callable[[Any, Any, datetime, str], Iterator[Task]]], ...] = (
    ("alert.see", _alerts),
    ("answer.mask", _to_mask),
    ("answer.code", _to_code),
    ("answer.settle", _to_settle),
    ("theme.decide", _to_decide),
    ("consultation.consider", _to_consider),
)
