"""A paper made ready to print: numbered, its marks read, its references resolved. Every writer starts here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from csplan.documents.paper import Block, Columns, Contents, Figure, Heading, Numbered, Paper, Table, Words, inline

#: Fields that hold words with marks. Every other string is used as it is.
MARKED = frozenset({"text", "items", "parts", "rows", "head", "headline", "subtitle", "source", "what", "note", "line"})
#: What a numbered thing is called where it is referred to.
CALLED = {Table: "Table", Figure: "Figure", Numbered: "paragraph"}

Named = TypeVar("Named", bound=Heading | Table | Figure | Numbered)


def settle(paper: Paper) -> Paper:
    """The paper with its tables, figures and paragraphs numbered in order, all marks read and every reference in words.

    Tables and figures without an id stay without a number. Raises ValueError where an id is used twice and KeyError where a
    reference names none.
    """
    names: dict[str, str] = {}
    counts = dict.fromkeys(CALLED, 0)

    def called(block: Named, name: str) -> Named:
        if block.id in names:
            raise ValueError(f"two things in the paper are called {block.id}")
        if block.id:
            names[block.id] = name
        return block

    def count(block: Block) -> Block:
        if isinstance(block, Columns):
            return replace(block, left=tuple(map(count, block.left)), right=tuple(map(count, block.right)))
        if isinstance(block, Heading):
            return called(block, block.text)
        if isinstance(block, Numbered) or (isinstance(block, (Table, Figure)) and block.id):
            counts[type(block)] += 1
            number = counts[type(block)]
            return called(replace(block, number=number), f"{CALLED[type(block)]} {number}")
        return block

    blocks = tuple(map(count, paper.blocks))
    sections = tuple((b.id, b.text) for b in blocks if isinstance(b, Heading) and b.level == 2 and b.id)
    blocks = tuple(replace(b, entries=sections) if isinstance(b, Contents) else b for b in blocks)
    return replace(paper, head=_read(paper.head, names), blocks=tuple(_read(b, names) for b in blocks))


def _read(value: Any, names: Mapping[str, str]) -> Any:
    """A part of the tree with the marks of its words read."""
    if isinstance(value, tuple):
        return tuple(_read(v, names) for v in value)
    if not is_dataclass(value) or isinstance(value, (type, Words)):
        return value
    found: dict[str, Any] = {}
    for f in fields(value):
        inside = getattr(value, f.name)
        is_marked = f.name in MARKED and not isinstance(value, Heading)
        found[f.name] = _marked(inside, names) if is_marked else _read(inside, names)
    return replace(value, **found)


def _marked(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return inline(value, names)
    if isinstance(value, tuple):
        return tuple(_marked(v, names) for v in value)
    return _read(value, names)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, those inside columns too."""
    for block in blocks:
        yield block
        if isinstance(block, Columns):
            yield from walk((*block.left, *block.right))


def as_values(value: Any) -> Any:
    """A settled tree as plain values for a template: a block is a dict with its class as `kind`, words are runs and `plain`."""
    if isinstance(value, Words):
        return {"runs": [{f.name: getattr(run, f.name) for f in fields(run)} for run in value.runs], "plain": value.plain}
    if is_dataclass(value) and not isinstance(value, type):
        return {"kind": type(value).__name__, **{f.name: as_values(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, tuple):
        return [as_values(v) for v in value]
    if isinstance(value, date):
        return [value.year, value.month, value.day]
    return value


#: Fields of the tree that no reader meets as words.
UNSAID = frozenset({"svg", "narrow", "id", "align", "style", "tone", "mark", "entries"})


def words_of(paper: Paper) -> Iterator[str]:
    """Every string that a reader of a settled paper meets, the alternative text of drawings included."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, Words):
            yield value.plain
        elif isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            for v in value:
                yield from strings(v)
        elif is_dataclass(value):
            for f in fields(value):
                if f.name not in UNSAID:
                    yield from strings(getattr(value, f.name))

    return strings(paper)
