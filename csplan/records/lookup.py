"""Finding one record, or saying in words that it is not there."""

from typing import Any

from django.db.models import QuerySet

from csplan.errors import CsplanError


class NotHere(CsplanError):
    """There is no such record for this viewer: one of another partnership, a draft, or none at all. A page answers 404."""


def one(rows: QuerySet, what: str, **by: Any) -> Any:
    """The one row found `by` these columns. `what` names it in the refusal: “There is no `what` here.”"""
    found = rows.filter(**by).first()
    if found is None:
        raise NotHere(f"There is no {what} here. Check its name, and the day you read.")
    return found
