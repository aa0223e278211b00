"""Papers for meetings and of plans: the list, and what stands beside one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from csplan.evidence.plain_words import capital
from csplan.website.pages.plan import STATES as PLAN_STATES


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
MADE = {
    "plan": "Made from the sealed words of the plan, with what is recorded of it on the day read.",
    "report": "Made from the records, as they stood when the meeting began. The sentences are ours.",
    "eia": "Made from the assessment as it was signed.",
}
STATES = {"listed": "on the agenda", "considered": "considered", "signed": "signed"}


def index(papers: Sequence[dict[str, Any]], meetings: Sequence[dict[str, Any]], home: str) -> dict[str, Any]:
    """Every paper with its meeting and its forms."""
    titles = {m["ref"]: m["title"] for m in meetings}
    return {"doors": [line(p, titles.get(p["meeting"]), home) for p in papers]}


def line(paper: dict[str, Any], meeting: str | None, home: str) -> dict[str, Any]:
    """A paper in words: its meeting (whose title names the day), its state, its addresses."""
    at = f"{home}papers/{paper['ref']}"
    is_plan = paper["kind"] == "plan"
    state = PLAN_STATES[paper["state"]] if is_plan else STATES[paper["state"]]
    return {
        "title": paper["title"],
        "words": f"{meeting}: {state}." if meeting else f"{capital(state)}.",
        "made": MADE["plan" if is_plan else paper["kind"] if paper["kind"] in MADE else "report"],
        "url": f"{at}/",
        "meeting_url": f"{home}meetings/{paper['meeting']}/" if paper["meeting"] else None,
        "forms": [{"url": f"{at}.{ending}", "words": form.words, "make": form.make} for ending, form in FORMS.items()],
        "command": f"csplan paper {paper['kind']} {paper['ref']} --to {paper['ref']}.pdf",
    }
