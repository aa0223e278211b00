"""What became of each thing in a file: taken as a part of the plan, or left with the reason."""

import dataclasses
from dataclasses import dataclass

from csplan.cycle.outline import Block, Left
from csplan.cycle.plan_import.parts import Part


@dataclass(frozen=True)
class Taken:
    """What became a part of the plan.

    ref : its reference, or "title", "vision", "priorities" for what announces them
    field : of a cell of a table, what its column is: a key of `columns.FIELDS`
    """

    ref: str
    place: str
    words: str
    field: str = ""


@dataclass
class Tally:
    """Everything seen so far, each thing once. The reference of what is taken is known only at the end."""

    taken: list[tuple[Part | str, str, str, str]] = dataclasses.field(default_factory=list)
    left: list[Left] = dataclasses.field(default_factory=list)
    under: str = ""

    def take(self, block: Block, part: Part | str) -> None:
        """A block that became a part."""
        self.take_words(block.place, block.printed, part)
        self._remember(block)

    def take_words(self, place: str, words: str, part: Part | str, field: str = "") -> None:
        """The words at a place, such as a cell, that became a part or belong to one."""
        self.taken.append((part, place, words, field))

    def leave(self, block: Block, why: str) -> None:
        """A block that was not understood."""
        self._remember(block)
        self.leave_words(block.place, block.printed, why)

    def leave_words(self, place: str, words: str, why: str) -> None:
        """The words at a place that were not understood."""
        self.left.append(Left(place, words, why, self.under))

    def all_taken(self) -> tuple[Taken, ...]:
        """What was taken, with references."""
        return tuple(Taken(p if isinstance(p, str) else p.ref, place, words, name) for p, place, words, name in self.taken)

    def _remember(self, block: Block) -> None:
        if block.kind == "heading":
            self.under = block.words
