"""Write a paper to a file; the ending of its name says in which form."""

from collections.abc import Callable
from pathlib import Path

from csplan.documents.paper import Paper
from csplan.errors import CsplanError


def _html(paper: Paper) -> bytes:
    from csplan.documents import html_writer

    return html_writer.write(paper).encode()


def _pdf(paper: Paper) -> bytes:
    from csplan.documents import pdf_writer
    from csplan.documents.printable import printable

    return pdf_writer.write(printable(paper))


def _docx(paper: Paper) -> bytes:
    from csplan.documents import docx_writer

    return docx_writer.write(paper)


#: ending -> what makes the bytes; a writer is read in only when it is wanted
FORMS: dict[str, Callable[[Paper], bytes]] = {".html": _html, ".pdf": _pdf, ".docx": _docx}


def as_bytes(paper: Paper, ending: str) -> bytes:
    """The paper in the form of an ending such as ".pdf"."""
    if ending not in FORMS:
        raise CsplanError(f"A paper cannot be written as “{ending or 'a name without an ending'}”. Use {_listed()}.")
    return FORMS[ending](paper)


def write(paper: Paper, to: Path) -> Path:
    """Write the paper to a file and give its path. A file of that name is replaced whole."""
    made = as_bytes(paper, to.suffix.lower())
    if not to.parent.is_dir():
        raise CsplanError(f"There is no folder {to.parent}. Make it first, or give another place for {to.name}.")
    half = to.with_name(f".{to.name}.part")
    half.write_bytes(made)
    half.replace(to)
    return to


def _listed() -> str:
    *first, last = FORMS
    return f"{', '.join(first)} or {last}"
