"""One page, three forms: the same facts as HTML, as JSON at the address with `.json`, and as CSV where they are a table."""

import csv
import dataclasses
import io
import json
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.functional import Promise

from csplan.evidence.returns.workbook import FORMULA_STARTS


@dataclasses.dataclass(frozen=True)
class Table:
    """What a page answers as CSV. heads : one for each column; rows : values as the page holds them, not as it prints them."""

    heads: tuple[str, ...]
    rows: Iterable[Iterable[Any]]


def addresses(route: str, view: Callable[..., HttpResponse], *, table: bool = False) -> list[URLPattern]:
    """The addresses of a public page: `route/`, `route.json` and, for a table, `route.csv`."""
    endings = ["/", ".json", *([".csv"] if table else [])]
    return [path(route + ending, view) for ending in endings]


def form_asked(request: HttpRequest) -> str:
    """html, json or csv, by the end of the address."""
    ending = request.path.rsplit(".", 1)[-1]
    return ending if ending in ("json", "csv") else "html"


def answer(
    request: HttpRequest,
    template: str,
    facts: Mapping[str, Any],
    *,
    page: Mapping[str, Any] | None = None,
    table: Table | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer in the form asked for.

    facts : what is true, under the keys of CONTRACT.md; the template sees them under the same names
    page : what only the HTML needs (drawings, sentences already in the facts in another shape)
    table : what the CSV holds; needed where `addresses(..., table=True)` was said
    """
    form = form_asked(request)
    if form == "json":
        return as_json(facts, status)
    if form == "csv":
        assert table is not None, f"{request.path} was promised as a table"
        return as_csv(table)
    return render(request, template, {**facts, **(page or {})}, status=status)


def as_json(facts: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """UTF-8, keys in the order given, null for no value."""
    body = json.dumps(plain(facts), ensure_ascii=False, allow_nan=False, indent=1)
    return HttpResponse(body + "\n", content_type="application/json; charset=utf-8", status=status)


def as_csv(table: Table) -> HttpResponse:
    """Comma-separated, with a row of heads. Words that a spreadsheet would run as a formula get a quote in front."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.heads)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")


def _cell(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


def plain(value: Any) -> Any:
    """The value as JSON knows it: dataclasses as objects, dates as ISO 8601, numpy numbers as numbers, NaN as null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (str, Promise)):  # Promise: words that wait for their language
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
