"""Themes of a consultation: named by those who read the answers, then decided on, with the reason and what it changed."""

from collections.abc import Sequence

from csplan.cycle import plan_changes, plan_text
from csplan.errors import CsplanError
from csplan.records import acting, plan_rows
from csplan.records.models import Closing, ConsiderationReport, Consultation, PlanVersion, Theme
from csplan.records.reading import understanding

#: Decisions for which the text may have been changed.
TAKEN_UP = frozenset({"accepted", "partly"})
LONGEST_TITLE = 200


def name(
    *, consultation: Consultation, title: str, words: str = "", clause: str = "", is_example: bool = False, by: acting.By
) -> Theme:
    """Name something that people said: a short title, what they said in a sentence, and the clause that it is about, where it is one."""
    with acting.act("theme.name", partnership=consultation.partnership, by=by) as deed:
        check_not_considered(consultation)
        _check_named(consultation, title, clause)
        made = Theme.objects.create(
            consultation=consultation,
            ref=f"T{consultation.themes.count() + 1}",
            title=title.strip(),
            words=words.strip(),
            clause=clause,
            is_example=is_example,
            named_at=deed.at,
            named_by=deed.user,
        )
        deed.record("consultation", consultation.slug, theme=made.ref, title=made.title, clause=clause)
    return made


def describe(*, theme: Theme, title: str, words: str, clause: str, by: acting.By) -> Theme:
    """Say better what a theme is. Only until it is decided: a decision is about the words that stood there."""
    with acting.act("theme.name", partnership=theme.consultation.partnership, by=by) as deed:
        check_not_considered(theme.consultation)
        if theme.decided_at is not None:
            raise CsplanError(f"{theme.ref} is decided, and the decision is about its words as they are. Nothing was changed.")
        _check_named(theme.consultation, title, clause, apart_from=theme)
        theme.title, theme.words, theme.clause = title.strip(), words.strip(), clause
        theme.save()
        deed.record("consultation", theme.consultation.slug, theme=theme.ref, title=theme.title, clause=clause)
    return theme


def decide(
    *,
    theme: Theme,
    disposition: str,
    reason: str,
    changes: Sequence[str] = (),
    changed_in: PlanVersion | None = None,
    by: acting.By,
) -> Theme:
    """Say what is done about a theme, and why; where the text was changed for it, which clauses, and in which later version.

    changes : addresses of clauses that say something else in `changed_in` than in the version people were asked about
    It may be decided anew until the report on the consultation is approved. A version that is a draft may be named; the report
    waits until it is frozen and still differs there.
    """
    consultation = theme.consultation
    with acting.act("theme.decide", partnership=consultation.partnership, by=by) as deed:
        check_not_considered(consultation)
        if not Closing.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"“{consultation}” is not closed yet. Decide once every answer is in.")
        if disposition not in plan_changes.DISPOSITIONS:
            raise CsplanError(
                f"“{disposition}” is no decision on a theme. Choose one of: {', '.join(plan_changes.DISPOSITIONS)}."
            )
        if not reason.strip():
            raise CsplanError("Say why, in words that the people who said it would understand.")
        changed = list(dict.fromkeys(changes))
        _check_changes(consultation.version, disposition, changed, changed_in)
        theme.disposition, theme.reason = disposition, reason.strip()
        theme.changes, theme.changed_in = changed, changed_in
        theme.decided_at, theme.decided_by = deed.at, deed.user
        theme.save()
        version = changed_in.ref if changed_in else ""
        deed.record(
            "consultation", consultation.slug, theme=theme.ref, disposition=disposition, changes=changed, changed_in=version
        )
    return theme


def check_not_considered(consultation: Consultation) -> None:
    """Refuse once the report is approved: what it was approved on stays as it was."""
    if ConsiderationReport.objects.filter(consultation=consultation).exists():
        raise CsplanError(f"The report on “{consultation}” is approved, so its themes no longer change. Nothing was changed.")


def check_clause(version: PlanVersion, clause: str) -> None:
    """Refuse an address that is no clause of the version; empty is the plan as a whole."""
    if not clause:
        return
    plan_text.part_of(clause)
    if plan_rows.clause(version, clause) is None:
        raise CsplanError(f"{version} has no clause {clause}. Choose one that it has, or the plan as a whole.")


def _check_named(consultation: Consultation, title: str, clause: str, apart_from: Theme | None = None) -> None:
    if not title.strip():
        raise CsplanError("Give the theme a short title, such as “Street lighting”.")
    if len(title.strip()) > LONGEST_TITLE:
        raise CsplanError(f"Give the theme a title of at most {LONGEST_TITLE} characters.")
    others = consultation.themes.exclude(pk=apart_from.pk) if apart_from else consultation.themes.all()
    held = next((t for t in others if t.title.casefold() == title.strip().casefold()), None)
    if held is not None:
        raise CsplanError(
            f"There is already a theme “{held.title}”, {held.ref}. Give the new one another title, or use that one."
        )
    check_clause(consultation.version, clause)


def _check_changes(asked: PlanVersion, disposition: str, changes: Sequence[str], changed_in: PlanVersion | None) -> None:
    """Refuse a change that did not happen."""
    if bool(changes) != (changed_in is not None):
        raise CsplanError("Where the text was changed, say which clauses and in which version. Otherwise leave both out.")
    if changed_in is None:
        return
    if disposition not in TAKEN_UP:
        words = plan_changes.DISPOSITIONS[disposition]
        raise CsplanError(f"What is {words} changes no clause. Choose accepted or accepted in part, or name no clause.")
    if changed_in.plan_id != asked.plan_id or changed_in.number <= asked.number:
        raise CsplanError(f"{changed_in} does not come after {asked}, which people were asked about. Choose a later version.")
    if hasattr(changed_in, "withdrawal"):
        raise CsplanError(f"{changed_in} is withdrawn, so it changed nothing. Choose another version.")
    same = [c for c in changes if c not in understanding.clauses_changed(asked, changed_in)]
    if same:
        raise CsplanError(f"{changed_in} says the same as before in {', '.join(same)}. Name only clauses that it changes.")
