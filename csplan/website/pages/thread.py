"""How it fits together: missing links, findings that are not taken up, the whole thread by priority, and the way through one thing."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from csplan.cycle.thread import CHAIN, KINDS, PARTS, Graph, Key, Node, levels, not_taken_up, orphans
from csplan.documents.sentences import count
from csplan.documents.thread import Knot, thread_diagram
from csplan.evidence.plain_words import capital, listed
from csplan.website.answers import Table
from csplan.website.context import leads_somewhere

#: Widths of the drawing, on a page and on a phone.
WIDE, NARROW = 1060, 343
#: A name longer than this is cut in the drawing; the words under it have the whole.
LONGEST = 80
#: What a level is called on the line.
LEVELS = {**{kind: told.title for kind, told in KINDS.items()}, "ambition": "Ambition"}
TITLE = "How it fits together"


class Addresses:
    """Where each thing on the thread has its page, under one partnership and one plan."""

    def __init__(self, home: str, slug: str | None, version: int | None) -> None:
        self.home = home
        self.plan = f"{home}plans/{slug}/" if slug else f"{home}plans/"
        self._equality = f"{home}equality/{slug}--{version}/"

    def of(self, key: Key) -> str:
        """The page of a node."""
        kind, ref = key
        if kind == "finding":
            return f"{self.home}thread/findings/{ref}/"
        if kind in PARTS:
            return f"{self.plan}{ref}/"
        if kind in ("kpi", "reading"):
            return f"{self.home}performance/{ref.split()[0]}/"
        if kind == "ambition":
            return f"{self.plan}alignment/"
        if kind == "comment":
            number, _, own = ref.partition("/")
            # Later versions may have a comment of the same reference, which stands there under another anchor.
            return self._there(f"{self.plan}comments/", f"#{own}" if number == "1" else "")
        if kind == "change":
            return self._there(f"{self.plan}versions/")
        if kind == "review":
            return self._there(f"{self.plan}reviews/{ref.replace('/', '--')}/")
        if kind == "equality-action":
            return self._there(self._equality, f"#{ref.split('/')[1]}")
        return self.plan

    def _there(self, path: str, anchor: str = "") -> str:
        """A page, at an anchor; the plan's own page where the site has no such page."""
        return path + anchor if leads_somewhere(path) else self.plan


# ---- the whole --------------------------------------------------------------------------------------------


def document(graph: Graph, plan: Mapping[str, Any] | None, home: str) -> dict[str, Any]:
    """What page, JSON and terminal say alike. plan : of `reading.plan.about`; None where no plan is public

    orphans : [{kind, ref, title, lacks, url, why}];  not_taken_up : [{ref, title, why, url}];  things : [{kind, title, held, lacking}]
    """
    at = addresses(plan, home)
    lacking = orphans(graph)
    per_kind = Counter(kind for kind, _ in {o.key for o in lacking})
    return {
        "plan": {name: plan[name] for name in ("slug", "title", "version", "state")} if plan else None,
        "orphans": [
            {"kind": o.kind, "ref": o.ref, "title": o.title, "lacks": o.lacks, "url": at.of(o.key), "why": o.why or None}
            for o in lacking
        ],
        "not_taken_up": [
            {"ref": n.ref, "title": n.title, "why": n.set_aside, "url": at.of(n.key), "is_example": n.is_example}
            for n in not_taken_up(graph)
        ],
        "things": [
            {"kind": kind, "title": told.plural, "held": len(graph.of(kind)), "lacking": per_kind[kind]}
            for kind, told in KINDS.items()
            if graph.of(kind)
        ],
    }


def addresses(plan: Mapping[str, Any] | None, home: str) -> Addresses:
    """Under a plan, or under none."""
    return Addresses(home, plan["slug"], plan["version"]) if plan else Addresses(home, None, None)


def page(graph: Graph, told: Mapping[str, Any], plans: Iterable[Mapping[str, Any]], home: str) -> dict[str, Any]:
    """What only the page needs. told : of `document`; plans : every plan that may be seen, of `reading.plan.plans`"""
    plan, at = told["plan"], addresses(told["plan"], home)
    return {
        "headline": headline(len(told["orphans"])) if told["things"] else "Nothing is held yet",
        "lede": lede(plan),
        "others": [(p["title"], f"{home}thread/?plan={p['slug']}") for p in plans if plan is None or p["slug"] != plan["slug"]],
        "groups": list(_groups(told["orphans"])),
        "things_rows": [(capital(t["title"]), number_cell(t["held"]), number_cell(t["lacking"])) for t in told["things"]],
        "priorities": [_priority(graph, p, at) for p in graph.of("priority")],
        "beside": beside(graph, plan, home),
        "csv_url": f"{home}thread.csv" + (f"?plan={plan['slug']}" if plan else ""),
    }


def number_cell(n: int) -> str:
    """A count in a table."""
    return f"{n:,}"


def headline(n: int) -> str:
    """How many links are missing."""
    if not n:
        return "No link is missing"
    return f"{capital(count(n, 'link'))} {'is' if n == 1 else 'are'} missing"


def lede(plan: Mapping[str, Any] | None) -> str:
    """What the page is about."""
    if plan is None:
        return "No plan had been made public by this day, so only findings and indicators are shown."
    return (
        f"Each thing in {plan['title']} can be followed back to the evidence and forward to what is measured and reviewed. "
        "Where it cannot, the missing link is listed here."
    )


def _groups(missing: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The missing links by kind of thing and by what it lacks, in the order of the thread."""
    grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for m in missing:
        grouped.setdefault((m["kind"], m["lacks"]), []).append(m)
    for (kind, lacks), rows in grouped.items():
        reasons = {r["why"] for r in rows}
        one, several = KINDS[kind].title.lower(), KINDS[kind].plural
        yield {
            "head": f"{capital(count(len(rows), one, several))} {'lacks' if len(rows) == 1 else 'lack'} {lacks}",
            "why": capital(reasons.pop()) + "." if len(reasons) == 1 and None not in reasons else None,
            "rows": [{"ref": shown_ref(kind, r["ref"]), "title": r["title"], "url": r["url"]} for r in rows],
        }


def shown_ref(kind: str, ref: str) -> str:
    """A reference as it stands before a name; none where the name says it."""
    if kind in ("ambition", "change", "kpi", "reading", "review"):
        return ""
    return ref.split("/")[-1]


def _priority(graph: Graph, p: Node, at: Addresses) -> dict[str, Any]:
    """A priority with what it rests on, and its work areas with what is done and how one would know."""
    areas = [n for n in graph.below.get(p.key, ()) if n.kind == "work-area"]
    beside = [n for n in graph.above.get(p.key, ()) if n.kind != "finding"]
    return {
        **shown(p, at),
        "findings": [shown(n, at) for n in graph.above.get(p.key, ()) if n.kind == "finding"],
        "beside": [{**shown(n, at), "kind": KINDS[n.kind].title} for n in beside],
        "work_areas": [
            {
                **shown(w, at),
                "deliverables": [shown(n, at) for n in graph.below.get(w.key, ()) if n.kind == "deliverable"],
                "kpis": [_measured(graph, n, at) for n in graph.below.get(w.key, ()) if n.kind == "kpi"],
            }
            for w in areas
        ],
    }


def _measured(graph: Graph, kpi: Node, at: Addresses) -> dict[str, Any]:
    last = next((n for n in graph.below.get(kpi.key, ()) if n.kind == "reading"), None)
    return {**shown(kpi, at), "reading": last.title if last else None}


def shown(node: Node, at: Addresses) -> dict[str, Any]:
    """A node as a line of a page."""
    return {
        "ref": shown_ref(node.kind, node.ref),
        "title": node.title,
        "code": node.ref if node.kind == "kpi" else "",
        "url": at.of(node.key),
        "is_example": node.is_example,
    }


HEADS = ("kind", "ref", "title", "lacks", "why", "url")


def table(told: Mapping[str, Any]) -> Table:
    """The missing links as CSV."""
    return Table(HEADS, [[row[head] for head in HEADS] for row in told["orphans"]])


def in_words(told: Mapping[str, Any]) -> str:
    """The same for the terminal: a line for each missing link, then the findings not taken up."""
    lines = [f"{KINDS[o['kind']].title} {o['ref']} lacks {o['lacks']}: {o['title']}" for o in told["orphans"]]
    lines += [f"Finding {n['ref']} is not taken up, because: {n['why']}" for n in told["not_taken_up"]]
    of = f" in {told['plan']['title']}, version {told['plan']['version']}" if told["plan"] else ""
    return "\n".join([*lines, f"{headline(len(told['orphans']))}{of}."])


# ---- the way through one thing ----------------------------------------------------------------------------


def way_through(graph: Graph, key: Key, at: Addresses) -> dict[str, Any]:
    """The thread through one node: two drawings, a level at a time as words with links, and what this node itself lacks."""
    found = levels(graph, key)
    knots = [_knot(kind, found[kind], key) for kind in CHAIN]
    return {
        "wide": thread_diagram(knots, title=TITLE, width=WIDE),
        "narrow": thread_diagram(knots, title=TITLE, width=NARROW),
        "levels": [
            {"kind": LEVELS[kind], "is_here": kind == key[0], "nodes": [shown(n, at) for n in nodes], "none": NONE.get(kind, "")}
            for kind, nodes in found.items()
        ],
        "lacks": lacks_words(graph, key),
    }


#: What is said where a level of the chain is empty.
NONE = {
    "finding": "No finding of the evidence is linked.",
    "priority": "No priority of this plan.",
    "work-area": "No work area.",
    "deliverable": "No deliverable.",
    "kpi": "No indicator.",
    "reading": "No reading yet.",
    "review": "Not reviewed yet.",
}


def _knot(kind: str, nodes: tuple[Node, ...], key: Key) -> Knot:
    """A level of the chain: one thing by its name, several by their number."""
    is_here = kind == key[0]
    if not nodes:
        return Knot(LEVELS[kind], "Nothing yet", is_held=False, is_here=is_here)
    if len(nodes) > 1 and not is_here:
        return Knot(LEVELS[kind], f"{len(nodes)} {KINDS[kind].plural}", is_here=is_here)
    name = f"{shown_ref(kind, nodes[0].ref)} {nodes[0].title}".strip()
    example = "Example: " if kind == "reading" and nodes[0].is_example else ""
    return Knot(LEVELS[kind], textwrap.shorten(example + name, LONGEST, placeholder=" …"), is_here=is_here)


def lacks_words(graph: Graph, key: Key) -> str | None:
    """ "Missing link: a lead and an indicator." of this node; None where it lacks nothing."""
    lacking = [o.lacks for o in orphans(graph) if o.key == key]
    if not lacking:
        return None
    return f"Missing {'link' if len(lacking) == 1 else 'links'}: {listed(lacking)}."


# ---- one thing of any kind --------------------------------------------------------------------------------

#: Kinds that have no page of their own with the way through them: they have one here.
BESIDE = ("ambition", "comment", "change", "equality-action", "reading", "review")


def through(graph: Graph, node: Node, plan: Mapping[str, Any], home: str) -> dict[str, Any]:
    """What the page of one thing needs. plan : of `reading.plan.about`"""
    at = addresses(plan, home)
    return {
        "trail": [
            (TITLE, f"{home}thread/?plan={plan['slug']}"),
            (f"{KINDS[node.kind].title} {shown_ref(node.kind, node.ref)}", None),
        ],
        "kind_title": KINDS[node.kind].title,
        "stands_at": at.of(node.key),
        "way": way_through(graph, node.key, at),
    }


def beside(graph: Graph, plan: Mapping[str, Any] | None, home: str) -> list[dict[str, Any]]:
    """{title, rows} of each kind of thing beside the chain, each row with the page that shows the way through it."""
    if plan is None:
        return []
    return [
        {
            "title": capital(KINDS[kind].plural),
            "rows": [
                {
                    "title": n.title,
                    "url": f"{home}thread/through/?{urlencode({'plan': plan['slug'], 'kind': kind, 'ref': n.ref})}",
                }
                for n in graph.of(kind)
            ],
        }
        for kind in BESIDE
        if graph.of(kind)
    ]


# ---- one finding ------------------------------------------------------------------------------------------


def finding(
    found: Mapping[str, Any], ways: Iterable[tuple[Mapping[str, Any], Graph]], topic: str | None, home: str
) -> dict[str, Any]:
    """What only the page of a finding needs. ways : (plan, its graph) for each plan that takes it up; topic : of its figure"""
    key = ("finding", found["ref"])
    return {
        "trail": [(TITLE, f"{home}thread/"), (f"Finding {found['ref']}", None)],
        "figure_url": f"{home}insight/topics/{topic}/" if topic else None,
        "ways": [
            {"title": plan["title"], "is_example": plan["is_example"], **way_through(graph, key, addresses(plan, home))}
            for plan, graph in ways
        ],
    }
