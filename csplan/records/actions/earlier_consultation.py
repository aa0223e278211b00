"""The published result of a consultation that was held elsewhere or earlier, carried over with its source."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import EarlierConsultation, Partnership


def record(
    *,
    partnership: Partnership,
    slug: str,
    title: str,
    source: str,
    source_url: str,
    opened_on: date | None = None,
    closed_on: date | None = None,
    received: int | None = None,
    figures: Sequence[Mapping[str, Any]] = (),
    outcome: str = "",
    by: acting.By,
) -> EarlierConsultation:
    """Record a published result. Its answers are not held here, so nothing is worked out from them but an interval.

    figures : [{"words": what was measured, "low": n, "high": n, "unit": "percent"}]; low and high are the same for one figure
    """
    with acting.act("consultation.record_earlier", partnership=partnership, by=by) as deed:
        if EarlierConsultation.objects.filter(partnership=partnership, slug=slug).exists():
            raise CsplanError(f"The result “{slug}” is already recorded. Nothing was changed.")
        if not source.strip() or not source_url.startswith("https://"):
            raise CsplanError(
                "Say where the result was published, with its https address: a figure without a source is not carried."
            )
        for figure in figures:
            if not 0 <= figure["low"] <= figure["high"] <= 100 or figure["unit"] != "percent":
                raise CsplanError("A figure is a per cent from 0 to 100, its low no higher than its high. Correct it.")
        made = EarlierConsultation.objects.create(
            partnership=partnership,
            slug=slug,
            title=title,
            opened_on=opened_on,
            closed_on=closed_on,
            received=received,
            figures=[dict(f) for f in figures],
            outcome=outcome,
            source=source,
            source_url=source_url,
            recorded_at=deed.at,
            recorded_by=deed.user,
        )
        deed.record("earlier consultation", slug, received=received, source=source_url)
    return made
