"""What the law asks of the partnership, as at a day."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from csplan.errors import CsplanError
from csplan.evidence.plain_words import number
from csplan.records.reading import duties
from csplan.website import reading_day
from csplan.website.answers import Table, answer

HEADS = ("id", "title", "status", "reason", "clause", "advisory")
#: status -> the look of its tag
TAGS = {"met": "met", "not met": "not", "not applicable": "na", "unknown": "na"}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The checklist. The form of three fields leads to the same page as at the day chosen."""
    if "year" in request.GET:
        return redirect(reading_day.on_day(request.path, chosen_day(request)))
    facts = duties.findings(request.partnership, request.reading.day)
    rows = [[rule[head] for head in HEADS] for rule in facts["rules"]]
    page = {"tags": TAGS, "headline": headline(facts["summary"]), "in_order": [(s, TAGS[s]) for s in facts["summary"]]}
    return answer(request, "duties/duties.html", facts, page=page, table=Table(HEADS, rows))


def chosen_day(request: HttpRequest) -> date:
    """The day that the three fields say, or a refusal in words."""
    parts = [request.GET.get(name, "").strip() for name in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError) as e:
        raise CsplanError(
            "That is not a day of the calendar. Write a day, a month and a year in numbers, such as 9 1 2020."
        ) from e


def headline(summary: dict[str, int]) -> str:
    """The page's message: what is not met comes first."""
    unmet, unknown = summary["not met"], summary["unknown"]
    if unmet:
        return f"{counted(unmet)} not met on this day"
    if unknown:
        return f"No duty is known to be unmet on this day, and {counted(unknown).lower()} not shown by anything held here"
    return "Every duty that applies is met on this day"


def counted(n: int) -> str:
    """“One duty is”, “three duties are”, with a capital."""
    return "One duty is" if n == 1 else f"{number(n).capitalize()} duties are"
