"""The walk through a file's blocks: each becomes a part of the plan, or is left with the reason.

What a block says of itself comes first: a label, an announcement, the vision. Then what is open above it decides.
"""

from dataclasses import dataclass, field

from csplan.cycle.numbering import dotted, follows, mark
from csplan.cycle.outline import Block, Outline
from csplan.cycle.plan_import import signals as sign
from csplan.cycle.plan_import import table as tables
from csplan.cycle.plan_import.parts import LONGEST_DELIVERABLE, LONGEST_TITLE, Deliverable, Gathered, Part, Priority
from csplan.cycle.plan_import.stack import ANNOUNCED, FINER, JUST_OUTSIDE, LINE, LISTS, Open, Stack, depth_of
from csplan.cycle.plan_import.tally import Tally

BELOW = {"priority": "work_area", "work_area": "deliverable"}

NO_PRIORITY = "no priority stands above it"
TEXT = "text that is no priority, work area or deliverable"
HEADING = "a heading that names no level of the plan"
ITEM = "a line of a list that names no level of the plan"
POINT = "a point under a deliverable"
TOO_LONG = "longer than a title may be"
TOO_MANY = "more than have a reference"


@dataclass
class Walk:
    """One walk under way. interrupted : "" for not, "text" for text since the last part, "colon" for text that leads on to a list"""

    outline: Outline
    known: sign.Signals
    asked: tables.Asked
    gathered: Gathered = field(default_factory=Gathered)
    tally: Tally = field(default_factory=Tally)
    open: Stack = field(default_factory=Stack)
    interrupted: str = ""
    vision: str = ""
    waits_for_vision: bool = False
    title_waits: tuple[Block, sign.Labelled] | None = None
    columns: dict[str, dict[str, str]] = field(default_factory=dict)

    def take(self, block: Block) -> None:
        """The next block of the file."""
        if self._takes_waiting_title(block) or (block.kind != "table" and self._takes_vision(block)):
            return
        if block.kind == "table":
            self._table(block)
            return
        labelled = sign.labelled(block, self.known)
        if labelled is not None and not labelled.title:
            self.title_waits = (block, labelled)
        elif labelled is not None:
            self._labelled(block, labelled)
        elif (announced := sign.cue(block, self.known)) is not None:
            self._cue(block, announced)
        elif block.kind == "heading":
            self._heading(block)
        elif block.kind == "item":
            self._item(block)
        else:
            self._text(block)

    def end(self) -> None:
        """The end of the file."""
        if self.title_waits:
            self._leave(self.title_waits[0], HEADING)
            self.title_waits = None

    # ---- the vision ----

    def _takes_vision(self, block: Block) -> bool:
        if self.waits_for_vision:
            self.waits_for_vision = False
            says_else = block.kind == "heading" or sign.labelled(block, self.known) or sign.cue(block, self.known)
            if not says_else and len(block.words.split()) <= sign.VISION_WORDS:
                self.vision = sign.unquoted(block.words)
                self.tally.take(block, "vision")
                return True
        if self.vision:
            return False
        quoted = sign.quoted_vision(block.words)
        if quoted is not None:
            self.vision = quoted
            self.tally.take(block, "vision")
            self._pass(block)
            return True
        if sign.is_vision_heading(block):
            self.waits_for_vision = True
            self.tally.take(block, "vision")
            self._pass(block)
            return True
        return False

    def _pass(self, block: Block) -> None:
        """A block that is no part of a priority, and closes what a block of its kind closes."""
        if block.kind == "paragraph":
            self._interrupt(block)
        else:
            self._enter(Open("other", depth_of(block), block))

    # ---- blocks ----

    def _takes_waiting_title(self, block: Block) -> bool:
        """“Priority 1” on a line of its own takes its title from the next line."""
        if self.title_waits is None:
            return False
        first, labelled = self.title_waits
        self.title_waits = None
        is_title = block.kind in ("heading", "paragraph") and len(block.words.split()) <= sign.TITLE_WORDS
        if not is_title or sign.labelled(block, self.known) or sign.cue(block, self.known):
            self._leave(first, HEADING)
            return False
        title, announced = sign.without_suffix(block.words, self.known)
        part = self._labelled(first, sign.Labelled(labelled.level, sign.clean(title), labelled.number, announced))
        if part is None:
            self._leave(block, TEXT)
        else:
            self.tally.take(block, part)
        return True

    def _labelled(self, block: Block, labelled: sign.Labelled) -> Part | None:
        self.open.end_announcements_of_others(labelled.level)
        depth = LINE[labelled.level] if block.kind == "paragraph" else depth_of(block) + FINER[labelled.level]
        return self._add(block, labelled.level, labelled.title, depth, labelled.follows, labelled.number)

    def _cue(self, block: Block, level: str) -> None:
        depth = depth_of(block) + max(FINER[level] - JUST_OUTSIDE, 0.0)
        if block.kind == "heading":
            self.open.close(depth)
        owner = self.open.priority()
        if level != "priority" and owner is None:
            self._leave(block, NO_PRIORITY)
            return
        if block.kind == "heading":
            self.open.enter(Open("cue", depth, block, below=level))
        else:
            self.open.announce(block, level)
        self.interrupted = ""
        self.tally.take(block, "priorities" if owner is None or level == "priority" else owner)

    def _heading(self, block: Block) -> None:
        depth = depth_of(block)
        self.open.close(depth)
        parent = self.open.top
        if parent is not None and parent.kind == "cue" and parent.depth < ANNOUNCED and parent.below:
            self._add(block, parent.below, sign.clean(block.words), depth)
        elif (known := self._known_level(block)) is not None:
            self._add(block, known, sign.clean(block.words), depth)
        elif parent is not None and parent.kind in BELOW and _is_numbered_below(block, parent.block):
            self._add(block, BELOW[parent.kind], sign.clean(block.words), depth)
        else:
            self._leave(block, HEADING)

    def _known_level(self, block: Block) -> str | None:
        """What a heading is whose words are the title of a part that is there already; None where there is no such part."""
        if self.gathered.find(block.words) is not None:
            return "priority"
        priority = self.open.priority()
        return "work_area" if priority is not None and priority.find_area(block.words) is not None else None

    def _item(self, block: Block) -> None:
        depth = depth_of(block)
        self.open.end_announcements_before(block)
        sibling = self.open.close(depth)
        parent = self.open.top
        level = parent.below if parent is not None else None
        goes_on = sibling is not None and sibling.kind == level and _goes_on(block, sibling.block)
        if parent is None or (level is None and parent.kind != "deliverable") or (self._is_cut_off(parent) and not goes_on):
            self._leave(block, ITEM)
        elif level is None:
            self._leave(block, POINT)
        else:
            if parent.kind == "cue" and parent.first is None:
                parent.first = block
            title, announced = sign.without_suffix(block.words, self.known)
            self._add(block, level, sign.clean(title), depth, announced)

    def _text(self, block: Block) -> None:
        self.tally.leave(block, TEXT)
        self._interrupt(block)

    def _interrupt(self, block: Block) -> None:
        """Text between: it ends a list that a line announced, and is remembered for lists that nothing announces."""
        self.open.end_announcements()
        leads_on = block.words.endswith((":", "–", "—"))
        self.interrupted = "colon" if leads_on or self.interrupted == "colon" else "text"

    def _enter(self, new: Open) -> None:
        self.open.enter(new)
        self.interrupted = ""

    def _is_cut_off(self, parent: Open) -> bool:
        """Whether text since the parent says that a list which nothing announces is not the parent's."""
        if parent.kind == "cue":
            return False
        if parent.kind == "work_area" and parent.depth < LISTS:
            return self.interrupted == "colon"
        return bool(self.interrupted)

    # ---- parts ----

    def _leave(self, block: Block, why: str) -> None:
        """Leave a heading or a line of a list; what stands inside it is left too."""
        self.tally.leave(block, why)
        if block.kind == "paragraph":
            self._interrupt(block)
        else:
            before = self.interrupted if block.kind == "item" else ""
            self._enter(Open("other", depth_of(block), block))
            self.interrupted = before

    def _add(
        self, block: Block, level: str, title: str, depth: float, announced: str | None = None, number: str = ""
    ) -> Part | None:
        """Add a block to the plan under what is open, or leave it with the reason."""
        too_long = len(title) > (LONGEST_DELIVERABLE if level == "deliverable" else LONGEST_TITLE)
        if not title or too_long:
            self._leave(block, TOO_LONG if too_long else TEXT)
            return None
        if level == "priority":
            return self._add_priority(block, title, depth, announced, number or block.number)
        self.open.close(depth)
        priority = self.open.priority()
        if priority is None or not priority.has_room():
            self._leave(block, NO_PRIORITY if priority is None else TOO_MANY)
            return None
        new = Open(level, depth, block, announced or BELOW.get(level), priority)
        part: Part
        if level == "work_area":
            new.area = priority.area(title, number or block.number)
            part = priority.areas[new.area]
        else:
            part = self._deliverable(priority, title, number or block.number)
        self._enter(new)
        self.tally.take(block, part)
        return part

    def _add_priority(self, block: Block, title: str, depth: float, announced: str | None, number: str) -> Part | None:
        if not self.gathered.has_room():
            self._leave(block, TOO_MANY)
            return None
        priority = self.gathered.priority(title, number)
        self._enter(Open("priority", depth, block, announced or "work_area", priority))
        self.tally.take(block, priority)
        return priority

    def _deliverable(self, priority: Priority, title: str, number: str) -> Deliverable:
        inside = self.open.holder(priority)
        areas = [inside.area] if inside is not None and inside.area is not None else []
        after = len(priority.areas) - 1 if priority.areas else None
        made = Deliverable(title, areas, after, is_loose=self._is_announced(inside), number=dotted(number))
        priority.deliverables.append(made)
        return made

    def _is_announced(self, inside: Open | None) -> bool:
        """Whether an announcement stands between a deliverable and the work area before it, which looks no different."""
        cues = [o for o in self.open.entries if o.kind == "cue"]
        return any(o.depth == ANNOUNCED or (inside is not None and int(o.depth) == int(inside.depth)) for o in cues)

    def _table(self, block: Block) -> None:
        self.waits_for_vision = False
        at = tables.Context(self.open.priority(), self.open.area())
        table = self.outline.table(block.place)
        self.columns[block.place] = tables.take(table, self.asked, self.known, at, self.gathered, self.tally)
        self.interrupted = "text"


def _is_numbered_below(block: Block, parent: Block) -> bool:
    """Whether a heading "1.2 …" stands below a heading "1 …" or "Priority 1: …" by its number."""
    digits = [n for n in (block.number.strip("().") or "").split(".") if n]
    above = parent.number.strip("().") or "".join(c for c in parent.words.split(":")[0] if c.isdigit() or c == ".").strip(".")
    return len(digits) > 1 and ".".join(digits[:-1]) == above


def _goes_on(block: Block, before: Block) -> bool:
    """Whether a numbered line is the next one of a list that text interrupted."""
    return follows(mark(block.number, mark(before.number)), mark(before.number)) and mark(before.number).ordinal > 0


def walk(outline: Outline, asked: tables.Asked, title_place: str) -> Walk:
    """Walk through a whole file. title_place : where its title stands, which is taken already"""
    run = Walk(outline, sign.signals(asked.words, outline.blocks), asked)
    for block in outline.blocks:
        if block.place == title_place:
            run.tally.take(block, "title")
        else:
            run.take(block)
    run.end()
    return run
