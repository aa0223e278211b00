"""What is open above a block while a file is walked through: headings, labelled lines, announcements and lists in one stack.

All of them are given one scale of depth, so that one stack serves for any mixture. A line that announces a list ("Key deliverables:")
stands over the list that follows, and when that list ends, the lines that were open before it are open again.
"""

from dataclasses import dataclass, field

from csplan.cycle.numbering import mark
from csplan.cycle.outline import Block
from csplan.cycle.plan_import.parts import Priority

#: Headings stand at their level 1 to 10, then labelled lines in the order of levels, then a line that announces, then lists.
LINE = {"priority": 11.0, "work_area": 12.0, "deliverable": 13.0}
ANNOUNCED, LISTS = 14.0, 20.0
#: Of labelled blocks that look alike the inner level stands inside the outer; what announces a level stands just outside it.
FINER = {"priority": 0.0, "work_area": 0.2, "deliverable": 0.4}
JUST_OUTSIDE = 0.1


def depth_of(block: Block) -> float:
    """How deep a block stands by its look alone."""
    return block.level if block.kind == "heading" else LISTS + block.level if block.kind == "item" else ANNOUNCED


@dataclass
class Open:
    """A block that is open above the next. kind : a level, "cue" for what announces one, "other" for what was left

    below : the level of what stands inside it, None for nothing
    priority, area : the priority that it is or stands in, and the index of the work area that it is
    under : of a line that announces, what was open before it;  first : the first line below it, by which its list is known
    """

    kind: str
    depth: float
    block: Block
    below: str | None = None
    priority: Priority | None = None
    area: int | None = None
    under: list["Open"] = field(default_factory=list)
    first: Block | None = None


@dataclass
class Stack:
    """The open blocks, outermost first."""

    entries: list[Open] = field(default_factory=list)

    @property
    def top(self) -> Open | None:
        """The innermost of them."""
        return self.entries[-1] if self.entries else None

    def close(self, depth: float) -> Open | None:
        """Close what a block of that depth ends. Returns what stood at the same depth, if anything."""
        last = None
        while self.entries and self.entries[-1].depth >= depth:
            last = self.entries.pop()
        return last if last is not None and last.depth == depth else None

    def enter(self, new: Open) -> None:
        """Open a block, after closing what it ends."""
        self.close(new.depth)
        self.entries.append(new)

    def above(self) -> list[Open]:
        """Everything open, outermost first, with what a line that announces stands under."""
        outer = [o for o in self.entries if o.depth < ANNOUNCED]
        return outer + _with_under([o for o in self.entries if o.depth >= ANNOUNCED])

    def priority(self) -> Priority | None:
        """The priority that is open."""
        return next((o.priority for o in reversed(self.above()) if o.priority is not None), None)

    def area(self) -> int | None:
        """The work area of that priority that is open, by its index."""
        priority = self.priority()
        return next((o.area for o in reversed(self.above()) if o.area is not None and o.priority is priority), None)

    def holder(self, priority: Priority) -> Open | None:
        """The work area of a priority that a block stands in now, apart from what an announcement stands under."""
        return next((o for o in reversed(self.entries) if o.area is not None and o.priority is priority), None)

    # ---- lines that announce ----

    def announcement(self) -> Open | None:
        """The line that announces what stands below it now."""
        return next((o for o in self.entries if o.depth == ANNOUNCED), None)

    def announce(self, block: Block, level: str) -> None:
        """Open a line that announces a level. Another for the same level ends first, with what was announced inside it."""
        while any(o.depth == ANNOUNCED and o.below == level for o in self.above()):
            self.end_announcement()
        under = [o for o in self.entries if o.depth >= ANNOUNCED]
        self.enter(Open("cue", ANNOUNCED, block, below=level, under=under))

    def end_announcement(self) -> None:
        """End the innermost announcement: what was open before it is open again."""
        at = next(i for i, o in enumerate(self.entries) if o.depth == ANNOUNCED)
        self.entries[at:] = self.entries[at].under

    def end_announcements(self) -> None:
        """End all of them, as text does that stands between."""
        while self.announcement() is not None:
            self.end_announcement()

    def end_announcements_of_others(self, level: str) -> None:
        """End those of another level than the labelled line that comes next."""
        while (cue := self.announcement()) is not None and cue.below != level:
            self.end_announcement()

    def end_announcements_before(self, line: Block) -> None:
        """End those whose list a line does not belong to: it stands further out, or its number is of another style."""
        while (cue := self.announcement()) is not None:
            if cue.first is None or line.level > cue.first.level:
                return
            if line.level == cue.first.level and mark(line.number).style == mark(cue.first.number).style:
                return
            self.end_announcement()


def _with_under(entries: list[Open]) -> list[Open]:
    return [o for entry in entries for o in (*_with_under(entry.under), entry)]
