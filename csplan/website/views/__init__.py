"""One module for each noun, one short function for each page.

To add a page:

1. `views/<noun>.py`: read the facts, answer. About ten lines; `request.partnership` is the partnership of the address,
   `request.reading.at` the last instant that may show, `request.reading.day` its London day.

       @require_safe
       def show(request: HttpRequest, code: str) -> HttpResponse:
           facts = reading.kpi.show(request.partnership, code, at=request.reading.at)
           return answer(request, "performance/kpi.html", facts, page={"chart": drawings(facts)})

   A page of the desk is guarded by `@officers_only`, which sets `request.viewer` (name, roles).
   A form answers POST by calling one action and redirecting to `reading_day.link(address)`; it never calls `save()`.
2. `urls.py`: `*addresses("<slug:partnership>/performance/<str:code>", performance.show)` for page and JSON, with
   `table=True` for CSV as well; `path(...)` for what is HTML only. The menu shows a room as soon as its address answers.
3. `templates/<noun>/<page>.html`: `{% extends "base.html" %}`, blocks `name` and `main`, one h1. Every link of the site
   through `link("/...")`, which keeps the reading day; fixed words through `_()` or `{% trans %}`; parts from `components/`.

Names that every template has (so no fact may be called so): request, partnership, identity, home, is_desk, day, today, reading,
strip, nav, room, foot, search, as_data, viewer, messages, csrf_input; everywhere, also inside parts: link, on_day, asset, _ and
the filters number, decimal, date, weekday, month, moment, until.

Refusals: raise CsplanError (a page in words, 400) or Http404 with a sentence of your own. What `records.reading` does not find for
a viewer (`lookup.NotHere`) is a 404 by itself.
"""
