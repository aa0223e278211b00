"""Which line of a list stands inside which. Lists are nested in many ways: by level, by indent, by the style of the number alone."""

from dataclasses import dataclass, field

from csplan.cycle.numbering import Mark, follows, mark
from csplan.evidence.incoming.docx_numbering import Numbered

#: Indents that differ by less look the same to a reader: a tenth of an inch, in twentieths of a point.
SAME_INDENT = 144


@dataclass(frozen=True)
class _Open:
    mark: Mark
    list_id: str | None
    level: int
    indent: int


@dataclass
class Nesting:
    """The lines that are open above the next one, outermost first."""

    open: list[_Open] = field(default_factory=list)

    def clear(self) -> None:
        """A heading or a table ends every list."""
        self.open = []

    def level(self, number: str, listed: Numbered | None, indent: int) -> int:
        """How deep the next line stands, 0 for the outermost, after closing what it ends."""
        list_id, list_level = (listed.list_id, listed.level) if listed else (None, 0)
        new = _Open(mark(number, self._before(number)), list_id, list_level, indent)
        while self.open and not self._is_inside(new, self.open[-1]):
            self.open.pop()
        self.open.append(new)
        return len(self.open) - 1

    def _before(self, number: str) -> Mark | None:
        """The open line that this number goes on from: the innermost that it is the next after, else None."""
        return next((m.mark for m in reversed(self.open) if follows(mark(number, m.mark), m.mark)), None)

    def _is_inside(self, new: _Open, above: _Open) -> bool:
        if new.list_id is not None and new.list_id == above.list_id:
            return new.level > above.level
        if abs(new.indent - above.indent) >= SAME_INDENT:
            return new.indent > above.indent
        return new.mark.style not in {m.mark.style for m in self.open} and not _is_outer(new, above)


def _is_outer(new: _Open, above: _Open) -> bool:
    """Whether "2." can only stand outside "1.1": its number has fewer parts."""
    return new.mark.style.count("1") < above.mark.style.count("1") and "1" in new.mark.style
