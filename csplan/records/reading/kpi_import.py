"""What a history of indicators in a file would become here, and what became of it, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from csplan.cycle import kpi_import, period_words
from csplan.cycle.outline import Outline
from csplan.cycle.plan_import.columns import key
from csplan.errors import CsplanError
from csplan.records.models import Kpi, Partnership
from csplan.records.models.record import Viewer
from csplan.records.reading.plan_import import left_words, remembered


def propose(partnership: Partnership, outline: Outline, *, chosen: Mapping[str, str] | None = None) -> kpi_import.History:
    """An outline read as a history of indicators. chosen : {heading: field} of now, which wins over what is remembered"""
    return kpi_import.read_history(outline, matches={**remembered(partnership, "kpi"), **(chosen or {})})


def indicators(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[Kpi]:
    """The adopted indicators that a line may be matched to: those that a body returns."""
    return list(Kpi.objects.visible_to(viewer, at).filter(partnership=partnership, computed_from="").select_related("body"))


def refs(partnership: Partnership, history: kpi_import.History, kpis: Sequence[Kpi], chosen: Mapping[str, str]) -> dict[str, str]:
    """{words of a line: reference}: as chosen now, else as remembered, else where the words are an indicator's own."""
    before = remembered(partnership, "kpi")
    own = {key(kpi.title): kpi.ref for kpi in kpis} | {key(kpi.ref): kpi.ref for kpi in kpis}
    known = {kpi.ref for kpi in kpis}
    now = {key(words): ref for words, ref in chosen.items()}
    out = {}
    for name in lines(history):
        found = now.get(key(name), before.get(key(name)[:200], own.get(key(name), "")))
        if found in known:
            out[name] = found
    return out


def said_refs(said: Mapping[str, str], history: kpi_import.History, kpis: Sequence[Kpi]) -> dict[str, str]:
    """{words of a line: reference} of what was said on the terminal, "" for a line to be left out; refused where a line or an
    indicator is not there."""
    names, known = {key(name) for name in lines(history)}, {kpi.ref for kpi in kpis}
    for words, field in said.items():
        is_column = field in (kpi_import.INDICATOR, "") or period_words.period(field) is not None
        if not is_column and (field not in known or key(words) not in names):
            raise CsplanError(
                f"“{words}={field}” matches nothing: write a line of the file and an adopted indicator, or a heading and a period."
            )
    return {words: field for words, field in said.items() if field in known or (not field and key(words) in names)}


def lines(history: kpi_import.History) -> list[str]:
    """The words of each line that names an indicator, once, in order."""
    return list(dict.fromkeys(name for name, _ in history.names))


def preview_words(history: kpi_import.History, matched: Mapping[str, str]) -> str:
    """The history in lines for a terminal: each line with its indicator and figures, then what was not understood."""
    out = []
    for name in lines(history):
        out.append(f"{name}: {matched.get(name) or 'matched to no indicator'}")
        out += [
            f"  {f.period:<22} {f.words or 'blank'}{'' if f.value is not None else f' ({f.status})'}"
            for f in history.rows
            if f.indicator == name
        ]
    return "\n".join([*out, f"{counts_words(history, matched)}.", *left_words(history.not_understood)])


def counts_words(history: kpi_import.History, matched: Mapping[str, str]) -> str:
    """ "3 figures of 2 lines were found, 1 matched". A mark is no figure."""
    figures, found = sum(f.value is not None for f in history.rows), len(lines(history))
    verb = "was" if figures == 1 else "were"
    return (
        f"{figures} {'figure' if figures == 1 else 'figures'} of {found} {'line' if found == 1 else 'lines'} {verb} found, "
        f"{len(matched)} matched"
    )


def outcome_words(outcomes: Sequence[kpi_import.Outcome]) -> str:
    """What became of each figure that was not returned, and how many were."""
    out = [
        f"{o.outcome}: {o.figure.indicator}, {o.figure.period}: {o.words}"
        for o in outcomes
        if o.outcome not in ("returned", "not matched")
    ]
    tally = ", ".join(f"{n} {name}" for name in kpi_import.OUTCOMES if (n := sum(o.outcome == name for o in outcomes)))
    return "\n".join([*out, f"{tally}." if tally else "Nothing was returned."])


def outcomes_json(outcomes: Sequence[kpi_import.Outcome]) -> list[dict[str, Any]]:
    """What became of each figure, as JSON takes it."""
    return [
        {"indicator": o.figure.indicator, "period": o.figure.period, "ref": o.ref or None, "outcome": o.outcome, "words": o.words}
        for o in outcomes
    ]


def as_json(history: kpi_import.History, matched: Mapping[str, str]) -> dict[str, Any]:
    """The history as one JSON document: {rows, matched, unmatched, not_understood, columns}."""
    return {
        "rows": [asdict(f) for f in history.rows],
        "matched": dict(matched),
        "unmatched": [name for name in lines(history) if name not in matched],
        "not_understood": [asdict(left) for left in history.not_understood],
        "columns": history.columns,
    }
