"""A table of a plan: each row something that will be done, its columns matched to fields. Every filled cell is taken or left."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from csplan.cycle import numbering
from csplan.cycle.outline import Block, Row, Table, cell_place
from csplan.cycle.plan_import import signals as sign
from csplan.cycle.plan_import.cells import READERS, group_of
from csplan.cycle.plan_import.columns import is_plan, propose_columns
from csplan.cycle.plan_import.parts import LONGEST_DELIVERABLE, LONGEST_TITLE, Deliverable, Gathered, Part, Priority
from csplan.cycle.plan_import.tally import Tally

NO_PRIORITY = "no priority stands above it or in its row"
NO_FIELD = "its column is matched to nothing"
NO_DELIVERABLE = "its row names nothing that will be done"
TOO_LONG = "longer than a title may be"
TOO_MANY = "more than have a reference"
NO_NUMBER = "numbers that nothing above it has"
NO_GROUP = "the partnership has no group of this name"
NOT_PLAN = "a table that is not of the plan, or whose columns are not matched"
#: Numbers alone, parted by commas and the like: what they name stands elsewhere in the file.
NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?(?:(?:\s*[,;&\n]\s*|\s+and\s+|\s+)\d{1,3}(?:\.\d{1,3})*\.?)*")


@dataclass(frozen=True)
class Asked:
    """What a file is read with.

    words : what the partnership calls each level;  groups : {slug: name} of its groups
    matches : {heading: field} that a person chose or that are remembered; "" leaves a column
    """

    words: Mapping[str, str]
    groups: Mapping[str, str]
    matches: Mapping[str, str]


@dataclass(frozen=True)
class Context:
    """What stands above a table: its priority, and the index of its work area."""

    priority: Priority | None
    area: int | None


@dataclass
class _Reading:
    """A table under way: what merged or blank cells carry down, and the row at hand.

    areas, given : indexes of the work areas that carry down, and those that stand above the table
    """

    table: Table
    columns: Mapping[str, str]
    known: sign.Signals
    groups: Mapping[str, str]
    gathered: Gathered
    tally: Tally
    priority: Priority | None
    areas: list[int]
    given: list[int]
    made: list[Deliverable] = field(default_factory=list)


def take(table: Table, asked: Asked, known: sign.Signals, at: Context, gathered: Gathered, tally: Tally) -> dict[str, str]:
    """Add a table's rows to the plan. Returns {heading: field} of the columns as they were read."""
    columns = propose_columns(table.heads, asked.matches, asked.words)
    if not is_plan(columns):
        for row in table.rows:
            tally.leave_words(row.place, " | ".join(c.replace("\n", " ") for c in row.cells if c), NOT_PLAN)
        return columns
    given = [] if at.area is None else [at.area]
    reading = _Reading(table, columns, known, asked.groups, gathered, tally, at.priority, given, given)
    for row in table.rows:
        _take_row(reading, row)
    return columns


def _take_row(r: _Reading, row: Row) -> None:
    r.made = []
    cells = {r.columns.get(head, ""): (head, words) for head, words in zip(r.table.heads, row.cells, strict=True) if words}
    if len([c for c in row.cells if c]) == 1 and _take_section(r, row):
        return
    for level in sign.LEVELS:
        if level in cells:
            _take_level(r, level, cell_place(row, cells[level][0]), cells[level][1])
    for head, words in zip(r.table.heads, row.cells, strict=True):
        if words and r.columns.get(head) not in sign.LEVELS:
            _take_field(r, r.columns.get(head), cell_place(row, head), words)


def _take_section(r: _Reading, row: Row) -> bool:
    """A row of one filled cell that says “Priority 2: …” stands over the rows below it."""
    head, words = next((head, words) for head, words in zip(r.table.heads, row.cells, strict=True) if words)
    labelled = sign.labelled(Block("item", 0, words, "", row.place), r.known)
    if labelled is None or labelled.level == "deliverable" or not labelled.title:
        return False
    _take_level(r, labelled.level, cell_place(row, head), words)
    return True


def _take_level(r: _Reading, level: str, place: str, words: str) -> None:
    if level != "deliverable" and NUMBERS.fullmatch(words):
        _take_numbers(r, level, place, words)
        return
    lines = _titles(words, r.known)
    titles = [title for _, title in lines]
    longest = LONGEST_DELIVERABLE if level == "deliverable" else LONGEST_TITLE
    why = "" if titles and all(0 < len(t) <= longest for t in titles) else TOO_LONG
    if level != "priority" and r.priority is None:
        why = why or NO_PRIORITY
    elif not (r.gathered.has_room() if level == "priority" or r.priority is None else r.priority.has_room(len(titles))):
        why = why or TOO_MANY
    if why:
        r.tally.leave_words(place, words, why)
    else:
        r.tally.take_words(place, words, _add(r, level, lines), level)


def _take_numbers(r: _Reading, level: str, place: str, words: str) -> None:
    """A cell that names priorities or work areas by the numbers that the file gives them: "1.2, 1.3"."""
    numbers = re.findall(r"\d[\d.]*\d|\d", words)
    if level == "priority":
        named = next((p for p in r.gathered.priorities if [p.number] == numbers), None)
        found: Part | None = named
        if named is not None and named is not r.priority:
            r.priority, r.areas = named, []
    else:
        by_number = {area.number: i for i, area in enumerate(r.priority.areas)} if r.priority else {}
        r.areas = [by_number[n] for n in numbers] if all(n in by_number for n in numbers) else []
        found = r.priority.areas[r.areas[0]] if r.priority and r.areas else None
    if found is None:
        r.tally.leave_words(place, words, NO_NUMBER)
    else:
        r.tally.take_words(place, words, found, level)


def _add(r: _Reading, level: str, lines: list[tuple[str, str]]) -> Part:
    """Add what a cell names: (number, title) of each of its lines."""
    if level == "priority" or r.priority is None:
        before, r.priority = r.priority, r.gathered.priority(" ".join(title for _, title in lines), lines[0][0])
        r.areas = r.areas if r.priority is before else []
        return r.priority
    if level == "work_area":
        r.areas = [r.priority.area(title, number) for number, title in lines]
        return r.priority.areas[r.areas[0]]
    after = len(r.priority.areas) - 1 if r.priority.areas else None
    by_place = r.areas is r.given
    r.made = [Deliverable(title, list(r.areas), after, by_place, number=numbering.dotted(number)) for number, title in lines]
    r.priority.deliverables += r.made
    return r.made[0]


def _titles(words: str, known: sign.Signals) -> list[tuple[str, str]]:
    """(number, title) of a cell: one for each line where every line has a number or sign in front, else one."""
    lines = words.split("\n")
    if len(lines) > 1 and all(numbering.split(line)[0] for line in lines):
        return [_title(line, known) for line in lines]
    return [_title(" ".join(lines), known)]


def _title(line: str, known: sign.Signals) -> tuple[str, str]:
    number, text = numbering.split(line)
    if number == numbering.BULLET:
        inner, text = numbering.split(text)
        number = inner or number
    labelled = sign.labelled(Block("item", 0, text, "", ""), known)
    if labelled and labelled.title:
        return labelled.number or number, labelled.title
    return number, sign.clean(text)


def _take_field(r: _Reading, name: str | None, place: str, words: str) -> None:
    """A cell beside the levels: it belongs to every deliverable of its row."""
    if name is None:
        r.tally.leave_words(place, words, NO_FIELD)
    elif name == "number":
        holder: Part | None = r.made[0] if r.made else r.priority
        if holder is None:
            r.tally.leave_words(place, words, NO_DELIVERABLE)
        else:
            r.tally.take_words(place, words, holder, name)
            if len(r.made) == 1:
                r.made[0].number = numbering.dotted(words)
    elif not r.made:
        r.tally.leave_words(place, words, NO_DELIVERABLE)
    else:
        key, read, why = READERS.get(name) or ("group", lambda words: group_of(words, r.groups), NO_GROUP)
        value = read(words)
        if value is None:
            r.tally.leave_words(place, words, why)
            return
        for deliverable in r.made:
            deliverable.told[key] = value
        r.tally.take_words(place, words, r.made[0], name)
