"""A table of counts, between the file that a person gives and the rules of disclosure: what may be shown of it, and what forbids it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from csplan.cycle import kpi_import, periods
from csplan.cycle.outline import Outline
from csplan.errors import CsplanError, InputRejected
from csplan.statistics import disclosure
from csplan.statistics.disclosure import COUNTED, SUPPRESSED, Tier

KEYS = ("Area", "Period", "Category")
COUNT, POPULATION, RATE = "Count", "Population", "Rate per 1,000"
MARKS = {disclosure.SUPPRESSED: "[c]", disclosure.MISSING: "[x]"}
SUM = "Sum of the counts shown"
#: A row of these words is a total, from which a hidden count could be worked out.
TOTALS = frozenset("total|totals|all|sum|grand total|overall|all areas|all categories|all periods".split("|"))
#: (tier, whether of whole authorities) -> its rules, and the fewest months of a period
RULES: dict[tuple[str, bool], tuple[Tier, int]] = {
    ("S", False): (disclosure.SHARED, 3),
    ("S", True): (disclosure.SHARED_AUTHORITY, 1),
    ("V", False): (disclosure.VULNERABLE, 12),
    ("V", True): (disclosure.VULNERABLE_AUTHORITY, 3),
}
#: tier -> how the codes of areas begin that are too small for it
TOO_SMALL = {"S": ("E00", "W00"), "V": ("E00", "W00", "E01", "W01")}


@dataclass(frozen=True)
class Counts:
    """A table of true counts. keys : the columns of KEYS it has;  rows : a text for each key;  places : "row 3" """

    name: str
    keys: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    counts: tuple[float, ...]
    suppressed: tuple[bool, ...]
    population: tuple[float, ...] | None


@dataclass(frozen=True)
class Checked:
    """What may be shown of a table.

    problems : why it may not be shown, even with the rules applied; empty where it may
    changed : places of the rows that the rules hide or round
    heads, lines : the table as it may be shown, with sums over its areas below
    """

    released: disclosure.Released
    problems: tuple[str, ...]
    changed: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def read_table(outline: Outline, name: str) -> Counts:
    """The one table of a file. Raises InputRejected, naming the first row that cannot be taken."""
    if len(outline.tables) != 1:
        raise InputRejected(f"{name} holds {len(outline.tables)} tables. Give one, with Count and Area, Period or Category.")
    [table] = outline.tables
    known = {head.lower(): head for head in (*KEYS, COUNT, POPULATION)}
    heads = [known.get(head.lower(), "") for head in table.heads]
    if "" in heads:
        raise InputRejected(
            f"{name} has the column ‘{table.heads[heads.index('')][:40]}’. Only {', '.join(known.values())} are read."
        )
    keys = tuple(key for key in KEYS if key in heads)
    if COUNT not in heads or not keys or len(set(heads)) < len(heads):
        raise InputRejected(f"{name} needs the column Count once, and at least one of {', '.join(KEYS)}.")
    rows, places, counts, hidden, people = [], [], [], [], []
    seen: dict[tuple[str, ...], str] = {}
    for row in table.rows:
        cells = dict(zip(heads, row.cells, strict=True))
        key = tuple(cells[k] for k in keys)
        _check_key(keys, key, row.place, name)
        if key in seen:
            raise InputRejected(f"{name}, {row.place}: the same {' and '.join(keys).lower()} as in {seen[key]}. Give each once.")
        seen[key] = row.place
        value, is_hidden = _count(cells[COUNT], row.place, name)
        rows.append(key)
        places.append(row.place)
        counts.append(value)
        hidden.append(is_hidden)
        people.append(_people(cells[POPULATION], row.place, name) if POPULATION in heads else 0.0)
    population = tuple(people) if POPULATION in heads else None
    return Counts(name, keys, tuple(rows), tuple(places), tuple(counts), tuple(hidden), population)


def _check_key(keys: Sequence[str], key: Sequence[str], place: str, name: str) -> None:
    for head, words in zip(keys, key, strict=True):
        if not words:
            raise InputRejected(f"{name}, {place}: {head} is blank. Fill it in.")
        if words.lower() in TOTALS:
            raise InputRejected(
                f"{name}, {place}: ‘{words}’ is a total. Leave it out: sums are made of the counts that are shown."
            )


def _count(words: str, place: str, name: str) -> tuple[float, bool]:
    """(the count, NaN for none; whether it was sent hidden)"""
    found = kpi_import.figure(words)
    if found is None or found[2] or (found[0] is not None and (found[0] < 0 or found[0] % 1)):
        raise InputRejected(f"{name}, {place}: ‘{words[:40]}’ is no count. Write a whole number, or [c] or [x].")
    return (np.nan if found[0] is None else found[0]), found[1] == "suppressed"


def _people(words: str, place: str, name: str) -> float:
    found = kpi_import.figure(words)
    if found is None or found[0] is None or found[0] <= 0 or found[2]:
        raise InputRejected(f"{name}, {place}: ‘{words[:40]}’ is no population. Write a number above zero.")
    return found[0]


def check(table: Counts, tier: str, *, authority: bool = False) -> Checked:
    """What may be shown of a table. tier : S or V;  authority : its areas are whole local authorities"""
    rules, months = RULES[tier, authority]
    shown = disclosure.released(table.counts, rules, suppressed=table.suppressed)
    problems = [*_too_fine(table, rules, months), *_overlapping(table), *_whole_groups(table, shown)]
    texts = shown_texts(shown)
    changed = tuple(
        place
        for place, was, hid, now, status in zip(
            table.places, table.counts, table.suppressed, shown.values, shown.status, strict=True
        )
        if not np.isnan(was) and ((status == SUPPRESSED and not hid) or (status == COUNTED and was != now))
    )
    lines = [[*key, text] for key, text in zip(table.rows, texts, strict=True)]
    heads = [*table.keys, COUNT]
    if table.population is not None:
        heads.append(RATE)
        rates = disclosure.released_rates(shown, table.population)
        for line, value, places, text in zip(lines, rates.values, rates.places, texts, strict=True):
            line.append(text if np.isnan(value) else f"{value:.{places}f}")
    lines += [[*line, *[""] * (len(heads) - len(line))] for line in _sums(table, shown)]
    return Checked(shown, tuple(problems), changed, tuple(heads), tuple(map(tuple, lines)))


def shown_texts(shown: disclosure.Released) -> list[str]:
    """Each count as it is printed: a number, [c] for hidden, [x] for missing."""
    return [
        MARKS.get(str(status), "") or f"{value:.0f}"
        for value, status in zip(shown.values.ravel(), shown.status.ravel(), strict=True)
    ]


def _too_fine(table: Counts, rules: Tier, months: int) -> list[str]:
    """What is too small an area or too short a period, row by row."""
    found = []
    for i, (row, place) in enumerate(zip(table.rows, table.places, strict=True)):
        said = dict(zip(table.keys, row, strict=True))
        area, words = said.get("Area", ""), said.get("Period", "")
        if area.upper().startswith(TOO_SMALL[rules.name]):
            found.append(f"{place}: {area} is too small. The smallest that tier {rules.name} shows: {rules.smallest_area}.")
        people = table.population[i] if table.population is not None else rules.least_residents
        if people < rules.least_residents:
            found.append(f"{place}: {people:,.0f} people live there, and tier {rules.name} needs {rules.least_residents:,}.")
        period = _period(words)
        if period is not None and len(period.months) < months:
            found.append(f"{place}: {words} is too short. The shortest that tier {rules.name} shows: {rules.shortest_period}.")
    return found


def _overlapping(table: Counts) -> list[str]:
    """Periods that share a month: what lies between them could be subtracted."""
    if "Period" not in table.keys:
        return []
    at = table.keys.index("Period")
    held = [p for p in map(_period, dict.fromkeys(row[at] for row in table.rows)) if p is not None]
    pairs = [(a, b) for a, b in combinations(held, 2) if set(a.months) & set(b.months)]
    return [f"The periods {a.id} and {b.id} overlap, so that one can be taken from the other." for a, b in pairs[:5]]


def _period(words: str) -> periods.Period | None:
    try:
        return periods.parse(words)
    except CsplanError:
        return None


def _whole_groups(table: Counts, shown: disclosure.Released) -> list[str]:
    """Groups all of which are known to be of one category, since none is shown for each other."""
    if "Category" not in table.keys:
        return []
    at = table.keys.index("Category")
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, row in enumerate(table.rows):
        groups.setdefault(row[:at] + row[at + 1 :], []).append(i)
    found = []
    for group, members in groups.items():
        some = [i for i in members if shown.values[i] != 0]
        if len(members) > 1 and len(some) == 1 and shown.status[some[0]] != disclosure.MISSING:
            of = ", ".join(group) or "the table"
            found.append(f"{table.places[some[0]]}: all of {of} is shown to be ‘{table.rows[some[0]][at]}’. Merge categories.")
    return found


def _sums(table: Counts, shown: disclosure.Released) -> list[list[str]]:
    """A line for each period and category, of what is shown of the areas together; none for one area."""
    if "Area" not in table.keys:
        return []
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, row in enumerate(table.rows):
        groups.setdefault(row[1:], []).append(i)
    lines = []
    for rest, members in groups.items():
        if len(members) > 1:
            part = disclosure.Released(shown.values[members], shown.status[members], shown.tier)
            total = disclosure.totals(part)
            text = MARKS.get(str(total.status), "") or f"{float(total.values):.0f}"
            lines.append([SUM, *rest, text])
    return lines
