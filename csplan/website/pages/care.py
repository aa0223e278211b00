"""Care for answers at the desk: alerts, masking, campaigns and what is set aside."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar, clock, personal_data
from csplan.cycle.personal_data import Span
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, listed
from csplan.records.actions.answer import SET_ASIDE
from csplan.records.reading.care import ToMask
from csplan.records.reading.understanding import Part
from csplan.website.typed import Typed

#: Parts without a proposal that are read on one page.
TOGETHER = 20


def alerts(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Every alert with what it may mean, and whether an e-mail left."""
    waiting = sum(a["seen_on"] is None for a in found)
    head = (
        f"{capital(count(waiting, 'alert'))} {'waits' if waiting == 1 else 'wait'} to be seen to" if waiting else "No alert waits"
    )
    return {"headline": head, "rows": [_alert(a) for a in found]}


def _alert(a: Mapping[str, Any]) -> dict[str, Any]:
    sent = "An e-mail was sent." if a["is_sent"] else f"No e-mail has left. {a['refusal']}".strip()
    return {
        "key": str(a["key"]),
        "tag": "Seen" if a["seen_on"] else "Read now",
        "may_mean": f"It may tell of {listed(a['signs'])}." if a["signs"] else "It may tell of danger.",
        "came": f"It came on {calendar.in_words(clock.day_of(a['hour']))}, in the hour from {a['hour'].astimezone(clock.LONDON):%H:%M}. {sent}",
        "done": f"{calendar.in_words(a['seen_on'])}: {a['done']}" if a["seen_on"] else None,
    }


def masking(found: ToMask) -> dict[str, Any]:
    """What waits, and the comment to begin with."""
    waiting = len(found.proposed) + len(found.clear)
    verb = "waits" if waiting == 1 else "wait"
    head = (
        f"{capital(count(waiting, 'comment'))} {verb} to be read for personal data" if waiting else "Every comment is confirmed"
    )
    return {
        "headline": head,
        "facts": [
            ("With something proposed", f"{len(found.proposed):,}"),
            ("With nothing proposed", f"{len(found.clear):,}"),
            ("Confirmed", f"{found.done:,}"),
        ],
        "clear": [_clear(p) for p in found.clear[:TOGETHER]],
        "more_clear": len(found.clear) > TOGETHER,
    }


def _clear(p: Part) -> dict[str, str]:
    return {"name": f"{p.response_id}/{p.part}", "words": p.words}


def one(p: Part, question: str, chosen: Sequence[str] | None, typed: str) -> dict[str, Any]:
    """A comment with its proposals marked; chosen : names of those ticked, None where none was sent"""
    spans = personal_data.proposals(p.words)
    boxes = [
        {
            "name": _name(s),
            "kind": personal_data.KINDS[s.kind],
            "words": p.words[s.start : s.end],
            "is_ticked": chosen is None or _name(s) in chosen,
        }
        for s in spans
    ]
    return {
        "response": str(p.response_id),
        "part": p.part,
        "question": question,
        "runs": _runs(p.words, spans),
        "boxes": boxes,
        "more": typed,
    }


def _name(s: Span) -> str:
    return f"{s.start}-{s.end}-{s.kind}"


def _runs(words: str, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """The words in runs: those proposed are marked."""
    out, at = [], 0
    for s in spans:
        out += [{"words": words[at : s.start], "is_marked": False}, {"words": words[s.start : s.end], "is_marked": True}]
        at = s.end
    out.append({"words": words[at:], "is_marked": False})
    return [r for r in out if r["words"]]


def spans(typed: Typed, words: str) -> list[Span]:
    """What an officer chose to cover: the proposals ticked, and every place of the words typed below, a line each."""
    ticked = set(typed.sent.getlist("cover"))
    found = [s for s in personal_data.proposals(words) if _name(s) in ticked]
    for line in typed.text("more").splitlines():
        if not line.strip():
            continue
        more = personal_data.covering(words, line)
        if not more:
            typed.problems["more"] = f"“{line.strip()[:60]}” does not stand in the comment. Write it as it stands there."
        # What is typed goes before a proposal that it meets: the officer has read both.
        found = [s for s in found if all(s.end <= m.start or m.end <= s.start for m in more)]
        found += [m for m in more if all(m.end <= s.start or s.end <= m.start for s in found)]
    return sorted(found)


def campaigns(found: Mapping[str, Any], totals: Mapping[str, int]) -> dict[str, Any]:
    """Groups of answers that say nearly the same, and the totals with and without."""
    n = len(found["groups"])
    head = f"{capital(count(n, 'group'))} of answers say nearly the same" if n else "No answers say nearly the same"
    return {
        "headline": head,
        "rows": [{"size": len(g["members"]), "reason": g["reason"], "sample": g["sample"][:600]} for g in found["groups"]],
        "facts": totals_in_words(totals),
    }


def totals_in_words(t: Mapping[str, int]) -> list[tuple[str, str]]:
    """The totals both ways, as (term, number)."""
    return [
        ("Received", f"{t['received']:,}"),
        ("Withdrawn", f"{t['withdrawn']:,}"),
        ("Spam", f"{t['spam']:,}"),
        ("Considered", f"{t['considered']:,}"),
        ("Of these, in a group that says nearly the same", f"{t['flagged']:,}"),
        ("Considered without those groups", f"{t['without_flagged']:,}"),
    ]


def aside(rows: Sequence[Mapping[str, Any]], totals: Mapping[str, int]) -> dict[str, Any]:
    """Answers that are set aside, with the reason."""
    return {
        "headline": f"{capital(count(len(rows), 'answer'))} {'is' if len(rows) == 1 else 'are'} set aside",
        "rows": [
            {"key": str(r["key"]), "tag": capital(SET_ASIDE[r["kind"]]), "words": f"{calendar.in_words(r['on'])}: {r['reason']}"}
            for r in rows
        ],
        "kinds": [("withdrawn", "The person withdrew it, or it was entered wrongly"), ("spam", "It is spam: it answers nothing")],
        "facts": totals_in_words(totals),
    }
