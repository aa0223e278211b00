"""Returning the history of indicators that a file holds, once a person has said which indicator each line is."""

from collections.abc import Mapping

from csplan.cycle import clock, kpi_import, roles
from csplan.cycle.kpi_import import Figure, History, Outcome
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.actions import column_match, reading
from csplan.records.models import Kpi, Partnership


def confirm(
    *,
    partnership: Partnership,
    history: History,
    refs: Mapping[str, str],
    matches: Mapping[str, str] | None = None,
    by: acting.By,
) -> tuple[Outcome, ...]:
    """Return every figure of the lines that are matched. Each is provisional until another person approves it.

    refs : {words of a line: reference of the adopted indicator}; lines left out are listed, and nothing of them is returned
    matches : {heading: field} that the person chose, to be remembered with `refs`
    A figure that cannot be taken is refused by itself with its sentence; the others are returned all the same.
    """
    actor = acting.who(by, partnership)
    roles.check_may("reading.submit", actor.roles)
    held = {
        kpi.ref: kpi for kpi in Kpi.objects.filter(partnership=partnership, adopted_at__lte=clock.now()).select_related("body")
    }
    if not refs:
        raise CsplanError("No line is matched to an indicator, so there is nothing to return. Say which indicator each line is.")
    if both := kpi_import.twice(history, refs):
        raise CsplanError(
            f"“{both[0]}” and “{both[1]}” are matched to one indicator, and both say something of {both[2]}. Leave one of them out."
        )
    unknown = sorted(set(refs.values()) - set(held))
    if unknown:
        raise CsplanError(f"There is no indicator {unknown[0]} here. Choose one that is adopted.")
    outcomes = tuple(_one(figure, held.get(refs.get(figure.indicator, "")), by) for figure in history.rows)
    if roles.may("columns.match", actor.roles):
        column_match.remember(partnership=partnership, kind="kpi", matches={**(matches or {}), **refs}, by=by)
    return outcomes


def _one(figure: Figure, kpi: Kpi | None, by: acting.By) -> Outcome:
    if kpi is None:
        return Outcome(figure, "not matched", "", "Its line is matched to no indicator.")
    if figure.value is None:
        return Outcome(figure, "no number", kpi.ref, f"The file says “{figure.words or 'blank'}”: {figure.status}, never nought.")
    try:
        reading.check_unit(kpi, figure.unit)
        made = reading.submit(
            kpi=kpi, period=figure.period, value=figure.value, commentary=f"Brought in from a file: {figure.place}.", by=by
        )
    except CsplanError as refused:
        return Outcome(figure, "refused", kpi.ref, str(refused))
    return Outcome(figure, "returned", kpi.ref, f"{made.period}: {figure.words}")
