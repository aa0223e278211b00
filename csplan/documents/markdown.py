"""Words that officers wrote in Markdown, as safe HTML for a page and as blocks for a paper. One reader for both.

Paragraphs, lists, headings, emphasis, quotations and links are read; every other sign is kept as it was written, HTML too. A live
figure `{recorded-burglary.rate/E06000047/2025}`, and a `{chart …}`, `{map …}` or `{table …}` alone on a line, give way to the words
held for it, and stay as written where none are held.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from csplan.documents.paper import Block, Bullets, Heading, Paragraph, Run, Steps, Table, Words, joined
from csplan.evidence.references import WRITTEN

#: Addresses that a page may lead to. A paper stands alone, so that an address within the site would lead nowhere from it.
ON_A_PAGE = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
FROM_A_PAPER = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
#: What elements of a page wear.
CLASSES = {"p": "csp-body", "ul": "csp-list", "ol": "csp-list", "h2": "csp-h2", "h3": "csp-h3", "h4": "csp-h3", "h5": "csp-h3"}
DEEPEST_ON_A_PAGE, DEEPEST_IN_A_PAPER = 6, 3

Figures = Mapping[str, str]
Rows = Mapping[str, Sequence[tuple[str, str]]]
#: What the first column of a drawing's rows is called.
FIRST = {"chart": "Month", "table": "Month", "map": "Area"}


def to_html(words: str, figures: Figures, *, top: int = 3) -> str:
    """Safe HTML of Markdown: it may go into a page as it is.

    figures : {reference without its braces: words in its place};  top : the level of the highest heading
    """
    tokens = _read(words, figures, top, DEEPEST_ON_A_PAGE)
    return str(_markdown().renderer.render(tokens, _markdown().options, {})).strip()


def to_blocks(words: str, figures: Figures, *, rows: Rows | None = None, top: int = 3) -> tuple[Block, ...]:
    """The same as blocks of a paper. A list within a list stands as lines of its item; a quotation is set in emphasis.

    rows : {reference of a drawing: its rows}; one that stands alone on its line becomes a table under its words
    """
    return tuple(_blocks(_read(words, figures, top, DEEPEST_IN_A_PAPER), rows or {}))


def to_words(words: str, figures: Figures) -> Words:
    """The same as the words of one cell or item of a paper: paragraphs and items are lines of their own."""
    blocks = to_blocks(words, figures)
    lines: list[Words] = []
    for block in blocks:
        if isinstance(block, Bullets | Steps):
            lines += [item for item in block.items if isinstance(item, Words)]
        elif isinstance(block, Heading):
            lines.append(Words((Run(block.text, strong=True),)))
        elif isinstance(block, Paragraph) and isinstance(block.text, Words):
            lines.append(block.text)
    return _on_lines(lines)


# ---- reading ------------------------------------------------------------------------------------------


@lru_cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False})
    made.disable(["code", "html_block", "html_inline"])  # an indented line is an accident far more often than a program
    made.inline.ruler.before("escape", "figure", _figure_rule)
    made.validateLink = _may_be_linked  # type: ignore[method-assign]
    made.add_render_rule("figure", _figure_html)
    made.add_render_rule("image", _image_html)
    return made


def _may_be_linked(url: str) -> bool:
    return bool(ON_A_PAGE.match(url))


def _figure_rule(state: StateInline, silent: bool) -> bool:
    """A reference in braces as a token of its own, so that no sign inside it is taken for a mark."""
    found = WRITTEN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("figure", "", 0)
        token.content, token.meta = found[1], {"ref": found[1]}
    state.pos = found.end()
    return True


def _figure_html(_: object, tokens: Sequence[Token], at: int, *rest: object) -> str:
    return escape(tokens[at].content)


def _image_html(_: object, tokens: Sequence[Token], at: int, *rest: object) -> str:
    """A picture from elsewhere is never loaded: its words stand in its place."""
    return escape(tokens[at].content)


def _read(words: str, figures: Figures, top: int, deepest: int) -> list[Token]:
    """The tokens of Markdown with figures in words, and headings that begin at `top` and leave no level out."""
    tokens = _without_empty_headings(_markdown().parse(words))
    above, last = _highest(tokens), top - 1
    for token in tokens:
        if token.type == "heading_open":
            last = min(top + int(token.tag[1]) - above, last + 1, deepest)
        if token.type.startswith("heading"):
            token.tag = f"h{last}"
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
        for inner in token.children or ():
            if inner.type == "figure":
                inner.content = _said(inner.content, figures)
    return tokens


def _without_empty_headings(tokens: list[Token]) -> list[Token]:
    """A heading without words is announced as nothing, and no paper may hold one."""
    empty = {i for i, t in enumerate(tokens) if t.type == "heading_open" and not tokens[i + 1].content.strip()}
    return [t for i, t in enumerate(tokens) if not {i, i - 1, i - 2} & empty]


def _highest(tokens: Sequence[Token]) -> int:
    return min((int(t.tag[1]) for t in tokens if t.type == "heading_open"), default=1)


def _said(ref: str, figures: Figures) -> str:
    """The words held for a reference; the reference itself, in its braces, where none are."""
    written = f"{{{ref}}}"
    return figures.get(ref) or figures.get(written) or written


# ---- blocks of a paper ----------------------------------------------------------------------------------


def _blocks(tokens: Sequence[Token], rows: Rows) -> Iterator[Block]:
    at = 0
    while at < len(tokens):
        token, end = tokens[at], _end(tokens, at)
        inside = tokens[at + 1 : end]
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), _inline(inside).plain)
        elif token.type == "paragraph_open" and (ref := _alone(inside)) in rows:
            head = (FIRST[ref.split(" ")[0]], "Figure")
            cells = tuple((Words((Run(name),)), Words((Run(said),))) for name, said in rows[ref])
            yield Table(_inline(inside), head, cells, "lr", (2, 1), small=len(cells) > 12)
        elif token.type == "paragraph_open":
            yield Paragraph(_inline(inside))
        elif token.type == "bullet_list_open":
            yield Bullets(tuple(_items(inside)))
        elif token.type == "ordered_list_open":
            yield Steps(tuple(_items(inside)), first=_first(token))
        elif token.type == "blockquote_open":
            yield from (Paragraph(Words(tuple(_quoted(words)))) for words in _lines(inside))
        elif token.type == "fence":
            yield Paragraph(Words((Run(token.content.strip()),)))
        at = end + 1


def _alone(tokens: Sequence[Token]) -> str:
    """The reference that a paragraph is made of alone; "" where it holds anything else."""
    children = [child for token in tokens for child in token.children or ()]
    return str(children[0].meta["ref"]) if len(children) == 1 and children[0].type == "figure" else ""


def _first(token: Token) -> int:
    """The number of the first item of a list."""
    start = token.attrGet("start")
    return 1 if start is None else int(start)


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the element that begins at `at` ends; the same place for one that holds nothing."""
    if tokens[at].nesting != 1:
        return at
    level = tokens[at].level
    return next(i for i in range(at + 1, len(tokens)) if tokens[i].nesting == -1 and tokens[i].level == level)


def _quoted(words: Words) -> Iterator[Run]:
    for run in words.runs:
        yield Run(run.text, strong=run.strong, emphasis=True, link=run.link)


def _items(tokens: Sequence[Token]) -> Iterator[Words]:
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        yield _on_lines(list(_lines(tokens[at + 1 : end])))
        at = end + 1


def _lines(tokens: Sequence[Token]) -> Iterator[Words]:
    """Every paragraph of an element, in order; those of a list within it with a dash or their number."""
    at = 0
    while at < len(tokens):
        token, end = tokens[at], _end(tokens, at)
        if token.type in ("bullet_list_open", "ordered_list_open"):
            number = _first(token)
            for item in _items(tokens[at + 1 : end]):
                sign = f"{number}. " if token.type == "ordered_list_open" else "– "
                yield Words(tuple(joined((Run(sign), *item.runs))))
                number += 1
        elif token.nesting == 1:
            yield from _lines(tokens[at + 1 : end])
        elif token.type == "inline":
            yield _inline([token])
        elif token.type == "fence":
            yield Words((Run(token.content.strip()),))
        at = end + 1


def _on_lines(lines: Sequence[Words]) -> Words:
    runs: list[Run] = []
    for line in lines:
        runs += [Run("\n")] if runs else []
        runs += line.runs
    return Words(tuple(joined(runs)))


def _inline(tokens: Sequence[Token]) -> Words:
    return Words(tuple(joined(run for token in tokens for run in _runs(token.children or ()))))


def _runs(children: Sequence[Token]) -> Iterator[Run]:
    strong = emphasis = 0
    link = ""
    for token in children:
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            emphasis += token.nesting
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
            link = address if FROM_A_PAPER.match(address) else ""
        elif token.type == "link_close":
            link = ""
        elif token.type == "softbreak":
            yield Run(" ", bool(strong), bool(emphasis), link)
        elif token.type == "hardbreak":
            yield Run("\n", bool(strong), bool(emphasis), link)
        elif token.content:
            yield Run(token.content, bool(strong) and not link, bool(emphasis) and not link, link)
