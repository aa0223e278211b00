"""How it fits together: the missing links and the whole thread, and one finding with the way through it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.cycle.thread import Graph, Key
from csplan.evidence import catalogue, observations
from csplan.records.reading import plan as plans
from csplan.records.reading import thread as reading
from csplan.website.answers import answer
from csplan.website.pages import thread as pages


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The plan that stands, or the one asked for with `?plan=`."""
    p, at, home = request.partnership, request.reading.at, f"/{request.partnership.slug}/"
    slug = request.GET.get("plan") or reading.standing_slug(p, at=at)
    plan, graph = graph_of(request, slug) if slug else (None, reading.graph(p, None, viewer=request.user, at=at))
    told = pages.document(graph, plan, home)
    others = plans.plans(p, viewer=request.user, at=at)
    return answer(request, "thread/thread.html", told, page=pages.page(graph, told, others, home), table=pages.table(told))


@require_safe
def finding(request: HttpRequest, ref: str) -> HttpResponse:
    """One finding: what it rests on, what takes it up, or why nothing does."""
    found = reading.finding(request.partnership, ref, viewer=request.user, at=request.reading.at)
    standing = reading.standing_slug(request.partnership, at=request.reading.at)
    slugs = dict.fromkeys(t["plan"] for t in found["taken_up"]) or ([standing] if standing else [])
    ways = [graph_of(request, slug) for slug in slugs]
    topic = _topic(found["observation"])
    page = pages.finding(found, ways, topic, f"/{request.partnership.slug}/")
    return answer(request, "thread/finding.html", {"finding": found}, page=page)


@require_safe
def through(request: HttpRequest) -> HttpResponse:
    """One thing of a plan, of whatever kind, and the way through it: `?plan=2020-25&kind=comment&ref=1/C1`."""
    slug, kind, ref = (request.GET.get(name, "") for name in ("plan", "kind", "ref"))
    plan, graph = graph_of(request, slug)
    node = graph.held.get((kind, ref))
    if node is None:
        raise Http404(f"There is no such thing on the thread of {plan['title']}. Choose one from “How it fits together”.")
    facts = {"plan": {"slug": slug, "title": plan["title"]}, "thing": {"kind": kind, "ref": ref, "title": node.title}}
    return answer(request, "thread/through.html", facts, page=pages.through(graph, node, plan, f"/{request.partnership.slug}/"))


def graph_of(request: HttpRequest, slug: str) -> tuple[dict[str, Any], Graph]:
    """A plan by the version that stands at its address, and everything that hangs together with it."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    version = plans.find(p, slug, **asked)
    return plans.about(version, request.reading.at), reading.graph(p, version, **asked)


def way_through(request: HttpRequest, slug: str | None, key: Key) -> dict[str, Any] | None:
    """The thread through one thing of a plan, for its page; None where the plan does not have it."""
    if slug is None:
        return None
    plan, graph = graph_of(request, slug)
    at = pages.addresses(plan, f"/{request.partnership.slug}/")
    return pages.way_through(graph, key, at) if key in graph.held else None


def _topic(observation: str | None) -> str | None:
    """The type of recorded crime that a figure is of; None where it has no page of its own."""
    return catalogue.get(observations.parse_id(observation).indicator).topic or None if observation else None
