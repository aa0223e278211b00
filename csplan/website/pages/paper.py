"""Papers for meetings: the list, and what stands beside one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Form:
    """kind : what a browser is told it is;  is_kept : it is saved and not opened;  words, make : for a link and for a button."""

    kind: str
    is_kept: bool
    words: str
    make: str


#: ending of the address -> the form of the file
FORMS: dict[str, Form] = {
    "html": Form("text/html; charset=utf-8", True, "HTML, one file", "Make the HTML file"),
    "pdf": Form("application/pdf", False, "PDF, tagged for screen readers", "Make the PDF"),
    "docx": Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", True, "Word", "Make the Word file"),
}
STATES = {"listed": "on the agenda", "considered": "considered"}


def index(papers: Sequence[dict[str, Any]], meetings: Sequence[dict[str, Any]], home: str) -> dict[str, Any]:
    """Every paper with its meeting and its forms."""
    titles = {m["ref"]: m["title"] for m in meetings}
    return {"doors": [line(p, titles[p["meeting"]], home) for p in papers]}


def line(paper: dict[str, Any], meeting: str, home: str) -> dict[str, Any]:
    """A paper in words: its meeting (whose title names the day), its state, its addresses."""
    at = f"{home}papers/{paper['ref']}"
    return {
        "title": paper["title"],
        "words": f"{meeting}: {STATES[paper['state']]}.",
        "url": f"{at}/",
        "forms": [{"url": f"{at}.{ending}", "words": form.words, "make": form.make} for ending, form in FORMS.items()],
        "command": f"csplan paper {paper['kind']} {paper['ref']} --to {paper['ref']}.pdf",
    }
