"""Findings of the evidence: recorded with the figure that each rests on, and set aside where no priority takes one up."""

from csplan.cycle import thread
from csplan.errors import CsplanError
from csplan.evidence import observations
from csplan.evidence.view import View
from csplan.records import acting
from csplan.records.actions import thread as links
from csplan.records.models import Finding, Partnership, ThreadLink


def record(
    *,
    partnership: Partnership,
    title: str,
    words: str = "",
    observation: str = "",
    source: str = "",
    view: View | None = None,
    is_example: bool = False,
    by: acting.By,
) -> Finding:
    """Record what the evidence says that matters. Its reference, such as F3, is never used again.

    observation : the figure that it rests on, such as recorded-burglary.rate/E06000047/2025; else `source` says what it rests on
    view : the evidence as it is held; with it the figure must have a value there
    """
    with acting.act("finding.record", partnership=partnership, by=by) as deed:
        if not title.strip():
            raise CsplanError("Say what was found, in one sentence.")
        if not observation.strip() and not source.strip():
            raise CsplanError("Say what it rests on: name the figure, or write the source in words.")
        if observation.strip():
            check_figure(observation.strip(), view)
        made = Finding.objects.create(
            partnership=partnership,
            ref=f"F{partnership.findings.count() + 1}",
            title=title.strip(),
            words=words.strip(),
            observation=observation.strip(),
            source=source.strip(),
            is_example=is_example,
            found_at=deed.at,
            found_by=deed.user,
        )
        deed.record("finding", made.ref, observation=made.observation)
    return made


def check_figure(observation: str, view: View | None) -> None:
    """Refuse the name of a figure that names none, or that has no value in the evidence held."""
    named = observations.parse_id(observation)
    if view is None:
        return
    figure = observations.observe(view, named.indicator, named.measure, named.area, named.period)
    if figure.value is None:
        raise CsplanError(
            f"“{observation}” has no value here. {figure.why} Name a figure that is held, or write the source in words."
        )


def not_taken_up(*, finding: Finding, why: str, is_example: bool = False, by: acting.By) -> ThreadLink:
    """Say that no priority takes a finding up, and why. A later link to a priority ends this."""
    with acting.act("finding.record", partnership=finding.partnership, by=by) as deed:
        if not why.strip():
            raise CsplanError(f"Say why no priority takes {finding.ref} up, in words that a reader would understand.")
        standing = links.standing(finding.partnership).values()
        if any(row.from_kind == "finding" and row.from_ref == finding.ref for row in standing):
            raise CsplanError(
                f"{finding.ref} is taken up by a priority, or is already said not to be. Cut that link first. Nothing was changed."
            )
        made = links.write(deed, ("finding", finding.ref), thread.NOBODY, why=why.strip(), is_example=is_example)
        deed.record("finding", finding.ref, taken_up=False)
    return made
