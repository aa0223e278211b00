"""The results of a consultation as a page prints them: charts with their tables, themes with what was decided, downloads."""

from collections.abc import Mapping
from typing import Any

from csplan.documents import bars
from csplan.documents.consideration_report import CHOSE_THEMSELVES, side
from csplan.documents.sentences import count
from csplan.documents.svg import NARROW, WIDE
from csplan.evidence.plain_words import capital
from csplan.website.answers import Table
from csplan.website.pages.consultation import address, received_words
from csplan.website.pages.paper import FORMS


def results(found: dict[str, Any], home: str) -> dict[str, Any]:
    """Everything the page prints."""
    url = address(found["consultation"], home)
    return {
        "url": url,
        "received_words": received_words(found),
        "questions": [question(t) for t in found["tallies"]],
        "warning": CHOSE_THEMSELVES,
        "fingerprint": found["root_sha256"],
        "facts": facts(found["account"]) if found["account"] else [],
        "reconciles": reconciles(found["account"]) if found["account"] else None,
        "people": [people(r) for r in found["respondents"]],
        "theme_lines": [theme(t) for t in found["themes"]],
        "agreed": agreement_words(found["agreement"]),
        "reach": reach(found["reached"]),
        "you_said_url": f"{url}you-said/" if found["consideration"] else None,
        "downloads": downloads(found, url),
    }


def downloads(found: Mapping[str, Any], url: str) -> list[dict[str, str]]:
    """The figures as data, and the papers once there is a report."""
    out = [
        {"url": f"{url}results.csv", "words": "The figures as CSV"},
        {"url": f"{url}results.json", "words": "The figures as JSON"},
    ]
    if found["consideration"]:
        for kind, title in (("consideration-report", "The report on the answers"), ("you-said", "We asked, you said, we did")):
            out += [{"url": f"{url}{kind}.{ending}", "words": f"{title}: {form.words}"} for ending, form in FORMS.items()]
    return out


def question(t: Mapping[str, Any]) -> dict[str, Any]:
    """A question as a chart and its table; a ranking by who put what first, with the mean place."""
    is_rank = t["kind"] == "rank"
    who = capital(count(t["answered"], "person", "people"))
    sub = f"{who} answered this question." + (" Any number of answers could be chosen." if t["kind"] == "multiple" else "")
    heads = ["Answer", "Put it first" if is_rank else "People", "Share", "95% interval", "Without near copies"]
    heads += ["Mean place"] if is_rank else []
    rows = [(_row(c) + ((_place(c["mean_place"]),) if is_rank else ())) for c in t["choices"]]
    return {
        "words": t["words"],
        "sub": sub,
        "wide": chart(t, WIDE) if t["answered"] else None,
        "narrow": chart(t, NARROW) if t["answered"] else None,
        "table": {"caption": t["words"], "sub": sub, "heads": heads, "rows": rows, "numeric": tuple(range(1, len(heads)))},
    }


def chart(t: Mapping[str, Any], width: int) -> str:
    """Shares in per cent with their intervals."""
    rows = [bars.Bar(c["choice"], 100 * c["share"], 100 * c["low"], 100 * c["high"]) for c in t["choices"]]
    told = "; ".join(f"{c['choice']} {c['share']:.0%}" for c in t["choices"])
    return bars.ranked_bars(
        rows, title=f"{t['words']} Per cent of those who answered", desc=f"{told}.", width=width, key=t["ref"]
    )


def _row(c: Mapping[str, Any]) -> tuple[str, ...]:
    if c["share"] is None:
        return (c["choice"], "0", "–", "–", "0")
    return (c["choice"], f"{c['count']:,}", f"{c['share']:.0%}", f"{c['low']:.0%} to {c['high']:.0%}", f"{c['without']:,}")


def _place(mean: float | None) -> str:
    return "–" if mean is None else f"{mean:.1f}"


def facts(a: Mapping[str, int]) -> list[tuple[str, str]]:
    """The totals both ways."""
    return [
        ("Received", f"{a['received']:,}"),
        ("Withdrawn", f"{a['withdrawn']:,}"),
        ("Spam", f"{a['spam']:,}"),
        ("Considered", f"{a['considered']:,}"),
        ("Of these, in a group that says nearly the same", f"{a['flagged']:,}"),
        ("Considered without those groups", f"{a['without_flagged']:,}"),
    ]


def reconciles(a: Mapping[str, int]) -> str:
    """That every answer is accounted for, or how many are still to be read."""
    told = f"{a['received']:,} received = {a['coded']:,} read and counted + {a['withdrawn']:,} withdrawn + {a['spam']:,} spam"
    return f"{told}." if not a["uncoded"] else f"{told} + {a['uncoded']:,} still to be read."


def people(r: Mapping[str, Any]) -> dict[str, Any]:
    """Who answered beside who lives here, for one characteristic."""
    rows = [(b["band"], f"{b['count']:,}", _per_cent(b["share"]), _per_cent(b["population_share"])) for b in r["bands"]]
    return {
        "why": r["why"],
        "table": {
            "caption": f"{r['title']}: who answered, beside who lives here",
            "sub": f"{capital(count(r['told'], 'person', 'people'))} told it. Bands of fewer than ten are counted with others. "
            f"{('Population: ' + r['source'] + '.') if r['source'] else ''}"
            if r["told"]
            else "",
            "heads": [r["title"], "Answered", "Share of those", "Share of the population"],
            "rows": rows,
            "numeric": (1, 2, 3),
        },
        "is_shown": r["told"] is not None,
        "title": r["title"],
    }


def _per_cent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def theme(t: Mapping[str, Any]) -> dict[str, Any]:
    """A theme with what was decided, why, what changed, and words that people let be quoted."""
    return {
        "title": t["title"],
        "words": t["words"],
        "comments": capital(count(t["comments"], "comment")),
        "about": t["clause_title"],
        "tag": capital(t["decision_words"]) if t["is_decided"] else "To decide",
        "reason": t["reason"],
        "passages": [passage(p) for p in t["passages"]],
        "quotes": t.get("quotes", []),
        "is_example": t["is_example"],
    }


def passage(p: Mapping[str, Any]) -> dict[str, Any]:
    """The exact words before and after."""
    return {"title": p["title"], "before": side(p, "removed"), "after": side(p, "added")}


def agreement_words(a: Mapping[str, Any] | None) -> str | None:
    """How far two coders agreed, where two coded."""
    if not a or not a["pooled"]:
        return None
    return f"{a['words']} {a['pooled'].get('words', '')}".strip()


def reach(r: Mapping[str, Any] | None) -> dict[str, list[str]] | None:
    """Groups of the stakeholder map that were met, and those that were not."""
    if r is None or not (r["reached"] or r["not_reached"]):
        return None
    return {side: [s["name"] for s in r[side]] for side in ("reached", "not_reached")}


def table(found: dict[str, Any]) -> Table:
    """A row for each answer of each closed question. No word of anyone is in it."""
    heads = (
        "question",
        "words",
        "kind",
        "answer",
        "people",
        "answered",
        "share",
        "low",
        "high",
        "without_near_copies",
        "mean_place",
    )
    rows = [
        (
            t["ref"],
            t["words"],
            t["kind"],
            c["choice"],
            c["count"],
            t["answered"],
            c["share"],
            c["low"],
            c["high"],
            c["without"],
            c["mean_place"],
        )
        for t in found["tallies"]
        for c in t["choices"]
    ]
    return Table(heads, rows)


def you_said(found: dict[str, Any], home: str) -> dict[str, Any]:
    """We asked, you said, we did: each theme in three parts."""
    url = address(found["consultation"], home)
    return {
        "url": url,
        "results_url": f"{url}results/",
        "received_words": received_words(found),
        "theme_lines": [theme(t) for t in found["themes"]],
        "forms": [{"url": f"{url}you-said.{ending}", "words": form.words} for ending, form in FORMS.items()],
    }


def outcome(told: Mapping[str, Any]) -> dict[str, Any]:
    """What became of one answer, for the holder of its receipt."""
    return {"words": told["words"], "theme_lines": [theme({**t, "quotes": []}) for t in told["themes"]]}
