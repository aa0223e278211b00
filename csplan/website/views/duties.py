"""What the law asks of the partnership, as at a day."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from csplan.errors import CsplanError
from csplan.records.reading import duties
from csplan.website import accounts, reading_day
from csplan.website.answers import Table, answer
from csplan.website.pages import duties as pages


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The checklist, or one status of it. The form's three fields lead to the same page as at the day chosen."""
    status = pages.status_asked(request.GET.get("status", ""))
    if "year" in request.GET:
        return redirect(reading_day.on_day(pages.filtered(request.path, status), chosen_day(request)))
    found = duties.findings(request.partnership, request.reading.day, viewer=request.user, at=request.reading.at)
    shown = [rule for rule in found["rules"] if status in ("", rule["status"])]
    page = pages.page(found, shown, status, path=request.path, held=roles_held(request))
    return answer(
        request, "duties/duties.html", {**found, "rules": shown}, page=page, table=Table(pages.HEADS, pages.rows(shown))
    )


def roles_held(request: HttpRequest) -> tuple[str, ...]:
    """The roles of an officer of this partnership who may act now; none on an earlier day, when nothing can be written."""
    viewer = accounts.viewer(request)
    return viewer.roles if viewer and not request.reading.is_earlier else ()


def chosen_day(request: HttpRequest) -> date:
    """The day that the three fields say, or a refusal in words."""
    parts = [request.GET.get(name, "").strip() for name in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError) as e:
        raise CsplanError(
            "That is not a day of the calendar. Write a day, a month and a year in numbers, such as 9 1 2020."
        ) from e
