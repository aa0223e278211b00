"""The paper tree: what a paper says, in order, and nothing about how it looks.

A builder makes a `Paper`; a writer prints it. The tree is frozen values all the way down, so the same paper gives the same
bytes and a test can walk it.

    Paper(title="…", blocks=(Heading(2, "Purpose"), Numbered("The committee is asked to **note** this."), …), …)

Words in blocks carry light marks: **strong**, *emphasis*, [words](address), and {id} for "Figure 3", "Table 1", "paragraph 7"
or the name of a heading. Words that came from the public never pass through the marks: give them as `verbatim(words)`. A name
from the records inside a sentence of ours goes through `escape(name)`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Run:
    """A stretch of words in one style; `link` is an address, or #id for a place in the paper."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True)
class Words:
    """Words that are ready to print: their marks have been read, or they had none."""

    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


Text = str | Words

_MARKS = re.compile(
    r"\\(?P<escaped>[\\*\[\]{}])"
    r"|\*\*(?P<strong>(?:\\.|[^*\\])+)\*\*"
    r"|\*(?P<emphasis>(?:\\.|[^*\\])+)\*"
    r"|\[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<link>[^)\s]+)\)"
    r"|\{(?P<ref>[a-z][a-z0-9-]*)\}"
)


def escape(words: str) -> str:
    """Words that may hold any sign, made safe to stand inside a marked sentence."""
    return re.sub(r"([\\*\[\]{}])", r"\\\1", words)


def _unescape(words: str) -> str:
    return re.sub(r"\\([\\*\[\]{}])", r"\1", words)


def verbatim(words: str) -> Words:
    """Words printed as they stand, whatever signs they hold."""
    return Words((Run(words),))


def inline(text: Text, names: Mapping[str, str] | None = None) -> Words:
    """Marked words, read. What is not a mark is plain text. Raises KeyError for a reference to an id that the paper lacks."""
    if isinstance(text, Words):
        return text
    runs, at = list[Run](), 0
    for m in _MARKS.finditer(text):
        runs.append(Run(text[at : m.start()]))
        if m["escaped"]:
            runs.append(Run(m["escaped"]))
        elif m["strong"]:
            runs.append(Run(_unescape(m["strong"]), strong=True))
        elif m["emphasis"]:
            runs.append(Run(_unescape(m["emphasis"]), emphasis=True))
        elif m["words"]:
            runs.append(Run(_unescape(m["words"]), link=m["link"]))
        else:
            runs.append(Run((names or {})[m["ref"]], link=f"#{m['ref']}"))
        at = m.end()
    runs.append(Run(text[at:]))
    return Words(tuple(joined(run for run in runs if run.text)))


def joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one style as one."""
    last: Run | None = None
    for run in runs:
        if last and replace(last, text="") == replace(run, text=""):
            last = replace(last, text=last.text + run.text)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


@dataclass(frozen=True)
class Heading:
    """`level` 2 is a section, 3 a part of one; level 1 is the paper's title and stands in its head."""

    level: int
    text: str
    id: str = ""
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Running words. `style` is body, lead (the finding, once at the top) or small (a note)."""

    text: Text
    style: str = "body"


@dataclass(frozen=True)
class Part:
    """A lettered part of a numbered paragraph, with roman parts under it."""

    text: Text
    parts: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Numbered:
    """A paragraph that carries the paper's next number, with lettered parts under it where it has any."""

    text: Text
    parts: tuple[Part, ...] = ()
    id: str = ""
    number: int = 0


@dataclass(frozen=True)
class Bullets:
    """A list without order. `mark` is dot; or box to tick and place for a number, to be filled in with a pen."""

    items: tuple[Text, ...]
    mark: str = "dot"


@dataclass(frozen=True)
class Steps:
    """A list in order; `first` is the number of its first item. It carries no number of the paper."""

    items: tuple[Text, ...]
    first: int = 1


@dataclass(frozen=True)
class Table:
    """Rows under one head row. `align` has l or r for each column; `widths` are shares of the measure.

    `row_heads` says that the first column names its row. No cell is empty: say why there is no figure.
    """

    headline: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    align: str
    widths: tuple[float, ...]
    id: str = ""
    subtitle: Text = ""
    source: Text = ""
    row_heads: bool = True
    small: bool = False
    number: int = 0


@dataclass(frozen=True)
class Figure:
    """A drawing with the sentence it shows, its measure, its words for those who cannot see it, and its source.

    `narrow` is the drawing for phones; only pages use it. A figure without `id` carries no number; one right under a heading
    that says what it shows may have no headline.
    """

    svg: str
    headline: Text
    alt: str
    narrow: str = ""
    subtitle: Text = ""
    source: Text = ""
    id: str = ""
    number: int = 0


@dataclass(frozen=True)
class Callout:
    """A boxed note. `tone` is note, limit (what cannot be said), ask (what is wanted of the reader) or example."""

    title: str
    text: tuple[Text, ...]
    tone: str = "note"


@dataclass(frozen=True)
class KeyFigure:
    """A large figure, what it counts, and what to make of it."""

    figure: str
    what: Text
    note: Text


@dataclass(frozen=True)
class KeyFigures:
    """Two to four large figures in a row."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Columns:
    """Two stacks of blocks side by side; `share` is the left one's part of the measure."""

    left: "tuple[Block, ...]"
    right: "tuple[Block, ...]"
    share: float = 0.5


@dataclass(frozen=True)
class Fact:
    """A label and what it says."""

    label: str
    text: Text


@dataclass(frozen=True)
class TitleBlock:
    """The head of a committee paper."""

    committee: str
    date: str
    title: str
    lines: tuple[Fact, ...]


@dataclass(frozen=True)
class Masthead:
    """The head of a short paper: a band with what it is, its title and one line."""

    kicker: str
    title: str
    line: Text


@dataclass(frozen=True)
class Cover:
    """A first page of its own: what it is, its title, one sentence, and facts at its foot. `svg` is an ornament without words."""

    kicker: str
    title: str
    line: Text
    facts: tuple[Fact, ...]
    svg: str = ""


@dataclass(frozen=True)
class Contents:
    """Every section of the paper with its page. `entries` is filled when the paper is settled: (id of a section, its words)."""

    title: str
    entries: tuple[tuple[str, str], ...] = ()


Head = TitleBlock | Masthead | Cover
Block = Heading | Paragraph | Numbered | Bullets | Steps | Table | Figure | Callout | KeyFigures | Columns | Contents


@dataclass(frozen=True)
class Paper:
    """A whole paper. `author` is an office, never a person's name; `size` the body size in points; `date` the paper's own day."""

    title: str
    subject: str
    author: str
    date: date
    header: str
    footer: str
    head: Head
    blocks: tuple[Block, ...]
    size: float = 11
