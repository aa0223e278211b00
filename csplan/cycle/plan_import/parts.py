"""The parts of a plan as it grows while a file is read: priorities, their work areas and deliverables, numbered at the end by us."""

from dataclasses import dataclass, field
from typing import Any

from csplan.cycle.numbering import dotted
from csplan.cycle.plan_import.signals import same

#: References have two digits at each level.
MOST = 99
LONGEST_TITLE, LONGEST_DELIVERABLE = 300, 600
PAIRED_BY_ORDER = "paired by order"
NOT_TOLD = {"lead": "no lead", "due": "no day"}


@dataclass
class Deliverable:
    """Something that will be done, as the file has it.

    areas : indexes of the work areas that it stands in or names;  after : of the last work area before it, None for none
    is_by_place : whether it stands in its work area only because its table stands below that area's heading
    is_loose : whether it stands in its work area only because a line such as “Key deliverables:” came after that area's heading
    number : as the file numbers it, such as 1.2.1; empty where it does not
    told : its other fields
    """

    title: str
    areas: list[int] = field(default_factory=list)
    after: int | None = None
    is_by_place: bool = False
    is_loose: bool = False
    number: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    ref: str = ""


@dataclass
class WorkArea:
    """came_after : how many deliverables of its priority were there before it;  number : as the file numbers it, such as 1.2"""

    title: str
    came_after: int
    number: str = ""
    ref: str = ""


@dataclass
class Priority:
    """One priority with what belongs to it, in order. number : as the file numbers it, such as 2"""

    title: str
    number: str = ""
    areas: list[WorkArea] = field(default_factory=list)
    deliverables: list[Deliverable] = field(default_factory=list)
    ref: str = ""

    def find_area(self, title: str) -> int | None:
        """The index of the work area of a title; None where there is none."""
        return next((i for i, a in enumerate(self.areas) if same(a.title, title)), None)

    def area(self, title: str, number: str = "") -> int:
        """The index of a work area; a new one where none has that title."""
        found = self.find_area(title)
        if found is None:
            self.areas.append(WorkArea(title, len(self.deliverables)))
            found = len(self.areas) - 1
        self.areas[found].number = dotted(number) or self.areas[found].number
        return found

    def has_room(self, more: int = 1) -> bool:
        """Whether so many more of anything can still have a reference."""
        return max(len(self.areas), len(self.deliverables)) + more < MOST


#: Each has its reference once everything is numbered.
Part = Priority | WorkArea | Deliverable


@dataclass
class Gathered:
    """Every priority so far."""

    priorities: list[Priority] = field(default_factory=list)

    def find(self, title: str) -> Priority | None:
        """The priority of a title; None where there is none."""
        return next((p for p in self.priorities if same(p.title, title)), None)

    def priority(self, title: str, number: str = "") -> Priority:
        """The priority of a title; a new one where none has it, because a plan names its priorities more than once."""
        found = self.find(title)
        if found is None:
            found = Priority(title)
            self.priorities.append(found)
        found.number = number.strip("().") or found.number
        return found

    def has_room(self) -> bool:
        """Whether one more priority can still have a reference."""
        return len(self.priorities) < MOST

    def number(self) -> None:
        """Give everything its reference and each deliverable its work areas."""
        for n, priority in enumerate(self.priorities, 1):
            priority.ref = str(n)
            for i, area in enumerate(priority.areas, 1):
                area.ref = f"{n}.{i}"
            _number_deliverables(priority)


def _number_deliverables(priority: Priority) -> None:
    """Deliverables of a work area are 1.2.1, 1.2.2 …; those of none take the first number that no work area has: 1.4.1 …"""
    by_order = _pair(priority)
    taken: dict[str, int] = {}
    for d in priority.deliverables:
        stem = priority.areas[d.areas[0]].ref if d.areas else f"{priority.ref}.{len(priority.areas) + 1}"
        taken[stem] = taken.get(stem, 0) + 1
        d.ref = f"{stem}.{taken[stem]}"
        untold = " and ".join(words for name, words in NOT_TOLD.items() if not d.told.get(name))
        d.told["why"] = "; ".join(
            w for w in (PAIRED_BY_ORDER if by_order else "", f"{untold} in the file" if untold else "") if w
        )


def _pair(priority: Priority) -> bool:
    """Pair what stands in no work area. True where it was paired by nothing but order.

    A number tells first: 1.2.1 belongs to the work area that the file numbers 1.2. Where work areas and deliverables alternate,
    each deliverable belongs to the one before it. Where all work areas come first, the first deliverable belongs to the first of
    them and so on, if there are as many; else they stay unpaired.
    """
    numbers = {area.number: i for i, area in enumerate(priority.areas) if area.number}
    for d in priority.deliverables:
        told = numbers.get(d.number.rpartition(".")[0])
        if told is not None and (d.is_loose or d.is_by_place or not d.areas):
            d.areas, d.is_loose = [told], False
    alternate, last = any(a.came_after for a in priority.areas), len(priority.areas) - 1
    if not alternate and last > 0 and all(d.is_loose and d.areas == [last] for d in priority.deliverables):
        for d in priority.deliverables:
            d.areas = []
    unpaired = [d for d in priority.deliverables if not d.areas]
    if alternate:
        for d in unpaired:
            d.areas = [] if d.after is None else [d.after]
    elif unpaired and len(unpaired) == len(priority.deliverables) == len(priority.areas):
        for i, d in enumerate(unpaired):
            d.areas = [i]
        return True
    return False


def as_plan(gathered: Gathered) -> list[dict[str, Any]]:
    """The priorities in the shape of a plan file."""
    return [
        {
            "ref": p.ref,
            "title": p.title,
            "work_areas": [{"ref": a.ref, "title": a.title} for a in p.areas],
            "deliverables": [
                {"ref": d.ref, "title": d.title, "work_areas": [p.areas[i].ref for i in d.areas], **d.told}
                for d in p.deliverables
            ],
        }
        for p in gathered.priorities
    ]
