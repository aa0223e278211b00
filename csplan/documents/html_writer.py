"""Print a paper as HTML: a fragment for a page of the site, or a whole file that needs nothing beside it."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from csplan.documents.palette import TOKENS
from csplan.documents.paper import Paper
from csplan.documents.settled import as_values, settle

TEMPLATES = Path(__file__).with_name("templates")
#: The dress of a paper: part of a file's own style element, and of the site's style sheet.
STYLE = TEMPLATES / "paper.css"


def fragment(paper: Paper) -> str:
    """An `article` without style, script or page around it. It holds the h1."""
    return _templates().get_template("paper.html").render(paper=as_values(settle(paper)))


def write(paper: Paper) -> str:
    """A whole page in one file."""
    style = STYLE.read_text(encoding="utf-8")
    return _templates().get_template("paper_file.html").render(paper=as_values(settle(paper)), palette=TOKENS, style=style)


@lru_cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
