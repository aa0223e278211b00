"""What differs between two texts of a plan: clause by clause, field by field, word by word; and the reasons that a change may have."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from csplan.cycle import plan_text

#: Where the reason for a change comes from.
REASONS: dict[str, str] = {
    "comment": "a comment in the consultation",
    "scrutiny": "the scrutiny committee",
    "board": "the board",
    "officer": "an officer",
}
#: What may be decided about a comment.
DISPOSITIONS: dict[str, str] = {
    "accepted": "accepted",
    "partly": "accepted in part",
    "not accepted": "not accepted",
    "out of scope": "outside what the plan can do",
    "noted": "noted",
}


@dataclass(frozen=True)
class Difference:
    """One clause that differs. before, after : what it says, None where it is not there; fields : the names that differ"""

    clause: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    fields: tuple[str, ...]

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"


@dataclass(frozen=True)
class Run:
    """A run of words in a comparison. kind : same, removed or added"""

    kind: str
    words: str


def differences(before: plan_text.Document, after: plan_text.Document) -> tuple[Difference, ...]:
    """Every clause that differs, in the order in which the later text is read; what was removed stands at the end."""
    old, new = plan_text.clauses(before), plan_text.clauses(after)
    found = [_difference(address, old.get(address), new.get(address)) for address in [*new, *(a for a in old if a not in new)]]
    return tuple(d for d in found if d.fields)


def _difference(address: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Difference:
    names = dict.fromkeys([*(before or {}), *(after or {})])
    moved = tuple(n for n in names if not _same((before or {}).get(n), (after or {}).get(n)))
    return Difference(address, before, after, moved or (tuple(names) if before is None or after is None else ()))


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same; days compare by how they are written, and nothing equals nothing."""
    if plan_text.is_empty(one) and plan_text.is_empty(other):
        return True
    return one == other or str(one) == str(other)


def changed_priorities(before: plan_text.Document, after: plan_text.Document) -> frozenset[str]:
    """References of the priorities that are new, gone or say something else."""
    return frozenset(
        plan_text.part_of(d.clause)[1]
        for d in differences(before, after)
        if plan_text.part_of(d.clause)[0].name in plan_text.LOCKED
    )


#: What a text is cut into, the coarsest first: lines, sentences, words.
_PIECES = (re.compile(r"[^\n]*\n|[^\n]+"), re.compile(r".+?(?:[.!?]\s+|$)", re.DOTALL), re.compile(r"\w+|\s+|[^\w\s]"))
#: Words compared at once. Two passages that share less than this cost are compared word by word; longer ones are first set
#: side by side by their lines and sentences, for comparing 20,000 letters by words alone would keep a reader waiting for minutes.
_MOST = 40_000


def compare(before: str, after: str) -> tuple[Run, ...]:
    """Two texts word by word. Joined, the same and removed runs give the one, the same and added runs the other.

    A long passage that was written anew stands as removed and added whole.

    >>> [(r.kind, r.words) for r in compare("A county where", "Durham is a county where")]
    [('removed', 'A'), ('added', 'Durham is a'), ('same', ' county where')]
    """
    runs: list[Run] = []
    for run in _compared(before, after, 0):
        if runs and runs[-1].kind == run.kind:
            run = Run(run.kind, runs.pop().words + run.words)
        runs.append(run)
    return tuple(runs)


def _compared(before: str, after: str, fineness: int) -> Iterator[Run]:
    """Runs of two passages, cut as coarsely as they must be."""
    words = _PIECES[-1]
    old, new = words.findall(before), words.findall(after)
    is_short = len(old) * len(new) <= _MOST
    if not is_short and fineness == len(_PIECES) - 1:
        yield from (Run(kind, text) for kind, text in (("removed", before), ("added", after)) if text)
        return
    if not is_short:
        old, new = (_PIECES[fineness].findall(text) for text in (before, after))
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            yield Run("same", was)
        elif tag == "replace" and not is_short:
            yield from _compared(was, now, fineness + 1)
        else:
            yield from (Run(kind, text) for kind, text in (("removed", was), ("added", now)) if text)


def in_words(value: Any) -> str:
    """A value of any field as text, so that it can be compared word by word: one line for each thing of a list."""
    if plan_text.is_empty(value):
        return ""
    if isinstance(value, Mapping):
        return "\n".join(f"{name} = {', '.join(refs)}" for name, refs in value.items())
    return "\n".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)
